// How often something may be tried here. Counted in the database, so that a restart forgives nothing.
#pragma once

#include <string_view>

#include "kernel/web/guard.h"
#include "people/house.h"

namespace polder::people {

/// `burst` tries at once, then one each `refill_s` seconds.
struct Limit {
  std::string_view what;
  std::int64_t burst, refill_s;
};

/// Wrong passwords, for one address and from one place. A place may be a whole ministry behind one address.
inline constexpr Limit guesses_at_address{"guess", 10, 60}, guesses_from_place{"guess-from", 60, 10};
/// Mails that somebody not signed in has sent, to one address and from one place.
inline constexpr Limit mails_to_address{"mail", 5, 900}, mails_from_place{"mail-from", 30, 60};
/// Applications by one person on one platform.
inline constexpr Limit applications_by_person{"apply", 5, 24 * 3600};
/// Invitations by one person.
inline constexpr Limit invitations_by_person{"invite", 30, 300};

inline Done spend(const House& house, storage::WriteTx& tx, const Limit& limit, std::string_view who) {
  if (!house.settings.rate_limits) return {};
  return web::allow(tx, house.clock.now(), std::string(limit.what) + ':' + std::string(who), limit.burst,
                    limit.refill_s);
}

/// It was no failure after all.
inline void give_back(storage::WriteTx& tx, const Limit& limit, std::string_view who) {
  web::give_back(tx, std::string(limit.what) + ':' + std::string(who), limit.refill_s);
}

}  // namespace polder::people
