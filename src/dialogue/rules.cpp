#include "dialogue/rules.h"

#include <algorithm>
#include <string>

#include "kernel/text/text.h"

namespace polder::dialogue {
namespace {

/// Folded words with one space around each, so that a run of words is a substring.
std::string spaced(std::string_view text) {
  std::string out = " ";
  for (const char c : text::fold(text)) {
    const bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U) != 0;
    if (part)
      out += c;
    else if (!out.ends_with(' '))
      out += ' ';
  }
  if (!out.ends_with(' ')) out += ' ';
  return out;
}

constexpr std::size_t run = 6, fewest = 3;

}  // namespace

Done check_not_own(Id author, Id decider) {
  if (author && author == decider) return refuse(Why::forbidden, {"dialogue.own-case"});
  return {};
}

bool repeats(std::string_view statement, std::string_view hidden) {
  const std::string said = spaced(statement), words = spaced(hidden);
  const auto count = std::size_t(std::ranges::count(words, ' ')) - 1;
  if (count < fewest) return false;
  const std::size_t length = std::min(count, run);
  std::size_t from = 0;
  for (std::size_t first = 0; first + length <= count; ++first) {
    std::size_t to = from;
    for (std::size_t i = 0; i < length; ++i) to = words.find(' ', to + 1);
    if (said.find(std::string_view(words).substr(from, to - from + 1)) != said.npos) return true;
    from = words.find(' ', from + 1);
  }
  return false;
}

}  // namespace polder::dialogue
