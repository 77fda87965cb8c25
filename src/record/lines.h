// Reading the line formats of this room: C2SP's and our own are all lines that end in LF, with numbers in one spelling.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace polder::record {

/// Takes lines off the front of a text.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  /// The next line without its LF; nothing when no LF is left. A last line without LF is thereby never a line.
  std::optional<std::string_view> next() {
    const auto end = rest_.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }
  /// What follows `word` and a space on the next line, which is taken only if it begins so.
  std::optional<std::string_view> next(std::string_view word) {
    if (!rest_.starts_with(word) || !rest_.substr(word.size()).starts_with(' ')) return std::nullopt;
    auto line = next();
    if (line) line->remove_prefix(word.size() + 1);
    return line;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

/// ASCII decimal without sign or leading zeros; nothing past 2^64.
inline std::optional<std::uint64_t> decimal(std::string_view text) {
  if (text.empty() || (text.front() == '0' && text.size() > 1)) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace polder::record
