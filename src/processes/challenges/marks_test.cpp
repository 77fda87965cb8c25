// Marks stay what they were: drafts, given ones, changes with their history, two rounds, erasure.
#include "processes/challenges/judging_stage_test.h"
#include "record/store.h"

namespace polder::challenges {
namespace {

class Marking : public JudgingStage {};
ON_BOTH_DATABASES(Marking);

TEST_P(Marking, ADraftMayLackMarksAndGivenOnesStayWithinTheRubric) {
  judging();
  const std::string reader = reader_of(reed);
  const auto why = [&](object fields) { return refused(reader, "challenges.mark", fields); };
  EXPECT_EQ(why(mark_fields(reed, "10.1", "3")), "fields.summary; marks.0.mark: fields.out-of-range");
  EXPECT_EQ(why(mark_fields(reed, "", "3")), "fields.summary; marks.0.mark: fields.required");
  EXPECT_EQ(why(mark_fields(reed, "5", "3", "given", 2)), "fields.summary; round: challenges.no-such-round");
  object half = mark_fields(reed, "7.5", "3");
  half["marks"] = array{object{{"criterion", 1}, {"mark", "7.5"}}};
  EXPECT_EQ(why(half), "fields.summary; marks: challenges.marks-missing");
  half["giving"] = "draft";
  EXPECT_EQ(why(half), "done");
  EXPECT_EQ(marks_of(reed, reader)->marks, (std::vector<std::int64_t>{75, store::no_mark}));
  const std::string packet = page("packets/" + std::to_string(number(reed)));
  s.person(reader).get(packet).expect(200).has("7.5");
  s.person(reader).get(page("judging")).has("draft");
  s.person(reader)
      .post(packet, {{"round", "1"},
                     {"marks.0.criterion", "1"},
                     {"marks.0.mark", "7,5"},
                     {"marks.1.criterion", "2"},
                     {"marks.1.mark", "4"},
                     {"giving", "given"}})
      .to(page("judging"));
  EXPECT_EQ(marks_of(reed, reader)->marks, (std::vector<std::int64_t>{75, 40}));
  EXPECT_EQ(why(mark_fields(reed, "1", "1")), "challenges.marks-are-given") << "given is given";
  s.person(reader).get(packet).expect(200).has("You gave these marks.");
}

TEST_P(Marking, AGivenMarkChangesOnlyInDeliberationWithAReasonAndItsHistoryStays) {
  judging();
  const object begin{{"challenge", str(c)}};
  EXPECT_EQ(refused(writer, "challenges.begin-deliberation", begin), "challenges.marks-missing-of");
  for (const auto* email : panel) s.person(email).get(page("deliberation")).expect(404);
  s.person(writer).get(page("deliberation")).expect(200).has("Judge 1").lacks("Accuracy");
  mark_all();
  act(writer, "challenges.begin-deliberation", begin);
  const std::string reader = reader_of(reed);
  object changed = mark_fields(reed, "2", "2");
  EXPECT_EQ(refused(reader, "challenges.mark", changed), "fields.summary; reason: challenges.say-why");
  changed["reason"] = "The others are right about salt.";
  EXPECT_EQ(refused(reader, "challenges.mark", changed), "done");
  EXPECT_EQ(marks_of(reed, reader)->marks, (std::vector<std::int64_t>{20, 20}));
  ASSERT_EQ(kept(reed), 1U);
  const std::string path = page("deliberation/" + std::to_string(number(reed)));
  for (const auto* email : {judge_one, judge_two, judge_three, writer})
    s.person(email)
        .get(path)
        .expect(200)
        .has("The others are right about salt.")
        .has("had given 8 and 6.5")
        .has("far from the others")
        .lacks("Reed");
  s.person(judge_one).get(page("deliberation")).expect(200).has("Entry 1").lacks("Reed").lacks("copper");
  s.person(judge_one).get(path).has("I like it.");
  s.person(writer).get(path).lacks("I like it.");  // what judges say to each other
  for (const auto* email : {screener, seeker, anna, overseer, stranger}) {
    s.person(email).get(path).expect(404);
    s.person(email).get(page("deliberation")).expect(404);
  }
}

TEST_P(Marking, DeliberationBeginsWithoutSomebodysMarksOnlyForAReasonAndNeverWithoutAny) {
  judging();
  object begin{{"challenge", str(c)}, {"anyway", "Judge 1 is ill."}};
  const std::string reader = reader_of(reed);
  EXPECT_EQ(refused(writer, "challenges.begin-deliberation", begin), "challenges.nobody-marked");
  for (const Id entry : {reed, sedge, rush}) act(reader_of(entry), "challenges.mark", mark_fields(entry, "5", "5"));
  EXPECT_EQ(refused(writer, "challenges.begin-deliberation", begin), "done");
  EXPECT_EQ(challenge(c).phase, Phase::deliberation);
}

TEST_P(Marking, TheSecondRoundBeginsWhenTheFirstIsDone) {
  auto st = statement();
  st["rounds"] = 2;
  c = act(writer, "challenges.draft", {{"statement", st}});
  act(writer, "challenges.submit", {{"challenge", str(c)}});
  act(editor, "challenges.publish", {{"challenge", str(c)}});
  s.clock().advance(2 * day_ms);
  s.run_jobs();
  reed = enter(c, anna, "Reed", "Copper.");
  for (const auto* email : {judge_one, judge_two}) seat(email);
  close();
  act(screener, "challenges.screen", screen_fields(reed));
  for (const auto* email : {judge_one, judge_two}) declare_none(email);
  act(writer, "challenges.begin-judging", {{"challenge", str(c)}});
  act(judge_one, "challenges.mark", mark_fields(reed, "4", "4"));
  EXPECT_EQ(refused(judge_one, "challenges.mark", mark_fields(reed, "5", "5", "given", 2)),
            "fields.summary; round: challenges.first-round-first");
  act(judge_two, "challenges.mark", mark_fields(reed, "8", "8"));
  s.person(judge_one)
      .get(page("packets/" + std::to_string(number(reed))))
      .expect(200)
      .has("In the first round the judges gave 60 % on average, from 40 % to 80 %.")
      .lacks("Judge 2");
  EXPECT_EQ(refused(judge_one, "challenges.mark", mark_fields(reed, "5", "5")), "challenges.marks-are-given");
  act(judge_one, "challenges.mark", mark_fields(reed, "6", "6", "given", 2));
  EXPECT_EQ(refused(writer, "challenges.begin-deliberation", {{"challenge", str(c)}}), "challenges.marks-missing-of");
  act(judge_two, "challenges.mark", mark_fields(reed, "7", "7", "given", 2));
  act(writer, "challenges.begin-deliberation", {{"challenge", str(c)}});
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::given_marks(tx, c, 2).size(); }), 2U);
}

