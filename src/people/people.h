// Accounts, organisations, erasure: the face of this room.
#pragma once

#include "governance/vocabulary.h"
#include "people/house.h"

namespace polder::people {

/// The acts of this room, for charters. Before any charter is read.
void add_words(governance::Vocabulary& words);

/// Acts, pages, jobs, and what it and the floors below hold of people.
void install(House& house);

}  // namespace polder::people
