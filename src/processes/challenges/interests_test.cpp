// What a solver says they know: matched with the reason shown, off when they like, and nobody else's to read.
#include "processes/challenges/interests.h"

#include <gmock/gmock.h>

#include "processes/challenges/pages.h"
#include "processes/challenges/stage_test.h"
#include "processes/challenges/store_interests.h"
#include "record/store.h"

namespace polder::challenges {
namespace {

using boost::json::object;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto say = "challenges.say-interests";

// ---- matching, pure ----

Spoken words() {
  Statement s;
  s.title.value = "A cheaper sensor";
  s.summary.value = "Measure NITRATE in a ditch, in clear air.";
  s.problem.value = "Laboratories are slow; nitrate is everywhere.";
  s.solution.value = "Sensors that a farmer reads.";
  s.background = fields::Text<20'000>{"Poetry of the marshes."};
  return spoken(s);
}

std::vector<Found> look_for(std::vector<std::string> areas) { return found(areas, words()); }

TEST(Interests, AreFoundWhereAWordBeginsWithThemWhateverTheCaseAndTheAccents) {
  const auto why = look_for({"nitrate", "Sensör", "poetry"});
  ASSERT_EQ(why.size(), 2U) << "only what a solver reads first is looked into";
  EXPECT_EQ(why[0].area, "nitrate");
  EXPECT_THAT(why[0].places, ElementsAre(Place::summary, Place::problem));
  EXPECT_EQ(why[1].area, "Sensör") << "as it was said";
  EXPECT_THAT(why[1].places, ElementsAre(Place::title, Place::solution));
}

TEST(Interests, AreNotFoundInsideAWordAndShortOnesOnlyAsAWord) {
  EXPECT_THAT(look_for({"trate", "armer", "AI", "c", "!"}), IsEmpty());
  EXPECT_EQ(look_for({"in"}).size(), 1U);
  EXPECT_EQ(look_for({"clear air"}).size(), 1U) << "several words are looked for together";
  EXPECT_THAT(look_for({"clear water"}), IsEmpty());
}

TEST(Interests, AreTypedWithCommasOrLinesAndSaidOnce) {
  EXPECT_THAT(interests_from("nitrate, Nitrate; sensors\nmachine learning,, ,\n!").value(),
              ElementsAre("nitrate", "sensors", "machine learning"));
  EXPECT_THAT(interests_from("").value(), IsEmpty());
  const auto why = [](const std::string& typed) {
    const auto read = interests_from(typed);
    return read ? std::string("read") : read.error().fields.at(0).field + ": " + read.error().fields.at(0).message.key;
  };
  std::string many;
  for (int n = 0; n < 20; ++n) many += "area" + std::to_string(n) + '\n';
  EXPECT_EQ(why(many), "read");
  EXPECT_EQ(why(many + "one more"), "areas: challenges.too-many-areas");
  EXPECT_EQ(why(std::string(60, 'a')), "read");
  EXPECT_EQ(why(std::string(61, 'a')), "areas: challenges.area-too-long");
}

TEST(Interests, ChallengesThatAreCalledSoAreFoundUnderAnotherName) { EXPECT_EQ(slug_from("Interests"), "challenge"); }

// ---- in a house ----

class Matching : public Stage {
 protected:
  const std::string list = "/prize/challenges", page = "/prize/challenges/interests";

