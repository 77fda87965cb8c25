// What the acts of this room share: the means, bound once.
#pragma once

#include "governance/platforms.h"
#include "record/acts.h"

namespace polder::governance {

void add_create(record::Acts& acts, ActMeans& means);
void add_change_charter(record::Acts& acts, ActMeans& means);
void add_appoint(record::Acts& acts, ActMeans& means);

}  // namespace polder::governance
