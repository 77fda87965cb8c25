// What holds of a challenge whatever a charter says.
#include "processes/challenges/rules.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace polder::challenges {
namespace {

Challenge challenge(Phase phase) {
  Challenge c;
  c.phase = phase;
  c.opens_at = {1'000};
  c.closes_at = {2'000};
  return c;
}

TEST(PhaseAt, ADeadlineIsTheServersClockEvenWhenTheJobIsLate) {
  EXPECT_EQ(phase_at(challenge(Phase::open), {1'999}), Phase::open);
  EXPECT_EQ(phase_at(challenge(Phase::open), {2'000}), Phase::screening);
  EXPECT_EQ(phase_at(challenge(Phase::open), {999}), Phase::announced);
  EXPECT_EQ(phase_at(challenge(Phase::judging), {9'000}), Phase::judging);
}

TEST(Sight, UntilEntriesCloseNobodyButTheTeamKnowsOfAnEntry) {
  Entry e;
  e.state = EntryState::sealed;
  const Eyes everything{
      .team = false, .screens = true, .reads = true, .panel = true, .conflict = false, .seeks = true, .decides = true};
  for (const Phase phase : {Phase::announced, Phase::open}) {
    EXPECT_EQ(sight(phase, e, everything), Sight::nothing);
    EXPECT_EQ(sight(phase, e, {.team = true}), Sight::all);
  }
}

TEST(Sight, AConflictBarsTheContentWhateverElseAPersonMayDo) {
  EXPECT_TRUE(rc::check([](bool screens, bool reads, bool seeks, bool decides) {
    Entry e;
    e.state = EntryState::admissible;
    const int phase = *rc::gen::inRange(int(Phase::screening), int(Phase::finished) + 1);
    const Eyes eyes{.team = false,
                    .screens = screens,
                    .reads = reads,
                    .panel = true,
                    .conflict = true,
                    .seeks = seeks,
                    .decides = decides};
    RC_ASSERT(sight(Phase(phase), e, eyes) == Sight::names);
  }));
}

TEST(Sight, AJudgeReadsBlindUntilTheAward) {
  Entry e;
  e.state = EntryState::admissible;
  const Eyes judge{.reads = true, .panel = true};
  EXPECT_EQ(sight(Phase::judging, e, judge), Sight::blind);
  EXPECT_EQ(sight(Phase::provisional, e, judge), Sight::blind);
  EXPECT_EQ(sight(Phase::judging, e, {.panel = true}), Sight::names) << "a judge of other entries";
  EXPECT_EQ(sight(Phase::judging, e, {.seeks = true}), Sight::nothing);
  EXPECT_EQ(sight(Phase::provisional, e, {.seeks = true}), Sight::content);
}

TEST(Blind, HidesWhatIsNotForJudgesAndMasksWords) {
  Statement s;
  s.entry.items.resize(2);
  s.entry.items[0].judges_see = true;
  const auto seen = blind(s, {"We of Delft, in DELFT, found it.", "Delft"}, {"Delft"});
  EXPECT_EQ(seen[0], "We of █████, in █████, found it.");
  EXPECT_EQ(seen[1], "");
}

TEST(Money, HasNoCoinSmallerThanItsCurrency) {
  Statement s;
  s.currency.value = "EUR";
  EXPECT_EQ(minor(s, {50}), 50);
  s.currency.value = "JPY";
  EXPECT_EQ(minor(s, {50}), std::nullopt) << "half a yen is not rounded to none";
  EXPECT_EQ(minor(s, {300}), 3);
}

TEST(Digest, TellsApartWhatOnlyLooksAlike) {
  EXPECT_NE(digest("a", {"b"}, {}), digest("ab", {""}, {}));
  EXPECT_NE(digest("a", {"b", ""}, {}), digest("a", {"", "b"}, {}));
  EXPECT_EQ(digest("a", {}, {{"x", "1"}, {"y", "2"}}), digest("a", {}, {{"y", "2"}, {"x", "1"}}))
      << "files have no order";
  EXPECT_NE(digest("a", {}, {{"x", "1"}}), digest("a", {}, {{"x", "2"}}));
}

TEST(Countries, AreIsoCodesHoweverTheyAreSeparated) {
  EXPECT_EQ(countries("NL, be;DE  NL"), (std::vector<std::string>{"NL", "BE", "DE"}));
  EXPECT_FALSE(countries("NL, Narnia"));
  EXPECT_EQ(countries(" ")->size(), 0U);
}

}  // namespace
}  // namespace polder::challenges
