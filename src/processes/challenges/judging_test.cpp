// The middle of a prize: panel, screening, who reads what, and each step for those whose step it is.
#include "processes/challenges/judging_stage_test.h"
#include "record/store.h"

namespace polder::challenges {
namespace {

TEST(Fit, CountsWhatTheEntrySpeaksOfAndALittleWhatTheChallengeDoes) {
  const std::string entry = comparable("Copper sensors, read by farmers."),
                    statement = comparable("Nitrate in a ditch");
  const std::vector<std::string> known{"Sensor", "Nitrate", "poetry"};
  EXPECT_EQ(fit(known, entry, statement), 350);
  EXPECT_EQ(fit({}, entry, statement), 0);
  EXPECT_EQ(fit(areas("copper, sensors, read, farmers, by"), entry, statement), 1'000) << "never more";
  EXPECT_EQ(fit(areas("arm"), entry, statement), 0) << "a word begins where a word begins";
}

TEST(Fit, AreasAreTypedWithCommas) {
  EXPECT_EQ(areas(" chemistry,soil science ; soil science,, "),
            (std::vector<std::string>{"chemistry", "soil science"}));
}

TEST(Spread, PointsOutWhoLiesFarFromTheOthers) {
  Statement s;
  s.rubric.items = {{.name = {"A"}, .weight = {3}, .max = {10}, .anchors = {}},
                    {.name = {"B"}, .weight = {1}, .max = {5}, .anchors = {}}};
  EXPECT_EQ(per_mille(s, {100, 50}), 1'000);
  EXPECT_EQ(per_mille(s, {50, 0}), 375);
  const auto by = [](std::int64_t judge, std::int64_t mark) {
    return Marks{.entry = {}, .judge = Id{judge}, .marks = {mark, mark / 2}, .to_solver = {}, .to_panel = {}, .at = {}};
  };
  const std::vector<Marks> near{by(1, 80), by(2, 70), by(3, 76)}, far{by(1, 80), by(2, 30), by(3, 82)};
  EXPECT_TRUE(spread(s, near).outliers.empty());
  EXPECT_EQ(spread(s, far).outliers, (std::set<Id>{Id{1}, Id{2}, Id{3}})) << "one pulls the mean of the others along";
  EXPECT_EQ(spread(s, std::vector<Marks>{by(1, 90)}).outliers.size(), 0U) << "alone nobody is far from others";
  EXPECT_EQ(spread(s, near).mean, 753);
}

class Judging : public JudgingStage {};
ON_BOTH_DATABASES(Judging);

TEST_P(Judging, EachActIsForThoseTheCharterNamesInItsPhaseAndForNobodyElse) {
  struct Row {
    const char* act;
    std::set<std::string> who;
    std::set<Phase> phases;
  };
  const std::set<Phase> panel_phases{Phase::announced, Phase::open, Phase::screening, Phase::judging,
                                     Phase::deliberation};
  const std::set<Phase> conflict_phases{Phase::screening, Phase::judging, Phase::deliberation};
  const std::set<std::string> operators{writer, editor}, judges{judge_one, judge_two, judge_three};
  const std::set<std::string> inside{writer, editor, seeker,    screener,  overseer,   anna,
                                     bram,   cleo,   judge_one, judge_two, judge_three};
  const std::vector<Row> rows{{"challenges.seat-judge", operators, panel_phases},
                              {"challenges.unseat-judge", operators, panel_phases},
                              {"challenges.screen", {screener}, {Phase::screening, Phase::judging}},
                              {"challenges.declare", judges, conflict_phases},
                              {"challenges.report-conflict", inside, conflict_phases},
                              {"challenges.begin-judging", operators, {Phase::screening}},
                              {"challenges.assign-again", operators, {Phase::judging}},
                              {"challenges.reassign", operators, {Phase::judging, Phase::deliberation}},
                              {"challenges.mark", judges, {Phase::judging, Phase::deliberation}},
                              {"challenges.begin-deliberation", operators, {Phase::judging}}};
  const auto platform = s.house().platforms.list()->by_id(prize);
  for (const Row& row : rows) {
    const auto* kind = s.house().acts.find(row.act);
    ASSERT_NE(kind, nullptr) << row.act;
    for (const Phase phase : {Phase::draft, Phase::review, Phase::announced, Phase::open, Phase::screening,
                              Phase::judging, Phase::deliberation, Phase::awarded, Phase::finished, Phase::cancelled})
      for (const auto* email : {writer, editor, seeker, screener, overseer, administrator, anna, bram, cleo, judge_one,
                                judge_two, judge_three, stranger}) {
        const bool allowed =
            s.house().platforms.decide(*platform, s.actor(email, prize), row.act, fields::word_of(phase)).allowed;
        EXPECT_EQ(allowed, row.who.contains(email) && row.phases.contains(phase))
            << row.act << " by " << email << ", " << fields::word_of(phase);
        EXPECT_TRUE(!allowed || std::ranges::find(kind->phases, fields::word_of(phase)) != kind->phases.end());
      }
  }
  // And one of them by everybody, for true: the gate is asked.
  judging();
  for (const auto* email : {writer, seeker, screener, overseer, administrator, anna, stranger})
    EXPECT_NE(refused(email, "challenges.mark", mark_fields(reed, "5", "5")), "done") << email;
}

TEST_P(Judging, OnlySomebodyWhoMayJudgeAndDoesNothingElseHereIsSeated) {
  c = open();
  join(c, anna, "Reed");
  const auto why = [&](const char* email) { return refused(writer, "challenges.seat-judge", seat_fields(email)); };
  EXPECT_EQ(why(seeker), "fields.summary; email: challenges.is-no-judge");
  EXPECT_EQ(why("nobody@example.org"), "fields.summary; email: challenges.is-no-judge");
  s.give_role(anna, prize, "judge");
  EXPECT_EQ(why(anna), "fields.summary; email: challenges.solves-here");
  s.give_role(judge_one, prize, "screener");
  EXPECT_EQ(why(judge_one), "fields.summary; email: challenges.screens-here");
  EXPECT_EQ(why(judge_two), "done");
  s.person(writer).get(page("panel")).expect(200).has("Judge 2").has("copper").lacks("Reed");
  for (const auto* email : {seeker, screener, anna, judge_two, overseer})
    s.person(email).get(page("panel")).expect(404).lacks("Judge 2");
}

TEST_P(Judging, BeginsWhenEveryEntryIsScreenedAndEveryJudgeHasDeclared) {
  screening();
  const object begin{{"challenge", str(c)}};
  EXPECT_EQ(refused(writer, "challenges.begin-judging", begin), "challenges.not-screened-yet");
  for (const Id entry : {reed, sedge}) act(screener, "challenges.screen", screen_fields(entry));
  act(screener, "challenges.screen", screen_fields(rush, "inadmissible"));
  EXPECT_EQ(refused(writer, "challenges.begin-judging", begin), "challenges.not-declared-yet");
  for (const auto* email : {judge_one, judge_two}) declare_none(email);
  s.person(writer).get(page("assignment")).expect(200).has("Judge 3");
  EXPECT_EQ(refused(writer, "challenges.begin-judging", begin), "challenges.not-declared-yet");
  declare_none(judge_three);
  s.person(writer).post(page("assignment/begin")).expect(303);
  EXPECT_EQ(challenge(c).phase, Phase::judging);
  read([&](storage::ReadTx& tx) {
    EXPECT_EQ(store::readers_of(tx, reed).size(), 2U);
    EXPECT_EQ(store::readers_of(tx, sedge).size(), 2U);
    EXPECT_EQ(store::readers_of(tx, rush).size(), 0U) << "what is not admissible is nobody's to read";
  });
  s.person(writer).get(page("assignment")).expect(200).has("Nobody reads more than 2 entries.").lacks("Reed");
  EXPECT_FALSE(s.mails(judge_one).empty());
  for (const auto& mail : s.mails(judge_one)) EXPECT_EQ(mail.text.find("Reed"), mail.text.npos);
}

TEST_P(Judging, EntriesThatCannotGetEnoughReadersAreNamed) {
  screening();
  for (const Id entry : {reed, sedge, rush}) act(screener, "challenges.screen", screen_fields(entry));
  for (const auto* email : panel) declare_none(email);
  for (const auto* email : {judge_one, judge_two})
    act(email, "challenges.declare", declare_fields(team(reed), "conflict"));
  const auto no = perform(writer, "challenges.begin-judging", {{"challenge", str(c)}});
  ASSERT_FALSE(no);
  EXPECT_EQ(no.error().message.key, "challenges.too-few-readers");
  EXPECT_EQ(std::get<std::string>(no.error().message.args.at(0).second), std::to_string(number(reed)) + " (1)");
  EXPECT_EQ(challenge(c).phase, Phase::screening);
}

TEST_P(Judging, JudgesHaveTheFilesTheScreenerLetThemHaveUnderNamesThatSayNothing) {
  c = open();
  join(c, anna, "Reed");
  reed = write(c, anna, "Copper.");
  std::vector<Id> files;
  for (const auto* name : {"anna-of-reed.pdf", "cv-of-anna.pdf"}) {
    auto coming = s.house().files.receive();
    ASSERT_TRUE(coming && coming->write("%PDF of Anna"));
    const auto kept_file = s.house().files.keep(*std::move(coming));
    ASSERT_TRUE(kept_file);
    files.push_back(s.house().ids.next());
    const FileRow row{.id = files.back(),
                      .entry = reed,
                      .name = name,
                      .type = "application/pdf",
                      .sha256 = std::string(64, 'a'),
                      .path = kept_file->id,
                      .size = 12};
    (void)s.house().database.write([&](storage::WriteTx& tx) -> Done {
      store::insert_file(tx, c, row, s.clock().now());
      return {};
    });
  }
  seal(c, anna, reed);
  for (const auto* email : {judge_one, judge_two}) seat(email);
  const auto file = [&](std::size_t n) { return page("files/" + str(files[n])); };
  for (const auto* email : {screener, judge_one, writer, bram}) s.person(email).get(file(0)).expect(404);
  close();
  object fields = screen_fields(reed);
  fields["files"] = array{str(files[0])};
  act(screener, "challenges.screen", fields);
  for (const auto* email : {judge_one, judge_two}) declare_none(email);
  s.person(judge_one).get(file(0)).expect(404);
  act(writer, "challenges.begin-judging", {{"challenge", str(c)}});
  s.person(judge_one)
      .get(page("packets/1"))
      .expect(200)
      .has("/files/" + str(files[0]))
      .lacks(str(files[1]))
      .lacks("anna");
  const auto handed = s.person(judge_one).get(file(0)).expect(200);
  EXPECT_NE(handed.header("content-disposition").find("1-1.pdf"), std::string::npos);
  EXPECT_EQ(handed.header("content-disposition").find("anna"), std::string::npos);
  s.person(judge_one).get(file(1)).expect(404);
  s.person(screener).get(file(1)).expect(200);
  s.person(anna).get(file(1)).expect(200);
  for (const auto* email : {writer, seeker, overseer, administrator, bram, judge_three, stranger})
    s.person(email).get(file(0)).expect(404);
  act(judge_one, "challenges.declare", declare_fields(team(reed), "conflict"));
  s.person(judge_one).get(file(0)).expect(404);
}

TEST_P(Judging, WhoeverScreensDoesNotJudgeAndNotTheirOwn) {
  screening();
  s.give_role(anna, prize, "screener");
  EXPECT_EQ(refused(anna, "challenges.screen", screen_fields(reed)), "challenges.own-entry");
  s.person(anna).get(page("screening/" + std::to_string(number(reed)))).expect(404);
  s.give_role(judge_one, prize, "screener");
  EXPECT_EQ(refused(judge_one, "challenges.screen", screen_fields(reed)), "challenges.judges-do-not-screen");
  s.person(judge_one).get(page("screening")).expect(404).lacks("Reed");
  s.person(screener).get(page("screening")).expect(200).has("Copper strip").has("Reed");
  s.person(screener)
      .get(page("screening/" + std::to_string(number(reed))))
      .expect(200)
      .has("the secret people")
      .has("hidden from judges");
  for (const auto* email : {writer, seeker, overseer, bram, administrator})
    s.person(email).get(page("screening/" + std::to_string(number(reed)))).expect(404).lacks("secret people");
}

TEST_P(Judging, AScreeningLooksAtEveryCriterionAndCoversOnlyWhatIsThere) {
  screening();
  const auto why = [&](object fields) { return refused(screener, "challenges.screen", fields); };
  object fields = screen_fields(reed);
  fields["checks"] = array{};
  EXPECT_EQ(why(fields), "fields.summary; checks: challenges.not-looked-at");
  fields["checks"] = array{object{{"criterion", 1}, {"finding", "met"}}};
  EXPECT_EQ(why(fields), "fields.summary; checks.0.evidence: challenges.evidence-missing");
  fields["checks"] = array{object{{"criterion", 2}, {"finding", "met"}, {"evidence", "x"}}};
  EXPECT_EQ(why(fields), "fields.summary; checks.0.criterion: challenges.no-such-criterion");
  EXPECT_EQ(why(screen_fields(reed, "admissible", "Nobody")),
            "fields.summary; masks.0.words: challenges.mask-finds-nothing");
  EXPECT_EQ(why(screen_fields(reed, "admissible", "the secret people")),
            "fields.summary; masks.0.words: challenges.mask-finds-nothing")
      << "judges never see that field";
  object silent = screen_fields(reed, "inadmissible");
  silent.erase("reason");
  EXPECT_EQ(why(silent), "fields.summary; reason: challenges.say-why");
  // By the page, as a browser sends it.
  s.person(screener)
      .post(page("screening/" + std::to_string(number(reed))), {{"checks.0.criterion", "1"},
                                                                {"checks.0.finding", "not-met"},
                                                                {"checks.0.evidence", "It costs eleven."},
                                                                {"masks.0.words", "Anna"},
                                                                {"masks.1.words", "Anna of Reed"},
                                                                {"outcome", "admissible"},
                                                                {"reason", ""}})
      .to(page("screening"));
  read([&](storage::ReadTx& tx) {
    EXPECT_FALSE(store::checks(tx, reed).at(0).met);
    EXPECT_EQ(store::masks(tx, reed).at(0).words, "Anna of Reed") << "the longest first, or Reed would be left over";
    EXPECT_EQ(store::entry(tx, reed)->state, EntryState::admissible);
  });
}

TEST_P(Judging, WhatWasGivenByHandOrBegunStaysWhenEntriesAreSharedOutAgain) {
  judging();
  const std::string reader = reader_of(reed);
  std::string other;
  for (const auto* email : panel)
    if (!reads(reed, email)) other = email;
  act(reader, "challenges.mark", mark_fields(reed, "5", "5", "draft"));
  const object swap{{"challenge", str(c)},
                    {"entry", str(sedge)},
                    {"from", str(s.id_of(reader_of(sedge)))},
                    {"reason", "Knows lenses"}};
  object to_other = swap;
  std::string fresh;
  for (const auto* email : panel)
    if (!reads(sedge, email)) fresh = email;
  to_other["to"] = str(s.id_of(fresh));
  act(writer, "challenges.reassign", to_other);
  EXPECT_TRUE(reads(sedge, fresh));
  s.person(writer).get(page("assignment")).has("Knows lenses");
  seat(fresh, "", 1);  // says to read less from now on: what was given by hand stays theirs
  act(writer, "challenges.assign-again", {{"challenge", str(c)}});
  EXPECT_TRUE(reads(sedge, fresh));
  EXPECT_TRUE(reads(reed, reader));
  act(reader, "challenges.mark", mark_fields(reed, "5", "5"));
  EXPECT_EQ(refused(writer, "challenges.reassign",
                    {{"challenge", str(c)}, {"entry", str(reed)}, {"from", str(s.id_of(reader))}, {"reason", "x"}}),
            "fields.summary; from: challenges.has-marked");
  EXPECT_EQ(refused(writer, "challenges.unseat-judge", {{"challenge", str(c)}, {"judge", str(s.id_of(reader))}}),
            "challenges.has-marked");
}

TEST_P(Judging, NobodyIsGivenMoreThanTheySaidUnlessItIsSaid) {
  judging();
  std::string other;
  for (const auto* email : panel)
    if (!reads(reed, email)) other = email;
  seat(other, "", 1);
  object give{
      {"challenge", str(c)}, {"entry", str(reed)}, {"to", str(s.id_of(other))}, {"reason", "A third pair of eyes"}};
  EXPECT_EQ(refused(writer, "challenges.reassign", give), "fields.summary; to: challenges.over-their-load");
  give["over-load"] = true;
  EXPECT_EQ(refused(writer, "challenges.reassign", give), "done");
  EXPECT_EQ(refused(writer, "challenges.reassign", give), "fields.summary; to: challenges.reads-it-already");
}

TEST_P(Judging, ADeskSendsWhatABrowserSends) {
  screening();
  s.person(judge_one)
      .post(page("judging"), {{"teams.0.team", str(team(reed))},
                              {"teams.0.interest", "conflict"},
                              {"teams.0.reason", ""},
                              {"teams.1.team", str(team(sedge))},
                              {"teams.1.interest", "none"},
                              {"teams.1.reason", ""}})
      .expect(422)
      .has("Say why.");
  EXPECT_TRUE(read([&](storage::ReadTx& tx) { return store::conflicts(tx, c).empty(); })) << "all or nothing";
  s.person(judge_one)
      .post(page("judging"), {{"teams.0.team", str(team(reed))},
                              {"teams.0.interest", "conflict"},
                              {"teams.0.reason", "My brother."},
                              {"teams.1.team", str(team(sedge))},
                              {"teams.1.interest", "none"},
                              {"teams.1.reason", ""},
                              {"teams.2.team", str(team(rush))},
                              {"teams.2.reason", ""}})
      .to(page("judging"))
      .follow()
      .expect(200)
      .has("you do not read it")
      .has("Say this of one team first");
  EXPECT_EQ(read([&, judge = s.id_of(judge_one)](storage::ReadTx& tx) { return store::undeclared(tx, c, judge); }), 1);
}

TEST_P(Judging, BeforeEntriesCloseAJudgeLearnsNeitherThatThereAreAnyNorWhose) {
  c = open();
  enter(c, anna, "Reed", "Copper.");
  seat(judge_one);
  s.person(judge_one).get(page("judging")).expect(200).has("nothing to read before").lacks("Reed");
  for (const auto* rest : {"screening", "assignment", "deliberation", "packets/1", "screening/1", "assignment/1",
                           "deliberation/1", "report-conflict"})
    for (const auto* email : {judge_one, writer, screener, seeker, overseer, administrator, bram})
      s.person(email).get(page(rest)).expect(404).lacks("Copper").lacks("Reed");
}

}  // namespace
}  // namespace polder::challenges
