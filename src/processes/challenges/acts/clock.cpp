// challenges.open and challenges.close: time acts, and its acts are in the record like everybody's.
#include "processes/challenges/acts/acts.h"

namespace polder::challenges {

struct Open {
  static constexpr std::string_view name = "challenges.open";
  Id challenge;
};
BOOST_DESCRIBE_STRUCT(Open, (), (challenge))

struct Close {
  static constexpr std::string_view name = "challenges.close";
  Id challenge;
};
BOOST_DESCRIBE_STRUCT(Close, (), (challenge))

namespace {

/// The clock acts on the phase that is stored: it is what makes the stored one follow the moment.
template <class A>
Result<Subject> find(House&, storage::ReadTx& tx, Id platform, const A& act) {
  const auto c = store::by_id(tx, act.challenge);
  if (!c || c->platform != platform) return refuse(Why::not_found, {"challenges.not-found"});
  const bool secret = c->phase < Phase::announced;
  return Subject{"challenges/" + (secret ? str(c->id) : c->slug), fields::word_of(c->phase), secret};
}

Result<Effect> turn(Doing& doing, const Challenge& c, bool due, Phase to) {
  if (!due) return refuse(Why::conflict, {"challenges.not-yet"});
  store::set_phase(doing.tx, c.id, to);
  renew(doing, c);
  return Effect{.made = c.id, .location = "challenges/" + c.slug};
}

Result<Effect> open(House&, Doing& doing, const Open& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  return turn(doing, c, doing.now >= c.opens_at, Phase::open);
}

Result<Effect> close(House&, Doing& doing, const Close& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  return turn(doing, c, doing.now >= c.closes_at, Phase::screening);
}

}  // namespace

void add_clock(House& house) {
  house.acts.add(record::declare<Open>(house, {"announced"}, find<Open>, open));
  house.acts.add(record::declare<Close>(house, {"open"}, find<Close>, close));
}

}  // namespace polder::challenges
