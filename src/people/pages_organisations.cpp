// The organisations one acts for: made, joined, left; who else is in them is for their members only.
#include "people/pages.h"

namespace polder::people {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::string_view create = "organisations.create", invite = "organisations.invite";

std::string role_words(const Visit& visit, std::string_view role) {
  return visit.t(role == "administrator" ? "people.organisation-administrator" : "people.organisation-member");
}

Url page_of(Id organisation) { return Url::path({"account", "organisations", str(organisation)}); }

/// A form of one button that does an act on an organisation.
Html one_button(Visit& visit, Id organisation, std::string_view step, std::string_view words,
                std::string_view button_class) {
  return visit.form(Url::path({"account", "organisations", str(organisation), step}), {}, words, false, button_class);
}

http::Response list_page(Visit& visit, const boost::json::object& typed = {}, const Refusal* refused = nullptr) {
  const auto& t = visit.t;
  struct Mine {
    std::vector<store::Membership> memberships;
    std::vector<store::Invitation> invitations;
  };
  const auto mine = visit.house.database.read([&](storage::ReadTx& tx) {
    return Mine{store::memberships_of(tx, visit.person->id), store::invitations_to(tx, visit.person->email)};
  });
  Html invited;
  for (const auto& i : mine.invitations)
    invited += section(cls("panel stack close"), h2(i.organisation.name),
                       p(t("people.invited-words", {{"role", role_words(visit, i.role)}})),
                       one_button(visit, i.organisation.id, "join", t("people.join"), "button"),
                       one_button(visit, i.organisation.id, "leave", t("people.decline"), "button plain"));
  Html rows;
  for (const auto& m : mine.memberships)
    rows += li(a(href(page_of(m.organisation.id)), m.organisation.name), " ", web::tag(role_words(visit, m.role)));
  const Html known =
      mine.memberships.empty() ? p(cls("quiet"), t("people.no-organisations")) : ul(cls("stack close"), rows);
  return form_page(visit,
                   {.title = t("people.organisations"),
                    .trail = account_trail(visit),
                    .words = p(t("people.organisations-words")),
                    .above = invited + known + h2(t("people.organisation-new")),
                    .act = std::string(create),
                    .description = visit.house.acts.find(create)->fields,
                    .to = Url::local("/account/organisations"),
                    .button = t("people.organisation-make")},
                   typed, refused);
}

http::Response created(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto done = perform_at_server(visit, create, sent->fields, sent->key);
  if (!done) return list_page(visit, sent->fields, &done.error());
  visit.flash("people.organisation-made");
  return visit.redirect(page_of(done->made));
}

struct Whole {
  store::Organisation organisation;
  std::string role;
  std::vector<store::Member> members;
  std::vector<store::Invitation> invitations;
};

/// Nothing for those who are not in it: to them it is not there.
std::optional<Whole> find(Visit& visit) {
  const auto id = parse_id(visit.params["id"]);
  if (!id) return std::nullopt;
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Whole> {
    auto organisation = store::organisation(tx, *id);
    auto role = store::role_in(tx, *id, visit.person->id);
    if (!organisation || !role) return std::nullopt;
    return Whole{*std::move(organisation), *std::move(role), store::members(tx, *id), store::invitations_of(tx, *id)};
  });
}

http::Response not_there(Visit& visit) {
  return visit.refusal(refuse(Why::not_found, {"people.no-organisation"}).error());
}

http::Response one_page(Visit& visit, const boost::json::object& typed = {{"role", "member"}},
                        const Refusal* refused = nullptr) {
  const auto& t = visit.t;
  const auto whole = find(visit);
  if (!whole) return not_there(visit);
  const Id id = whole->organisation.id;
  const bool administrator = whole->role == "administrator";
  Html rows;
  for (const auto& m : whole->members)
    rows += tr(th(attr("scope", "row"), m.name.empty() ? m.email : m.name),
               td(attr("data-label", t("people.role")), role_words(visit, m.role)),
               td(attr("data-label", t("people.member-since")), web::when(t, m.since)));
  if (administrator)
    for (const auto& i : whole->invitations)
      rows += tr(th(attr("scope", "row"), i.email), td(attr("data-label", t("people.role")), role_words(visit, i.role)),
                 td(attr("data-label", t("people.member-since")), web::tag(t("people.invited"))));
  const Html members =
      table(cls("stacked"), caption(t("people.members")),
            thead(tr(th(attr("scope", "col"), t("people.name")), th(attr("scope", "col"), t("people.role")),
                     th(attr("scope", "col"), t("people.member-since")))),
            tbody(rows));
  auto trail = account_trail(visit);
  trail.push_back({t("people.organisations"), Url::local("/account/organisations")});
  const Html leaving = div(cls("stack close"), h2(t("people.leave")), p(t("people.leave-words")),
                           one_button(visit, id, "leave", t("people.leave"), "button plain"));
  if (!administrator)
    return visit.page(
        {.title = whole->organisation.name,
         .main = div(cls("stack loose"), web::lead(web::crumbs(t, trail), whole->organisation.name, {}, {}), members,
                     leaving)});
  return form_page(visit,
                   {.title = whole->organisation.name,
                    .trail = trail,
                    .above = members + h2(t("people.invite")),
                    .act = std::string(invite),
                    .description = visit.house.acts.find(invite)->fields,
                    .controls = [](const fields::Drawing& draw) { return draw.field("email") + draw.field("role"); },
                    .to = page_of(id),
                    .button = t("people.invite-button"),
                    .after = leaving},
                   typed, refused);
}

http::Response invited(Visit& visit) {
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  if (!find(visit)) return not_there(visit);
  sent->fields["organisation"] = visit.params["id"];
  const auto done = perform_at_server(visit, invite, sent->fields, sent->key);
  if (!done && done.error().why == Why::forbidden) return visit.refusal(done.error());
  if (!done) return one_page(visit, sent->fields, &done.error());
  visit.flash("people.invitation-sent");
  return visit.redirect(Url::path({"account", "organisations", visit.params["id"]}));
}

http::Response step(Visit& visit, std::string_view act, std::string_view said) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto done = perform_at_server(visit, act, {{"organisation", visit.params["id"]}}, sent->key);
  if (!done) return visit.refusal(done.error());
  visit.flash(said);
  return visit.redirect(Url::local("/account/organisations"));
}

}  // namespace

void add_organisation_pages(House& house) {
  route(house, Method::get, "/account/organisations", Door::signed_in, [](Visit& visit) { return list_page(visit); });
  route(house, Method::post, "/account/organisations", Door::signed_in, created);
  route(house, Method::get, "/account/organisations/{id}", Door::signed_in,
        [](Visit& visit) { return one_page(visit); });
  route(house, Method::post, "/account/organisations/{id}", Door::signed_in, invited);
  route(house, Method::post, "/account/organisations/{id}/join", Door::signed_in,
        [](Visit& visit) { return step(visit, "organisations.join", "people.joined"); });
  route(house, Method::post, "/account/organisations/{id}/leave", Door::signed_in,
        [](Visit& visit) { return step(visit, "organisations.leave", "people.left"); });
}

}  // namespace polder::people
