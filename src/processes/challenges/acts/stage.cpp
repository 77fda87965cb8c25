// challenges.deliberate-again and challenges.reopen: a result that was doubted with reason goes back to those who
// judge, and a prize that nobody won yet runs on, in the open and under a new lot.
#include "kernel/crypto/crypto.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_marks.h"
#include "processes/challenges/store_result.h"

namespace polder::challenges {

struct DeliberateAgain {
  static constexpr std::string_view name = "challenges.deliberate-again";
  Id challenge;
  fields::Text<2'000> why;
};
BOOST_DESCRIBE_STRUCT(DeliberateAgain, (), (challenge, why))

/// Until `closes`; from now on the first that meets every criterion takes the prize, if so said.
struct Reopen {
  static constexpr std::string_view name = "challenges.reopen";
  Id challenge;
  fields::WallTime closes;
  bool first_to_meet = false;
  fields::Text<2'000> why;
};
BOOST_DESCRIBE_STRUCT(Reopen, (), (challenge, closes, first_to_meet, why))

void take_over(House& house, Doing& doing, const Statement& s, Challenge& c);  // draft.cpp

namespace {

Result<Effect> again(House& house, Doing& doing, const DeliberateAgain& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  if (statement_of(doing.tx, c).rubric.items.empty()) return refuse(Why::conflict, {"challenges.nothing-to-mark-by"});
  store::set_phase(doing.tx, c.id, Phase::deliberation);
  follow(house, doing, "challenges.tell-deliberation", "challenge", c.id);
  renew(doing, c);
  return Effect{.made = c.id, .location = "challenges/" + c.slug};
}

/// What was said of entries in this stage is kept and counts no more; what a team sent in still does, until it sends
/// something else.
void end_stage(Doing& doing, const Challenge& c) {
  for (const Judge& j : store::judges(doing.tx, c.id))
    for (const Marks& m : store::marks_of_judge(doing.tx, c.id, j.person))
      if (m.state == MarkState::given)
        store::keep_old(
            doing.tx, doing.ids.next(), c.id,
            {.entry = m.entry, .judge = m.judge, .round = m.round, .marks = m.marks, .reason = {}, .at = doing.now});
  store::end_stage(doing.tx, c.id);
  store::drop_ranking(doing.tx, c.id);
}

Result<Effect> reopen(House& house, Doing& doing, const Reopen& act) {
  Challenge c = challenge_of(doing.tx, act.challenge);
  if (doing.now < c.objections_until.value_or(Time{}))
    return refuse(Why::conflict, {"challenges.objections-open", {{"date", Moment{c.objections_until->ms}}}});
  for (const Objection& o : store::objections(doing.tx, c.id))
    if (!o.upheld) return refuse(Why::conflict, {"challenges.objection-undecided"});
  const auto platform = house.platforms.list()->by_id(doing.platform);
  Statement s = statement_of(doing.tx, c);
  s.closes = act.closes;
  s.questions_until.reset();
  s.merge_until.reset();
  s.judged_by.reset();
  if (act.first_to_meet) s.mode = Mode::first_to_meet;
  if (s.mode == Mode::first_to_meet && s.criteria.items.empty())
    return refuse_field("first-to-meet", {"challenges.no-criteria"});
  if (auto fits =
          check_publishable(s, doing.now, platform->charter.number("challenges", "minimum_days"), platform->zone);
      !fits)
    return refuse_field("closes", fits.error().fields.front().message);
  take_over(house, doing, s, c);
  ++c.version;
  store::update(doing.tx, c);
  store::put_version(doing.tx, c.id,
                     {.number = c.version, .statement = std::move(s), .why = act.why.value, .made_at = doing.now});
  end_stage(doing, c);
  // The lot that was drawn is known now: the next ranking has one of its own.
  const std::string seed = doing.random.bytes(32);
  store::set_reopened(doing.tx, c.id, hex(seed), hex(crypto::view(crypto::sha256(seed))));
  follow(house, doing, "challenges.tell-amended", "challenge", c.id);
  renew(doing, c);
  return Effect{.made = c.id, .location = "challenges/" + c.slug + "/amendments"};
}

}  // namespace

void add_stage(House& house) {
  house.acts.add(record::declare<DeliberateAgain>(house, {"provisional"}, of_challenge<DeliberateAgain>, again));
  house.acts.add(record::declare<Reopen>(house, {"provisional"}, of_challenge<Reopen>, reopen));
}

}  // namespace polder::challenges
