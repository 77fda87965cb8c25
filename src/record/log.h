// A platform's log: the tree that its acts grow, the checkpoints that sign it, the tiles and proofs that let anyone
// check it. Signs committed state only, and never a tree that does not extend what was signed before.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "kernel/storage/database.h"
#include "record/checkpoint.h"
#include "record/merkle.h"
#include "record/store.h"
#include "record/tile.h"

namespace polder::record {

class Logs {
 public:
  /// `secret`: the server's 32-byte secret, from which each log's signing key follows (HMAC with the log's origin), so
  /// that one file outside the database is all there is to guard and to back up.
  Logs(storage::Database& database, const Clock& clock, std::string secret, std::filesystem::path high_water);

  /// Begins a log. Its origin is its address without scheme: "example.org/delta/record".
  void create(storage::WriteTx& tx, Id platform, const std::string& origin);

  /// Adds an entry inside the act's own transaction; answers its position. A stopped log takes none: it would never be
  /// signed, and an act that was acknowledged could not be proven.
  Result<std::int64_t> append(storage::WriteTx& tx, Id platform, const std::string& entry);

  /// The key that verifies the log's checkpoints.
  Result<Verifier> verifier(Id platform);

  /// The newest checkpoint. Signs the committed tree first if it has grown since the last one.
  Result<store::Signed> checkpoint(Id platform);

  /// A tile or bundle by its path below the log's address; only what lies under the newest checkpoint.
  Result<std::string> tile(Id platform, const Tile& tile);

  /// The proof that an act is in the log: the `.tlog-proof` file with its opening (receipt.h). Refused after erasure,
  /// and for content that no receipt can carry.
  Result<std::string> receipt(const store::ActRow& act);

  /// At start, before anything is served: every log's tree still extends its last checkpoint, which our key signed, and
  /// the high-water file outside the database. A log that does not is not signed again, and the refusal says so: a
  /// restored backup, or a secret that was lost, must not fork a record.
  Done check();
  /// The logs that `check` refused.
  std::set<Id> stopped() const { return stopped_; }

 private:
  crypto::SigningKey key(const std::string& origin) const;
  void raise_high_water(const std::string& origin, const store::Signed& checkpoint);

  storage::Database& database_;
  const Clock& clock_;
  std::string secret_;
  std::filesystem::path high_water_;
  std::mutex lock_;
  std::map<std::string, std::pair<std::uint64_t, std::string>> marks_;  ///< origin -> size and root (hex)
  std::set<Id> stopped_;
};

}  // namespace polder::record
