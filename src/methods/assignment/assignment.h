// Who judges what: entries are given their readers by load, expertise and conflicts. Pure: the same problem in any
// order gives the same pairs, and each promise comes with a proof that a stranger can check with additions alone.
//
// Three things are settled one after the other, each as well as it can be under those before it:
//   1. the greatest load of any judge is as small as possible: the work is shared;
//   2. the least fit of any pair is as great as possible: nobody is far from home (bottleneck);
//   3. the sum of all fits is as great as possible.
// What is left open after that is settled by the order of the ids. Pairs set by hand are kept and count towards loads.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kernel/base/result.h"

namespace polder::assignment {

/// The version of this algorithm: another one whenever any input could be answered with other pairs.
inline constexpr std::string_view version = "1";

inline constexpr int greatest_fit = 1'000;

struct Entry {
  std::string id;
  int readers = 1;  ///< how many judges are to read it
};

struct Judge {
  std::string id;
  int most = 0;  ///< the most entries that this judge will read
};

/// Indices into Problem::entries and Problem::judges.
struct Pair {
  std::size_t entry = 0, judge = 0;
  auto operator<=>(const Pair&) const = default;
};

struct Problem {
  std::vector<Entry> entries;  ///< ids differ
  std::vector<Judge> judges;   ///< ids differ
  /// How well a judge's expertise fits an entry, 0 to greatest_fit: [entry * judges.size() + judge].
  std::vector<std::int16_t> fit;
  std::vector<Pair> forbidden = {};  ///< conflicts of interest
  /// Set by hand: kept whatever their fit. An entry may so have more readers than it asks for.
  std::vector<Pair> fixed = {};
};

/// Problems up to this size are taken; what they cost stands in docs/performance.md.
struct Limits {
  std::size_t entries = 20'000, judges = 2'000, pairs = 1'000'000;
  int readers = 100;
};

/// Why something cannot be, after Hall's theorem as a minimum cut shows it: these entries still need `needed` readers.
/// These judges have room for `room` more, and every other judge can read each of these entries but once, which makes
/// `others` more. needed > room + others.
struct Shortage {
  std::vector<std::size_t> entries, judges;
  std::int64_t needed = 0, room = 0, others = 0;
  bool operator==(const Shortage&) const = default;
};

/// A pair and what explains it.
struct Reading {
  Pair pair;
  int fit = 0;
  bool fixed = false;  ///< set by hand
  int load = 0;        ///< of this judge, in the end
  int better =
      0;  ///< judges of greater fit and without a conflict who do not read this entry: they were needed elsewhere
  bool operator==(const Reading&) const = default;
};

/// No assignment with these loads and this least fit has a greater sum of fits than `most` (linear programming
/// duality): with a price for each entry and each judge, in fits, the sum is at most
///   entries' prices × readers + judges' prices × room + what each pair is worth more than both its prices.
struct Bound {
  std::int64_t most = 0;
  std::vector<std::int64_t> entry_prices, judge_prices;  ///< in the order of the problem; a judge's is never negative
  bool operator==(const Bound&) const = default;
};

struct Assignment {
  std::vector<Reading> readings;  ///< by the entries' ids, then the judges'
  std::vector<int> loads;         ///< in the order of Problem::judges
  int load = 0;                   ///< the greatest of them
  /// Why it cannot be one less; nothing when pairs set by hand alone make that load, or when there is none.
  std::optional<Shortage> why_no_less_load = {};
  int least_fit = greatest_fit;  ///< of the pairs that were not set by hand
  /// Why no greater one is possible with that load; nothing when no pair fits better.
  std::optional<Shortage> why_no_greater_fit = {};
  std::int64_t total_fit = 0;  ///< those set by hand included
  Bound bound = {};            ///< bound.most == total_fit
  bool operator==(const Assignment&) const = default;
};

/// What an entry still lacks when as many readers as possible are given out.
struct Lack {
  std::size_t entry = 0;
  int readers = 0;
  bool operator==(const Lack&) const = default;
};

/// Too many conflicts, or too few judges: nothing is assigned.
struct Impossible {
  std::vector<Lack> lacking;      ///< by the entries' ids
  std::vector<Shortage> because;  ///< independent of each other; together they explain every lack
  bool operator==(const Impossible&) const = default;
};

using Outcome = std::variant<Assignment, Impossible>;

/// Refuses what is over `limits`, a pair set by hand in spite of a conflict, and more of them than a judge will read
/// (messages/*.json). Throws std::invalid_argument for a problem that contradicts itself: an id twice, an index or a
/// fit out of its range.
Result<Outcome> assign(const Problem& problem, const Limits& limits = {});

/// Whether an assignment is what it says to be: everything asked for is there, and all three proofs hold. Shares no
/// code with the search, so that a page, a test or an auditor can check one with the other.
bool holds(const Problem& problem, const Assignment& assignment);

}  // namespace polder::assignment
