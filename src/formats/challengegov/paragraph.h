// Words of one paragraph with their looks, until they are written as Markdown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polder::challengegov {

enum class Style : std::uint8_t { plain, emphasis, strong };

struct Look {
  Style style = Style::plain;
  std::uint32_t link = 0;  ///< 0 for none, else a number that whoever writes knows
  bool operator==(const Look&) const = default;
};

class Paragraph {
 public:
  /// Adds words; white space collapses, and between two looks it has none. Controls, and marks that turn the direction
  /// of what follows, are left out.
  void add(std::string_view words, Look look);
  void line_break();
  void space() { space_ = true; }
  bool empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }
  /// The bold words at the beginning.
  std::string lead() const;
  int remove_addresses();

  enum class In { paragraph, heading, cell };
  std::string markdown(In where, const std::vector<std::string>& links) const;

 private:
  std::string text_;         ///< '\n' is a line break
  std::vector<Look> looks_;  ///< of each byte
  bool space_ = false;
};

/// Escapes what CommonMark would take for more than letters. `begins` says that a line begins here.
std::string escape_markdown(std::string_view text, Paragraph::In where, bool begins);

}  // namespace polder::challengegov
