// What the acts of this room share: the means, bound once.
#pragma once

#include "governance/platforms.h"
#include "record/acts.h"

namespace polder::governance {

void add_create(record::Acts& acts, ActMeans& means);
void add_change_charter(record::Acts& acts, ActMeans& means);
void add_appoint(record::Acts& acts, ActMeans& means);
void add_apply(record::Acts& acts, ActMeans& means);
void add_settle(record::Acts& acts, ActMeans& means);

/// An open application on this platform. Secret: who may not act on it learns nothing of it.
Result<record::Subject> find_application(storage::ReadTx& tx, Id platform, Id id);

}  // namespace polder::governance
