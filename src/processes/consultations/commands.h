// The commands of consultations: a law read and shown, or made into a draft; responses brought in from elsewhere.
#pragma once

#include "people/console.h"

namespace polder::consultations {

void add_commands(CLI::App& app, people::Console& console);

}  // namespace polder::consultations
