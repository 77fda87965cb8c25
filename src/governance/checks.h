// Small syntax checks a charter needs, each after the standard it names, and the way a stranger's word is shown back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace polder::governance {

/// A word of the charter's own: a lower-case letter, then letters, digits and single hyphens, at most 40.
bool is_slug(std::string_view text);
/// A host name of RFC 1123 §2.1 in lower case; an international name in its xn-- form.
bool is_host(std::string_view text);
/// An absolute http or https address (RFC 3986) with a host and without user information.
bool is_url(std::string_view text);
/// "#0b4f6c" in lower case.
bool is_colour(std::string_view text);
/// A name of the IANA time zone database, and the canonical one that was most likely meant.
bool is_timezone(std::string_view text);
std::string nearest_timezone(std::string_view text);

/// The ratio of WCAG 2.2 ("contrast ratio", "relative luminance"), 1 to 21. Both are colours.
double contrast(std::string_view a, std::string_view b);

/// A stranger's word for a message: at most `limit` code points on one line, U+FFFD for what cannot be shown.
std::string shown(std::string_view text, std::size_t limit = 60);

}  // namespace polder::governance
