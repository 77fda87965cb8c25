// The pages on the way from the last mark to the last payment: whoever must do something finds where, whoever was
// wronged finds where to object, whoever decides reads what they decide about, and nobody else does.
#include "kernel/i18n/money.h"
#include "processes/challenges/result.h"
#include "processes/challenges/stage_test.h"
#include "processes/challenges/store_judging.h"

namespace polder::challenges {
namespace {

using boost::json::array;
using boost::json::object;

class ResultPages : public Stage {
 protected:
  /// Three entries are sealed, and entries close.
  void sealed() {
    c = open();
    reed = enter(c, anna, "Reed", "A strip of copper.");
    sedge = enter(c, bram, "Sedge", "A drop of dye.");
    rush = enter(c, cleo, "Rush", "A frog.");
    close();
    root = "/prize/challenges/" + challenge(c).slug;
    act(writer, "challenges.name-seeker", with({{"email", seeker}}));
  }
  void screen(Id entry, const std::string& outcome = "admissible") {
    object fields = with({{"entry", str(entry)},
                          {"outcome", outcome},
                          {"checks", array{object{{"criterion", 1},
                                                  {"finding", outcome == "admissible" ? "met" : "not-met"},
                                                  {"evidence", "We added up the bill."}}}}});
    if (outcome != "admissible") fields["reason"] = "It costs twenty euros.";
    act(screener, "challenges.screen", fields);
  }
  void seat() {
    for (const auto* judge : {judge_one, judge_two, judge_three}) {
      act(writer, "challenges.seat-judge",
          with({{"email", judge},
                {"known-as", std::string("Judge ") + judge},
                {"organisation", "The academy"},
                {"most", 3}}));
      array said;
      for (const Team& team : read([&](storage::ReadTx& tx) { return store::teams(tx, c, {}, 10); }))
        said.push_back(object{{"team", str(team.id)}, {"interest", "none"}});
      act(judge, "challenges.declare", with({{"teams", said}}));
    }
  }
  void mark(Id entry, std::int64_t accuracy) {
    for (const auto& a : read([&](storage::ReadTx& tx) { return store::readers_of(tx, entry); }))
      for (const auto* judge : {judge_one, judge_two, judge_three})
        if (s.id_of(judge) == a.judge)
          act(judge, "challenges.mark",
              with({{"entry", str(entry)},
                    {"round", 1},
                    {"giving", "given"},
                    {"marks", array{object{{"criterion", 1}, {"mark", fields::decimal_text(accuracy, 1)}},
                                    object{{"criterion", 2}, {"mark", "5"}}}},
                    {"to-solver", "Show the error bars."},
                    {"to-panel", "Between us."}}));
  }
  /// Reed and Sedge are judged; Rush is not admitted.
  void judged() {
    sealed();
    screen(reed);
    screen(sedge);
    screen(rush, "inadmissible");
    seat();
    act(writer, "challenges.begin-judging", with({}));
    mark(reed, 80);
    mark(sedge, 70);
    act(writer, "challenges.begin-deliberation", with({}));
  }
  void announced_result() {
    judged();
    act(writer, "challenges.announce-result", with({}));
  }
  void check(Id entry) {
    act(writer, "challenges.check-winner",
        with({{"entry", number(entry)}, {"passed", true}, {"reason", "Passport seen."}}));
  }
  void awarded() {
    announced_result();
    check(reed);
    check(sedge);
    s.clock().advance(9 * day_ms);
    act(writer, "challenges.award", with({}));
  }
  object with(object more) {
    more["challenge"] = str(c);
    return more;
  }
  std::int64_t number(Id entry) {
    return read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->number; });
  }
  std::string entry_page(Id entry) { return root + "/result/entries/" + std::to_string(number(entry)); }
  std::string link(const std::string& path) { return "href=\"" + root + "/" + path + "\""; }

  Id c, reed, sedge, rush;
  std::string root;
};
ON_BOTH_DATABASES(ResultPages);

