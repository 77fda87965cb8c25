// E-mail addresses in running text. They are people's, and a feed of ten years ago is no consent to print them again.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polder::challengegov {

inline constexpr std::string_view removed_address = "(e-mail address removed)";

struct Range {
  std::size_t begin = 0, end = 0;
};

/// Where addresses stand, in order: name@place.tld, also with (at) or [at], and with what Markdown escapes. Generous on
/// purpose: what only looks like an address goes too.
std::vector<Range> addresses(std::string_view text);

/// Puts `removed_address` where they stood; answers how many.
int remove_addresses(std::string& text);

}  // namespace polder::challengegov
