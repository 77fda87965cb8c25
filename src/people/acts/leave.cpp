// organisations.leave: a member goes, or somebody invited says no. What the invitation said of them goes too.
#include "people/acts/acts.h"
#include "people/erasure.h"

namespace polder::people {

struct Leave {
  static constexpr std::string_view name = "organisations.leave";
  Id organisation;
};
BOOST_DESCRIBE_STRUCT(Leave, (), (organisation))

namespace {

Result<Effect> apply(House&, Doing& doing, const Leave& act) {
  TRY(const Person person, person_of(doing));
  const bool was_invited = store::invited_as(doing.tx, act.organisation, person.email).has_value();
  if (!store::remove_member(doing.tx, act.organisation, person.id) && !was_invited)
    return refuse(Why::not_found, {"people.no-organisation"});
  store::delete_invitation(doing.tx, act.organisation, person.email);
  forget_in_acts(doing.tx, record::server_platform, "organisations/" + str(act.organisation), person.email);
  return Effect{.visibility = Visibility::hidden, .location = "account/organisations"};
}

}  // namespace

void add_leave(House& house) { house.acts.add(record::declare<Leave>(house, {}, organisation_of<Leave>, apply)); }

}  // namespace polder::people
