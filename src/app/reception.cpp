#include "app/reception.h"

#include <charconv>
#include <optional>
#include <typeinfo>

#include "app/error_page.h"
#include "app/pages/pages.h"
#include "app/rooms.h"
#include "kernel/base/encode.h"
#include "kernel/metrics/log.h"
#include "kernel/web/assets.h"
#include "kernel/web/finish.h"
#include "kernel/web/form.h"
#include "kernel/web/guard.h"

namespace polder::app {
namespace {

using html::Url;
using people::Visit;

constexpr std::size_t largest_without_route = 16u << 10;
constexpr int upload_admitted = 100;  // never sent: an upload's body may come
constexpr std::int64_t language_kept_s = 365 * 24 * 3600;

/// Of a Content-Length, which has passed the policy; 0 where there is none.
std::uint64_t number_in(std::string_view digits) {
  std::uint64_t n = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return n;
}

std::string_view without_scheme(std::string_view url) {
  const auto at = url.find("://");
  return at == url.npos ? url : url.substr(at + 3);
}

/// localhost and loopback addresses, whatever the port: nobody else's pages can be found under these names.
bool is_loopback_name(std::string_view host) {
  for (const std::string_view name : {"localhost", "127.0.0.1", "[::1]"})
    if (host.starts_with(name) && (host.size() == name.size() || host[name.size()] == ':')) return true;
  return false;
}

constexpr std::string_view read_scope = "read";

/// A token reads in its person's name only when it was made for that too; without one, everybody reads what is for all.
bool may_read(const Visit& visit) {
  const bool by_token = visit.person && !visit.session;
  return !by_token || std::ranges::find(visit.scopes, read_scope) != visit.scopes.end();
}

bool is_closed(const governance::Platform& platform) {
  return platform.charter.openness == governance::Openness::closed;
}

/// A closed platform is there for those whom it lets in and for who runs the server. With a door its front page is
/// there for all; that page shows no more than the door.
bool is_there(const Visit& visit, const web::Route<Visit>* route) {
  return visit.may_enter() || visit.is_administrator() ||
         (visit.platform->charter.door && route != nullptr && route->pattern == front_pattern);
}

bool is_api(std::string_view path) { return path.starts_with("/api/"); }

http::Response refused(Visit& visit, const Refusal& refusal) {
  return is_api(visit.request.path) ? visit.json_refusal(refusal) : visit.refusal(refusal);
}

/// "/a/b?x=1&lang=nl" without the lang. The other parts stay as they were written.
std::string without_language(const http::Request& request) {
  std::string out = percent(request.path), query;
  for (std::size_t at = 0; (at = out.find("%2F", at)) != out.npos;) out.replace(at, 3, "/");
  std::string_view rest = request.query;
  while (!rest.empty()) {
    const auto end = rest.find('&');
    const auto part = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    if (part.empty() || part.starts_with("lang=")) continue;
    query += (query.empty() ? '?' : '&');
    query += part;
  }
  return out + query;
}

std::string address_of(std::string_view host, std::string_view target) {
  std::string out(host);
  out += target;
  return out;
}

std::string target_of(const http::Request& request) {
  return request.query.empty() ? request.path : request.path + '?' + request.query;
}

}  // namespace

i18n::Language visitors_language(std::string_view cookies, std::string_view accept_language,
                                 const governance::Platform* platform) {
  const std::span<const i18n::Language> allowed = platform ? std::span<const i18n::Language>(platform->languages)
                                                           : std::span<const i18n::Language>(i18n::all_languages);
  const auto chosen = i18n::parse_language(web::cookie(cookies, people::language_cookie));
  if (chosen && std::ranges::find(allowed, *chosen) != allowed.end()) return *chosen;
  return i18n::negotiate(accept_language, allowed);
}

Reception::Reception(people::House& house, Figures& figures, Options options)
    : house_(house), figures_(figures), options_(options), own_host_(without_scheme(house.settings.base_url)) {}

bool Reception::answers_to(std::string_view host) const {
  return options_.any_host || host == own_host_ || is_loopback_name(host) || house_.platforms.list()->by_host(host);
}

void Reception::find(http::Method method, std::string_view host, std::string_view path, Place& place,
                     std::span<const Id> hidden) const {
  const auto list = house_.platforms.list();
  const auto there = [&](std::shared_ptr<const governance::Platform> found) {
    return found && std::ranges::find(hidden, found->id) != hidden.end() ? nullptr : found;
  };
  const auto look = [&](std::string path_to_find) {
    // A platform's front page is "/delta/", so that what it links to stands below it; without the slash it is the same.
    if (path_to_find.size() > 1 && path_to_find.ends_with('/') && path_to_find.find('/', 1) == path_to_find.size() - 1)
      path_to_find.pop_back();
    place.path = std::move(path_to_find);
    place.found = house_.routes.find(method, place.path);
    if (place.found.route == nullptr) return place.found.other_method;
    const auto slug = place.found.params["platform"];
    if (slug.empty()) return true;
    place.platform = there(list->by_slug(slug));
    if (!place.platform) place.found = {};
    return place.platform != nullptr;
  };
  if (const auto at_home = there(list->by_host(host))) {
    if (look('/' + at_home->slug + std::string(path))) return;
    const bool known = look(std::string(path));
    if (!place.platform) place.platform = at_home;
    if (known) return;
  }
  if (look(std::string(path))) return;
  const auto parts = web::pieces(path);
  if (!place.platform && !parts.empty()) place.platform = there(list->by_slug(parts.front()));
}

i18n::Voice Reception::voice(const http::Request& request) const {
  return house_.voice(visitors_language(request.header("cookie"), request.header("accept-language"), nullptr));
}

http::Response Reception::handle(const http::Request& request) {
  return handle(request, [](Visit& visit, const Route& route) { return route.handle(visit); });
}

http::Response Reception::handle(const http::Request& request, const Then& then) {
  try {
    return answer(request, then);
  } catch (const storage::Unavailable& fault) {
    return failed(request, 503, &fault);
  } catch (const std::exception& fault) {
    return failed(request, 500, &fault);
  }
}

http::Response Reception::failed(const http::Request& request, int status, const std::exception* cause) {
  const Id incident = house_.ids.next();
  // What a library says may quote what a person typed; what this program says about itself does not.
  const bool ours = dynamic_cast<const std::logic_error*>(cause) != nullptr ||
                    dynamic_cast<const storage::Unavailable*>(cause) != nullptr;
  log::error("http.incident", {{"incident", incident},
                               {"status", status},
                               {"cause", log::Machine{ours ? cause->what() : typeid(*cause).name()}}});
  return error_response(voice(request), request, status, str(incident));
}

http::Response Reception::answer(const http::Request& request, const Then& then) {
  if (request.path == "/healthz" || request.path == "/metrics") return figures_.answer(request, voice(request));
  if (!answers_to(request.host)) return error_response(voice(request), request, 421);
  if (request.method == http::Method::get && !is_api(request.path))
    if (const auto language = i18n::parse_language(web::query_value(request.query, "lang")))
      return {.status = 303,
              .headers = {{"location", without_language(request)},
                          {"cache-control", "no-store"},
                          {"set-cookie", web::set_cookie(people::language_cookie, i18n::code(*language),
                                                         language_kept_s, request.secure)}},
              .body = {},
              .stream = {}};
  Place place;
  find(request.method, request.host, request.path, place);
  return visit(request, place, then);
}

http::Response Reception::visit(const http::Request& request, Place& place, const Then& then) {
  const auto ticket = house_.pages.ticket();
  const auto began = std::chrono::steady_clock::now();
  std::optional<Visit> visitor;
  std::vector<Id> hidden;
  // What the path names may be hidden, and then what the host names: two at most.
  while (true) {
    web::Params params = place.found.params;
    if (params["platform"].empty() && place.platform) params.set("platform", place.platform->slug);
    visitor.emplace(house_, request, std::move(params));
    if (!visitor->platform || is_there(*visitor, place.found.route)) break;
    hidden.push_back(visitor->platform->id);
    place = {};
    find(request.method, request.host, request.path, place, hidden);
  }
  Visit& visit = *visitor;
  const auto* route = place.found.route;
  http::Response response = route != nullptr ? knock(visit, *route, then) : nothing_here(visit, place);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  if (response.status == upload_admitted) return response;
  figures_.served(route != nullptr ? std::string_view(route->pattern) : "none", response.status, took.count());

  if (route != nullptr && route->keep == web::Keep::page && visit.keepable() && request.method == http::Method::get &&
      response.status == 200 && response.body && !(visit.platform && is_closed(*visit.platform))) {
    auto subjects = visit.subjects();
    if (visit.platform) subjects.push_back(platform_subject(visit.platform->id));
    house_.pages.put(ticket, address_of(request.host, target_of(request)), std::string(i18n::code(visit.t.language())),
                     std::move(subjects), *response.body);
  }
  return response;
}

http::Response Reception::knock(Visit& visit, const Route& route, const Then& then) {
  switch (route.door) {
    case web::Door::anyone:
      break;
    case web::Door::signed_in:
      // A token is for the API: it opens no page, so that one that leaked opens none either.
      if (!visit.session) return visit.redirect(Url::local("/account/sign-in").with("next", visit.request.path));
      break;
    case web::Door::administrator:
      if (!visit.session || !visit.is_administrator()) return nothing_here(visit, {});
      break;
    case web::Door::token:
      if (!visit.person) return visit.json_refusal({.why = Why::unauthorized, .message = {"app.token-needed"}});
      break;
  }
  if (const auto ours = web::same_site(visit.request); !ours) return refused(visit, ours.error());
  if ((visit.request.method == http::Method::get || visit.request.method == http::Method::head) && !may_read(visit)) {
    // Pages and exports too: what a key may not read it may not read by another address.
    const Refusal refusal{.why = Why::forbidden, .message = {"app.api-scope", {{"scope", std::string(read_scope)}}}};
    return refused(visit, refusal);
  }
  return then(visit, route);
}

http::Response Reception::nothing_here(Visit& visit, const Place& place) const {
  const bool other_method = place.found.other_method;
  if (is_api(visit.request.path)) {
    auto response = error_response(visit.t, visit.request, other_method ? 405 : 404);
    return response;
  }
  using namespace html;  // NOLINT(google-build-using-namespace)
  const auto& t = visit.t;
  if (other_method) return error_response(t, visit.request, 405);
  const std::string heading = t("app.error-404");
  Html ways = li(a(href(Url::local("/")), t("app.start-title")));
  if (visit.platform) {
    ways = li(a(href(visit.at()), visit.platform->name(t.language())));
    for (const auto& link : visit.links(visit.house.destinations)) ways += li(a(href(link.url), link.words));
  }
  return visit.page(
      {.title = heading,
       .main = div(cls("fault stack"), h1(heading), p(t("app.error-404-words")), p(t("app.error-404-ways")), ul(ways)),
       .status = 404});
}

std::shared_ptr<const http::Finished> Reception::finished(const http::Head& head) const {
  if (head.path.starts_with("/assets/")) return web::asset_at(head.path, web::takes_gzip(head.accept_encoding));
  if (!web::cookie(head.cookie, people::session_cookie).empty() || !web::cookie(head.cookie, "said").empty())
    return nullptr;
  const auto list = house_.platforms.list();
  auto platform = list->by_host(head.host);
  if (!platform)
    if (const auto parts = web::pieces(head.path); !parts.empty()) platform = list->by_slug(parts.front());
  // Of a closed platform nothing is kept; what is kept under its host's name are pages of the server.
  if (platform && is_closed(*platform)) platform = nullptr;
  thread_local std::string address;
  address.assign(head.host);
  address += head.path;
  if (const auto query = head.target.find('?'); query != head.target.npos) address += head.target.substr(query);
  return house_.pages.find(address, i18n::code(visitors_language(head.cookie, head.accept_language, platform.get())),
                           web::takes_gzip(head.accept_encoding), head.if_none_match);
}

const Reception::Route* Reception::route_of(const http::Head& head) const {
  Place place;
  find(head.method, head.host, head.path, place);
  // The same where no such platform is: a size that is refused would tell which ones there are.
  return place.found.route != nullptr ? place.found.route : house_.routes.find(head.method, head.path).route;
}

std::size_t Reception::body_limit(const http::Head& head) const {
  const auto* route = route_of(head);
  return route != nullptr ? route->body_limit : largest_without_route;
}

std::optional<std::uint64_t> Reception::upload_limit(const http::Head& head) const {
  const auto* route = route_of(head);
  if (route == nullptr || !route->upload) return std::nullopt;
  return route->upload->takes.body_limit();
}

/// An upload on its way.
class Reception::Arrival final : public http::Intake {
 public:
  Arrival(Reception& reception, const http::Request& request, std::unique_ptr<web::Receiver> receiver)
      : reception_(reception), request_(request), receiver_(std::move(receiver)) {}

