// Files of an entry on their way in: how much may come is the statement's matter, asked before a byte is read.
#pragma once

#include "processes/challenges/pages.h"

namespace polder::challenges {

/// Does challenges.attach for each file that came with this visit's form, in its order; what was not taken is told
/// beside the field "file".
Refusal attach_received(Visit& visit);

/// POST entries/{entry}/files for forms, answered by `take`; PUT …/files?name=… for programs, one file as the body.
void add_file_routes(House& house, http::Response (*take)(Visit&));

}  // namespace polder::challenges
