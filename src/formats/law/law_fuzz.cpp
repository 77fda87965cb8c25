// Whatever the bytes are: read() gives a document or a refusal, and a document survives the store and the writer.
#include <cstdlib>

#include "formats/law/law.h"
#include "kernel/text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace polder::law;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Limits limits{.bytes = 1 << 20, .depth = 64, .nodes = 50'000};
  if (const auto stored = from_json(bytes, limits)) (void)write_akoma_ntoso(*stored);
  const auto document = read(bytes, limits);
  if (!document) return 0;
  if (!polder::text::valid_utf8(plain_text(*document))) std::abort();
  const auto found = articles(*document);
  const auto back = from_json(to_json(*document), {.bytes = 8 << 20, .depth = 64, .nodes = 100'000});
  if (!back || *back != *document) std::abort();
  const auto again = read(write_akoma_ntoso(*document), {.bytes = 64 << 20, .depth = 1'000, .nodes = 1'000'000});
  if (!again) std::abort();
  const auto same = articles(*again);
  if (document->format != Format::uslm && document->format != Format::bwb && same.size() != found.size()) std::abort();
  return 0;
}
