#include "dialogue/rules.h"

#include <algorithm>
#include <string>

#include "kernel/text/text.h"

namespace polder::dialogue {
namespace {

/// Words in plain letters with a hyphen on each side, so that a run of words is a substring.
std::string hyphened(std::string_view words) { return '-' + text::slug(words, std::string::npos) + '-'; }

constexpr std::size_t run = 6, fewest = 3;

}  // namespace

Done check_not_own(Id author, Id decider) {
  if (author && author == decider) return refuse(Why::forbidden, {"dialogue.own-case"});
  return {};
}

bool repeats(std::string_view statement, std::string_view hidden) {
  const std::string said = hyphened(statement), words = hyphened(hidden);
  const auto count = std::size_t(std::ranges::count(words, '-')) - 1;
  if (count < fewest) return false;
  const std::size_t length = std::min(count, run);
  std::size_t from = 0;
  for (std::size_t first = 0; first + length <= count; ++first) {
    std::size_t to = from;
    for (std::size_t i = 0; i < length; ++i) to = words.find('-', to + 1);
    if (said.find(std::string_view(words).substr(from, to - from + 1)) != said.npos) return true;
    from = words.find('-', from + 1);
  }
  return false;
}

}  // namespace polder::dialogue
