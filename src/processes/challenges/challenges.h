// Challenges: a prize that is run well and judged so that it can be shown. The face of this room.
#pragma once

#include "governance/vocabulary.h"
#include "people/house.h"

namespace polder::challenges {

/// The process, its phases, settings and acts, for charters. Before any charter is read.
void add_words(governance::Vocabulary& words);

/// Acts, pages, API, jobs, and what it holds of people.
void install(people::House& house);

}  // namespace polder::challenges
