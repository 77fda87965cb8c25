#include "methods/assignment/assignment.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "methods/assignment/network.h"

namespace polder::assignment {
namespace {

template <class Named>
std::vector<std::size_t> by_id(const std::vector<Named>& all) {
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) -> const std::string& { return all[i].id; });
  const auto same = [&](std::size_t a, std::size_t b) { return all[a].id == all[b].id; };
  if (std::ranges::adjacent_find(order, same) != order.end()) throw std::invalid_argument("assignment: an id twice");
  return order;
}

Done within(const Problem& problem, const Limits& limits) {
  const bool many_entries = problem.entries.size() > limits.entries,
             many_judges = problem.judges.size() > limits.judges;
  if (many_entries || many_judges || problem.entries.size() * problem.judges.size() > limits.pairs ||
      std::ranges::any_of(problem.entries, [&](const Entry& e) { return e.readers > limits.readers; }))
    return refuse(Why::too_large, {"assignment.too-large",
                                   {{"entries", std::int64_t(limits.entries)},
                                    {"judges", std::int64_t(limits.judges)},
                                    {"pairs", std::int64_t(limits.pairs)},
                                    {"readers", std::int64_t(limits.readers)}}});
  return {};
}

void check(const Problem& problem) {
  const auto wrong = [](const char* what) { throw std::invalid_argument(what); };
  if (problem.fit.size() != problem.entries.size() * problem.judges.size()) wrong("assignment: not one fit a pair");
  if (std::ranges::any_of(problem.fit, [](int fit) { return fit < 0 || fit > greatest_fit; }))
    wrong("assignment: a fit out of range");
  if (std::ranges::any_of(problem.entries, [](const Entry& e) { return e.readers < 0; }) ||
      std::ranges::any_of(problem.judges, [](const Judge& j) { return j.most < 0; }))
    wrong("assignment: a negative number of readers or entries");
  for (const auto* pairs : {&problem.forbidden, &problem.fixed})
    for (const Pair pair : *pairs)
      if (pair.entry >= problem.entries.size() || pair.judge >= problem.judges.size())
        wrong("assignment: a pair of nobody");
}

enum class State : char { open, fixed, forbidden };

class Search {
 public:
  Search(const Problem& problem)  // NOLINT(google-explicit-constructor)
      : problem_(problem),
        work_{.problem = problem,
              .entries = by_id(problem.entries),
              .judges = by_id(problem.judges),
              .needed = {},
              .held = std::vector<int>(problem.judges.size()),
              .open = {}},
        states_(problem.fit.size(), State::open) {}

  Result<Outcome> run() {
    CHECK_DONE(count());
    int most = 0;
    for (const Judge& judge : problem_.judges) most = std::max(most, judge.most);
    if (Attempt all = attempt(work_, most, 0); !all.lacking.empty())
      return Impossible{std::move(all.lacking), std::move(all.shortages)};
    Assignment out;
    share(most, out);
    fit_all(out);
    choose(out);
    return out;
  }

 private:
  State& state(Pair pair) { return states_[pair.entry * problem_.judges.size() + pair.judge]; }

  Done count() {
    for (const Entry& entry : problem_.entries) work_.needed.push_back(entry.readers);
    for (const Pair pair : problem_.forbidden) state(pair) = State::forbidden;
    for (const Pair pair : problem_.fixed) {
      if (state(pair) == State::forbidden)
        return refuse(Why::invalid,
                      {"assignment.fixed-conflict",
                       {{"entry", problem_.entries[pair.entry].id}, {"judge", problem_.judges[pair.judge].id}}});
      if (state(pair) == State::fixed) continue;
      state(pair) = State::fixed;
      ++work_.held[pair.judge];
      work_.needed[pair.entry] = std::max(0, work_.needed[pair.entry] - 1);
    }
    for (const std::size_t judge : work_.judges)
      if (work_.held[judge] > problem_.judges[judge].most)
        return refuse(Why::invalid, {"assignment.fixed-load",
                                     {{"judge", problem_.judges[judge].id},
                                      {"fixed", std::int64_t(work_.held[judge])},
                                      {"most", std::int64_t(problem_.judges[judge].most)}}});
    for (const std::size_t entry : work_.entries)
      for (const std::size_t judge : work_.judges)
        if (const Pair pair{entry, judge}; state(pair) == State::open) work_.open.push_back(pair);
    work_.total = std::reduce(work_.needed.begin(), work_.needed.end(), std::int64_t{0});
    return {};
  }

