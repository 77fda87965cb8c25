// challenges.draft and challenges.revise: a statement is written; only those who write and review see it.
#include "processes/challenges/acts/acts.h"

namespace polder::challenges {

struct Draft {
  static constexpr std::string_view name = "challenges.draft";
  Statement statement;
};
BOOST_DESCRIBE_STRUCT(Draft, (), (statement))

struct Revise {
  static constexpr std::string_view name = "challenges.revise";
  Id challenge;
  Statement statement;
};
BOOST_DESCRIBE_STRUCT(Revise, (), (challenge, statement))

/// What lists and the clock need of a statement, beside the challenge.
void take_over(House& house, Doing& doing, const Statement& s, Challenge& c) {
  const Timeline when = timeline(s, house.platforms.list()->by_id(doing.platform)->zone);
  c.title = s.title.value;
  c.summary = s.summary.value;
  c.language = fields::word_of(s.language);
  c.written_by = doing.actor.person;
  c.opens_at = when.opens;
  c.closes_at = when.closes;
  c.questions_until = when.questions_until;
  c.merge_until = when.merge_until;
}

namespace {

/// Nothing of it is anybody's to know yet, not even a name.
Result<Subject> find_new(House&, storage::ReadTx&, Id, const Draft&) { return Subject{"challenges/new", {}, false}; }

Result<Effect> draft(House& house, Doing& doing, const Draft& act) {
  const auto& zone = house.platforms.list()->by_id(doing.platform)->zone;
  CHECK_DONE(check_statement(act.statement, zone, "statement."));
  Challenge c;
  c.id = doing.ids.next();
  c.platform = doing.platform;
  c.slug = store::free_slug(doing.tx, doing.platform, slug_from(act.statement.title.value));
  c.made_at = doing.now;
  if (!is_theirs(house, doing.actor, c)) c.sought_by = doing.actor.person;
  take_over(house, doing, act.statement, c);
  store::insert(doing.tx, c);
  store::put_version(doing.tx, c.id, {.number = 0, .statement = act.statement, .why = {}, .made_at = doing.now});
  return Effect{.visibility = record::Visibility::parties, .made = c.id, .location = "challenges/" + c.slug};
}

Result<Effect> revise(House& house, Doing& doing, const Revise& act) {
  const auto& zone = house.platforms.list()->by_id(doing.platform)->zone;
  CHECK_DONE(check_statement(act.statement, zone, "statement."));
  Challenge c = challenge_of(doing.tx, act.challenge);
  CHECK_DONE(if_theirs(house, doing, c));
  take_over(house, doing, act.statement, c);
  store::update(doing.tx, c);
  store::put_version(doing.tx, c.id, {.number = 0, .statement = act.statement, .why = {}, .made_at = doing.now});
  renew(doing, c);
  return Effect{.visibility = record::Visibility::parties, .made = c.id, .location = "challenges/" + c.slug};
}

}  // namespace

void add_draft(House& house) {
  house.acts.add(record::declare<Draft>(house, {}, find_new, draft));
  house.acts.add(record::declare<Revise>(house, {"draft", "review"}, of_challenge<Revise>, revise));
}

}  // namespace polder::challenges
