// Another address for one's account: asked for by who knows the password, confirmed by who reads the mail there, and
// both must be the same person, so that a slip of the pen gives the account to nobody.
#include "people/asked.h"
#include "people/letters.h"
#include "people/pages.h"

namespace polder::people {

using namespace html;  // NOLINT(google-build-using-namespace)

struct ChangeEmailForm {
  static constexpr std::string_view name = "people.change-email";
  fields::Email new_email;
  fields::Password current;
};
BOOST_DESCRIBE_STRUCT(ChangeEmailForm, (), (new_email, current))

namespace {

http::Response form(Visit& visit, const boost::json::object& typed = {}, const Refusal* refused = nullptr) {
  const auto& t = visit.t;
  if (!visit.person->has_password)
    return words_page(visit, t("people.change-email"), p(t("people.change-email-password-first")),
                      web::button(t("people.set-password"), Url::local("/account/password")));
  return form_page(visit,
                   {.title = t("people.change-email"),
                    .trail = account_trail(visit),
                    .words = p(t("people.change-email-words", {{"email", visit.person->email}})),
                    .act = std::string(ChangeEmailForm::name),
                    .description = description_of<ChangeEmailForm>(),
                    .controls =
                        [](const fields::Drawing& draw) {
                          return draw.field("new-email", {.autocomplete = "email"}) +
                                 draw.field("current", {.autocomplete = "current-password"});
                        },
                    .to = Url::local("/account/email"),
                    .button = t("people.send-link")},
                   typed, refused);
}

Done ask(Visit& visit, const Visit::Sent& sent) {
  TRY(const auto typed, fields::read<ChangeEmailForm>(sent.fields));
  if (typed.new_email.value == visit.person->email) return refuse_field("new-email", {"people.same-address"});
  CHECK_DONE(check_current_password(visit, "current", typed.current.value));
  return ask_by_mail(visit, asked::new_email, typed.new_email.value, str(visit.person->id));
}

http::Response asked_for(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  if (const auto done = ask(visit, *sent); !done) return form(visit, sent->fields, &done.error());
  return visit.redirect(Url::local("/account/check-your-mail"));
}

http::Response confirm(Visit& visit) {
  const auto& t = visit.t;
  const auto found = visit.house.database.read(
      [&](storage::ReadTx& tx) { return store::find_proof(tx, proof::new_email, visit.params["token"], visit.now); });
  if (!found || found->person != visit.person->id)
    return visit.refusal(refuse(Why::not_found, {"people.link-over"}).error());
  const Html facts =
      web::pairs({{t("people.email-now"), plain(visit.person->email)}, {t("people.email-new"), plain(found->email)}});
  return words_page(
      visit, t("people.confirm-email"), facts + p(cls("quiet"), t("people.confirm-email-words")),
      visit.form(Url::path({"account", "email", visit.params["token"]}), {}, t("people.confirm-email-button")));
}

http::Response confirmed(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto done = perform_at_server(visit, ChangeEmailForm::name, {{"proof", visit.params["token"]}}, sent->key);
  if (!done) return visit.refusal(done.error());
  visit.flash("people.email-changed");
  return visit.redirect(Url::local("/account"));
}

}  // namespace

void add_email_pages(House& house) {
  route(house, Method::get, "/account/email", Door::signed_in, [](Visit& visit) { return form(visit); });
  route(house, Method::post, "/account/email", Door::signed_in, asked_for);
  route(house, Method::get, "/account/email/{token}", Door::signed_in, confirm);
  route(house, Method::post, "/account/email/{token}", Door::signed_in, confirmed);
}

}  // namespace polder::people
