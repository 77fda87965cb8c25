// assignment_bench: 1,000 entries with three readers each for 100 judges, 5 in 100 pairs a conflict of interest: from
// the problem to the pairs with their proofs, as a ratio of two seconds. Expertise is as it comes when entries and
// judges each name a few of twenty fields, so that ties are many, and for a second figure evenly random.
#include <algorithm>
#include <bitset>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "methods/assignment/assignment.h"

namespace {

using namespace polder::assignment;

constexpr std::size_t kEntries = 1'000, kJudges = 100, kFields = 20;
constexpr double kLimit = 2.0;
constexpr int kRounds = 5;

std::bitset<kFields> fields(std::mt19937& chance, int many) {
  std::bitset<kFields> out;
  for (int i = 0; i < many; ++i) out.set(chance() % kFields);
  return out;
}

Problem problem(bool by_fields) {
  std::mt19937 chance(2026);
  Problem p;
  std::vector<std::bitset<kFields>> entries, judges;
  for (std::size_t e = 0; e < kEntries; ++e) {
    p.entries.push_back({"entry-" + std::to_string(e), 3});
    entries.push_back(fields(chance, 4));
  }
  for (std::size_t j = 0; j < kJudges; ++j) {
    p.judges.push_back({"judge-" + std::to_string(j), 40});
    judges.push_back(fields(chance, 6));
  }
  for (std::size_t e = 0; e < kEntries; ++e)
    for (std::size_t j = 0; j < kJudges; ++j) {
      const auto common = (entries[e] & judges[j]).count() * std::size_t(greatest_fit) / entries[e].count();
      p.fit.push_back(std::int16_t(by_fields ? common : chance() % (greatest_fit + 1)));
      if (chance() % 20 == 0) p.forbidden.push_back({e, j});
    }
  return p;
}

long most_memory_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stol(line.substr(6)) / 1024;
  return 0;
}

bool measure(const char* what, const Problem& p) {
  std::vector<double> seconds;
  Outcome out;
  for (int round = 0; round < kRounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    auto made = assign(p);
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    if (!made) return false;
    out = std::move(*made);
  }
  const auto* a = std::get_if<Assignment>(&out);
  if (a == nullptr || !holds(p, *a)) return false;
  std::ranges::sort(seconds);
  const double ratio = seconds[kRounds / 2] / kLimit;
  std::printf("%s: no load above %d, no fit below %d, a sum of %lld, bound %lld\n", what, a->load, a->least_fit,
              static_cast<long long>(a->total_fit), static_cast<long long>(a->bound.most));
  std::printf("assignment_bench: %s, %.0f ms as a ratio of 2 s (%ld MB at most): %.2f, at most 1: %s\n", what,
              seconds[kRounds / 2] * 1e3, most_memory_mb(), ratio, ratio <= 1 ? "held" : "MISSED");
  return true;
}

}  // namespace

int main() {
  if (measure("by fields of expertise", problem(true)) && measure("evenly random", problem(false))) return 0;
  std::fprintf(stderr, "assignment_bench: no assignment, or one that does not hold\n");
  return 1;
}
