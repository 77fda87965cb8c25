// organisations.join: whoever was invited by their address says yes.
#include "people/acts/acts.h"

namespace polder::people {

struct Join {
  static constexpr std::string_view name = "organisations.join";
  Id organisation;
};
BOOST_DESCRIBE_STRUCT(Join, (), (organisation))

namespace {

Result<Effect> apply(House&, Doing& doing, const Join& act) {
  TRY(const Person person, person_of(doing));
  const auto role = store::invited_as(doing.tx, act.organisation, person.email);
  // The same words as for an organisation that is not there: who was not invited learns nothing.
  if (!role) return refuse(Why::not_found, {"people.no-organisation"});
  store::delete_invitation(doing.tx, act.organisation, person.email);
  store::put_member(doing.tx, act.organisation, person.id, *role, doing.now);
  return Effect{.visibility = Visibility::hidden, .location = "account/organisations/" + str(act.organisation)};
}

}  // namespace

void add_join(House& house) { house.acts.add(record::declare<Join>(house, {}, organisation_of<Join>, apply)); }

}  // namespace polder::people
