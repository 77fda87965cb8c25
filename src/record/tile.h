// Tiles and entry bundles (C2SP tlog-tiles v0.1.0): the addresses and bytes under which a log is read by everybody.
//
// A tile is 256 neighbouring hashes of one level, a bundle the 256 entries under a tile of level 0. The last of each
// level may be partial; what is full never changes.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"
#include "record/merkle.h"

namespace polder::record {

inline constexpr unsigned full_width = 256;
inline constexpr unsigned max_level = 63;
inline constexpr std::size_t max_entry = 65'535;

struct Tile {
  enum class Kind { hashes, entries };
  Kind kind = Kind::hashes;
  unsigned level = 0;  ///< 0 for entries
  std::uint64_t index = 0;
  unsigned width = full_width;  ///< 1 to 256
  bool partial() const { return width < full_width; }
  /// The full tile with the same place, in which the partial one is a prefix.
  Tile full() const { return {kind, level, index, full_width}; }
  auto operator<=>(const Tile&) const = default;
};

/// "tile/0/x001/x234/067", "tile/1/000.p/17", "tile/entries/000.p/3": relative to the log's address.
std::string path(const Tile& tile);
/// The inverse, and nothing else: one spelling for each tile.
Result<Tile> parse_tile_path(std::string_view path);

/// How many complete subtrees of this level a tree of `size` leaves has.
std::uint64_t hashes_at(unsigned level, std::uint64_t size);
/// The width of the last tile of a level, 0 when it is full or there is none.
unsigned partial_width(unsigned level, std::uint64_t size);
/// Whether a log of `size` leaves serves this tile: it is full, or its width is that of some size the log has had.
bool exists(const Tile& tile, std::uint64_t size);

std::string encode_hashes(std::span<const Hash> hashes);
/// Refused unless `bytes` hold exactly `width` hashes.
Result<std::vector<Hash>> decode_hashes(std::string_view bytes, unsigned width);

/// Each entry after its length (uint16, big-endian). Entries must not be longer than `max_entry`.
std::string encode_bundle(std::span<const std::string> entries);
/// Refused unless `bytes` hold exactly `width` entries. The views point into `bytes`.
Result<std::vector<std::string_view>> decode_bundle(std::string_view bytes, unsigned width);

}  // namespace polder::record
