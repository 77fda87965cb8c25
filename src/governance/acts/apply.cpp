// platforms.apply and platforms.withdraw-application: a person asks for a role, or no longer does.
#include "governance/acts/acts.h"

namespace polder::governance {

struct Apply {
  static constexpr std::string_view name = "platforms.apply";
  fields::Line<40> role;
  fields::Text<4'000> why;
  std::optional<Id> organisation;
};
BOOST_DESCRIBE_STRUCT(Apply, (), (role, why, organisation))

struct WithdrawApplication {
  static constexpr std::string_view name = "platforms.withdraw-application";
  Id application;
};
BOOST_DESCRIBE_STRUCT(WithdrawApplication, (), (application))

namespace {

Result<record::Subject> find_new(ActMeans& means, storage::ReadTx&, Id platform, const Apply&) {
  if (platform == record::server_platform || !means.platforms.list()->by_id(platform))
    return refuse(Why::not_found, {"governance.no-platform"});
  return record::Subject{"applications/new"};  // it has no number before it is made
}

Result<record::Effect> apply(ActMeans& means, record::Doing& doing, const Apply& act) {
  if (!doing.actor.is_person()) return refuse(Why::unauthorized, {"governance.sign-in-to-apply"});
  const auto here = means.platforms.list()->by_id(doing.platform);
  const Role* role = here->charter.role(act.role.value);
  if (role == nullptr || role->how != How::application) return refuse_field("role", {"governance.not-by-application"});
  if (std::ranges::find(doing.actor.roles, role->id) != doing.actor.roles.end())
    return refuse_field("role", {"governance.holds-it-already"});
  const Neighbours& people = means.people;
  if (act.organisation && !(people.belongs && people.belongs(doing.tx, doing.actor.person, *act.organisation)))
    return refuse_field("organisation", {"governance.not-your-organisation"});
  const Id id = doing.ids.next();
  if (!insert_application(doing.tx, {.id = id,
                                     .platform = doing.platform,
                                     .person = doing.actor.person,
                                     .role = role->id,
                                     .organisation = act.organisation,
                                     .why = act.why.value,
                                     .made_at = doing.now,
                                     .act = doing.act}))
    return refuse_field("role", {"governance.asked-already"});
  if (people.count_application) CHECK_DONE(people.count_application(doing.tx, doing.platform, doing.actor.person));
  return record::Effect{.visibility = record::Visibility::parties, .made = id, .location = ""};
}

Result<record::Subject> find_own(ActMeans&, storage::ReadTx& tx, Id platform, const WithdrawApplication& act) {
  return find_application(tx, platform, act.application);
}

Result<record::Effect> withdraw(ActMeans&, record::Doing& doing, const WithdrawApplication& act) {
  const auto found = application(doing.tx, act.application);
  // The same words as for one that is not there: whose it is, is nobody else's to learn.
  if (!doing.actor.is_person() || found->person != doing.actor.person ||
      !settle_application(doing.tx, found->id, ApplicationState::withdrawn, {}, doing.now))
    return refuse(Why::not_found, {"governance.no-such-application"});
  return record::Effect{.visibility = record::Visibility::parties, .location = ""};
}

}  // namespace

Result<record::Subject> find_application(storage::ReadTx& tx, Id platform, Id id) {
  const auto found = application(tx, id);
  if (!found || found->platform != platform || found->state != ApplicationState::open)
    return refuse(Why::not_found, {"governance.no-such-application"});
  return record::Subject{.path = "applications/" + str(id), .secret = true};
}

void add_apply(record::Acts& acts, ActMeans& means) {
  acts.add(record::declare<Apply>(means, {}, find_new, apply));
  acts.add(record::declare<WithdrawApplication>(means, {}, find_own, withdraw));
}

}  // namespace polder::governance
