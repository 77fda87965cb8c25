// What a rule says, read once and held to its limits. Private to the room.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "methods/ranking/ranking.h"

namespace polder::ranking {

/// One of Rule::ties.
struct Tie {
  enum class By { criterion, earlier, seed, share } by = By::share;
  std::size_t criterion = 0;
  std::string seed = {};  ///< its bytes
};
Result<std::vector<Tie>> parse_ties(const Rule& rule);

/// Something that can be seen, and not too long: ids are shown, and compared by their bytes.
bool is_id(std::string_view text);

/// The places of entries by the bytes of their id. Refused: ids that are malformed or stand twice.
Result<std::vector<std::uint32_t>> by_id(std::span<const Entry> entries);

/// Refused: more than `limit`, naming the list.
Done at_most(std::size_t limit, std::size_t count, std::string_view list);

/// "marks[17]", "marks[17].mark": where something stands in the file.
std::string at(std::string_view list, std::size_t index, std::string_view field = {});

}  // namespace polder::ranking
