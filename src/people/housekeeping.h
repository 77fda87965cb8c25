// What this room does by the clock: what is over goes.
#pragma once

#include "people/house.h"

namespace polder::people {

/// How long before an unused account is erased its owner is told.
inline constexpr std::int64_t notice_ms = 30 * day_ms;

void add_housekeeping(House& house);

}  // namespace polder::people
