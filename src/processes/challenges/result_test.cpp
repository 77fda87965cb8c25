// The end of a prize: a tie, a conflict found late, an objection upheld, the next in line, and money to the last cent.
#include "processes/challenges/result.h"
#include "methods/ranking/ranking_json.h"
#include "processes/challenges/stage_test.h"

namespace polder::challenges {
namespace {

using boost::json::array;
using boost::json::object;

class Prize : public Stage {
 protected:
  /// Three entries, each marked by two of three judges, in deliberation. Reed and Sedge get the same sum of marks.
  void judged() {
    c = open();
    reed = enter(c, anna, "Reed", "A strip of copper.");
    sedge = enter(c, bram, "Sedge", "A drop of dye.");
    rush = enter(c, cleo, "Rush", "A frog.");
    close();
    for (const Id entry : {reed, sedge, rush})
      act(screener, "challenges.screen",
          {{"challenge", str(c)},
           {"entry", str(entry)},
           {"outcome", "admissible"},
           {"checks", array{object{{"criterion", 1}, {"finding", "met"}, {"evidence", "The bill adds up."}}}}});
    for (const auto* judge : {judge_one, judge_two, judge_three}) {
      act(writer, "challenges.seat-judge",
          {{"challenge", str(c)}, {"email", judge}, {"known-as", std::string("Judge ") + judge}, {"most", 3}});
      array said;
      for (const Team& team : read([&](storage::ReadTx& tx) { return store::teams(tx, c, {}, 10); }))
        said.push_back(object{{"team", str(team.id)}, {"interest", "none"}});
      act(judge, "challenges.declare", {{"challenge", str(c)}, {"teams", said}});
    }
    act(writer, "challenges.begin-judging", {{"challenge", str(c)}});
    mark(reed, 80, 60);
    mark(sedge, 70, 90);
    mark(rush, 50, 50);
  }
  /// Both criteria by every reader of an entry, in tenths.
  void mark(Id entry, std::int64_t accuracy, std::int64_t ease) {
    for (const auto& a : read([&](storage::ReadTx& tx) { return store::readers_of(tx, entry); }))
      for (const auto* judge : {judge_one, judge_two, judge_three})
        if (s.id_of(judge) == a.judge)
          act(judge, "challenges.mark",
              {{"challenge", str(c)},
               {"entry", str(entry)},
               {"round", 1},
               {"giving", "given"},
               {"marks", array{object{{"criterion", 1}, {"mark", fields::decimal_text(accuracy, 1)}},
                               object{{"criterion", 2}, {"mark", fields::decimal_text(ease, 1)}}}},
               {"to-solver", "Show the error bars."}});
  }
  std::vector<Standing> standings() {
    return read([&](storage::ReadTx& tx) { return store::standings(tx, c, 0, {}, 10); });
  }
  object of(Id challenge) { return {{"challenge", str(challenge)}}; }
  object with(object more) {
    more["challenge"] = str(c);
    return more;
  }
  std::int64_t number(Id entry) {
    return read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->number; });
  }

  Id c, reed, sedge, rush;
};
ON_BOTH_DATABASES(Prize);

