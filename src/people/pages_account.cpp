// One's account: who one is here, where one is signed in, and a copy of everything that is kept.
#include "kernel/web/guard.h"
#include "people/pages.h"

namespace polder::people {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

const fields::Field& act_fields(const Visit& visit, std::string_view act) { return visit.house.acts.find(act)->fields; }

Html small_form(Visit& visit, std::string_view act, const Url& to, std::string_view button_words,
                const boost::json::object& typed, std::string_view field, const fields::Wording& wording,
                const Refusal* refused) {
  static const std::vector<FieldError> none;
  const fields::Drawing draw(visit.t, std::string(act), act_fields(visit, act), typed,
                             refused != nullptr ? refused->fields : none);
  return visit.form(to, draw.summary() + draw.field(field, wording), button_words, false, "button plain");
}

/// What was refused on this page, and where.
struct Refused {
  std::string_view act;
  const boost::json::object& typed;
  const Refusal& why;
};

http::Response account_page(Visit& visit, const Refused* refused = nullptr) {
  const auto& t = visit.t;
  const Person& person = *visit.person;
  const auto organisations =
      visit.house.database.read([&](storage::ReadTx& tx) { return store::memberships_of(tx, person.id); });
  std::vector<std::string> names;
  for (const auto& m : organisations) names.push_back(m.organisation.name);

  const auto form = [&](std::string_view act, std::string_view path, std::string_view words, std::string_view field,
                        std::string_view value, const fields::Wording& wording) {
    const bool here = refused != nullptr && refused->act == act;
    const boost::json::object known{{field, value}};
    return small_form(visit, act, Url::local(path), words, here ? refused->typed : known, field, wording,
                      here ? &refused->why : nullptr);
  };
  const auto entry = [&](std::string_view path, const std::string& words, const std::string& about) {
    return li(a(href(Url::local(path)), words), p(cls("small quiet"), about));
  };
  const Html facts =
      web::pairs({{t("people.email"), plain(person.email)},
                  {t("people.since"), web::when(t, person.made_at)},
                  {t("people.organisations"), plain(names.empty() ? t("people.none") : t.all_of(names))}});
  const Html more =
      ul(cls("plainlist stack"), entry("/account/email", t("people.change-email"), t("people.change-email-about")),
         entry("/account/password", t("people.password"), t("people.password-about")),
         entry("/account/sessions", t("people.sessions"), t("people.sessions-about")),
         entry("/account/organisations", t("people.organisations"), t("people.organisations-about")),
         entry("/account/tokens", t("people.tokens"), t("people.tokens-about")),
         entry("/account/data", t("people.data"), t("people.data-about")),
         entry("/account/erase", t("people.erase"), t("people.erase-about")));
  return visit.page({.title = t("people.my-account"),
                     .main = div(cls("stack loose"), web::lead({}, t("people.my-account"), {}, {}), facts,
                                 form("people.change-name", "/account/name", t("people.save-name"), "new-name",
                                      person.name, {.autocomplete = "name"}),
                                 form("people.change-language", "/account/language", t("people.save-language"),
                                      "language", i18n::code(person.language), {.options = languages()}),
                                 nav(attr("aria-label", t("people.my-account")), more)),
                     .status = refused == nullptr ? 200 : http_status(refused->why.why),
                     .error = refused != nullptr});
}

/// An act of one field on the account page.
http::Response changed(Visit& visit, std::string_view act, std::string_view said) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  if (const auto done = perform_at_server(visit, act, sent->fields, sent->key); !done) {
    const Refused refused{act, sent->fields, done.error()};
    return done.error().fields.empty() ? visit.refusal(done.error()) : account_page(visit, &refused);
  }
  if (act == "people.change-language") {
    const auto language = fields::text_of(sent->fields.if_contains("language")).value_or("");
    visit.set_cookie(web::set_cookie(language_cookie, language, 366 * day_ms / second_ms, visit.request.secure));
  }
  visit.flash(said);
  return visit.redirect(Url::local("/account"));
}

