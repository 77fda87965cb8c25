// What the files of this room share of ICU. Private to the room.
#pragma once

#include <unicode/locid.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <stdexcept>
#include <string>
#include <string_view>

#include "kernel/i18n/format.h"

namespace polder::i18n {

struct Zone::Inside {
  std::string name;
  std::unique_ptr<icu::TimeZone> zone;
};

inline void must(UErrorCode status) {
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + u_errorName(status));
}

inline icu::UnicodeString wide(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), std::int32_t(text.size())));
}

inline std::string narrow(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

/// The country decides the order of a date: English is British here.
inline icu::Locale locale(Language language) {
  switch (language) {
    case Language::nl:
      return {"nl", "NL"};
    case Language::de:
      return {"de", "DE"};
    case Language::en:
      break;
  }
  return {"en", "GB"};
}

}  // namespace polder::i18n
