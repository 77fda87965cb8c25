#include "methods/ranking/ranking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <stdexcept>

#include <boost/multiprecision/cpp_dec_float.hpp>

#include "kernel/base/encode.h"
#include "kernel/crypto/crypto.h"
#include "methods/ranking/ranking_json.h"

namespace polder::ranking {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Slow = boost::multiprecision::cpp_dec_float_100;

constexpr std::int64_t one = 1'000'000;

/// One judge's marks for one entry, in millionths, by criterion.
struct Sheet {
  std::uint32_t entry, judge;
  std::vector<std::int64_t> marks;
};

struct Prize {
  Rule rule = {};
  std::vector<Entry> entries = {};
  std::vector<Sheet> sheets = {};

  std::vector<Mark> marks() const {
    std::vector<Mark> all;
    for (const Sheet& sheet : sheets)
      for (std::uint32_t c = 0; c < sheet.marks.size(); ++c)
        all.push_back({sheet.entry, sheet.judge, c, {sheet.marks[c]}});
    return all;
  }
  Result<Ranking> ranked() const { return rank(rule, entries, marks()); }
};

Prize prize(Normalisation how, std::vector<std::int64_t> weights, std::vector<std::string> entries,
            std::vector<Sheet> sheets, std::vector<std::string> ties = {}, std::vector<std::int64_t> amounts = {}) {
  Prize made{.sheets = std::move(sheets)};
  for (std::size_t c = 0; c < weights.size(); ++c)
    made.rule.criteria.push_back({std::string(1, char('a' + c)), {weights[c]}, {100 * one}});
  made.rule.normalisation = how;
  made.rule.ties = std::move(ties);
  made.rule.purse = Purse{"EUR", std::move(amounts)};
  for (std::string& id : entries) made.entries.push_back({std::move(id), Time{0}});
  return made;
}

/// "1 ann 0.3 (50) score": rank, entry, score, amount, what decided.
std::vector<std::string> lines(const Prize& of) {
  const auto ranking = of.ranked();
  EXPECT_TRUE(ranking) << (ranking ? "" : ranking.error().message.key);
  std::vector<std::string> out;
  if (ranking)
    for (const Place& p : ranking->places)
      out.push_back(std::to_string(p.rank) + " " + p.entry + " " + str(p.score) + " (" + std::to_string(p.amount) +
                    ")" + (p.decided_by.empty() ? "" : " " + p.decided_by));
  return out;
}

TEST(Ranking, TakesTenthsForTenths) {  // in binary 0.1 + 0.2 is more than 0.3
  EXPECT_THAT(lines(prize(Normalisation::none, {one, one}, {"sum", "whole"},
                          {{0, 0, {100'000, 200'000}}, {1, 0, {300'000, 0}}}, {"share"}, {3})),
              ElementsAre("1 sum 0.3 (2) share", "1 whole 0.3 (1)"));
}

TEST(Ranking, TakesThirdsForThirds) {
  EXPECT_THAT(lines(prize(Normalisation::none, {one}, {"three", "six", "more"},
                          {{0, 0, {1 * one}},
                           {0, 1, {0}},
                           {0, 2, {0}},
                           {1, 0, {1 * one}},
                           {1, 1, {1 * one}},
                           {1, 2, {0}},
                           {1, 3, {0}},
                           {1, 4, {0}},
                           {1, 5, {0}},
                           {2, 0, {333'334}}})),
              ElementsAre("1 more 0.333334 (0) score", "2 six 0.333333 (0) share", "2 three 0.333333 (0)"));
}

TEST(Ranking, SeesThatZScoresOfDifferentJudgesAreEqual) {
  // Judge 0 marks three entries, and "x" is 2/√2 above the mean on both criteria. Judge 1 marks nine; "y" is 8/√8 above
  // it on the first, and all are equal on the second. Both are 2√2.
  Prize p = prize(Normalisation::z_score, {one, one}, {"x", "y", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"}, {});
  for (const std::uint32_t e : {0, 2, 3}) p.sheets.push_back({e, 0, {e == 0 ? one : 0, e == 0 ? 7 * one : 3 * one}});
  for (const std::uint32_t e : {1, 4, 5, 6, 7, 8, 9, 10, 11})
    p.sheets.push_back({e, 1, {e == 1 ? one / 2 : 0, 5 * one}});
  const auto found = lines(p);
  ASSERT_EQ(found.size(), 12U);
  EXPECT_EQ(found[0], "1 x 2.828427 (0) share");
  EXPECT_EQ(found[1], "1 y 2.828427 (0) score");
  EXPECT_EQ(found[2], "3 e -0.353553 (0) share");
  EXPECT_EQ(found[10], "11 c -1.414214 (0) share");
}

TEST(Ranking, GivesMidRanksToEqualMarks) {
  EXPECT_THAT(lines(prize(Normalisation::rank, {2 * one}, {"a", "b", "c", "d", "e"},
                          {{0, 0, {9 * one}}, {1, 0, {5 * one}}, {2, 0, {5 * one}}, {3, 0, {1}}, {4, 1, {4 * one}}})),
              ElementsAre("1 a 2 (0) score", "2 b 1 (0) share", "2 c 1 (0) share", "2 e 1 (0) score", "5 d 0 (0)"));
}

TEST(Ranking, DoesNotDivideByASpreadThatIsNotThere) {
  EXPECT_THAT(lines(prize(Normalisation::z_score, {one}, {"a", "b", "c"},
                          {{0, 0, {4 * one}}, {1, 0, {4 * one}}, {2, 1, {1 * one}}})),
              ElementsAre("1 a 0 (0) share", "1 b 0 (0) share", "1 c 0 (0)"));
}

TEST(Ranking, AsksTheTieRulesInTheirOrderAndSaysWhichDecided) {
  Prize p = prize(Normalisation::none, {one, one}, {"a", "b", "c", "d", "e"},
                  {{0, 0, {3 * one, 4 * one}},
                   {1, 0, {4 * one, 3 * one}},
                   {2, 0, {4 * one, 3 * one}},
                   {3, 0, {5 * one, 5 * one}},
                   {4, 0, {4 * one, 3 * one}}},
                  {"criterion:a", "earlier", "share"}, {1'000, 500, 200, 100, 1});
  p.entries[1].submitted = Time{20};
  p.entries[2].submitted = Time{10};
  p.entries[4].submitted = Time{20};
  EXPECT_THAT(lines(p), ElementsAre("1 d 10 (1000) score", "2 c 7 (500) earlier", "3 b 7 (150) share",
                                    "3 e 7 (150) criterion:a", "5 a 7 (1)"));
}

TEST(Ranking, ComparesACriterionByItsMeanEvenWhereItWeighsNothing) {
  EXPECT_THAT(
      lines(prize(Normalisation::none, {one, 0}, {"one", "two"},
                  {{0, 0, {5 * one, 4 * one}}, {1, 0, {5 * one, 9 * one}}, {1, 1, {5 * one, 0}}}, {"criterion:b"})),
      ElementsAre("1 two 5 (0) criterion:b", "2 one 5 (0)"));
}

TEST(Ranking, DrawsLotsThatEverybodyCanDrawAgain) {
  Prize p = prize(Normalisation::none, {one}, {"a", "b", "c", "d"}, {}, {"seed:00ffA0"});
  for (std::uint32_t e = 0; e < 4; ++e) p.sheets.push_back({e, 0, {one}});
  std::vector<std::pair<std::string, std::string>> lots;
  for (const Entry& entry : p.entries)
    lots.emplace_back(crypto::bytes_of(crypto::sha256(*unhex("00ffa0") + entry.id)), entry.id);
  std::ranges::sort(lots);
  const auto ranking = p.ranked();
  ASSERT_TRUE(ranking);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(ranking->places[i].entry, lots[i].second);
  EXPECT_EQ(ranking->places[0].decided_by, "seed:00ffA0");
  EXPECT_EQ(ranking->places[3].rank, 4U);
}

TEST(Ranking, SharesTheMoneyOfThePlacesTakenUpAndGivesOddUnitsById) {
  // The ALS Prediction Prize of 2012 had two first places; here the sum does not divide.
  EXPECT_THAT(lines(prize(Normalisation::none, {one}, {"z", "m", "a", "b"},
                          {{0, 0, {9 * one}}, {1, 0, {9 * one}}, {2, 0, {9 * one}}, {3, 0, {1 * one}}}, {"share"},
                          {20'000, 20'000, 10'000, 7})),
              ElementsAre("1 a 9 (16667) share", "1 m 9 (16667) share", "1 z 9 (16666) score", "4 b 1 (7)"));
}

TEST(Ranking, NeitherRanksNorPaysWhomNobodyMarked) {
  Prize p = prize(Normalisation::z_score, {one}, {"z", "marked", "a"}, {{1, 0, {0}}}, {}, {5, 6});
  EXPECT_THAT(lines(p), ElementsAre("1 marked 0 (5)"));
  EXPECT_THAT(p.ranked()->unmarked, ElementsAre("a", "z"));
  p.sheets.clear();
  EXPECT_THAT(lines(p), IsEmpty());
}

TEST(Ranking, HoldsAtItsLimits) {
  Prize p = prize(Normalisation::none, {}, {"most", "least"}, {});
  std::vector<std::int64_t> most, least;
  for (std::size_t c = 0; c < Limits::criteria; ++c) {
    p.rule.criteria.push_back({std::to_string(c), {Limits::weight * one}, {Limits::mark * one}});
    most.push_back(Limits::mark * one);
    least.push_back(Limits::mark * one - (c == 0 ? 1 : 0));
  }
  p.sheets = {{0, 0, most}, {1, 0, least}};
  EXPECT_THAT(lines(p), ElementsAre("1 most 1000000000000 (0) score", "2 least 999999999999.99 (0)"));
  for (const Normalisation how : {Normalisation::z_score, Normalisation::rank}) {
    p.rule.normalisation = how;
    EXPECT_THAT(lines(p)[0], testing::StartsWith("1 most "));
  }
}

TEST(Ranking, OfAMarkForSomethingThatIsNotThereIsTheCallersFault) {
  const Prize p = prize(Normalisation::none, {one}, {"a"}, {});
  for (const Mark& mark : {Mark{1, 0, 0, {}}, Mark{0, Limits::marks, 0, {}}, Mark{0, 0, 1, {}}})
    EXPECT_THROW((void)rank(p.rule, p.entries, std::vector{mark}), std::out_of_range);
}

// ---- Against chance ----

/// Few values, few judges, many ties; some entries without marks.
Prize any_prize() {
  const auto how = *rc::gen::element(Normalisation::none, Normalisation::z_score, Normalisation::rank);
  const auto criteria = *rc::gen::inRange<std::size_t>(1, 4), entries = *rc::gen::inRange<std::size_t>(1, 14);
  const auto judges = *rc::gen::inRange<std::uint32_t>(1, 5);
  const auto unit = *rc::gen::element<std::int64_t>(1, 100'000, one, 7 * one);
  Prize made = prize(how, {}, {}, {}, {},
                     *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 1'000)));
  for (std::size_t c = 0; c < criteria; ++c)
    made.rule.criteria.push_back(
        {std::string(1, char('a' + c)), {*rc::gen::inRange<std::int64_t>(c == 0, 4) * unit}, {100 * one}});
  static const std::vector<std::string> ties{"criterion:a", "earlier", "seed:17"};
  made.rule.ties = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(ties));
  if (made.rule.ties.size() > 3) made.rule.ties.resize(3);
  const auto values = *rc::gen::inRange<std::int64_t>(1, 6);
  for (std::uint32_t e = 0; e < entries; ++e) {
    made.entries.push_back({"e" + std::to_string(e * 7 % 10) + std::to_string(e), Time{*rc::gen::inRange(0, 3)}});
    for (std::uint32_t j = 0; j < judges; ++j) {
      if (*rc::gen::inRange(0, 4) == 0) continue;
      Sheet sheet{e, j, {}};
      for (std::size_t c = 0; c < criteria; ++c)
        sheet.marks.push_back(*rc::gen::inRange<std::int64_t>(0, values + 1) * unit);
      made.sheets.push_back(std::move(sheet));
    }
  }
  return made;
}

RC_GTEST_PROP(Ranking, IsTheSameToTheByteWhateverOrderItsInputCameIn, ()) {
  const Prize p = any_prize();
  auto marks = p.marks();
  const auto ranking = rank(p.rule, p.entries, marks);
  RC_ASSERT(ranking.has_value());

  std::mt19937_64 chance(*rc::gen::arbitrary<std::uint64_t>());
  std::vector<std::uint32_t> places(p.entries.size());
  std::iota(places.begin(), places.end(), 0U);
  std::ranges::shuffle(places, chance);  // where an entry goes
  std::vector<Entry> entries(p.entries.size());
  for (std::size_t i = 0; i < places.size(); ++i) entries[places[i]] = p.entries[i];
  for (Mark& mark : marks) {
    mark.entry = places[mark.entry];
    mark.judge = 7 - mark.judge;
    mark.criterion = std::uint32_t(p.rule.criteria.size()) - 1 - mark.criterion;
  }
  std::ranges::shuffle(marks, chance);
  Rule rule = p.rule;
  std::ranges::reverse(rule.criteria);
  RC_ASSERT(write(p.rule, *ranking) == write(rule, *rank(rule, entries, marks)));
}

RC_GTEST_PROP(Ranking, PaysTheMoneyOfThePlacesTakenUpToTheLastUnit, ()) {
  const Prize p = any_prize();
  const auto ranking = p.ranked();
  const auto& amounts = p.rule.purse->amounts;
  std::int64_t paid = 0, due = 0;
  for (const Place& place : ranking->places) {
    RC_ASSERT(place.amount >= 0);
    paid += place.amount;
  }
  for (std::size_t i = 0; i < std::min(amounts.size(), ranking->places.size()); ++i) due += amounts[i];
  RC_ASSERT(paid == due);
}

RC_GTEST_PROP(Ranking, DoesNotChangeWhenAllWeightsAreScaled, ()) {
  Prize p = any_prize();
  const auto before = p.ranked();
  for (Criterion& criterion : p.rule.criteria) criterion.weight.millionths *= 37;
  const auto after = p.ranked();
  RC_ASSERT(before->places.size() == after->places.size());
  for (std::size_t i = 0; i < before->places.size(); ++i) {
    RC_ASSERT(before->places[i].entry == after->places[i].entry);
    RC_ASSERT(before->places[i].rank == after->places[i].rank);
    RC_ASSERT(before->places[i].amount == after->places[i].amount);
    RC_ASSERT(before->places[i].decided_by == after->places[i].decided_by);
  }
}

RC_GTEST_PROP(Ranking, GivesOnePlaceToThoseWithTheSameMarks, ()) {
  Prize p = any_prize();
  p.rule.ties = {"criterion:a", "share"};
  const std::size_t sheets = p.sheets.size();
  const auto entries = std::uint32_t(p.entries.size());
  for (std::uint32_t e = 0; e < entries; ++e) p.entries.push_back({"twin-" + p.entries[e].id, Time{}});
  for (std::size_t i = 0; i < sheets; ++i) {
    p.sheets.push_back(p.sheets[i]);
    p.sheets.back().entry += entries;
  }
  const auto ranking = p.ranked();
  std::map<std::string, std::uint32_t> rank_of;
  for (const Place& place : ranking->places) rank_of[place.entry] = place.rank;
  for (const auto& [entry, rank] : rank_of)
    if (!entry.starts_with("twin-")) RC_ASSERT(rank_of.at("twin-" + entry) == rank);
}

/// Scores as a textbook has them, in a hundred digits.
std::map<std::uint32_t, Slow> slow_scores(const Prize& p) {
  std::map<std::uint32_t, Slow> sums;
  std::map<std::uint32_t, int> judges;
  for (const Sheet& mine : p.sheets) {
    ++judges[mine.entry];
    for (std::size_t c = 0; c < mine.marks.size(); ++c) {
      Slow n = 0, sum = 0, squares = 0, lower = 0, equal = -1;
      for (const Sheet& other : p.sheets) {
        if (other.judge != mine.judge) continue;
        const Slow mark = Slow(other.marks[c]) / one;
        n += 1;
        sum += mark;
        lower += other.marks[c] < mine.marks[c] ? 1 : 0;
        equal += other.marks[c] == mine.marks[c] ? 1 : 0;
      }
      for (const Sheet& other : p.sheets)
        if (other.judge == mine.judge) squares += pow(Slow(other.marks[c]) / one - sum / n, 2);
      Slow mark = Slow(mine.marks[c]) / one;
      if (p.rule.normalisation == Normalisation::z_score)
        mark = equal + 1 == n ? Slow(0) : Slow((mark - sum / n) / sqrt(squares / n));
      if (p.rule.normalisation == Normalisation::rank) mark = n == 1 ? Slow(0.5) : Slow((lower + equal / 2) / (n - 1));
      sums[mine.entry] += mark * p.rule.criteria[c].weight.millionths / one;
    }
  }
  for (auto& [entry, sum] : sums) sum /= judges[entry];
  return sums;
}

RC_GTEST_PROP(Ranking, IsWhatASlowTextbookSays, ()) {
  Prize p = any_prize();
  p.rule.ties = {"share"};
  const auto ranking = p.ranked();
  const auto slow = slow_scores(p);
  RC_ASSERT(ranking->places.size() == slow.size());
  std::map<std::string, std::uint32_t> entry_of;
  for (std::uint32_t e = 0; e < p.entries.size(); ++e) entry_of[p.entries[e].id] = e;
  for (const Place& place : ranking->places) {
    const Slow& score = slow.at(entry_of.at(place.entry));
    const auto better =
        std::ranges::count_if(slow, [&](const auto& other) { return other.second > score + Slow("1e-80"); });
    RC_ASSERT(place.rank == std::uint32_t(better) + 1);
    RC_ASSERT(abs(Slow(place.score.millionths) - score * one) <= Slow("0.5") + Slow("1e-80"));
  }
}

}  // namespace
}  // namespace polder::ranking
