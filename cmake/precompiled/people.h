// Precompiled once, used by src/people and the rooms above it: what nearly all of their files include.
#include "kernel_base.h"

#include <boost/json.hpp>

#include "kernel/fields/draw.h"
#include "kernel/web/shell.h"
#include "people/house.h"
#include "people/person.h"
#include "people/visit.h"
