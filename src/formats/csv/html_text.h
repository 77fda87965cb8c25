// The words of HTML that stands in a cell of somebody's export: what a reader would have seen, as plain text.
#pragma once

#include <string>
#include <string_view>

namespace polder::csv {

/// Tags go, references such as &eacute; and &#233; become letters, white space collapses. Blocks begin a paragraph (an
/// empty line between), <br> a line, list entries a line with "- ", cells are set off by a tab. Scripts, styles and
/// comments go with their content. Reads each byte once, whatever the nesting; the result is plain text that still has
/// to be escaped where it is shown. `html` is valid UTF-8, and so is the result.
std::string html_to_text(std::string_view html);

}  // namespace polder::csv
