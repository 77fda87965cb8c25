// Bytes as text: hex, base64 (RFC 4648 §4, and §5 without padding for URLs) and percent-encoding (RFC 3986 §2.1).
// Decoders are strict: one spelling for each value, everything else is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace polder {

/// Lower case.
std::string hex(std::string_view bytes);
std::optional<std::string> unhex(std::string_view text);

std::string base64(std::string_view bytes);
std::optional<std::string> unbase64(std::string_view text);

std::string base64url(std::string_view bytes);
std::optional<std::string> unbase64url(std::string_view text);

/// Encodes all but RFC 3986's unreserved characters.
std::string percent(std::string_view text);
/// Decodes %XX; with `plus`, a '+' as a space (application/x-www-form-urlencoded). Nothing on a broken escape.
std::optional<std::string> unpercent(std::string_view text, bool plus = false);

}  // namespace polder