TEST_P(ResultPages, FromTheFirstScreeningToTheLastPaymentWhoeverMustActFindsWhereOnTheChallengesPage) {
  sealed();
  s.person(screener).get(root).has("3 entries wait for screening").has(link("screening"));
  screen(reed);
  screen(sedge);
  screen(rush, "inadmissible");
  s.person(writer).get(root).has("Give the entries to the judges").has(link("assignment"));
  seat();
  act(writer, "challenges.begin-judging", with({}));
  s.person(writer).get(root).has("Not every mark is given yet");
  mark(reed, 80);
  mark(sedge, 70);
  s.person(writer).get(root).has("Every mark is given").has(link("deliberation"));
  act(writer, "challenges.begin-deliberation", with({}));
  s.person(writer).get(root).has(link("announce")).has("the result is made");
  s.person(anna).get(root).lacks(link("announce"));
  s.person(writer).get(root + "/announce").expect(200);
  s.person(writer).post(root + "/announce", {{"why", ""}}).expect(303).to(root + "/result");

  const std::string papers = "winners/" + std::to_string(number(reed));
  for (const auto& page : {root, root + "/result"}) {
    s.person(writer).get(page).has(link(papers)).lacks(">Award the prizes</a>");
    s.person(screener).get(page).has(link(papers));
    s.person(seeker).get(page).lacks(link(papers)).has("Check the papers of entry");
    s.person(anna).get(page).lacks(link(papers));
  }
  const Id o = act(bram, "challenges.object", with({{"entry", str(sedge)}, {"words", "Copper was bought."}}));
  s.person(overseer).get(root).has("1 objection is not decided yet").has(root + "/result#objections");
  s.person(overseer).get(root + "/result").has(link("objections/" + str(o)));
  s.person(overseer).get(root + "/objections/" + str(o)).expect(200).has("Copper was bought.");
  // Nor does a form sent empty tell it to whoever may not decide.
  for (const auto* email : {anna, cleo, judge_one, seeker})
    s.person(email).post(root + "/objections/" + str(o), {{"decision", ""}}).lacks("Copper was bought.");
  s.person(overseer).post(root + "/objections/" + str(o), {{"decision", "It was not."}}).expect(303);
  for (const Id entry : {reed, sedge})
    s.person(writer)
        .post(root + "/winners/" + std::to_string(number(entry)), {{"passed", "true"}, {"reason", "Passport seen."}})
        .expect(303)
        .to(root + "/result");
  s.clock().advance(9 * day_ms);
  s.person(writer).get(root).has(link("award")).has(">Award the prizes</a>");
  s.person(seeker).get(root).has(link("award"));
  s.person(writer).post(root + "/award").expect(303);

  const auto awards = read([&](storage::ReadTx& tx) { return store::awards(tx, c); });
  ASSERT_EQ(awards.size(), 2U);
  for (const Award& a : awards) {
    const std::string plan = "awards/" + str(a.id) + "/plan";
    s.person(writer).get(root).has(link(plan));
    s.person(writer)
        .get(root + "/" + plan)
        .expect(200)
        .has("Who says whether it is reached")
        .has(a.prize)
        .has(i18n::money(i18n::Language::en, "EUR", a.amount));
    s.person(writer)
        .post(root + "/" + plan, {{"tranches.0.milestone", "All of " + a.prize},
                                  {"tranches.0.amount", fields::decimal_text(a.amount, 2)},
                                  {"tranches.0.accepter", seeker}})
        .expect(303);
  }
  s.person(writer).get(root).has("The payments are planned.");
  for (const Tranche& part : read([&](storage::ReadTx& tx) { return store::tranches(tx, c); })) {
    const std::string path = "tranches/" + str(part.id);
    s.person(seeker).get(root).has(link(path + "/accept"));
    s.person(seeker).get(root + "/result").has(link(path + "/accept"));
    s.person(writer).get(root).lacks(link(path + "/accept")).lacks(link(path + "/pay"));
    s.person(seeker).get(root + "/" + path + "/accept").expect(200).has(part.milestone);
    for (const auto* email : {writer, other_seeker, anna})
      EXPECT_NE(s.person(email).get(root + "/" + path + "/accept").status(), 200) << email;
    s.person(seeker).post(root + "/" + path + "/accept", {{"words", "Seen."}}).expect(303);
    s.person(writer).get(root).has(link(path + "/pay"));
    s.person(writer).get(root + "/" + path + "/pay").expect(200).has(part.milestone).has("Seen.");
    s.person(writer).post(root + "/" + path + "/pay", {{"payee", "Anna"}, {"account-end", "4242"}}).expect(303);
  }
  EXPECT_EQ(challenge(c).phase, Phase::finished);
  for (const auto* email : {writer, editor, seeker}) s.person(email).get(root + "/result").has("4242");
  for (const auto* email : {other_seeker, judge_one}) s.person(email).get(root + "/result").lacks("4242");
  s.clock().advance(400 * day_ms);
  s.run_jobs();
  sign_in_again();
  s.person(writer).get(root).has(link("follow-up"));
  s.person(seeker).get(root).has(link("follow-up"));
  s.person(anna).get(root).lacks(link("follow-up"));
}

