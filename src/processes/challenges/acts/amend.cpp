// challenges.amend and challenges.cancel: what was promised changes in the open, by number and with a reason.
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_interests.h"

namespace polder::challenges {

struct Amend {
  static constexpr std::string_view name = "challenges.amend";
  Id challenge;
  Statement statement;
  fields::Text<2'000> why;
};
BOOST_DESCRIBE_STRUCT(Amend, (), (challenge, statement, why))

struct Cancel {
  static constexpr std::string_view name = "challenges.cancel";
  Id challenge;
  fields::Text<2'000> why;
};
BOOST_DESCRIBE_STRUCT(Cancel, (), (challenge, why))

void take_over(House& house, Doing& doing, const Statement& s, Challenge& c);  // draft.cpp

namespace {

Result<Effect> amend(House& house, Doing& doing, const Amend& act) {
  Challenge c = challenge_of(doing.tx, act.challenge);
  const auto& zone = house.platforms.list()->by_id(doing.platform)->zone;
  CHECK_DONE(check_statement(act.statement, zone, "statement."));
  CHECK_DONE(check_amendment(statement_of(doing.tx, c), act.statement, phase_at(c, doing.now), zone));
  amend_by(house, doing, c, act.statement, act.why.value);
  return Effect{.made = c.id, .location = "challenges/" + c.slug + "/amendments"};
}

Result<Effect> cancel(House& house, Doing& doing, const Cancel& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  store::set_cancelled(doing.tx, c.id, act.why.value);
  follow(house, doing, "challenges.tell-cancelled", "challenge", c.id);
  renew(doing, c);
  return Effect{.made = c.id, .location = "challenges/" + c.slug};
}

}  // namespace

void amend_by(House& house, Doing& doing, Challenge& c, const Statement& s, const std::string& why) {
  take_over(house, doing, s, c);
  ++c.version;
  store::update(doing.tx, c);
  store::put_version(doing.tx, c.id, {.number = c.version, .statement = s, .why = why, .made_at = doing.now});
  store::put_words(doing.tx, c.id, spoken(s));
  follow(house, doing, "challenges.tell-amended", "challenge", c.id);
  renew(doing, c);
}

void add_amend(House& house) {
  house.acts.add(record::declare<Amend>(house, {"announced", "open"}, of_challenge<Amend>, amend));
  house.acts.add(record::declare<Cancel>(house, {"announced", "open", "screening", "judging", "deliberation"},
                                         of_challenge<Cancel>, cancel));
}

}  // namespace polder::challenges
