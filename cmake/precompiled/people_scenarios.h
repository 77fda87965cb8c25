// Precompiled once, used by the tests of src/people and of every room above it.
#include "people.h"

#include <gmock/gmock.h>

#include "people/scenario_test.h"
