// Who wins a prize: entries in the order of their judges' marks, under a rule that was published before the first mark.
// A pure function of rule, entries and marks, so that anybody can replay it and get the same bytes.
//
// Nothing here is rounded before it is compared: marks and weights are decimals, and a z-score is a fraction over a
// square root (exact.h). Two entries are equal only when they are equal in mathematics, and then the rule's ties
// decide.
//
// Standards and sources:
// - z-score: a mark's distance from the mean of its judge's marks on the criterion, in standard deviations: the
//   population's, for these are all the marks there are (the "standardized" variable of ISO 3534-1).
// - mid-ranks for equal marks: Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945) 239-251.
// - places are numbered 1, 2, 2, 4 ("standard competition ranking"); money in minor units, currencies by ISO 4217.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"
#include "kernel/base/time.h"

namespace polder::ranking {

/// The version of this algorithm: another one whenever any input could be answered with other bytes.
inline constexpr std::string_view version = "1";

/// Within these, no sum below can overflow: exact.h counts the bits.
struct Limits {
  static constexpr std::size_t criteria = 100;
  static constexpr std::size_t entries = 100'000;
  static constexpr std::size_t marks = 1'000'000;
  static constexpr std::size_t ties = 100;
  static constexpr std::size_t id = 200;                        ///< bytes
  static constexpr std::size_t seed = 64;                       ///< bytes
  static constexpr std::int64_t weight = 10'000;                ///< at most
  static constexpr std::int64_t mark = 1'000'000;               ///< at most, as a criterion's max
  static constexpr std::int64_t purse = 9'007'199'254'740'991;  ///< in sum; what every JSON reader holds (RFC 8259 §6)
};

/// A decimal with at most six places, exactly.
struct Decimal {
  std::int64_t millionths = 0;
  auto operator<=>(const Decimal&) const = default;
};
/// Without zeros that say nothing: "7", "7.25", "-0.5".
std::string str(Decimal value);

struct Criterion {
  std::string id;
  Decimal weight;  ///< 0 or more; 0 lets a criterion decide ties only
  Decimal max;     ///< marks go from 0 to this
};

enum class Normalisation {
  none,     ///< the mark itself
  z_score,  ///< its distance from the mean of what this judge gave on this criterion, in standard deviations
  rank,     ///< its place among these, from 0 (lowest) to 1; equal marks share the middle of their places
};
std::string_view name(Normalisation normalisation);
std::optional<Normalisation> parse_normalisation(std::string_view text);

struct Purse {
  std::string currency;
  std::vector<std::int64_t> amounts;  ///< minor units for the first place, the second, …
};

/// What the statement of a challenge says about its ranking.
struct Rule {
  std::vector<Criterion> criteria;
  Normalisation normalisation = Normalisation::none;
  /// Asked one after the other where scores are equal; what none decides is shared:
  /// "criterion:<id>": the higher mean of the (normalised) marks on it; "earlier": who submitted first;
  /// "seed:<hex>": SHA-256(seed || entry's id), the smaller first; "share": one place for all, and the money of the
  /// places they take up in equal parts, odd minor units by entry id.
  std::vector<std::string> ties = {};
  std::optional<Purse> purse = {};
};

struct Entry {
  std::string id;
  std::optional<Time> submitted = {};  ///< needed where "earlier" is asked
  /// Holds no place any more, but was judged with the others: its marks count where marks are made comparable, so that
  /// whoever comes next in line is who was next.
  bool out = false;
};

struct Mark {
  std::uint32_t entry = 0;  ///< its place in the list of entries
  std::uint32_t judge = 0;  ///< one number a judge, below Limits::marks
  std::uint32_t criterion = 0;
  Decimal mark;
};

struct Place {
  std::string entry;
  std::uint32_t rank = 0;
  Decimal score;            ///< rounded, half away from zero: for reading, never for comparing
  std::int64_t amount = 0;  ///< minor units
  std::string decided_by =
      {};  ///< against the next: "score" or the tie rule in its words; "share" if equal; last: empty
};

struct Ranking {
  std::vector<Place> places;          ///< best first; who shares a place, by id
  std::vector<std::string> unmarked;  ///< entries without any mark, by id: neither ranked nor paid
};

/// Whether a rule can be published. Refusals say where in the words of the JSON file (ranking_json.h):
/// "criteria[2].max".
Done check(const Rule& rule);

/// An entry's score is the mean, over its judges, of the weighted sum of its normalised marks. The order of entries and
/// marks changes nothing. Refused: a rule that check() refuses, ids that are twice or malformed, a mark below 0 or
/// above its criterion's max, two marks for one thing, a judge who marked an entry on some criteria only. Places in
/// lists that do not exist are the caller's fault and throw std::out_of_range.
Result<Ranking> rank(const Rule& rule, std::span<const Entry> entries, std::span<const Mark> marks);

}  // namespace polder::ranking
