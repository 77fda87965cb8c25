// Precompiled once, used by the tests of the rooms below src/people.
#include "kernel_base.h"

#include <gmock/gmock.h>
