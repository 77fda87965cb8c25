#include "methods/ranking/exact.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <tuple>

#include <boost/multiprecision/integer.hpp>

namespace polder::ranking {
namespace {

// ---- The class of a radicand ----

constexpr std::array<std::uint32_t, 20> odd_primes{3,  5,  7,  11, 13, 17, 19, 23, 29, 31,
                                                   37, 41, 43, 47, 53, 59, 61, 67, 71, 73};

bool is_square_modulo(std::uint32_t value, std::uint32_t prime) {  // Euler's criterion
  std::uint32_t power = 1;
  for (std::uint32_t e = (prime - 1) / 2; e > 0; e >>= 1U, value = value * value % prime)
    if (e % 2 == 1) power = power * value % prime;
  return power == 1;
}

/// Equal for commensurable roots, and rarely for others: how often each small prime divides, even or odd, and whether
/// the rest is a square modulo it (modulo 8 for 2).
std::uint64_t signature(Uint128 radicand) {
  const auto without = [&](std::uint32_t prime) {
    Uint128 rest = radicand;
    std::uint64_t odd = 0;
    for (; rest % prime == 0; rest /= prime) odd ^= 1U;
    return std::pair(rest, odd);
  };
  const auto [rest_of_2, odd_in_2] = without(2);
  std::uint64_t all = std::uint64_t(rest_of_2 % 8) << 1U | odd_in_2;
  for (const std::uint32_t prime : odd_primes) {
    const auto [rest, odd] = without(prime);
    all = all << 2U | odd << 1U | std::uint64_t(is_square_modulo(std::uint32_t(rest % prime), prime));
  }
  return all;
}

// ---- Normal forms ----

/// Rational parts of the roots that represent their class, each but once and none of them zero.
struct Normal {
  struct Part {
    std::uint32_t root;
    Rational coefficient;
    bool operator==(const Part&) const = default;
  };
  std::vector<Part> parts;
  bool operator==(const Normal&) const = default;
};

Normal normal(const Sum& sum, Roots& roots) {
  Normal made;
  for (const Term& term : sum.terms) {
    const Roots::Member& member = roots.member(term.root);
    made.parts.push_back({member.representative, Rational(Integer(term.coefficient)) * member.factor});
  }
  auto& parts = made.parts;
  std::ranges::sort(parts, {}, &Normal::Part::root);
  std::size_t kept = 0;
  for (std::size_t from = 0; from < parts.size();) {
    Normal::Part part = std::move(parts[from]);
    for (++from; from < parts.size() && parts[from].root == part.root; ++from)
      part.coefficient += parts[from].coefficient;
    if (part.coefficient.is_zero()) continue;
    part.coefficient /= sum.divisor;
    parts[kept++] = std::move(part);
  }
  parts.resize(kept);
  return made;
}

/// Any total order in which equal forms stand together.
bool before(const Normal& a, const Normal& b) {
  return std::ranges::lexicographical_compare(a.parts, b.parts, [](const Normal::Part& x, const Normal::Part& y) {
    if (x.root != y.root) return x.root < y.root;
    if (const int sides = numerator(x.coefficient).compare(numerator(y.coefficient)); sides != 0) return sides < 0;
    return denominator(x.coefficient) < denominator(y.coefficient);
  });
}

template <class Number>
struct Interval {
  Number low, high;
  std::uint32_t item = 0;
};

/// Where 2^bits times `scale` times the number lies: each part is cut to an integer towards zero, so it is short by
/// less than one.
Interval<Integer> bounds(const Normal& number, Roots& roots, unsigned bits, std::uint32_t item,
                         std::uint32_t scale = 1) {
  Interval<Integer> found{0, 0, item};
  for (const auto& [root, coefficient] : number.parts) {
    const Integer above = numerator(coefficient) * scale, below = denominator(coefficient);
    const Integer magnitude = sqrt(Integer((above * above << 2 * bits) / (below * below * roots.radicand(root))));
    const bool negative = above.sign() < 0;
    found.low += negative ? Integer(-magnitude - 1) : magnitude;
    found.high += negative ? Integer(-magnitude) : Integer(magnitude + 1);
  }
  return found;
}

// ---- The ladder ----

/// Calls `each` with those that stand too close to tell, the highest first; who stands alone comes alone.
template <class Number, class Each>
Done clusters(std::vector<Interval<Number>> intervals, const Each& each) {
  std::ranges::sort(intervals,
                    [](const auto& a, const auto& b) { return std::tie(b.high, a.item) < std::tie(a.high, b.item); });
  std::vector<std::uint32_t> together;
  for (std::size_t begin = 0; begin < intervals.size();) {
    Number low = intervals[begin].low;
    together.clear();
    std::size_t end = begin;
    for (; end < intervals.size() && !(intervals[end].high < low); ++end) {
      together.push_back(intervals[end].item);
      if (intervals[end].low < low) low = intervals[end].low;
    }
    CHECK_DONE(each(std::span<const std::uint32_t>(together)));
    begin = end;
  }
  return {};
}

class Ladder {
 public:
  Ladder(const SumOf& sum_of, Roots& roots, unsigned bits) : sum_of_(sum_of), roots_(roots), most_bits_(bits) {}

