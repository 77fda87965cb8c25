// Applications that wait for an answer, for those who give it.
#include "app/pages/pages.h"
#include "kernel/web/form.h"
#include "people/store.h"

namespace polder::app {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)
using governance::Application;
using people::store::Applicant;

// messages: platforms.decline-application.*
constexpr std::string_view accept = "platforms.accept-application", decline = "platforms.decline-application";
constexpr std::int64_t applications_on_a_page = 25;

/// What was refused, and about which application.
struct Refused {
  Id application{};
  const boost::json::object& typed;
  const Refusal& why;
};

bool may_come_in(const Visit& visit) {
  return visit.is_administrator() || visit.may(accept).allowed || visit.may(decline).allowed;
}

http::Response not_there(Visit& visit) {
  return visit.refusal({.why = Why::not_found, .message = {"app.not-yours-to-manage"}});
}

Url page_of(const Visit& visit, Id application, std::string_view step) {
  return visit.at("manage/applications/" + str(application) + '/' + std::string(step));
}

Html decline_form(Visit& visit, const Application& about, const Refused* refused) {
  static const boost::json::object blank;
  static const std::vector<FieldError> none;
  const auto& t = visit.t;
  const bool here = refused != nullptr && refused->application == about.id;
  const fields::Drawing draw(t, std::string(decline), visit.house.acts.find(decline)->fields,
                             here ? refused->typed : blank, here ? refused->why.fields : none, '-' + str(about.id));
  return details(here ? attr("open") : Attr{}, summary(t("app.decline")),
                 visit.form(page_of(visit, about.id, "decline"), draw.summary() + draw.field("reason", {.rows = 3}),
                            t("app.decline-button"), false, "button plain"));
}

Html one(Visit& visit, const Application& about, const Applicant& who, const Refused* refused) {
  const auto& t = visit.t;
  const auto* role = visit.platform->charter.role(about.role);
  std::vector<std::pair<std::string, Html>> rows{{t("app.email"), html::plain(who.email)}};
  if (!who.organisation.empty()) rows.emplace_back(t("app.organisation"), html::plain(who.organisation));
  rows.emplace_back(t("app.role"), html::plain(role_words(visit, about.role)));
  rows.emplace_back(t("app.application-asked"), web::when(t, about.made_at));
  rows.emplace_back(t("app.application-why"), html::plain(about.why));
  Html reason;
  if (refused != nullptr && refused->application == about.id && refused->why.fields.empty())
    reason = web::notice(web::Tone::bad, p(t(refused->why.message)), true);
  const bool own = about.person == visit.person->id;
  Html decisions;
  if (own)
    decisions = p(cls("quiet"), t("app.own-case"));
  else {
    if (role != nullptr && may_decide(visit, *role, accept))
      decisions += visit.form(page_of(visit, about.id, "accept"), {}, t("app.accept"));
    if (role == nullptr || may_decide(visit, *role, decline)) decisions += decline_form(visit, about, refused);
  }
  return section(cls("panel stack"), h2(who.name.empty() ? who.email : who.name), web::pairs(rows), reason, decisions);
}

/// Who decides about one role is not told who asks for another.
bool theirs(const Visit& visit, const Application& about) {
  const auto* role = visit.platform->charter.role(about.role);
  return role == nullptr || may_decide(visit, *role, accept) || may_decide(visit, *role, decline);
}

http::Response list(Visit& visit, const Refused* refused = nullptr) {
  if (!may_come_in(visit)) return not_there(visit);
  const auto& t = visit.t;
  const Id after = parse_id(visit.query("after")).value_or(Id{});
  const auto [waiting, people] = visit.house.database.read([&](storage::ReadTx& tx) {
    return std::pair(governance::open_applications(tx, visit.platform->id, after, applications_on_a_page + 1),
                     people::store::applicants(tx, visit.platform->id, after, applications_on_a_page + 1));
  });
  Html rows;
  Id last{};
  for (std::size_t i = 0; i < waiting.size() && std::int64_t(i) < applications_on_a_page; ++i) {
    last = waiting[i].id;
    const auto who = std::ranges::find(people, last, &Applicant::application);
    if (who != people.end() && theirs(visit, waiting[i])) rows += one(visit, waiting[i], *who, refused);
  }
  std::optional<Url> more;
  if (std::int64_t(waiting.size()) > applications_on_a_page)
    more = visit.at("manage/applications").with("after", str(last));
  const std::string heading = t("app.applications-title");
  return visit.page(
      {.title = heading,
       .main =
           web::lead(trail(visit, {{t("app.manage-title"), visit.at("manage")}}), heading,
                     p(t("app.applications-words")), {}) +
           div(cls("stack"), rows.empty() ? web::empty(t("app.no-applications"), t("app.no-applications-words")) : rows,
               web::pager(t, std::nullopt, more)),
       .status = refused != nullptr ? people::http_status(refused->why.why) : 200,
       .error = refused != nullptr});
}

http::Response settle(Visit& visit, std::string_view act, std::string_view said) {
  if (!may_come_in(visit)) return not_there(visit);
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto id = parse_id(visit.params["application"]);
  const auto about =
      id ? visit.house.database.read([&](storage::ReadTx& tx) { return governance::application(tx, *id); })
         : std::nullopt;
  if (!about || about->platform != visit.platform->id) return not_there(visit);
  sent->fields["application"] = str(*id);
  const auto actor = about->person == visit.person->id
                         ? visit.actor  // also who runs the server does not decide their own case
                         : actor_for(visit, visit.platform->charter.role(about->role), act);
  const auto done = visit.house.acts.perform({visit.platform->id, actor, std::string(act), sent->fields, sent->key});
  if (!done) {
    if (done.error().why == Why::not_found) return visit.refusal(done.error());
    const Refused refused{*id, sent->fields, done.error()};
    return list(visit, &refused);
  }
  visit.flash(said);
  return visit.redirect(visit.at("manage/applications"));
}

}  // namespace

void add_applications(House& house) {
  constexpr std::string_view base = "/{platform}/manage/applications";
  const auto add = [&](http::Method method, std::string_view rest, std::size_t limit,
                       std::function<http::Response(Visit&)> handle) {
    house.routes.add({method, std::string(base) + std::string(rest), web::Door::signed_in, web::Keep::nothing, limit,
                      std::move(handle)});
  };
  add(http::Method::get, "", 0, [](Visit& visit) { return list(visit); });
  add(http::Method::post, "/{application}/accept", web::form_limit,
      [](Visit& visit) { return settle(visit, accept, "app.application-was-accepted"); });
  add(http::Method::post, "/{application}/decline", web::form_limit,
      [](Visit& visit) { return settle(visit, decline, "app.application-was-declined"); });
}

}  // namespace polder::app