  void interested(const std::string& email, const std::string& areas, bool matching = true, bool mail = false) {
    act(email, say, {{"areas", areas}, {"matching", matching}, {"mail", mail}});
  }
  void publish(Id c) {
    act(writer, "challenges.submit", {{"challenge", str(c)}});
    act(editor, "challenges.publish", {{"challenge", str(c)}});
  }
  /// The mails about what matches.
  std::vector<mail::Mail> told(const std::string& email) {
    auto all = s.mails(email);
    std::erase_if(all, [](const mail::Mail& m) { return m.subject.find("For you: ") == m.subject.npos; });
    return all;
  }
  std::optional<store::Interests> kept(const std::string& email) {
    const Id person = s.id_of(email);
    return read([&](storage::ReadTx& tx) { return store::interests(tx, prize, person); });
  }
};
ON_BOTH_DATABASES(Matching);

TEST_P(Matching, IsForWhoMayEnterChallengesAndForNobodyElse) {
  const object fields{{"areas", "nitrate"}, {"matching", true}};
  for (const auto* email : {writer, seeker, screener, overseer, administrator, judge_one, stranger}) {
    EXPECT_NE(refused(email, say, fields), "done") << email;
    EXPECT_GE(s.person(email).get(page).status(), 403) << email;
    EXPECT_GE(s.person(email).post(page, {{"areas", "nitrate"}, {"matching", "on"}}).status(), 403) << email;
    EXPECT_FALSE(kept(email)) << email;
    if (email != stranger) s.person(email).get(list).expect(200).lacks("Your interests").lacks("For you");
  }
  EXPECT_EQ(refused(stranger, say, fields), "governance.no-platform") << "a closed platform is not there";
  s.person(stranger).get(page).expect(404).lacks("Your interests");
  s.visitor().get(page).lacks("Your interests");
  EXPECT_FALSE(s.house().acts.perform({prize, record::Actor::visitor(), say, fields, {}}));
  EXPECT_EQ(refused(anna, say, fields), "done");
  s.person(anna).get(list).expect(200).has("Your interests");
}

TEST_P(Matching, IsShownWithItsReasonAndOffMeansOff) {
  announced();
  s.person(anna).get(list).expect(200).lacks("For you");
  s.person(anna).get(page).expect(200).has("decides nothing");
  s.person(anna)
      .post(page, {{"areas", "nitrate, poetry\nfarmer"}, {"matching", "on"}})
      .expect(303)
      .to("/prize/challenges/interests")
      .follow()
      .has("nitrate, poetry, farmer");
  s.person(anna).get(list).expect(200).has("For you").has(
      "Because it speaks of nitrate (summary) and farmer (solution).");
  s.person(bram).get(list).expect(200).lacks("For you").lacks("nitrate (");
  interested(anna, "poetry");
  s.person(anna).get(list).expect(200).lacks("For you").has("A cheaper sensor");
  interested(anna, "nitrate", false, true);
  s.person(anna).get(list).expect(200).lacks("For you");
  s.person(anna).get(page).expect(200).has("nitrate");
  EXPECT_EQ(refused(anna, say, {{"matching", true}}), "fields.summary; areas: challenges.say-an-area");
  act(anna, say, object{});
  EXPECT_FALSE(kept(anna)) << "nothing is kept of what was emptied";
}

TEST_P(Matching, DoesNotPointOutWhatSomebodyIsInAlready) {
  const Id c = open();
  for (const auto* email : {anna, bram}) interested(email, "nitrate");
  s.person(anna).get(list).expect(200).has("For you");
  join(c, anna, "Reed");
  s.person(anna).get(list).expect(200).lacks("For you").has("A cheaper sensor");
  s.person(bram).get(list).expect(200).has("For you");
}

TEST_P(Matching, OfALineThatIsTooLongIsRefusedBesideTheFieldAndKeepsWhatWasTyped) {
  const std::string longest(61, 'x');
  s.person(anna).post(page, {{"areas", longest}, {"matching", "on"}}).expect(422).has("longer than 60").has(longest);
  EXPECT_FALSE(kept(anna));
}

TEST_P(Matching, ShowsNoDraftAndNothingThatIsOver) {
  for (const auto* email : {anna, bram}) interested(email, "nitrate", true, true);
  const Id c = draft();
  s.person(anna).get(list).expect(200).lacks("For you").lacks("cheaper");
  act(writer, "challenges.submit", {{"challenge", str(c)}});
  s.person(anna).get(list).expect(200).lacks("For you").lacks("cheaper");
  EXPECT_THAT(told(anna), IsEmpty());
  act(editor, "challenges.publish", {{"challenge", str(c)}});
  s.person(anna).get(list).expect(200).has("For you");
  s.clock().set(challenge(c).closes_at);
  s.person(anna).get(list).expect(200).lacks("For you");
  s.run_jobs();
  s.person(anna).get(list).expect(200).lacks("For you");
}

TEST_P(Matching, FollowsWhatAnAmendmentSays) {
  const Id c = open();
  interested(anna, "copper");
  s.person(anna).get(list).expect(200).lacks("For you");
  auto after = statement();
  const auto zone = s.house().platforms.list()->by_id(prize)->zone;
  const auto wall_of = [&](Time at) {
    const auto w = zone.civil(at);
    char out[32];
    std::snprintf(out, sizeof out, "%sT%02d:%02d", iso(w.date).c_str(), w.hour, w.minute);
    return std::string(out);
  };
  after["opens"] = wall_of(challenge(c).opens_at);
  after["closes"] = wall_of(challenge(c).closes_at);
  after["problem"] = "Laboratories are slow, and copper is dear.";
  act(writer, "challenges.amend", {{"challenge", str(c)}, {"statement", after}, {"why", "Copper"}});
  s.person(anna).get(list).expect(200).has("Because it speaks of copper (problem).");
}

TEST_P(Matching, IsToldByMailToWhoAskedForItWithTheReasonAndToNobodyElse) {
  interested(anna, "nitrate, farmer", true, true);
  interested(bram, "nitrate", true, false);
  interested(cleo, "poetry", true, true);
  s.give_role(judge_one, prize, "solver");
  s.give_role(judge_two, prize, "solver");
  interested(judge_one, "nitrate", false, true);
  interested(judge_two, "nitrate", true, true);
  // Whoever may no longer enter is told nothing of a closed platform.
  ASSERT_TRUE(s.house().database.write([&](storage::WriteTx& tx) -> Done {
    governance::take_role(tx, prize, judge_two, "solver");
    return {};
  }));
  publish(draft());
  const auto mails = told(anna);
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_THAT(mails[0].text, testing::HasSubstr("Because it speaks of nitrate (summary) and farmer (solution)."));
  EXPECT_THAT(mails[0].text, testing::HasSubstr("/prize/challenges/a-cheaper-sensor"));
  EXPECT_THAT(mails[0].text, testing::HasSubstr("switch it off"));
  for (const auto* email : {bram, cleo, judge_one, judge_two, stranger}) EXPECT_THAT(told(email), IsEmpty()) << email;
}

TEST_P(Matching, IsToldToNobodyWhileTheHouseIsQuiet) {
  interested(anna, "nitrate", true, true);
  s.house().settings.quiet = true;
  publish(draft());
  s.house().settings.quiet = false;
  EXPECT_THAT(told(anna), IsEmpty());
}

TEST_P(Matching, IsToldToEverybodyWhereThereAreMoreThanOneJobTells) {
  interested(anna, "nitrate", true, true);
  const Id person = s.id_of(anna);
  // Rows before and after Anna's whose people are gone: they make pages, and nobody is written to for them.
  ASSERT_TRUE(s.house().database.write([&](storage::WriteTx& tx) -> Done {
    for (std::int64_t n = 1; n <= 250; ++n)
      for (const std::int64_t id : {n, person.value + n})
        store::put_interests(tx,
                             {.platform = prize, .person = Id{id}, .areas = "nitrate", .matching = true, .mail = true});
    return {};
  }));
  publish(draft());
  EXPECT_EQ(told(anna).size(), 1U);
}

TEST_P(Matching, NobodyElseReadsWhatSomebodySaidTheyKnow) {
  interested(anna, "nitrate, secret-skill");
  announced();
  for (const auto* email : {writer, seeker, screener, overseer, administrator, bram, judge_one})
    for (const auto* path : {"/prize/challenges", "/prize/record", "/api/v1/platforms/prize/challenges"})
      s.person(email).get(path).lacks("secret-skill");
  const auto done = perform(anna, say, {{"areas", "secret-skill"}, {"matching", true}});
  ASSERT_TRUE(done);
  read([&](storage::ReadTx& tx) {
    const auto recorded = record::store::act(tx, done->act);
    ASSERT_TRUE(recorded);
    EXPECT_EQ(recorded->visibility, record::Visibility::hidden);
    EXPECT_EQ(recorded->subject, "challenges/interests") << "the same for everybody";
  });
}

TEST_P(Matching, GoesWithThePersonAndIsInTheirCopy) {
  interested(anna, "nitrate, secret-skill", true, true);
  interested(bram, "tides");
  const auto actor = s.actor(anna, prize);
  const Id person = s.id_of(anna);
  const auto room = std::ranges::find(s.house().personal_data, "interests", &people::PersonalData::room);
  ASSERT_NE(room, s.house().personal_data.end());
  EXPECT_EQ(boost::json::serialize(read([&](storage::ReadTx& tx) { return room->copy(tx, person); })),
            R"([{"platform":"prize","areas":"nitrate, secret-skill","matching":true,"mail":true}])");
  ASSERT_TRUE(s.place().holds(s.house().database, "challenge_interests", "secret-skill"));
  ASSERT_TRUE(s.house().database.write([&](storage::WriteTx& tx) -> Done {
    record::Doing doing(tx, prize, actor, s.clock().now(), s.house().ids, s.house().random);
    room->erase(doing, person);
    return {};
  }));
  EXPECT_FALSE(kept(anna));
  EXPECT_TRUE(kept(bram));
  publish(draft());
  EXPECT_THAT(told(anna), IsEmpty());
}

TEST_P(Matching, TakesAsManyStatementsForManyChallengesAsForOne) {
  interested(anna, "nitrate");
  announced();
  const auto cost = [&] {
    s.person(anna).get(list).expect(200).has("For you");
    const auto before = s.house().database.figures().statements;
    s.person(anna).get(list).expect(200);
    return s.house().database.figures().statements - before;
  };
  const auto one = cost();
  for (int n = 0; n < 3; ++n) announced();
  EXPECT_EQ(cost(), one);
  EXPECT_LE(one, 16);
}

}  // namespace
}  // namespace polder::challenges
