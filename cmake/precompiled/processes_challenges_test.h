// Precompiled once, used by the tests of src/processes/challenges.
#include "people_scenarios.h"

#include "processes/challenges/stage_test.h"
#include "processes/challenges/store_judging.h"
#include "processes/challenges/store_result.h"
