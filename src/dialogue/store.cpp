#include "dialogue/store.h"

namespace polder::dialogue::store {
namespace {

using storage::Row;
using storage::Statement;

#define CASE_COLUMNS "contribution, platform, kind, subject, author, reports, waiting_since"
constexpr Statement select_case{"dialogue.case",
                                "SELECT " CASE_COLUMNS " FROM moderation_cases WHERE contribution = $1"};
constexpr Statement select_waiting{
    "dialogue.waiting",
    "SELECT " CASE_COLUMNS
    " FROM moderation_cases WHERE platform = $1 AND reports > 0 AND (waiting_since, contribution) > ($2, $3) "
    "ORDER BY waiting_since, contribution LIMIT $4"};
#undef CASE_COLUMNS
constexpr Statement put_case{
    "dialogue.put-case",
    "INSERT INTO moderation_cases (contribution, platform, kind, subject, author, reports, waiting_since) "
    "VALUES ($1, $2, $3, $4, $5, 1, $6) ON CONFLICT (contribution) DO UPDATE SET waiting_since = "
    "CASE WHEN moderation_cases.reports = 0 THEN excluded.waiting_since ELSE moderation_cases.waiting_since END, "
    "reports = moderation_cases.reports + 1"};
constexpr Statement settle_case{"dialogue.settle-case",
                                "UPDATE moderation_cases SET reports = 0 WHERE contribution = $1"};

#define REPORT_COLUMNS "id, contribution, platform, person, reason, words, act, made_at, settled_at"
constexpr Statement insert_report_row{
    "dialogue.insert-report",
    "INSERT INTO moderation_reports (id, contribution, platform, person, reason, words, act, made_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Statement select_reported{
    "dialogue.has-reported",
    "SELECT id FROM moderation_reports WHERE contribution = $1 AND person = $2 AND settled_at IS NULL"};
constexpr Statement select_reasons{"dialogue.reasons",
                                   "SELECT reason, count(*) FROM moderation_reports WHERE contribution = $1 AND "
                                   "settled_at IS NULL GROUP BY reason ORDER BY reason"};
constexpr Statement select_reports{
    "dialogue.reports", "SELECT " REPORT_COLUMNS
                        " FROM moderation_reports WHERE contribution = $1 AND settled_at IS NULL ORDER BY id LIMIT $2"};
constexpr Statement select_of_person{"dialogue.reports-of-person",
                                     "SELECT " REPORT_COLUMNS
                                     " FROM moderation_reports WHERE person = $1 ORDER BY id DESC LIMIT 1000"};
#undef REPORT_COLUMNS
constexpr Statement settle_reports{
    "dialogue.settle-reports",
    "UPDATE moderation_reports SET settled_at = $2 WHERE contribution = $1 AND settled_at IS NULL"};

#define DECISION_COLUMNS "id, platform, contribution, kind, subject, what, reason, statement, author, act, made_at"
constexpr Statement insert_decision{"dialogue.insert-decision",
                                    "INSERT INTO moderation_decisions (" DECISION_COLUMNS
                                    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr Statement select_decision{"dialogue.decision",
                                    "SELECT " DECISION_COLUMNS " FROM moderation_decisions WHERE id = $1"};
constexpr Statement select_hiding{
    "dialogue.hiding", "SELECT " DECISION_COLUMNS
                       " FROM moderation_decisions WHERE contribution = $1 AND what = 0 ORDER BY id DESC LIMIT 1"};
constexpr Statement select_about{"dialogue.decisions-about",
                                 "SELECT " DECISION_COLUMNS
                                 " FROM moderation_decisions WHERE contribution = $1 ORDER BY id DESC LIMIT 50"};
constexpr Statement select_log{
    "dialogue.log",
    "SELECT " DECISION_COLUMNS
    " FROM moderation_decisions WHERE platform = $1 AND what < 2 AND id < $2 ORDER BY id DESC LIMIT $3"};
constexpr Statement select_on_author{"dialogue.decisions-on-author",
                                     "SELECT " DECISION_COLUMNS
                                     " FROM moderation_decisions WHERE author = $1 ORDER BY id DESC LIMIT 1000"};
#undef DECISION_COLUMNS

constexpr Statement select_acts_about{
    "dialogue.acts-about-author",
    "SELECT act FROM moderation_decisions WHERE author = $1 UNION SELECT r.act FROM moderation_reports r "
    "JOIN moderation_cases c ON c.contribution = r.contribution WHERE c.author = $1"};
constexpr Statement select_platforms{"dialogue.platforms-of-author",
                                     "SELECT DISTINCT platform FROM moderation_decisions WHERE author = $1"};
constexpr Statement erase_reports{"dialogue.erase-reports",
                                  "UPDATE moderation_reports SET person = NULL, words = '' WHERE person = $1"};
// What others said about somebody's contributions is about them too.
constexpr Statement erase_reports_about{"dialogue.erase-reports-about",
                                        "UPDATE moderation_reports SET words = '' WHERE contribution IN (SELECT "
                                        "contribution FROM moderation_cases WHERE author = $1)"};
constexpr Statement erase_cases{"dialogue.erase-cases", "UPDATE moderation_cases SET author = NULL WHERE author = $1"};
constexpr Statement erase_decisions{"dialogue.erase-decisions",
                                    "UPDATE moderation_decisions SET author = NULL, statement = '' WHERE author = $1"};
constexpr Statement select_settled{
    "dialogue.settled",
    "SELECT id, act FROM moderation_reports WHERE platform = $1 AND settled_at < $2 ORDER BY settled_at, id LIMIT $3"};
constexpr Statement select_its_case{"dialogue.case-of-report",
                                    "SELECT contribution FROM moderation_reports WHERE id = $1"};
constexpr Statement delete_report_row{"dialogue.delete-report", "DELETE FROM moderation_reports WHERE id = $1"};
constexpr Statement delete_case{
    "dialogue.delete-case",
    "DELETE FROM moderation_cases WHERE contribution = $1 AND reports = 0 "
    "AND NOT EXISTS (SELECT 1 FROM moderation_reports r WHERE r.contribution = $1) "
    "AND NOT EXISTS (SELECT 1 FROM moderation_decisions d WHERE d.contribution = $1 AND d.what < 2)"};

std::optional<Id> some(Id id) { return id ? std::optional(id) : std::nullopt; }
Id person_in(const Row& row, std::size_t column) { return row.get<std::optional<Id>>(column).value_or(Id{}); }

Case decode_case(const Row& row) {
  return {.contribution = row.get<Id>(0),
          .platform = row.get<Id>(1),
          .kind = row.get<std::string>(2),
          .subject = row.get<std::string>(3),
          .author = person_in(row, 4),
          .reports = row.integer(5),
          .waiting_since = row.get<Time>(6)};
}

Report decode_report(const Row& row) {
  return {.id = row.get<Id>(0),
          .contribution = row.get<Id>(1),
          .platform = row.get<Id>(2),
          .person = person_in(row, 3),
          .reason = row.get<Reason>(4),
          .words = row.get<std::string>(5),
          .act = row.get<Id>(6),
          .made_at = row.get<Time>(7),
          .settled_at = row.get<std::optional<Time>>(8)};
}

Decision decode_decision(const Row& row) {
  return {.id = row.get<Id>(0),
          .platform = row.get<Id>(1),
          .contribution = row.get<Id>(2),
          .kind = row.get<std::string>(3),
          .subject = row.get<std::string>(4),
          .what = row.get<What>(5),
          .reason = row.get<std::optional<Reason>>(6),
          .statement = row.get<std::string>(7),
          .author = person_in(row, 8),
          .act = row.get<Id>(9),
          .made_at = row.get<Time>(10)};
}

}  // namespace

std::optional<Case> find_case(ReadTx& tx, Id contribution) {
  return tx.one<Case>(select_case, decode_case, contribution);
}

std::vector<Case> waiting(ReadTx& tx, Id platform, Id after, std::int64_t limit) {
  const auto place = after ? find_case(tx, after) : std::nullopt;
  return tx.all<Case>(select_waiting, decode_case, platform, place ? place->waiting_since : Time{},
                      place ? after : Id{}, limit);
}

void insert_report(WriteTx& tx, const Report& r, const Case& c) {
  tx.exec(put_case, c.contribution, c.platform, c.kind, c.subject, some(c.author), r.made_at);
  tx.exec(insert_report_row, r.id, r.contribution, r.platform, some(r.person), r.reason, r.words, r.act, r.made_at);
}

bool has_reported(ReadTx& tx, Id contribution, Id person) {
  return tx.value<Id>(select_reported, contribution, person).has_value();
}

std::vector<std::pair<Reason, std::int64_t>> reasons(ReadTx& tx, Id contribution) {
  return tx.all<std::pair<Reason, std::int64_t>>(
      select_reasons, [](const Row& row) { return std::pair(row.get<Reason>(0), row.integer(1)); }, contribution);
}

std::vector<Report> reports(ReadTx& tx, Id contribution, std::int64_t limit) {
  return tx.all<Report>(select_reports, decode_report, contribution, limit);
}

std::vector<Report> reports_of_person(ReadTx& tx, Id person) {
  return tx.all<Report>(select_of_person, decode_report, person);
}

void decide(WriteTx& tx, const Decision& d) {
  tx.exec(settle_reports, d.contribution, d.made_at);
  tx.exec(settle_case, d.contribution);
  tx.exec(insert_decision, d.id, d.platform, d.contribution, d.kind, d.subject, d.what, d.reason, d.statement,
          some(d.author), d.act, d.made_at);
}

std::optional<Decision> decision(ReadTx& tx, Id id) { return tx.one<Decision>(select_decision, decode_decision, id); }

std::optional<Decision> hiding(ReadTx& tx, Id contribution) {
  return tx.one<Decision>(select_hiding, decode_decision, contribution);
}

std::vector<Decision> decisions_about(ReadTx& tx, Id contribution) {
  return tx.all<Decision>(select_about, decode_decision, contribution);
}

std::vector<Decision> log(ReadTx& tx, Id platform, Id before, std::int64_t limit) {
  return tx.all<Decision>(select_log, decode_decision, platform, before ? before : Id{INT64_MAX}, limit);
}

std::vector<Decision> decisions_on_author(ReadTx& tx, Id person) {
  return tx.all<Decision>(select_on_author, decode_decision, person);
}

std::vector<Id> acts_about_author(ReadTx& tx, Id person) {
  return tx.all<Id>(select_acts_about, [](const Row& row) { return row.get<Id>(0); }, person);
}

std::vector<Id> platforms_of_author(ReadTx& tx, Id person) {
  return tx.all<Id>(select_platforms, [](const Row& row) { return row.get<Id>(0); }, person);
}

void erase_person(WriteTx& tx, Id person) {
  tx.exec(erase_reports, person);
  tx.exec(erase_reports_about, person);
  tx.exec(erase_cases, person);
  tx.exec(erase_decisions, person);
}

std::vector<Settled> settled(ReadTx& tx, Id platform, Time before, std::int64_t limit) {
  return tx.all<Settled>(
      select_settled, [](const Row& row) { return Settled{row.get<Id>(0), row.get<Id>(1)}; }, platform, before, limit);
}

void delete_report(WriteTx& tx, Id report) {
  const auto contribution = tx.value<Id>(select_its_case, report);
  tx.exec(delete_report_row, report);
  if (contribution) tx.exec(delete_case, *contribution);
}

}  // namespace polder::dialogue::store
