// The middle of a prize: whoever has an interest reads nothing, whoever reads does not know whose it is, marks stay
// what they were, and each step is for those whose step it is.
#include "processes/challenges/judging.h"

#include "processes/challenges/stage_test.h"
#include "record/store.h"

namespace polder::challenges {
namespace {

using boost::json::array;
using boost::json::object;

// ---- pure ----

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

// ---- with people ----

class Judging : public Stage {
 protected:
  static constexpr std::array<const char*, 3> panel{judge_one, judge_two, judge_three};

  std::string page(const std::string& rest = "") {
    return "/prize/challenges/" + challenge(c).slug + (rest.empty() ? "" : "/" + rest);
  }
  object seat_fields(const std::string& email, const std::string& organisation = "", int most = 10) {
    return {{"challenge", str(c)},
            {"email", email},
            {"known-as", "Judge " + email.substr(5, 1)},
            {"organisation", organisation},
            {"expertise", "copper, nitrate"},
            {"most", most}};
  }
  void seat(const std::string& email, const std::string& organisation = "", int most = 10) {
    act(writer, "challenges.seat-judge", seat_fields(email, organisation, most));
  }
  Id team(Id entry) {
    return read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->team; });
  }
  std::int64_t number(Id entry) {
    return read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->number; });
  }
  object screen_fields(Id entry, const std::string& outcome = "admissible", const std::string& mask = "") {
    object out{{"challenge", str(c)},
               {"entry", str(entry)},
               {"checks", array{object{{"criterion", 1}, {"finding", "met"}, {"evidence", "The bill says nine."}}}},
               {"outcome", outcome}};
    if (outcome == "inadmissible") out["reason"] = "It is empty.";
    if (!mask.empty()) out["masks"] = array{object{{"words", mask}, {"note", "names the team"}}};
    return out;
  }
  object declare_fields(Id about, const std::string& interest) {
    return {{"challenge", str(c)},
            {"teams", array{object{{"team", str(about)}, {"interest", interest}, {"reason", "My brother is in it."}}}}};
  }
  void declare_none(const std::string& email) {
    array teams;
    for (const Team& t : read([&](storage::ReadTx& tx) { return store::entered_teams(tx, c); }))
      teams.push_back(object{{"team", str(t.id)}, {"interest", "none"}});
    act(email, "challenges.declare", {{"challenge", str(c)}, {"teams", teams}});
  }
  object mark_fields(Id entry, const std::string& accuracy, const std::string& ease,
                     const std::string& giving = "given", int round = 1) {
    return {{"challenge", str(c)},
            {"entry", str(entry)},
            {"round", round},
            {"marks", array{object{{"criterion", 1}, {"mark", accuracy}}, object{{"criterion", 2}, {"mark", ease}}}},
            {"to-solver", "Say more about salt."},
            {"to-panel", "I like it."},
            {"giving", giving}};
  }
  bool reads(Id entry, const std::string& email) {
    return read([&, judge = s.id_of(email)](storage::ReadTx& tx) {
      const auto all = store::readers_of(tx, entry);
      return std::ranges::find(all, judge, &Assignment::judge) != all.end();
    });
  }
  std::string reader_of(Id entry) {
    for (const auto* email : panel)
      if (reads(entry, email)) return email;
    return "";
  }
  std::optional<Marks> marks_of(Id entry, const std::string& email) {
    return read([&, judge = s.id_of(email)](storage::ReadTx& tx) { return store::marks(tx, entry, judge, 1); });
  }
  std::size_t kept(Id entry) {
    return read([&](storage::ReadTx& tx) { return store::history(tx, entry).size(); });
  }

  /// Three entries of three teams, closed; three judges.
  void screening() {
    c = open();
    reed = enter(c, anna, "Reed", "A strip of copper by Anna of Reed.");
    sedge = enter(c, bram, "Sedge", "A lamp and a nitrate lens.");
    rush = enter(c, cleo, "Rush", "A float.");
    for (const auto* email : panel) seat(email);
    close();
  }
  void judging(const std::string& mask = "") {
    screening();
    act(screener, "challenges.screen", screen_fields(reed, "admissible", mask));
    for (const Id entry : {sedge, rush}) act(screener, "challenges.screen", screen_fields(entry));
    for (const auto* email : panel) declare_none(email);
    act(writer, "challenges.begin-judging", {{"challenge", str(c)}});
  }
  void mark_all(const std::string& accuracy = "8") {
    for (const Id entry : {reed, sedge, rush})
      for (const auto* email : panel)
        if (reads(entry, email)) act(email, "challenges.mark", mark_fields(entry, accuracy, "6.5"));
  }
  void deliberation() {
    judging();
    mark_all();
    act(writer, "challenges.begin-deliberation", {{"challenge", str(c)}});
  }

  Id c{}, reed{}, sedge{}, rush{};
};
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

TEST_P(Judging, ConflictsThatAreKnownNeedNobodyToSayThem) {
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

TEST_P(Judging, ADeclarationShowsTeamsAndNoEntriesAndAPacketAnEntryAndNoTeam) {
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

TEST_P(Judging, NothingIsReadBeforeEveryTeamIsDeclaredAbout) {
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

TEST_P(Judging, AConflictDeclaredLateVoidsMarksAndBarsThePageInTheSameMoment) {
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

TEST_P(Judging, AReportHoldsAtOnceAndTellsNobodyWhatTheyDidNotKnow) {
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

TEST_P(Judging, ADraftMayLackMarksAndGivenOnesStayWithinTheRubric) {
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

TEST_P(Judging, AGivenMarkChangesOnlyInDeliberationWithAReasonAndItsHistoryStays) {
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

TEST_P(Judging, InDeliberationAJudgeWithAConflictSeesNoMarksOnThatEntry) {
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

TEST_P(Judging, DeliberationBeginsWithoutSomebodysMarksOnlyForAReasonAndNeverWithoutAny) {
  judging();
  object begin{{"challenge", str(c)}, {"anyway", "Judge 1 is ill."}};
  const std::string reader = reader_of(reed);
  EXPECT_EQ(refused(writer, "challenges.begin-deliberation", begin), "challenges.nobody-marked");
  for (const Id entry : {reed, sedge, rush}) act(reader_of(entry), "challenges.mark", mark_fields(entry, "5", "5"));
  EXPECT_EQ(refused(writer, "challenges.begin-deliberation", begin), "done");
  EXPECT_EQ(challenge(c).phase, Phase::deliberation);
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

TEST_P(Judging, TheSecondRoundBeginsWhenTheFirstIsDone) {
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

TEST_P(Judging, ErasureTakesAJudgesNameAndWordsAndLeavesTheNumbers) {
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
