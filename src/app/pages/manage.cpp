// Managing a platform: who holds which role, and the charter. What is shown is what this person may do; the acts ask
// again.
#include "app/pages/pages.h"
#include "kernel/web/form.h"

namespace polder::app {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)
using governance::Role;
using record::Actor;

constexpr std::string_view appoint = "platforms.appoint", dismiss = "platforms.dismiss",
                           change_charter = "platforms.change-charter", accept = "platforms.accept-application",
                           decline = "platforms.decline-application";

bool may_be_given(const Role& role) {
  return role.how == governance::How::appointed || role.how == governance::How::application;
}

bool may_come_in(const Visit& visit) {
  constexpr std::array acts{appoint, dismiss, change_charter, accept, decline};
  return visit.is_administrator() ||
         std::ranges::any_of(acts, [&](std::string_view act) { return visit.may(act).allowed; });
}

std::vector<std::pair<std::string, std::string>> roles_to_give(const Visit& visit) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Role& role : visit.platform->charter.roles)
    if (may_decide(visit, role, appoint)) out.emplace_back(role.id, said(visit, role.name));
  return out;
}

/// As the act has them, with the roles of this charter to choose from.
fields::Field give_fields(const Visit& visit) {
  fields::Field out = visit.house.acts.find(appoint)->fields;
  for (auto& field : out.fields)
    if (field.name == "role") {
      field.kind = fields::Kind::choice;
      for (const auto& [id, name] : roles_to_give(visit)) field.options.push_back(id);
    }
  return out;
}

Html holders(Visit& visit, const std::vector<governance::Appointment>& all) {
  const auto& t = visit.t;
  Html rows;
  for (const auto& one : all) {
    const Role* role = visit.platform->charter.role(one.role);
    const std::string name = role_words(visit, one.role);
    const bool can = role != nullptr && may_decide(visit, *role, dismiss);
    const Html take =
        can ? html::form(
                  attr("method", "post"), action(visit.at("manage/take")),
                  input(attr("type", "hidden"), attr("name", "email"), attr("value", one.email)),
                  input(attr("type", "hidden"), attr("name", "role"), attr("value", one.role)),
                  input(attr("type", "hidden"), attr("name", "key"), attr("value", visit.fresh_key())),
                  button(cls("button plain little"), attr("type", "submit"), t("app.take-role"),
                         span(cls("visually-hidden"), " ", t("app.of-whom", {{"role", name}, {"email", one.email}}))))
            : Html{};
    rows += tr(th(attr("scope", "row"), one.email), td(attr("data-label", t("app.role")), name),
               td(attr("data-label", t("app.since")), web::when(t, one.given_at)),
               td(attr("data-label", t("app.what-you-can-do")), take));
  }
  if (rows.empty()) return p(cls("quiet"), t("app.no-appointments"));
  return html::element(
      "table", {cls("stacked"), caption(t("app.appointments")),
                thead(tr(th(attr("scope", "col"), t("app.email")), th(attr("scope", "col"), t("app.role")),
                         th(attr("scope", "col"), t("app.since")), th(attr("scope", "col"), t("app.what-you-can-do")))),
                tbody(rows)});
}

/// What was refused on this page.
struct Refused {
  const boost::json::object& typed;
  const Refusal& why;
};

Html give_form(Visit& visit, const Refused* refused) {
  static const boost::json::object blank;
  static const std::vector<FieldError> none;
  const auto& t = visit.t;
  const auto options = roles_to_give(visit);
  if (options.empty()) return {};
  const auto description = give_fields(visit);
  const fields::Drawing draw(t, "app.give", description, refused != nullptr ? refused->typed : blank,
                             refused != nullptr ? refused->why.fields : none);
  Html reason;
  if (refused != nullptr && refused->why.fields.empty())
    reason = web::notice(web::Tone::bad, p(t(refused->why.message)), true);
  return section(cls("stack"), attr("aria-labelledby", "give"), h2(html::id("give"), t("app.give-title")),
                 p(t("app.give-words")),
                 visit.form(visit.at("manage/give"),
                            reason + draw.summary() +
                                draw.field("email", {.label = t("app.give.email"), .hint = {}, .autocomplete = "off"}) +
                                draw.field("role", {.label = t("app.give.role"),
                                                    .hint = {},
                                                    .autocomplete = {},
                                                    .rows = 0,
                                                    .options = options,
                                                    .as_select = true}),
                            t("app.give-button")));
}

Html applications(const Visit& visit) {
  const auto& t = visit.t;
  if (governance::roles_to_ask_for(visit.platform->charter).empty()) return {};
  return section(cls("stack"), attr("aria-labelledby", "applications"),
                 h2(html::id("applications"), t("app.applications-title")), p(t("app.applications-words")),
                 p(cls("actions"), web::plain_button(t("app.see-applications"), visit.at("manage/applications"))));
}

http::Response manage(Visit& visit, const Refused* refused = nullptr) {
  const auto& t = visit.t;
  if (!may_come_in(visit)) return visit.refusal({.why = Why::not_found, .message = {"app.not-yours-to-manage"}});
  const auto all =
      visit.house.database.read([&](storage::ReadTx& tx) { return governance::appointments(tx, visit.platform->id); });
  const std::string heading = t("app.manage-title");
  const Html charter =
      section(cls("stack"), attr("aria-labelledby", "charter"), h2(html::id("charter"), t("app.the-charter")),
              p(t("app.manage-charter-words")),
              p(cls("actions"), visit.may(change_charter).allowed
                                    ? web::plain_button(t("app.change-charter"), visit.at("manage/charter"))
                                    : web::plain_button(t("app.how-title"), visit.at("how-we-work"))));
  return visit.page({.title = heading,
                     .main = web::lead(trail(visit), heading, p(t("app.manage-words")), {}) +
                             div(cls("stack far"),
                                 section(cls("stack"), attr("aria-labelledby", "people"),
                                         h2(html::id("people"), t("app.who-holds-what")), holders(visit, all)),
                                 give_form(visit, refused), applications(visit), charter),
                     .status = refused != nullptr ? 422 : 200,
                     .error = refused != nullptr});
}

