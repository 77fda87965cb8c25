// The network behind an assignment: a source gives each entry the readers it needs, each entry gives one to a judge who
// may read it, each judge passes on as many as there is room for. The only door to LEMON (docs/decisions).
#pragma once

#include <vector>

#include "methods/assignment/assignment.h"

namespace polder::assignment {

/// What is left to do once the pairs set by hand stand.
struct Work {
  const Problem& problem;
  std::vector<std::size_t> entries, judges;  ///< in the order of their ids: nothing may depend on another
  std::vector<int> needed;                   ///< readers, in the order of Problem::entries
  std::vector<int> held;                     ///< pairs set by hand, in the order of Problem::judges
  std::vector<Pair> open;                    ///< neither forbidden nor set by hand, by ids
  std::int64_t total = 0;                    ///< the sum of `needed`

  int fit(Pair pair) const { return problem.fit[pair.entry * problem.judges.size() + pair.judge]; }
  /// What a judge may still be given when no load is to be above `load`.
  int room(std::size_t judge, int load) const;
};

/// The most that can be given out with no load above `load` and no fit below `least_fit`.
struct Attempt {
  std::vector<Lack> lacking;        ///< empty when everybody has their readers
  std::vector<Shortage> shortages;  ///< why not, the smallest first
};
Attempt attempt(const Work& work, int load, int least_fit);

/// The greatest sum of fits under the same two conditions, which attempt() has met. The bound is that of the open
/// pairs.
struct Best {
  std::vector<Pair> pairs;
  Bound bound;
};
Best best(const Work& work, int load, int least_fit);

}  // namespace polder::assignment
