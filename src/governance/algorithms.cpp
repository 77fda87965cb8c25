#include "governance/algorithms.h"

#include <algorithm>
#include <stdexcept>

namespace polder::governance {

void Algorithms::add(Algorithm algorithm) {
  const auto at = std::ranges::lower_bound(all_, algorithm.name, {}, &Algorithm::name);
  if (at != all_.end() && at->name == algorithm.name)
    throw std::logic_error("two algorithms are registered as " + algorithm.name);
  all_.insert(at, std::move(algorithm));
}

const Algorithm& Algorithms::running(std::string_view name, std::string_view version) const {
  const auto found = std::ranges::find(all_, name, &Algorithm::name);
  if (found == all_.end() || found->version != version)
    throw std::logic_error("algorithm " + std::string(name) + " " + std::string(version) + " is not registered");
  return *found;
}

}  // namespace polder::governance
