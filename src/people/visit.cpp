#include "people/visit.h"

#include <spdlog/spdlog.h>

#include <map>

#include "kernel/base/encode.h"
#include "kernel/web/finish.h"
#include "kernel/web/form.h"
#include "kernel/web/guard.h"
#include "people/demo_people.h"
#include "people/store.h"

namespace polder::people {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)

constexpr std::string_view flash_cookie = "said";

/// What this one is here: inside a platform what its charter calls their roles, elsewhere what the demonstration does.
std::string demo_words(const Visit& visit, std::string_view who) {
  std::string out;
  if (visit.may_enter())
    for (const auto& id : visit.house.database.read([&](storage::ReadTx& tx) {
           return governance::roles_of_address(tx, visit.platform->id, demo_address(who));
         }))
      if (const auto* role = visit.platform->charter.role(id))
        (out += out.empty() ? "" : ", ") += role->name.in(code(visit.t.language())).text;
  // messages: people.demo-*
  return out.empty() ? visit.t(std::string("people.demo-") + std::string(who)) : out;
}

std::string_view word_of(Why why) {
  switch (why) {
    case Why::invalid:
      return "invalid";
    case Why::unauthorized:
      return "unauthorized";
    case Why::forbidden:
      return "forbidden";
    case Why::not_found:
      return "not-found";
    case Why::conflict:
      return "conflict";
    case Why::too_large:
      return "too-large";
    case Why::rate_limited:
      return "rate-limited";
    case Why::unavailable:
      return "unavailable";
  }
  return "invalid";
}

/// The title of a refusal's page. Written out, so that the check of the catalogues sees each key.
Message title_of(Why why) {
  switch (why) {
    case Why::invalid:
      return {"people.refused-invalid"};
    case Why::unauthorized:
      return {"people.refused-unauthorized"};
    case Why::forbidden:
      return {"people.refused-forbidden"};
    case Why::not_found:
      return {"people.refused-not-found"};
    case Why::conflict:
      return {"people.refused-conflict"};
    case Why::too_large:
      return {"people.refused-too-large"};
    case Why::rate_limited:
      return {"people.refused-rate-limited"};
    case Why::unavailable:
      return {"people.refused-unavailable"};
  }
  return {"people.refused-invalid"};
}

std::string_view bearer(const http::Request& request) {
  const auto header = request.header("authorization");
  return header.starts_with("Bearer ") ? header.substr(7) : std::string_view{};
}

}  // namespace

int http_status(Why why) {
  switch (why) {
    case Why::invalid:
      return 422;
    case Why::unauthorized:
      return 401;
    case Why::forbidden:
      return 403;
    case Why::not_found:
      return 404;
    case Why::conflict:
      return 409;
    case Why::too_large:
      return 413;
    case Why::rate_limited:
      return 429;
    case Why::unavailable:
      return 503;
  }
  return 500;
}

std::string agent_of(const http::Request& request) {
  const auto agent = request.header("user-agent");
  using Names = std::initializer_list<std::pair<std::string_view, std::string_view>>;
  const auto first = [&](const Names& names) -> std::string_view {
    for (const auto& [mark, name] : names)
      if (agent.find(mark) != agent.npos) return name;
    return {};
  };
  // In this order: each later one's mark also stands in those before it.
  const auto browser = first({{"Edg", "Edge"},
                              {"OPR/", "Opera"},
                              {"Firefox/", "Firefox"},
                              {"Chrome/", "Chrome"},
                              {"Safari/", "Safari"},
                              {"curl/", "curl"}});
  const auto system = first({{"Android", "Android"},
                             {"iPhone", "iPhone"},
                             {"iPad", "iPad"},
                             {"Windows", "Windows"},
                             {"Mac OS X", "macOS"},
                             {"Linux", "Linux"}});
  std::string out(browser);
  if (!browser.empty() && !system.empty()) out += ", ";
  return out += system;
}

