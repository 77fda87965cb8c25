#include "people/housekeeping.h"

#include "kernel/web/guard.h"
#include "people/acts/acts.h"
#include "people/letters.h"

namespace polder::people {
namespace {

constexpr std::int64_t at_once = 100;  ///< accounts in one transaction

/// A month counts as 31 days: nobody goes earlier than promised.
Time unused_since(const House& house, Time now) {
  const std::int64_t months = house.platforms.list()->server->charter.retention.accounts_inactive_months;
  return now - months * 31 * day_ms;
}

void drop_what_ended(House& house, const jobs::Lease& lease) {
  (void)house.database.write([&](storage::WriteTx& tx) -> Done {
    CHECK_DONE(lease.hold(tx));
    store::drop_ended(tx, house.clock.now());
    web::forget_idle_limits(tx, house.clock.now());
    return {};
  });
}

/// Tells the owners of unused accounts that these will go, and how to keep them.
void warn(House& house, const jobs::Lease& lease) {
  (void)house.database.write([&](storage::WriteTx& tx) -> Done {
    CHECK_DONE(lease.hold(tx));
    const Time now = house.clock.now();
    for (const Person& person : store::to_warn(tx, unused_since(house, now) + notice_ms, at_once)) {
      const Moment goes{(now + notice_ms).ms};
      CHECK_DONE(send(house, tx, house.voice(person.language),
                      {.to = person.email,
                       .kind = "people.retire",
                       .subject = {"people.mail-unused-subject"},
                       .paragraphs = {{"people.mail-unused", {{"site", server_name(house)}, {"day", goes}}},
                                      {"people.mail-link", {{"link", address_of(house, "/account")}}}}}));
      store::warned(tx, person.id, now);
    }
    return {};
  });
}

void retire(House& house) {
  const Time warned_before = house.clock.now() - notice_ms;
  const auto gone =
      house.database.read([&](storage::ReadTx& tx) { return store::to_retire(tx, warned_before, at_once); });
  // One refused (its owner came back this very moment) leaves the others be.
  for (const Id person : gone)
    (void)house.acts.perform({.platform = record::server_platform,
                              .actor = record::Actor::clock(),
                              .name = "people.retire",
                              .fields = {{"person", str(person)}}});
}

}  // namespace

void add_housekeeping(House& house) {
  house.recurring.push_back(
      {"people.drop-ended", hour_ms, [&house](const jobs::Lease& lease) { drop_what_ended(house, lease); }});
  house.recurring.push_back({"people.unused-accounts", day_ms, [&house](const jobs::Lease& lease) {
                               warn(house, lease);
                               retire(house);
                             }});
}

}  // namespace polder::people
