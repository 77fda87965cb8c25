#include <algorithm>
#include <cmath>
#include <numeric>

#include "kernel/crypto/crypto.h"
#include "methods/ranking/rule.h"
#include "methods/ranking/sheets.h"

namespace polder::ranking {
namespace {

/// What entries are compared by: the mean over an entry's judges of what they gave on the criteria [from, to), weighted
/// for the score, and as it is for a tie that one criterion decides.
struct Measure {
  std::size_t from, to;
  bool weighted;
};

class Measured {
 public:
  Measured(const Rule& rule, std::size_t entries, Normalised marks) : marks_(std::move(marks)), first_(entries + 1) {
    for (const Criterion& criterion : rule.criteria) weights_.push_back(criterion.weight.millionths);
    const auto& sheets = marks_.sheets.sheets;
    for (const auto& sheet : sheets) ++first_[sheet.entry + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    sheets_.resize(sheets.size());
    for (std::uint32_t i = 0; i < sheets.size(); ++i) sheets_[next[sheets[i].entry]++] = i;
  }

  bool has_marks(std::uint32_t entry) const { return first_[entry] != first_[entry + 1]; }
  Measure score() const { return {0, weights_.size(), true}; }

  Result<std::vector<Standing>> order(std::span<const std::uint32_t> entries, Measure by) {
    std::vector<Estimate> estimates;
    estimates.reserve(entries.size());
    for (const std::uint32_t entry : entries) estimates.push_back(estimate(entry, by));
    return ranking::order(std::move(estimates), [&](std::uint32_t entry) { return sum(entry, by); }, marks_.roots);
  }

  Result<Decimal> rounded_score(std::uint32_t entry) {
    const auto exactly = [this](std::uint32_t item) { return sum(item, score()); };
    TRY(const std::int64_t rounded, millionths(estimate(entry, score()), exactly, marks_.roots));
    return Decimal{rounded};
  }

 private:
  std::span<const std::uint32_t> sheets_of(std::uint32_t entry) const {
    return std::span(sheets_).subspan(first_[entry], first_[entry + 1] - first_[entry]);
  }

  /// Calls term(root, weight, mark) for each mark that counts.
  template <class Term>
  void each_term(std::uint32_t entry, Measure by, const Term& term) const {
    const std::size_t criteria = weights_.size();
    for (const std::uint32_t sheet : sheets_of(entry)) {
      const std::int64_t* marks = &marks_.sheets.marks[sheet * criteria];
      const std::uint32_t* roots = &marks_.root_of[marks_.sheets.sheets[sheet].judge * criteria];
      for (std::size_t c = by.from; c < by.to; ++c) term(roots[c], by.weighted ? weights_[c] : 1, marks[c]);
    }
  }

  std::int64_t divisor(std::uint32_t entry, Measure by) const {
    return std::int64_t(sheets_of(entry).size()) * marks_.divisor * (by.weighted ? 1'000'000 : 1);
  }

  Sum sum(std::uint32_t entry, Measure by) const {
    Sum made{.divisor = divisor(entry, by)};
    each_term(entry, by, [&](std::uint32_t root, std::int64_t weight, std::int64_t mark) {
      made.add(root, Int128(weight) * mark);
    });
    made.tidy();
    return made;
  }

  Estimate estimate(std::uint32_t entry, Measure by) const {
    double sum = 0, absolute = 0;
    each_term(entry, by, [&](std::uint32_t root, std::int64_t weight, std::int64_t mark) {
      const double term = double(weight) * double(mark) * marks_.roots.reciprocal(root);
      sum += term;
      absolute += std::abs(term);
    });
    return ranking::estimate(entry, sum, absolute, sheets_of(entry).size() * (by.to - by.from),
                             double(divisor(entry, by)));
  }

  Normalised marks_;
  std::vector<std::int64_t> weights_;  ///< millionths
  std::vector<std::uint32_t> first_;   ///< where an entry's begin in sheets_
  std::vector<std::uint32_t> sheets_;  ///< by entry
};

// ---- Order ----

constexpr std::size_t by_score = ~std::size_t(0), by_nothing = by_score - 1;

/// Entries, best first, and for each what parts it from the next: `by_score`, the index of a tie rule, or `by_nothing`.
struct Order {
  std::vector<std::uint32_t> entries;
  std::vector<std::size_t> parted;

