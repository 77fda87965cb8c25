// challenges.name-seeker: whose problem a challenge is. One seeker does not see or do anything in another's.
#include "processes/challenges/acts/acts.h"

namespace polder::challenges {

struct NameSeeker {
  static constexpr std::string_view name = "challenges.name-seeker";
  Id challenge;
  fields::Email email;
};
BOOST_DESCRIBE_STRUCT(NameSeeker, (), (challenge, email))

namespace {

Result<Effect> name_seeker(House& house, Doing& doing, const NameSeeker& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Addressee seeker(house, doing.tx, doing.platform, act.email.value);
  if (!seeker.may("challenges.draft", Phase::draft)) return refuse_field("email", {"challenges.is-no-seeker"});
  store::set_seeker(doing.tx, c.id, seeker.person()->id);
  renew(doing, c);
  return Effect{.visibility = record::Visibility::parties, .made = c.id, .location = "challenges/" + c.slug};
}

}  // namespace

void add_seeker(House& house) {
  house.acts.add(record::declare<NameSeeker>(house,
                                             {"draft", "review", "announced", "open", "screening", "judging",
                                              "deliberation", "provisional", "awarded", "finished"},
                                             of_challenge<NameSeeker>, name_seeker));
}

}  // namespace polder::challenges