http::Response sessions_page(Visit& visit) {
  const auto& t = visit.t;
  const auto sessions =
      visit.house.database.read([&](storage::ReadTx& tx) { return store::sessions_of(tx, visit.person->id); });
  const auto end = [&](std::string_view which, const std::string& words) {
    return html::form(attr("method", "post"), action(Url::local("/account/sessions")),
                      html::button(cls("button plain little"), attr("type", "submit"), attr("name", "end"),
                                   attr("value", which), words));
  };
  Html rows;
  for (const auto& s : sessions) {
    const bool this_one = visit.session && visit.session->id == s.id;
    const std::string browser = s.agent.empty() ? t("people.some-browser") : s.agent;
    rows += tr(
        th(attr("scope", "row"), browser, this_one ? join({" ", web::tag(t("people.this-browser"), "now")}) : Html{}),
        td(attr("data-label", t("people.session-began")), web::when(t, s.began)),
        td(attr("data-label", t("people.session-last")), web::ago(t, visit.now, s.last_seen)),
        td(this_one ? Html{} : end(s.id, t("people.end-session", {{"browser", browser}}))));
  }
  const Html list = table(
      cls("stacked"),
      thead(tr(th(attr("scope", "col"), t("people.browser")), th(attr("scope", "col"), t("people.session-began")),
               th(attr("scope", "col"), t("people.session-last")), th(attr("scope", "col"), t("people.session-end")))),
      tbody(rows));
  return visit.page({.title = t("people.sessions"),
                     .main = div(cls("stack loose"),
                                 web::lead(web::crumbs(t, account_trail(visit)), t("people.sessions"),
                                           p(t("people.sessions-words")), {}),
                                 list, sessions.size() > 1 ? end("others", t("people.end-others")) : Html{})});
}

http::Response session_ended(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto which = fields::text_of(sent->fields.if_contains("end")).value_or("");
  (void)visit.house.database.write([&](storage::WriteTx& tx) -> Done {
    if (which == "others")
      store::end_sessions(tx, visit.person->id, visit.session->id);
    else
      store::end_session(tx, visit.person->id, which);
    return {};
  });
  visit.flash("people.session-ended");
  return visit.redirect(Url::local("/account/sessions"));
}

http::Response data_page(Visit& visit) {
  const auto& t = visit.t;
  return visit.page(
      {.title = t("people.data"),
       .main = web::lead(
           web::crumbs(t, account_trail(visit)), t("people.data"), p(t("people.data-words")),
           a(cls("button"), href(Url::local("/account/data.json")), attr("download", ""), t("people.data-download")))});
}

http::Response data_file(Visit& visit) {
  boost::json::object all;
  visit.house.database.read([&](storage::ReadTx& tx) {
    for (const auto& room : visit.house.personal_data)
      if (room.copy) all[room.room] = room.copy(tx, visit.person->id);
  });
  return visit.file(boost::json::serialize(all), "application/json", "polder-" + iso(date_of(visit.now)) + ".json");
}

}  // namespace

void add_account_pages(House& house) {
  route(house, Method::get, "/account", Door::signed_in, [](Visit& visit) { return account_page(visit); });
  route(house, Method::post, "/account/name", Door::signed_in,
        [](Visit& visit) { return changed(visit, "people.change-name", "people.name-changed"); });
  route(house, Method::post, "/account/language", Door::signed_in,
        [](Visit& visit) { return changed(visit, "people.change-language", "people.language-changed"); });
  route(house, Method::get, "/account/sessions", Door::signed_in, sessions_page);
  route(house, Method::post, "/account/sessions", Door::signed_in, session_ended);
  route(house, Method::get, "/account/data", Door::signed_in, data_page);
  route(house, Method::get, "/account/data.json", Door::signed_in, data_file);
}

}  // namespace polder::people
