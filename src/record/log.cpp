#include "record/log.h"

#include <spdlog/spdlog.h>

#include <fstream>

#include "kernel/base/encode.h"
#include "record/receipt.h"

namespace polder::record {
namespace {

/// Hashes from the leaf and subtree tables. A row that is missing is a broken tree, not an empty one.
class StoredHashes final : public HashReader {
 public:
  StoredHashes(storage::ReadTx& tx, Id platform) : tx_(tx), platform_(platform) {}
  Result<std::vector<Hash>> read(unsigned level, std::uint64_t first, unsigned count) override {
    auto found = store::hashes(tx_, platform_, level, first, count);
    if (found.size() != count) return refuse(Why::unavailable, {"record.tree-broken"}, "stored hashes are missing");
    return found;
  }

 private:
  storage::ReadTx& tx_;
  Id platform_;
};

constexpr std::string_view key_domain = "polder-log/v1\n";

}  // namespace

Logs::Logs(storage::Database& database, const Clock& clock, std::string secret, std::filesystem::path high_water)
    : database_(database), clock_(clock), secret_(std::move(secret)), high_water_(std::move(high_water)) {
  std::ifstream in(high_water_);
  std::string origin, root;
  std::uint64_t size = 0;
  while (in >> origin >> size >> root) marks_[origin] = {size, root};
}

crypto::SigningKey Logs::key(const std::string& origin) const {
  const auto seed = crypto::hmac_sha256(secret_, std::string(key_domain) + origin);
  return *crypto::SigningKey::from_seed(crypto::view(seed));
}

void Logs::create(storage::WriteTx& tx, Id platform, const std::string& origin) {
  store::create_log(tx, platform, origin);
}

Result<std::int64_t> Logs::append(storage::WriteTx& tx, Id platform, const std::string& entry) {
  if (stopped_.contains(platform)) return refuse(Why::unavailable, {"record.stopped"});
  auto log = store::log(tx, platform);
  if (!log) throw storage::Unavailable("record: a platform without a log");
  const std::uint64_t position = log->edge.size();
  const Hash leaf = leaf_hash(entry);
  const auto completed = log->edge.append(leaf);
  store::grow(tx, platform, position, leaf, entry, log->edge, completed);
  return std::int64_t(position);
}

Result<Verifier> Logs::verifier(Id platform) {
  const auto log = database_.read([&](storage::ReadTx& tx) { return store::log(tx, platform); });
  if (!log) return refuse(Why::not_found, {"record.no-log"});
  return verifier_of(log->origin, key(log->origin).public_key());
}

Result<store::Signed> Logs::checkpoint(Id platform) {
  const std::lock_guard hold(lock_);
  const auto [log, last] = database_.read(
      [&](storage::ReadTx& tx) { return std::pair(store::log(tx, platform), store::last_checkpoint(tx, platform)); });
  if (!log) return refuse(Why::not_found, {"record.no-log"});
  if (last && last->size == log->edge.size()) return *last;
  if (stopped_.contains(platform)) return refuse(Why::unavailable, {"record.stopped"});
  const Checkpoint now{log->origin, log->edge.size(), log->edge.root()};
  store::Signed fresh{now.size, now.root, sign_checkpoint(now, key(log->origin)), clock_.now()};
  CHECK_DONE(database_.write([&](storage::WriteTx& tx) -> Done {
    // Another node may have signed more in the meantime; a checkpoint never goes back.
    if (const auto newest = store::last_checkpoint(tx, platform); newest && newest->size >= fresh.size) return {};
    store::keep_checkpoint(tx, platform, fresh);
    return {};
  }));
  raise_high_water(log->origin, fresh);
  return fresh;
}

Result<std::string> Logs::tile(Id platform, const Tile& tile) {
  return database_.read([&](storage::ReadTx& tx) -> Result<std::string> {
    const auto last = store::last_checkpoint(tx, platform);
    if (!last || !exists(tile, last->size)) return refuse(Why::not_found, {"record.no-tile"});
    const std::uint64_t first = tile.index * full_width;
    if (tile.kind == Tile::Kind::entries) return encode_bundle(store::entries(tx, platform, first, tile.width));
    return encode_hashes(store::hashes(tx, platform, tile.level, first, tile.width));
  });
}

Result<std::string> Logs::receipt(const store::ActRow& act) {
  if (!act.content || !act.opening) return refuse(Why::not_found, {"record.erased"});
  if (act.content->size() > max_content) return refuse(Why::too_large, {"record.too-long-for-a-receipt"});
  TRY(const store::Signed signed_at, checkpoint(act.platform));
  return database_.read([&](storage::ReadTx& tx) -> Result<std::string> {
    const auto entry = store::entry(tx, act.platform, std::uint64_t(act.position));
    if (!entry) return refuse(Why::unavailable, {"record.tree-broken"}, "leaf is missing");
    StoredHashes hashes(tx, act.platform);
    TRY(auto proof, inclusion_proof(hashes, std::uint64_t(act.position), signed_at.size));
    return make_receipt({*entry, *act.opening, *act.content}, std::uint64_t(act.position), std::move(proof),
                        signed_at.note);
  });
}

void Logs::raise_high_water(const std::string& origin, const store::Signed& checkpoint) {
  if (high_water_.empty()) return;
  auto& mark = marks_[origin];
  if (mark.first >= checkpoint.size) return;
  mark = {checkpoint.size, hex(crypto::view(checkpoint.root))};
  const auto beside = high_water_.string() + ".new";
  {
    std::ofstream out(beside, std::ios::trunc);
    for (const auto& [name, value] : marks_) out << name << ' ' << value.first << ' ' << value.second << '\n';
    // A mark that could not be raised only guards less, and the next one tries again; half a file would guard nothing.
    if (!out.flush()) return;
  }
  std::error_code ignored;
  std::filesystem::rename(beside, high_water_, ignored);
}

Done Logs::check() {
  const std::lock_guard hold(lock_);
  stopped_.clear();
  return database_.read([&](storage::ReadTx& tx) -> Done {
    for (const Id platform : store::all_logs(tx)) {
      const auto log = store::log(tx, platform);
      StoredHashes hashes(tx, platform);
      const auto extends = [&](std::uint64_t size, std::string_view root) {
        if (size > log->edge.size()) return false;
        const auto then = root_of(hashes, size);
        return then && hex(crypto::view(*then)) == root;
      };
      const auto last = store::last_checkpoint(tx, platform);
      const auto mark = marks_.find(log->origin);
      const auto whole = root_of(hashes, log->edge.size());
      // Signed with our key: another secret would go on under another's name.
      const auto ours = verifier_of(log->origin, key(log->origin).public_key());
      const bool sound = whole && *whole == log->edge.root() && (!last || open_checkpoint(last->note, ours)) &&
                         (!last || extends(last->size, hex(crypto::view(last->root)))) &&
                         (mark == marks_.end() || extends(mark->second.first, mark->second.second));
      if (!sound) {
        spdlog::error("record.stopped platform={} size={}", str(platform), log->edge.size());
        stopped_.insert(platform);
      }
    }
    if (!stopped_.empty()) return refuse(Why::unavailable, {"record.stopped"});
    return {};
  });
}

}  // namespace polder::record