TEST_P(Marking, ErasureTakesAJudgesNameAndWordsAndLeavesTheNumbers) {
  judging();
  const std::string reader = reader_of(reed);
  act(reader, "challenges.mark", mark_fields(reed, "9", "9"));
  const Id judge = s.id_of(reader);
  const auto actor = s.actor(reader, prize);
  const auto copy = read([&](storage::ReadTx& tx) { return copy_judging(tx, judge); });
  EXPECT_EQ(copy.at("seats").as_array().size(), 1U);
  EXPECT_EQ(copy.at("marks").as_array().at(0).at("to-panel").as_string(), "I like it.");
  const auto said_in_acts = [&] {
    return read([&](storage::ReadTx& tx) {
      std::int64_t n = 0;
      for (const auto& row : record::store::acts_about(tx, prize, "challenges/a-cheaper-sensor", {}, 100)) {
        const auto full = record::store::act(tx, row.id);
        n += full && full->content && full->content->find(reader) != std::string::npos ? 1 : 0;
      }
      return n;
    });
  };
  EXPECT_EQ(said_in_acts(), 1) << "who seated them said their address";
  const auto done = s.house().database.write([&](storage::WriteTx& tx) -> Done {
    Doing doing(tx, prize, actor, s.clock().now(), s.house().ids, s.house().random);
    erase_judging(doing, judge);
    return {};
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(marks_of(reed, reader)->marks, (std::vector<std::int64_t>{90, 90}));
  EXPECT_EQ(marks_of(reed, reader)->to_solver + marks_of(reed, reader)->to_panel, "");
  read([&](storage::ReadTx& tx) {
    EXPECT_EQ(store::judge(tx, c, judge)->name, "");
    EXPECT_EQ(store::assignments_of(tx, c, judge).size(), 1U) << "what was not done is another's";
  });
  EXPECT_EQ(said_in_acts(), 0);
  s.person(writer).get(page("assignment")).expect(200).has("a former judge");
}

}  // namespace
}  // namespace polder::challenges
