// Consultations: a draft law, what people say about it, and what was done with it. The face of this room.
#pragma once

#include "dialogue/moderation.h"
#include "governance/vocabulary.h"
#include "people/house.h"

namespace polder::consultations {

/// The process, its phases, settings and acts, for charters. Before any charter is read.
void add_words(governance::Vocabulary& words);

/// Acts, pages, API, jobs, and what it holds of people.
void install(people::House& house);

/// Tells the moderators' room what responses are.
void add_contributions(dialogue::Moderation& moderation);

}  // namespace polder::consultations
