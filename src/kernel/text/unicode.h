// The little of ICU that this room stands on. Private to the room: elsewhere text is std::string.
#pragma once

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace polder::text {

/// Walks over UTF-8 by code point.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  bool more() const { return at_ < text_.size(); }
  std::size_t at() const { return at_; }
  /// The next code point; negative for bytes that are not UTF-8.
  UChar32 next() {
    UChar32 c = 0;
    U8_NEXT(text_.data(), at_, text_.size(), c);
    return c;
  }
  UChar32 peek() const { return more() ? Reader(*this).next() : 0; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// The code point of valid UTF-8 that ends at `at`, which moves to its begin.
inline UChar32 previous(std::string_view text, std::size_t& at) {
  do --at;
  while (at > 0 && U8_IS_TRAIL(text[at]));
  return Reader(text.substr(at)).next();
}

inline void append(std::string& out, UChar32 c) {
  char bytes[4];
  std::int32_t n = 0;
  U8_APPEND_UNSAFE(bytes, n, c);
  out.append(bytes, std::size_t(n));
}

inline UScriptCode script_of(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(c, &status);
}

/// UAX #15, normalisation form C.
std::string nfc(std::string_view text);

}  // namespace polder::text
