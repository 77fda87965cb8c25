// What the program counts about itself, for Prometheus: counters, histograms and gauges, written as text at /metrics.
//
// Labels come from closed sets (a route's pattern, a status, the name of a statement), never from what somebody sent. A
// family keeps at most `limit` combinations; what comes after is counted together as "other", so that a mistake here
// costs a line and not the memory of the machine.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
class Counter;
class Histogram;
}  // namespace prometheus

namespace polder::metrics {

using Labels = std::vector<std::string>;  ///< the names, or for each name its value
using Buckets = std::vector<double>;      ///< upper bounds, ascending
inline const Buckets seconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};

class Counter {
 public:
  explicit Counter(prometheus::Counter& inside) : inside_(&inside) {}
  void add(double n = 1) const;

 private:
  prometheus::Counter* inside_;
};

class Histogram {
 public:
  explicit Histogram(prometheus::Histogram& inside) : inside_(&inside) {}
  void observe(double value) const;

 private:
  prometheus::Histogram* inside_;
};

/// The counters of one name. `at` is safe from any thread; what it gives may be kept.
template <class Metric>
class Family {
 public:
  Metric at(const Labels& values) const { return find_(values); }
  explicit Family(std::function<Metric(const Labels&)> find) : find_(std::move(find)) {}

 private:
  std::function<Metric(const Labels&)> find_;
};

/// Families are made at start, by name, once each; all of them end with the registry.
class Registry {
 public:
  Registry();
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  Counter counter(std::string name, std::string help);
  Family<Counter> counters(std::string name, std::string help, Labels names, std::size_t limit = 500);
  Family<Histogram> histograms(std::string name, std::string help, Labels names, Buckets buckets = seconds,
                               std::size_t limit = 500);
  /// Asked each time the figures are written; must be quick and safe from any thread.
  void gauge(std::string name, std::string help, std::function<double()> value);

  /// The text exposition format of Prometheus, version 0.0.4.
  std::string text() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace polder::metrics
