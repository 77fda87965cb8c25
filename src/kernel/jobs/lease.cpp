#include "kernel/jobs/lease.h"

namespace polder::jobs {
namespace {

using storage::Row;
using storage::Statement;
using storage::WriteTx;

constexpr Statement take_lease{
    "jobs.lease-take",
    "INSERT INTO leases (name, token, until) VALUES ($1, 1, $3) ON CONFLICT (name) DO UPDATE "
    "SET token = leases.token + 1, until = $3 WHERE leases.until <= $2 RETURNING token"};
constexpr Statement extend_lease{"jobs.lease-extend", "UPDATE leases SET until = $3 WHERE name = $1 AND token = $2"};
// Written, not only read: the lock on the row keeps a new holder waiting until this transaction ends.
constexpr Statement hold_lease{"jobs.lease-hold", "UPDATE leases SET token = token WHERE name = $1 AND token = $2"};

}  // namespace

Done Lease::hold(WriteTx& tx) const {
  if (tx.exec(hold_lease, name, token) == 1) return {};
  return refuse(Why::conflict, {"jobs.lease-lost"});
}

std::optional<Lease> take(storage::Database& db, const std::string& name, Time now, Time until) {
  const auto token = db.write([&](WriteTx& tx) -> Result<std::optional<std::int64_t>> {
    return tx.value<std::int64_t>(take_lease, name, now, until);
  });
  if (!token || !*token) return std::nullopt;
  return Lease{name, **token, until};
}

bool renew(storage::Database& db, Lease& lease, Time until) {
  const auto changed = db.write(
      [&](WriteTx& tx) -> Result<std::int64_t> { return tx.exec(extend_lease, lease.name, lease.token, until); });
  if (!changed || *changed == 0) return false;
  lease.until = until;
  return true;
}

void release(storage::Database& db, const Lease& lease) {
  static_cast<void>(db.write(
      [&](WriteTx& tx) -> Result<std::int64_t> { return tx.exec(extend_lease, lease.name, lease.token, Time{0}); }));
}

}  // namespace polder::jobs
