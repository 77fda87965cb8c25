// Whoever has an interest in an entry reads nothing of it, from the moment that it is known.
#include "processes/challenges/judging_stage_test.h"

namespace polder::challenges {
namespace {

class Conflicts : public JudgingStage {};
ON_BOTH_DATABASES(Conflicts);

TEST_P(Conflicts, ConflictsThatAreKnownNeedNobodyToSayThem) {
  const auto make = [&](const char* who, const char* name) {
    const std::string at = s.person(who)
                               .post("/account/organisations", {{"organisation-name", name}, {"kind", "company"}})
                               .header("location");
    return at.substr(at.rfind('/') + 1);
  };
  // Anna's company belongs to the company of the first judge; the second judge names what Sedge names.
  const auto part = make(anna, "Pumps"), owner = make(judge_one, "Holding");
  s.person(anna).post("/account/organisations/" + part + "/declare-owner", {{"part-of", owner}}).expect(303);
  c = open();
  reed = enter(c, anna, "Reed", "Copper.");
  act(bram, "challenges.join",
      {{"challenge", str(c)},
       {"team", "Sedge"},
       {"known-as", "Bram"},
       {"entrant", "company"},
       {"organisation", "Delta Labs"},
       {"country", "NL"},
       {"agrees", true}});
  sedge = write(c, bram, "Nitrate.");
  seal(c, bram, sedge);
  seat(judge_one);
  seat(judge_two, "DELTA labs");
  seat(judge_three);
  close();
  const auto derived =
      read([&](storage::ReadTx& tx) { return derived_conflicts(tx, challenge_of(tx, c), s.clock().now()); });
  std::set<std::pair<Id, std::string>> found;
  for (const Conflict& one : derived) {
    EXPECT_EQ(one.from, ConflictFrom::derived);
    EXPECT_EQ(one.team, one.judge == s.id_of(judge_one) ? team(reed) : team(sedge));
    found.emplace(one.judge, one.reason);
  }
  EXPECT_EQ(found,
            (std::set<std::pair<Id, std::string>>{{s.id_of(judge_one), "ownership"}, {s.id_of(judge_two), "name"}}));
  for (const Id entry : {reed, sedge}) act(screener, "challenges.screen", screen_fields(entry));
  for (const auto* email : panel) declare_none(email);
  act(writer, "challenges.begin-judging", {{"challenge", str(c)}});
  EXPECT_FALSE(reads(reed, judge_one));
  EXPECT_FALSE(reads(sedge, judge_two));
  EXPECT_EQ(refused(writer, "challenges.reassign",
                    {{"challenge", str(c)}, {"entry", str(reed)}, {"to", str(s.id_of(judge_one))}, {"reason", "x"}}),
            "fields.summary; to: challenges.has-a-conflict");
}

TEST_P(Conflicts, ADeclarationShowsTeamsAndNoEntriesAndAPacketAnEntryAndNoTeam) {
  judging("Anna of Reed");
  s.person(judge_one).get(page("judging")).expect(200).has("Reed").has("Sedge").has("Rush").lacks("copper");
  const std::string reader = reader_of(reed);
  s.person(reader)
      .get(page("packets/" + std::to_string(number(reed))))
      .expect(200)
      .has("A strip of copper by █████.")
      .has("How it works")
      .has("Accuracy")
      .lacks("Anna")
      .lacks("Reed")
      .lacks("Copper strip")          // the title
      .lacks("Who you are")           // a field that is hidden
      .lacks("the secret people")     // and what it says
      .lacks("The bill says nine.");  // the screener's words
  s.person(reader).get("/prize/challenges/a-cheaper-sensor").expect(200).has("/a-cheaper-sensor/judging");
  s.person(writer).get("/prize/challenges/a-cheaper-sensor").has("/assignment").has("/panel").lacks("/judging");
  s.person(anna).get("/prize/challenges/a-cheaper-sensor").lacks("/judging").lacks("/panel").lacks("/screening");
  for (const auto* email : panel)
    if (!reads(reed, email)) s.person(email).get(page("packets/" + std::to_string(number(reed)))).expect(404);
  for (const auto* email : {writer, editor, screener, seeker, overseer, administrator, anna, bram, stranger})
    s.person(email).get(page("packets/" + std::to_string(number(reed)))).expect(404).lacks("copper");
}

TEST_P(Conflicts, NothingIsReadBeforeEveryTeamIsDeclaredAbout) {
  judging();
  // Somebody who comes later reads nothing, even given by hand, before they declared.
  s.give_role("late@panel.example", prize, "judge");
  s.person("late@panel.example");
  seat("late@panel.example");
  const Id late = s.id_of("late@panel.example");
  const object give{{"challenge", str(c)}, {"entry", str(reed)}, {"to", str(late)}, {"reason", "A chemist"}};
  EXPECT_EQ(refused(writer, "challenges.reassign", give), "fields.summary; to: challenges.has-not-declared");
  s.person("late@panel.example").get(page("judging")).expect(200).has("Say this of 3 teams first").lacks("copper");
  act("late@panel.example", "challenges.declare", declare_fields(team(reed), "none"));
  EXPECT_EQ(refused(writer, "challenges.reassign", give), "fields.summary; to: challenges.has-not-declared");
  declare_none("late@panel.example");
  EXPECT_EQ(refused(writer, "challenges.reassign", give), "done");
  s.person("late@panel.example").get(page("packets/" + std::to_string(number(reed)))).expect(200).has("copper");
}

TEST_P(Conflicts, AConflictDeclaredLateVoidsMarksAndBarsThePageInTheSameMoment) {
  judging();
  const std::string reader = reader_of(reed), packet = page("packets/" + std::to_string(number(reed)));
  act(reader, "challenges.mark", mark_fields(reed, "9", "9"));
  s.person(reader).get(packet).expect(200).has("copper");
  const std::string nothing = s.person(reader).get(page("packets/9")).expect(404).body();
  s.person(reader).post(packet + "/conflict", {{"reason", "I taught her."}}).to(page("judging")).follow().expect(200);
  EXPECT_EQ(s.person(reader).get(packet).expect(404).lacks("copper").body().size(), nothing.size())
      << "no more is told than of an entry that does not exist";
  EXPECT_EQ(marks_of(reed, reader)->state, MarkState::void_);
  EXPECT_EQ(marks_of(reed, reader)->marks, (std::vector<std::int64_t>{90, 90}));
  EXPECT_EQ(kept(reed), 1U) << "history is kept";
  EXPECT_FALSE(reads(reed, reader));
  EXPECT_EQ(refused(reader, "challenges.mark", mark_fields(reed, "9", "9")), "challenges.no-such-entry");
  object elsewhere = mark_fields(reed, "9", "9");
  elsewhere["entry"] = str(Id{12'345});
  EXPECT_EQ(refused(reader, "challenges.mark", elsewhere), "challenges.no-such-entry");
  EXPECT_EQ(refused(reader, "challenges.declare", declare_fields(team(reed), "none")),
            "fields.summary; teams.0.interest: challenges.conflict-stays");
  read([&](storage::ReadTx& tx) { EXPECT_TRUE(store::given_marks(tx, c, 1).empty()); });
  // The entry needs another reader, and the rest stays as it was.
  act(writer, "challenges.assign-again", {{"challenge", str(c)}});
  read([&](storage::ReadTx& tx) { EXPECT_EQ(store::readers_of(tx, reed).size(), 2U); });
  EXPECT_FALSE(reads(reed, reader));
}

TEST_P(Conflicts, AReportHoldsAtOnceAndTellsNobodyWhatTheyDidNotKnow) {
  judging();
  const std::string reader = reader_of(reed);
  act(reader, "challenges.mark", mark_fields(reed, "9", "9", "draft"));
  const auto report = [&](Id about) {
    return object{{"challenge", str(c)}, {"judge", str(s.id_of(reader))}, {"team", str(about)}, {"reason", "Married"}};
  };
  // Bram knows his own team and no other.
  EXPECT_EQ(refused(bram, "challenges.report-conflict", report(team(reed))),
            "fields.summary; team: challenges.no-such-team");
  EXPECT_EQ(refused(bram, "challenges.report-conflict", report(Id{777})),
            "fields.summary; team: challenges.no-such-team");
  object by_entry = report(team(reed));
  by_entry.erase("team");
  by_entry["entry"] = str(reed);
  EXPECT_EQ(refused(bram, "challenges.report-conflict", by_entry), "challenges.no-such-entry");
  EXPECT_EQ(refused(anna, "challenges.report-conflict", report(team(reed))), "done");
  EXPECT_FALSE(reads(reed, reader));
  EXPECT_EQ(marks_of(reed, reader)->state, MarkState::void_);
  EXPECT_EQ(refused(writer, "challenges.report-conflict", by_entry), "done") << "twice is once";
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::conflicts(tx, c).size(); }), 1U);
  s.person(anna).get(page("report-conflict")).expect(200).has("Judge 1").has("Reed").lacks("Sedge");
  s.person(writer).get(page("report-conflict")).expect(200).has("Judge 1").lacks("Sedge");
  s.person(screener).get(page("report-conflict")).expect(200).has("Sedge");
}

TEST_P(Conflicts, InDeliberationAJudgeWithAConflictSeesNoMarksOnThatEntry) {
  deliberation();
  const std::string path = page("deliberation/" + std::to_string(number(reed)));
  s.person(judge_one).get(path).expect(200);
  const std::string name = "Entry " + std::to_string(number(reed));
  s.person(judge_one).get(page("deliberation")).has(name);
  act(judge_one, "challenges.declare", declare_fields(team(reed), "conflict"));
  s.person(judge_one).get(path).expect(404);
  s.person(judge_one).get(page("deliberation")).expect(200).lacks(name);
  s.person(judge_two).get(path).expect(200).lacks("My brother");
}

}  // namespace
}  // namespace polder::challenges
