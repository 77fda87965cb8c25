#include "app/figures.h"

#include <boost/json.hpp>

#include "app/error_page.h"
#include "kernel/crypto/crypto.h"

namespace polder::app {
namespace {

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

}  // namespace

Figures::Figures(people::House& house, Sources sources, std::string token)
    : house_(house),
      sources_(std::move(sources)),
      token_(std::move(token)),
      requests_(registry_.counters("polder_http_answers_total", "Answers made by a handler", {"route", "status"})),
      seconds_(registry_.histograms("polder_http_handler_seconds", "Time in the handler of a route", {"route"})) {
  const auto gauge = [&](std::string name, std::string help, auto from, auto what) {
    registry_.gauge("polder_" + std::move(name), std::move(help), [from, what] { return double(what(from())); });
  };
  const auto http = [this] { return sources_.http(); };
  gauge("http_requests", "Requests since the start", http, [](const http::Figures& f) { return f.requests; });
  gauge("http_finished", "Requests answered with kept bytes", http, [](const http::Figures& f) { return f.finished; });
  gauge("http_refused", "Requests refused before a handler", http, [](const http::Figures& f) { return f.refused; });
  gauge("http_overloaded", "Requests answered 503, the queue being full", http,
        [](const http::Figures& f) { return f.overloaded; });
  gauge("http_connections", "Connections open", http, [](const http::Figures& f) { return f.open; });
  gauge("http_waiting", "Requests waiting for a worker", http, [](const http::Figures& f) { return f.waiting; });
  const auto db = [this] { return house_.database.figures(); };
  gauge("storage_reads", "Read transactions since the start", db, [](const storage::Figures& f) { return f.reads; });
  gauge("storage_statements", "SQL statements since the start", db,
        [](const storage::Figures& f) { return f.statements; });
  gauge("storage_writes", "Writes since the start", db, [](const storage::Figures& f) { return f.writes; });
  gauge("storage_commits", "Commits since the start: writes share them", db,
        [](const storage::Figures& f) { return f.commits; });
  gauge("storage_retries", "Writes that had to be done again", db, [](const storage::Figures& f) { return f.retries; });
  gauge("storage_turned_away", "Writes that found the queue full", db,
        [](const storage::Figures& f) { return f.turned_away; });
  gauge("storage_waiting", "Writes waiting", db, [](const storage::Figures& f) { return f.waiting; });
  const auto jobs = [this] { return sources_.jobs(); };
  gauge("jobs_done", "Jobs done since the start", jobs, [](const jobs::Figures& f) { return f.done; });
  gauge("jobs_retried", "Attempts that are tried again", jobs, [](const jobs::Figures& f) { return f.retried; });
  gauge("jobs_given_up", "Jobs given up since the start", jobs, [](const jobs::Figures& f) { return f.given_up; });
  const auto pages = [this] { return house_.pages.figures(); };
  gauge("pages_kept", "Pages kept as finished bytes", pages, [](const web::PageCache::Figures& f) { return f.pages; });
  gauge("pages_bytes", "Bytes of kept pages", pages, [](const web::PageCache::Figures& f) { return f.bytes; });
  gauge("records_stopped", "Records that do not extend what was signed before", sources_.stopped_records,
        [](std::size_t n) { return n; });
}

void Figures::served(std::string_view route, int status, double seconds) {
  requests_.at({std::string(route), std::to_string(status)}).add();
  seconds_.at({std::string(route)}).observe(seconds);
}

bool Figures::may_ask(const http::Request& request) const {
  const auto said = request.header("authorization");
  if (!token_.empty() && crypto::equal(said, "Bearer " + token_)) return true;
  // Behind a proxy on this machine every caller seems to be here.
  return is_loopback(request.remote) && !request.relayed;
}

http::Response Figures::answer(const http::Request& request, const i18n::Voice& t) const {
  if (request.method != http::Method::get && request.method != http::Method::head)
    return error_response(t, request, 405);
  if (!may_ask(request)) return error_response(t, request, 404);
  if (request.path == "/healthz") return health();
  return {.status = 200,
          .headers = {{"content-type", "text/plain; version=0.0.4; charset=utf-8"}, {"cache-control", "no-store"}},
          .body = std::make_shared<const std::string>(registry_.text()),
          .stream = {}};
}

http::Response Figures::health() const {
  std::int64_t schema = 0;
  bool reachable = true;
  try {
    schema = house_.database.read([](storage::ReadTx& tx) { return storage::schema_number(tx); });
  } catch (const storage::Unavailable&) {
    reachable = false;
  }
  const bool records = sources_.stopped_records() == 0;
  const boost::json::object told{{"status", reachable && records ? "ok" : "failing"},
                                 {"database", reachable ? "ok" : "unreachable"},
                                 {"schema", schema},
                                 {"record", records ? "ok" : "stopped"}};
  return {.status = reachable && records ? 200 : 503,
          .headers = {{"content-type", "application/json"}, {"cache-control", "no-store"}},
          .body = std::make_shared<const std::string>(boost::json::serialize(told)),
          .stream = {}};
}

}  // namespace polder::app
