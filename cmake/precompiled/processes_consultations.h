// Precompiled once, used by src/processes/consultations.
#include "people.h"

#include "processes/consultations/pages.h"
