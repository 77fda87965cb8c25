// Notes, verifier keys and checkpoints from anybody: what parses formats back to the same bytes, whatever is sent.
#include <cstdlib>
#include <string>
#include <string_view>

#include "record/checkpoint.h"
#include "record/note.h"

namespace {

using namespace polder::record;

void expect(bool holds) {
  if (!holds) std::abort();
}

void take(std::string_view bytes) {
  if (const auto note = parse_note(bytes)) {
    expect(format(*note) == bytes);
    if (const auto checkpoint = parse_checkpoint(note->text)) expect(format(*checkpoint) == note->text);
  }
  if (const auto checkpoint = parse_checkpoint(bytes)) expect(format(*checkpoint) == bytes);
  if (const auto verifier = parse_vkey(bytes)) expect(vkey(*verifier) == bytes);
}

constexpr std::string_view specimen =
    "example.org/water\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u2014 example.org/water AAAAAAA=\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  take(input);
  // Noise alone seldom gets past the first line: put the input into a good note as well, at a place it names itself.
  if (size < 2) return 0;
  std::string nearly(specimen);
  nearly.replace(data[0] % nearly.size(), data[1] % 8, input.substr(2));
  take(nearly);
  return 0;
}
