// Making an account: a form, a mail, a button. A link that a scanner of mail opens does nothing, and nobody learns here
// whether an address has an account: the page is the same, and the mail tells its owner.
#include "people/asked.h"
#include "people/letters.h"
#include "people/pages.h"

namespace polder::people {

using namespace html;  // NOLINT(google-build-using-namespace)

struct SignUpForm {
  static constexpr std::string_view name = "people.sign-up";
  fields::Email email;
  fields::Line<80> full_name;
  fields::Password password;
  Speaks language{};
};
BOOST_DESCRIBE_STRUCT(SignUpForm, (), (email, full_name, password, language))

namespace {

http::Response form(Visit& visit, const std::string& next, const boost::json::object& typed,
                    const Refusal* refused = nullptr) {
  const auto& t = visit.t;
  return form_page(visit,
                   {.title = t("people.make-account"),
                    .words = p(t("people.sign-up-words")),
                    .act = std::string(SignUpForm::name),
                    .description = description_of<SignUpForm>(),
                    .controls =
                        [&](const fields::Drawing& draw) {
                          return draw.field("email", {.autocomplete = "email"}) +
                                 draw.field("full-name", {.autocomplete = "name"}) +
                                 draw.field("password", {.autocomplete = "new-password"}) +
                                 draw.field("language", {.options = languages()}) + draw.hidden("next", next);
                        },
                    .to = Url::local("/account/sign-up"),
                    .button = t("people.make-account"),
                    .after = p(a(href(with_next("/account/sign-in", next)), t("people.have-account")))},
                   typed, refused);
}

Done ask(Visit& visit, const SignUpForm& typed, const std::string& next) {
  const std::string& email = typed.email.value;
  CHECK_DONE(check_password("password", typed.password.value, email));
  TRY(const std::string encoded, visit.house.passwords->hash(typed.password.value));
  const boost::json::object filled_in{{"name", typed.full_name.value},
                                      {"language", fields::word_of(typed.language)},
                                      {"password", encoded},
                                      {"next", next}};
  return ask_by_mail(visit, asked::sign_up, email, boost::json::serialize(filled_in));
}

http::Response show(Visit& visit) {
  return form(visit, visit.query("next"), {{"language", i18n::code(visit.t.language())}});
}

http::Response sign_up_sent(Visit& visit) {
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const std::string next = fields::text_of(sent->fields.if_contains("next")).value_or("");
  sent->fields.erase("next");
  const auto typed = fields::read<SignUpForm>(sent->fields);
  const auto done = typed ? ask(visit, *typed, next) : Done(std::unexpected(typed.error()));
  if (!done) return form(visit, next, sent->fields, &done.error());
  return visit.redirect(Url::local("/account/check-your-mail"));
}

std::optional<store::Proof> proof_of(Visit& visit) {
  return visit.house.database.read(
      [&](storage::ReadTx& tx) { return store::find_proof(tx, proof::sign_up, visit.params["token"], visit.now); });
}

http::Response confirm(Visit& visit) {
  const auto found = proof_of(visit);
  if (!found) return visit.refusal(refuse(Why::not_found, {"people.link-over"}).error());
  const auto& t = visit.t;
  const auto filled_in = boost::json::parse(found->payload).as_object();
  const auto name = fields::text_of(filled_in.if_contains("name")).value_or("");
  // The name and the moment, so that the owner of the address sees whether it was they who asked.
  const Html facts = web::pairs({{t("people.email"), plain(masked(found->email))},
                                 {t("people.name"), plain(name)},
                                 {t("people.asked"), web::ago(t, visit.now, found->made_at)}});
  return words_page(
      visit, t("people.confirm-account"), facts + p(cls("quiet"), t("people.confirm-account-not-you")),
      visit.form(Url::path({"account", "confirm", visit.params["token"]}), {}, t("people.confirm-account-button")));
}

http::Response confirm_sent(Visit& visit) {
  const auto found = proof_of(visit);
  const std::string secret(visit.params["token"]);
  const auto done = perform_as_visitor(visit, "people.sign-up", {{"proof", secret}}, secret);
  if (!done) return visit.refusal(done.error());
  if (done->repeated || !found) {
    visit.flash("people.signed-up-already");
    return visit.redirect(Url::local("/account"));
  }
  const auto person =
      visit.house.database.read([&](storage::ReadTx& tx) { return find_person_by_email(tx, found->email); });
  if (person)
    if (const auto begun = sign_in(visit, person->id); !begun) return visit.refusal(begun.error());
  visit.flash("people.welcome");
  const auto filled_in = boost::json::parse(found->payload).as_object();
  return visit.redirect(next_of(fields::text_of(filled_in.if_contains("next")).value_or("")));
}

}  // namespace

void add_sign_up_pages(House& house) {
  route(house, Method::get, "/account/sign-up", Door::anyone, show);
  route(house, Method::post, "/account/sign-up", Door::anyone, sign_up_sent);
  route(house, Method::get, "/account/check-your-mail", Door::anyone, check_your_mail);
  route(house, Method::get, "/account/confirm/{token}", Door::anyone, confirm);
  route(house, Method::post, "/account/confirm/{token}", Door::anyone, confirm_sent);
}

}  // namespace polder::people
