// What the making of the demonstration's platforms shares: who takes part, and an act done in a transaction that others
// are done in too.
#pragma once

#include <string_view>

#include "people/house.h"

namespace polder::app::demo {

/// Those whose roles one may take with one click (app/pages) are `NAME@demo.example`; the others are there to be seen.
struct Part {
  std::string_view email, name, role;
  i18n::Language language;
};
inline constexpr Part citizen{"citizen@demo.example", "Sanne de Boer", "", i18n::Language::nl};
inline constexpr Part official{"official@demo.example", "Jonas Winkler", "official", i18n::Language::de};
inline constexpr Part moderator{"moderator@demo.example", "Amina Haddad", "moderator", i18n::Language::en};
inline constexpr Part overseer{"overseer@demo.example", "Edith Falk", "overseer", i18n::Language::en};
inline constexpr Part administrator{"administrator@demo.example", "Ruth Ashworth", "administrator", i18n::Language::en};

/// As `house.acts.perform`, with the transaction and the clock of whoever makes many at once.
inline Result<record::Recorded> perform(people::House& house, storage::WriteTx& tx, const record::Call& call) {
  TRY(const record::Ready ready, house.acts.find(call.name)->read(call.fields));
  return house.acts.perform_in(tx, call.platform, call.actor, call.name, ready, {});
}

struct PrizesMade {
  std::int64_t challenges = 0, entries = 0;
};
/// The closed platform, from its founding to today (demo_prize.cpp). Needs an administrator of the server.
Result<PrizesMade> make_prizes(people::House& house, ManualClock& clock, std::uint64_t seed, Time today);
/// The day it was founded: the demonstration's clock begins there.
inline constexpr Date founded{2006, 9, 4};

}  // namespace polder::app::demo
