#include "methods/ranking/sheets.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "methods/ranking/rule.h"

namespace polder::ranking {
namespace {

/// The places of the marks by judge, then by entry: two stable counting sorts, so that time grows with the number of
/// marks whatever their order is.
std::vector<std::uint32_t> by_judge_and_entry(std::span<const Mark> marks, std::size_t entries) {
  std::vector<std::uint32_t> places(marks.size()), sorted(marks.size());
  std::iota(places.begin(), places.end(), 0U);
  const auto sort_by = [&](std::uint32_t Mark::* key, std::size_t keys) {
    std::vector<std::uint32_t> next(keys + 1);
    for (const Mark& mark : marks) ++next[mark.*key + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    for (const std::uint32_t place : places) sorted[next[marks[place].*key]++] = place;
    places.swap(sorted);
  };
  sort_by(&Mark::entry, entries);
  sort_by(&Mark::judge, marks.empty() ? 0 : std::ranges::max(marks, {}, &Mark::judge).judge + std::size_t(1));
  return places;
}

/// What one judge gave on one criterion: every `stride`-th number.
struct Column {
  std::int64_t* first;
  std::size_t rows, stride;
  std::int64_t& operator[](std::size_t row) const { return first[row * stride]; }
};

/// z = (nx - S) / √(nQ - S²). Neither the zero nor the unit of the marks matters to z, so the least mark becomes 0 and
/// the greatest common divisor 1: equal roots are then seen to be equal, and the numbers stay short.
std::uint32_t to_z_scores(Column column, Roots& roots) {
  std::int64_t least = column[0], unit = 0;
  for (std::size_t row = 1; row < column.rows; ++row) least = std::min(least, column[row]);
  for (std::size_t row = 0; row < column.rows; ++row)
    if (const std::int64_t above = column[row] - least; unit == 0 ? above != 0 : above % unit != 0)
      unit = std::gcd(unit, above);
  if (unit == 0) {  // all are equal
    for (std::size_t row = 0; row < column.rows; ++row) column[row] = 0;
    return 0;
  }
  std::int64_t sum = 0;
  Int128 squares = 0;
  for (std::size_t row = 0; row < column.rows; ++row) {
    const std::int64_t mark = (column[row] - least) / unit;
    column[row] = mark;
    sum += mark;
    squares += Int128(mark) * mark;
  }
  const auto rows = std::int64_t(column.rows);
  for (std::size_t row = 0; row < column.rows; ++row) column[row] = rows * column[row] - sum;
  return roots.add(Uint128(rows * squares - Int128(sum) * sum));
}

using Row = std::pair<std::int64_t, std::uint32_t>;  ///< a mark and where it stood

/// By value; a radix sort byte by byte where that is faster than comparing.
void sort_by_value(std::vector<Row>& rows, std::vector<Row>& spare) {
  if (rows.size() < 256) {
    std::ranges::sort(rows);
    return;
  }
  std::int64_t bits = 0;
  for (const Row& row : rows) bits |= row.first;
  spare.resize(rows.size());
  for (unsigned shift = 0; bits >> shift != 0; shift += 8) {
    std::array<std::uint32_t, 257> next{};
    const auto digit = [&](const Row& row) { return std::size_t(row.first >> shift & 0xff); };
    for (const Row& row : rows) ++next[digit(row) + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    for (const Row& row : rows) spare[next[digit(row)]++] = row;
    rows.swap(spare);
  }
}

/// (lower + half of the equal others) / (n - 1), as (2 lower + equal others) / √(4(n - 1)²); one half for a single
/// mark.
class MidRanks {
 public:
  std::uint32_t operator()(Column column, Roots& roots) {
    if (column.rows == 1) {
      column[0] = 1;
      return roots.add(4);
    }
    rows_.clear();
    for (std::size_t row = 0; row < column.rows; ++row) rows_.emplace_back(column[row], row);
    sort_by_value(rows_, spare_);
    std::int64_t steps = 2 * (std::int64_t(column.rows) - 1), unit = steps;
    for (std::size_t lower = 0; lower < rows_.size();) {
      std::size_t above = lower + 1;
      while (above < rows_.size() && rows_[above].first == rows_[lower].first) ++above;
      const auto middle = std::int64_t(2 * lower + (above - lower - 1));
      for (std::size_t i = lower; i < above; ++i) column[rows_[i].second] = middle;
      unit = std::gcd(unit, middle);
      lower = above;
    }
    // In lowest terms, so that most of what is equal is seen to be equal without large numbers.
    for (std::size_t row = 0; row < column.rows && unit > 1; ++row) column[row] /= unit;
    steps /= unit;
    return roots.add(Uint128(steps) * Uint128(steps));
  }

 private:
  std::vector<Row> rows_, spare_;
};

}  // namespace

Result<Sheets> collect(const Rule& rule, std::span<const Entry> entries, std::span<const Mark> marks) {
  const std::size_t criteria = rule.criteria.size();
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Mark& mark = marks[i];
    if (mark.entry >= entries.size() || mark.criterion >= criteria || mark.judge >= Limits::marks)
      throw std::out_of_range("a mark for an entry, a judge or a criterion that is not there");
    if (mark.mark.millionths < 0)
      return refuse(Why::invalid, {"ranking.negative", {{"where", at("marks", i, ".mark")}}});
    if (const Decimal max = rule.criteria[mark.criterion].max; mark.mark > max)
      return refuse(Why::invalid, {"ranking.above-max", {{"where", at("marks", i, ".mark")}, {"max", str(max)}}});
  }
  Sheets made{.criteria = criteria};
  made.marks.reserve(marks.size());
  constexpr std::int64_t none = -1;
  std::uint32_t first_of_sheet = 0, given = 0, judge_in_file = 0;
  const auto complete = [&]() -> Done {
    if (made.sheets.empty() || given == criteria) return {};
    const auto gap = std::find(made.marks.end() - std::ptrdiff_t(criteria), made.marks.end(), none);
    const std::string& missing = rule.criteria[std::size_t(gap - made.marks.end() + std::ptrdiff_t(criteria))].id;
    return refuse(Why::invalid, {"ranking.gap",
                                 {{"where", at("marks", first_of_sheet)},
                                  {"entry", entries[made.sheets.back().entry].id},
                                  {"criterion", missing}}});
  };
  for (const std::uint32_t place : by_judge_and_entry(marks, entries.size())) {
    const Mark& mark = marks[place];
    const bool other_judge = made.sheets.empty() || mark.judge != judge_in_file;
    if (other_judge || mark.entry != made.sheets.back().entry) {
      CHECK_DONE(complete());
      made.sheets.push_back(
          {mark.entry, made.sheets.empty() ? 0 : made.sheets.back().judge + std::uint32_t(other_judge)});
      made.marks.resize(made.marks.size() + criteria, none);
      judge_in_file = mark.judge;
      first_of_sheet = place;
      given = 0;
    }
    std::int64_t& slot = made.marks[made.marks.size() - criteria + mark.criterion];
    if (slot != none) return refuse(Why::invalid, {"ranking.marked-twice", {{"where", at("marks", place)}}});
    slot = mark.mark.millionths;
    ++given;
  }
  CHECK_DONE(complete());
  return made;
}

Normalised normalise(Sheets sheets, Normalisation how) {
  Normalised made{.sheets = std::move(sheets)};
  const std::size_t criteria = made.sheets.criteria;
  const auto& all = made.sheets.sheets;
  made.root_of.assign(all.empty() ? 0 : (all.back().judge + 1) * criteria, 0);
  if (how == Normalisation::none) {
    made.divisor = 1'000'000;
    return made;
  }
  MidRanks to_mid_ranks;
  for (std::size_t begin = 0; begin < all.size();) {
    const std::uint32_t judge = all[begin].judge;
    std::size_t end = begin;
    while (end < all.size() && all[end].judge == judge) ++end;
    for (std::size_t criterion = 0; criterion < criteria; ++criterion) {
      const Column column{&made.sheets.marks[begin * criteria + criterion], end - begin, criteria};
      made.root_of[judge * criteria + criterion] =
          how == Normalisation::z_score ? to_z_scores(column, made.roots) : to_mid_ranks(column, made.roots);
    }
    begin = end;
  }
  return made;
}

}  // namespace polder::ranking
