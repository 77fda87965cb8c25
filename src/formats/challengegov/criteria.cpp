#include "formats/challengegov/criteria.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "kernel/text/text.h"

namespace polder::challengegov {
namespace {

using Unit = Criterion::Unit;
constexpr std::size_t kCriteria = 200;  // of one challenge
constexpr std::size_t kNameLength = 200;

struct Weight {
  std::size_t begin = 0, end = 0;  ///< where it stands in the text
  std::int64_t hundredths = 0;
  Unit unit = Unit::points;
};

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
bool starts(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && std::ranges::equal(text.substr(0, word.size()), word, {}, lower, lower);
}

/// "20%", "12.5 %", "10 points", "0-10 points", "0 to 5 pts" at `at`: the last number before the unit.
std::optional<Weight> weight_at(std::string_view text, std::size_t at) {
  Weight out{.begin = at};
  std::size_t i = at;
  const auto blanks = [&] {
    while (i < text.size() && text[i] == ' ') ++i;
  };
  const auto number = [&] {
    const std::size_t from = i;
    std::int64_t whole = 0, fraction = 0;
    while (i < text.size() && i - from < 4 && text[i] >= '0' && text[i] <= '9') whole = whole * 10 + (text[i++] - '0');
    if (i == from) return false;
    if (i + 1 < text.size() && text[i] == '.' && text[i + 1] >= '0' && text[i + 1] <= '9') {
      fraction = (text[i + 1] - '0') * 10;
      i += 2;
      if (i < text.size() && text[i] >= '0' && text[i] <= '9') fraction += text[i++] - '0';
    }
    out.hundredths = whole * 100 + fraction;
    return true;
  };
  if (!number()) return {};
  blanks();
  const std::string_view dash = text.substr(i);
  if (const std::size_t skip = dash.starts_with("-")   ? 1
                               : dash.starts_with("–") ? 3
                               : starts(dash, "to ")   ? 3
                                                       : 0;
      skip > 0) {
    i += skip;
    blanks();
    if (!number()) return {};
    blanks();
  }
  const std::string_view unit = text.substr(i);
  if (unit.starts_with("%")) {
    out.unit = Unit::percent;
    out.end = i + 1;
  } else if (starts(unit, "point") || starts(unit, "pt")) {
    while (i < text.size() && std::isalpha(static_cast<unsigned char>(text[i]))) ++i;
    out.end = i;
  } else {
    return {};
  }
  return out.hundredths > 0 ? std::optional(out) : std::nullopt;
}

/// In brackets: "(20 points for either category)".
std::optional<Weight> in_brackets(std::string_view text) {
  for (std::size_t open = text.find('('); open != text.npos; open = text.find('(', open + 1)) {
    auto weight = weight_at(text, open + 1);
    if (!weight) continue;
    weight->begin = open;
    weight->end = std::min(text.find(')', weight->end), text.size() - 1) + 1;
    return weight;
  }
  return {};
}

/// "… Maximum points: 5" at the end.
std::optional<Weight> at_the_end(std::string_view text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.remove_suffix(1);
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos || colon < 7 || text.size() - colon > 8) return {};
  const std::string_view before = text.substr(0, colon);
  const std::string written = std::string(text.substr(colon + 1)) + " points";
  const auto weight = weight_at(written, written.find_first_not_of(' '));
  constexpr std::string_view words = "maximum points";
  if (!weight || before.size() < words.size() || !starts(before.substr(before.size() - words.size()), words)) return {};
  return Weight{before.size() - words.size(), text.size(), weight->hundredths, weight->unit};
}

std::string tidy(std::string_view name) {
  constexpr std::string_view around = " :.,;-–—(*";
  const std::size_t begin = name.find_first_not_of(" :.,;-(*");
  if (begin == name.npos) return {};
  name.remove_prefix(begin);
  while (!name.empty()) {
    if (around.substr(0, 6).find(name.back()) != around.npos || name.back() == '(')
      name.remove_suffix(1);
    else if (name.ends_with("–") || name.ends_with("—"))
      name.remove_suffix(3);
    else
      break;
  }
  return text::excerpt(name, kNameLength);
}

/// The words in bold name it where there are some; else what stands before or, if nothing does, after its weight.
std::string name_of(const std::string& text, const std::string& lead, const Weight& weight) {
  if (!tidy(lead).empty()) {
    const auto inside = in_brackets(lead);
    return tidy(inside ? std::string_view(lead).substr(0, inside->begin) : std::string_view(lead));
  }
  const std::string before = tidy(std::string_view(text).substr(0, weight.begin));
  return before.empty() ? tidy(std::string_view(text).substr(weight.end)) : before;
}

std::optional<Weight> weight_of(const Block& block) {
  if (block.kind == Block::Kind::row) {
    if (block.cells.size() < 2) return {};
    const std::string& last = block.cells.back();
    const auto weight = weight_at(last, 0);
    return weight && weight->end == last.size() ? weight : std::nullopt;
  }
  if (auto weight = in_brackets(block.text)) return weight;
  if (auto weight = at_the_end(block.text)) return weight;
  const auto first = weight_at(block.text, 0);
  return first && block.text.substr(first->end).starts_with(':') ? first : std::nullopt;
}

}  // namespace

bool is_title(const Block& block) {
  const bool bold = block.kind == Block::Kind::paragraph && !block.lead.empty() && block.lead == block.text;
  return (block.kind == Block::Kind::heading || bold) && block.text.size() <= 200;
}

std::vector<Criterion> criteria(const std::vector<Block>& blocks) {
  const bool titles_weigh =
      std::ranges::any_of(blocks, [](const Block& b) { return is_title(b) && weight_of(b).has_value(); });
  std::vector<Criterion> out;
  std::string group;
  for (const Block& block : blocks) {
    if (out.size() == kCriteria) break;
    const auto weight = weight_of(block);
    const bool row = block.kind == Block::Kind::row, title = is_title(block);
    if (weight && (title || row || (block.kind == Block::Kind::item && !titles_weigh))) {
      const std::string name =
          row ? tidy(block.lead.empty() ? block.cells.front() : block.lead) : name_of(block.text, block.lead, *weight);
      if (!name.empty()) out.push_back({name, group, weight->hundredths, weight->unit});
    }
    // "Criterion 0: Compliance (pass/fail)" has no weight and heads no group either.
    const bool heads_row = row && !block.lead.empty() && block.lead == block.cells.front();
    if (!weight && (title || heads_row) && block.text.find("riterion") == block.text.npos)
      group = tidy(title ? block.text : block.lead);
  }
  return out;
}

}  // namespace polder::challengegov
