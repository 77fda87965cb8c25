#include "people/door.h"

#include <spdlog/spdlog.h>

#include "kernel/web/guard.h"

namespace polder::people {
namespace {

using web::Door;

/// What a closed door says; nothing when it is open to this visit.
std::optional<http::Response> closed(Visit& visit, Door door) {
  if (door == Door::anyone) return std::nullopt;
  if (door == Door::token) {
    if (visit.person) return std::nullopt;
    return visit.json_refusal(refuse(Why::unauthorized, {"people.token-first"}).error());
  }
  // Pages for people are opened by a session only: a token that leaks opens no account.
  if (!visit.session) {
    const auto method = visit.request.method;
    if (method != http::Method::get && method != http::Method::head)
      return visit.refusal(refuse(Why::unauthorized, {"people.sign-in-first"}).error());
    return visit.redirect(Url::local("/account/sign-in").with("next", visit.request.path));
  }
  if (door == Door::administrator && !visit.is_administrator())
    return visit.refusal(refuse(Why::forbidden, {"people.administrators-only"}).error());
  return std::nullopt;
}

http::Response at_route(House& house, const http::Request& request) {
  auto found = house.routes.find(request.method, request.path);
  const bool names_platform = found.route != nullptr && !found.params["platform"].empty();
  Visit visit(house, request, std::move(found.params));
  if (found.route == nullptr && found.other_method) {
    auto response = visit.refusal(refuse(Why::not_found, {"people.no-such-method"}).error());
    response.status = 405;
    return response;
  }
  if (found.route == nullptr || (names_platform && !visit.platform))
    return visit.refusal(refuse(Why::not_found, {"people.no-page"}).error());
  const bool api = found.route->door == Door::token;
  if (auto ours = web::same_site(request); !ours)
    return api ? visit.json_refusal(ours.error()) : visit.refusal(ours.error());
  if (auto stopped = closed(visit, found.route->door)) return *std::move(stopped);
  return found.route->handle(visit);
}

}  // namespace

http::Response answer(House& house, const http::Request& request) {
  try {
    return at_route(house, request);
  } catch (const storage::Unavailable& fault) {
    spdlog::error("people: the database cannot be had: {}", fault.what());
    // Without the database nobody's page can be drawn: the words are the reader's all the same.
    const auto language = i18n::negotiate(request.header("accept-language"), i18n::all_languages);
    return http::text(503, house.voice(language)("people.database-away")).header("retry-after", "10");
  }
}

}  // namespace polder::people
