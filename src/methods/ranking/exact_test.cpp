#include "methods/ranking/exact.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include <boost/multiprecision/cpp_dec_float.hpp>

namespace polder::ranking {
namespace {

using Slow = boost::multiprecision::cpp_dec_float_100;

struct Numbers {
  Roots roots;
  std::vector<Sum> sums;

  void add(std::vector<std::pair<Uint128, Int128>> terms, std::int64_t divisor = 1) {
    Sum sum{.divisor = divisor};
    for (const auto& [radicand, coefficient] : terms) sum.add(roots.add(radicand), coefficient);
    sum.tidy();
    sums.push_back(std::move(sum));
  }

  Estimate estimated(std::uint32_t item) const {
    double value = 0, absolute = 0;
    for (const Term& term : sums[item].terms) {
      value += double(term.coefficient) * roots.reciprocal(term.root);
      absolute += std::abs(double(term.coefficient) * roots.reciprocal(term.root));
    }
    return estimate(item, value, absolute, sums[item].terms.size(), double(sums[item].divisor));
  }

  SumOf sum_of() const {
    return [this](std::uint32_t item) { return sums[item]; };
  }

  /// "1=0>2" for items, the highest first and equal ones by number.
  std::string ordered(unsigned bits = most_bits) {
    std::vector<Estimate> estimates;
    for (std::uint32_t i = 0; i < sums.size(); ++i) estimates.push_back(estimated(i));
    const auto standings = order(estimates, sum_of(), roots, bits);
    if (!standings) return standings.error().message.key;
    std::vector<std::vector<std::uint32_t>> groups;
    for (const Standing& standing : *standings) {
      if (!standing.tied) groups.emplace_back();
      groups.back().push_back(standing.item);
    }
    std::string out;
    for (auto& group : groups) {
      std::ranges::sort(group);
      for (const std::uint32_t item : group)
        out += (out.empty() ? "" : item == group[0] ? ">" : "=") + std::to_string(item);
    }
    return out;
  }

