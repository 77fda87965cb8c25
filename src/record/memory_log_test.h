// A log in memory, for the tests of this room: appends, answers with hashes, tiles and a signed checkpoint.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "record/audit.h"
#include "record/checkpoint.h"
#include "record/merkle.h"
#include "record/tile.h"

namespace polder::record {

inline const crypto::SigningKey& key_for_tests() {
  static const auto key = crypto::SigningKey::from_seed("a seed that only the tests know.").value();
  return key;
}

class MemoryLog final : public HashReader, public Source {
 public:
  static Verifier verifier() { return verifier_of("example.org/water", key_for_tests().public_key()); }

  MemoryLog() = default;
  explicit MemoryLog(std::uint64_t size) {
    for (std::uint64_t i = 0; i < size; ++i) append("entry " + std::to_string(i));
  }

  void append(std::string entry) {
    const Hash leaf = leaf_hash(entry);
    entries.push_back(std::move(entry));
    levels[0].push_back(leaf);
    for (const auto& subtree : edge.append(leaf)) levels[subtree.level].push_back(subtree.hash);
  }

  std::uint64_t size() const { return entries.size(); }

  Result<std::vector<Hash>> read(unsigned level, std::uint64_t first, unsigned count) override {
    ++reads;
    const auto begin = levels.at(level).begin() + std::ptrdiff_t(first);
    if (first % 256 != 0 || count > 256 || first + count > levels.at(level).size())
      return refuse(Why::not_found, {"record.no-tile"});
    return std::vector<Hash>(begin, begin + count);
  }

  std::string checkpoint() const {
    return sign_checkpoint({.origin = verifier().name, .size = size(), .root = edge.root()}, key_for_tests());
  }

  Result<std::string> fetch(std::string_view path) override {
    if (const auto changed = tampered.find(std::string(path)); changed != tampered.end()) return changed->second;
    if (path == "checkpoint") return checkpoint();
    TRY(const auto tile, parse_tile_path(path));
    const bool dropped = drop_partials && tile.partial() && exists(tile.full(), size());
    if (!exists(tile, size()) || dropped) return refuse(Why::not_found, {"record.no-tile"});
    const auto first = std::ptrdiff_t(tile.index * full_width), last = first + tile.width;
    if (tile.kind == Tile::Kind::entries)
      return encode_bundle(std::span(entries.begin() + first, entries.begin() + last));
    const auto& hashes = levels.at(tile.level);
    return encode_hashes(std::span(hashes.begin() + first, hashes.begin() + last));
  }

  Edge edge;
  std::vector<std::string> entries;
  std::map<unsigned, std::vector<Hash>> levels{{0, {}}};
  std::map<std::string, std::string> tampered;  ///< path -> what is answered instead
  bool drop_partials = false;
  int reads = 0;
};

}  // namespace polder::record