  Result<std::vector<Standing>> climb(const std::vector<Estimate>& estimates) {
    std::vector<Interval<double>> intervals;
    intervals.reserve(estimates.size());
    standings_.reserve(estimates.size());
    for (const Estimate& e : estimates) intervals.push_back({e.value - e.error, e.value + e.error, e.item});
    CHECK_DONE(clusters(std::move(intervals), [&](std::span<const std::uint32_t> items) { return by_sums(items); }));
    return std::move(standings_);
  }

 private:
  void put(std::span<const std::uint32_t> equal) {
    for (std::size_t i = 0; i < equal.size(); ++i) standings_.push_back({equal[i], i > 0});
  }

  Done by_sums(std::span<const std::uint32_t> items) {
    if (items.size() == 1) return put(items), Done{};
    std::vector<std::pair<Sum, std::uint32_t>> sums;
    sums.reserve(items.size());
    for (const std::uint32_t item : items) sums.emplace_back(sum_of_(item), item);
    std::ranges::sort(sums, [](const auto& a, const auto& b) {
      if (a.first.divisor != b.first.divisor) return a.first.divisor < b.first.divisor;
      return std::ranges::lexicographical_compare(a.first.terms, b.first.terms, [](const Term& x, const Term& y) {
        return std::tie(x.root, x.coefficient) < std::tie(y.root, y.coefficient);
      });
    });
    std::vector<std::pair<Normal, Items>> forms;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const auto& [sum, item] = sums[i];
      if (i > 0 && sum.divisor == sums[i - 1].first.divisor && sum.terms == sums[i - 1].first.terms)
        forms.back().second.push_back(item);
      else
        forms.emplace_back(Normal{}, Items{item});
    }
    if (forms.size() == 1) return put(forms[0].second), Done{};
    std::size_t at = 0;
    for (auto& [form, of] : forms) {
      form = normal(sums[at].first, roots_);
      at += of.size();
    }
    return by_forms(std::move(forms));
  }

  using Items = std::vector<std::uint32_t>;

  Done by_forms(std::vector<std::pair<Normal, Items>> forms) {
    std::ranges::sort(forms, [](const auto& a, const auto& b) { return before(a.first, b.first); });
    std::size_t kept = 0;
    for (std::size_t from = 1; from < forms.size(); ++from) {
      if (forms[from].first == forms[kept].first)
        forms[kept].second.insert(forms[kept].second.end(), forms[from].second.begin(), forms[from].second.end());
      else if (++kept != from)
        forms[kept] = std::move(forms[from]);
    }
    forms.resize(kept + 1);
    Items all(forms.size());
    std::iota(all.begin(), all.end(), 0U);
    return by_bits(forms, all, 128);
  }

  /// Different numbers: more bits, until each stands alone.
  Done by_bits(const std::vector<std::pair<Normal, Items>>& forms, std::span<const std::uint32_t> of, unsigned bits) {
    if (of.size() == 1) return put(forms[of[0]].second), Done{};
    if (bits > most_bits_) return refuse(Why::invalid, {"ranking.too-close"});
    std::vector<Interval<Integer>> intervals;
    for (const std::uint32_t form : of) intervals.push_back(bounds(forms[form].first, roots_, bits, form));
    return clusters(std::move(intervals), [&](std::span<const std::uint32_t> close) {
      return by_bits(forms, Items(close.begin(), close.end()), bits * 2);
    });
  }

