// Precompiled once, used by src/processes/challenges.
#include "people.h"

#include "processes/challenges/pages.h"
#include "processes/challenges/store_solvers.h"
