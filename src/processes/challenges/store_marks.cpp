#include "processes/challenges/store_marks.h"

#include <boost/json.hpp>

#include "processes/challenges/judging.h"

namespace polder::challenges::store {
namespace {

using storage::Row;
using storage::Statement;

#define MARK_COLUMNS "m.entry, m.judge, m.round, m.state, m.marks, m.to_solver, m.to_panel, m.at"
constexpr Statement select_marks{"challenges.marks",
                                 "SELECT " MARK_COLUMNS
                                 " FROM challenge_marks m WHERE m.entry = $1 AND m.judge = $2 AND m.round = $3"};
constexpr Statement select_marks_of_entry{"challenges.marks-of-entry",
                                          "SELECT " MARK_COLUMNS
                                          " FROM challenge_marks m WHERE m.entry = $1 ORDER BY m.round, m.judge"};
constexpr Statement select_marks_of_judge{
    "challenges.marks-of-judge", "SELECT " MARK_COLUMNS
                                 " FROM challenge_marks m WHERE m.challenge = $1 AND m.judge = $2 ORDER BY m.entry, "
                                 "m.round"};
constexpr Statement select_all_marks_of{"challenges.all-marks-of",
                                        "SELECT " MARK_COLUMNS
                                        " FROM challenge_marks m WHERE m.judge = $1 ORDER BY m.entry, m.round"};
constexpr Statement select_given{
    "challenges.given-marks", "SELECT " MARK_COLUMNS
                              " FROM challenge_marks m WHERE m.challenge = $1 AND m.round = $2 AND m.state = 1 ORDER "
                              "BY m.entry, m.judge"};
constexpr Statement select_on_team{
    "challenges.marks-on-team", "SELECT " MARK_COLUMNS
                                " FROM challenge_marks m JOIN challenge_entries e ON e.id = m.entry WHERE m.judge = $1 "
                                "AND e.team = $2 AND m.state <> 2 ORDER BY m.entry, m.round"};
#undef MARK_COLUMNS
constexpr Statement upsert_marks{
    "challenges.put-marks",
    "INSERT INTO challenge_marks (challenge, entry, judge, round, state, marks, to_solver, to_panel, at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (entry, judge, round) DO UPDATE SET "
    "state = excluded.state, marks = excluded.marks, to_solver = excluded.to_solver, to_panel = excluded.to_panel, "
    "at = excluded.at"};
constexpr Statement void_marks{"challenges.void-marks",
                               "UPDATE challenge_marks SET state = 2 WHERE entry = $1 AND judge = $2 AND round = $3"};
constexpr Statement add_history{
    "challenges.keep-old-marks",
    "INSERT INTO challenge_mark_history (id, challenge, entry, judge, round, marks, reason, at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Statement select_history{
    "challenges.mark-history",
    "SELECT entry, judge, round, marks, reason, at FROM challenge_mark_history WHERE entry = $1 ORDER BY id LIMIT 500"};
// $2: what `given` is, beside 0, when the marks of that round are not in it.
constexpr Statement select_missing{
    "challenges.missing-marks",
    "SELECT a.judge, e.number, j.name FROM challenge_assignments a JOIN challenge_entries e ON e.id = a.entry "
    "JOIN challenge_judges j ON j.challenge = a.challenge AND j.person = a.judge WHERE a.challenge = $1 AND "
    "a.given IN (0, $2) AND e.state = 3 ORDER BY e.number, j.name LIMIT $3"};
constexpr Statement select_is_missing{
    "challenges.is-a-mark-missing",
    "SELECT e.number FROM challenge_assignments a JOIN challenge_entries e ON e.id = a.entry WHERE a.challenge = $1 "
    "AND a.given IN (0, $2) AND e.state = 3 LIMIT 1"};

constexpr Statement select_compared_marks{
    "challenges.compared-marks",
    "SELECT m.entry, m.judge, m.marks FROM challenge_means n JOIN challenge_marks m ON m.entry = n.entry WHERE "
    "n.challenge = $1 AND (n.below, n.number) >= ($3, $4) AND (n.below, n.number) <= ($5, $6) AND m.round = $2 AND "
    "m.state = 1 ORDER BY n.below, n.number, m.judge"};

constexpr Statement select_place{"challenges.place-of-entry",
                                 "SELECT challenge, number FROM challenge_entries WHERE id = $1"};
constexpr Statement upsert_mean{
    "challenges.keep-mean",
    "INSERT INTO challenge_means (entry, challenge, number, below) VALUES ($1, $2, $3, $4) ON CONFLICT (entry) DO "
    "UPDATE SET below = excluded.below"};
constexpr Statement remove_mean{"challenges.drop-mean", "DELETE FROM challenge_means WHERE entry = $1"};

constexpr Statement blank_marks{"challenges.erase-mark-words",
                                "UPDATE challenge_marks SET to_solver = '', to_panel = '' WHERE judge = $1"};
constexpr Statement blank_history{"challenges.erase-history-words",
                                  "UPDATE challenge_mark_history SET reason = '' WHERE judge = $1"};
constexpr Statement remove_all_drafts{"challenges.erase-drafts",
                                      "DELETE FROM challenge_marks WHERE judge = $1 AND state = 0"};

std::vector<std::int64_t> numbers(std::string_view json) {
  std::vector<std::int64_t> out;
  const auto parsed = boost::json::parse(json);
  for (const auto& one : parsed.as_array()) out.push_back(one.as_int64());
  return out;
}

Marks marks_row(const Row& r) {
  return {.entry = r.get<Id>(0),
          .judge = r.get<Id>(1),
          .round = r.integer(2),
          .state = MarkState(r.integer(3)),
          .marks = numbers(r.text(4)),
          .to_solver = r.get<std::string>(5),
          .to_panel = r.get<std::string>(6),
          .at = r.get<Time>(7)};
}

/// After marks of this judge changed: what is kept of them elsewhere.
void keep(WriteTx& tx, Id entry, Id judge) {
  count_given(tx, entry, judge);
  const auto place = tx.one<std::pair<Id, std::int64_t>>(
      select_place, [](const Row& r) { return std::pair(r.get<Id>(0), r.integer(1)); }, entry);
  const auto c = place ? by_id(tx, place->first) : std::nullopt;
  if (!c) return;
  const challenges::Statement s = statement_of(tx, *c);
  auto given = marks_of_entry(tx, entry);
  std::erase_if(given, [&](const Marks& m) { return m.round != s.rounds.value || m.state != MarkState::given; });
  if (given.empty())
    tx.exec(remove_mean, entry);
  else
    tx.exec(upsert_mean, entry, c->id, place->second, 1'000 - spread(s, given).mean);
}

}  // namespace

std::optional<Marks> marks(ReadTx& tx, Id entry, Id judge, std::int64_t round) {
  return tx.one<Marks>(select_marks, marks_row, entry, judge, round);
}
std::vector<Marks> marks_of_entry(ReadTx& tx, Id entry) {
  return tx.all<Marks>(select_marks_of_entry, marks_row, entry);
}
std::vector<Marks> marks_of_judge(ReadTx& tx, Id challenge, Id judge) {
  return tx.all<Marks>(select_marks_of_judge, marks_row, challenge, judge);
}
std::vector<Marks> given_marks(ReadTx& tx, Id challenge, std::int64_t round) {
  return tx.all<Marks>(select_given, marks_row, challenge, round);
}
void put_marks(WriteTx& tx, Id challenge, const Marks& m) {
  tx.exec(upsert_marks, challenge, m.entry, m.judge, m.round, std::int64_t(m.state),
          boost::json::serialize(boost::json::value_from(m.marks)), m.to_solver, m.to_panel, m.at);
  keep(tx, m.entry, m.judge);
}

std::vector<Marks> compared_marks(ReadTx& tx, Id challenge, std::int64_t round, const Best& first, const Best& last) {
  return tx.all<Marks>(
      select_compared_marks,
      [&](const Row& r) {
        return Marks{.entry = r.get<Id>(0),
                     .judge = r.get<Id>(1),
                     .round = round,
                     .state = MarkState::given,
                     .marks = numbers(r.text(2)),
                     .to_solver = {},
                     .to_panel = {},
                     .at = {}};
      },
      challenge, round, first.below, first.number, last.below, last.number);
}

void keep_old(WriteTx& tx, Id id, Id challenge, const OldMarks& old) {
  tx.exec(add_history, id, challenge, old.entry, old.judge, old.round,
          boost::json::serialize(boost::json::value_from(old.marks)), old.reason, old.at);
}
std::vector<OldMarks> history(ReadTx& tx, Id entry) {
  return tx.all<OldMarks>(
      select_history,
      [](const Row& r) {
        return OldMarks{.entry = r.get<Id>(0),
                        .judge = r.get<Id>(1),
                        .round = r.integer(2),
                        .marks = numbers(r.text(3)),
                        .reason = r.get<std::string>(4),
                        .at = r.get<Time>(5)};
      },
      entry);
}
std::vector<Marks> marks_on_team(ReadTx& tx, Id judge, Id team) {
  return tx.all<Marks>(select_on_team, marks_row, judge, team);
}
void set_void(WriteTx& tx, const Marks& m) {
  tx.exec(void_marks, m.entry, m.judge, m.round);
  keep(tx, m.entry, m.judge);
}

std::vector<Missing> missing(ReadTx& tx, Id challenge, std::int64_t round, std::int64_t limit) {
  return tx.all<Missing>(
      select_missing, [](const Row& r) { return Missing{r.get<Id>(0), r.integer(1), r.get<std::string>(2)}; },
      challenge, 3 - round, limit);
}
bool is_missing(ReadTx& tx, Id challenge, std::int64_t round) {
  return tx.value<std::int64_t>(select_is_missing, challenge, 3 - round).has_value();
}

std::vector<Marks> all_marks_of(ReadTx& tx, Id person) { return tx.all<Marks>(select_all_marks_of, marks_row, person); }
void erase_marks(WriteTx& tx, Id person) {
  for (const Statement& statement : {remove_all_drafts, blank_marks, blank_history}) tx.exec(statement, person);
}

}  // namespace polder::challenges::store