  /// Calls each(begin, end) for those that are not parted, one alone included.
  template <class Each>
  Done groups(const Each& each) const {
    for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
      end = begin + 1;
      while (parted[end - 1] == by_nothing) ++end;
      CHECK_DONE(each(begin, end));
    }
    return {};
  }
};

template <class Key>
std::vector<Standing> smallest_first(std::span<const std::uint32_t> tied, const Key& key_of) {
  std::vector<std::pair<decltype(key_of(0)), std::uint32_t>> keyed;
  keyed.reserve(tied.size());
  for (const std::uint32_t entry : tied) keyed.emplace_back(key_of(entry), entry);
  std::ranges::sort(keyed);
  std::vector<Standing> made;
  made.reserve(keyed.size());
  for (std::size_t i = 0; i < keyed.size(); ++i)
    made.push_back({keyed[i].second, i > 0 && keyed[i].first == keyed[i - 1].first});
  return made;
}

Result<std::vector<Standing>> break_tie(const Tie& tie, std::span<const std::uint32_t> tied,
                                        std::span<const Entry> entries, Measured& measured) {
  if (tie.by == Tie::By::criterion) return measured.order(tied, {tie.criterion, tie.criterion + 1, false});
  if (tie.by == Tie::By::earlier) return smallest_first(tied, [&](auto entry) { return *entries[entry].submitted; });
  return smallest_first(tied, [&](auto entry) { return crypto::sha256(tie.seed + entries[entry].id); });
}

Result<Order> ordered(std::span<const std::uint32_t> marked, std::span<const Tie> ties, std::span<const Entry> entries,
                      Measured& measured) {
  Order order;
  TRY(const auto standings, measured.order(marked, measured.score()));
  for (const Standing& standing : standings) {
    if (standing.tied) order.parted.back() = by_nothing;
    order.entries.push_back(standing.item);
    order.parted.push_back(by_score);
  }
  for (std::size_t rule = 0; rule < ties.size() && ties[rule].by != Tie::By::share; ++rule)
    CHECK_DONE(order.groups([&](std::size_t begin, std::size_t end) -> Done {
      if (end - begin == 1) return {};
      TRY(const auto broken,
          break_tie(ties[rule], std::span(order.entries).subspan(begin, end - begin), entries, measured));
      for (std::size_t i = 0; i < broken.size(); ++i) {
        order.entries[begin + i] = broken[i].item;
        if (i > 0 && !broken[i].tied) order.parted[begin + i - 1] = rule;
      }
      return {};
    }));
  return order;
}

}  // namespace

Result<Ranking> rank(const Rule& rule, std::span<const Entry> entries, std::span<const Mark> marks) {
  CHECK_DONE(check(rule));
  TRY(const std::vector<Tie> ties, parse_ties(rule));
  TRY(const std::vector<std::uint32_t> by_id, ranking::by_id(entries));
  if (std::ranges::find(ties, Tie::By::earlier, &Tie::by) != ties.end())
    for (std::size_t i = 0; i < entries.size(); ++i)
      if (!entries[i].submitted)
        return refuse(Why::invalid, {"ranking.missing", {{"where", at("entries", i, ".submitted")}}});
  CHECK_DONE(at_most(Limits::marks, marks.size(), "marks"));
  TRY(Sheets sheets, collect(rule, entries, marks));
  Measured measured(rule, entries.size(), normalise(std::move(sheets), rule.normalisation));

  Ranking made;
  std::vector<std::uint32_t> marked, place_by_id(entries.size());
  for (std::uint32_t i = 0; i < by_id.size(); ++i) {
    place_by_id[by_id[i]] = i;
    if (entries[by_id[i]].out) continue;
    if (measured.has_marks(by_id[i]))
      marked.push_back(by_id[i]);
    else
      made.unmarked.push_back(entries[by_id[i]].id);
  }
  TRY(Order order, ordered(marked, ties, entries, measured));

  const auto amount = [&](std::size_t place) -> std::int64_t {
    return rule.purse && place < rule.purse->amounts.size() ? rule.purse->amounts[place] : 0;
  };
  made.places.reserve(order.entries.size());
  CHECK_DONE(order.groups([&](std::size_t begin, std::size_t end) -> Done {
    const auto equal = std::span(order.entries).subspan(begin, end - begin);
    std::ranges::sort(equal, {}, [&](std::uint32_t entry) { return place_by_id[entry]; });
    std::int64_t money = 0;
    for (std::size_t place = begin; place < end; ++place) money += amount(place);
    const auto parts = std::int64_t(equal.size());
    TRY(const Decimal score, measured.rounded_score(equal[0]));
    for (std::int64_t i = 0; i < parts; ++i) {
      const std::size_t parted = order.parted[begin + std::size_t(i)];
      made.places.push_back({.entry = entries[equal[std::size_t(i)]].id,
                             .rank = std::uint32_t(begin + 1),
                             .score = score,
                             .amount = money / parts + (i < money % parts ? 1 : 0),
                             .decided_by = parted == by_nothing ? "share"
                                           : parted == by_score ? "score"
                                                                : rule.ties[parted]});
    }
    return {};
  }));
  if (!made.places.empty()) made.places.back().decided_by.clear();
  return made;
}

}  // namespace polder::ranking
