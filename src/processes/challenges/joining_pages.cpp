// Into the room of a challenge: with a team of one's own, or by an invitation into another's.
#include "people/person.h"
#include "processes/challenges/pages.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

/// What everybody who comes into the room says of themselves, as far as this statement asks it.
std::function<Html(const fields::Drawing&)> promises(const Visit& visit, const Whole& whole) {
  const auto age = whole.statement.minimum_age ? whole.statement.minimum_age->value : 0;
  Html excluded;
  for (const Exclusion& one : whole.statement.exclusions.items) excluded += li(words_of(one));
  return [&t = visit.t, age, excluded = std::move(excluded),
          lang = language_of(visit, whole.c.language)](const fields::Drawing& form) {
    return (age > 0 ? form.field("of-age", {.label = t("challenges.i-am-of-age", {{"age", age}})}) : Html{}) +
           (excluded.empty() ? Html{}
                             : div(cls("stack close"), p(t("challenges.may-not-enter")), ul(lang, excluded)) +
                                   form.field("none-excluded")) +
           form.field("agrees");
  };
}

ActPage joining(const Visit& visit, const Whole& whole) {
  const auto& t = visit.t;
  return {.act = "challenges.join",
          .title = t("challenges.join-title"),
          .words = div(
              cls("stack"), p(t("challenges.join-words")),
              details(summary(t("challenges.agreement")), div(cls("prose stack"), language_of(visit, whole.c.language),
                                                              markdown(whole.statement.agreement.value)))),
          .button = t("challenges.join-now"),
          .path = "join",
          .fixed = {{"challenge", str(whole.c.id)}},
          .flash = "challenges.joined",
          .controls = [promises = promises(visit, whole)](const fields::Drawing& form) {
            return form.field("team") + form.field("known-as", {.autocomplete = "name"}) + form.field("entrant") +
                   form.field("organisation", {.autocomplete = "organization"}) +
                   form.field("country", {.autocomplete = "country"}) + promises(form);
          }};
}

// ---- by invitation ----

http::Response invitations(Visit& visit) {
  std::vector<Team> teams;
  bool taken = false;
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    if (!found || !visit.person) return found;
    teams = teams_inviting(visit, tx, *found);
    taken = store::team_of(tx, found->c.id, visit.person->id).has_value();
    return found;
  });
  if (!whole) return not_found(visit);
  const auto& t = visit.t;
  const auto& c = whole->c;
  Html items;
  for (const Team& team : teams)
    items += li(
        html::article(cls("card panel"), h2(team.name), p(t("challenges.members-so-far", {{"n", team.members}})),
                      div(cls("actions"),
                          !taken ? web::button(t("challenges.join-team", {{"team", team.name}}),
                                               to(visit, c, "invitations/" + str(team.id)))
                                 : Html{},
                          visit.form(to(visit, c, "decline-invitation"),
                                     input(attr("type", "hidden"), attr("name", "team"), attr("value", str(team.id))),
                                     t("challenges.decline-invitation-now"), false, "button plain"))));
  const Html body =
      items.empty() ? web::empty(t("challenges.no-invitations"), t("challenges.no-invitations-words"))
                    : div(cls("stack"), taken ? web::notice(web::Tone::plain, p(t("challenges.in-a-team"))) : Html{},
                          ul(cls("cards"), items));
  return visit.page({.title = t("challenges.invitations"),
                     .main = web::lead(web::crumbs(t, trail(visit, &c)), t("challenges.invitations"),
                                       items.empty() ? Html{} : p(t("challenges.invitations-words")), Html{}) +
                             body,
                     .current = "challenges"});
}

/// What is not theirs the act refuses, after it has looked whether it was done already: by then the invitation is gone.
http::Response invitation(Visit& visit) {
  const bool sent = visit.request.method == http::Method::post;
  std::optional<Team> team;
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    if (!found) return found;
    for (Team& one : teams_inviting(visit, tx, *found))
      if (str(one.id) == visit.params["team"]) team = std::move(one);
    return found;
  });
  if (!whole) return not_found(visit);
  if (!team && !sent) return visit.refusal({.why = Why::not_found, .message = {"challenges.not-invited"}});
  const std::string path = "invitations/" + std::string(visit.params["team"]);
  ActPage page = joining(visit, *whole);
  page.act = "challenges.accept-invitation";
  page.labels = "challenges.join";
  if (team) page.title = visit.t("challenges.join-team", {{"team", team->name}});
  page.path = path;
  page.fixed["team"] = std::string(visit.params["team"]);
  page.controls = [promises = promises(visit, *whole)](const fields::Drawing& form) {
    return form.field("known-as", {.autocomplete = "name"}) + promises(form);
  };
  return sent ? perform(visit, &whole->c, page) : show(visit, &whole->c, page);
}

}  // namespace

std::vector<Team> teams_inviting(const Visit& visit, storage::ReadTx& tx, const Whole& whole) {
  if (!visit.person || !may_now(visit, whole, "challenges.accept-invitation")) return {};
  return store::inviting(tx, whole.c.id, visit.person->email);
}

void add_joining_pages(House& house) {
  add_act_page(house, "challenges.join", "join", joining);
  add_route(house, "invitations", invitations);
  add_route(house, "invitations/{team}", invitation, invitation);
  add_route(house, "decline-invitation", nullptr,
            press("challenges.decline-invitation", "challenges.invitation-declined"));
}

}  // namespace polder::challenges
