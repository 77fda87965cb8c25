// One's password: changed by who knows it, set anew by who reads the mail of the address.
#include "people/asked.h"
#include "people/pages.h"

namespace polder::people {

using namespace html;  // NOLINT(google-build-using-namespace)

struct ChangePasswordForm {
  static constexpr std::string_view name = "people.change-password";
  fields::Password current;
  fields::Password password;
};
BOOST_DESCRIBE_STRUCT(ChangePasswordForm, (), (current, password))

struct ResetForm {
  static constexpr std::string_view name = "people.reset-password";
  fields::Email email;
};
BOOST_DESCRIBE_STRUCT(ResetForm, (), (email))

struct NewPasswordForm {
  static constexpr std::string_view name = "people.reset-password";
  fields::Password password;
};
BOOST_DESCRIBE_STRUCT(NewPasswordForm, (), (password))

namespace {

http::Response change_form(Visit& visit, const Refusal* refused = nullptr) {
  const auto& t = visit.t;
  if (!visit.person->has_password)
    return words_page(visit, t("people.set-password"), p(t("people.set-password-words")),
                      visit.form(Url::local("/account/password/mail"), {}, t("people.send-link")));
  return form_page(visit,
                   {.title = t("people.change-password"),
                    .trail = account_trail(visit),
                    .words = p(t("people.change-password-words")),
                    .act = std::string(ChangePasswordForm::name),
                    .description = description_of<ChangePasswordForm>(),
                    .controls =
                        [](const fields::Drawing& draw) {
                          return draw.field("current", {.autocomplete = "current-password"}) +
                                 draw.field("password", {.autocomplete = "new-password"});
                        },
                    .to = Url::local("/account/password"),
                    .button = t("people.change-password")},
                   {}, refused);
}

Done change(Visit& visit, const Visit::Sent& sent) {
  TRY(const auto typed, fields::read<ChangePasswordForm>(sent.fields));
  CHECK_DONE(check_password("password", typed.password.value, visit.person->email));
  TRY(const std::string proof, prove_by_password(visit, "current", typed.current.value));
  TRY(const auto done, perform_at_server(visit, ChangePasswordForm::name,
                                         {{"proof", proof}, {"password", typed.password.value}}, sent.key));
  // All sessions have ended, this one too: whoever had copied its cookie is out.
  return sign_in(visit, visit.person->id);
}

http::Response change_sent(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  if (const auto done = change(visit, *sent); !done) return change_form(visit, &done.error());
  visit.flash("people.password-changed");
  return visit.redirect(Url::local("/account"));
}

http::Response mail_sent(Visit& visit) {
  if (const auto done = ask_by_mail(visit, asked::reset, visit.person->email); !done)
    return visit.refusal(done.error());
  return visit.redirect(Url::local("/account/check-your-mail"));
}

http::Response reset_form(Visit& visit, const boost::json::object& typed = {}, const Refusal* refused = nullptr) {
  const auto& t = visit.t;
  return form_page(
      visit,
      {.title = t("people.forgot-password"),
       .words = p(t("people.forgot-password-words")),
       .act = std::string(ResetForm::name),
       .description = description_of<ResetForm>(),
       .controls = [](const fields::Drawing& draw) { return draw.field("email", {.autocomplete = "email"}); },
       .to = Url::local("/account/reset"),
       .button = t("people.send-link")},
      typed, refused);
}

http::Response reset_sent(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto typed = fields::read<ResetForm>(sent->fields);
  const auto done = typed ? ask_by_mail(visit, asked::reset, typed->email.value) : Done(std::unexpected(typed.error()));
  if (!done) return reset_form(visit, sent->fields, &done.error());
  return visit.redirect(Url::local("/account/check-your-mail"));
}

std::optional<store::Proof> proof_of(Visit& visit) {
  return visit.house.database.read(
      [&](storage::ReadTx& tx) { return store::find_proof(tx, proof::reset, visit.params["token"], visit.now); });
}

http::Response new_form(Visit& visit, const Refusal* refused = nullptr) {
  const auto& t = visit.t;
  return form_page(
      visit,
      {.title = t("people.new-password"),
       .words = p(t("people.new-password-words")),
       .act = std::string(NewPasswordForm::name),
       .description = description_of<NewPasswordForm>(),
       .controls = [](const fields::Drawing& draw) { return draw.field("password", {.autocomplete = "new-password"}); },
       .to = Url::path({"account", "reset", visit.params["token"]}),
       .button = t("people.new-password-button")},
      {}, refused);
}

http::Response new_shown(Visit& visit) {
  if (!proof_of(visit)) return visit.refusal(refuse(Why::not_found, {"people.link-over"}).error());
  return new_form(visit);
}

http::Response new_sent(Visit& visit) {
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto found = proof_of(visit);
  if (!found) return visit.refusal(refuse(Why::not_found, {"people.link-over"}).error());
  sent->fields["proof"] = visit.params["token"];
  const auto done = perform_as_visitor(visit, NewPasswordForm::name, sent->fields, sent->key);
  if (!done) return done.error().why == Why::not_found ? visit.refusal(done.error()) : new_form(visit, &done.error());
  if (const auto begun = sign_in(visit, found->person.value()); !begun) return visit.refusal(begun.error());
  visit.flash("people.password-changed");
  return visit.redirect(Url::local("/account"));
}

}  // namespace

void add_password_pages(House& house) {
  route(house, Method::get, "/account/password", Door::signed_in, [](Visit& visit) { return change_form(visit); });
  route(house, Method::post, "/account/password", Door::signed_in, change_sent);
  route(house, Method::post, "/account/password/mail", Door::signed_in, mail_sent);
  route(house, Method::get, "/account/reset", Door::anyone, [](Visit& visit) { return reset_form(visit); });
  route(house, Method::post, "/account/reset", Door::anyone, reset_sent);
  route(house, Method::get, "/account/reset/{token}", Door::anyone, new_shown);
  route(house, Method::post, "/account/reset/{token}", Door::anyone, new_sent);
}

}  // namespace polder::people
