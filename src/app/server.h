// The running program: a building with its doors open. Wires HTTP, jobs and the reception, and ends them in order.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/building.h"
#include "kernel/http/server.h"

namespace polder::app {

struct ServeOptions {
  Plan plan;
  /// An act's worker waits for the disk nearly all its time, and as many acts as have a worker can share one commit.
  http::Options http = {.workers = 64};
  bool base_url_given =
      false;  ///< false: it follows from the address that was listened on, and any Host is answered to
  std::string metrics_token = {};
};

class Server {
 public:
  /// Binds first, so that a second server on one address fails before it touches any data.
  static Result<std::unique_ptr<Server>> start(ServeOptions options, const Clock& clock, Random& random);
  ~Server();  ///< stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::string address() const;  ///< "http://127.0.0.1:8080/"
  Building& building();
  http::Figures figures() const;

  /// No new work; what is under way is finished. Twice is once.
  void stop();

 private:
  struct Inside;
  explicit Server(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace polder::app
