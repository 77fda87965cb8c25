// challenges.ask and challenges.answer-question: every solver reads question and answer, nobody who asked.
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

struct Ask {
  static constexpr std::string_view name = "challenges.ask";
  Id challenge;
  fields::Text<2'000> words;
};
BOOST_DESCRIBE_STRUCT(Ask, (), (challenge, words))

struct AnswerQuestion {
  static constexpr std::string_view name = "challenges.answer-question";
  Id challenge;
  Id question;
  fields::Text<5'000> answer;
};
BOOST_DESCRIBE_STRUCT(AnswerQuestion, (), (challenge, question, answer))

namespace {

Result<Effect> ask(House&, Doing& doing, const Ask& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const auto me = store::member(doing.tx, c.id, doing.actor.person);
  if (!me) return refuse(Why::forbidden, {"challenges.join-first"});
  if (doing.now >= c.questions_until.value_or(c.closes_at))
    return refuse(Why::conflict, {"challenges.questions-are-over"});
  const Question q{.id = doing.ids.next(),
                   .challenge = c.id,
                   .team = me->team,
                   .words = act.words.value,
                   .answer = {},
                   .asked_at = doing.now,
                   .answered_at = {}};
  store::insert_question(doing.tx, q);
  return Effect{
      .visibility = record::Visibility::nameless, .made = q.id, .location = "challenges/" + c.slug + "/questions"};
}

Result<Effect> answer(House& house, Doing& doing, const AnswerQuestion& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  CHECK_DONE(if_theirs(house, doing, c));
  const auto q = store::question(doing.tx, act.question);
  if (!q || q->challenge != c.id) return refuse(Why::not_found, {"challenges.no-such-question"});
  store::answer_question(doing.tx, q->id, act.answer.value, doing.now);
  return Effect{.made = q->id, .location = "challenges/" + c.slug + "/questions"};
}

}  // namespace

void add_ask(House& house) {
  house.acts.add(record::declare<Ask>(house, {"announced", "open"}, of_challenge<Ask>, ask));
  house.acts.add(record::declare<AnswerQuestion>(house, {"announced", "open"}, of_challenge<AnswerQuestion>, answer));
}

}  // namespace polder::challenges