  /// Step 1: the smallest greatest load, by bisection between what arithmetic forbids and what is known to do.
  void share(int enough, Assignment& out) const {
    const std::int64_t held = std::reduce(work_.held.begin(), work_.held.end(), std::int64_t{0});
    const auto judges = std::int64_t(std::max<std::size_t>(1, problem_.judges.size()));
    const int by_hand = work_.held.empty() ? 0 : std::ranges::max(work_.held);
    int least = std::max(by_hand, int((work_.total + held + judges - 1) / judges));
    while (least < enough) {
      const int middle = least + (enough - least) / 2;
      if (attempt(work_, middle, 0).lacking.empty())
        enough = middle;
      else
        least = middle + 1;
    }
    out.load = least;
    if (least > by_hand) out.why_no_less_load = attempt(work_, least - 1, 0).shortages.front();
  }

  /// Step 2: the greatest least fit at that load, by bisection over the fits that there are.
  void fit_all(Assignment& out) const {
    if (work_.total == 0) return;
    std::vector<int> fits;
    for (const Pair pair : work_.open) fits.push_back(work_.fit(pair));
    std::ranges::sort(fits);
    fits.erase(std::ranges::unique(fits).begin(), fits.end());
    std::size_t possible = 0, not_known = fits.size();
    while (not_known - possible > 1) {
      const std::size_t middle = possible + (not_known - possible) / 2;
      (attempt(work_, out.load, fits[middle]).lacking.empty() ? possible : not_known) = middle;
    }
    out.least_fit = fits[possible];
    if (possible + 1 < fits.size())
      out.why_no_greater_fit = attempt(work_, out.load, fits[possible + 1]).shortages.front();
  }

  /// Step 3: the greatest sum of fits under both.
  void choose(Assignment& out) {
    auto [pairs, bound] = best(work_, out.load, out.least_fit);
    for (const Pair pair : pairs) out.readings.push_back({.pair = pair});
    for (const Pair pair : problem_.fixed) {
      if (state(pair) != State::fixed) continue;
      state(pair) = State::forbidden;  // once, though it may be named twice
      out.readings.push_back({.pair = pair, .fixed = true});
      bound.most += work_.fit(pair);
    }
    out.bound = std::move(bound);
    std::ranges::sort(out.readings, {}, [&](const Reading& r) {
      return std::pair<std::string_view, std::string_view>(problem_.entries[r.pair.entry].id,
                                                           problem_.judges[r.pair.judge].id);
    });
    explain(out);
  }

  void explain(Assignment& out) {
    out.loads.assign(problem_.judges.size(), 0);
    for (const Reading& r : out.readings) ++out.loads[r.pair.judge];
    for (const Reading& r : out.readings) state(r.pair) = State::fixed;
    for (Reading& r : out.readings) {
      r.fit = work_.fit(r.pair);
      r.load = out.loads[r.pair.judge];
      out.total_fit += r.fit;
      for (const std::size_t judge : work_.judges)
        if (const Pair other{r.pair.entry, judge}; state(other) == State::open && work_.fit(other) > r.fit) ++r.better;
    }
  }

  const Problem& problem_;
  Work work_;
  std::vector<State> states_;
};

}  // namespace

Result<Outcome> assign(const Problem& problem, const Limits& limits) {
  CHECK_DONE(within(problem, limits));
  check(problem);
  return Search(problem).run();
}

}  // namespace polder::assignment
