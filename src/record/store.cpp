#include "record/store.h"

namespace polder::record::store {
namespace {

using storage::Blob;
using storage::Row;
using storage::Statement;

constexpr Statement insert_log{"record.insert-log",
                               "INSERT INTO logs (platform, origin, size, edge) VALUES ($1, $2, 0, $3)"};
constexpr Statement select_log{"record.log", "SELECT platform, origin, edge FROM logs WHERE platform = $1"};
constexpr Statement select_logs{"record.logs", "SELECT platform FROM logs ORDER BY platform"};
constexpr Statement lock_log_size{"record.grow-log",
                                  "UPDATE logs SET size = $2, edge = $3 WHERE platform = $1 AND size = $2 - 1"};
constexpr Statement insert_leaf{"record.insert-leaf",
                                "INSERT INTO leaves (platform, position, hash, entry) VALUES ($1, $2, $3, $4)"};
constexpr Statement insert_subtree{"record.insert-subtree",
                                   "INSERT INTO subtrees (platform, level, position, hash) VALUES ($1, $2, $3, $4)"};
constexpr Statement select_leaves{
    "record.leaf-hashes",
    "SELECT hash FROM leaves WHERE platform = $1 AND position >= $2 AND position < $3 ORDER BY position"};
constexpr Statement select_subtrees{"record.subtree-hashes",
                                    "SELECT hash FROM subtrees WHERE platform = $1 AND level = $4 AND position >= $2 "
                                    "AND position < $3 ORDER BY position"};
constexpr Statement select_entries{
    "record.entries",
    "SELECT entry FROM leaves WHERE platform = $1 AND position >= $2 AND position < $3 ORDER BY position"};
constexpr Statement select_last_checkpoint{
    "record.last-checkpoint",
    "SELECT size, root, note, signed_at FROM checkpoints WHERE platform = $1 ORDER BY size DESC LIMIT 1"};
constexpr Statement select_checkpoint{
    "record.checkpoint", "SELECT size, root, note, signed_at FROM checkpoints WHERE platform = $1 AND size = $2"};
constexpr Statement insert_checkpoint{
    "record.insert-checkpoint",
    "INSERT INTO checkpoints (platform, size, root, note, signed_at) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (platform, size) DO NOTHING"};
constexpr Statement insert_act_row{
    "record.insert-act",
    "INSERT INTO acts (id, platform, position, name, done_at, person, role, subject, visibility, content, opening, "
    "idempotency, made, location) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"};

#define POLDER_ACT_COLUMNS "id, platform, position, name, done_at, person, role, subject, visibility, made, location"
constexpr Statement select_act{"record.act", "SELECT " POLDER_ACT_COLUMNS ", content, opening FROM acts WHERE id = $1"};
constexpr Statement select_act_at{
    "record.act-at", "SELECT " POLDER_ACT_COLUMNS ", content, opening FROM acts WHERE platform = $1 AND position = $2"};
constexpr Statement select_act_by_key{
    "record.act-by-key", "SELECT " POLDER_ACT_COLUMNS ", content, opening FROM acts WHERE idempotency = $1"};
constexpr Statement select_platform_acts{
    "record.platform-acts",
    "SELECT " POLDER_ACT_COLUMNS " FROM acts WHERE platform = $1 AND position < $2 ORDER BY position DESC LIMIT $3"};
constexpr Statement select_subject_acts{
    "record.subject-acts", "SELECT " POLDER_ACT_COLUMNS
                           " FROM acts WHERE platform = $1 AND subject = $2 AND id < $3 ORDER BY id DESC LIMIT $4"};
constexpr Statement select_person_acts{
    "record.person-acts", "SELECT " POLDER_ACT_COLUMNS
                          ", content, opening FROM acts WHERE person = $1 AND id < $2 ORDER BY id DESC LIMIT $3"};
#undef POLDER_ACT_COLUMNS
constexpr Statement update_visibility{"record.set-visibility", "UPDATE acts SET visibility = $2 WHERE id = $1"};
constexpr Statement erase_by_person{
    "record.erase-person",
    "UPDATE acts SET person = NULL, content = NULL, opening = NULL, idempotency = NULL WHERE person = $1"};
constexpr Statement erase_one{"record.erase-act",
                              "UPDATE acts SET content = NULL, opening = NULL, idempotency = NULL WHERE id = $1"};
constexpr Statement erase_saying{"record.erase-saying",
                                 "UPDATE acts SET content = NULL, opening = NULL, idempotency = NULL "
                                 "WHERE platform = $1 AND subject = $2 AND content LIKE $3 ESCAPE '\\'"};

Blob blob(const Hash& hash) { return {crypto::bytes_of(hash)}; }

Hash hash(const Row& row, std::size_t column) {
  const auto value = crypto::hash_of(row.text(column));
  if (!value) throw storage::Unavailable("record: a stored hash does not have 32 bytes");
  return *value;
}

std::optional<Id> some(Id id) { return id ? std::optional(id) : std::nullopt; }

ActRow decode_act(const Row& row) {
  ActRow a{.id = row.get<Id>(0),
           .platform = row.get<Id>(1),
           .position = row.integer(2),
           .name = row.get<std::string>(3),
           .done_at = row.get<Time>(4),
           .person = row.get<std::optional<Id>>(5).value_or(Id{}),
           .role = row.get<std::string>(6),
           .subject = row.get<std::string>(7),
           .visibility = row.get<Visibility>(8),
           .content = {},
           .opening = {},
           .made = row.get<std::optional<Id>>(9).value_or(Id{}),
           .location = row.get<std::string>(10)};
  if (row.columns() > 11) {
    a.content = row.get<std::optional<std::string>>(11);
    a.opening = row.get<std::optional<std::string>>(12);
  }
  return a;
}

Signed decode_signed(const Row& row) {
  return {std::uint64_t(row.integer(0)), hash(row, 1), row.get<std::string>(2), row.get<Time>(3)};
}

constexpr std::int64_t no_bound = INT64_MAX;

}  // namespace

void create_log(WriteTx& tx, Id platform, const std::string& origin) {
  tx.exec(insert_log, platform, origin, Blob{Edge{}.bytes()});
}

std::optional<Log> log(ReadTx& tx, Id platform) {
  return tx.one<Log>(
      select_log,
      [](const Row& row) {
        auto edge = Edge::from_bytes(row.text(2));
        if (!edge) throw storage::Unavailable("record: the stored edge of a log is malformed");
        return Log{row.get<Id>(0), row.get<std::string>(1), *std::move(edge)};
      },
      platform);
}

std::vector<Id> all_logs(ReadTx& tx) {
  return tx.all<Id>(select_logs, [](const Row& row) { return row.get<Id>(0); });
}

void grow(WriteTx& tx, Id platform, std::uint64_t position, const Hash& leaf, const std::string& entry,
          const Edge& edge, const std::vector<Edge::Completed>& completed) {
  // The size is compared and set: a second writer that read the same edge changes no row and is stopped here.
  if (tx.exec(lock_log_size, platform, std::int64_t(edge.size()), Blob{edge.bytes()}) != 1)
    throw storage::Unavailable("record: the log grew under the writer's hands");
  tx.exec(insert_leaf, platform, std::int64_t(position), blob(leaf), Blob{entry});
  for (const auto& done : completed)
    tx.exec(insert_subtree, platform, std::int64_t(done.level), std::int64_t(done.index), blob(done.hash));
}

std::vector<Hash> hashes(ReadTx& tx, Id platform, unsigned level, std::uint64_t first, unsigned count) {
  const auto decode = [](const Row& row) { return hash(row, 0); };
  const auto from = std::int64_t(first), to = std::int64_t(first + count);
  return level == 0 ? tx.all<Hash>(select_leaves, decode, platform, from, to)
                    : tx.all<Hash>(select_subtrees, decode, platform, from, to, std::int64_t(level));
}

std::vector<std::string> entries(ReadTx& tx, Id platform, std::uint64_t first, unsigned count) {
  return tx.all<std::string>(
      select_entries, [](const Row& row) { return row.get<std::string>(0); }, platform, std::int64_t(first),
      std::int64_t(first + count));
}

std::optional<std::string> entry(ReadTx& tx, Id platform, std::uint64_t position) {
  auto found = entries(tx, platform, position, 1);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Signed> last_checkpoint(ReadTx& tx, Id platform) {
  return tx.one<Signed>(select_last_checkpoint, decode_signed, platform);
}

std::optional<Signed> checkpoint_at(ReadTx& tx, Id platform, std::uint64_t size) {
  return tx.one<Signed>(select_checkpoint, decode_signed, platform, std::int64_t(size));
}

void keep_checkpoint(WriteTx& tx, Id platform, const Signed& c) {
  tx.exec(insert_checkpoint, platform, std::int64_t(c.size), blob(c.root), c.note, c.signed_at);
}

void insert_act(WriteTx& tx, const ActRow& row, const std::optional<std::string>& idempotency) {
  const auto as_blob = [](const std::optional<std::string>& bytes) {
    return bytes ? std::optional(Blob{*bytes}) : std::nullopt;
  };
  tx.exec(insert_act_row, row.id, row.platform, row.position, row.name, row.done_at, some(row.person), row.role,
          row.subject, row.visibility, row.content, as_blob(row.opening), as_blob(idempotency), some(row.made),
          row.location);
}

std::optional<ActRow> act(ReadTx& tx, Id id) { return tx.one<ActRow>(select_act, decode_act, id); }

std::optional<ActRow> act_at(ReadTx& tx, Id platform, std::int64_t position) {
  return tx.one<ActRow>(select_act_at, decode_act, platform, position);
}

std::optional<ActRow> act_by_key(ReadTx& tx, const std::string& idempotency) {
  return tx.one<ActRow>(select_act_by_key, decode_act, Blob{idempotency});
}

std::vector<ActRow> acts_of_platform(ReadTx& tx, Id platform, std::int64_t before, std::int64_t limit) {
  return tx.all<ActRow>(select_platform_acts, decode_act, platform, before < 0 ? no_bound : before, limit);
}

std::vector<ActRow> acts_about(ReadTx& tx, Id platform, const std::string& subject, Id before, std::int64_t limit) {
  return tx.all<ActRow>(select_subject_acts, decode_act, platform, subject, before ? before.value : no_bound, limit);
}

std::vector<ActRow> acts_of_person(ReadTx& tx, Id person, Id before, std::int64_t limit) {
  return tx.all<ActRow>(select_person_acts, decode_act, person, before ? before.value : no_bound, limit);
}

void set_visibility(WriteTx& tx, Id act, Visibility visibility) { tx.exec(update_visibility, act, visibility); }

void erase_person(WriteTx& tx, Id person) { tx.exec(erase_by_person, person); }
void erase_act(WriteTx& tx, Id id) { tx.exec(erase_one, id); }

void erase_acts_saying(WriteTx& tx, Id platform, std::string_view subject, std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  tx.exec(erase_saying, platform, subject, pattern + '%');
}

}  // namespace polder::record::store