TEST_P(ResultPages, WhoHoldsNoPlaceObjectsFromTheirOwnPageAndReadsTheAnswerThere) {
  announced_result();
  const std::string own = root + "/entries/" + str(rush);
  s.person(cleo)
      .get(own)
      .expect(200)
      .has("This entry holds no place.")
      .has("It costs twenty euros.")
      .has("We added up the bill.")
      .has(link("entries/" + str(rush) + "/object"));
  s.person(cleo).get(root + "/result").has(link("team"));
  s.person(cleo).get(own + "/object").expect(200).has("Copper strip");
  s.person(anna).get(own + "/object").expect(404).lacks("Copper strip");
  s.person(cleo).post(own + "/object", {{"words", "It costs nine euros."}}).expect(303).to(own);
  s.person(cleo)
      .get(own)
      .has("It costs nine euros.")
      .has("not decided yet")
      .lacks(link("entries/" + str(rush) + "/object"));
  const auto all = read([&](storage::ReadTx& tx) { return store::objections(tx, c); });
  ASSERT_EQ(all.size(), 1U);
  act(overseer, "challenges.decide-objection",
      with({{"objection", str(all[0].id)}, {"upheld", false}, {"decision", "The bill says twenty."}}));
  s.person(cleo).get(own).has("The bill says twenty.").has("rejected");
  s.person(anna).get(root + "/result").lacks("The bill says twenty.").lacks("It costs nine euros.");
  s.clock().advance(9 * day_ms);
  s.person(cleo).get(own).lacks(link("entries/" + str(rush) + "/object"));
}

TEST_P(ResultPages, TheResultIsReadPageByPageAndAnAwardIsNamedWhereverItsEntryIsPlaced) {
  announced_result();
  // A hundred others in front of Reed and Sedge.
  s.house().database.write([&](storage::WriteTx& tx) -> Result<void> {
    auto ranked = *store::ranking(tx, c);
    ++ranked.number;
    std::vector<Standing> standings;
    for (std::int64_t n = 0; n < 100; ++n) {
      const Id team = s.house().ids.next(), entry = s.house().ids.next();
      store::insert_team(tx, {.id = team,
                              .challenge = c,
                              .name = "Crowd " + std::to_string(n),
                              .organisation = {},
                              .country = "NL",
                              .made_at = s.clock().now()});
      store::insert_entry(tx, entry, c, team, {"One of many", {"Words", ""}}, s.clock().now());
      store::seal(tx, *store::entry(tx, entry), "00", s.house().ids.next(), s.clock().now());
      store::set_state(tx, *store::entry(tx, entry), EntryState::admissible, "");
      standings.push_back({.entry = entry, .rank = n + 1, .score = "9", .amount = 0, .decided_by = {}});
    }
    standings.push_back({.entry = reed, .rank = 101, .score = "8", .amount = 0, .decided_by = {}});
    standings.push_back({.entry = sedge, .rank = 102, .score = "7", .amount = 0, .decided_by = {}});
    store::put_ranking(tx, c, ranked, standings);
    store::insert_award(tx,
                        {.id = s.house().ids.next(),
                         .challenge = c,
                         .entry = sedge,
                         .prize = "Second",
                         .amount = 500'000,
                         .reason = "Progress."},
                        s.clock().now());
    return {};
  });
  const std::string sedge_name = "Entry " + std::to_string(number(sedge));
  const auto first = s.person(anna).get(root + "/result");
  first.expect(200).has("Second: ").has(sedge_name).lacks(">102<");
  const auto at = first.body().find("/result?after=");
  ASSERT_NE(at, std::string::npos);
  const std::string rest = first.body().substr(at, first.body().find('"', at) - at);
  s.person(anna).get(root + rest).expect(200).has(">101<").has(">102<").has("Reed").lacks(">100<");
  for (const auto* strange : {"?after=x", "?after=1", "?after=1-", "?after=-", "?after=99999999999999999999-1"})
    s.person(anna).get(root + "/result" + strange).expect(200).has(">1<");
}

