// challenges.submit, challenges.return and challenges.publish: somebody who did not write a statement reads it before
// solvers rely on it.
#include "kernel/crypto/crypto.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_interests.h"

namespace polder::challenges {

struct Submit {
  static constexpr std::string_view name = "challenges.submit";
  Id challenge;
};
BOOST_DESCRIBE_STRUCT(Submit, (), (challenge))

struct Return {
  static constexpr std::string_view name = "challenges.return";
  Id challenge;
  fields::Text<5'000> remarks;
};
BOOST_DESCRIBE_STRUCT(Return, (), (challenge, remarks))

struct Publish {
  static constexpr std::string_view name = "challenges.publish";
  Id challenge;
};
BOOST_DESCRIBE_STRUCT(Publish, (), (challenge))

namespace {

Effect at(const Challenge& c, record::Visibility visibility) {
  return {.visibility = visibility, .made = c.id, .location = "challenges/" + c.slug};
}

Result<Effect> submit(House& house, Doing& doing, const Submit& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  CHECK_DONE(if_theirs(house, doing, c));
  store::set_review(doing.tx, c.id, Phase::review, "");
  renew(doing, c);
  return at(c, record::Visibility::parties);
}

/// Nobody decides their own case: who wrote it last does not review it.
Done somebody_else(const Doing& doing, const Challenge& c) {
  if (doing.actor.is_person() && doing.actor.person == c.written_by)
    return refuse(Why::forbidden, {"challenges.not-your-own"});
  return {};
}

Result<Effect> send_back(House&, Doing& doing, const Return& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  CHECK_DONE(somebody_else(doing, c));
  store::set_review(doing.tx, c.id, Phase::draft, act.remarks.value);
  renew(doing, c);
  return at(c, record::Visibility::parties);
}

Result<Effect> publish(House& house, Doing& doing, const Publish& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  CHECK_DONE(somebody_else(doing, c));
  const auto platform = house.platforms.list()->by_id(doing.platform);
  CHECK_DONE(check_publishable(statement_of(doing.tx, c), doing.now,
                               platform->charter.number("challenges", "minimum_days"), platform->zone));
  // The lot for ties is drawn now and committed to, so that nobody can choose it when the marks are known.
  const std::string seed = doing.random.bytes(32);
  store::put_words(doing.tx, c.id, spoken(statement_of(doing.tx, c)));
  store::set_published(doing.tx, c.id, doing.now, hex(seed), hex(crypto::view(crypto::sha256(seed))));
  follow(house, doing, "challenges.tell-matched", "challenge", c.id);
  renew(doing, c);
  return at(c, record::Visibility::open);
}

}  // namespace

void add_review(House& house) {
  house.acts.add(record::declare<Submit>(house, {"draft"}, of_challenge<Submit>, submit));
  house.acts.add(record::declare<Return>(house, {"review"}, of_challenge<Return>, send_back));
  house.acts.add(record::declare<Publish>(house, {"review"}, of_challenge<Publish>, publish));
}

}  // namespace polder::challenges
