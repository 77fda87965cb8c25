#include "processes/challenges/store.h"

#include <stdexcept>

namespace polder::challenges::store {
namespace {

using storage::Row;
using storage::Statement;

#define COLUMNS                                                                                              \
  "id, platform, slug, phase, title, summary, language, written_by, remarks, version, opens_at, closes_at, " \
  "questions_until, merge_until, made_at, published_at, objections_until, awarded_at, seed, seed_sha256, "   \
  "cancelled_why, teams, entries, sought_by"
constexpr Statement select_by_id{"challenges.by-id", "SELECT " COLUMNS " FROM challenges WHERE id = $1"};
constexpr Statement select_by_slug{"challenges.by-slug",
                                   "SELECT " COLUMNS " FROM challenges WHERE platform = $1 AND slug = $2"};
constexpr Statement select_all{
    "challenges.all",
    "SELECT " COLUMNS
    " FROM challenges WHERE platform = $1 AND phase >= $2 ORDER BY closes_at DESC, id DESC LIMIT 200"};
constexpr Statement select_due{
    "challenges.due", "SELECT " COLUMNS
                      " FROM challenges WHERE ((phase = 2 AND opens_at <= $1) OR (phase = 3 AND closes_at <= $1)) "
                      "AND id > $2 ORDER BY id LIMIT $3"};
#undef COLUMNS
constexpr Statement select_slug{"challenges.slug-taken", "SELECT id FROM challenges WHERE platform = $1 AND slug = $2"};
constexpr Statement insert_row{
    "challenges.insert",
    "INSERT INTO challenges (id, platform, slug, phase, title, summary, language, written_by, opens_at, closes_at, "
    "questions_until, merge_until, made_at, sought_by) VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
    "$13)"};
constexpr Statement update_row{
    "challenges.update",
    "UPDATE challenges SET title = $2, summary = $3, language = $4, written_by = $5, opens_at = $6, closes_at = $7, "
    "questions_until = $8, merge_until = $9, version = $10 WHERE id = $1"};
constexpr Statement update_phase{"challenges.set-phase", "UPDATE challenges SET phase = $2 WHERE id = $1"};
constexpr Statement update_review{"challenges.set-review",
                                  "UPDATE challenges SET phase = $2, remarks = $3 WHERE id = $1"};
constexpr Statement update_published{
    "challenges.set-published",
    "UPDATE challenges SET phase = 2, published_at = $2, seed = $3, seed_sha256 = $4, remarks = '' WHERE id = $1"};
constexpr Statement update_cancelled{"challenges.set-cancelled",
                                     "UPDATE challenges SET phase = 10, cancelled_why = $2 WHERE id = $1"};

constexpr Statement select_version{
    "challenges.version",
    "SELECT number, statement, why, made_at FROM challenge_statements WHERE challenge = $1 AND number = $2"};
constexpr Statement select_versions{
    "challenges.versions",
    "SELECT number, why, made_at FROM challenge_statements WHERE challenge = $1 ORDER BY number DESC LIMIT 200"};
constexpr Statement select_statements{
    "challenges.statements",
    "SELECT number, statement, why, made_at FROM challenge_statements WHERE challenge = $1 AND number <= $2 "
    "ORDER BY number DESC LIMIT $3"};
constexpr Statement put_statement{
    "challenges.put-version",
    "INSERT INTO challenge_statements (challenge, number, statement, why, made_at) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (challenge, number) DO UPDATE SET statement = excluded.statement, made_at = excluded.made_at"};
constexpr Statement forget{"challenges.forget-writer", "UPDATE challenges SET written_by = NULL WHERE written_by = $1"};
constexpr Statement forget_sought{"challenges.forget-seeker",
                                  "UPDATE challenges SET sought_by = NULL WHERE sought_by = $1"};
constexpr Statement update_seeker{"challenges.set-seeker", "UPDATE challenges SET sought_by = $2 WHERE id = $1"};
// A new stage: entries come in once more, under a lot that nobody knows yet.
constexpr Statement update_reopened{
    "challenges.reopen",
    "UPDATE challenges SET phase = 3, seed = $2, seed_sha256 = $3, objections_until = NULL, awarded_at = NULL "
    "WHERE id = $1"};

// Entries that were screened (3, 4) are sent in (1) once more; who was disqualified stays so.
constexpr Statement stage_over[] = {
    {"challenges.stage-checks",
     "DELETE FROM challenge_checks WHERE entry IN (SELECT id FROM challenge_entries WHERE challenge = $1)"},
    {"challenges.stage-packets",
     "DELETE FROM challenge_packet_files WHERE entry IN (SELECT id FROM challenge_entries WHERE challenge = $1)"},
    {"challenges.stage-assignments", "DELETE FROM challenge_assignments WHERE challenge = $1"},
    {"challenges.stage-marks", "DELETE FROM challenge_marks WHERE challenge = $1"},
    {"challenges.stage-explanation", "DELETE FROM challenge_explanations WHERE challenge = $1"},
    {"challenges.stage-entries",
     "UPDATE challenge_entries SET state = 1, reason = '' WHERE challenge = $1 AND state IN (3, 4)"}};

Challenge decode(const Row& r) {
  Challenge c;
  c.id = r.get<Id>(0);
  c.platform = r.get<Id>(1);
  c.slug = r.get<std::string>(2);
  c.phase = Phase(r.integer(3));
  c.title = r.get<std::string>(4);
  c.summary = r.get<std::string>(5);
  c.language = r.get<std::string>(6);
  c.written_by = r.get<std::optional<Id>>(7).value_or(Id{});
  c.remarks = r.get<std::string>(8);
  c.version = r.integer(9);
  c.opens_at = r.get<Time>(10);
  c.closes_at = r.get<Time>(11);
  c.questions_until = r.get<std::optional<Time>>(12);
  c.merge_until = r.get<std::optional<Time>>(13);
  c.made_at = r.get<Time>(14);
  c.published_at = r.get<std::optional<Time>>(15);
  c.objections_until = r.get<std::optional<Time>>(16);
  c.awarded_at = r.get<std::optional<Time>>(17);
  c.seed = r.get<std::string>(18);
  c.seed_sha256 = r.get<std::string>(19);
  c.cancelled_why = r.get<std::string>(20);
  c.teams = r.integer(21);
  c.entries = r.integer(22);
  c.sought_by = r.get<std::optional<Id>>(23).value_or(Id{});
  return c;
}

std::optional<Id> maybe(Id id) { return id == Id{} ? std::nullopt : std::optional(id); }

Version version_row(const Row& r) {
  Version v{.number = r.integer(0), .statement = {}, .why = r.get<std::string>(2), .made_at = r.get<Time>(3)};
  auto read = fields::read<challenges::Statement>(boost::json::parse(r.text(1)).as_object());
  if (!read) throw std::logic_error("a statement in the database that its own writer cannot read");
  v.statement = *std::move(read);
  return v;
}

#define ATTACHMENT_COLUMNS "id, challenge, version, name, type, size, sha256, path"
constexpr Statement select_attachments{"challenges.attachments", "SELECT " ATTACHMENT_COLUMNS
                                                                 " FROM challenge_attachments WHERE challenge = $1 "
                                                                 "ORDER BY id LIMIT 100"};
constexpr Statement select_attachment{"challenges.attachment",
                                      "SELECT " ATTACHMENT_COLUMNS " FROM challenge_attachments WHERE id = $1"};
constexpr Statement add_attachment{"challenges.insert-attachment",
                                   "INSERT INTO challenge_attachments (" ATTACHMENT_COLUMNS
                                   ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
#undef ATTACHMENT_COLUMNS
constexpr Statement select_attachment_path{"challenges.knows-attachment",
                                           "SELECT id FROM challenge_attachments WHERE path = $1"};
constexpr Statement remove_attachment{"challenges.delete-attachment",
                                      "DELETE FROM challenge_attachments WHERE id = $1"};

Attachment attachment_row(const Row& r) {
  return {.id = r.get<Id>(0),
          .challenge = r.get<Id>(1),
          .version = r.integer(2),
          .name = r.get<std::string>(3),
          .type = r.get<std::string>(4),
          .sha256 = r.get<std::string>(6),
          .path = r.get<std::string>(7),
          .size = r.integer(5)};
}

}  // namespace

std::optional<Challenge> by_id(ReadTx& tx, Id id) { return tx.one<Challenge>(select_by_id, decode, id); }

std::optional<Challenge> by_slug(ReadTx& tx, Id platform, std::string_view slug) {
  return tx.one<Challenge>(select_by_slug, decode, platform, slug);
}

std::vector<Challenge> all(ReadTx& tx, Id platform, bool with_unpublished) {
  const auto from = with_unpublished ? Phase::draft : Phase::announced;
  return tx.all<Challenge>(select_all, decode, platform, std::int64_t(from));
}

std::vector<Challenge> due(ReadTx& tx, Time now, Id after, std::int64_t limit) {
  return tx.all<Challenge>(select_due, decode, now, after, limit);
}

std::string free_slug(ReadTx& tx, Id platform, const std::string& wanted) {
  std::string slug = wanted;
  for (int n = 2; tx.value<Id>(select_slug, platform, slug); ++n) slug = wanted + '-' + std::to_string(n);
  return slug;
}

void insert(WriteTx& tx, const Challenge& c) {
  tx.exec(insert_row, c.id, c.platform, c.slug, c.title, c.summary, c.language, maybe(c.written_by), c.opens_at,
          c.closes_at, c.questions_until, c.merge_until, c.made_at, maybe(c.sought_by));
}

void update(WriteTx& tx, const Challenge& c) {
  tx.exec(update_row, c.id, c.title, c.summary, c.language, maybe(c.written_by), c.opens_at, c.closes_at,
          c.questions_until, c.merge_until, c.version);
}

void set_phase(WriteTx& tx, Id id, Phase phase) { tx.exec(update_phase, id, std::int64_t(phase)); }

void set_review(WriteTx& tx, Id id, Phase phase, std::string_view remarks) {
  tx.exec(update_review, id, std::int64_t(phase), remarks);
}

void set_published(WriteTx& tx, Id id, Time at, std::string_view seed, std::string_view seed_sha256) {
  tx.exec(update_published, id, at, seed, seed_sha256);
}

void set_cancelled(WriteTx& tx, Id id, std::string_view why) { tx.exec(update_cancelled, id, why); }

std::optional<Version> version(ReadTx& tx, Id challenge, std::int64_t number) {
  return tx.one<Version>(select_version, version_row, challenge, number);
}

std::vector<Version> statements(ReadTx& tx, Id challenge, std::int64_t from, std::int64_t limit) {
  return tx.all<Version>(select_statements, version_row, challenge, from, limit);
}

std::vector<Version> versions(ReadTx& tx, Id challenge) {
  return tx.all<Version>(
      select_versions,
      [](const Row& r) {
        return Version{
            .number = r.integer(0), .statement = {}, .why = r.get<std::string>(1), .made_at = r.get<Time>(2)};
      },
      challenge);
}

void put_version(WriteTx& tx, Id challenge, const Version& version) {
  tx.exec(put_statement, challenge, version.number, fields::write(version.statement), version.why, version.made_at);
}

void set_seeker(WriteTx& tx, Id id, Id person) { tx.exec(update_seeker, id, person); }

void set_reopened(WriteTx& tx, Id id, std::string_view seed, std::string_view seed_sha256) {
  tx.exec(update_reopened, id, seed, seed_sha256);
}

void end_stage(WriteTx& tx, Id challenge) {
  for (const Statement& one : stage_over) tx.exec(one, challenge);
}

std::vector<Attachment> attachments(ReadTx& tx, Id challenge) {
  return tx.all<Attachment>(select_attachments, attachment_row, challenge);
}
std::optional<Attachment> attachment(ReadTx& tx, Id id) {
  return tx.one<Attachment>(select_attachment, attachment_row, id);
}
bool knows_attachment(ReadTx& tx, std::string_view path) {
  return tx.value<Id>(select_attachment_path, path).has_value();
}
void insert_attachment(WriteTx& tx, const Attachment& a) {
  tx.exec(add_attachment, a.id, a.challenge, a.version, a.name, a.type, a.size, a.sha256, a.path);
}
void delete_attachment(WriteTx& tx, Id id) { tx.exec(remove_attachment, id); }

void forget_writer(WriteTx& tx, Id person) {
  tx.exec(forget, person);
  tx.exec(forget_sought, person);
}

}  // namespace polder::challenges::store
