// What the program says about itself to machines: /healthz (is it well?) and /metrics (how much of what?). Both only to
// callers on this machine, or with the token that --metrics-token names: to everybody else they are not there.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "kernel/http/server.h"
#include "kernel/i18n/voice.h"
#include "kernel/jobs/jobs.h"
#include "kernel/metrics/metrics.h"
#include "people/house.h"

namespace polder::app {

class Figures {
 public:
  struct Sources {
    std::function<http::Figures()> http;
    std::function<jobs::Figures()> jobs;
    std::function<std::size_t()> stopped_records;
  };
  Figures(people::House& house, Sources sources, std::string token);

  void served(std::string_view route, int status, double seconds);
  /// For /healthz and /metrics.
  http::Response answer(const http::Request& request, const i18n::Voice& t) const;

 private:
  bool may_ask(const http::Request& request) const;
  http::Response health() const;

  people::House& house_;
  const Sources sources_;
  const std::string token_;
  metrics::Registry registry_;
  metrics::Family<metrics::Counter> requests_;
  metrics::Family<metrics::Histogram> seconds_;
};

}  // namespace polder::app