TEST_P(ResultPages, AnEntryIsReadByThoseWhoDecideAboutItAndByNobodyElse) {
  judged();
  for (const auto* early : {seeker, overseer, screener, writer, anna, bram, judge_one, administrator})
    s.person(early).get(entry_page(reed)).expect(404);
  act(writer, "challenges.announce-result", with({}));
  // The seeker reads what the judges read: neither the title, which is the team's own, nor whose it is.
  s.person(seeker)
      .get(entry_page(reed))
      .expect(200)
      .has("A strip of copper.")
      .has("We added up the bill.")
      .has("Show the error bars.")
      .lacks("Between us.")
      .lacks("We are the secret people")
      .lacks("Copper strip")
      .lacks("Reed")
      .lacks(anna);
  for (const auto* whole : {overseer, screener})
    s.person(whole).get(entry_page(reed)).expect(200).has("We are the secret people").has("Reed").lacks("Between us.");
  s.person(overseer).get(entry_page(reed)).lacks(anna);
  s.person(overseer).get(entry_page(rush)).expect(200).has("It costs twenty euros.");
  // Whoever checks the papers of those in line for a prize must know who they are; of others nothing.
  s.person(writer).get(entry_page(reed)).expect(200).has("Reed").has("Member of Reed").has(anna);
  s.person(writer).get(entry_page(rush)).expect(200).lacks("Rush").lacks(cleo);
  s.person(writer).get(root + "/winners/" + std::to_string(number(reed))).expect(200).has(anna);
  s.person(writer).get(root + "/winners/" + std::to_string(number(rush))).expect(404);
  for (const auto* nobody : {anna, bram, judge_one, judge_two, judge_three, administrator, stranger}) {
    s.person(nobody).get(entry_page(reed)).expect(404).lacks("copper").lacks("Reed");
    s.person(nobody).get(root + "/winners/" + std::to_string(number(reed))).expect(404);
  }
  s.visitor().get(entry_page(reed)).lacks("copper").lacks("Reed");
  s.person(seeker).get(root + "/winners/" + std::to_string(number(reed))).expect(404);
  s.person(overseer).get(root + "/result").has("/result/entries/" + std::to_string(number(reed)));
  s.person(seeker).get(root + "/result").has("/result/entries/" + std::to_string(number(reed)));
  s.person(judge_one).get(root + "/result").lacks("/result/entries/");
  s.person(bram).get(root + "/result").lacks("/result/entries/").has(link("entries/" + str(sedge)));
}

TEST_P(ResultPages, AnotherSeekerReadsNothing) {
  announced_result();
  const auto* other = "other@sought.example";
  s.give_role(other, prize, "seeker");
  s.person(other).get(entry_page(reed)).expect(404);
  s.person(other).get(root + "/result").lacks("/result/entries/").lacks(link("award"));
}

TEST_P(ResultPages, AfterTheAwardWinnersAreNamedAndOthersAreNot) {
  awarded();
  s.person(seeker).get(entry_page(reed)).expect(200).has("Reed").has("We are the secret people");
  s.person(seeker).get(entry_page(rush)).expect(200).lacks("Rush").lacks("We are the secret people");
  s.person(writer).get(entry_page(rush)).expect(200).lacks("Rush").lacks(cleo);
  s.person(judge_one).get(entry_page(reed)).expect(404);
  s.person(bram).get(entry_page(reed)).expect(404);
}

