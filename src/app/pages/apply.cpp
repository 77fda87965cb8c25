// Applying for a role: on a page of the platform for those who may come in, at the door of a closed one for the others.
#include "app/pages/pages.h"
#include "kernel/web/form.h"
#include "people/store.h"

namespace polder::app {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)
using governance::Application;
using governance::ApplicationState;

// messages: platforms.apply.*
constexpr std::string_view apply = "platforms.apply", withdraw = "platforms.withdraw-application";

struct Mine {
  std::vector<Application> applications;
  std::vector<people::store::Membership> organisations;
};

Mine mine(const Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) {
    return Mine{governance::applications_of(tx, visit.platform->id, visit.person->id),
                people::store::memberships_of(tx, visit.person->id)};
  });
}

std::string state_words(const i18n::Voice& t, ApplicationState state) {
  switch (state) {
    case ApplicationState::open:
      return t("app.application-open");
    case ApplicationState::accepted:
      return t("app.application-accepted");
    case ApplicationState::declined:
      return t("app.application-declined");
    case ApplicationState::withdrawn:
      return t("app.application-withdrawn");
  }
  return {};
}

Html one(Visit& visit, const Application& about, const Url& to) {
  const auto& t = visit.t;
  const bool open = about.state == ApplicationState::open;
  std::vector<std::pair<std::string, Html>> rows{{t("app.application-state"), html::plain(state_words(t, about.state))},
                                                 {t("app.application-asked"), web::when(t, about.made_at)},
                                                 {t("app.application-why"), html::plain(about.why)}};
  if (!about.reason.empty()) rows.emplace_back(t("app.application-reason"), html::plain(about.reason));
  const Html fields = input(attr("type", "hidden"), attr("name", "step"), attr("value", "withdraw")) +
                      input(attr("type", "hidden"), attr("name", "application"), attr("value", str(about.id)));
  return section(cls("panel stack close"), h3(role_words(visit, about.role)), web::pairs(rows),
                 open && visit.may(withdraw).allowed
                     ? visit.form(to, fields, t("app.application-withdraw"), false, "button plain")
                     : Html{});
}

/// The roles that are left to ask for: not held, and not asked for already.
std::vector<std::pair<std::string, std::string>> left(const Visit& visit, const std::vector<Application>& asked) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto* role : governance::roles_to_ask_for(visit.platform->charter)) {
    const bool waits = std::ranges::any_of(
        asked, [&](const Application& one) { return one.role == role->id && one.state == ApplicationState::open; });
    if (!visit.has_role(role->id) && !waits)
      out.emplace_back(role->id, said(visit, role->name) + ": " + said(visit, role->description));
  }
  return out;
}

Html form(Visit& visit, const Mine& known, const Url& to, const boost::json::object& typed, const Refusal* refused) {
  static const std::vector<FieldError> none;
  const auto& t = visit.t;
  const auto roles = left(visit, known.applications);
  if (roles.empty() || !visit.may(apply).allowed) return {};
  fields::Field description = visit.house.acts.find(apply)->fields;
  std::vector<std::pair<std::string, std::string>> organisations{{"", t("app.for-myself")}};
  for (const auto& m : known.organisations) organisations.emplace_back(str(m.organisation.id), m.organisation.name);
  for (auto& field : description.fields) {
    const auto& options = field.name == "role" ? roles : organisations;
    if (field.name == "why") continue;
    field.kind = fields::Kind::choice;
    for (const auto& option : options) field.options.push_back(option.first);
  }
  const fields::Drawing draw(t, std::string(apply), description, typed, refused != nullptr ? refused->fields : none);
  Html reason;
  if (refused != nullptr && refused->fields.empty()) reason = web::notice(web::Tone::bad, p(t(refused->message)), true);
  Html fields = input(attr("type", "hidden"), attr("name", "step"), attr("value", "apply")) + reason + draw.summary() +
                draw.field("role", {.options = roles}) + draw.field("why", {.rows = 6});
  if (organisations.size() > 1) fields += draw.field("organisation", {.options = organisations, .as_select = true});
  return section(cls("stack"), attr("aria-labelledby", "apply"), h2(html::id("apply"), t("app.apply-title")),
                 p(t("app.apply-words")), visit.form(to, fields, t("app.apply-button")));
}

/// The door has no other page, so there what was refused comes back on the front.
http::Response page(Visit& visit, const boost::json::object& typed = {}, const Refusal* refused = nullptr) {
  if (!visit.may_enter()) return front(visit, typed, refused);
  const std::string heading = visit.t("app.roles");
  return visit.page({.title = heading,
                     .main = web::lead(trail(visit), heading, {}, {}) +
                             div(cls("stack far"), applying(visit, visit.at("apply"), typed, refused)),
                     .status = refused != nullptr ? people::http_status(refused->why) : 200,
                     .error = refused != nullptr});
}

http::Response show(Visit& visit) { return page(visit); }

http::Response receive(Visit& visit) {
  if (!visit.session)
    return visit.redirect(Url::local("/account/sign-in").with("next", '/' + visit.platform->slug + '/'));
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const bool takes_back = sent->step == "withdraw";
  const auto done = visit.perform(takes_back ? withdraw : apply, sent->fields, sent->key);
  if (!done) return takes_back ? visit.refusal(done.error()) : page(visit, sent->fields, &done.error());
  visit.flash(takes_back ? "app.application-taken-back" : "app.application-sent");
  return visit.redirect(visit.at(visit.may_enter() ? "apply" : ""));
}

}  // namespace

bool may_apply(const Visit& visit) {
  return !governance::roles_to_ask_for(visit.platform->charter).empty() && visit.may(apply).allowed;
}

Html applying(Visit& visit, const Url& to, const boost::json::object& typed, const Refusal* refused) {
  const Mine known = mine(visit);
  Html own;
  for (const Application& about : known.applications)
    if (about.state != ApplicationState::accepted) own += one(visit, about, to);
  if (!own.empty())
    own = section(cls("stack"), attr("aria-labelledby", "own"), h2(html::id("own"), visit.t("app.own-applications")),
                  own);
  const Html ask = form(visit, known, to, typed, refused);
  if (own.empty() && ask.empty()) return web::empty(visit.t("app.by-invitation"), visit.t("app.door-nothing"));
  return own + ask;
}

void add_apply(House& house) {
  using enum web::Keep;
  house.routes.add({http::Method::get, "/{platform}/apply", web::Door::signed_in, nothing, 0, show});
  house.routes.add({http::Method::post, "/{platform}/apply", web::Door::signed_in, nothing, web::form_limit, receive});
  house.routes.add(
      {http::Method::post, std::string(front_pattern), web::Door::anyone, nothing, web::form_limit, receive});
}

}  // namespace polder::app
