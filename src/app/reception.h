// The reception: what happens to a request between the wire and a page. In this order:
//
//   1. the host is one this server answers to; a platform's own host stands for the platform's path
//   2. ?lang=xx is remembered in a cookie
//   3. the route is found, or a page says that there is nothing; a closed platform is nothing to whom it does not let
//   in
//   4. the door: who may come in
//   5. an unsafe request from another site is refused
//   6. the handler; what it refuses or throws becomes a page or JSON, never silence
//   7. a page that is the same for every visitor is kept as finished bytes (docs/decisions/0012)
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/figures.h"
#include "people/house.h"
#include "people/visit.h"

namespace polder::app {

class Reception {
 public:
  struct Options {
    bool any_host = true;  ///< false: only the base URL's, the platforms' and loopback names are answered to
  };
  /// `house` is complete: its routes do not change any more.
  Reception(people::House& house, Figures& figures, Options options);

  http::Response handle(const http::Request& request);
  /// A kept page or an asset, without asking a worker.
  std::shared_ptr<const http::Finished> finished(const http::Head& head) const;
  std::size_t body_limit(const http::Head& head) const;
  /// The largest body of a route that takes uploads; nothing for all others.
  std::optional<std::uint64_t> upload_limit(const http::Head& head) const;
  /// An upload goes the same way twice: now up to the handler, in whose place the route says who may upload, and with
  /// what came, as every request does.
  std::expected<std::unique_ptr<http::Intake>, http::Response> receive(const http::Request& request);

 private:
  class Arrival;
  using Router = web::Router<people::Visit>;
  using Route = web::Route<people::Visit>;
  /// What is done when nothing is in the way any more.
  using Then = std::function<http::Response(people::Visit&, const Route&)>;
  struct Place {
    std::shared_ptr<const governance::Platform> platform;  ///< that the host or the path names
    std::string path;                                      ///< as the routes are written; `found` points into it
    Router::Found found;
  };
  /// Fills `place`, which must not move afterwards. `hidden` is searched for as if it were not there.
  void find(http::Method method, std::string_view host, std::string_view path, Place& place,
            std::span<const Id> hidden = {}) const;
  bool answers_to(std::string_view host) const;
  i18n::Voice voice(const http::Request& request) const;

  const Route* route_of(const http::Head& head) const;

  http::Response handle(const http::Request& request, const Then& then);
  http::Response answer(const http::Request& request, const Then& then);
  http::Response visit(const http::Request& request, Place& place, const Then& then);
  http::Response knock(people::Visit& visit, const Route& route, const Then& then);
  http::Response nothing_here(people::Visit& visit, const Place& place) const;
  http::Response failed(const http::Request& request, int status, const std::exception* cause);

  people::House& house_;
  Figures& figures_;
  const Options options_;
  const std::string own_host_;
};

/// The language in which a visitor without a session gets this platform's pages; as people::Visit chooses it.
i18n::Language visitors_language(std::string_view cookies, std::string_view accept_language,
                                 const governance::Platform* platform);

}  // namespace polder::app
