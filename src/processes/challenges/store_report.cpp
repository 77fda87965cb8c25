#include "processes/challenges/store_report.h"

#include <boost/json.hpp>

namespace polder::challenges::store {
namespace {

using storage::Row;
using storage::Statement;

constexpr Statement count_states{
    "challenges.entry-states",
    "SELECT state, COUNT(*) FROM challenge_entries WHERE challenge = $1 AND state NOT IN (0, 2) GROUP BY state"};
constexpr Statement count_countries{
    "challenges.entered-countries",
    "SELECT t.country, COUNT(*) FROM challenge_teams t WHERE t.challenge = $1 AND EXISTS (SELECT 1 FROM "
    "challenge_entries e WHERE e.team = t.id AND e.state NOT IN (0, 2)) GROUP BY t.country ORDER BY 2 DESC, 1"};
constexpr Statement select_ranked_marks{
    "challenges.ranked-marks",
    "SELECT s.place, e.number, m.marks FROM challenge_standings s JOIN challenge_entries e ON e.id = s.entry "
    "JOIN challenge_marks m ON m.entry = s.entry WHERE s.challenge = $1 AND m.round = $2 AND m.state = 1 "
    "ORDER BY s.place, e.number, m.judge"};
constexpr Statement count_conflicts{
    "challenges.conflict-counts",
    "SELECT k.known_from, COALESCE(j.organisation, ''), COUNT(*) FROM challenge_conflicts k LEFT JOIN "
    "challenge_judges j ON j.challenge = k.challenge AND j.person = k.judge WHERE k.challenge = $1 "
    "GROUP BY k.known_from, COALESCE(j.organisation, '') ORDER BY 1, 2"};
constexpr Statement select_winners{
    "challenges.winners",
    "SELECT e.id, e.number, t.name FROM challenge_entries e JOIN challenge_teams t ON t.id = e.team WHERE e.id IN "
    "(SELECT a.entry FROM challenge_awards a WHERE a.challenge = $1)"};

constexpr Statement select_rows{
    "challenges.export-rows",
    "SELECT e.id, e.challenge, e.team, e.number, e.state, e.title, e.answers, e.sealed_at, t.name, t.organisation, "
    "t.country, s.place, s.score, s.amount FROM challenge_entries e JOIN challenge_teams t ON t.id = e.team "
    "LEFT JOIN challenge_standings s ON s.challenge = e.challenge AND s.entry = e.id WHERE e.challenge = $1 AND "
    "e.number > $2 AND e.state NOT IN (0, 2) ORDER BY e.number LIMIT $3"};
// The order in which ranking_file (result.h) meets them: by entry, then by judge.
constexpr Statement select_numbers{
    "challenges.judge-numbers",
    "SELECT judge, MIN(entry) FROM challenge_marks WHERE challenge = $1 AND round = $2 AND state = 1 GROUP BY judge "
    "ORDER BY 2, 1"};
constexpr Statement select_between{
    "challenges.marks-between",
    "SELECT m.entry, m.judge, m.marks FROM challenge_entries e JOIN challenge_marks m ON m.entry = e.id WHERE "
    "e.challenge = $1 AND e.number BETWEEN $3 AND $4 AND m.round = $2 AND m.state = 1 ORDER BY e.number, m.judge"};

std::vector<std::int64_t> numbers(std::string_view json) {
  std::vector<std::int64_t> out;
  const auto parsed = boost::json::parse(json);
  for (const auto& one : parsed.as_array()) out.push_back(one.as_int64());
  return out;
}

std::vector<std::string> words(std::string_view json) {
  std::vector<std::string> out;
  const auto parsed = boost::json::parse(json);
  for (const auto& one : parsed.as_array()) out.emplace_back(one.as_string());
  return out;
}

ExportRow export_row(const Row& r) {
  ExportRow out;
  out.entry.id = r.get<Id>(0);
  out.entry.challenge = r.get<Id>(1);
  out.entry.team = r.get<Id>(2);
  out.entry.number = r.integer(3);
  out.entry.state = EntryState(r.integer(4));
  out.entry.title = r.get<std::string>(5);
  out.entry.answers = words(r.text(6));
  out.entry.sealed_at = r.get<std::optional<Time>>(7);
  out.team = r.get<std::string>(8);
  out.organisation = r.get<std::string>(9);
  out.country = r.get<std::string>(10);
  if (!r.is_null(11))
    out.standing = Standing{.entry = out.entry.id,
                            .rank = r.integer(11),
                            .score = r.get<std::string>(12),
                            .amount = r.integer(13),
                            .decided_by = {}};
  return out;
}

}  // namespace

std::map<EntryState, std::int64_t> entry_states(ReadTx& tx, Id challenge) {
  std::map<EntryState, std::int64_t> out;
  tx.each(count_states, [&](const Row& r) { out[EntryState(r.integer(0))] = r.integer(1); }, challenge);
  return out;
}

std::vector<FromCountry> entered_countries(ReadTx& tx, Id challenge) {
  return tx.all<FromCountry>(
      count_countries, [](const Row& r) { return FromCountry{r.get<std::string>(0), r.integer(1)}; }, challenge);
}

void each_ranked_mark(ReadTx& tx, Id challenge, std::int64_t round,
                      const std::function<void(const RankedMark&)>& each) {
  tx.each(
      select_ranked_marks, [&](const Row& r) { each({r.integer(0), r.integer(1), numbers(r.text(2))}); }, challenge,
      round);
}

std::vector<ConflictCount> conflict_counts(ReadTx& tx, Id challenge) {
  return tx.all<ConflictCount>(
      count_conflicts,
      [](const Row& r) { return ConflictCount{ConflictFrom(r.integer(0)), r.get<std::string>(1), r.integer(2)}; },
      challenge);
}

std::map<Id, Winner> winners(ReadTx& tx, Id challenge) {
  std::map<Id, Winner> out;
  tx.each(
      select_winners, [&](const Row& r) { out[r.get<Id>(0)] = Winner{r.integer(1), r.get<std::string>(2)}; },
      challenge);
  return out;
}

std::vector<ExportRow> export_rows(ReadTx& tx, Id challenge, std::int64_t after, std::int64_t limit) {
  return tx.all<ExportRow>(select_rows, export_row, challenge, after, limit);
}

std::map<Id, std::int64_t> judge_numbers(ReadTx& tx, Id challenge, std::int64_t round) {
  std::map<Id, std::int64_t> out;
  tx.each(
      select_numbers, [&](const Row& r) { out.try_emplace(r.get<Id>(0), std::int64_t(out.size()) + 1); }, challenge,
      round);
  return out;
}

std::map<Id, std::vector<GivenMark>> marks_between(ReadTx& tx, Id challenge, std::int64_t round, std::int64_t first,
                                                   std::int64_t last) {
  std::map<Id, std::vector<GivenMark>> out;
  tx.each(
      select_between, [&](const Row& r) { out[r.get<Id>(0)].push_back({r.get<Id>(1), numbers(r.text(2))}); }, challenge,
      round, first, last);
  return out;
}

}  // namespace polder::challenges::store