Visit::Visit(House& the_house, const http::Request& the_request, web::Params the_params)
    : house(the_house),
      request(the_request),
      params(std::move(the_params)),
      now(the_house.clock.now()),
      t(the_house.catalogues, i18n::Language::en, i18n::Zone::utc()) {
  const auto platforms = house.platforms.list();
  if (const auto slug = params["platform"]; !slug.empty()) platform = platforms->by_slug(slug);

  const auto key = web::cookie(request.header("cookie"), session_cookie);
  const auto token = bearer(request);
  bool token_is_new_today = false;
  keepable_ = key.empty() && token.empty() && web::cookie(request.header("cookie"), flash_cookie).empty();
  if (!key.empty() || !token.empty()) {
    house.database.read([&](storage::ReadTx& tx) {
      if (!token.empty()) {
        if (auto holder = find_token(tx, token, now)) {
          person = std::move(holder->person);
          scopes = std::move(holder->scopes);
          token_is_new_today = !holder->last_used || *holder->last_used < start_of(date_of(now));
        }
      } else if (auto found = find_session(tx, key, now)) {
        person = std::move(found->first);
        session = std::move(found->second);
      }
      if (!person) return;
      actor.kind = record::Actor::Kind::person;
      actor.person = person->id;
      const Id here = platform ? platform->id : record::server_platform;
      actor.roles = governance::roles_of_address(tx, here, person->email);
      person->server_roles =
          platform ? governance::roles_of_address(tx, record::server_platform, person->email) : actor.roles;
    });
    if (token_is_new_today) note([&](storage::WriteTx& tx) { store::touch_token(tx, token, now); });
    if (session && now - session->last_seen >= hour_ms)
      note([&](storage::WriteTx& tx) { store::touch_session(tx, session->id, now); });
  }
  t = choose_voice();
}

void Visit::note(const std::function<void(storage::WriteTx&)>& what) {
  // Nobody is refused a page because it could not be noted that they came.
  try {
    (void)house.database.write([&](storage::WriteTx& tx) -> Done {
      what(tx);
      return {};
    });
  } catch (const storage::Unavailable& fault) {
    spdlog::warn("people: a sign of life was not noted: {}", fault.what());
  }
}

i18n::Voice Visit::choose_voice() const {
  std::vector<i18n::Language> allowed(i18n::all_languages.begin(), i18n::all_languages.end());
  if (platform) allowed = platform->languages;
  const auto zone = platform ? platform->zone : i18n::Zone::utc();
  const auto speaks = [&](std::optional<i18n::Language> l) {
    return l && std::ranges::find(allowed, *l) != allowed.end();
  };
  if (const auto chosen = i18n::parse_language(web::cookie(request.header("cookie"), language_cookie)); speaks(chosen))
    return house.voice(*chosen, zone);
  if (person && speaks(person->language)) return house.voice(person->language, zone);
  return house.voice(i18n::negotiate(request.header("accept-language"), allowed), zone);
}

bool Visit::is_administrator() const {
  return person && std::ranges::find(person->server_roles, "administrator") != person->server_roles.end();
}

bool Visit::has_role(std::string_view role) const { return std::ranges::find(actor.roles, role) != actor.roles.end(); }

governance::Decision Visit::may(std::string_view act, std::string_view phase) const {
  const auto here = platform ? platform : house.platforms.list()->server;
  return house.platforms.decide(*here, actor, act, phase);
}

bool Visit::may_enter() const { return platform && governance::may_enter(platform->charter, actor.roles); }

std::vector<std::shared_ptr<const governance::Platform>> Visit::platforms() const {
  auto all = house.platforms.list()->all;
  if (is_administrator()) return all;
  std::map<Id, std::vector<std::string>> given;
  if (person)
    for (auto& [id, role] :
         house.database.read([&](storage::ReadTx& tx) { return governance::roles_everywhere(tx, person->email); }))
      given[id].push_back(std::move(role));
  std::erase_if(all, [&](const auto& one) { return !governance::may_enter(one->charter, given[one->id]); });
  return all;
}

std::vector<web::Link> Visit::links(const std::vector<Destination>& destinations, std::string_view current) const {
  std::vector<web::Link> out;
  for (const auto& d : destinations) {
    if (!platform || (!d.process.empty() && !platform->charter.runs(d.process))) continue;
    const bool theirs =
        d.acts.empty() || std::ranges::any_of(d.acts, [&](const auto& act) { return may(act).allowed; });
    if (theirs) out.push_back({t(d.words), at(d.path), current == d.path});
  }
  return out;
}

Url Visit::at(std::string_view path) const {
  std::string out;
  if (platform && (platform->charter.host.empty() || request.host != platform->charter.host))
    out = '/' + platform->slug;
  out += '/';
  out += path;
  return Url::local(out);
}

