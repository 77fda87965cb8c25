// Ids to numbers, for a reader that meets a million of them. Private to the room.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polder::ranking {

/// Numbers from 0 in the order of first meeting. The map is what counts: the table before it only remembers who was
/// asked for last under a hash, so that ids made to collide cost what a map costs, and no more.
class Names {
 public:
  std::uint32_t number(std::string_view name) {
    Recent& recent = recent_[std::hash<std::string_view>{}(name) % recent_.size()];
    if (recent.known && recent.known->first == name) return recent.known->second;
    auto at = numbers_.find(name);
    if (at == numbers_.end()) at = numbers_.emplace(name, std::uint32_t(numbers_.size())).first;
    recent.known = &*at;
    return at->second;
  }

  std::optional<std::uint32_t> find(std::string_view name) const {
    const auto at = numbers_.find(name);
    return at == numbers_.end() ? std::nullopt : std::optional(at->second);
  }

  std::size_t size() const { return numbers_.size(); }

 private:
  using Map = std::map<std::string, std::uint32_t, std::less<>>;
  struct Recent {
    const Map::value_type* known = nullptr;
  };
  Map numbers_;
  std::vector<Recent> recent_ = std::vector<Recent>(1U << 15U);
};

}  // namespace polder::ranking
