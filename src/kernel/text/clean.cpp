// What a person typed, made fit to keep: the promises stand in text.h.
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <utility>

#include "kernel/text/text.h"
#include "kernel/text/unicode.h"

namespace polder::text {
namespace {

// No living orthography stacks more marks on a letter; more are only used to print over the lines above and below.
constexpr int most_marks = 8;

bool is_mark(UChar32 c) {
  const auto type = u_charType(c);
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

bool is_ignorable(UChar32 c) { return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT); }

bool is_variation_selector(UChar32 c) { return u_hasBinaryProperty(c, UCHAR_VARIATION_SELECTOR); }

bool is_emoji_part(UChar32 c) {
  return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) || u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER);
}

/// Does the writing that `c` belongs to need joiners and invisible word breaks after it?
bool joins(UChar32 c) {
  switch (script_of(c)) {
    case USCRIPT_COMMON:
      return is_emoji_part(c);
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARMENIAN:
    case USCRIPT_GEORGIAN:
    case USCRIPT_HAN:
    case USCRIPT_HANGUL:
      return false;
    default:
      return true;
  }
}

/// Decides for each character that can be left out, from the writing before it, whether it stays.
class Invisible {
 public:
  bool keep(UChar32 c) {
    const bool kept = belongs(c);
    if (kept) after_joiner_ = is_joiner(c);
    return kept;
  }

 private:
  bool belongs(UChar32 c) {
    if (is_joiner(c)) return joins_ && !after_joiner_;
    if (c >= 0xE0020 && c <= 0xE007F) return flag_;  // UTS #51, emoji tag sequences
    if (c >= 0xFFF9 && c <= 0xFFFB) return false;    // interlinear annotation: for programs, not for text
    if (U_IS_UNICODE_NONCHAR(c)) return false;
    if (is_variation_selector(c) || is_direction_mark(c)) return true;
    if (c == 0x115F || c == 0x1160) return true;  // fillers of old Korean syllables
    if (is_ignorable(c)) return false;
    if (script_of(c) != USCRIPT_INHERITED) {
      joins_ = joins(c);
      flag_ = c == 0x1F3F4;
    }
    return true;
  }

  /// Zero-width space, non-joiner and joiner.
  static bool is_joiner(UChar32 c) { return c >= 0x200B && c <= 0x200D; }
  static bool is_direction_mark(UChar32 c) { return c == 0x200E || c == 0x200F || c == 0x061C; }

  bool joins_ = false, flag_ = false, after_joiner_ = false;
};

/// C0, DEL and C1, but the line ends and the tab.
bool is_control(UChar32 c) {
  return (c < 0x20 && c != '\n' && c != '\t' && c != '\r') || (c >= 0x7F && c < 0xA0 && c != 0x85);
}

bool ends_line(UChar32 c) { return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029; }

std::string without_stacks(std::string&& text) {
  std::string out;
  int marks = 0;
  for (Reader r(text); r.more();) {
    const UChar32 c = r.next();
    marks = is_mark(c) ? marks + 1 : 0;
    if (marks <= most_marks) append(out, c);
  }
  return out.size() == text.size() ? std::move(text) : nfc(out);
}

bool shows_nothing(std::string_view text) {
  for (Reader r(text); r.more();)
    if (const UChar32 c = r.next(); !u_isUWhiteSpace(c) && !is_ignorable(c) && !is_mark(c)) return false;
  return true;
}

std::string trimmed(std::string_view text, Lines lines) {
  std::size_t begin = 0, end = text.size();
  for (Reader r(text); r.more();) {
    const UChar32 c = r.next();
    if (!u_isUWhiteSpace(c)) break;
    if (lines == Lines::one || c == '\n') begin = r.at();
  }
  while (end > begin) {
    std::size_t before = end;
    if (!u_isUWhiteSpace(previous(text, before))) break;
    end = before;
  }
  return std::string(text.substr(begin, end - begin));
}

/// The common case, which needs no tables: nothing here could be refused, removed or normalised.
bool is_plain(std::string_view text, Lines lines) {
  return std::ranges::all_of(text, [lines](unsigned char c) {
    return (c >= 0x20 && c < 0x7F) || (lines == Lines::many && (c == '\n' || c == '\t'));
  });
}

}  // namespace

bool valid_utf8(std::string_view bytes) {
  for (Reader r(bytes); r.more();)
    if (r.next() < 0) return false;
  return true;
}

std::size_t length(std::string_view text) {
  return std::size_t(std::ranges::count_if(text, [](char c) { return !U8_IS_TRAIL(c); }));
}

Result<std::string> clean(std::string_view typed, Lines lines) {
  if (is_plain(typed, lines)) return trimmed(typed, lines);

  std::string kept;
  kept.reserve(typed.size());
  Invisible invisible;
  for (Reader r(typed); r.more();) {
    const UChar32 c = r.next();
    if (c < 0) return refuse(Why::invalid, {"text.encoding"});
    if (c == 0x202D || c == 0x202E) return refuse(Why::invalid, {"text.override"});
    if (is_control(c)) return refuse(Why::invalid, {"text.control"});
    if (c == '\r' && r.peek() == '\n') continue;
    const UChar32 plain = ends_line(c) ? '\n' : c;
    if (invisible.keep(plain)) append(kept, lines == Lines::one && (plain == '\n' || plain == '\t') ? ' ' : plain);
  }
  std::string text = trimmed(without_stacks(nfc(kept)), lines);
  if (shows_nothing(text)) text.clear();
  return text;
}

}  // namespace polder::text
