// The commands of challenges: a ranking made again from its file; a feed of challenges brought in.
#pragma once

#include "people/console.h"

namespace polder::challenges {

void add_commands(CLI::App& app, people::Console& console);

}  // namespace polder::challenges
