// people.revoke-token: the key opens nothing from now on.
#include "people/acts/acts.h"

namespace polder::people {

struct RevokeToken {
  static constexpr std::string_view name = "people.revoke-token";
  Id token;
};
BOOST_DESCRIBE_STRUCT(RevokeToken, (), (token))

namespace {

Result<Effect> apply(House&, Doing& doing, const RevokeToken& act) {
  if (!store::delete_token(doing.tx, doing.actor.person, act.token)) return refuse(Why::not_found, {"people.no-token"});
  return Effect{.visibility = Visibility::hidden, .location = "account/tokens"};
}

}  // namespace

void add_revoke_token(House& house) {
  house.acts.add(record::declare<RevokeToken>(house, {}, account<RevokeToken>, apply));
}

}  // namespace polder::people
