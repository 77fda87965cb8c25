// Any bytes are a charter or at least one fault, and a charter comes back the same from its canonical text.
#include <cstdint>
#include <cstdlib>

#include "governance/charter.h"
#include "governance/explain.h"
#include "governance/test_words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace polder::governance;
  static const Vocabulary words = test_words();
  const auto charter = parse({reinterpret_cast<const char*>(data), size}, words);
  if (!charter) {
    if (charter.error().empty() || charter.error().size() > most_faults) std::abort();
    const auto say = [](const polder::Message& message) { return message.key; };
    if (report("charter", charter.error(), say).empty()) std::abort();
    return 0;
  }
  explain(*charter, words);
  const auto again = parse(canonical(*charter), words);
  if (!again || *again != *charter) std::abort();
  return 0;
}
