#include "methods/assignment/assignment.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

namespace polder::assignment {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string name(char kind, std::size_t n) { return kind + std::to_string(n); }

/// Entries e0, e1, … and judges j0, j1, …; one row of fits for each entry.
Problem problem(int readers, int most, const std::vector<std::vector<int>>& fits) {
  Problem p;
  for (std::size_t e = 0; e < fits.size(); ++e) p.entries.push_back({name('e', e), readers});
  for (std::size_t j = 0; j < fits.at(0).size(); ++j) p.judges.push_back({name('j', j), most});
  for (const auto& row : fits)
    for (const int fit : row) p.fit.push_back(std::int16_t(fit));
  return p;
}

Outcome outcome(const Problem& p) {
  auto out = assign(p);
  EXPECT_TRUE(out) << out.error().message.key;
  return std::move(*out);
}
Assignment assigned(const Problem& p) {
  Outcome out = outcome(p);
  EXPECT_TRUE(std::holds_alternative<Assignment>(out));
  if (const auto* a = std::get_if<Assignment>(&out)) return *a;
  return {};
}

/// By ids, because the same problem may come in another order.
std::set<std::pair<std::string, std::string>> pairs(const Problem& p, const Assignment& a) {
  std::set<std::pair<std::string, std::string>> out;
  for (const Reading& r : a.readings) out.emplace(p.entries[r.pair.entry].id, p.judges[r.pair.judge].id);
  return out;
}

TEST(Assignment, SharesTheWorkBeforeItLooksAtExpertise) {
  // The first judge knows everything best, and still reads no more than the others.
  const Problem p = problem(1, 10, {{1000, 10, 20}, {1000, 30, 10}, {1000, 10, 10}});
  const Assignment a = assigned(p);
  EXPECT_EQ(a.load, 1);
  EXPECT_THAT(a.loads, ElementsAre(1, 1, 1));
  EXPECT_TRUE(holds(p, a));
}

TEST(Assignment, RaisesTheLeastFitBeforeTheSum) {
  // 900 + 100 is more than 500 + 400, but somebody would be judged by a stranger.
  const Problem p = problem(1, 1, {{900, 500}, {400, 100}});
  const Assignment a = assigned(p);
  EXPECT_EQ(a.least_fit, 400);
  EXPECT_EQ(a.total_fit, 900);
  EXPECT_EQ(a.bound.most, 900);
}

TEST(Assignment, ExplainsEachPairByItsFitItsLoadAndWhoWouldHaveBeenBetter) {
  const Problem p = problem(1, 1, {{900, 500}, {800, 100}});
  const Assignment a = assigned(p);
  EXPECT_THAT(a.readings, ElementsAre(Reading{.pair = {0, 1}, .fit = 500, .load = 1, .better = 1},
                                      Reading{.pair = {1, 0}, .fit = 800, .load = 1, .better = 0}));
}

TEST(Assignment, NeverGivesAnEntryToAJudgeWithAConflict) {
  Problem p = problem(1, 3, {{1000, 0}, {1000, 0}, {1000, 0}});
  p.forbidden = {{0, 0}, {1, 0}, {2, 0}};
  const Assignment a = assigned(p);
  EXPECT_THAT(a.loads, ElementsAre(0, 3));
  ASSERT_TRUE(a.why_no_less_load);
  EXPECT_EQ(*a.why_no_less_load, (Shortage{.entries = {0, 1, 2}, .judges = {1}, .needed = 3, .room = 2, .others = 0}));
}

TEST(Assignment, KeepsWhatWasSetByHandAndCountsItAsWork) {
  Problem p = problem(2, 2, {{0, 900, 900}, {0, 900, 900}});
  p.fixed = {{0, 0}, {0, 0}};  // named twice is set once
  const Assignment a = assigned(p);
  EXPECT_EQ(a.loads[0], 1);
  EXPECT_EQ(a.loads[1] + a.loads[2], 3) << "e0 needs but one reader more";
  EXPECT_EQ(a.readings.front(), (Reading{.pair = {0, 0}, .fit = 0, .fixed = true, .load = 1, .better = 1}));
  EXPECT_EQ(a.least_fit, 900) << "of the pairs that were not set by hand";
  EXPECT_EQ(a.total_fit, 2700);
  EXPECT_TRUE(holds(p, a));
}

TEST(Assignment, LetsAHandGiveAnEntryMoreReadersThanItAskedFor) {
  Problem p = problem(1, 2, {{500, 500}, {500, 500}});
  p.fixed = {{0, 0}, {0, 1}};
  const Assignment a = assigned(p);
  EXPECT_EQ(a.readings.size(), 3u);
  EXPECT_TRUE(holds(p, a));
}

TEST(Assignment, RefusesAPairSetByHandInSpiteOfAConflict) {
  Problem p = problem(1, 1, {{500, 500}});
  p.fixed = p.forbidden = {{0, 1}};
  const auto out = assign(p);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().message, (Message{"assignment.fixed-conflict", {{"entry", "e0"}, {"judge", "j1"}}}));
}