http::Response do_role(Visit& visit, std::string_view act, std::string_view done) {
  if (!may_come_in(visit)) return visit.refusal({.why = Why::not_found, .message = {"app.not-yours-to-manage"}});
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto* named = sent->fields.if_contains("role");
  const Role* role = visit.platform->charter.role(fields::text_of(named).value_or(""));
  const auto recorded = visit.house.acts.perform(
      {visit.platform->id, actor_for(visit, role, act), std::string(act), sent->fields, sent->key});
  if (!recorded) {
    const Refused refused{sent->fields, recorded.error()};
    return manage(visit, &refused);
  }
  visit.flash(done);
  return visit.redirect(visit.at("manage"));
}

// ---- the charter ----

http::Response charter_page(Visit& visit, const std::string& text, const std::vector<governance::Fault>& faults,
                            const Refusal* refused = nullptr) {
  const auto& t = visit.t;
  const fields::Field& description = visit.house.acts.find(change_charter)->fields;
  const boost::json::object typed{{"charter", text}};
  static const std::vector<FieldError> none;
  const fields::Drawing draw(t, "app.change", description, typed, none);
  Html wrong;
  for (const auto& fault : faults)
    wrong += li(strong(t("app.line", {{"line", std::int64_t(fault.line)}, {"column", std::int64_t(fault.column)}})),
                " ", fault.key.empty() ? Html{} : join({code(fault.key), " "}), t(fault.wrong), " ", t(fault.right));
  if (!wrong.empty())
    wrong = div(cls("summary"), attr("role", "alert"), attr("tabindex", "-1"), attr("data-focus"),
                attr("aria-labelledby", "faults"),
                h2(html::id("faults"), t("app.charter-faults", {{"n", std::int64_t(faults.size())}})), ul(wrong));
  if (refused != nullptr && faults.empty()) wrong = web::notice(web::Tone::bad, p(t(refused->message)), true);
  const std::string heading = t("app.change-charter");
  const bool bad = !faults.empty() || refused != nullptr;
  return visit.page({.title = heading,
                     .main = web::lead(trail(visit, {{t("app.manage-title"), visit.at("manage")}}), heading,
                                       p(t("app.change-charter-words")), {}) +
                             div(cls("stack"), wrong,
                                 visit.form(visit.at("manage/charter"),
                                            draw.field("charter", {.label = t("app.change.charter"),
                                                                   .hint = t("app.change.charter-hint"),
                                                                   .autocomplete = {},
                                                                   .rows = 30}),
                                            t("app.change-charter-button"))),
                     .status = bad ? 422 : 200,
                     .error = bad});
}

http::Response open_charter(Visit& visit) {
  if (!visit.may(change_charter).allowed)
    return visit.refusal({.why = Why::not_found, .message = {"app.not-yours-to-manage"}});
  return charter_page(visit, visit.platform->charter_text, {});
}

http::Response receive_charter(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto* typed = sent->fields.if_contains("charter");
  const std::string text = fields::text_of(typed).value_or("");
  if (const auto read = governance::parse(text, visit.house.words); !read && visit.may(change_charter).allowed)
    return charter_page(visit, text, read.error());
  const auto recorded = visit.perform(change_charter, sent->fields, sent->key);
  if (!recorded)
    return recorded.error().why == Why::invalid ? charter_page(visit, text, {}, &recorded.error())
                                                : visit.refusal(recorded.error());
  visit.flash("app.charter-changed");
  return visit.redirect(visit.at("how-we-work"));
}

}  // namespace

bool may_decide(const Visit& visit, const Role& role, std::string_view act) {
  const auto roles = governance::roles_of(visit.platform->charter, visit.person.has_value(), visit.actor.roles);
  return may_be_given(role) && (governance::may_appoint(visit.platform->charter, roles, role.id, act) ||
                                (visit.is_administrator() && governance::server_appoints(role)));
}

Actor actor_for(const Visit& visit, const Role* role, std::string_view act) {
  Actor actor = visit.actor;
  const auto roles = governance::roles_of(visit.platform->charter, visit.person.has_value(), actor.roles);
  actor.for_server = role != nullptr && governance::server_appoints(*role) && visit.is_administrator() &&
                     !governance::may_appoint(visit.platform->charter, roles, role->id, act);
  return actor;
}

void add_manage(House& house) {
  constexpr std::size_t charter_limit = 4 * governance::most_bytes;  // percent-encoded, at worst
  const auto add = [&](http::Method method, std::string path, std::size_t limit,
                       std::function<http::Response(Visit&)> handle) {
    house.routes.add(
        {method, "/{platform}/manage" + path, web::Door::signed_in, web::Keep::nothing, limit, std::move(handle)});
  };
  add(http::Method::get, "", 0, [](Visit& visit) { return manage(visit); });
  add(http::Method::post, "/give", web::form_limit,
      [](Visit& visit) { return do_role(visit, appoint, "app.role-given"); });
  add(http::Method::post, "/take", web::form_limit,
      [](Visit& visit) { return do_role(visit, dismiss, "app.role-taken"); });
  add(http::Method::get, "/charter", 0, open_charter);
  add(http::Method::post, "/charter", charter_limit, receive_charter);
}

}  // namespace polder::app
