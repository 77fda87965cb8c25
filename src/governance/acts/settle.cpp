// platforms.accept-application and platforms.decline-application: those whom the charter names decide, with a reason
// for a no, and never about themselves.
#include "governance/acts/acts.h"

namespace polder::governance {

struct AcceptApplication {
  static constexpr std::string_view name = "platforms.accept-application";
  Id application;
};
BOOST_DESCRIBE_STRUCT(AcceptApplication, (), (application))

struct DeclineApplication {
  static constexpr std::string_view name = "platforms.decline-application";
  Id application;
  fields::Text<2'000> reason;
};
BOOST_DESCRIBE_STRUCT(DeclineApplication, (), (application, reason))

namespace {

template <class A>
Result<record::Subject> find(ActMeans&, storage::ReadTx& tx, Id platform, const A& act) {
  return find_application(tx, platform, act.application);
}

/// Whoever runs the server can decide where a platform cannot any more.
Done allowed(const Platform& here, const record::Doing& doing, const Application& about, std::string_view act) {
  if (doing.actor.kind == record::Actor::Kind::console) return {};
  if (about.person == doing.actor.person) return refuse(Why::forbidden, {"governance.own-case"});
  const Role* role = here.charter.role(about.role);
  if (doing.actor.for_server && role != nullptr && server_appoints(*role)) return {};
  const auto roles = roles_of(here.charter, doing.actor.is_person(), doing.actor.roles);
  if (!may_settle(here.charter, roles, about.role, act))
    return refuse(Why::forbidden, {"governance.not-yours-to-decide"});
  return {};
}

Result<record::Effect> settle(ActMeans& means, record::Doing& doing, Application about, std::string_view act,
                              ApplicationState state, std::string reason) {
  const auto here = means.platforms.list()->by_id(doing.platform);
  CHECK_DONE(allowed(*here, doing, about, act));
  if (!settle_application(doing.tx, about.id, state, reason, doing.now))
    return refuse(Why::not_found, {"governance.no-such-application"});
  if (state == ApplicationState::accepted) {
    const Role* role = here->charter.role(about.role);
    const auto email = means.people.address ? means.people.address(doing.tx, about.person) : std::nullopt;
    if (role == nullptr || role->how != How::application || !email)
      return refuse(Why::conflict, {"governance.not-by-application"});
    give_role(doing.tx, doing.platform, *email, role->id, doing.now);
  }
  about.state = state;
  about.reason = std::move(reason);
  if (means.people.tell_settled) CHECK_DONE(means.people.tell_settled(doing, *here, about));
  return record::Effect{.visibility = record::Visibility::parties, .location = "manage/applications"};
}

Result<record::Effect> accept(ActMeans& means, record::Doing& doing, const AcceptApplication& act) {
  return settle(means, doing, *application(doing.tx, act.application), AcceptApplication::name,
                ApplicationState::accepted, {});
}

Result<record::Effect> decline(ActMeans& means, record::Doing& doing, const DeclineApplication& act) {
  return settle(means, doing, *application(doing.tx, act.application), DeclineApplication::name,
                ApplicationState::declined, act.reason.value);
}

}  // namespace

std::vector<const Role*> roles_to_ask_for(const Charter& charter) {
  std::vector<const Role*> out;
  for (const Role& role : charter.roles)
    if (role.how == How::application) out.push_back(&role);
  return out;
}

bool may_settle(const Charter& charter, std::span<const std::string> roles, std::string_view role,
                std::string_view act) {
  // For a role that the charter no longer has anybody whom the rules let may clear the application away.
  return charter.role(role) == nullptr ? may(charter, roles, act).allowed : may_appoint(charter, roles, role, act);
}

void add_settle(record::Acts& acts, ActMeans& means) {
  acts.add(record::declare<AcceptApplication>(means, {}, find, accept));
  acts.add(record::declare<DeclineApplication>(means, {}, find, decline));
}

}  // namespace polder::governance
