// What is wrong with a charter, and what would be right: a place in the file and two sentences of the catalogues.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"

namespace polder::governance {

struct Fault {
  int line = 1, column = 1;  ///< from 1; columns count code points
  std::string key = {};      ///< "rules[2].act": the position in a list counts from 1; empty for the file as a whole
  Message wrong = {};
  Message right = {};
  bool operator==(const Fault&) const = default;
};

/// No more faults than this are collected: a file with more is no charter.
inline constexpr std::size_t most_faults = 50;

/// Puts a message into the words of one language.
using Say = std::function<std::string(const Message&)>;

/// One line a fault, in the form editors jump from (GNU coding standards, "Formatting Error Messages"):
/// `charters/ours.toml:12:7: rules[2].act: There is no act “…”. Did you mean “…”?`
std::string report(std::string_view file, std::span<const Fault> faults, const Say& say);

/// The known word that a slip of the pen most likely meant: within a third of its letters by edit distance
/// (Damerau–Levenshtein, optimal string alignment). Empty when none is near.
std::string nearest(std::string_view word, std::span<const std::string> known);

}  // namespace polder::governance
