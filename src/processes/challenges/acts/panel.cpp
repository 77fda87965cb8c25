// challenges.seat-judge and challenges.unseat-judge: who judges this challenge, for whom they work, what they know, and
// how much they can read.
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/judging.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

struct SeatJudge {
  static constexpr std::string_view name = "challenges.seat-judge";
  Id challenge;
  fields::Email email;
  fields::Line<120> known_as;
  std::optional<fields::Line<160>> organisation;
  std::optional<fields::Line<400>> expertise;  ///< areas, with commas between
  fields::Number<1, 1'000> most;
};
BOOST_DESCRIBE_STRUCT(SeatJudge, (), (challenge, email, known_as, organisation, expertise, most))

struct UnseatJudge {
  static constexpr std::string_view name = "challenges.unseat-judge";
  Id challenge;
  Id judge;
};
BOOST_DESCRIBE_STRUCT(UnseatJudge, (), (challenge, judge))

namespace {

Effect at_the_panel(const Challenge& c, Id judge) {
  return {.visibility = record::Visibility::parties, .made = judge, .location = "challenges/" + c.slug + "/panel"};
}

Result<Effect> seat(House& house, Doing& doing, const SeatJudge& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Addressee judge(house, doing.tx, doing.platform, act.email.value);
  if (!judge.may("challenges.mark", Phase::judging)) return refuse_field("email", {"challenges.is-no-judge"});
  // Screeners see whose an entry is, and a solver has an interest in every one.
  if (judge.may("challenges.screen", Phase::screening)) return refuse_field("email", {"challenges.screens-here"});
  const auto& person = judge.person();
  if (store::member(doing.tx, c.id, person->id)) return refuse_field("email", {"challenges.solves-here"});
  const bool fresh = !store::judge(doing.tx, c.id, person->id);
  store::put_judge(doing.tx, {.challenge = c.id,
                              .person = person->id,
                              .name = act.known_as.value,
                              .organisation = act.organisation ? act.organisation->value : "",
                              .expertise = areas(act.expertise ? act.expertise->value : ""),
                              .most = act.most.value});
  // What is known of a new seat, or of another organisation, bars at once.
  if (phase_at(c, doing.now) >= Phase::screening)
    for (const Conflict& found : derived_conflicts(doing.tx, c, doing.now)) bar(doing, c, found);
  if (fresh && !house.settings.quiet)
    house.queue.enqueue(
        doing.tx, "challenges.tell-seated",
        boost::json::serialize(boost::json::object{{"challenge", str(c.id)}, {"judge", str(person->id)}}), doing.now);
  renew(doing, c);
  return at_the_panel(c, person->id);
}

Result<Effect> unseat(House&, Doing& doing, const UnseatJudge& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  if (!store::judge(doing.tx, c.id, act.judge)) return refuse(Why::not_found, {"challenges.no-such-judge"});
  for (const Marks& m : store::marks_of_judge(doing.tx, c.id, act.judge))
    if (m.state != MarkState::draft) return refuse(Why::conflict, {"challenges.has-marked"});
  store::delete_judge(doing.tx, c.id, act.judge);
  renew(doing, c);
  return at_the_panel(c, act.judge);
}

}  // namespace

void add_panel(House& house) {
  const std::vector<std::string> phases{"announced", "open", "screening", "judging", "deliberation"};
  house.acts.add(record::declare<SeatJudge>(house, phases, of_challenge<SeatJudge>, seat));
  house.acts.add(record::declare<UnseatJudge>(house, phases, of_challenge<UnseatJudge>, unseat));
}

}  // namespace polder::challenges