TEST_P(ResultPages, OperatorAndOverseerSeeObjectionsAndEverybodyTheRankingsSoFarWithTheirReasons) {
  announced_result();
  act(bram, "challenges.object", with({{"entry", str(sedge)}, {"words", "Copper was bought."}}));
  for (const auto* reads : {writer, overseer, bram}) s.person(reads).get(root + "/result").has("Copper was bought.");
  for (const auto* not_theirs : {anna, cleo, judge_one})
    s.person(not_theirs).get(root + "/result").expect(200).lacks("Copper was bought.");
  s.person(anna).get(root + "/result").lacks("Marks have changed since");

  s.clock().advance(minute_ms);
  const auto readers = read([&](storage::ReadTx& tx) { return store::readers_of(tx, sedge); });
  ASSERT_FALSE(readers.empty());
  act(screener, "challenges.report-conflict",
      with({{"judge", str(readers.front().judge)}, {"entry", str(sedge)}, {"reason", "They share a laboratory."}}));
  s.person(anna).get(root + "/result").has("Marks have changed since");
  s.person(writer).get(root).has(link("announce"));
  s.clock().advance(minute_ms);
  s.person(writer).post(root + "/announce", {{"why", "A conflict was found late."}}).expect(303);
  s.person(anna)
      .get(root + "/result")
      .lacks("Marks have changed since")
      .has("The rankings so far")
      .has("Ranking 1")
      .has("Ranking 2")
      .has("A conflict was found late.");
}

TEST_P(ResultPages, AResultThatWasDoubtedGoesBackToThePanelAndAPrizeNobodyWonRunsOn) {
  announced_result();
  s.person(writer).get(root + "/result").has(link("deliberate-again")).has(link("reopen"));
  s.person(seeker).get(root + "/result").lacks(link("deliberate-again")).lacks(link("reopen"));
  s.person(writer).post(root + "/deliberate-again", {{"why", "A judge spoke to a team."}}).expect(303);
  EXPECT_EQ(challenge(c).phase, Phase::deliberation);
  s.person(writer).get(root).has(link("announce"));
  act(writer, "challenges.announce-result", with({{"why", "After a second deliberation."}}));
  s.clock().advance(9 * day_ms);
  s.person(writer).get(root + "/reopen").expect(200).has("Entries until");
  s.person(writer)
      .post(root + "/reopen", {{"closes", wall(60)}, {"first-to-meet", "true"}, {"why", "Nobody was good enough."}})
      .expect(303);
  EXPECT_EQ(challenge(c).phase, Phase::open);
  s.person(anna).get(root).has("See what was awarded so far").has(root + "/result");
  s.person(anna).get(root + "/result").expect(200).has("This challenge runs on").has("Ranking 1").lacks("Reed (");
  s.person(anna).get(root + "/amendments").has("The first that meets every criterion").has("Nobody was good enough.");
  s.person(overseer).get(entry_page(reed)).expect(404);
}

TEST_P(ResultPages, NoAwardIsGivenWithAReason) {
  announced_result();
  s.clock().advance(9 * day_ms);
  s.person(writer).get(root + "/award").expect(200).has("Nobody gets a prize for a place");
  s.person(writer).post(root + "/award", {{"none", "true"}}).expect(422);
  s.person(writer).post(root + "/award", {{"none", "true"}, {"reason", "None is good enough."}}).expect(303);
  s.person(anna).get(root + "/result").expect(200).has("No prize was awarded.");
}

TEST_P(ResultPages, TheStatementSaysWhenWhatIsPossibleWhatAnEntryHasAndWhichLotWasDrawn) {
  c = open();
  root = "/prize/challenges/" + challenge(c).slug;
  s.person(anna)
      .get(root)
      .expect(200)
      .has("Questions until")
      .has("Teams may merge until")
      .has("Objections to the result")
      .has("Within 7 days")
      .has("12 months after the award")
      .has("How it works")
      .has("at most 2,000 characters")
      .has("judges see this")
      .has("hidden from judges")
      .has("At most 2 files, of at most 10 MB each.")
      .has("<code>" + challenge(c).seed_sha256 + "</code>");
}

