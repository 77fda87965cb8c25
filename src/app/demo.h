// The demonstration: a ministry's platform with three consultations and a company's closed one with three challenges,
// made of the same acts as everything else, in time that is set by hand. The same seed on the same day makes the same
// records, leaf for leaf.
#pragma once

#include <cstdint>

#include "app/building.h"

namespace polder::app {

struct DemoPlan {
  std::uint64_t seed = 1;
  std::int64_t responses = 240;  ///< never fewer than those that were written by hand
};

struct DemoMade {
  std::int64_t consultations = 0, responses = 0, challenges = 0, entries = 0;
};

/// Makes it in an empty data folder and an empty database, as of the day of `now`, and marks the folder as a
/// demonstration. Refuses where there is a platform already.
Result<DemoMade> make_demo(const Plan& plan, const DemoPlan& demo, Time now);

}  // namespace polder::app