Url Visit::here() const {
  std::string path = request.path;
  if (request.method != http::Method::post) return Url::local(path);
  const std::string root = platform && at().text() == "/" ? '/' + platform->slug : "";
  while (path.size() > 1 && house.routes.find(http::Method::get, root + path).route == nullptr)
    path.resize(std::max<std::size_t>(path.rfind('/'), 1));
  return Url::local(path);
}

std::string Visit::query(std::string_view name) const { return web::query_value(request.query, name); }

web::Shell Visit::shell(const Page& page) const {
  web::Shell shell;
  shell.title = page.title;
  shell.brand = "Polder";
  shell.languages = {i18n::all_languages.begin(), i18n::all_languages.end()};
  shell.error = page.error;
  shell.here = here();
  if (platform) {
    const auto language = t.language();
    shell.brand = platform->name(language);
    shell.home = at();
    shell.languages = platform->languages;
  }
  if (platform && may_enter()) {
    shell.navigation = links(house.destinations, page.current);
    shell.navigation.push_back({t("people.how-we-work"), at("how-we-work"), page.current == "how-we-work"});
    shell.footer = {{t("people.how-we-work"), at("how-we-work")},
                    {t("people.record-and-proofs"), at("record")},
                    {t("people.terms"), at("terms")},
                    {t("people.accessibility"), at("accessibility")}};
    for (auto& link : links(house.footer)) shell.footer.push_back(std::move(link));
    const auto& theme = platform->charter.theme;
    if (!theme.light.empty() || !theme.dark.empty()) shell.house_style = at("theme.css");
  }
  if (person) {
    shell.person = person->name.empty() ? t("people.my-account") : person->name;
    shell.account = {{t("people.my-account"), Url::local("/account")}};
    if (platform &&
        (may("platforms.appoint").allowed || may("platforms.accept-application").allowed || is_administrator()))
      shell.account.push_back({t("people.manage-platform"), at("manage")});
    if (is_administrator()) shell.account.push_back({t("people.manage-server"), Url::local("/server")});
    shell.account.push_back({t("people.sign-out"), Url::local("/account/sign-out")});
  } else {
    shell.account = {{t("people.sign-in"), Url::local("/account/sign-in").with("next", shell.here.text())}};
  }
  if (house.settings.demo) {
    Html roles;
    const auto role_button = [&](std::string_view role, const std::string& words, bool pressed) {
      roles += button(attr("type", "submit"), attr("name", "role"), attr("value", role),
                      attr("aria-pressed", pressed ? "true" : "false"), words);
    };
    role_button("visitor", t("people.demo-visitor"), !person);
    for (const auto who : demo_people)
      role_button(who, demo_words(*this, who), person && person->email == demo_address(who));
    shell.demo = aside(
        cls("demo"), attr("aria-label", t("people.demo")),
        div(cls("wrap"), b(t("people.demo-see-as")),
            html::form(attr("method", "post"), action(Url::local("/demo/role")),
                       input(attr("type", "hidden"), attr("name", "next"), attr("value", shell.here.text())), roles),
            span(t("people.demo-only"))));
  }
  return shell;
}

http::Response Visit::with_cookies(http::Response response) const {
  for (const auto& c : cookies_) response.headers.emplace_back("set-cookie", c);
  if (!flash_.empty())
    response.headers.emplace_back("set-cookie", web::set_cookie(flash_cookie, flash_, 60, request.secure));
  return response;
}

http::Response Visit::page(const Page& page) {
  Html main = page.main;
  if (const auto said = web::cookie(request.header("cookie"), flash_cookie); !said.empty() && flash_.empty()) {
    // Only a sentence of the catalogue can be said: the cookie is the browser's word.
    if (t.knows(said)) main = web::notice(web::Tone::good, p(t(said)), true) + main;
    cookies_.push_back(web::set_cookie(flash_cookie, "", 0, request.secure));
  }
  http::Response response{.status = page.status, .headers = web::page_headers(), .body = {}, .stream = {}};
  response.headers.emplace_back("cache-control", "no-store");
  response.headers.emplace_back("vary", "cookie, accept-language");
  response.body = std::make_shared<const std::string>(web::page(t, shell(page), main));
  return with_cookies(std::move(response));
}

http::Response Visit::redirect(const Url& to) const {
  http::Response response{
      .status = 303, .headers = {{"location", to.text()}, {"cache-control", "no-store"}}, .body = {}, .stream = {}};
  return with_cookies(std::move(response));
}