TEST_P(Prize, EqualScoresAreDecidedByThePublishedRuleAndAnyoneCanReplayIt) {
  judged();
  act(writer, "challenges.begin-deliberation", with({}));
  act(writer, "challenges.announce-result", with({}));
  const auto places = standings();
  ASSERT_EQ(places.size(), 3U);
  // 3 × 8 + 6 = 3 × 7 + 9: equal exactly; the published tie rule asks accuracy.
  EXPECT_EQ(places[0].score, "30");
  EXPECT_EQ(places[1].score, "30");
  EXPECT_EQ(places[0].entry, reed);
  EXPECT_EQ(places[0].decided_by, "criterion:c1");
  EXPECT_EQ(places[0].amount, 1'000'000);
  EXPECT_EQ(places[1].amount, 500'000);
  EXPECT_EQ(places[2].amount, 0);
  const auto kept = read([&](storage::ReadTx& tx) { return store::ranking(tx, c); });
  EXPECT_EQ(ranking::rank_json(kept->file).value(), kept->result) << "the same file gives the same bytes";
  EXPECT_EQ(kept->file.find("anna"), kept->file.npos);
  EXPECT_EQ(kept->file.find("Reed"), kept->file.npos);
}

TEST_P(Prize, AConflictFoundLateVoidsTheMarksAndTheResultFollows) {
  judged();
  const auto readers = read([&](storage::ReadTx& tx) { return store::readers_of(tx, sedge); });
  ASSERT_FALSE(readers.empty());
  act(screener, "challenges.report-conflict",
      with({{"judge", str(readers.front().judge)}, {"entry", str(sedge)}, {"reason", "They share a laboratory."}}));
  const auto marks = read([&](storage::ReadTx& tx) { return store::given_marks(tx, c, 1); });
  for (const Marks& m : marks) EXPECT_FALSE(m.entry == sedge && m.judge == readers.front().judge);
}

TEST_P(Prize, AnObjectionIsDecidedBySomebodyWhoDidNotJudgeAndTheNextInLineGetsThePrize) {
  judged();
  act(writer, "challenges.begin-deliberation", with({}));
  act(writer, "challenges.announce-result", with({}));
  EXPECT_EQ(refused(bram, "challenges.object", with({{"entry", str(reed)}, {"words", "Not mine."}})),
            "challenges.no-such-entry");
  const Id o = act(bram, "challenges.object", with({{"entry", str(sedge)}, {"words", "Copper was bought, not made."}}));
  s.clock().advance(9 * day_ms);
  EXPECT_EQ(refused(writer, "challenges.award", with({})), "challenges.objection-undecided");
  EXPECT_EQ(refused(judge_one, "challenges.decide-objection",
                    with({{"objection", str(o)}, {"upheld", true}, {"decision", "Yes."}})),
            "governance.refused.role");
  act(overseer, "challenges.decide-objection",
      with({{"objection", str(o)}, {"upheld", true}, {"decision", "It was."}, {"disqualifies", number(reed)}}));
  ASSERT_EQ(standings().size(), 2U);
  EXPECT_EQ(standings()[0].entry, sedge);
  EXPECT_EQ(refused(writer, "challenges.award", with({})), "challenges.winner-unchecked");
  act(writer, "challenges.check-winner",
      with({{"entry", number(sedge)}, {"passed", false}, {"reason", "No passport."}}));
  ASSERT_EQ(standings().size(), 1U);
  EXPECT_EQ(standings()[0].entry, rush) << "next in line";
  EXPECT_EQ(standings()[0].amount, 1'000'000);
  act(writer, "challenges.check-winner", with({{"entry", number(rush)}, {"passed", true}, {"reason", "All there."}}));
  act(writer, "challenges.award", with({}));
  const auto awards = read([&](storage::ReadTx& tx) { return store::awards(tx, c); });
  ASSERT_EQ(awards.size(), 1U);
  EXPECT_EQ(awards[0].entry, rush);
}

TEST_P(Prize, TranchesAddUpToTheLastCentAndPaymentsAreByName) {
  judged();
  act(writer, "challenges.begin-deliberation", with({}));
  act(writer, "challenges.announce-result", with({}));
  for (const Id entry : {reed, sedge})
    act(writer, "challenges.check-winner",
        with({{"entry", number(entry)}, {"passed", true}, {"reason", "All there."}}));
  EXPECT_EQ(refused(writer, "challenges.award", with({})), "challenges.objections-open");
  s.clock().advance(9 * day_ms);
  act(writer, "challenges.award", with({}));
  const auto awards = read([&](storage::ReadTx& tx) { return store::awards(tx, c); });
  ASSERT_EQ(awards.size(), 2U);
  std::string who = seeker;
  const auto plan = [&](const Award& a, const std::string& first, const std::string& second) {
    return refused(
        writer, "challenges.plan-payments",
        with({{"award", str(a.id)},
              {"tranches", array{object{{"milestone", "A prototype"}, {"amount", first}, {"accepter", who}},
                                 object{{"milestone", "A report"}, {"amount", second}, {"accepter", who}}}}}));
  };
  who = anna;
  EXPECT_EQ(plan(awards[0], "1", "9999"), "fields.summary; tranches.0.accepter: challenges.is-no-accepter");
  who = seeker;
  EXPECT_EQ(plan(awards[0], "3333.33", "6666.66"), "fields.summary; tranches: challenges.does-not-add-up");
  EXPECT_EQ(plan(awards[0], "3333.33", "6666.67"), "done");
  EXPECT_EQ(plan(awards[1], "1", "4999"), "done");
  const auto parts = read([&](storage::ReadTx& tx) { return store::tranches(tx, c); });
  ASSERT_EQ(parts.size(), 4U);
  for (const Tranche& part : parts) {
    const object pay = with({{"tranche", str(part.id)}, {"payee", "Anna Vermeer"}, {"account-end", "4242"}});
    EXPECT_EQ(refused(writer, "challenges.pay", pay), "challenges.accept-first");
    EXPECT_EQ(
        refused(other_seeker, "challenges.accept-milestone", with({{"tranche", str(part.id)}, {"words", "Seen."}})),
        "challenges.somebody-else-accepts");
    act(seeker, "challenges.accept-milestone", with({{"tranche", str(part.id)}, {"words", "Seen."}}));
    object other_account = pay;
    other_account["account-end"] = "NL4";
    EXPECT_EQ(refused(writer, "challenges.pay", other_account), "fields.summary; account-end: challenges.last-digits");
    EXPECT_EQ(refused(writer, "challenges.pay", pay), "done");
  }
  EXPECT_EQ(challenge(c).phase, Phase::finished) << "everything is paid";
  s.person(anna).get("/prize/challenges/" + challenge(c).slug + "/result").expect(200).has("€10,000");
  s.clock().advance(400 * day_ms);
  s.run_jobs();
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::follow_ups(tx, c).size(); }), 1U) << "the clock asked";
  act(writer, "challenges.follow-up", with({{"in-use", true}, {"reached", 1'200}, {"words", "Farmers use it."}}));
  const auto said = read([&](storage::ReadTx& tx) { return store::follow_ups(tx, c); });
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].words, "Farmers use it.");
}

TEST_P(Prize, AConflictFoundAfterTheRankingStopsTheAwardUntilThePanelHasLookedAgain) {
  judged();
  act(writer, "challenges.begin-deliberation", with({}));
  act(writer, "challenges.announce-result", with({}));
  for (const Id entry : {reed, sedge})
    act(writer, "challenges.check-winner", with({{"entry", number(entry)}, {"passed", true}, {"reason", "Fine."}}));
  const auto readers = read([&](storage::ReadTx& tx) { return store::readers_of(tx, reed); });
  for (const auto& reader : readers)
    act(screener, "challenges.report-conflict",
        with({{"judge", str(reader.judge)}, {"entry", str(reed)}, {"reason", "One laboratory."}}));
  s.clock().advance(9 * day_ms);
  EXPECT_EQ(refused(writer, "challenges.award", with({})), "challenges.ranking-outdated");
  EXPECT_EQ(refused(writer, "challenges.announce-result", with({{"why", "Marks are void."}})),
            "challenges.nobody-marked");
  EXPECT_EQ(refused(seeker, "challenges.deliberate-again", with({{"why", "Please."}})), "governance.refused.role");
  act(writer, "challenges.deliberate-again", with({{"why", "Two judges are barred."}}));
  for (const auto* judge : {judge_one, judge_two, judge_three})
    if (std::ranges::find(readers, s.id_of(judge), &Assignment::judge) == readers.end())
      act(writer, "challenges.reassign",
          with({{"entry", str(reed)}, {"to", str(s.id_of(judge))}, {"over-load", true}, {"reason", "Barred."}}));
  mark(reed, 20, 20);
  act(writer, "challenges.announce-result", with({}));
  ASSERT_EQ(standings().size(), 3U);
  EXPECT_EQ(standings()[0].entry, sedge);
  EXPECT_EQ(refused(writer, "challenges.award", with({})), "challenges.objections-open")
      << "a new result, a new window";
}

TEST_P(Prize, AnUpheldObjectionHasItsEffectBeforeAnythingIsPaidAndNobodyPaysTheirOwnTeam) {
  judged();
  act(writer, "challenges.begin-deliberation", with({}));
  act(writer, "challenges.announce-result", with({}));
  const Id o = act(bram, "challenges.object", with({{"entry", str(sedge)}, {"words", "Nobody read page two."}}));
  s.clock().advance(9 * day_ms);
  EXPECT_EQ(refused(writer, "challenges.give-partial",
                    with({{"entry", number(rush)}, {"prize", 1}, {"amount", "1"}, {"reason", "Good."}})),
            "challenges.objection-undecided");
  act(overseer, "challenges.decide-objection",
      with({{"objection", str(o)}, {"upheld", true}, {"decision", "They shall read it."}}));
  EXPECT_EQ(refused(writer, "challenges.award", with({})), "challenges.objection-without-effect");
  act(writer, "challenges.announce-result", with({{"why", "They read it, and their marks stay."}}));
  s.clock().advance(9 * day_ms);
  for (const Id entry : {reed, sedge})
    act(writer, "challenges.check-winner", with({{"entry", number(entry)}, {"passed", true}, {"reason", "Fine."}}));
  s.give_role(anna, prize, "operator");
  EXPECT_EQ(refused(anna, "challenges.award", with({})), "challenges.not-your-own");
  EXPECT_EQ(refused(writer, "challenges.award", with({{"none", true}})), "fields.summary; reason: challenges.say-why");
  act(writer, "challenges.award", with({}));
  EXPECT_EQ(
      refused(anna, "challenges.plan-payments",
              with({{"award", str(read([&](storage::ReadTx& tx) { return store::awards(tx, c); })[0].id)},
                    {"tranches", array{object{{"milestone", "All"}, {"amount", "10000"}, {"accepter", seeker}}}}})),
      "challenges.not-your-own");
}

TEST_P(Prize, RunsOnInTheOpenUntilSomebodyMeetsEveryCriterion) {
  judged();
  // One criterion is not met by anybody: nobody holds a place.
  for (const Id entry : {reed, sedge, rush})
    act(screener, "challenges.screen",
        with({{"entry", str(entry)},
              {"outcome", "admissible"},
              {"checks", array{object{{"criterion", 1}, {"finding", "not-met"}, {"evidence", "It costs twelve."}}}}}));
  act(writer, "challenges.begin-deliberation", with({}));
  act(writer, "challenges.announce-result", with({}));
  EXPECT_TRUE(standings().empty());
  const auto closes = [&](int days) { return wall(days); };
  EXPECT_EQ(refused(writer, "challenges.reopen",
                    with({{"closes", closes(60)}, {"first-to-meet", true}, {"why", "Nobody met it."}})),
            "challenges.objections-open");
  s.clock().advance(9 * day_ms);
  EXPECT_EQ(refused(writer, "challenges.reopen", with({{"closes", closes(2)}, {"why", "Nobody met it."}})),
            "fields.summary; closes: challenges.too-short");
  const auto lot = challenge(c).seed_sha256;
  act(writer, "challenges.reopen", with({{"closes", closes(30)}, {"first-to-meet", true}, {"why", "Nobody met it."}}));
  EXPECT_EQ(challenge(c).phase, Phase::open);
  EXPECT_NE(challenge(c).seed_sha256, lot) << "the old lot is known by now";
  EXPECT_TRUE(read([&](storage::ReadTx& tx) { return store::assignments(tx, c); }).empty());
  EXPECT_EQ(refused(anna, "challenges.seal", with({{"entry", str(reed)}, {"digest", digest_now(reed)}})),
            "challenges.see-the-amendment");
  act(anna, "challenges.acknowledge", with({{"amendment", 1}}));
  act(anna, "challenges.seal", with({{"entry", str(reed)}, {"digest", digest_now(reed)}}));
  s.clock().advance(31 * day_ms);
  s.run_jobs();
  for (const Id entry : {reed, sedge, rush})
    act(screener, "challenges.screen",
        with({{"entry", str(entry)},
              {"outcome", "admissible"},
              {"checks",
               array{object{
                   {"criterion", 1}, {"finding", entry == rush ? "not-met" : "met"}, {"evidence", "Bills."}}}}}));
  // There is a rubric, so it is judged; places go by who met it first.
  for (const auto* judge : {judge_one, judge_two, judge_three}) {
    array said;
    for (const Team& team : read([&](storage::ReadTx& tx) { return store::teams(tx, c, {}, 10); }))
      said.push_back(object{{"team", str(team.id)}, {"interest", "none"}});
    act(judge, "challenges.declare", with({{"teams", said}}));
  }
  act(writer, "challenges.begin-judging", with({}));
  for (const Id entry : {reed, sedge, rush}) mark(entry, 50, 50);
  act(writer, "challenges.begin-deliberation", with({}));
  act(writer, "challenges.announce-result", with({}));
  ASSERT_EQ(standings().size(), 2U);
  EXPECT_EQ(standings()[0].entry, sedge) << "sealed in the first stage, before Reed sealed again";
  EXPECT_EQ(standings()[0].amount, 1'000'000);
}

TEST_P(Prize, WithoutARubricTheFirstThatMeetsEverythingIsFoundByScreening) {
  auto st = statement();
  st["mode"] = "first-to-meet";
  st["rubric"] = array{};
  st["ties"] = array{};
  c = act(writer, "challenges.draft", {{"statement", st}});
  act(writer, "challenges.submit", with({}));
  act(editor, "challenges.publish", with({}));
  s.clock().advance(2 * day_ms);
  s.run_jobs();
  reed = enter(c, anna, "Reed", "A strip.");
  s.clock().advance(second_ms);
  sedge = enter(c, bram, "Sedge", "A drop.");
  close();
  EXPECT_EQ(refused(writer, "challenges.announce-result", with({})), "challenges.not-screened-yet");
  for (const Id entry : {reed, sedge})
    act(screener, "challenges.screen",
        with({{"entry", str(entry)},
              {"outcome", "admissible"},
              {"checks",
               array{object{
                   {"criterion", 1}, {"finding", entry == reed ? "not-met" : "met"}, {"evidence", "A bill."}}}}}));
  EXPECT_EQ(refused(writer, "challenges.begin-judging", with({})), "challenges.nothing-to-mark-by");
  act(writer, "challenges.announce-result", with({}));
  ASSERT_EQ(standings().size(), 1U);
  EXPECT_EQ(standings()[0].entry, sedge);
  const auto kept = read([&](storage::ReadTx& tx) { return store::ranking(tx, c); });
  EXPECT_EQ(ranking::rank_json(kept->file).value(), kept->result);
}

TEST_P(Prize, WhatIsCancelledIsReadByNobody) {
  c = open();
  reed = enter(c, anna, "Reed", "A strip of copper.");
  act(writer, "challenges.cancel", with({{"why", "The ditch is dry."}}));
  const std::string root = "/prize/challenges/" + challenge(c).slug;
  for (const auto* email : {writer, editor, screener, seeker, overseer, judge_one, bram})
    for (const auto* path : {"/screening", "/screening/1", "/entries.csv", "/result/entries/1"})
      s.person(email).get(root + path).lacks("Reed").lacks("copper").lacks("Copper");
  s.person(anna).get(root + "/entries/" + str(reed)).expect(200).has("A strip of copper.");
}

TEST_P(Prize, MarksAndNamesAreNobodysBeforeTheResultAndFeedbackIsForItsTeam) {
  judged();
  const std::string root = "/prize/challenges/" + challenge(c).slug;
  s.person(anna).get(root + "/entries/" + str(reed)).expect(200).lacks("Show the error bars.");
  s.person(anna).get(root + "/result").expect(404);
  act(writer, "challenges.begin-deliberation", with({}));
  act(writer, "challenges.announce-result", with({}));
  s.person(anna).get(root + "/entries/" + str(reed)).expect(200).has("Show the error bars.");
  s.person(bram).get(root + "/entries/" + str(reed)).expect(404);
  s.person(bram).get(root + "/result").expect(200).lacks("Reed").has("Sedge");
  for (const auto* path : {"/result", "/result/ranking.json", "/result/result.json", "/questions", "/team"}) {
    s.visitor().get(root + path).lacks("Reed").lacks("Sedge").lacks("copper");
    s.person(stranger).get(root + path).lacks("Reed").lacks("Sedge").lacks("copper");
  }
}

}  // namespace
}  // namespace polder::challenges
