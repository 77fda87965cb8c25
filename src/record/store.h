// The record's tables: logs, leaves, subtrees, checkpoints, acts. The only SQL of this room is in store.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/storage/database.h"
#include "record/acts.h"
#include "record/merkle.h"

namespace polder::record::store {

using storage::ReadTx;
using storage::WriteTx;

struct Log {
  Id platform{};
  std::string origin;
  Edge edge;
};

void create_log(WriteTx& tx, Id platform, const std::string& origin);
std::optional<Log> log(ReadTx& tx, Id platform);
std::vector<Id> all_logs(ReadTx& tx);
void grow(WriteTx& tx, Id platform, std::uint64_t position, const Hash& leaf, const std::string& entry,
          const Edge& edge, const std::vector<Edge::Completed>& completed);

std::vector<Hash> hashes(ReadTx& tx, Id platform, unsigned level, std::uint64_t first, unsigned count);
std::vector<std::string> entries(ReadTx& tx, Id platform, std::uint64_t first, unsigned count);
std::optional<std::string> entry(ReadTx& tx, Id platform, std::uint64_t position);

struct Signed {
  std::uint64_t size = 0;
  Hash root{};
  std::string note;
  Time signed_at;
};
std::optional<Signed> last_checkpoint(ReadTx& tx, Id platform);
std::optional<Signed> checkpoint_at(ReadTx& tx, Id platform, std::uint64_t size);
void keep_checkpoint(WriteTx& tx, Id platform, const Signed& checkpoint);

/// One row of `acts`.
struct ActRow {
  Id id{}, platform{};
  std::int64_t position = 0;
  std::string name;
  Time done_at;
  Id person{};  ///< zero: nobody with an account, or erased
  std::string role, subject;
  Visibility visibility = Visibility::open;
  std::optional<std::string> content, opening;  ///< nothing after erasure
  Id made{};
  std::string location;
};

void insert_act(WriteTx& tx, const ActRow& row, const std::optional<std::string>& idempotency);
std::optional<ActRow> act(ReadTx& tx, Id id);
std::optional<ActRow> act_at(ReadTx& tx, Id platform, std::int64_t position);
std::optional<ActRow> act_by_key(ReadTx& tx, const std::string& idempotency);
/// Newest first, before the position `before` (negative: from the newest), without content.
std::vector<ActRow> acts_of_platform(ReadTx& tx, Id platform, std::int64_t before, std::int64_t limit);
/// Newest first, before the id `before` (zero: from the newest).
std::vector<ActRow> acts_about(ReadTx& tx, Id platform, const std::string& subject, Id before, std::int64_t limit);
std::vector<ActRow> acts_of_person(ReadTx& tx, Id person, Id before, std::int64_t limit);

/// Moderation: from now on these may see what an act said.
void set_visibility(WriteTx& tx, Id act, Visibility visibility);

/// Erasure: who did it, what it said and the key of its commitment go; the leaf stays and verifies.
void erase_person(WriteTx& tx, Id person);
void erase_act(WriteTx& tx, Id act);
/// The same for the acts about this subject whose content says `text`: somebody's address in an act of another's.
void erase_acts_saying(WriteTx& tx, Id platform, std::string_view subject, std::string_view text);

}  // namespace polder::record::store
