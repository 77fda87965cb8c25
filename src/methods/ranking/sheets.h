// Score sheets, one a judge and entry, and what normalisation makes of them. Private to the room.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "methods/ranking/exact.h"
#include "methods/ranking/ranking.h"

namespace polder::ranking {

/// All marks, by judge, then by entry: marks[sheet * criteria + criterion]. Judges are numbered without gaps.
struct Sheets {
  struct Sheet {
    std::uint32_t entry, judge;
  };
  std::size_t criteria = 0;
  std::vector<Sheet> sheets = {};
  std::vector<std::int64_t> marks = {};  ///< millionths; after normalise() integers to be divided by their root
};

/// Refused: a mark out of its range, two for the same, a sheet with gaps.
Result<Sheets> collect(const Rule& rule, std::span<const Entry> entries, std::span<const Mark> marks);

/// A normalised mark is sheets.marks[…] / √(its root) / divisor.
struct Normalised {
  Sheets sheets;
  std::vector<std::uint32_t> root_of = {};  ///< [judge * criteria + criterion]
  Roots roots = {};
  std::int64_t divisor = 1;
};
Normalised normalise(Sheets sheets, Normalisation how);

}  // namespace polder::ranking
