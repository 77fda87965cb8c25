#include "app/rooms.h"

#include "app/pages/pages.h"
#include "dialogue/moderation.h"
#include "people/people.h"
#include "processes/challenges/challenges.h"
#include "processes/challenges/commands.h"
#include "processes/consultations/commands.h"
#include "processes/consultations/consultations.h"

namespace polder::app {

void add_words(governance::Vocabulary& words) {
  people::add_words(words);
  dialogue::add_words(words);
  consultations::add_words(words);
  challenges::add_words(words);
}

void install(people::House& house, dialogue::Moderation& moderation) {
  people::install(house);
  dialogue::install(moderation);
  consultations::install(house);
  consultations::add_contributions(moderation);
  challenges::install(house);
  add_pages(house);
}

void add_commands(CLI::App& app, people::Console& console) {
  consultations::add_commands(app, console);
  challenges::add_commands(app, console);
}

}  // namespace polder::app
