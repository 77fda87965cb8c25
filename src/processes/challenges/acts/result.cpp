// challenges.announce-result, .object, .decide-objection, .check-winner: the ranking is made from what is in the
// record, and can be doubted before it counts.
#include "processes/challenges/result.h"

#include "methods/ranking/ranking.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

struct AnnounceResult {
  static constexpr std::string_view name = "challenges.announce-result";
  Id challenge;
  std::optional<fields::Text<2'000>> why;  ///< of a ranking that replaces another
};
BOOST_DESCRIBE_STRUCT(AnnounceResult, (), (challenge, why))

struct Object {
  static constexpr std::string_view name = "challenges.object";
  Id challenge;
  Id entry;
  fields::Text<5'000> words;
};
BOOST_DESCRIBE_STRUCT(Object, (), (challenge, entry, words))

struct DecideObjection {
  static constexpr std::string_view name = "challenges.decide-objection";
  Id challenge;
  Id objection;
  bool upheld = false;
  fields::Text<5'000> decision;
  std::optional<fields::Number<1, 100'000>> disqualifies;  ///< the number of an entry that may not win
};
BOOST_DESCRIBE_STRUCT(DecideObjection, (), (challenge, objection, upheld, decision, disqualifies))

struct CheckWinner {
  static constexpr std::string_view name = "challenges.check-winner";
  Id challenge;
  fields::Number<1, 100'000> entry;  ///< its number
  bool passed = false;
  fields::Text<2'000> reason;
};
BOOST_DESCRIBE_STRUCT(CheckWinner, (), (challenge, entry, passed, reason))

namespace {

Effect done(const Challenge& c, Id made = {}) { return {.made = made, .location = "challenges/" + c.slug + "/result"}; }

Done rank_again(const House& house, Doing& doing, const Challenge& c, const Statement& s, const std::string& why) {
  house.algorithms.running("ranking", ranking::version);
  TRY(const RankedFrom from, ranked_from(doing.tx, c, s));
  TRY(const Outcome outcome, rank(from.file, from.entries));
  const auto before = store::ranking(doing.tx, c.id);
  store::put_ranking(doing.tx, c.id,
                     {.number = before ? before->number + 1 : 1,
                      .file = from.file,
                      .result = outcome.result,
                      .why = why,
                      .at = doing.now},
                     outcome.standings);
  return {};
}

Result<Effect> announce(House& house, Doing& doing, const AnnounceResult& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  const Phase phase = phase_at(c, doing.now);
  // Whether an entry meets every criterion is found out by screening: where there is nothing to mark, that is all.
  if (phase == Phase::screening && (s.mode != Mode::first_to_meet || !s.rubric.items.empty()))
    return refuse(Why::conflict, {"challenges.judge-first"});
  if (const auto waiting = store::unscreened(doing.tx, c.id); !waiting.empty())
    return refuse(Why::conflict, {"challenges.not-screened-yet", {{"entries", std::to_string(waiting.front())}}});
  if (c.phase == Phase::provisional && !act.why) return refuse_field("why", {"fields.required"});
  CHECK_DONE(rank_again(house, doing, c, s, act.why ? act.why->value : ""));
  const auto& zone = house.platforms.list()->by_id(doing.platform)->zone;
  const Date last = zone.civil(doing.now + (s.objection_days.value + 1) * day_ms).date;
  store::set_provisional(doing.tx, c.id, s.objection_days.value == 0 ? doing.now : zone.moment({last, 0, 0}));
  follow(house, doing, "challenges.tell-result", "challenge", c.id);
  renew(doing, c);
  return done(c);
}

Result<Effect> object(House&, Doing& doing, const Object& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const auto me = store::member(doing.tx, c.id, doing.actor.person);
  const auto e = store::entry(doing.tx, act.entry);
  if (!me || !e || e->challenge != c.id || e->team != me->team)
    return refuse(Why::not_found, {"challenges.no-such-entry"});
  if (doing.now >= c.objections_until.value_or(Time{})) return refuse(Why::conflict, {"challenges.objections-over"});
  if (e->state == EntryState::draft || e->state == EntryState::withdrawn)
    return refuse(Why::conflict, {"challenges.not-judged"});
  for (const Objection& o : store::objections(doing.tx, c.id))
    if (o.entry == e->id && !o.upheld) return refuse(Why::conflict, {"challenges.objected-already"});
  const Objection o{.id = doing.ids.next(),
                    .challenge = c.id,
                    .entry = e->id,
                    .words = act.words.value,
                    .decision = {},
                    .upheld = {},
                    .made_at = doing.now};
  store::insert_objection(doing.tx, o);
  renew(doing, c);
  return Effect{.visibility = record::Visibility::parties,
                .made = o.id,
                .location = "challenges/" + c.slug + "/entries/" + str(e->id)};
}

/// It holds no place any more, and what it was to be paid is not owed.
void disqualify(House& house, Doing& doing, const Challenge& c, const Entry& e, const std::string& why) {
  store::set_state(doing.tx, e, EntryState::disqualified, why);
  store::drop_awards_of(doing.tx, c.id, e.id);
  follow(house, doing, "challenges.tell-result", "challenge", c.id);
}

Result<Effect> decide(House& house, Doing& doing, const DecideObjection& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const auto o = store::objection(doing.tx, act.objection);
  if (!o || o->challenge != c.id) return refuse(Why::not_found, {"challenges.no-such-objection"});
  if (o->upheld) return refuse(Why::conflict, {"challenges.decided-already"});
  CHECK_DONE(impartial(doing, c, store::entry(doing.tx, o->entry)->team));
  if (act.disqualifies) {
    if (!act.upheld) return refuse_field("disqualifies", {"challenges.only-when-upheld"});
    const auto e = store::entry_by_number(doing.tx, c.id, act.disqualifies->value);
    if (!e || e->state != EntryState::admissible) return refuse_field("disqualifies", {"challenges.no-such-entry"});
    disqualify(house, doing, c, *e, act.decision.value);
    CHECK_DONE(rank_again(house, doing, c, statement_of(doing.tx, c), act.decision.value));
  }
  store::decide_objection(doing.tx, o->id, act.upheld, act.decision.value, doing.now);
  renew(doing, c);
  return done(c, o->id);
}

Result<Effect> check(House& house, Doing& doing, const CheckWinner& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const auto e = store::entry_by_number(doing.tx, c.id, act.entry.value);
  if (!e || e->state != EntryState::admissible) return refuse_field("entry", {"challenges.no-such-entry"});
  CHECK_DONE(impartial(doing, c, e->team));
  store::put_checked(doing.tx, c.id, {.entry = e->id, .passed = act.passed, .reason = act.reason.value}, doing.now);
  if (!act.passed) {
    // The next in line takes the place: by the same ranking, without this entry.
    disqualify(house, doing, c, *e, act.reason.value);
    CHECK_DONE(rank_again(house, doing, c, statement_of(doing.tx, c), act.reason.value));
  }
  renew(doing, c);
  return done(c, e->id);
}

}  // namespace

void add_result(House& house) {
  house.acts.add(record::declare<AnnounceResult>(house, {"screening", "deliberation", "provisional"},
                                                 of_challenge<AnnounceResult>, announce));
  house.acts.add(record::declare<Object>(house, {"provisional"}, of_challenge<Object>, object));
  house.acts.add(record::declare<DecideObjection>(house, {"provisional"}, of_challenge<DecideObjection>, decide));
  house.acts.add(record::declare<CheckWinner>(house, {"provisional"}, of_challenge<CheckWinner>, check));
}

}  // namespace polder::challenges
