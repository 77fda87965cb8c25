// A mail as bytes: RFC 5322 (the message), RFC 2045 (bodies), RFC 2047 (words of headers), RFC 2231 (names of files),
// RFC 3834 (made by a machine). Lines end in CRLF and everything is ASCII, so that any server takes it. Private to the
// room.
#pragma once

#include <string>
#include <string_view>

#include "kernel/mail/mail.h"

namespace polder::mail {

/// Can a message be made of it? (Outbox::send says what is refused.)
Done check(const Mail& mail);

/// The same bytes for the same arguments: a second delivery is recognisable.
std::string compose(const Mail& mail, const Settings& settings, Id id, Time date);

std::string quoted_printable(std::string_view text);  ///< RFC 2045 §6.7, of text with LF
/// RFC 2047 §5: as it is when it is plain ASCII, else encoded words; folded at 76. `used` is how far the line is
/// filled.
std::string header_words(std::string_view text, std::size_t used);

}  // namespace polder::mail
