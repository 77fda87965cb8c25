#include "app/setup.h"

#include "app/pages/pages.h"
#include "kernel/web/guard.h"
#include "people/pages.h"
#include "people/passwords.h"
#include "people/store.h"

namespace polder::app {

struct Setup {
  fields::Line<120> name;
  fields::Email email;
  fields::Password password;
};
BOOST_DESCRIBE_STRUCT(Setup, (), (name, email, password))

namespace {

using namespace html;  // NOLINT(google-build-using-namespace)

constexpr std::string_view purpose = "setup";
constexpr std::string_view administrator = "administrator";
constexpr std::string_view appointing = "platforms.appoint";

bool has_administrator(storage::ReadTx& tx) {
  return !governance::addresses_with_role(tx, record::server_platform, administrator).empty();
}

/// Good for as long as nobody has come in by it, and there is nobody who could let others in.
bool is_open(storage::ReadTx& tx, std::string_view token, Time now) {
  return people::store::find_proof(tx, purpose, token, now) && !has_administrator(tx);
}

Html fields_of(const Visit& visit, const fields::Drawing& draw) {
  const auto& t = visit.t;
  return draw.field("name", {.label = t("app.setup.name"), .hint = {}, .autocomplete = "name"}) +
         draw.field("email",
                    {.label = t("app.setup.email"), .hint = t("app.setup.email-hint"), .autocomplete = "email"}) +
         draw.field(
             "password",
             {.label = t("app.setup.password"), .hint = t("app.setup.password-hint"), .autocomplete = "new-password"});
}

http::Response show(Visit& visit, const boost::json::object& typed = {}, const Refusal* wrong = nullptr) {
  const auto& t = visit.t;
  const auto description = fields::describe<Setup>();
  const std::vector<FieldError> none;
  const fields::Drawing draw(t, "app.setup", description, typed,
                             wrong != nullptr ? std::span<const FieldError>(wrong->fields) : none);
  const std::string heading = t("app.setup.title");
  Html notice;
  if (wrong != nullptr && wrong->fields.empty()) notice = web::notice(web::Tone::bad, p(t(wrong->message)), true);
  return visit.page(
      {.title = heading,
       .main = web::lead({}, heading, p(t("app.setup.words")), {}) + div(cls("stack"), notice, draw.summary()) +
               visit.form(Url::path({"setup", visit.params["token"]}), fields_of(visit, draw), t("app.setup.button")),
       .status = wrong != nullptr ? 422 : 200,
       .error = wrong != nullptr});
}

Result<std::string> move_in(Visit& visit, const boost::json::object& typed) {
  auto& house = visit.house;
  TRY(const Setup wanted, fields::read<Setup>(typed));
  CHECK_DONE(people::check_password("password", wanted.password.value, wanted.email.value));
  TRY(const std::string encoded, house.passwords->hash(wanted.password.value));
  return house.database.write([&](storage::WriteTx& tx) -> Result<std::string> {
    if (!is_open(tx, visit.params["token"], visit.now)) return refuse(Why::not_found, {"app.setup.over"});
    people::store::spend_proof(tx, visit.params["token"]);
    TRY(const Id person,
        make_administrator(house, tx, wanted.name.value, wanted.email.value, encoded, visit.t.language()));
    return people::begin_session(tx, house.random, person, people::agent_of(visit.request), visit.now);
  });
}

http::Response receive(Visit& visit) {
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto cookie = move_in(visit, sent->fields);
  if (!cookie)
    return cookie.error().why == Why::not_found ? visit.refusal(cookie.error())
                                                : show(visit, sent->fields, &cookie.error());
  visit.set_cookie(web::set_cookie(people::session_cookie, *cookie, people::session_days * day_ms / second_ms,
                                   visit.request.secure));
  visit.flash("app.setup.done");
  return visit.redirect(Url::local("/server"));
}

http::Response open(Visit& visit) {
  const bool good =
      visit.house.database.read([&](storage::ReadTx& tx) { return is_open(tx, visit.params["token"], visit.now); });
  if (!good) return visit.refusal({.why = Why::not_found, .message = {"app.setup.over"}});
  return show(visit);
}

}  // namespace

std::optional<std::string> begin_setup(people::House& house) {
  const Time now = house.clock.now();
  auto secret = house.database.write([&](storage::WriteTx& tx) -> Result<std::string> {
    if (has_administrator(tx)) return std::string();
    people::store::drop_proofs(tx, purpose, "");
    return people::store::add_proof(tx, house.random,
                                    {.purpose = std::string(purpose),
                                     .person = {},
                                     .email = {},
                                     .payload = {},
                                     .made_at = now,
                                     .ends = now + day_ms});
  });
  if (!secret || secret->empty()) return std::nullopt;
  return "setup/" + *secret;
}

Result<Id> make_administrator(people::House& house, storage::WriteTx& tx, std::string_view name, std::string_view email,
                              std::string_view encoded_password, i18n::Language language) {
  const Id person = people::person_for_address(tx, house.ids, house.clock.now(), email, name, language);
  people::store::set_password(tx, person, encoded_password);
  TRY(const auto ready,
      house.acts.find(appointing)->read({{"email", std::string(email)}, {"role", std::string(administrator)}}));
  TRY(const auto recorded,
      house.acts.perform_in(tx, record::server_platform, record::Actor::console(), std::string(appointing), ready, {}));
  (void)recorded;
  return person;
}

void add_setup(people::House& house) {
  house.routes.add({http::Method::get, "/setup/{token}", web::Door::anyone, web::Keep::nothing, 0, open});
  house.routes.add(
      {http::Method::post, "/setup/{token}", web::Door::anyone, web::Keep::nothing, web::form_limit, receive});
}

}  // namespace polder::app
