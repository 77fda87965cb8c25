// A lease: the right to do alone, for a while, what only one node may do.
//
// Clocks of machines differ and programs pause, so time alone proves nothing: each new holder gets a higher token, and
// whoever writes under a lease calls `hold` in the same transaction, which refuses when a newer holder exists (a
// fencing token, checked by the store itself).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kernel/base/result.h"
#include "kernel/storage/database.h"

namespace polder::jobs {

struct Lease {
  std::string name;
  std::int64_t token = 0;
  Time until;

  /// Refuses (jobs.lease-lost) when this lease is no longer the newest; else nobody can take it before `tx` ends.
  Done hold(storage::WriteTx& tx) const;
};

/// Takes the lease if it is free or has run out at `now`.
std::optional<Lease> take(storage::Database& db, const std::string& name, Time now, Time until);
/// Keeps it until then; false when it was lost.
bool renew(storage::Database& db, Lease& lease, Time until);
/// Gives it back, so that another node need not wait.
void release(storage::Database& db, const Lease& lease);

}  // namespace polder::jobs
