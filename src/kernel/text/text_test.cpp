#include "kernel/text/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace polder::text {
namespace {

std::string kept(std::string_view typed, Lines lines = Lines::many) {
  const auto result = clean(typed, lines);
  return result ? *result : "refused: " + result.error().message.key;
}

std::string utf8(char32_t c) {
  std::string out;
  if (c < 0x80)
    out = {char(c)};
  else if (c < 0x800)
    out = {char(0xC0 | c >> 6), char(0x80 | (c & 0x3F))};
  else if (c < 0x10000)
    out = {char(0xE0 | c >> 12), char(0x80 | (c >> 6 & 0x3F)), char(0x80 | (c & 0x3F))};
  else
    out = {char(0xF0 | c >> 18), char(0x80 | (c >> 12 & 0x3F)), char(0x80 | (c >> 6 & 0x3F)), char(0x80 | (c & 0x3F))};
  return out;
}

/// Text with what goes wrong in it more often than chance would have it.
rc::Gen<std::string> any_text() {
  const auto nasty = rc::gen::elementOf(
      std::vector<char32_t>{' ',     '\n',    '\r',   '\t',   'a',    'e',    0x301,  0x308,  0x327,   0x344,   0x200B,
                            0x200C,  0x200D,  0x200E, 0x202A, 0x2066, 0x2069, 0xFEFF, 0xFE0F, 0x1F3F4, 0xE0067, 0xE007F,
                            0x1F469, 0x1F3FD, 0x915,  0x94D,  0x930,  0x1100, 0x1161, 0x11A8, 0x3164,  0x9C7,   0x9BE,
                            0x1025,  0x102E,  0xFFFE, 0x2028, 0x85,   0xAD,   0x5D0,  0x5B0,  0x644,   0x64E});
  const auto any = rc::gen::map(rc::gen::inRange<std::uint32_t>(0x20, 0x10FFFF), [](std::uint32_t c) {
    return char32_t(c >= 0xD800 && c < 0xE000    ? 'x'
                    : c >= 0x7F && c < 0xA0      ? 'y'
                    : c == 0x202D || c == 0x202E ? 'z'
                                                 : c);
  });
  return rc::gen::map(rc::gen::container<std::vector<char32_t>>(rc::gen::oneOf(nasty, nasty, any)),
                      [](const auto& points) {
                        std::string out;
                        for (const char32_t c : points) out += utf8(c);
                        return out;
                      });
}

TEST(Utf8, OnlyTheOneSpellingOfEachCharacterIsValid) {
  EXPECT_TRUE(valid_utf8("zee\u00EB\u0301 \U0001F30A"));
  for (const auto* bad :
       {"\xC0\x80", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "caf\xE9", "\xF0\x9F\x8C"})
    EXPECT_FALSE(valid_utf8(bad));
}

TEST(Clean, OrdinaryTextStaysAsTyped) {
  EXPECT_EQ(kept("Artikel 3, lid 2: \u201Cde dijkgraaf\u201D\n\n- \u00E9\u00E9n\n\t- twee"),
            "Artikel 3, lid 2: \u201Cde dijkgraaf\u201D\n\n- \u00E9\u00E9n\n\t- twee");
}

TEST(Clean, RefusesWhatIsNotUtf8) {
  EXPECT_EQ(kept("caf\xE9"), "refused: text.encoding");
  EXPECT_EQ(kept(std::string_view("a\0b", 3)), "refused: text.control");
  EXPECT_EQ(kept("a\x1B[2J"), "refused: text.control");
  EXPECT_EQ(kept("a\u009Bb"), "refused: text.control");
  EXPECT_EQ(kept("a\x7F"), "refused: text.control");
}

TEST(Clean, AnAnswerCannotTurnTheOrderOfWhatIsAroundIt) {
  EXPECT_EQ(kept("report\u202Efdp.exe"), "refused: text.override");
  EXPECT_EQ(kept("\u202Dabc"), "refused: text.override");
  EXPECT_EQ(kept("tel. \u202A+31 20\u202C and \u2067\u05D0\u2069"), "tel. +31 20 and \u05D0");
  EXPECT_EQ(kept("\u05D0\u200F!"), "\u05D0\u200F!") << "direction marks reorder nothing outside, and Hebrew needs them";
}

TEST(Clean, EveryLineEndBecomesOneNewline) {
  EXPECT_EQ(kept("a\r\nb\rc\u0085d\u2028e\u2029f"), "a\nb\nc\nd\ne\nf");
  EXPECT_EQ(kept("a\r\nb\tc", Lines::one), "a b c");
  EXPECT_EQ(kept("a\nb", Lines::one), "a b");
}

TEST(Clean, TrimsTheEndsButKeepsTheIndentOfTheFirstLine) {
  EXPECT_EQ(kept("\n  \n    code\nrest \u00A0\n\n"), "    code\nrest");
  EXPECT_EQ(kept(" \u3000 title  ", Lines::one), "title");
}

TEST(Clean, ComposesAccents) { EXPECT_EQ(kept("e\u0301"), "\u00E9"); }

TEST(Clean, RemovesInvisibleCharactersThatHideWords) {
  EXPECT_EQ(kept("sp\u200Bam sp\u200Dam sp\u00ADam sp\uFEFFam sp\u2060am"), "spam spam spam spam spam");
  EXPECT_EQ(kept("a" + utf8(0xE0041) + "b\uFFFE"), "ab");
}

TEST(Clean, KeepsJoinersThatScriptsAndEmojiNeed) {
  for (const std::string_view text :
       {"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "\u0915\u094D\u200D\u0937", "\U0001F469\u200D\U0001F4BB",
        "\U0001F469\U0001F3FD\u200D\U0001F680", "\u2764\uFE0F", "\U0001F3F4\U000E0067\U000E0062\U000E007F",
        "\u1797\u17B6\u179F\u17B6\u200B\u1781\u17D2\u1798\u17C2\u179A"})
    EXPECT_EQ(kept(text), text);
}

TEST(Clean, AnswersThatShowNothingAreEmpty) {
  for (const auto* text : {"\u3164", "\u200E\u200F", "\u00A0\u2003\n", "\u115F\u1160", "\uFE0F", "\u0301"})
    EXPECT_EQ(kept(text), "");
}

TEST(Clean, StackedMarksCannotPrintOverOtherLines) {
  std::string stack = "z";
  for (int i = 0; i < 40; ++i) stack += "\u0335";
  EXPECT_EQ(length(kept(stack)), 9u);
}

RC_GTEST_PROP(Clean, DoingItTwiceChangesNothing, ()) {
  const auto lines = *rc::gen::element(Lines::one, Lines::many);
  const auto once = clean(*any_text(), lines);
  RC_ASSERT(once.has_value());
  RC_ASSERT(valid_utf8(*once));
  RC_ASSERT(clean(*once, lines).value() == *once);
  if (lines == Lines::one) RC_ASSERT(once->find_first_of("\n\r\t") == std::string::npos);
}

RC_GTEST_PROP(Clean, AnyBytesAreCleanedOrRefused, (const std::string& bytes)) {
  const auto result = clean(bytes, Lines::many);
  if (result)
    RC_ASSERT(valid_utf8(*result));
  else
    RC_ASSERT(!valid_utf8(bytes) || result.error().message.key != "text.encoding");
}

TEST(Length, CountsCodePoints) {
  EXPECT_EQ(length(""), 0u);
  EXPECT_EQ(length("e\u0301\U0001F30A"), 3u);
}

TEST(Fold, FindsWordsWithoutCaseAccentsOrWidth) {
  EXPECT_EQ(fold("\u00C5ngstr\u00F6m  STRASSE \uFF21"), "angstrom strasse a");
  EXPECT_EQ(fold("Stra\u00DFe"), fold("STRASSE"));
  EXPECT_EQ(fold("\u0141\u00F3d\u017A \u00D8re \u00C6r\u00F8"), "lodz ore aero");
  EXPECT_EQ(fold("\u039F\u0394\u039F\u03A3"), fold("\u03BF\u03B4\u03CC\u03C2"));
}

TEST(Fold, KeepsMarksThatAreLetters) {
  EXPECT_NE(fold("\u304C"), fold("\u304B"));
  EXPECT_NE(fold("\u0915\u093F"), fold("\u0915\u0941"));
}

RC_GTEST_PROP(Fold, DoingItTwiceChangesNothing, ()) {
  const auto text = clean(*any_text(), Lines::one);
  RC_ASSERT(text.has_value());
  RC_ASSERT(fold(fold(*text)) == fold(*text));
}

TEST(Blot, TakesTheWholeWordHoweverItIsCapitalised) {
  EXPECT_EQ(blot("Reed, REED's and reeds agreed.", "Reed", "#"), "#, #'s and # agreed.");
  EXPECT_EQ(blot("Team of Anna de Boer", "anna DE boer", "#"), "Team of #");
  EXPECT_EQ(blot("@reed @REED", "@reed", "#"), "# #");
  EXPECT_EQ(blot("\u00C9lan \u00E9lan \u0395\u03BB\u03AD\u03BD\u03B7", "\u00C9LAN", "#"),
            "# # \u0395\u03BB\u03AD\u03BD\u03B7");
  EXPECT_EQ(blot("\u6211\u4EEC\u8377\u5170\u961F", "\u8377\u5170", "#"), "\u6211\u4EEC#\u961F");
  EXPECT_EQ(blot("#TeamReed of TUReed", "Reed", "#"), "#Team# of TU#");
  EXPECT_EQ(blot("tel. 061234", "1234", "#"), "tel. 06#");
  EXPECT_EQ(blot("nothing of it", "Reed", "#"), "nothing of it");
  EXPECT_EQ(blot("as it is", "", "#"), "as it is");
}

TEST(Slug, IsFitForAnAddress) {
  EXPECT_EQ(slug("Wet op het water: wat vindt \u00FA?"), "wet-op-het-water-wat-vindt-u");
  EXPECT_EQ(slug("\u041D\u043E\u0432\u044B\u0439 \u0437\u0430\u043A\u043E\u043D"), "novyi-zakon");
  EXPECT_EQ(slug("one two three", 8), "one-two");
  EXPECT_EQ(slug("one two three", 7), "one-two");
  EXPECT_EQ(slug("abcdefghij", 4), "abcd");
  EXPECT_EQ(slug("!?"), "");
}

RC_GTEST_PROP(Slug, HasOnlyLettersDigitsAndSingleHyphens, ()) {
  const auto s = slug(*any_text(), 20);
  RC_ASSERT(s.size() <= 20u);
  RC_ASSERT(s.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
  RC_ASSERT(!s.starts_with('-') && !s.ends_with('-') && s.find("--") == std::string::npos);
}

TEST(Excerpt, CutsBetweenWords) {
  EXPECT_EQ(excerpt("The dike, said  the\nfarmer, holds.", 100), "The dike, said the farmer, holds.");
  EXPECT_EQ(excerpt("The dike, said the farmer, holds.", 12), "The dike\u2026");
  EXPECT_EQ(excerpt("The dike, said the farmer, holds.", 15), "The dike, said\u2026");
  EXPECT_EQ(excerpt("Meervoudigepersoonlijkheidsstoornis", 10), "Meervoudi\u2026");
}

TEST(Excerpt, NeverCutsACharacterInTwo) {
  EXPECT_EQ(excerpt("aa\U0001F469\u200D\U0001F4BBaa", 5), "aa\u2026");
  EXPECT_EQ(excerpt("aaae\u0301aaaa", 5), "aaa\u2026");
}

RC_GTEST_PROP(Excerpt, IsNeverLongerThanAsked, ()) {
  const auto text = clean(*any_text(), Lines::many);
  const auto limit = *rc::gen::inRange<std::size_t>(1, 12);
  RC_ASSERT(length(excerpt(*text, limit)) <= limit);
  RC_ASSERT(valid_utf8(excerpt(*text, limit)));
}

TEST(Email, AcceptsWhatABrowserAccepts) {
  for (const auto* good : {"a@b", "jan.de.vries+water@example.org", "x!#$%&'*+/=?^_`{|}~-@a-b.example"})
    EXPECT_TRUE(is_email(good)) << good;
  for (const auto* bad :
       {"", "@", "a@", "@b", "a b@c", "a@b..c", "a@-b", "a@b-", "a@b@c", "a@b\n", "\"a\"@b", "<a@b>", "a@b,c@d"})
    EXPECT_FALSE(is_email(bad)) << bad;
  EXPECT_FALSE(is_email(std::string(65, 'a') + "@b.c"));
  EXPECT_FALSE(is_email("a@" + std::string(64, 'b') + ".c"));
}

TEST(Email, OneAddressHasOneSpelling) {
  EXPECT_EQ(normal_email("  Jan.de.Vries@Example.ORG "), "jan.de.vries@example.org");
  EXPECT_EQ(normal_email("info@M\u00DCNCHEN.example"), "info@xn--mnchen-3ya.example");
  EXPECT_EQ(normal_email("jos\u00E9@example.org").error().message.key, "text.email");
  EXPECT_EQ(normal_email("a@b\nBcc: c@d").error().message.key, "text.email");
  EXPECT_EQ(normal_email("\xFF@example.org").error().message.key, "text.email");
}

}  // namespace
}  // namespace polder::text
