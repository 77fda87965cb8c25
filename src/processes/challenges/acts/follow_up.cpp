// challenges.ask-follow-up and challenges.follow-up: the clock asks what became of a solution, and somebody answers in
// the open.
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_result.h"

namespace polder::challenges {

struct AskFollowUp {
  static constexpr std::string_view name = "challenges.ask-follow-up";
  Id challenge;
};
BOOST_DESCRIBE_STRUCT(AskFollowUp, (), (challenge))

struct FollowUpAct {
  static constexpr std::string_view name = "challenges.follow-up";
  Id challenge;
  bool in_use = false;
  std::optional<fields::Number<0, 8'000'000'000>> reached;  ///< people
  fields::Text<5'000> words;
};
BOOST_DESCRIBE_STRUCT(FollowUpAct, (), (challenge, in_use, reached, words))

namespace {

Result<Effect> ask(House& house, Doing& doing, const AskFollowUp& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const auto due = follow_up_at(c, statement_of(doing.tx, c));
  if (!due || doing.now < *due) return refuse(Why::conflict, {"challenges.not-yet"});
  if (!store::follow_ups(doing.tx, c.id).empty()) return refuse(Why::conflict, {"challenges.asked-already"});
  store::ask_follow_up(doing.tx, doing.ids.next(), c.id, doing.now);
  follow(house, doing, "challenges.tell-follow-up", "challenge", c.id);
  renew(doing, c);
  return Effect{.made = c.id, .location = "challenges/" + c.slug + "/result"};
}

Result<Effect> answer(House& house, Doing& doing, const FollowUpAct& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  CHECK_DONE(if_theirs(house, doing, c));
  store::FollowUp f;
  for (const auto& asked : store::follow_ups(doing.tx, c.id))
    if (!asked.said_at) f = asked;
  if (f.id == Id{}) {  // said without being asked
    f = {.id = doing.ids.next(),
         .challenge = c.id,
         .asked_at = doing.now,
         .words = {},
         .in_use = {},
         .reached = {},
         .said_at = {}};
    store::ask_follow_up(doing.tx, f.id, c.id, doing.now);
  }
  f.words = act.words.value;
  f.in_use = act.in_use;
  f.reached = act.reached ? std::optional(act.reached->value) : std::nullopt;
  f.said_at = doing.now;
  store::answer_follow_up(doing.tx, f);
  renew(doing, c);
  return Effect{.made = f.id, .location = "challenges/" + c.slug + "/result"};
}

}  // namespace

void add_follow_up(House& house) {
  const std::vector<std::string> phases{"awarded", "finished"};
  house.acts.add(record::declare<AskFollowUp>(house, phases, of_challenge<AskFollowUp>, ask));
  house.acts.add(record::declare<FollowUpAct>(house, phases, of_challenge<FollowUpAct>, answer));
}

}  // namespace polder::challenges
