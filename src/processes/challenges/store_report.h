// What the report and the exports read of a challenge as a whole: SQL of store_report.cpp. Each answer is one
// statement, however many entries there are.
#pragma once

#include <functional>
#include <map>

#include "processes/challenges/store.h"

namespace polder::challenges::store {

// ---- the report ----

/// How many entries are in each state, of those that were sent in and not withdrawn.
std::map<EntryState, std::int64_t> entry_states(ReadTx& tx, Id challenge);
/// Teams that sent something in, by country (ISO 3166-1 alpha-2): most first.
struct FromCountry {
  std::string country;
  std::int64_t teams = 0;
};
std::vector<FromCountry> entered_countries(ReadTx& tx, Id challenge);

/// A judge's marks on an entry that has a place, in tenths by criterion.
struct RankedMark {
  std::int64_t place = 0, entry = 0;  ///< the entry's number
  std::vector<std::int64_t> marks;
};
/// Given marks of a round, best place first; the marks on one entry follow each other.
void each_ranked_mark(ReadTx& tx, Id challenge, std::int64_t round, const std::function<void(const RankedMark&)>& each);

/// Conflicts by how they became known and for whom the judge works; nothing of whoever left the panel.
struct ConflictCount {
  ConflictFrom from{};
  std::string organisation;
  std::int64_t conflicts = 0;
};
std::vector<ConflictCount> conflict_counts(ReadTx& tx, Id challenge);

/// The entries that got something: number and team, by entry.
struct Winner {
  std::int64_t number = 0;
  std::string team;
};
std::map<Id, Winner> winners(ReadTx& tx, Id challenge);

// ---- the exports ----

/// An entry with its team and its place, as far as there are any.
struct ExportRow {
  Entry entry;
  std::string team, organisation, country;
  std::optional<Standing> standing;
};
/// Sent in and not withdrawn, by number after `after`.
std::vector<ExportRow> export_rows(ReadTx& tx, Id challenge, std::int64_t after, std::int64_t limit);

/// The judges as a ranking's file numbers them: j1 is 1.
std::map<Id, std::int64_t> judge_numbers(ReadTx& tx, Id challenge, std::int64_t round);
/// Given marks of a round on the entries with these numbers, by entry.
struct GivenMark {
  Id judge{};
  std::vector<std::int64_t> marks;  ///< in tenths by criterion
};
std::map<Id, std::vector<GivenMark>> marks_between(ReadTx& tx, Id challenge, std::int64_t round, std::int64_t first,
                                                   std::int64_t last);

}  // namespace polder::challenges::store
