#include "formats/challengegov/addresses.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace polder::challengegov {
namespace {

constexpr std::size_t kLocal = 128, kDomain = 255;

bool alnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }
bool beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// The at sign as people write it, at `at`: how many bytes, or 0.
std::size_t at_sign(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 9> signs{"@",    "\xef\xbc\xa0", "\xef\xb9\xab", "(at)",    "[at]",
                                                         "(AT)", "[AT]",         "\\[at\\]",     "\\[AT\\]"};
  for (const auto sign : signs)
    if (text.substr(at).starts_with(sign)) return sign.size();
  return 0;
}

/// Typographic marks (U+2010 to U+2027) and the no-break space end a word; other letters beyond ASCII do not.
bool ends_word(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  return (rest.starts_with("\xe2\x80") && rest.size() > 2 && rest[2] >= '\x90' && rest[2] <= '\xa7') ||
         rest.starts_with("\xc2\xa0");
}

std::size_t local_begin(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < kLocal) {
    const char c = text[begin - 1];
    if (!alnum(c) && !beyond_ascii(c) && std::string_view(".!#$%&'*+=?^_~-\\").find(c) == std::string_view::npos) break;
    --begin;
    if (beyond_ascii(c) && ends_word(text, begin)) {
      while (begin < at && beyond_ascii(text[begin])) ++begin;
      break;
    }
  }
  while (begin < at && !alnum(text[begin]) && !beyond_ascii(text[begin])) ++begin;
  // A character is not cut in two.
  while (begin < at && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80) ++begin;
  return begin;
}

/// The end of a domain with at least one dot; nothing if there is none.
std::optional<std::size_t> domain_end(std::string_view text, std::size_t at) {
  std::size_t end = at, last = at;
  bool dot = false, dotted = false;
  while (end < text.size() && end - at < kDomain) {
    const char c = text[end];
    if (beyond_ascii(c) && ends_word(text, end)) break;
    if (alnum(c) || beyond_ascii(c)) {
      dotted = dotted || (dot && end > at);
      last = end + 1;
    } else if (c == '.' && last > at) {
      dot = true;
    } else if (c != '-' && c != '_' && c != '\\') {
      break;
    }
    ++end;
  }
  while (last < text.size() && (static_cast<unsigned char>(text[last]) & 0xc0) == 0x80) ++last;
  return dotted ? std::optional(last) : std::nullopt;
}

}  // namespace

std::vector<Range> addresses(std::string_view text) {
  std::vector<Range> out;
  for (std::size_t i = text.find_first_of("@([\\\xef"); i != text.npos; i = text.find_first_of("@([\\\xef", i)) {
    const std::size_t sign = at_sign(text, i);
    if (sign == 0) {
      ++i;
      continue;
    }
    const bool spelt = sign > 3;  // "name (at) place.org" is written with spaces
    std::size_t name_end = i, place = i + sign;
    if (spelt && name_end > 0 && text[name_end - 1] == ' ') --name_end;
    if (spelt && place < text.size() && text[place] == ' ') ++place;
    const std::size_t begin = std::max(local_begin(text, name_end), out.empty() ? 0 : out.back().end);
    const auto end = domain_end(text, place);
    if (begin < name_end && end)
      out.push_back({begin, i = *end});
    else
      i += sign;
  }
  return out;
}

int remove_addresses(std::string& text) {
  const auto found = addresses(text);
  if (found.empty()) return 0;
  std::string out;
  std::size_t done = 0;
  for (const Range range : found) {
    out.append(text, done, range.begin - done).append(removed_address);
    done = range.end;
  }
  text = out.append(text, done);
  return int(found.size());
}

}  // namespace polder::challengegov
