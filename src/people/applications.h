// What people are told about roles, by mail: that they were given one, what became of their application, and (a few at
// a time) that somebody waits for an answer. And what applications hold of people, for erasure and the copy.
#pragma once

#include "governance/platforms.h"
#include "people/house.h"

namespace polder::people {

/// What the acts of governance ask of this floor. `house` outlives it.
governance::Neighbours neighbours(House& house);

void add_applications(House& house);

}  // namespace polder::people
