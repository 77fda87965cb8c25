// Which rooms there are: the one place that names every process. A new process is three lines in rooms.cpp.
#pragma once

#include <string>

#include "dialogue/moderation.h"
#include "governance/vocabulary.h"
#include "people/console.h"
#include "people/house.h"

namespace polder::app {

/// The words of every room for charters, before any charter is read.
void add_words(governance::Vocabulary& words);

/// Acts, pages, jobs and API of every room move in; this room's own come last, because its patterns are the widest.
void install(people::House& house, dialogue::Moderation& moderation);

/// The commands of every room, for the command line.
void add_commands(CLI::App& app, people::Console& console);

/// What every kept page of a platform shows: the platform itself.
std::string platform_subject(Id platform);

}  // namespace polder::app
