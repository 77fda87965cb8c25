// The proofs, checked with additions alone and with nothing of the search.
#include <algorithm>
#include <set>
#include <vector>

#include "methods/assignment/assignment.h"

namespace polder::assignment {
namespace {

class Proof {
 public:
  Proof(const Problem& problem, const Assignment& told)
      : problem_(problem),
        told_(told),
        forbidden_(problem.forbidden.begin(), problem.forbidden.end()),
        fixed_(problem.fixed.begin(), problem.fixed.end()),
        needed_(problem.entries.size()),
        held_(problem.judges.size()) {
    for (std::size_t entry = 0; entry < needed_.size(); ++entry) needed_[entry] = problem.entries[entry].readers;
    for (const Pair pair : fixed_) {
      needed_[pair.entry] = std::max(0, needed_[pair.entry] - 1);
      ++held_[pair.judge];
    }
  }

  bool holds() const { return readings_hold() && load_is_least() && fit_is_greatest() && total_is_greatest(); }

 private:
  int fit(Pair pair) const { return problem_.fit[pair.entry * problem_.judges.size() + pair.judge]; }
  bool open(Pair pair) const { return !forbidden_.contains(pair) && !fixed_.contains(pair); }
  int room(std::size_t judge, int load) const {
    return std::max(0, std::min(load, problem_.judges[judge].most) - held_[judge]);
  }

  bool readings_hold() const {
    std::set<Pair> seen;
    std::vector<int> left = needed_, loads(problem_.judges.size());
    std::int64_t total = 0;
    for (const Reading& r : told_.readings) {
      if (r.pair.entry >= left.size() || r.pair.judge >= loads.size() || !seen.insert(r.pair).second) return false;
      if (forbidden_.contains(r.pair) || fixed_.contains(r.pair) != r.fixed || r.fit != fit(r.pair)) return false;
      if (!r.fixed) --left[r.pair.entry];
      if (!r.fixed && r.fit < told_.least_fit) return false;
      ++loads[r.pair.judge];
      total += r.fit;
    }
    for (std::size_t judge = 0; judge < loads.size(); ++judge)
      if (loads[judge] > std::min(told_.load, problem_.judges[judge].most)) return false;
    return loads == told_.loads && total == told_.total_fit &&
           told_.load == (loads.empty() ? 0 : std::ranges::max(loads)) &&
           std::ranges::all_of(left, [](int n) { return n == 0; }) &&
           std::ranges::all_of(fixed_, [&](Pair pair) { return seen.contains(pair); });
  }

  /// Recounts a shortage: true when it is one, with no load above `load` and no fit below `least_fit`.
  bool proves(const Shortage& s, int load, int least_fit) const {
    const std::set<std::size_t> entries(s.entries.begin(), s.entries.end()), judges(s.judges.begin(), s.judges.end());
    std::int64_t needed = 0, can = 0;
    for (const std::size_t judge : judges) {
      if (judge >= problem_.judges.size()) return false;
      can += room(judge, load);
    }
    for (const std::size_t entry : entries) {
      if (entry >= problem_.entries.size()) return false;
      needed += needed_[entry];
      for (std::size_t judge = 0; judge < problem_.judges.size(); ++judge)
        if (const Pair pair{entry, judge}; !judges.contains(judge) && open(pair) && fit(pair) >= least_fit) ++can;
    }
    return needed == s.needed && can == s.room + s.others && needed > can;
  }

  bool load_is_least() const {
    const int by_hand = held_.empty() ? 0 : std::ranges::max(held_);
    return told_.why_no_less_load ? proves(*told_.why_no_less_load, told_.load - 1, 0) : told_.load <= by_hand;
  }

  bool fit_is_greatest() const {
    const bool none_to_find = std::ranges::all_of(needed_, [](int n) { return n == 0; });
    int next = greatest_fit + 1;
    for (std::size_t entry = 0; entry < problem_.entries.size(); ++entry)
      for (std::size_t judge = 0; judge < problem_.judges.size(); ++judge)
        if (const Pair pair{entry, judge}; open(pair) && fit(pair) > told_.least_fit) next = std::min(next, fit(pair));
    return told_.why_no_greater_fit ? proves(*told_.why_no_greater_fit, told_.load, next)
                                    : none_to_find || next > greatest_fit;
  }

  bool total_is_greatest() const {
    const auto& [most, entry_prices, judge_prices] = told_.bound;
    if (entry_prices.size() != problem_.entries.size() || judge_prices.size() != problem_.judges.size()) return false;
    if (std::ranges::any_of(judge_prices, [](std::int64_t price) { return price < 0; })) return false;
    std::int64_t sum = 0;
    for (std::size_t judge = 0; judge < judge_prices.size(); ++judge)
      sum += judge_prices[judge] * room(judge, told_.load);
    for (std::size_t entry = 0; entry < entry_prices.size(); ++entry) {
      sum += entry_prices[entry] * needed_[entry];
      for (std::size_t judge = 0; judge < judge_prices.size(); ++judge) {
        const Pair pair{entry, judge};
        if (open(pair) && fit(pair) >= told_.least_fit)
          sum += std::max<std::int64_t>(0, fit(pair) - entry_prices[entry] - judge_prices[judge]);
      }
    }
    for (const Pair pair : fixed_) sum += fit(pair);
    return sum == most && most == told_.total_fit;
  }

  const Problem& problem_;
  const Assignment& told_;
  std::set<Pair> forbidden_, fixed_;
  std::vector<int> needed_, held_;
};

}  // namespace

bool holds(const Problem& problem, const Assignment& assignment) { return Proof(problem, assignment).holds(); }

}  // namespace polder::assignment
