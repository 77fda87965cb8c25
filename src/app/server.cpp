#include "app/server.h"

#include "app/error_page.h"
#include "app/figures.h"
#include "app/reception.h"
#include "kernel/base/embedded.h"
#include "kernel/metrics/log.h"

namespace polder::app {
namespace {

std::string url_of(const http::Options& options, std::uint16_t port) {
  std::string host = options.address;
  // "All addresses" is nowhere one can go.
  if (host == "0.0.0.0" || host == "::") host = "127.0.0.1";
  if (host.find(':') != host.npos) host = '[' + host + ']';
  return "http://" + host + ':' + std::to_string(port);
}

}  // namespace

struct Server::Inside {
  i18n::Catalogues catalogues{embedded_below("messages/")};  // for what goes wrong before there is a house
  std::atomic<Reception*> reception = nullptr;
  std::string address;
  std::unique_ptr<Building> building;
  std::unique_ptr<Figures> figures;
  std::unique_ptr<Reception> desk;
  std::unique_ptr<jobs::Runner> runner;
  std::unique_ptr<http::Server> http;  // last: it stops first, and then nobody asks the others any more

  i18n::Voice english() const { return {catalogues, i18n::Language::en, i18n::Zone::utc()}; }

  http::Handlers handlers() {
    return {.handle =
                [this](const http::Request& request) {
                  Reception* const open = reception.load(std::memory_order_acquire);
                  return open != nullptr ? open->handle(request) : error_response(english(), request, 503);
                },
            .finished = [this](const http::Head& head) -> std::shared_ptr<const http::Finished> {
              const Reception* const open = reception.load(std::memory_order_acquire);
              return open != nullptr ? open->finished(head) : nullptr;
            },
            .body_limit = [this](const http::Head& head) -> std::size_t {
              const Reception* const open = reception.load(std::memory_order_acquire);
              return open != nullptr ? open->body_limit(head) : 0;
            },
            .upload_limit = [this](const http::Head& head) -> std::optional<std::uint64_t> {
              const Reception* const open = reception.load(std::memory_order_acquire);
              return open != nullptr ? open->upload_limit(head) : std::nullopt;
            },
            .receive = [this](const http::Request& request) { return reception.load()->receive(request); },
            .error_page = [this](int status) { return error_page(english(), status); }};
  }
};

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(ServeOptions options, const Clock& clock, Random& random) {
  auto inside = std::make_unique<Inside>();
  inside->http = std::make_unique<http::Server>(options.http, inside->handlers());
  CHECK_DONE(inside->http->start());
  inside->address = url_of(options.http, inside->http->port());
  if (!options.base_url_given) options.plan.base_url = inside->address;
  // Fewer than workers: a read waits for nothing but a processor, and each connection keeps 2 MB of pages.
  options.plan.readers = std::clamp<std::size_t>(2 * std::thread::hardware_concurrency(), 16, 64);
  auto building = Building::open(options.plan, clock, random);
  if (!building) return std::unexpected(std::move(building).error());
  inside->building = *std::move(building);

  auto& house = inside->building->house();
  inside->runner = std::make_unique<jobs::Runner>(house.database, house.queue, house.clock, house.random,
                                                  inside->building->handlers(), inside->building->recurring());
  inside->figures = std::make_unique<Figures>(
      house,
      Figures::Sources{.http = [in = inside.get()] { return in->http->figures(); },
                       .jobs = [in = inside.get()] { return in->runner->figures(); },
                       .stopped_records = [in = inside.get()] { return in->building->stopped().size(); }},
      options.metrics_token);
  inside->desk =
      std::make_unique<Reception>(house, *inside->figures, Reception::Options{.any_host = !options.base_url_given});
  inside->runner->start();
  inside->reception.store(inside->desk.get(), std::memory_order_release);
  return std::unique_ptr<Server>(new Server(std::move(inside)));
}

std::string Server::address() const { return inside_->address + '/'; }
Building& Server::building() { return *inside_->building; }
http::Figures Server::figures() const { return inside_->http->figures(); }

void Server::stop() {
  inside_->http->stop();
  inside_->runner->stop();
}

}  // namespace polder::app
