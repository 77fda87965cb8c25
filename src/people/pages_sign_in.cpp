// Signing in and out. Housekeeping, not acts: nothing of it is in the record.
#include "people/letters.h"
#include "people/limits.h"
#include "people/pages.h"

namespace polder::people {

using namespace html;  // NOLINT(google-build-using-namespace)

struct SignIn {
  static constexpr std::string_view name = "people.sign-in";
  fields::Email email;
  fields::Password password;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (email, password))

namespace {

http::Response form(Visit& visit, const std::string& next, const boost::json::object& typed = {},
                    const Refusal* refused = nullptr) {
  const auto& t = visit.t;
  return form_page(
      visit,
      {.title = t("people.sign-in"),
       .act = std::string(SignIn::name),
       .description = description_of<SignIn>(),
       .controls =
           [&](const fields::Drawing& draw) {
             return draw.field("email", {.autocomplete = "username"}) +
                    draw.field("password", {.autocomplete = "current-password"}) + draw.hidden("next", next);
           },
       .to = Url::local("/account/sign-in"),
       .button = t("people.sign-in"),
       .after = ul(cls("plainlist stack close"), li(a(href(Url::local("/account/reset")), t("people.forgot-password"))),
                   li(a(href(with_next("/account/sign-up", next)), t("people.make-account"))))},
      typed, refused);
}

/// The same work, the same words and the same statements whether the address has an account or not.
Done enter(Visit& visit, const SignIn& typed) {
  House& house = visit.house;
  const std::string& email = typed.email.value;
  struct Known {
    std::optional<Id> person;
    std::string encoded;
  };
  TRY(const Known known, house.database.write([&](storage::WriteTx& tx) -> Result<Known> {
    CHECK_DONE(spend(house, tx, guesses_from_place, visit.request.remote));
    CHECK_DONE(spend(house, tx, guesses_at_address, email));
    const auto person = find_person_by_email(tx, email);
    const Id id = person ? person->id : Id{};
    auto encoded = store::password_of(tx, id);
    return Known{person ? std::optional(id) : std::nullopt, std::move(encoded).value_or("")};
  }));
  TRY(const bool right, house.passwords->verify(known.encoded, typed.password.value));
  if (!right || !known.person) return refuse(Why::invalid, {"people.wrong-sign-in"});
  std::optional<std::string> stronger;
  if (house.passwords->outdated(known.encoded))
    if (auto again = house.passwords->hash(typed.password.value)) stronger = *std::move(again);
  TRY(const std::string cookie, house.database.write([&](storage::WriteTx& tx) -> Result<std::string> {
    // Changed or erased while we looked.
    if (store::password_of(tx, *known.person) != known.encoded) return refuse(Why::invalid, {"people.wrong-sign-in"});
    give_back(tx, guesses_from_place, visit.request.remote);
    give_back(tx, guesses_at_address, email);
    if (stronger) store::set_password(tx, *known.person, *stronger);
    return begin_session(tx, house.random, *known.person, agent_of(visit.request), visit.now);
  }));
  give_session(visit, cookie);
  return {};
}

http::Response show(Visit& visit) {
  if (visit.session) return visit.redirect(next_of(visit.query("next")));
  return form(visit, visit.query("next"));
}

http::Response sign_in_sent(Visit& visit) {
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const std::string next = fields::text_of(sent->fields.if_contains("next")).value_or("");
  sent->fields.erase("next");
  const auto typed = fields::read<SignIn>(sent->fields);
  const auto done = typed ? enter(visit, *typed) : Done(std::unexpected(typed.error()));
  if (!done) return form(visit, next, sent->fields, &done.error());
  return visit.redirect(next_of(next));
}

http::Response sign_out(Visit& visit) {
  const auto& t = visit.t;
  return words_page(visit, t("people.sign-out"), p(t("people.sign-out-words")),
                    visit.form(Url::local("/account/sign-out"), {}, t("people.sign-out")));
}

http::Response sign_out_sent(Visit& visit) {
  (void)visit.house.database.write([&](storage::WriteTx& tx) -> Done {
    store::end_session(tx, visit.session->person, visit.session->id);
    return {};
  });
  take_session(visit);
  visit.flash("people.signed-out");
  return visit.redirect(Url::local("/"));
}

}  // namespace

void add_sign_in_pages(House& house) {
  route(house, Method::get, "/account/sign-in", Door::anyone, show);
  route(house, Method::post, "/account/sign-in", Door::anyone, sign_in_sent);
  route(house, Method::get, "/account/sign-out", Door::signed_in, sign_out);
  route(house, Method::post, "/account/sign-out", Door::signed_in, sign_out_sent);
}

}  // namespace polder::people
