// The organisations one acts for: made, joined, left; who else is in them is for their members only.
#include "kernel/i18n/country.h"
#include "people/pages.h"

namespace polder::people {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::string_view create = "organisations.create", invite = "organisations.invite",
                           describe = "organisations.describe", declare_owner = "organisations.declare-owner",
                           confirm_owner = "organisations.confirm-owner", end_ownership = "organisations.end-ownership";

std::string role_words(const Visit& visit, std::string_view role) {
  return visit.t(role == "administrator" ? "people.organisation-administrator" : "people.organisation-member");
}

Url page_of(Id organisation) { return Url::path({"account", "organisations", str(organisation)}); }

/// Countries by name, in the reader's language; none to begin with.
std::vector<std::pair<std::string, std::string>> country_options(const i18n::Voice& t) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& code : i18n::countries()) out.emplace_back(code, i18n::country_name(t.language(), code));
  std::ranges::sort(out, {}, &std::pair<std::string, std::string>::second);
  out.insert(out.begin(), {"", t("people.no-country")});
  return out;
}

Html country_field(const i18n::Voice& t, const fields::Drawing& draw) {
  return draw.field("country", {.options = country_options(t), .as_select = true});
}

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
                    .controls =
                        [&](const fields::Drawing& draw) {
                          return draw.field("organisation-name") + draw.field("kind") + country_field(t, draw);
                        },
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
  std::optional<store::Organisation> owner;
  std::vector<store::Organisation> parts;
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
    auto owner = organisation->part_of ? store::organisation(tx, *organisation->part_of) : std::nullopt;
    return Whole{*std::move(organisation), std::move(owner),        store::parts(tx, *id),
                 *std::move(role),         store::members(tx, *id), store::invitations_of(tx, *id)};
  });
}

http::Response not_there(Visit& visit) {
  return visit.refusal(refuse(Why::not_found, {"people.no-organisation"}).error());
}

// ---- what it is, and whose ----

std::string kind_words(const i18n::Voice& t, std::string_view kind) {
  return t("organisations.create.kind." + std::string(kind));  // messages: organisations.create.kind.*
}

std::string ownership_words(const i18n::Voice& t, const store::Organisation& part) {
  return part.part_of_confirmed ? t("people.ownership-confirmed") : t("people.ownership-declared");
}

Html about(const Visit& visit, const Whole& whole) {
  const auto& t = visit.t;
  const auto& o = whole.organisation;
  std::vector<std::pair<std::string, Html>> rows{{t("people.organisation-kind"), html::plain(kind_words(t, o.kind))}};
  if (!o.country.empty())
    rows.emplace_back(t("people.organisation-country"), html::plain(i18n::country_name(t.language(), o.country)));
  if (whole.owner)
    rows.emplace_back(t("people.part-of"), join({whole.owner->name, " ", web::tag(ownership_words(t, o))}));
  rows.emplace_back(t("people.organisation-number"), code(str(o.id)));
  return web::pairs(rows);
}

/// Those that say they are part of this one; its administrators say whether it is so.
Html parts(Visit& visit, const Whole& whole, bool administrator) {
  const auto& t = visit.t;
  Html rows;
  for (const auto& part : whole.parts) {
    Html steps;
    if (administrator && !part.part_of_confirmed)
      steps += one_button(visit, part.id, "confirm-owner", t("people.confirm-part"), "button little");
    if (administrator)
      steps += one_button(visit, part.id, "end-ownership",
                          part.part_of_confirmed ? t("people.end-part") : t("people.deny-part"), "button plain little");
    rows += li(part.name, " ", web::tag(ownership_words(t, part)), steps);
  }
  return rows.empty() ? Html{} : h2(t("people.parts")) + ul(cls("stack close"), rows);
}

/// A form of one act on this organisation, with what was typed where it was refused.
struct Refused {
  std::string_view act;
  const boost::json::object& typed;
  const Refusal& why;
};

