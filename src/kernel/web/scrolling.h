// What is wider than a narrow screen, a table as a rule, scrolls in its own frame: with a name, and by the keyboard
// too.
#pragma once

#include "kernel/html/html.h"

namespace polder::web {

inline html::Html scrolling(std::string_view name, const html::Html& inner) {
  return html::section(html::cls("scroll"), html::attr("tabindex", "0"), html::attr("aria-label", name), inner);
}

}  // namespace polder::web
