// Erasing one's account: what goes, what stays and why, and once more that it is really you.
#include "people/asked.h"
#include "people/letters.h"
#include "people/limits.h"
#include "people/pages.h"

namespace polder::people {

using namespace html;  // NOLINT(google-build-using-namespace)

struct EraseForm {
  static constexpr std::string_view name = "people.erase";
  fields::Password current;
};
BOOST_DESCRIBE_STRUCT(EraseForm, (), (current))

namespace {

Html what_goes(const Visit& visit) {
  const auto& t = visit.t;
  return div(cls("two"),
             div(cls("open stack close"), h2(t("people.erase-goes")),
                 ul(li(t("people.erase-goes-account")), li(t("people.erase-goes-words")),
                    li(t("people.erase-goes-roles")), li(t("people.erase-goes-mails")))),
             div(cls("fixed stack close"), h2(t("people.erase-stays")),
                 ul(li(t("people.erase-stays-leaf")), li(t("people.erase-stays-numbers")),
                    li(t("people.erase-stays-copies")))));
}

http::Response form(Visit& visit, const Refusal* refused = nullptr) {
  const auto& t = visit.t;
  const Html link_form =
      visit.form(Url::local("/account/erase/mail"), {}, t("people.send-link"), false, "button plain");
  const Html words = p(t("people.erase-words"));
  if (!visit.person->has_password)
    return visit.page(
        {.title = t("people.erase"),
         .main = div(cls("stack loose"), web::lead(web::crumbs(t, account_trail(visit)), t("people.erase"), words, {}),
                     what_goes(visit), p(t("people.erase-by-mail")), link_form)});
  return form_page(
      visit,
      {.title = t("people.erase"),
       .trail = account_trail(visit),
       .words = words,
       .above = what_goes(visit),
       .act = std::string(EraseForm::name),
       .description = description_of<EraseForm>(),
       .controls =
           [](const fields::Drawing& draw) { return draw.field("current", {.autocomplete = "current-password"}); },
       .to = Url::local("/account/erase"),
       .button = t("people.erase-button"),
       .button_class = "button danger",
       .after = div(cls("stack close"), p(t("people.erase-or-mail")), link_form)},
      {}, refused);
}

http::Response erased(Visit& visit) {
  take_session(visit);
  visit.flash("people.erased");
  return visit.redirect(Url::local("/"));
}

Done erase(Visit& visit, const Visit::Sent& sent) {
  TRY(const auto typed, fields::read<EraseForm>(sent.fields));
  TRY(const std::string proof, prove_by_password(visit, "current", typed.current.value));
  TRY(const auto done, perform_at_server(visit, EraseForm::name, {{"proof", proof}}, sent.key));
  return {};
}

http::Response erase_sent(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  if (const auto done = erase(visit, *sent); !done) return form(visit, &done.error());
  return erased(visit);
}

http::Response mail_sent(Visit& visit) {
  House& house = visit.house;
  const Person& person = *visit.person;
  const auto done = house.database.write([&](storage::WriteTx& tx) -> Done {
    CHECK_DONE(spend(house, tx, mails_to_address, person.email));
    const std::string secret = store::add_proof(tx, house.random,
                                                {.purpose = std::string(proof::owner),
                                                 .person = person.id,
                                                 .email = person.email,
                                                 .payload = {},
                                                 .made_at = visit.now,
                                                 .ends = visit.now + reset_ms});
    const std::string site = server_name(house);
    return send(house, tx, visit.t,
                {.to = person.email,
                 .kind = "people.erase",
                 .subject = {"people.mail-erase-subject", {{"site", site}}},
                 .paragraphs = {{"people.mail-erase", {{"site", site}}},
                                {"people.mail-link", {{"link", address_of(house, "/account/erase/" + secret)}}},
                                {"people.mail-erase-not-you"}}});
  });
  if (!done) return visit.refusal(done.error());
  return visit.redirect(Url::local("/account/check-your-mail"));
}

http::Response by_link(Visit& visit) {
  const auto& t = visit.t;
  const auto found = visit.house.database.read(
      [&](storage::ReadTx& tx) { return store::find_proof(tx, proof::owner, visit.params["token"], visit.now); });
  if (!found || found->person != visit.person->id)
    return visit.refusal(refuse(Why::not_found, {"people.link-over"}).error());
  return visit.page(
      {.title = t("people.erase"),
       .main = div(cls("stack loose"),
                   web::lead(web::crumbs(t, account_trail(visit)), t("people.erase"), p(t("people.erase-words")), {}),
                   what_goes(visit),
                   visit.form(Url::path({"account", "erase", visit.params["token"]}), {}, t("people.erase-button"),
                              false, "button danger"))});
}

http::Response by_link_sent(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  if (const auto done = perform_at_server(visit, EraseForm::name, {{"proof", visit.params["token"]}}, sent->key); !done)
    return visit.refusal(done.error());
  return erased(visit);
}

}  // namespace

void add_erase_pages(House& house) {
  route(house, Method::get, "/account/erase", Door::signed_in, [](Visit& visit) { return form(visit); });
  route(house, Method::post, "/account/erase", Door::signed_in, erase_sent);
  route(house, Method::post, "/account/erase/mail", Door::signed_in, mail_sent);
  route(house, Method::get, "/account/erase/{token}", Door::signed_in, by_link);
  route(house, Method::post, "/account/erase/{token}", Door::signed_in, by_link_sent);
}

}  // namespace polder::people
