#include "methods/assignment/network.h"

#include <lemon/network_simplex.h>
#include <lemon/preflow.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <stdexcept>

namespace polder::assignment {
namespace {

using Graph = lemon::SmartDigraph;

/// Only the pairs that `load` and `least_fit` leave. Nodes and arcs are made in the order of the ids, and LEMON's
/// algorithms use no chance: that is why a problem in any order has one answer.
struct Network {
  Network(const Work& work, int load, int least_fit) : entries(work.needed.size()), judges(work.held.size()) {
    graph.reserveNode(int(entries.size() + judges.size() + 2));
    graph.reserveArc(int(entries.size() + judges.size() + work.open.size()));
    source = graph.addNode();
    sink = graph.addNode();
    for (const std::size_t entry : work.entries) {
      entries[entry] = graph.addNode();
      asking.push_back(graph.addArc(source, entries[entry]));
      capacity[asking.back()] = work.needed[entry];
    }
    for (const std::size_t judge : work.judges) {
      judges[judge] = graph.addNode();
      capacity[graph.addArc(judges[judge], sink)] = work.room(judge, load);
    }
    for (const Pair pair : work.open) {
      if (work.fit(pair) < least_fit) continue;
      pairs.push_back(pair);
      reading.push_back(graph.addArc(entries[pair.entry], judges[pair.judge]));
      capacity[reading.back()] = 1;
    }
  }

  Graph graph;
  Graph::ArcMap<int> capacity{graph};
  Graph::Node source, sink;
  std::vector<Graph::Node> entries, judges;  ///< in the order of the problem
  std::vector<Graph::Arc> asking;            ///< from the source to each entry, by ids
  std::vector<Pair> pairs;
  std::vector<Graph::Arc> reading;  ///< of each pair
};

using NodeMap = Graph::NodeMap<int>;

/// Marks with `mark` all that hangs together with `from`: follows the arcs both ways as long as `may_follow` lets it.
/// LEMON's own searches keep arcs in a map that C++20 no longer compiles; this is all that is needed of them.
template <class MayFollow>
void flood(const Network& network, Graph::Node from, int mark, NodeMap& marks, MayFollow&& may_follow) {
  std::vector<Graph::Node> open{from};
  marks[from] = mark;
  while (!open.empty()) {
    const Graph::Node node = open.back();
    open.pop_back();
    const auto visit = [&](Graph::Node other, const Graph::Arc& arc, bool forward) {
      if (marks[other] == mark || other == network.source || other == network.sink) return;
      if (!may_follow(other, arc, forward)) return;
      marks[other] = mark;
      open.push_back(other);
    };
    for (Graph::OutArcIt arc(network.graph, node); arc != lemon::INVALID; ++arc)
      visit(network.graph.runningNode(arc), arc, true);
    for (Graph::InArcIt arc(network.graph, node); arc != lemon::INVALID; ++arc)
      visit(network.graph.runningNode(arc), arc, false);
  }
}

/// The smallest minimum cut, in the parts that hang together. It is what entries that lack readers still reach: judges
/// who may read them and are full, what these read instead, and so on. Each part lacks something by itself.
std::vector<Shortage> shortages(const Work& work, const Network& network, int load, const std::vector<Lack>& lacking,
                                const Graph::ArcMap<int>& flow) {
  constexpr int beyond = 0, cut = 1, first_part = 2;
  NodeMap marks(network.graph, beyond);
  for (const Lack& lack : lacking)
    flood(network, network.entries[lack.entry], cut, marks, [&](Graph::Node, const Graph::Arc& arc, bool forward) {
      return forward ? flow[arc] < network.capacity[arc] : flow[arc] > 0;
    });
  int parts = 0;
  for (const Lack& lack : lacking)
    if (marks[network.entries[lack.entry]] == cut)
      flood(network, network.entries[lack.entry], first_part + parts++, marks,
            [&](Graph::Node node, const Graph::Arc&, bool) { return marks[node] != beyond; });

  std::vector<Shortage> found(std::size_t(parts), Shortage{});
  const auto of = [&](Graph::Node node) {
    return marks[node] == beyond ? nullptr : &found[std::size_t(marks[node] - first_part)];
  };
  for (const std::size_t entry : work.entries)
    if (Shortage* s = of(network.entries[entry])) {
      s->entries.push_back(entry);
      s->needed += work.needed[entry];
    }
  for (const std::size_t judge : work.judges)
    if (Shortage* s = of(network.judges[judge])) {
      s->judges.push_back(judge);
      s->room += work.room(judge, load);
    }
  for (const Pair pair : network.pairs)
    if (Shortage* s = of(network.entries[pair.entry]); s && !of(network.judges[pair.judge])) ++s->others;
  std::ranges::sort(found, {}, [&](const Shortage& s) {
    return std::pair(s.entries.size(), std::string_view(work.problem.entries[s.entries.front()].id));
  });
  return found;
}

}  // namespace

int Work::room(std::size_t judge, int load) const {
  return std::max(0, std::min(load, problem.judges[judge].most) - held[judge]);
}

Attempt attempt(const Work& work, int load, int least_fit) {
  const Network network(work, load, least_fit);
  lemon::Preflow<Graph> preflow(network.graph, network.capacity, network.source, network.sink);
  preflow.runMinCut();
  if (preflow.flowValue() == work.total) return {};
  preflow.startSecondPhase();
  Attempt out;
  for (std::size_t i = 0; i < work.entries.size(); ++i)
    if (const int lack = work.needed[work.entries[i]] - preflow.flow(network.asking[i]); lack > 0)
      out.lacking.push_back({work.entries[i], lack});
  out.shortages = shortages(work, network, load, out.lacking, preflow.flowMap());
  return out;
}

Best best(const Work& work, int load, int least_fit) {
  const Network network(work, load, least_fit);
  Graph::ArcMap<std::int64_t> cost(network.graph, 0);
  for (std::size_t i = 0; i < network.pairs.size(); ++i) cost[network.reading[i]] = -work.fit(network.pairs[i]);
  lemon::NetworkSimplex<Graph, int, std::int64_t> simplex(network.graph);
  simplex.upperMap(network.capacity).costMap(cost);
  simplex.stSupply(network.source, network.sink, int(work.total));
  if (simplex.run() != simplex.OPTIMAL) throw std::logic_error("assignment: a flow that was there a moment ago is not");

  Best out;
  for (std::size_t i = 0; i < network.pairs.size(); ++i)
    if (simplex.flow(network.reading[i]) == 1) out.pairs.push_back(network.pairs[i]);
  // Potentials are the dual: an arc from u to v with cost c has the reduced cost c + p(u) - p(v), at least 0 where
  // nothing flows and at most 0 where it is full. A judge with room to spare costs nothing.
  const std::int64_t ground = simplex.potential(network.sink);
  for (const Graph::Node node : network.entries) out.bound.entry_prices.push_back(simplex.potential(node) - ground);
  for (const Graph::Node node : network.judges)
    out.bound.judge_prices.push_back(std::max<std::int64_t>(0, ground - simplex.potential(node)));
  for (const std::size_t entry : work.entries) out.bound.most += out.bound.entry_prices[entry] * work.needed[entry];
  for (const std::size_t judge : work.judges) out.bound.most += out.bound.judge_prices[judge] * work.room(judge, load);
  for (const Pair pair : network.pairs)
    out.bound.most += std::max<std::int64_t>(
        0, work.fit(pair) - out.bound.entry_prices[pair.entry] - out.bound.judge_prices[pair.judge]);
  return out;
}

}  // namespace polder::assignment
