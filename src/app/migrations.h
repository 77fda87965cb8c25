// Every room's migrations, as they travel in the program: "migrations/<room>/<nnnn>_<title>.sql".
#pragma once

#include <vector>

#include "kernel/storage/database.h"

namespace polder::app {

/// From the ground floor up, so that a table may name those of the rooms below; within a floor by room and number.
std::vector<storage::Migration> migrations();

}  // namespace polder::app
