#include "people/pages.h"

#include "people/limits.h"

namespace polder::people {

using namespace html;  // NOLINT(google-build-using-namespace)

void route(House& house, Method method, std::string pattern, Door door, std::function<http::Response(Visit&)> handle) {
  auto guarded = [door, handle = std::move(handle)](Visit& visit) {
    if (door == Door::signed_in && !visit.session)
      return visit.refusal(refuse(Why::forbidden, {"people.token-may-not"}).error());
    return handle(visit);
  };
  house.routes.add({method, std::move(pattern), door, Keep::nothing, web::form_limit, std::move(guarded)});
}

void give_session(Visit& visit, std::string_view cookie) {
  visit.set_cookie(web::set_cookie(session_cookie, cookie, session_days * day_ms / second_ms, visit.request.secure));
}

void take_session(Visit& visit) { visit.set_cookie(web::set_cookie(session_cookie, "", 0, visit.request.secure)); }

Done sign_in(Visit& visit, Id person) {
  House& house = visit.house;
  TRY(const std::string cookie, house.database.write([&](storage::WriteTx& tx) -> Result<std::string> {
    return begin_session(tx, house.random, person, agent_of(visit.request), visit.now);
  }));
  give_session(visit, cookie);
  return {};
}

namespace {

Result<record::Recorded> perform_by(Visit& visit, record::Actor actor, std::string_view act,
                                    const boost::json::object& fields, const std::string& key) {
  return visit.house.acts.perform({.platform = record::server_platform,
                                   .actor = std::move(actor),
                                   .name = std::string(act),
                                   .fields = fields,
                                   .idempotency_key = key});
}

}  // namespace

Result<record::Recorded> perform_at_server(Visit& visit, std::string_view act, const boost::json::object& fields,
                                           const std::string& key) {
  record::Actor actor = visit.actor;
  actor.roles = visit.person->server_roles;
  return perform_by(visit, std::move(actor), act, fields, key);
}

Result<record::Recorded> perform_as_visitor(Visit& visit, std::string_view act, const boost::json::object& fields,
                                            const std::string& key) {
  return perform_by(visit, record::Actor::visitor(), act, fields, key);
}

std::vector<std::pair<std::string, std::string>> languages() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto language : i18n::all_languages) out.emplace_back(i18n::code(language), i18n::native_name(language));
  return out;
}

Done check_current_password(Visit& visit, std::string_view field, std::string_view password) {
  House& house = visit.house;
  const Person& person = *visit.person;
  TRY(const std::string encoded, house.database.write([&](storage::WriteTx& tx) -> Result<std::string> {
    CHECK_DONE(spend(house, tx, guesses_at_address, person.email));
    return store::password_of(tx, person.id).value_or("");
  }));
  TRY(const bool right, house.passwords->verify(encoded, password));
  if (!right) return refuse_field(std::string(field), {"people.wrong-current"});
  return house.database.write([&](storage::WriteTx& tx) -> Done {
    give_back(tx, guesses_at_address, person.email);
    return {};
  });
}

Result<std::string> prove_by_password(Visit& visit, std::string_view field, std::string_view password) {
  CHECK_DONE(check_current_password(visit, field, password));
  House& house = visit.house;
  const Person& person = *visit.person;
  return house.database.write([&](storage::WriteTx& tx) -> Result<std::string> {
    return store::add_proof(tx, house.random,
                            {.purpose = std::string(proof::owner),
                             .person = person.id,
                             .email = person.email,
                             .payload = {},
                             .made_at = visit.now,
                             .ends = visit.now + typed_ms});
  });
}

Url next_of(std::string_view next) { return Url::local(next.empty() ? "/account" : next); }

Url with_next(std::string_view path, std::string_view next) {
  return next.empty() ? Url::local(path) : Url::local(path).with("next", next);
}

std::vector<web::Link> account_trail(const Visit& visit) {
  return {{visit.t("people.my-account"), Url::local("/account")}};
}

http::Response words_page(Visit& visit, const std::string& title, const Html& words, const Html& next) {
  return visit.page({.title = title, .main = div(cls("stack loose"), web::lead({}, title, words, {}), next)});
}

http::Response check_your_mail(Visit& visit) {
  return words_page(visit, visit.t("people.check-mail"),
                    p(visit.t("people.check-mail-words")) + p(cls("quiet"), visit.t("people.check-mail-none")));
}

}  // namespace polder::people
