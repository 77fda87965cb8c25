// Whatever the bytes are: read() gives a feed or a refusal; all its texts are clean, and no address is left in them.
#include "formats/challengegov/challengegov.h"

#include <cstdlib>

#include "formats/challengegov/addresses.h"
#include "kernel/text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace polder;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto hold = [](const std::string& text) {
    const auto clean = text::clean(text, text::Lines::many);
    if (!clean || *clean != text || !challengegov::addresses(text).empty()) std::abort();
  };
  const auto feed = challengegov::read(bytes, {.bytes = 1 << 20, .text = 1 << 16});
  if (!feed) return 0;
  for (const auto& challenge : feed->challenges) {
    if (challenge.id.empty() || challenge.title.empty()) std::abort();
    for (const auto* text : {&challenge.title, &challenge.tagline, &challenge.agency, &challenge.partners}) hold(*text);
    for (const auto& section : challenge.sections) hold(section.markdown);
    if (challenge.purse && challenge.purse->minor_units <= 0) std::abort();
    if (challenge.opens && challenge.closes && *challenge.closes <= *challenge.opens) std::abort();
  }
  for (const auto& guess : feed->guesses) hold(guess.given);
  return 0;
}