TEST_P(ResultPages, WhereThePanelIsShownASolverNamesAJudgeTheyHaveReasonToDoubt) {
  judged();
  s.person(anna).get(root).has("Judge " + std::string(judge_one)).has("The academy").has(link("report-conflict"));
  const auto form = s.person(anna).get(root + "/report-conflict");
  form.expect(200).has("Reed").lacks("Sedge").has("Judge " + std::string(judge_one));
  s.person(overseer).get(root).lacks(link("report-conflict"));
  const Id team = read([&](storage::ReadTx& tx) { return store::entry(tx, reed)->team; });
  const Id doubted = s.id_of(judge_one);
  s.person(anna)
      .post(root + "/report-conflict", {{"judge", str(doubted)}, {"team", str(team)}, {"reason", "We were married."}})
      .expect(303);
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::conflicts_of(tx, c, doubted).size(); }), 1U);
  act(writer, "challenges.announce-result", with({}));
  for (const auto* decides : {seeker, overseer}) {
    s.person(decides).get(root).has(link("report-conflict"));
    s.person(decides).get(root + "/report-conflict").expect(200).has("Entry 1").lacks("Sedge");
  }
  // With the places known a team objects: a judge is not taken away for the marks they gave.
  s.person(anna).get(root).lacks(link("report-conflict"));
  s.person(anna).get(root + "/report-conflict").expect(404);
}

TEST_P(ResultPages, AnAmendmentIsReadFieldByFieldFromWhatToWhatAndEveryVersionWhole) {
  c = open();
  root = "/prize/challenges/" + challenge(c).slug;
  s.person(anna).get(root + "/amendments").expect(404);
  auto changed = read([&](storage::ReadTx& tx) {
    return fields::Trait<Statement>::write(store::version(tx, c, 0)->statement).as_object();
  });
  changed["summary"] = "Measure nitrate for less than eight euros.";
  changed["seeker"] = "The water board of Delfland";
  changed["prizes"].as_array()[0].as_object()["amount"] = "12000";
  changed["judged-by"] = "2027-06-01";
  act(writer, "challenges.amend", with({{"why", "More money."}, {"statement", changed}}));
  s.person(anna)
      .get(root + "/amendments")
      .expect(200)
      .has("More money.")
      .has("less than ten euros")
      .has("less than eight euros")
      .has("€10,000")
      .has("€12,000")
      .has("1 June 2027")
      .has("Nothing is said")
      .has("It changed. What it says is not shown yet.")
      .lacks("The water board")
      .lacks("Laboratories are slow.")
      .has(link("versions/0"));
  s.person(writer).get(root + "/amendments").has("The water board of Delfland");
  s.person(anna)
      .get(root + "/versions/0")
      .expect(200)
      .has("As published")
      .has("less than ten euros")
      .has("€10,000")
      .lacks("€12,000")
      .lacks("The water board");
  s.person(anna).get(root + "/versions/1").expect(200).has("€12,000");
  for (const auto* none : {"2", "-1", "x", "00000000000000000000000001"})
    s.person(anna).get(root + "/versions/" + none).expect(404);
  s.person(stranger).get(root + "/versions/0").lacks("nitrate");
  s.visitor().get(root + "/versions/0").lacks("nitrate");
}

TEST_P(ResultPages, TheOperatorSaysWhoseProblemItIs) {
  c = draft();
  root = "/prize/challenges/" + challenge(c).slug;
  s.person(seeker).get(root).expect(404);
  s.person(writer).get(root).has(link("seeker"));
  s.person(writer).post(root + "/seeker", {{"email", anna}}).expect(422);
  s.person(writer).post(root + "/seeker", {{"email", seeker}}).expect(303);
  s.person(seeker).get(root).expect(200).lacks(link("seeker"));
}

}  // namespace
}  // namespace polder::challenges