http::Response Visit::refusal(const Refusal& refusal) {
  if (!refusal.cause.empty()) spdlog::info("refused why={} cause={}", word_of(refusal.why), refusal.cause);
  const std::string title = t(title_of(refusal.why));
  const Url sign_in = Url::local("/account/sign-in").with("next", request.path);
  Html next;
  if (refusal.why == Why::unauthorized && !person)
    next = web::button(t("people.sign-in"), sign_in);
  else
    next = web::plain_button(t("people.to-the-start"), platform ? at() : Url::local("/"));
  // What is not there for a visitor may be there for somebody; the offer says nothing of whether it is.
  if (refusal.why == Why::not_found && !person) next += a(href(sign_in), t("people.sign-in"));
  const Html words = refusal.message.key.empty() ? Html{} : p(t(refusal.message));
  auto response = page({.title = title,
                        .main = div(cls("fault stack"), h1(title), words, p(cls("actions"), next)),
                        .status = http_status(refusal.why)});
  if (refusal.retry_after_s > 0) response.headers.emplace_back("retry-after", std::to_string(refusal.retry_after_s));
  return response;
}

http::Response Visit::json(int status, const boost::json::value& value) const {
  return with_cookies({.status = status,
                       .headers = {{"content-type", "application/json"},
                                   {"cache-control", "no-store"},
                                   {"x-content-type-options", "nosniff"}},
                       .body = std::make_shared<const std::string>(boost::json::serialize(value)),
                       .stream = {}});
}

http::Response Visit::json_refusal(const Refusal& refusal) const {
  boost::json::object error{{"code", refusal.message.key}, {"message", t(refusal.message)}};
  if (!refusal.fields.empty()) {
    boost::json::array fields;
    for (const auto& f : refusal.fields)
      fields.push_back(boost::json::object{{"field", f.field}, {"code", f.message.key}, {"message", t(f.message)}});
    error.emplace("fields", std::move(fields));
  }
  auto response = json(http_status(refusal.why), boost::json::object{{"error", std::move(error)}});
  if (refusal.retry_after_s > 0) response.headers.emplace_back("retry-after", std::to_string(refusal.retry_after_s));
  return response;
}

http::Response Visit::file(std::string bytes, std::string type, std::string name) const {
  std::string safe;
  for (const char c : name)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_')
      safe += c;
  return with_cookies({.status = 200,
                       .headers = {{"content-type", std::move(type)},
                                   {"content-disposition", "attachment; filename=\"" + safe + '"'},
                                   {"cache-control", "no-store"},
                                   {"content-security-policy", "sandbox; default-src 'none'"},
                                   {"x-content-type-options", "nosniff"}},
                       .body = std::make_shared<const std::string>(std::move(bytes)),
                       .stream = {}});
}

Result<Visit::Sent> Visit::sent() const {
  boost::json::object fields;
  if (received) {
    fields = received->fields;
  } else {
    TRY(fields, web::read_body(request.header("content-type"), request.body));
  }
  Sent out{.fields = std::move(fields), .key = {}, .step = {}};
  const auto take = [&](std::string_view name) {
    std::string value;
    if (const auto* v = out.fields.if_contains(name)) value = fields::text_of(v).value_or("");
    out.fields.erase(name);
    return value;
  };
  out.key = take("key");
  out.step = take("step");
  return out;
}

Result<record::Recorded> Visit::perform(std::string_view act, const boost::json::object& fields,
                                        const std::string& key) {
  // A token stands for its owner on platforms, within its scopes; never at the account it comes from.
  const bool by_token = !scopes.empty();
  if (by_token && (std::ranges::find(scopes, "act") == scopes.end() || act.starts_with("people.")))
    return refuse(Why::forbidden, {"people.token-may-not"});
  return house.acts.perform({.platform = platform ? platform->id : record::server_platform,
                             .actor = actor,
                             .name = std::string(act),
                             .fields = fields,
                             .idempotency_key = key});
}

std::string Visit::fresh_key() const { return base64url(house.random.bytes(18)); }

Html Visit::form(const Url& to, const Html& fields, std::string_view button_words, bool upload,
                 std::string_view button_class) {
  return html::form(cls("form"), attr("method", "post"), action(to), attr("novalidate"),
                    upload ? attr("enctype", "multipart/form-data") : Attr{},
                    input(attr("type", "hidden"), attr("name", "key"), attr("value", fresh_key())), fields,
                    div(cls("actions"), button(cls(button_class), attr("type", "submit"),
                                               attr("data-busy", t("people.sending")), button_words)));
}

}  // namespace polder::people
