// platforms.appoint and platforms.dismiss: who holds which role, given by those the charter names.
#include "governance/acts/acts.h"

namespace polder::governance {

struct Appoint {
  static constexpr std::string_view name = "platforms.appoint";
  fields::Email email;
  fields::Line<40> role;
};
BOOST_DESCRIBE_STRUCT(Appoint, (), (email, role))

struct Dismiss {
  static constexpr std::string_view name = "platforms.dismiss";
  fields::Email email;
  fields::Line<40> role;
};
BOOST_DESCRIBE_STRUCT(Dismiss, (), (email, role))

namespace {

template <class A>
Result<record::Subject> find(ActMeans& means, storage::ReadTx&, Id platform, const A&) {
  const auto here = means.platforms.list()->by_id(platform);
  if (!here) return refuse(Why::not_found, {"governance.no-platform"});
  return record::Subject{"platforms/" + here->slug};
}

/// The charter names who may give a role; whoever runs the server can put right what a platform cannot any more.
Done allowed(ActMeans& means, const record::Doing& doing, const std::string& role) {
  const auto here = means.platforms.list()->by_id(doing.platform);
  const Role* known = here->charter.role(role);
  if (known == nullptr || (known->how != How::appointed && known->how != How::application))
    return refuse_field("role", {"governance.no-such-role"});
  if (doing.actor.kind == record::Actor::Kind::console) return {};
  if (doing.actor.for_server && server_appoints(*known)) return {};
  const auto roles = roles_of(here->charter, true, doing.actor.roles);
  if (!may_appoint(here->charter, roles, role)) return refuse_field("role", {"governance.not-yours-to-give"});
  return {};
}

Result<record::Effect> appoint(ActMeans& means, record::Doing& doing, const Appoint& act) {
  CHECK_DONE(allowed(means, doing, act.role.value));
  const bool fresh = give_role(doing.tx, doing.platform, act.email.value, act.role.value, doing.now);
  if (fresh && means.people.tell_appointed) {
    const auto here = means.platforms.list()->by_id(doing.platform);
    CHECK_DONE(means.people.tell_appointed(doing, *here, act.email.value, act.role.value));
  }
  return record::Effect{.visibility = record::Visibility::parties, .location = "people"};
}

Result<record::Effect> dismiss(ActMeans& means, record::Doing& doing, const Dismiss& act) {
  CHECK_DONE(allowed(means, doing, act.role.value));
  if (!take_role(doing.tx, doing.platform, act.email.value, act.role.value))
    return refuse_field("email", {"governance.holds-no-such-role"});
  return record::Effect{.visibility = record::Visibility::parties, .location = "people"};
}

}  // namespace

void add_appoint(record::Acts& acts, ActMeans& means) {
  acts.add(record::declare<Appoint>(means, {}, find<Appoint>, appoint));
  acts.add(record::declare<Dismiss>(means, {}, find<Dismiss>, dismiss));
}

void add_acts(record::Acts& acts, ActMeans& means) {
  add_create(acts, means);
  add_change_charter(acts, means);
  add_appoint(acts, means);
  add_apply(acts, means);
  add_settle(acts, means);
}

}  // namespace polder::governance