  const SumOf& sum_of_;
  Roots& roots_;
  unsigned most_bits_;
  std::vector<Standing> standings_;
};

/// Rounded down.
Integer floor_of(const Integer& above, const Integer& below) {
  Integer quotient, rest;
  divide_qr(above, below, quotient, rest);
  return rest.sign() < 0 ? Integer(quotient - 1) : quotient;
}

}  // namespace

std::uint32_t Roots::add(Uint128 radicand) {
  const auto [place, fresh] = known_.try_emplace(radicand, std::uint32_t(radicands_.size()));
  if (fresh) {
    radicands_.push_back(radicand);
    reciprocals_.push_back(1 / std::sqrt(double(radicand)));
  }
  return place->second;
}

Integer Roots::radicand(std::uint32_t root) const {
  const Uint128 all = radicands_[root];
  return Integer(std::uint64_t(all >> 64U)) << 64 | Integer(std::uint64_t(all));
}

const Roots::Member& Roots::member(std::uint32_t root) {
  if (const auto known = members_.find(root); known != members_.end()) return known->second;
  if (root != 0) member(0);  // so that √1 represents the rational ones
  const std::uint64_t mine = signature(radicands_[root]);
  const auto [begin, end] = representatives_.equal_range(mine);
  for (auto at = begin; at != end; ++at) {
    const Integer other = radicand(at->second), product = radicand(root) * other;
    Integer rest;
    if (const Integer side = sqrt(product, rest); rest.is_zero())
      return members_.emplace(root, Member{at->second, Rational(other, side)}).first->second;
  }
  representatives_.emplace(mine, root);
  return members_.emplace(root, Member{root, 1}).first->second;
}

void Sum::add(std::uint32_t root, Int128 coefficient) {
  if (!terms.empty() && terms.back().root == root)
    terms.back().coefficient += coefficient;
  else if (coefficient != 0)
    terms.push_back({root, coefficient});
}

void Sum::tidy() {
  if (!std::ranges::is_sorted(terms, {}, &Term::root)) std::ranges::sort(terms, {}, &Term::root);
  std::size_t kept = 0;
  for (std::size_t from = 0; from < terms.size();) {
    Term term = terms[from];
    for (++from; from < terms.size() && terms[from].root == term.root; ++from)
      term.coefficient += terms[from].coefficient;
    if (term.coefficient != 0) terms[kept++] = term;
  }
  terms.resize(kept);
}

Result<std::vector<Standing>> order(std::vector<Estimate> estimates, const SumOf& sum_of, Roots& roots, unsigned bits) {
  return Ladder(sum_of, roots, bits).climb(estimates);
}

Result<std::int64_t> millionths(const Estimate& estimate, const SumOf& sum_of, Roots& roots, unsigned bits) {
  constexpr std::uint32_t million = 1'000'000;
  // The error is at least 16 · 2^-52 of the value, which covers the product's rounding; a value above 2^46 fails below.
  const double value = std::abs(estimate.value) * million, error = estimate.error * million * 2;
  if (const double low = std::floor(value + 0.5 - error); low >= 0 && low == std::floor(value + 0.5 + error))
    return std::int64_t(estimate.value < 0 ? -low : low);

  const Normal exact = normal(sum_of(estimate.item), roots);
  if (exact.parts.empty()) return 0;
  if (exact.parts.size() == 1 && exact.parts[0].root == 0) {
    const Integer above = numerator(exact.parts[0].coefficient), below = denominator(exact.parts[0].coefficient);
    const Integer rounded = (abs(above) * (2 * million) + below) / (below * 2);
    return std::int64_t(above.sign() < 0 ? Integer(-rounded) : rounded);
  }
  for (unsigned more = 128; more <= bits; more *= 2) {  // irrational: never half-way, so enough bits decide
    const auto [low, high, item] = bounds(exact, roots, more, 0, million);
    const Integer one = Integer(1) << more, half = one >> 1;
    if (const Integer rounded = floor_of(low + half, one); rounded == floor_of(high + half, one))
      return std::int64_t(rounded);
  }
  return refuse(Why::invalid, {"ranking.too-close"});
}

}  // namespace polder::ranking
