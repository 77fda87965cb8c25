// What this room holds of a person: their memberships, and what only they wrote. They may have a copy, and have it
// gone.
#include "people/kept_files.h"
#include "people/person.h"
#include "processes/challenges/pages.h"
#include "processes/challenges/store_interests.h"
#include "processes/challenges/store_result.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

/// What a team wrote together stays the team's; what a team of one wrote goes with its only member. That an entry was
/// there stays counted: marks and money rest on it.
void erase_of_person(House& house, Doing& doing, Id person) {
  for (const auto& [challenge, team] : store::memberships(doing.tx, person))
    renew(doing, challenge_of(doing.tx, challenge));
  if (const auto found = people::find_person(doing.tx, person)) store::forget_address(doing.tx, found->email);
  for (const auto& file : store::erase_solver(doing.tx, person)) people::remove_file_later(house, doing.tx, file);
  store::forget_writer(doing.tx, person);
  store::erase_accepter(doing.tx, person);
}

boost::json::value copy_of_person(storage::ReadTx& tx, Id person) {
  boost::json::array out;
  for (const auto& [challenge, team] : store::memberships(tx, person)) {
    const Challenge c = challenge_of(tx, challenge);
    const auto t = store::team(tx, team);
    boost::json::array entries;
    for (const Entry& e : store::entries_of_team(tx, team)) {
      const auto draft = store::draft_of(tx, e.id).value_or(store::Draft{});
      boost::json::array answers;
      for (const auto& words : draft.answers) answers.push_back(boost::json::string(words));
      entries.push_back({{"title", draft.title}, {"answers", std::move(answers)}, {"state", fields::word_of(e.state)}});
    }
    out.push_back({{"challenge", {{"slug", c.slug}, {"title", c.title}}},
                   {"team", t ? t->name : ""},
                   {"country", t ? t->country : ""},
                   {"entries", std::move(entries)}});
  }
  return out;
}

void erase_interests(Doing& doing, Id person) { store::erase_interests(doing.tx, person); }

boost::json::value copy_interests(const House& house, storage::ReadTx& tx, Id person) {
  boost::json::array out;
  for (const auto& one : store::all_interests_of(tx, person)) {
    const auto platform = house.platforms.list()->by_id(one.platform);
    out.push_back({{"platform", platform ? platform->slug : ""},
                   {"areas", one.areas},
                   {"matching", one.matching},
                   {"mail", one.mail}});
  }
  return out;
}

}  // namespace polder::challenges
