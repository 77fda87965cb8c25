// The only SQL of this room: the token buckets.
#include "kernel/base/encode.h"
#include "kernel/crypto/crypto.h"
#include "kernel/web/guard.h"

namespace polder::web {
namespace {

constexpr storage::Statement find_limit{"web.find-limit", "SELECT tokens, at FROM limits WHERE subject = $1"};
constexpr storage::Statement put_limit{"web.put-limit",
                                       "INSERT INTO limits (subject, tokens, at, full_at) VALUES ($1, $2, $3, $4) "
                                       "ON CONFLICT (subject) DO UPDATE SET tokens = $2, at = $3, full_at = $4"};
constexpr storage::Statement refund_limit{
    "web.refund-limit", "UPDATE limits SET tokens = tokens + 1, full_at = full_at - $2 WHERE subject = $1"};
constexpr storage::Statement drop_limits{"web.drop-limits", "DELETE FROM limits WHERE full_at < $1"};

std::string digest(std::string_view key) { return hex(crypto::view(crypto::sha256(key))); }

struct Bucket {
  double tokens = 0;
  Time at;
};

}  // namespace

Done allow(storage::WriteTx& tx, Time now, std::string_view key, std::int64_t burst, std::int64_t refill_s) {
  const std::string subject = digest(key);
  const auto found = tx.one<Bucket>(
      find_limit, [](const storage::Row& row) { return Bucket{row.get<double>(0), row.get<Time>(1)}; }, subject);
  const double rate = 1.0 / double(refill_s * second_ms);
  const double earned = found ? double(std::max<std::int64_t>(0, now - found->at)) * rate : 0;
  const double tokens = found ? std::min(double(burst), found->tokens + earned) : double(burst);
  if (tokens < 1) {
    const auto wait_s = std::int64_t((1 - tokens) * double(refill_s)) + 1;
    auto refusal = refuse(Why::rate_limited, {"web.too-often", {{"minutes", (wait_s + 59) / 60}}});
    refusal.error().retry_after_s = wait_s;
    return refusal;
  }
  const double left = tokens - 1;
  // A clock that goes back earns no time twice.
  const Time at = found ? std::max(now, found->at) : now;
  tx.exec(put_limit, subject, left, at, at + std::int64_t((double(burst) - left) / rate));
  return {};
}

void give_back(storage::WriteTx& tx, std::string_view key, std::int64_t refill_s) {
  tx.exec(refund_limit, digest(key), refill_s * second_ms);
}

void forget_idle_limits(storage::WriteTx& tx, Time now) { tx.exec(drop_limits, now); }

}  // namespace polder::web
