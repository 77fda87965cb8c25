#include "kernel/metrics/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <mutex>
#include <set>
#include <utility>

namespace polder::metrics {
namespace {

/// The combinations of labels that a family has room for.
class Limit {
 public:
  Limit(Labels names, std::size_t most) : names_(std::move(names)), most_(most) {}

  std::map<std::string, std::string> labels(const Labels& values) {
    const std::lock_guard hold(lock_);
    const bool known = seen_.contains(values);
    if (!known && seen_.size() < most_) seen_.insert(values);
    const bool other = !known && !seen_.contains(values);
    std::map<std::string, std::string> out;
    for (std::size_t i = 0; i < names_.size(); ++i)
      out[names_[i]] = other ? "other" : i < values.size() ? values[i] : std::string();
    return out;
  }

 private:
  Labels names_;
  std::size_t most_;
  std::mutex lock_;
  std::set<Labels> seen_;
};

}  // namespace

struct Registry::Inside {
  prometheus::Registry registry;
  std::mutex gauges_lock;
  std::vector<std::pair<prometheus::Gauge*, std::function<double()>>> gauges;
};

Registry::Registry() : inside_(std::make_unique<Inside>()) {}
Registry::~Registry() = default;

void Counter::add(double n) const { inside_->Increment(n); }
void Histogram::observe(double value) const { inside_->Observe(value); }

Counter Registry::counter(std::string name, std::string help) {
  return Counter(prometheus::BuildCounter()
                     .Name(std::move(name))
                     .Help(std::move(help))
                     .Register(inside_->registry)
                     .Add(std::map<std::string, std::string>{}));
}

Family<Counter> Registry::counters(std::string name, std::string help, Labels names, std::size_t limit) {
  auto& family = prometheus::BuildCounter().Name(std::move(name)).Help(std::move(help)).Register(inside_->registry);
  auto room = std::make_shared<Limit>(std::move(names), limit);
  return Family<Counter>([&family, room](const Labels& values) { return Counter(family.Add(room->labels(values))); });
}

Family<Histogram> Registry::histograms(std::string name, std::string help, Labels names, Buckets buckets,
                                       std::size_t limit) {
  auto& family = prometheus::BuildHistogram().Name(std::move(name)).Help(std::move(help)).Register(inside_->registry);
  auto room = std::make_shared<Limit>(std::move(names), limit);
  return Family<Histogram>([&family, room, buckets = std::move(buckets)](const Labels& values) {
    return Histogram(family.Add(room->labels(values), buckets));
  });
}

void Registry::gauge(std::string name, std::string help, std::function<double()> value) {
  auto& made = prometheus::BuildGauge()
                   .Name(std::move(name))
                   .Help(std::move(help))
                   .Register(inside_->registry)
                   .Add(std::map<std::string, std::string>{});
  const std::lock_guard hold(inside_->gauges_lock);
  inside_->gauges.emplace_back(&made, std::move(value));
}

std::string Registry::text() const {
  const std::lock_guard hold(inside_->gauges_lock);
  for (const auto& [gauge, value] : inside_->gauges) gauge->Set(value());
  return prometheus::TextSerializer().Serialize(inside_->registry.Collect());
}

}  // namespace polder::metrics