TEST(Assignment, RefusesToGiveAJudgeMoreByHandThanTheyWillRead) {
  Problem p = problem(1, 1, {{500, 500}, {500, 500}});
  p.fixed = {{0, 1}, {1, 1}};
  const auto out = assign(p);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().message.key, "assignment.fixed-load");
}

TEST(Assignment, SaysWhoLacksReadersAndWhyInsteadOfGivingOutAPart) {
  // e0 and e1 have only j0, who reads one. e2 has only j2, and wants two. e3 is well off.
  Problem p = problem(1, 1, {{5, 5, 5, 5}, {5, 5, 5, 5}, {5, 5, 5, 5}, {5, 5, 5, 5}});
  p.entries[2].readers = 2;
  p.forbidden = {{0, 1}, {0, 2}, {0, 3}, {1, 1}, {1, 2}, {1, 3}, {2, 0}, {2, 1}, {2, 3}, {3, 0}, {3, 2}};
  const Outcome out = outcome(p);
  ASSERT_TRUE(std::holds_alternative<Impossible>(out));
  const auto& [lacking, because] = std::get<Impossible>(out);
  EXPECT_THAT(because, ElementsAre(Shortage{.entries = {2}, .judges = {}, .needed = 2, .room = 0, .others = 1},
                                   Shortage{.entries = {0, 1}, .judges = {0}, .needed = 2, .room = 1, .others = 0}));
  int lacks = 0;
  for (const Lack& lack : lacking) lacks += lack.readers;
  EXPECT_EQ(lacks, 2);
}

TEST(Assignment, OfNothingIsNothing) {
  const Assignment nobody = assigned(Problem{});
  EXPECT_THAT(nobody.readings, IsEmpty());
  EXPECT_TRUE(holds(Problem{}, nobody));
  const Problem idle{.entries = {}, .judges = {{"j", 3}}, .fit = {}};
  EXPECT_EQ(assigned(idle).load, 0);
  const Problem alone{.entries = {{"e", 1}}, .judges = {}, .fit = {}};
  EXPECT_TRUE(std::holds_alternative<Impossible>(outcome(alone)));
}

TEST(Assignment, RefusesWhatIsOverALimitBeforeItLooksAtIt) {
  const Problem p = problem(3, 1, {{1, 2}, {3, 4}});
  for (const Limits& limits : {Limits{.entries = 1}, Limits{.judges = 1}, Limits{.pairs = 3}, Limits{.readers = 2}}) {
    const auto out = assign(p, limits);
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().why, Why::too_large);
  }
}

