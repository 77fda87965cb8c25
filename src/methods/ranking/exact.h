// Sums of fractions over square roots, put into order exactly. Private to the room.
//
// All three normalisations give one kind of number: integers over √R, added up, over one integer. R is 1 for plain
// marks, the square of 2(n - 1) for mid-ranks, and nQ - S² for z-scores (n marks with sum S and squares' sum Q, for
// then z = (nx - S) / √(nQ - S²)). They are compared by a ladder; each step is climbed only by those that stood too
// close to each other on the one before:
//
// 1. A double with a bound of its error that holds whatever the rounding did: a floating filter (Shewchuk, "Adaptive
//    precision floating-point arithmetic", Discrete & Computational Geometry 18 (1997) 305-363; the filtered predicates
//    of CGAL). The bound is the sum's a-priori one (Higham, "Accuracy and Stability of Numerical Algorithms", §3.1).
// 2. The same integers over the same roots: equal.
// 3. A normal form. √R and √S are commensurable exactly when RS is a square, and roots of which no two are, are
// linearly
//    independent over the rationals (Besicovitch, "On the linear independence of fractional powers of integers", J.
//    London Math. Soc. 15 (1940) 3-6). So with one rational coefficient for each class of roots, equal numbers have
//    equal coefficients and others are different numbers. No integer has to be factored for this.
// 4. What is left differs: integer square roots of ever more bits say in which direction. The bits end at `most_bits`;
//    what were still closer is refused, since a ranking must not be guessed. Nobody has constructed such sums from
//    numbers as short as ours.
//
// Bits: marks have 40 (10^6 in millionths), weights 34, marks of one file 20, entries 17. So nQ and S² stay below
// 2^114, |nx - S| below 2^57, a weighted coefficient below 2^91, and a sum of all a file can hold below 2^111.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

#include "kernel/base/result.h"

namespace polder::ranking {

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;
using Integer = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;

/// The square roots that occur in one ranking. Root 0 is √1.
class Roots {
 public:
  Roots() { add(1); }

  std::uint32_t add(Uint128 radicand);  ///< radicand > 0
  /// 1/√R, relative error below 3 · 2^-53: conversion (halved by the root), root and quotient are rounded once each.
  double reciprocal(std::uint32_t root) const { return reciprocals_[root]; }
  Integer radicand(std::uint32_t root) const;

  /// 1/√R as a rational times 1/√(the first root that is commensurable with it).
  struct Member {
    std::uint32_t representative;
    Rational factor;
  };
  const Member& member(std::uint32_t root);

 private:
  std::vector<Uint128> radicands_;
  std::vector<double> reciprocals_;
  std::map<Uint128, std::uint32_t> known_;
  std::unordered_map<std::uint32_t, Member> members_;
  std::multimap<std::uint64_t, std::uint32_t> representatives_;  ///< by what their class is modulo small primes
};

/// coefficient / √(root)
struct Term {
  std::uint32_t root = 0;
  Int128 coefficient = 0;
  bool operator==(const Term&) const = default;
};

/// (Σ terms) / divisor
struct Sum {
  std::vector<Term> terms = {};
  std::int64_t divisor = 1;

  void add(std::uint32_t root, Int128 coefficient);
  /// Terms by root, each root once, none that is zero: done once, after the last add().
  void tidy();
};

/// An item, and where its number lies: within `error` of `value`.
struct Estimate {
  std::uint32_t item = 0;
  double value = 0, error = 0;
};
/// From the rounded terms, added in any order, over a divisor: `sum` of `terms` many, `absolute` the sum of their
/// absolute values. A term has at most 6 roundings (three of the root, the mark, two products), the sum terms - 1, the
/// quotient 2; twice that also covers the roundings of this bound and of value ± error. Nothing here is small enough to
/// underflow.
inline Estimate estimate(std::uint32_t item, double sum, double absolute, std::size_t terms, double divisor) {
  return {item, sum / divisor, absolute / divisor * double(terms + 16) * 0x1p-52};
}

struct Standing {
  std::uint32_t item = 0;
  bool tied = false;  ///< equal, exactly, to the one before
};

using SumOf = std::function<Sum(std::uint32_t item)>;  ///< a tidy one
inline constexpr unsigned most_bits = 1U << 14U;

/// The highest first; equal ones in no promised order. Refused: ranking.too-close.
Result<std::vector<Standing>> order(std::vector<Estimate> estimates, const SumOf& sum_of, Roots& roots,
                                    unsigned bits = most_bits);

/// A million times the number, rounded half away from zero. Refused: ranking.too-close.
Result<std::int64_t> millionths(const Estimate& estimate, const SumOf& sum_of, Roots& roots, unsigned bits = most_bits);

}  // namespace polder::ranking
