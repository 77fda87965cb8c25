// Text as people type it. Everything that comes from outside passes `clean` once, at the door; what is behind the door
// is valid UTF-8 in NFC (Unicode UAX #15), without controls, and cannot reorder or overprint what stands around it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "kernel/base/result.h"

namespace polder::text {

/// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool valid_utf8(std::string_view bytes);

enum class Lines { one, many };

/// What a person typed, made fit to keep. Idempotent. Refuses, with a key of this room:
/// - bytes that are not UTF-8 (text.encoding);
/// - control characters but newline and tab (text.control);
/// - the right-to-left and left-to-right overrides U+202E and U+202D, which no keyboard types and which show words in
///   another order than the one they are kept in (text.override).
/// Removes what cannot be seen: embeddings and isolates (U+202A-C, U+2066-9; a page isolates each text itself), and the
/// default-ignorable characters, except where a script or an emoji needs them: joiners and word breaks after letters of
/// scripts that use them, variation selectors, direction marks, the tags of flags. Marks stacked above eight go too.
/// CRLF, CR, NEL and the Unicode separators become LF; with Lines::one they and the tab become a space. The ends are
/// trimmed (with Lines::many the indentation of the first line stays). What shows nothing becomes the empty text.
Result<std::string> clean(std::string_view typed, Lines lines);

/// Length in code points, which is what every limit counts: it does not change with the version of Unicode, and a
/// browser and a database count the same. `text` is valid UTF-8.
std::size_t length(std::string_view text);

/// A key for finding: without case, accents, width or repeated spaces ("Ångström  STRASSE" -> "angstrom strasse").
/// Marks that carry meaning (the vowel signs of India, the dakuten of Japan) stay. Not for telling accounts apart.
std::string fold(std::string_view text);

/// The text with a bar wherever these words begin a word, with capitals or without (Unicode simple case folding); the
/// word they begin goes whole. "Reed" takes "REED's", "Reeds" and "TeamReed", and leaves "agreed". Valid UTF-8.
std::string blot(std::string_view text, std::string_view words, std::string_view bar);

/// ASCII letters, digits and single hyphens for an address, at most `limit` long, cut at a hyphen where there is one.
/// Other scripts are transliterated. Empty when nothing is left.
std::string slug(std::string_view text, std::size_t limit = 80);

/// One line of at most `limit` code points, cut between words and ended with "…" when something was left out; a
/// user-perceived character (UAX #29) is never cut in two.
std::string excerpt(std::string_view text, std::size_t limit);

/// The rule of WHATWG HTML, "valid e-mail address": what a browser's own field accepts. At most 254 bytes (RFC 5321).
bool is_email(std::string_view text);

/// The one spelling of an address that we keep and compare: trimmed, lower case, the domain in ASCII (UTS #46).
/// Lower-casing the local part joins addresses that RFC 5321 lets differ; no provider tells them apart, people do err.
Result<std::string> normal_email(std::string_view typed);

}  // namespace polder::text