  Slow slow(std::uint32_t item) const {
    Slow value = 0;
    for (const Term& term : sums[item].terms)
      value += Slow(Integer(term.coefficient)) / sqrt(Slow(roots.radicand(term.root)));
    return value / sums[item].divisor;
  }
};

TEST(ExactSums, AreEqualWhereTheirRootsDifferButTheirValuesDoNot) {
  Numbers n;
  n.add({{2, 4}});            // 4/√2
  n.add({{8, 8}});            // 8/√8
  n.add({{2, 1}, {18, 9}});   // 1/√2 + 9/√18
  n.add({{8, 8}, {3, 1}});    // and a little more
  n.add({{2, 12}}, 3);        // a mean of three
  n.add({{2, 4}, {27, -1}});  // and a little less
  EXPECT_EQ(n.ordered(), "3>0=1=2=4>5");
}

TEST(ExactSums, OfWholeNumbersAreExactBeyondADouble) {
  Numbers n;
  const Int128 large = Int128(1) << 100;
  n.add({{1, large}});
  n.add({{1, large + 1}});
  n.add({{4, 2 * large}});
  n.add({{1, 3 * large + 1}}, 3);
  EXPECT_EQ(n.ordered(), "1>3>0=2");
}

TEST(ExactSums, NeverTakeALargeCommonFactorForASquare) {
  Numbers n;
  const Uint128 prime = (Uint128(1) << 61U) - 1;  // a Mersenne prime: as far from small primes as can be
  n.add({{prime * 2, 6}});
  n.add({{prime * 18, 18}});
  n.add({{prime * 3, 7}});
  n.add({{prime * prime, 9}});
  n.add({{1, 9}}, std::int64_t(prime));
  EXPECT_EQ(n.ordered(), "0=1>2>3=4");
}

/// Convergents of √2: p/√2 and q agree to about twice their digits.
std::pair<Int128, Int128> convergent(int steps) {
  Int128 p = 1, q = 1;
  for (int i = 0; i < steps; ++i) {
    const Int128 next = p + 2 * q;
    q = p + q;
    p = next;
  }
  return {p, q};
}

TEST(ExactSums, ThatAgreeInFiftyDigitsAreToldApartAndThoseBeyondTheLastBitAreNotGuessed) {
  for (const int steps : {60, 61}) {
    const auto [p, q] = convergent(steps);  // p² - 2q² is -1 after an even number of steps, else 1
    Numbers n;
    n.add({{2, p}}, std::int64_t(1) << 60);
    n.add({{1, q}}, std::int64_t(1) << 60);
    EXPECT_EQ(n.ordered(), steps % 2 == 0 ? "1>0" : "0>1");
    EXPECT_EQ(n.ordered(64), "ranking.too-close");
  }
}

TEST(ExactSums, AreRoundedToSixPlacesAsMathematicsRoundsThem) {
  const auto rounded = [](std::vector<std::pair<Uint128, Int128>> terms, std::int64_t divisor) {
    Numbers n;
    n.add(std::move(terms), divisor);
    const auto found = millionths(n.estimated(0), n.sum_of(), n.roots);
    EXPECT_TRUE(found);
    return found.value_or(-1);
  };
  EXPECT_EQ(rounded({{1, 1}}, 3), 333'333);
  EXPECT_EQ(rounded({{1, 2}}, 3), 666'667);
  EXPECT_EQ(rounded({{1, 1}}, 2'000'000), 1);  // half, away from zero
  EXPECT_EQ(rounded({{1, -1}}, 2'000'000), -1);
  EXPECT_EQ(rounded({{1, 3}}, 2'000'000), 2);
  EXPECT_EQ(rounded({{1, 499'999}}, 1'000'000'000'000), 0);
  EXPECT_EQ(rounded({{1, -499'999}}, 1'000'000'000'000), 0);
  EXPECT_EQ(rounded({{2, 1}, {8, -2}}, 1), 0);
  EXPECT_EQ(rounded({{2, 2}}, 1), 1'414'214);
  EXPECT_EQ(rounded({{2, -2}}, 1), -1'414'214);
  EXPECT_EQ(rounded({}, 7), 0);
  EXPECT_EQ(rounded({{1, Int128(999'999'999'999'999'999)}}, 1'000'000), 999'999'999'999'999'999);
  // Half a millionth, and a little more or less of something irrational: p/√2 - q is ±1/(2p).
  const auto [above, q1] = convergent(31);
  const auto [below, q2] = convergent(30);
  EXPECT_EQ(rounded({{2, 2'000'000 * above}, {1, -2'000'000 * q1 + 1}}, 2'000'000), 1);
  EXPECT_EQ(rounded({{2, 2'000'000 * below}, {1, -2'000'000 * q2 + 1}}, 2'000'000), 0);
}

RC_GTEST_PROP(ExactSums, StandAsAHundredDigitsSay, ()) {
  Numbers n;
  const auto count = *rc::gen::inRange(2, 12);
  const auto largest = *rc::gen::element<std::uint64_t>(3, 12, 200, ~std::uint64_t(0));
  for (int i = 0; i < count; ++i) {
    std::vector<std::pair<Uint128, Int128>> terms;
    for (int t = *rc::gen::inRange(0, 6); t > 0; --t) {
      const auto side = *rc::gen::inRange<std::uint64_t>(1, 4), rest = *rc::gen::inRange<std::uint64_t>(1, largest);
      terms.emplace_back(Uint128(rest) * side * side, *rc::gen::inRange(-4, 5) * Int128(side));
    }
    n.add(std::move(terms), *rc::gen::inRange(1, 4));
  }
  std::vector<Slow> slow;
  for (std::uint32_t i = 0; i < n.sums.size(); ++i) slow.push_back(n.slow(i));
  std::vector<Estimate> estimates;
  for (std::uint32_t i = 0; i < n.sums.size(); ++i) {
    estimates.push_back(n.estimated(i));
    RC_ASSERT(abs(slow[i] - Slow(estimates[i].value)) <= Slow(estimates[i].error));
    const Slow rounded = floor(abs(slow[i]) * 1'000'000 + Slow(0.5) + Slow("1e-80"));  // the half goes away from zero
    const auto found = millionths(estimates[i], n.sum_of(), n.roots);
    RC_ASSERT(Slow(*found) == (slow[i] < 0 ? Slow(-rounded) : rounded));
  }
  const auto standings = order(estimates, n.sum_of(), n.roots);
  RC_ASSERT(standings.has_value());
  RC_ASSERT(standings->size() == n.sums.size());
  for (std::size_t i = 1; i < standings->size(); ++i) {
    const Slow gap = slow[(*standings)[i - 1].item] - slow[(*standings)[i].item];
    const bool held = (*standings)[i].tied ? abs(gap) < Slow("1e-80") : gap > Slow("1e-80");
    RC_ASSERT(held);
  }
}

}  // namespace
}  // namespace polder::ranking