  bool take(std::string_view bytes) override {
    taken_ = receiver_->take(bytes);
    return taken_.has_value();
  }

  http::Response answer() override {
    auto received = taken_ ? receiver_->finish() : std::unexpected(std::move(taken_).error());
    return reception_.handle(request_, [&](Visit& visit, const Route& route) {
      if (!received) return refused(visit, received.error());
      visit.received = *std::move(received);
      return route.handle(visit);
    });
  }

 private:
  Reception& reception_;
  const http::Request& request_;  ///< the server keeps it until it has the answer
  std::unique_ptr<web::Receiver> receiver_;
  Done taken_;
};

std::expected<std::unique_ptr<http::Intake>, http::Response> Reception::receive(const http::Request& request) {
  std::unique_ptr<http::Intake> arrival;
  auto response = handle(request, [&](Visit& visit, const Route& route) {
    if (!route.upload) return error_response(visit.t, request, 404);  // its path is another's by now
    auto takes = route.upload->admit(visit);
    if (!takes) return refused(visit, takes.error());
    if (const auto length = number_in(request.header("content-length")); length > takes->body_limit())
      return refused(visit, {.why = Why::too_large,
                             .message = {"web.upload-too-large", {{"most", double(takes->each) / (1 << 20)}}}});
    auto receiver =
        web::Receiver::of(house_.files, request.header("content-type"), visit.query("name"), *std::move(takes));
    if (!receiver) return refused(visit, receiver.error());
    arrival = std::make_unique<Arrival>(*this, request, *std::move(receiver));
    return http::Response{.status = upload_admitted};
  });
  if (arrival) return arrival;
  return std::unexpected(std::move(response));
}

}  // namespace polder::app
