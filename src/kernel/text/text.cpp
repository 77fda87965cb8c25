// Keys, addresses and excerpts made from clean text.
#include "kernel/text/text.h"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include "kernel/text/unicode.h"

namespace polder::text {
namespace {

void must(UErrorCode status) {
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + u_errorName(status));
}

icu::StringPiece piece(std::string_view text) { return {text.data(), std::int32_t(text.size())}; }

std::string normalised(const icu::Normalizer2* (*form)(UErrorCode&), std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normaliser = form(status);
  must(status);
  if (normaliser->isNormalizedUTF8(piece(text), status)) return std::string(text);
  std::string out;
  icu::StringByteSink<std::string> sink(&out, std::int32_t(text.size()));
  normaliser->normalizeUTF8(0, piece(text), sink, nullptr, status);
  must(status);
  return out;
}

/// Letters that Unicode does not decompose but that people search for without their stroke.
std::string_view plain_letter(UChar32 c) {
  switch (c) {
    case 0xE6:
      return "ae";
    case 0xF0:
      return "d";
    case 0xF8:
      return "o";
    case 0xFE:
      return "th";
    case 0x111:
      return "d";
    case 0x127:
      return "h";
    case 0x131:
      return "i";
    case 0x142:
      return "l";
    case 0x153:
      return "oe";
    default:
      return {};
  }
}

/// An accent, as opposed to a mark that is a letter of its script.
bool is_accent(UChar32 c) {
  return u_charType(c) == U_NON_SPACING_MARK && script_of(c) == USCRIPT_INHERITED && c != 0x3099 && c != 0x309A;
}

std::string squeezed(std::string_view text) {
  std::string out;
  bool gap = false;
  for (Reader r(text); r.more();) {
    const UChar32 c = r.next();
    if (u_isUWhiteSpace(c)) {
      gap = !out.empty();
      continue;
    }
    if (std::exchange(gap, false)) out += ' ';
    append(out, c);
  }
  return out;
}

std::string latin(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  static const std::unique_ptr<icu::Transliterator> rules(
      icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
  must(status);
  auto wide = icu::UnicodeString::fromUTF8(piece(text));
  const std::unique_ptr<icu::Transliterator> mine(rules->clone());
  mine->transliterate(wide);
  std::string out;
  return wide.toUTF8String(out);
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && is_letter_or_digit(label.front()) &&
         is_letter_or_digit(label.back()) &&
         std::ranges::all_of(label, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

std::string ascii_domain(std::string_view domain) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::IDNA> idna(
      icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, status));
  must(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  icu::IDNAInfo info;
  idna->nameToASCII_UTF8(piece(domain), sink, info, status);
  must(status);
  return info.hasErrors() ? std::string() : out;
}

/// Where the user-perceived character that holds `wide[at]` begins.
std::int32_t whole_character(const icu::UnicodeString& wide, std::int32_t at) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> characters(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  must(status);
  characters->setText(wide);
  return characters->isBoundary(at) ? at : std::max(characters->preceding(at), 0);
}

/// A letter or digit where words are parted by spaces; other scripts write words without gaps.
bool in_word(UChar32 c) {
  const UScriptCode script = script_of(c);
  return (u_isalpha(c) != 0 && (script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC)) ||
         u_isdigit(c) != 0;
}

/// How many bytes of the text's beginning are these words; 0: it begins with others.
std::size_t begins(std::string_view text, std::string_view words) {
  Reader here(text), wanted(words);
  while (wanted.more())
    if (!here.more() || u_foldCase(here.next(), U_FOLD_CASE_DEFAULT) != u_foldCase(wanted.next(), U_FOLD_CASE_DEFAULT))
      return 0;
  return here.at();
}

}  // namespace

std::string nfc(std::string_view text) { return normalised(icu::Normalizer2::getNFCInstance, text); }

std::string fold(std::string_view text) {
  const auto cased = [](UErrorCode& s) { return icu::Normalizer2::getNFKCCasefoldInstance(s); };
  const auto apart = [](UErrorCode& s) { return icu::Normalizer2::getNFDInstance(s); };
  std::string out;
  const std::string marks = normalised(+apart, normalised(+cased, text));
  for (Reader r(marks); r.more();) {
    const UChar32 c = r.next();
    if (is_accent(c)) continue;
    if (const auto letter = plain_letter(c); !letter.empty())
      out += letter;
    else
      append(out, c);
  }
  return squeezed(nfc(out));
}

std::string blot(std::string_view text, std::string_view words, std::string_view bar) {
  std::string out;
  const bool begins_word = in_word(Reader(words).peek());
  UChar32 before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    // With a small letter it is inside another word; a capital or a digit begins one: "TUDelft", "061234".
    const bool inside = begins_word && in_word(before) && u_islower(Reader(rest).peek()) != 0;
    const std::size_t found = inside ? 0 : begins(rest, words);
    Reader after(rest.substr(found));
    if (found == 0) {
      before = after.next();
      out += rest.substr(0, after.at());
      at += after.at();
      continue;
    }
    std::size_t last = found;
    if (in_word(previous(rest, last)))
      while (in_word(after.peek())) after.next();
    out += bar;
    before = 0;
    at += found + after.at();
  }
  return out;
}

std::string slug(std::string_view text, std::size_t limit) {
  std::string words = fold(text);
  if (!is_ascii(words)) words = latin(words);
  std::string out;
  bool gap = false;
  for (const char c : words) {
    if (!is_letter_or_digit(c)) {
      gap = gap || (!out.empty() && c != '\'');
      continue;
    }
    if (std::exchange(gap, false)) out += '-';
    out += c;
  }
  if (out.size() <= limit) return out;
  const auto hyphen = out.rfind('-', limit);
  out.resize(hyphen == std::string::npos ? limit : hyphen);
  return out;
}

std::string excerpt(std::string_view text, std::size_t limit) {
  std::string line = squeezed(text);
  if (length(line) <= limit) return line;
  if (limit == 0) return {};
  const auto wide = icu::UnicodeString::fromUTF8(piece(line));
  std::int32_t cut = whole_character(wide, wide.moveIndex32(0, std::int32_t(limit) - 1));
  if (const std::int32_t space = wide.lastIndexOf(u' ', 0, cut + 1); space > cut / 2) cut = space;
  std::string out;
  wide.tempSubString(0, cut).toUTF8String(out);
  while (!out.empty() && (out.back() == ' ' || out.back() == ',' || out.back() == ';' || out.back() == ':'))
    out.pop_back();
  return out + "…";
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at > 64 || text.size() > 254) return false;
  const auto atext = [](char c) {
    return is_letter_or_digit(c) || std::string_view(".!#$%&'*+/=?^_`{|}~-").contains(c);
  };
  if (!std::ranges::all_of(text.substr(0, at), atext)) return false;
  for (std::string_view domain = text.substr(at + 1);;) {
    const auto dot = domain.find('.');
    if (!is_label(domain.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

Result<std::string> normal_email(std::string_view typed) {
  std::string address;
  if (auto plain = clean(typed, Lines::one)) address = std::move(*plain);
  if (const auto at = address.rfind('@'); at != std::string::npos && !is_ascii(std::string_view(address).substr(at)))
    address = address.substr(0, at + 1) + ascii_domain(std::string_view(address).substr(at + 1));
  if (!is_email(address)) return refuse(Why::invalid, {"text.email"});
  std::ranges::transform(address, address.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  return address;
}

}  // namespace polder::text
