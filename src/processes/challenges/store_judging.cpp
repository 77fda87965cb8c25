#include "processes/challenges/store_judging.h"

#include <boost/json.hpp>

namespace polder::challenges::store {
namespace {

using storage::Row;
using storage::Statement;

#define JUDGE_COLUMNS "challenge, person, name, organisation, expertise, most, declared"
constexpr Statement select_judges{
    "challenges.judges", "SELECT " JUDGE_COLUMNS " FROM challenge_judges WHERE challenge = $1 ORDER BY name, person"};
constexpr Statement select_judge{"challenges.judge",
                                 "SELECT " JUDGE_COLUMNS " FROM challenge_judges WHERE challenge = $1 AND person = $2"};
constexpr Statement select_panels{
    "challenges.panels-of", "SELECT " JUDGE_COLUMNS " FROM challenge_judges WHERE person = $1 ORDER BY challenge"};
#undef JUDGE_COLUMNS
constexpr Statement upsert_judge{
    "challenges.put-judge",
    "INSERT INTO challenge_judges (challenge, person, name, organisation, expertise, most, declared) "
    "VALUES ($1, $2, $3, $4, $5, $6, FALSE) ON CONFLICT (challenge, person) DO UPDATE SET name = excluded.name, "
    "organisation = excluded.organisation, expertise = excluded.expertise, most = excluded.most"};
constexpr Statement remove_judge{"challenges.delete-judge",
                                 "DELETE FROM challenge_judges WHERE challenge = $1 AND person = $2"};
constexpr Statement remove_seat_assignments{"challenges.delete-judge-assignments",
                                            "DELETE FROM challenge_assignments WHERE challenge = $1 AND judge = $2"};
constexpr Statement remove_seat_declarations{"challenges.delete-judge-declarations",
                                             "DELETE FROM challenge_declarations WHERE challenge = $1 AND judge = $2"};
constexpr Statement remove_seat_drafts{"challenges.delete-judge-drafts",
                                       "DELETE FROM challenge_marks WHERE challenge = $1 AND judge = $2 AND state = 0"};
constexpr Statement update_declared{"challenges.set-declared",
                                    "UPDATE challenge_judges SET declared = $3 WHERE challenge = $1 AND person = $2"};

#define IS_ENTERED "EXISTS (SELECT 1 FROM challenge_entries e WHERE e.team = t.id AND e.state NOT IN (0, 2))"
constexpr Statement select_entered{
    "challenges.entered-teams",
    "SELECT t.id, t.challenge, t.name, t.organisation, t.entrant, t.country, t.members FROM challenge_teams t WHERE "
    "t.challenge = $1 AND " IS_ENTERED " ORDER BY t.id"};
constexpr Statement select_has_entered{
    "challenges.has-entered",
    "SELECT t.id FROM challenge_teams t WHERE t.challenge = $1 AND t.id = $2 AND " IS_ENTERED};
// By name, in the order of the index, until a page is full: those a judge has said nothing of, and the others.
#define SAID_BY_JUDGE                                                                                              \
  "(EXISTS (SELECT 1 FROM challenge_declarations d WHERE d.challenge = $1 AND d.judge = $2 AND d.team = t.id) OR " \
  "EXISTS (SELECT 1 FROM challenge_conflicts k WHERE k.challenge = $1 AND k.judge = $2 AND k.team = t.id))"
#define ASKED "SELECT t.id, t.name, t.organisation FROM challenge_teams t WHERE t.challenge = $1 AND t.name > $3 AND "
constexpr Statement select_unsaid{"challenges.teams-unsaid",
                                  ASKED IS_ENTERED " AND NOT " SAID_BY_JUDGE " ORDER BY t.name LIMIT $4"};
constexpr Statement select_said{"challenges.teams-said",
                                ASKED IS_ENTERED " AND " SAID_BY_JUDGE " ORDER BY t.name LIMIT $4"};
#undef ASKED
#undef SAID_BY_JUDGE
#undef IS_ENTERED
constexpr Statement upsert_declaration{
    "challenges.put-declaration",
    "INSERT INTO challenge_declarations (challenge, judge, team, conflict, at) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (challenge, judge, team) DO UPDATE SET conflict = excluded.conflict, at = excluded.at"};
constexpr Statement count_undeclared{
    "challenges.undeclared",
    "SELECT COUNT(*) FROM challenge_teams t WHERE t.challenge = $1 AND EXISTS (SELECT 1 FROM challenge_entries e WHERE "
    "e.team = t.id AND e.state NOT IN (0, 2)) AND NOT EXISTS (SELECT 1 FROM challenge_declarations d WHERE "
    "d.challenge = $1 AND d.judge = $2 AND d.team = t.id) AND NOT EXISTS (SELECT 1 FROM challenge_conflicts k WHERE "
    "k.challenge = $1 AND k.judge = $2 AND k.team = t.id)"};

#define CONFLICT_COLUMNS "challenge, judge, team, known_from, reason, at"
constexpr Statement select_conflicts{"challenges.conflicts",
                                     "SELECT " CONFLICT_COLUMNS
                                     " FROM challenge_conflicts WHERE challenge = $1 ORDER BY at, judge, team"};
constexpr Statement select_conflicts_of{
    "challenges.conflicts-of",
    "SELECT " CONFLICT_COLUMNS " FROM challenge_conflicts WHERE challenge = $1 AND judge = $2 ORDER BY at, team"};
constexpr Statement select_all_conflicts_of{"challenges.all-conflicts-of",
                                            "SELECT " CONFLICT_COLUMNS
                                            " FROM challenge_conflicts WHERE judge = $1 ORDER BY at, team"};
constexpr Statement select_conflicts_on{"challenges.conflicts-on",
                                        "SELECT " CONFLICT_COLUMNS
                                        " FROM challenge_conflicts WHERE team = $1 ORDER BY at, judge"};
#undef CONFLICT_COLUMNS
constexpr Statement select_page_conflicts{
    "challenges.page-conflicts",
    "SELECT k.challenge, k.judge, k.team, k.known_from, k.reason, k.at, e.number FROM challenge_entries e JOIN "
    "challenge_conflicts k ON k.team = e.team WHERE e.challenge = $1 AND e.number > $2 AND e.number <= $3 AND e.state "
    "NOT IN (0, 2) ORDER BY e.number, k.judge"};
constexpr Statement add_conflict{
    "challenges.insert-conflict",
    "INSERT INTO challenge_conflicts (challenge, judge, team, known_from, reason, at) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (challenge, judge, team) DO NOTHING"};

constexpr Statement select_checks{
    "challenges.checks", "SELECT criterion, met, evidence FROM challenge_checks WHERE entry = $1 ORDER BY criterion"};
constexpr Statement select_masks{
    "challenges.masks",
    "SELECT words, note FROM challenge_masks WHERE entry = $1 ORDER BY LENGTH(words) DESC, number LIMIT 100"};
constexpr Statement select_packet_files{"challenges.packet-files",
                                        "SELECT file FROM challenge_packet_files WHERE entry = $1 ORDER BY file"};
constexpr Statement remove_checks{"challenges.delete-checks", "DELETE FROM challenge_checks WHERE entry = $1"};
constexpr Statement remove_masks{"challenges.delete-masks", "DELETE FROM challenge_masks WHERE entry = $1"};
constexpr Statement remove_packet_files{"challenges.delete-packet-files",
                                        "DELETE FROM challenge_packet_files WHERE entry = $1"};
constexpr Statement add_check{"challenges.insert-check",
                              "INSERT INTO challenge_checks (entry, criterion, met, evidence) VALUES ($1, $2, $3, $4)"};
constexpr Statement add_mask{"challenges.insert-mask",
                             "INSERT INTO challenge_masks (entry, number, words, note) VALUES ($1, $2, $3, $4)"};
constexpr Statement add_packet_file{"challenges.insert-packet-file",
                                    "INSERT INTO challenge_packet_files (entry, file) VALUES ($1, $2)"};
constexpr Statement select_unscreened{
    "challenges.unscreened",
    "SELECT number FROM challenge_entries WHERE challenge = $1 AND state = 1 ORDER BY number LIMIT 1000"};

constexpr Statement select_unscreened_count{
    "challenges.count-unscreened", "SELECT COUNT(*) FROM challenge_entries WHERE challenge = $1 AND state = 1"};

#define LISTED_COLUMNS "e.id, e.challenge, e.team, e.number, e.state"
constexpr Statement select_listed{"challenges.listed-entries",
                                  "SELECT " LISTED_COLUMNS
                                  " FROM challenge_entries e WHERE e.challenge = $1 AND e.number > $2 AND e.state NOT "
                                  "IN (0, 2) ORDER BY e.number LIMIT $3"};
constexpr Statement select_named{"challenges.named-entries",
                                 "SELECT " LISTED_COLUMNS
                                 ", e.title, t.name FROM challenge_entries e JOIN challenge_teams t ON t.id = e.team "
                                 "WHERE e.challenge = $1 AND e.number > $2 AND e.state NOT IN (0, 2) ORDER BY e.number "
                                 "LIMIT $3"};
constexpr Statement select_packets{
    "challenges.packets", "SELECT " LISTED_COLUMNS
                          ", m.state FROM challenge_assignments a JOIN challenge_entries e ON e.id = a.entry LEFT JOIN "
                          "challenge_marks m ON m.entry = a.entry AND m.judge = a.judge AND m.round = $3 WHERE "
                          "a.challenge = $1 AND a.judge = $2 ORDER BY e.number"};
constexpr Statement select_compared{
    "challenges.compared-entries",
    "SELECT " LISTED_COLUMNS
    ", n.below FROM challenge_means n JOIN challenge_entries e ON e.id = n.entry WHERE n.challenge = $1 AND "
    "(n.below, n.number) > ($2, $3) AND e.state = 3 AND NOT EXISTS (SELECT 1 FROM challenge_conflicts k WHERE "
    "k.challenge = $1 AND k.judge = $4 AND k.team = e.team) ORDER BY n.below, n.number LIMIT $5"};
#undef LISTED_COLUMNS
#define ASSIGNMENT_COLUMNS "entry, judge, fit, by_hand, at"
constexpr Statement select_assignments{"challenges.assignments",
                                       "SELECT " ASSIGNMENT_COLUMNS
                                       " FROM challenge_assignments WHERE challenge = $1 ORDER BY entry, judge"};
constexpr Statement select_assignments_of{
    "challenges.assignments-of",
    "SELECT " ASSIGNMENT_COLUMNS " FROM challenge_assignments WHERE challenge = $1 AND judge = $2 ORDER BY entry"};
constexpr Statement select_readers{"challenges.readers-of",
                                   "SELECT " ASSIGNMENT_COLUMNS
                                   " FROM challenge_assignments WHERE entry = $1 ORDER BY judge"};
#undef ASSIGNMENT_COLUMNS
constexpr Statement select_page_readers{
    "challenges.page-readers",
    "SELECT a.entry, a.judge, a.fit, a.by_hand, a.at, a.given FROM challenge_entries e JOIN challenge_assignments a ON "
    "a.entry = e.id WHERE e.challenge = $1 AND e.number > $2 AND e.number <= $3 ORDER BY e.number, a.judge"};
// An index holds all that it asks for: some thousand short rows, whatever the entries are long.
constexpr Statement select_loads{
    "challenges.loads",
    "SELECT judge, COUNT(*), CAST(SUM(CASE WHEN given IN ($2, 3) THEN 1 ELSE 0 END) AS BIGINT) FROM "
    "challenge_assignments WHERE challenge = $1 GROUP BY judge"};
constexpr Statement select_lacking{
    "challenges.lacking-readers",
    "SELECT e.number, COUNT(a.judge) FROM challenge_entries e LEFT JOIN challenge_assignments a ON a.entry = e.id "
    "WHERE e.challenge = $1 AND e.state = 3 GROUP BY e.number, e.id HAVING COUNT(a.judge) < $2 ORDER BY e.number "
    "LIMIT $3"};
#define ROUNDS_GIVEN                                                                                              \
  "COALESCE((SELECT CAST(SUM(m.round) AS BIGINT) FROM challenge_marks m WHERE m.entry = $1 AND m.judge = $2 AND " \
  "m.state = 1), 0)"
constexpr Statement upsert_assignment{
    "challenges.put-assignment",
    "INSERT INTO challenge_assignments (entry, judge, challenge, fit, by_hand, at, given) VALUES ($1, $2, $3, $4, $5, "
    "$6, " ROUNDS_GIVEN
    ") ON CONFLICT (entry, judge) DO UPDATE SET fit = excluded.fit, by_hand = excluded.by_hand, at = excluded.at"};
constexpr Statement update_given{"challenges.keep-given", "UPDATE challenge_assignments SET given = " ROUNDS_GIVEN
                                                          " WHERE entry = $1 AND judge = $2"};
#undef ROUNDS_GIVEN
constexpr Statement remove_assignment{"challenges.delete-assignment",
                                      "DELETE FROM challenge_assignments WHERE entry = $1 AND judge = $2"};
constexpr Statement remove_assignments{
    "challenges.delete-assignments-on-team",
    "DELETE FROM challenge_assignments WHERE judge = $1 AND entry IN (SELECT id FROM challenge_entries WHERE "
    "team = $2)"};
constexpr Statement select_explanation{"challenges.explanation",
                                       "SELECT explanation, at FROM challenge_explanations WHERE challenge = $1"};
constexpr Statement upsert_explanation{
    "challenges.put-explanation",
    "INSERT INTO challenge_explanations (challenge, explanation, at) VALUES ($1, $2, $3) ON CONFLICT (challenge) "
    "DO UPDATE SET explanation = excluded.explanation, at = excluded.at"};

constexpr Statement blank_seats{
    "challenges.erase-judge",
    "UPDATE challenge_judges SET name = '', organisation = '', expertise = '[]', most = 0 WHERE person = $1"};
constexpr Statement blank_conflicts{"challenges.erase-conflict-words",
                                    "UPDATE challenge_conflicts SET reason = '' WHERE judge = $1"};
constexpr Statement remove_undone{
    "challenges.erase-undone",
    "DELETE FROM challenge_assignments WHERE judge = $1 AND NOT EXISTS (SELECT 1 FROM challenge_marks m WHERE "
    "m.entry = challenge_assignments.entry AND m.judge = $1 AND m.state = 1)"};

Judge judge_row(const Row& r) {
  Judge j{.challenge = r.get<Id>(0),
          .person = r.get<Id>(1),
          .name = r.get<std::string>(2),
          .organisation = r.get<std::string>(3),
          .expertise = {},
          .most = r.integer(5),
          .declared = r.boolean(6)};
  const auto expertise = boost::json::parse(r.text(4));
  for (const auto& one : expertise.as_array()) j.expertise.emplace_back(one.as_string());
  return j;
}

Conflict conflict_row(const Row& r) {
  return {.challenge = r.get<Id>(0),
          .judge = r.get<Id>(1),
          .team = r.get<Id>(2),
          .from = ConflictFrom(r.integer(3)),
          .reason = r.get<std::string>(4),
          .at = r.get<Time>(5)};
}

Assignment assignment_row(const Row& r) {
  return {.entry = r.get<Id>(0),
          .judge = r.get<Id>(1),
          .fit = r.integer(2),
          .by_hand = r.get<std::string>(3),
          .at = r.get<Time>(4)};
}

/// What a list needs: without words.
Entry listed_row(const Row& r) {
  Entry e;
  e.id = r.get<Id>(0);
  e.challenge = r.get<Id>(1);
  e.team = r.get<Id>(2);
  e.number = r.integer(3);
  e.state = EntryState(r.integer(4));
  return e;
}

Id first_id(const Row& r) { return r.get<Id>(0); }

}  // namespace

std::vector<Judge> judges(ReadTx& tx, Id challenge) { return tx.all<Judge>(select_judges, judge_row, challenge); }
std::optional<Judge> judge(ReadTx& tx, Id challenge, Id person) {
  return tx.one<Judge>(select_judge, judge_row, challenge, person);
}
void put_judge(WriteTx& tx, const Judge& j) {
  tx.exec(upsert_judge, j.challenge, j.person, j.name, j.organisation,
          boost::json::serialize(boost::json::value_from(j.expertise)), j.most);
}
void delete_judge(WriteTx& tx, Id challenge, Id person) {
  tx.exec(remove_seat_assignments, challenge, person);
  tx.exec(remove_seat_declarations, challenge, person);
  tx.exec(remove_seat_drafts, challenge, person);
  tx.exec(remove_judge, challenge, person);
}
void set_declared(WriteTx& tx, Id challenge, Id person, bool declared) {
  tx.exec(update_declared, challenge, person, declared);
}

std::vector<Team> entered_teams(ReadTx& tx, Id challenge) {
  return tx.all<Team>(
      select_entered,
      [](const Row& r) {
        return Team{.id = r.get<Id>(0),
                    .challenge = r.get<Id>(1),
                    .name = r.get<std::string>(2),
                    .organisation = r.get<std::string>(3),
                    .entrant = Entrant(r.integer(4)),
                    .country = r.get<std::string>(5),
                    .members = r.integer(6),
                    .made_at = {}};
      },
      challenge);
}
bool has_entered(ReadTx& tx, Id challenge, Id team) {
  return tx.one<Id>(select_has_entered, first_id, challenge, team).has_value();
}
std::vector<Asked> asked(ReadTx& tx, Id challenge, Id judge, const AskedKey& after, std::int64_t limit) {
  const auto row = [](bool said) {
    return [said](const Row& r) { return Asked{r.get<Id>(0), r.get<std::string>(1), r.get<std::string>(2), said}; };
  };
  std::vector<Asked> out;
  if (!after.said) out = tx.all<Asked>(select_unsaid, row(false), challenge, judge, after.name, limit);
  const auto more = tx.all<Asked>(select_said, row(true), challenge, judge, after.said ? after.name : std::string(),
                                  limit - std::int64_t(out.size()));
  out.insert(out.end(), more.begin(), more.end());
  return out;
}
void put_declaration(WriteTx& tx, Id challenge, Id judge, const Declaration& d, Time at) {
  tx.exec(upsert_declaration, challenge, judge, d.team, d.conflict, at);
}
std::int64_t undeclared(ReadTx& tx, Id challenge, Id judge) {
  return tx.value<std::int64_t>(count_undeclared, challenge, judge).value_or(0);
}

std::vector<Conflict> conflicts(ReadTx& tx, Id challenge) {
  return tx.all<Conflict>(select_conflicts, conflict_row, challenge);
}
std::vector<Conflict> conflicts_of(ReadTx& tx, Id challenge, Id judge) {
  return tx.all<Conflict>(select_conflicts_of, conflict_row, challenge, judge);
}
std::vector<Conflict> conflicts_on(ReadTx& tx, Id team) {
  return tx.all<Conflict>(select_conflicts_on, conflict_row, team);
}
bool insert_conflict(WriteTx& tx, const Conflict& c) {
  return tx.exec(add_conflict, c.challenge, c.judge, c.team, std::int64_t(c.from), c.reason, c.at) > 0;
}

std::vector<Entry> listed(ReadTx& tx, Id challenge, std::int64_t after, std::int64_t limit) {
  return tx.all<Entry>(select_listed, listed_row, challenge, after, limit);
}
std::vector<Named> named(ReadTx& tx, Id challenge, std::int64_t after, std::int64_t limit) {
  return tx.all<Named>(
      select_named,
      [](const Row& r) {
        Named one{listed_row(r), r.get<std::string>(6)};
        one.e.title = r.get<std::string>(5);
        return one;
      },
      challenge, after, limit);
}
std::vector<Reader> readers_on(ReadTx& tx, Id challenge, const Span& page) {
  return tx.all<Reader>(
      select_page_readers, [](const Row& r) { return Reader{assignment_row(r), r.integer(5)}; }, challenge, page.after,
      page.last);
}
std::vector<std::pair<std::int64_t, Conflict>> conflicts_on(ReadTx& tx, Id challenge, const Span& page) {
  return tx.all<std::pair<std::int64_t, Conflict>>(
      select_page_conflicts, [](const Row& r) { return std::pair(r.integer(6), conflict_row(r)); }, challenge,
      page.after, page.last);
}
std::vector<Compared> compared(ReadTx& tx, Id challenge, Id judge, const Best& after, std::int64_t limit) {
  return tx.all<Compared>(
      select_compared, [](const Row& r) { return Compared{listed_row(r), r.integer(5)}; }, challenge, after.below,
      after.number, judge, limit);
}

std::vector<Check> checks(ReadTx& tx, Id entry) {
  return tx.all<Check>(
      select_checks, [](const Row& r) { return Check{r.integer(0), r.boolean(1), r.get<std::string>(2)}; }, entry);
}
std::vector<Mask> masks(ReadTx& tx, Id entry) {
  return tx.all<Mask>(
      select_masks, [](const Row& r) { return Mask{r.get<std::string>(0), r.get<std::string>(1)}; }, entry);
}
std::vector<Id> packet_files(ReadTx& tx, Id entry) { return tx.all<Id>(select_packet_files, first_id, entry); }

void put_screening(WriteTx& tx, Id entry, const std::vector<Check>& all_checks, const std::vector<Mask>& all_masks,
                   const std::vector<Id>& files) {
  tx.exec(remove_checks, entry);
  tx.exec(remove_masks, entry);
  tx.exec(remove_packet_files, entry);
  for (const Check& c : all_checks) tx.exec(add_check, entry, c.criterion, c.met, c.evidence);
  std::int64_t number = 0;
  for (const Mask& m : all_masks) tx.exec(add_mask, entry, ++number, m.words, m.note);
  for (const Id file : files) tx.exec(add_packet_file, entry, file);
}
std::vector<std::int64_t> unscreened(ReadTx& tx, Id challenge) {
  return tx.all<std::int64_t>(select_unscreened, [](const Row& r) { return r.integer(0); }, challenge);
}
std::int64_t count_unscreened(ReadTx& tx, Id challenge) {
  return tx.value<std::int64_t>(select_unscreened_count, challenge).value_or(0);
}

std::vector<Assignment> assignments(ReadTx& tx, Id challenge) {
  return tx.all<Assignment>(select_assignments, assignment_row, challenge);
}
std::vector<Assignment> assignments_of(ReadTx& tx, Id challenge, Id judge) {
  return tx.all<Assignment>(select_assignments_of, assignment_row, challenge, judge);
}
std::vector<Assignment> readers_of(ReadTx& tx, Id entry) {
  return tx.all<Assignment>(select_readers, assignment_row, entry);
}
std::map<Id, Load> loads(ReadTx& tx, Id challenge, std::int64_t round) {
  std::map<Id, Load> out;
  tx.each(select_loads, [&](const Row& r) { out[r.get<Id>(0)] = {r.integer(1), r.integer(2)}; }, challenge, round);
  return out;
}
std::vector<Packet> packets(ReadTx& tx, Id challenge, Id judge, std::int64_t round) {
  return tx.all<Packet>(
      select_packets,
      [](const Row& r) {
        Packet one{listed_row(r), {}};
        if (!r.is_null(5)) one.state = MarkState(r.integer(5));
        return one;
      },
      challenge, judge, round);
}
std::vector<std::pair<std::int64_t, std::int64_t>> lacking_readers(ReadTx& tx, Id challenge, std::int64_t readers,
                                                                   std::int64_t limit) {
  return tx.all<std::pair<std::int64_t, std::int64_t>>(
      select_lacking, [](const Row& r) { return std::pair(r.integer(0), r.integer(1)); }, challenge, readers, limit);
}
void put_assignment(WriteTx& tx, Id challenge, const Assignment& a) {
  tx.exec(upsert_assignment, a.entry, a.judge, challenge, a.fit, a.by_hand, a.at);
}
void count_given(WriteTx& tx, Id entry, Id judge) { tx.exec(update_given, entry, judge); }
void delete_assignment(WriteTx& tx, Id entry, Id judge) { tx.exec(remove_assignment, entry, judge); }
void delete_assignments(WriteTx& tx, Id judge, Id team) { tx.exec(remove_assignments, judge, team); }

std::optional<std::pair<std::string, Time>> explanation(ReadTx& tx, Id challenge) {
  return tx.one<std::pair<std::string, Time>>(
      select_explanation, [](const Row& r) { return std::pair(r.get<std::string>(0), r.get<Time>(1)); }, challenge);
}
void put_explanation(WriteTx& tx, Id challenge, std::string_view explanation, Time at) {
  tx.exec(upsert_explanation, challenge, explanation, at);
}

std::vector<Judge> panels_of(ReadTx& tx, Id person) { return tx.all<Judge>(select_panels, judge_row, person); }
std::vector<Conflict> all_conflicts_of(ReadTx& tx, Id person) {
  return tx.all<Conflict>(select_all_conflicts_of, conflict_row, person);
}
void erase_judge(WriteTx& tx, Id person) {
  for (const Statement& statement : {remove_undone, blank_conflicts, blank_seats}) tx.exec(statement, person);
}

}  // namespace polder::challenges::store