Html act_form(Visit& visit, Id id, std::string_view act, std::string_view step, const boost::json::object& known,
              const Refused* refused, std::string_view button,
              const std::function<Html(const fields::Drawing&)>& controls) {
  static const std::vector<FieldError> none;
  const bool here = refused != nullptr && refused->act == act;
  const fields::Drawing draw(visit.t, std::string(act), visit.house.acts.find(act)->fields,
                             here ? refused->typed : known, here ? refused->why.fields : none);
  const Html reason = here && refused->why.fields.empty()
                          ? web::notice(web::Tone::bad, p(visit.t(refused->why.message)), true)
                          : Html{};
  return visit.form(Url::path({"account", "organisations", str(id), step}), reason + draw.summary() + controls(draw),
                    button, false, "button plain");
}

/// For its administrators: what it is, and of what it is a part.
Html describing(Visit& visit, const Whole& whole, const Refused* refused) {
  const auto& t = visit.t;
  const auto& o = whole.organisation;
  const Html what = act_form(visit, o.id, describe, "describe", {{"kind", o.kind}, {"country", o.country}}, refused,
                             t("people.save-description"),
                             [&](const fields::Drawing& draw) { return draw.field("kind") + country_field(t, draw); });
  const Html owner = whole.owner
                         ? one_button(visit, o.id, "end-ownership", t("people.end-ownership"), "button plain")
                         : act_form(visit, o.id, declare_owner, "declare-owner", {}, refused, t("people.declare-owner"),
                                    [](const fields::Drawing& draw) { return draw.field("part-of"); });
  return h2(t("people.organisation-what")) + what + h2(t("people.organisation-owner")) + p(t("people.owner-words")) +
         owner;
}

http::Response one_page(Visit& visit, const boost::json::object& typed = {{"role", "member"}},
                        const Refusal* refused = nullptr, const Refused* described = nullptr) {
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
         .main = div(cls("stack loose"), web::lead(web::crumbs(t, trail), whole->organisation.name, {}, {}),
                     about(visit, *whole), members, parts(visit, *whole, false), leaving)});
  return form_page(visit,
                   {.title = whole->organisation.name,
                    .trail = trail,
                    .above = about(visit, *whole) + members + h2(t("people.invite")),
                    .act = std::string(invite),
                    .description = visit.house.acts.find(invite)->fields,
                    .controls = [](const fields::Drawing& draw) { return draw.field("email") + draw.field("role"); },
                    .to = page_of(id),
                    .button = t("people.invite-button"),
                    .after = parts(visit, *whole, true) + describing(visit, *whole, described) + leaving,
                    .other_refused = described != nullptr ? &described->why : nullptr},
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

http::Response described(Visit& visit, std::string_view act, std::string_view said) {
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  if (!find(visit)) return not_there(visit);
  sent->fields["organisation"] = visit.params["id"];
  const auto done = perform_at_server(visit, act, sent->fields, sent->key);
  if (!done && done.error().why != Why::invalid) return visit.refusal(done.error());
  if (!done) {
    const Refused refused{act, sent->fields, done.error()};
    return one_page(visit, {{"role", "member"}}, nullptr, &refused);
  }
  visit.flash(said);
  return visit.redirect(Url::path({"account", "organisations", visit.params["id"]}));
}

/// The organisation of the address is the part; whoever may do it may be the owner's, who cannot see the part's page.
http::Response owned(Visit& visit, std::string_view act, std::string_view said) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto done = perform_at_server(visit, act, {{"organisation", visit.params["id"]}}, sent->key);
  if (!done) return visit.refusal(done.error());
  visit.flash(said);
  return visit.redirect(Url::local('/' + done->location));
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
  route(house, Method::post, "/account/organisations/{id}/describe", Door::signed_in,
        [](Visit& visit) { return described(visit, describe, "people.description-saved"); });
  route(house, Method::post, "/account/organisations/{id}/declare-owner", Door::signed_in,
        [](Visit& visit) { return described(visit, declare_owner, "people.owner-declared"); });
  route(house, Method::post, "/account/organisations/{id}/confirm-owner", Door::signed_in,
        [](Visit& visit) { return owned(visit, confirm_owner, "people.owner-confirmed"); });
  route(house, Method::post, "/account/organisations/{id}/end-ownership", Door::signed_in,
        [](Visit& visit) { return owned(visit, end_ownership, "people.ownership-ended"); });
}

}  // namespace polder::people
