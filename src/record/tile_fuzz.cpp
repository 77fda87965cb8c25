// Tile addresses, hash tiles and entry bundles from anybody: what parses formats back to the same bytes.
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "record/merkle.h"
#include "record/tile.h"

namespace {

using namespace polder::record;

void expect(bool holds) {
  if (!holds) std::abort();
}

void take_path(std::string_view text) {
  if (const auto tile = parse_tile_path(text)) expect(path(*tile) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  take_path(input);
  if (const auto edge = Edge::from_bytes(input)) expect(edge->bytes() == input);
  if (size < 2) return 0;
  const std::string_view rest = input.substr(2);
  std::string nearly = "tile/entries/x001/x234/067.p/255";
  nearly.replace(data[0] % nearly.size(), data[1] % 8, rest);
  take_path(nearly);
  // The first byte says how wide the tile is said to be.
  const unsigned width = data[0] % 4 + (data[1] == 0 ? 253U : 0U);
  if (const auto hashes = decode_hashes(rest, width)) expect(encode_hashes(*hashes) == rest);
  if (const auto entries = decode_bundle(rest, width))
    expect(encode_bundle(std::vector<std::string>(entries->begin(), entries->end())) == rest);
  return 0;
}
