// Any bytes as a ZIP: it is inspected or refused in words, within its limits.
#include <cstdlib>

#include "formats/archive/inspect.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const polder::archive::Limits limits{.expanded = 1u << 20, .ratio = 100, .free = 64u << 10, .entries = 50};
  const auto contents = polder::archive::inspect_zip(bytes, limits);
  if (contents && (contents->expanded > limits.expanded || contents->entries > limits.entries)) std::abort();
  if (!contents && contents.error().message.key.empty()) std::abort();
  return 0;
}