TEST(Assignment, ThrowsForAProblemThatContradictsItself) {
  Problem p = problem(1, 1, {{1, 2}});
  const auto broken = [&](auto&& change) {
    Problem copy = p;
    change(copy);
    EXPECT_THROW((void)assign(copy), std::invalid_argument);
  };
  broken([](Problem& x) { x.fit.pop_back(); });
  broken([](Problem& x) { x.fit[0] = -1; });
  broken([](Problem& x) { x.fit[0] = greatest_fit + 1; });
  broken([](Problem& x) { x.judges[1].id = x.judges[0].id; });
  broken([](Problem& x) { x.fixed = {{1, 0}}; });
  broken([](Problem& x) { x.forbidden = {{0, 2}}; });
  broken([](Problem& x) { x.entries[0].readers = -1; });
  broken([](Problem& x) { x.judges[0].most = -1; });
}

/// A proof that cannot fail proves nothing.
TEST(AssignmentProof, FailsWhenAnythingInItIsChanged) {
  Problem p = problem(1, 2, {{900, 500, 0}, {800, 100, 300}, {700, 200, 100}, {10, 20, 30}});
  p.fixed = {{3, 2}};
  const Assignment a = assigned(p);
  ASSERT_TRUE(holds(p, a));
  ASSERT_TRUE(a.why_no_less_load && a.why_no_greater_fit);
  const auto broken = [&](auto&& change) {
    Assignment copy = a;
    change(copy);
    EXPECT_FALSE(holds(p, copy));
  };
  broken([](Assignment& x) { x.readings.pop_back(); });
  broken([](Assignment& x) { x.readings[0].pair.judge = 2; });
  broken([](Assignment& x) { ++x.readings[0].fit; });
  broken([](Assignment& x) { x.readings.push_back(x.readings[0]); });
  broken([](Assignment& x) { ++x.load; });
  broken([](Assignment& x) { ++x.loads[0]; });
  broken([](Assignment& x) { --x.least_fit; });
  broken([](Assignment& x) { ++x.total_fit; });
  broken([](Assignment& x) { x.why_no_less_load.reset(); });
  broken([](Assignment& x) { x.why_no_greater_fit.reset(); });
  broken([](Assignment& x) { --x.why_no_less_load->room; });
  broken([](Assignment& x) { x.why_no_less_load->entries.clear(); });
  broken([](Assignment& x) { ++x.bound.most; });
  broken([](Assignment& x) { ++x.bound.judge_prices[1]; });
  broken([](Assignment& x) { x.bound.entry_prices[0] -= 2'000; });
}

// ---- Against brute force ----

/// Up to four entries and four judges, with conflicts, and few fits, so that ties are many.
rc::Gen<Problem> small_problem() {
  return rc::gen::exec([] {
    const auto entries = *rc::gen::inRange<std::size_t>(1, 5), judges = *rc::gen::inRange<std::size_t>(1, 5);
    Problem p;
    for (std::size_t e = 0; e < entries; ++e) p.entries.push_back({name('e', e), *rc::gen::inRange(0, 4)});
    for (std::size_t j = 0; j < judges; ++j) p.judges.push_back({name('j', j), *rc::gen::inRange(0, 6)});
    std::vector<int> held(judges);
    for (std::size_t e = 0; e < entries; ++e)
      for (std::size_t j = 0; j < judges; ++j) {
        p.fit.push_back(std::int16_t(*rc::gen::inRange(0, 6) * 200));
        const int chance = *rc::gen::inRange(0, 20);
        if (chance < 3) p.forbidden.push_back({e, j});
        if (chance > 17 && held[j] < p.judges[j].most) {
          p.fixed.push_back({e, j});
          ++held[j];
        }
      }
    return p;
  });
}

/// What is best by trying everything: (least load, greatest least fit, greatest sum), and the most that can be given
/// out.
struct Tried {
  std::optional<std::tuple<int, int, std::int64_t>> best = {};  ///< -load, least fit, sum
  int most = 0;                                                 ///< readings without those set by hand
};

class Trial {
 public:
  explicit Trial(const Problem& p) : p_(p), loads_(p.judges.size()), needed_(p.entries.size()) {
    for (std::size_t e = 0; e < needed_.size(); ++e) needed_[e] = p.entries[e].readers;
    for (const Pair pair : p.fixed) {
      ++loads_[pair.judge];
      needed_[pair.entry] = std::max(0, needed_[pair.entry] - 1);
      sum_ += fit(pair);
    }
    next(0, greatest_fit, 0);
  }
  Tried result() const { return tried_; }

 private:
  int fit(Pair pair) const { return p_.fit[pair.entry * p_.judges.size() + pair.judge]; }

  void next(std::size_t entry, int least, int given) {
    if (entry == needed_.size()) {
      tried_.most = std::max(tried_.most, given);
      if (given == std::accumulate(needed_.begin(), needed_.end(), 0)) {
        const std::tuple found{loads_.empty() ? 0 : -std::ranges::max(loads_), least, sum_};
        if (!tried_.best || found > *tried_.best) tried_.best = found;
      }
      return;
    }
    const std::size_t judges = loads_.size();
    for (unsigned set = 0; set < (1u << judges); ++set) {
      std::vector<std::size_t> readers;
      bool fine = true;
      for (std::size_t j = 0; j < judges; ++j)
        if (set & (1u << j)) {
          const Pair pair{entry, j};
          fine = fine && !std::ranges::count(p_.forbidden, pair) && !std::ranges::count(p_.fixed, pair) &&
                 loads_[j] < p_.judges[j].most;
          readers.push_back(j);
        }
      if (!fine || int(readers.size()) > needed_[entry]) continue;
      int lower = least;
      for (const std::size_t j : readers) {
        ++loads_[j];
        sum_ += fit({entry, j});
        lower = std::min(lower, fit({entry, j}));
      }
      next(entry + 1, lower, given + int(readers.size()));
      for (const std::size_t j : readers) {
        --loads_[j];
        sum_ -= fit({entry, j});
      }
    }
  }

  const Problem& p_;
  std::vector<int> loads_, needed_;
  std::int64_t sum_ = 0;
  Tried tried_;
};

RC_GTEST_PROP(AssignmentProperty, IsAsGoodAsTryingEverything, ()) {
  const Problem p = *small_problem();
  const Tried tried = Trial(p).result();
  const auto out = assign(p);
  RC_ASSERT(bool(out));
  if (const auto* a = std::get_if<Assignment>(&*out)) {
    RC_ASSERT(bool(tried.best));
    RC_ASSERT((std::tuple{-a->load, a->least_fit, a->total_fit}) == *tried.best);
    RC_ASSERT(holds(p, *a));
    RC_TAG("possible");
  } else {
    RC_ASSERT(!tried.best);
    const auto& [lacking, because] = std::get<Impossible>(*out);
    int needed = 0;
    std::int64_t lacks = 0, explained = 0;
    for (std::size_t e = 0; e < p.entries.size(); ++e)
      needed += std::max<int>(0, p.entries[e].readers - int(std::ranges::count(p.fixed, e, &Pair::entry)));
    for (const Lack& lack : lacking) lacks += lack.readers;
    for (const Shortage& s : because) {
      RC_ASSERT(s.needed > s.room + s.others);
      explained += s.needed - s.room - s.others;
    }
    RC_ASSERT(lacks == needed - tried.most);
    RC_ASSERT(explained == lacks);
    for (const Lack& lack : lacking)
      RC_ASSERT(
          std::ranges::any_of(because, [&](const Shortage& s) { return std::ranges::count(s.entries, lack.entry); }));
    RC_TAG("impossible");
  }
}

/// Complementary slackness: whoever is paid for has no room left, and no pair that was left out is worth its prices.
RC_GTEST_PROP(AssignmentProperty, PricesAndPairsAgree, ()) {
  const Problem p = *small_problem();
  const auto out = assign(p);
  RC_ASSERT(bool(out));
  const auto* a = std::get_if<Assignment>(&*out);
  RC_PRE(bool(a));
  for (std::size_t j = 0; j < p.judges.size(); ++j)
    RC_ASSERT(a->bound.judge_prices[j] == 0 || a->loads[j] == std::max(std::min(a->load, p.judges[j].most), 0));
  std::set<Pair> read;
  for (const Reading& r : a->readings) read.insert(r.pair);
  for (std::size_t e = 0; e < p.entries.size(); ++e)
    for (std::size_t j = 0; j < p.judges.size(); ++j) {
      const Pair pair{e, j};
      const int fit = p.fit[e * p.judges.size() + j];
      if (std::ranges::count(p.forbidden, pair) || std::ranges::count(p.fixed, pair) || fit < a->least_fit) continue;
      const auto worth = fit - a->bound.entry_prices[e] - a->bound.judge_prices[j];
      RC_ASSERT((read.contains(pair) ? worth >= 0 : worth <= 0));
    }
}

RC_GTEST_PROP(AssignmentProperty, GivesTheSamePairsInAnyOrder, ()) {
  const Problem p = *small_problem();
  std::vector<std::size_t> entries(p.entries.size()), judges(p.judges.size());
  std::iota(entries.begin(), entries.end(), std::size_t{0});
  std::iota(judges.begin(), judges.end(), std::size_t{0});
  std::mt19937 shuffle(*rc::gen::arbitrary<unsigned>());
  std::ranges::shuffle(entries, shuffle);
  std::ranges::shuffle(judges, shuffle);
  Problem other;
  for (const std::size_t e : entries) other.entries.push_back(p.entries[e]);
  for (const std::size_t j : judges) other.judges.push_back(p.judges[j]);
  for (const std::size_t e : entries)
    for (const std::size_t j : judges) other.fit.push_back(p.fit[e * p.judges.size() + j]);
  const auto moved = [&](Pair pair) {
    return Pair{std::size_t(std::ranges::find(entries, pair.entry) - entries.begin()),
                std::size_t(std::ranges::find(judges, pair.judge) - judges.begin())};
  };
  for (const Pair pair : p.forbidden) other.forbidden.push_back(moved(pair));
  for (const Pair pair : p.fixed) other.fixed.push_back(moved(pair));
  std::ranges::shuffle(other.forbidden, shuffle);
  std::ranges::shuffle(other.fixed, shuffle);

  const auto one = assign(p), two = assign(other);
  RC_ASSERT(one && two);
  RC_ASSERT(one->index() == two->index());
  if (const auto* a = std::get_if<Assignment>(&*one)) {
    RC_ASSERT(pairs(p, *a) == pairs(other, std::get<Assignment>(*two)));
  } else {
    const auto lacking = [](const Problem& of, const Outcome& o) {
      std::vector<std::pair<std::string, int>> out;
      for (const Lack& lack : std::get<Impossible>(o).lacking)
        out.emplace_back(of.entries[lack.entry].id, lack.readers);
      return out;
    };
    RC_ASSERT(lacking(p, *one) == lacking(other, *two));
  }
}

/// Large enough that chance could show: the pairs themselves, not only what they add up to.
TEST(Assignment, OfManyEntriesIsProvedAndTheSameAgain) {
  Problem p;
  for (std::size_t e = 0; e < 120; ++e) p.entries.push_back({name('e', e), 3});
  for (std::size_t j = 0; j < 20; ++j) p.judges.push_back({name('j', j), 25});
  std::mt19937 chance(7);
  for (std::size_t e = 0; e < 120; ++e)
    for (std::size_t j = 0; j < 20; ++j) {
      p.fit.push_back(std::int16_t(chance() % 10 * 100));
      if (chance() % 20 == 0) p.forbidden.push_back({e, j});
    }
  const Assignment a = assigned(p);
  EXPECT_EQ(a.load, 18);
  EXPECT_TRUE(holds(p, a));
  EXPECT_EQ(assigned(p), a);
}

}  // namespace
}  // namespace polder::assignment
