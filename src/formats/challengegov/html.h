// HTML that an editor of the feed wrote, as Markdown: a closed set of elements becomes its Markdown, everything else
// hands on its words, and scripts, styles and comments go with what is in them. Reads each byte once, whatever the
// nesting, as formats/csv/html_text.h does, whose character references are used.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace polder::challengegov {

/// What the words stand in, for whoever looks for meaning in them. Texts are plain.
struct Block {
  enum class Kind { heading, paragraph, item, row };
  static constexpr std::size_t npos = std::size_t(-1);
  Kind kind = Kind::paragraph;
  std::string text;                     ///< of a row: all its cells
  std::string lead = {};                ///< the bold words that it begins with; of a row, those of its first cell
  std::vector<std::string> cells = {};  ///< of a row
  std::size_t at = npos;                ///< where it begins in the Markdown; npos within a list or quotation
};

struct Words {
  std::string markdown;
  std::vector<Block> blocks = {};
  int addresses_removed = 0;
  int links_removed = 0, images_removed = 0;
  std::vector<std::string> links_completed = {};  ///< addresses that had no scheme, as written
};

/// `html` is valid UTF-8.
Words to_markdown(std::string_view html);

/// A link's target if it is http or https, percent-encoded where Markdown needs it; "www.…" gets https. Empty
/// otherwise, and for one with a user or an e-mail address in it.
std::string web_address(std::string_view written);

}  // namespace polder::challengegov
