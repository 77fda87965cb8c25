// A TOML text (v1.0.0) as a plain tree that knows the place of every key and value. The only door to the TOML library:
// what it can be hurt by (depth, length) is refused here before it reads.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "governance/fault.h"

namespace polder::governance {

struct Place {
  int line = 1, column = 1;
  auto operator<=>(const Place&) const = default;
};

struct Node {
  enum class Kind { text, number, fraction, yes_no, date, moment, local_time, list, table };
  Kind kind = Kind::table;
  std::string key = {};   ///< in a table: the name
  Place named = {};       ///< in a table: where the name stands
  Place at = {};          ///< where the value stands
  std::string text = {};  ///< of a text; of a date: YYYY-MM-DD
  std::int64_t number = 0;
  bool yes = false;
  std::vector<Node> children = {};  ///< of a list or table, in the order of the file
};

/// The tree, or the one fault at which reading broke off.
std::expected<Node, Fault> read_document(std::string_view text);

}  // namespace polder::governance
