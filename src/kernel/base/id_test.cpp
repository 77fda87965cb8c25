// Ids and chance.
#include "kernel/base/id.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>
#include <thread>

namespace polder {
namespace {

TEST(Id, IsThirteenLettersThatSortAsItDoes) {
  EXPECT_EQ(str(Id{1}), "0000000000001");
  EXPECT_EQ(str(Id{INT64_MAX}), "7zzzzzzzzzzzz");
  EXPECT_TRUE(rc::check([] {
    const Id a{*rc::gen::inRange<std::int64_t>(1, INT64_MAX)}, b{*rc::gen::inRange<std::int64_t>(1, INT64_MAX)};
    RC_ASSERT(parse_id(str(a)) == a);
    RC_ASSERT((str(a) < str(b)) == (a < b));
  }));
}

TEST(Id, HasOneSpellingAndNothingElseIsOne) {
  for (const auto* bad :
       {"", "0000000000000", "000000000001", "00000000000001", "8000000000000", "000000000000i", "000000000000l",
        "000000000000o", "000000000000u", "000000000000A", "00000000000 1", "-000000000001"})
    EXPECT_FALSE(parse_id(bad)) << bad;
}

TEST(Id, AscendsEvenWhenTheClockStandsOrGoesBack) {
  ManualClock clock(Time{1'800'000'000'000});
  SeededRandom chance(1);
  IdSource ids(clock, chance);
  Id last{};
  for (int i = 0; i < 10'000; ++i) {
    if (i % 100 == 50) clock.advance(-3'600'000);
    if (i % 100 == 70) clock.advance(1);
    const Id next = ids.next();
    ASSERT_GT(next, last);
    last = next;
  }
  clock.set(Time{0});
  EXPECT_GT(ids.next(), last) << "a clock that is not set yet";
  IdSource early(clock, chance);
  EXPECT_TRUE(parse_id(str(early.next())));
}

TEST(Id, IsNeverGivenTwiceByManyThreads) {
  ManualClock clock(Time{1'800'000'000'000});
  SeededRandom chance(1);
  IdSource ids(clock, chance);
  std::vector<std::vector<Id>> given(4);
  {
    std::vector<std::jthread> threads;
    for (auto& mine : given)
      threads.emplace_back([&] {
        for (int i = 0; i < 5'000; ++i) mine.push_back(ids.next());
      });
  }
  std::set<Id> all;
  for (const auto& mine : given) {
    EXPECT_TRUE(std::ranges::is_sorted(mine));
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), 20'000U);
}

TEST(Random, TheSameSeedGivesTheSameBytesHoweverTheyAreTaken) {
  SeededRandom a(7), b(7), c(8);
  const std::string whole = a.bytes(64);
  const std::string half = b.bytes(32);
  EXPECT_EQ(half + b.bytes(32), whole);
  EXPECT_NE(c.bytes(64), whole);
  SystemRandom system;
  EXPECT_NE(system.bytes(32), system.bytes(32));
}

TEST(Random, BelowIsBelowAndReachesEverything) {
  SeededRandom chance(7);
  std::array<int, 7> seen{};
  for (int i = 0; i < 7'000; ++i) ++seen.at(chance.below(7));
  for (const int n : seen) EXPECT_NEAR(n, 1'000, 150) << "the seed is fixed: this is the same in every run";
  EXPECT_EQ(chance.below(1), 0U);
  for (int i = 0; i < 100; ++i) EXPECT_LT(chance.below((std::uint64_t(1) << 63) + 1), (std::uint64_t(1) << 63) + 1);
}

}  // namespace
}  // namespace polder
