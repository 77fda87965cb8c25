// What a file is called is a label that its sender wrote: shown to people and offered to their browser, never a path.
#pragma once

#include <string>
#include <string_view>

namespace polder::files {

inline constexpr std::size_t longest_name = 120;  ///< code points

/// The label made fit to keep and to show: the last piece of a path of any system, one line of NFC text without
/// controls, without what turns the order of letters round, without dots at its ends, shortened before its extension.
/// Never empty: what leaves nothing is called "file". Idempotent.
std::string label(std::string_view sent);

/// "pdf" of "Report.PDF": lower case, ASCII letters and digits; empty if there is none.
std::string extension(std::string_view label);

/// Content-Disposition for a download under this name (RFC 6266 §4.1, RFC 8187): the name in ASCII for old readers, and
/// as it is for all others.
std::string attachment(std::string_view name);

}  // namespace polder::files
