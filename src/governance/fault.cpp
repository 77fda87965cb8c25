#include "governance/fault.h"

#include <algorithm>

namespace polder::governance {
namespace {

constexpr std::size_t longest_word = 64;

std::string folded(std::string_view word) {
  std::string out(word);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == '_' ? '-' : c;
  });
  return out;
}

/// Insertions, deletions, substitutions and swaps of neighbours, no part edited twice.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string> known) {
  if (word.empty() || word.size() > longest_word) return {};
  const std::string meant = folded(word);
  std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::string found;
  for (const auto& candidate : known) {
    if (candidate.size() > longest_word) continue;
    if (const auto d = distance(meant, folded(candidate)); d < best) {
      best = d;
      found = candidate;
    }
  }
  return found;
}

std::string report(std::string_view file, std::span<const Fault> faults, const Say& say) {
  std::string out;
  for (const auto& fault : faults) {
    out += file;
    out += ":" + std::to_string(fault.line) + ":" + std::to_string(fault.column) + ": ";
    if (!fault.key.empty()) out += fault.key + ": ";
    out += say(fault.wrong) + " " + say(fault.right) + "\n";
  }
  return out;
}

}  // namespace polder::governance
