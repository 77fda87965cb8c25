// A ranking's file and its answer: what `polder challenges rank FILE --json` reads and writes, and what an outsider
// needs to replay a result with a program of their own. JSON by RFC 8259, numbers read as the decimals they are written
// as.
//
// FILE: {"criteria": [{"id", "weight", "max"}], "normalisation": "none|z-score|rank",
//        "ties": ["criterion:<id>" | "earlier" | "seed:<hex>" | "share", …],
//        "purse": {"currency", "amounts": [minor units by rank]},
//        "entries": [{"id", "submitted"}], "marks": [{"entry", "judge", "criterion", "mark"}], "out": [entry, …]}
//
// The purse may be left out, and so may `out`, entries that were disqualified after they were judged, and `submitted`
// (RFC 3339 or milliseconds since 1970) unless "earlier" is asked. Entries and marks may carry other fields, which are
// passed over; anywhere else an unknown field could be a rule that is spelt wrongly, and is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "methods/ranking/ranking.h"

namespace polder::ranking {

/// More than the largest file within Limits needs.
inline constexpr std::size_t most_bytes = 128U << 20U;

struct File {
  Rule rule;
  std::vector<Entry> entries;
  std::vector<Mark> marks;
};

/// Each refusal has an argument `where`, "marks[17].mark"; for what is not JSON, `line`.
Result<File> read(std::string_view json);

/// {"ranking": [{"entry", "rank", "score", "amount", "decided_by"}], "unmarked": [id], "currency", "paid",
///  "method": {"name", "version", "normalisation", "ties"}}, on one line, best first, the same bytes for the same
///  input.
/// "score" is rounded to six places; "decided_by" is null for the last; "currency" and "paid" are absent without a
/// purse.
std::string write(const Rule& rule, const Ranking& ranking);

/// read(), rank(), write().
Result<std::string> rank_json(std::string_view file);

}  // namespace polder::ranking
