#include "kernel/files/name.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "kernel/text/text.h"

namespace polder::files {
namespace {

TEST(Label, IsTheNameWithoutTheWayToIt) {
  EXPECT_EQ(label("report.pdf"), "report.pdf");
  EXPECT_EQ(label("../../etc/passwd"), "passwd");
  EXPECT_EQ(label("C:\\Users\\Jan\\Mijn rapport.docx"), "Mijn rapport.docx");
  EXPECT_EQ(label("/"), "file");
  EXPECT_EQ(label(".."), "file");
  EXPECT_EQ(label(""), "file");
  EXPECT_EQ(label("  .htaccess "), "htaccess");
}

TEST(Label, HoldsNothingThatCannotBeSeenOrTurnsTheOrder) {
  EXPECT_EQ(label("annex\u202Efdp.exe"), "annexfdp.exe");
  EXPECT_EQ(label("a\u2066b\u2069.txt"), "ab.txt");
  EXPECT_EQ(label(std::string("a\0b\r\nX: y\x7f.txt", 14)), "abX: y.txt");
  EXPECT_EQ(label("a\u0085b.txt"), "ab.txt");
  EXPECT_EQ(label("\xff\xfe.txt"), "file") << "no UTF-8";
  EXPECT_EQ(label("Lo\u0308sung.odt"), "L\u00f6sung.odt") << "NFC";
}

TEST(Label, KeepsItsExtensionWhenItIsShortened) {
  const auto name = label(std::string(5'000, 'a') + ".pdf");
  EXPECT_EQ(text::length(label(std::string(300, 'a') + ".pdf")), longest_name);
  EXPECT_TRUE(label(std::string(300, 'a') + ".pdf").ends_with("aaa.pdf"));
  EXPECT_LE(text::length(name), longest_name);
  std::string wide;
  for (int i = 0; i < 300; ++i) wide += "\u00e9";
  EXPECT_EQ(text::length(label(wide + ".md")), longest_name);
}

RC_GTEST_PROP(Label, OfAnyBytesIsAShortNameThatIsNoPath, (const std::string& sent)) {
  const auto name = label(sent);
  RC_ASSERT(!name.empty() && text::valid_utf8(name) && text::length(name) <= longest_name);
  RC_ASSERT(name.find_first_of("/\\") == name.npos && name != ".." && name.front() != '.');
  for (const unsigned char c : name) RC_ASSERT(c >= 0x20 && c != 0x7f);
  RC_ASSERT(label(name) == name);
}

TEST(Extension, IsWhatFollowsTheLastDot) {
  EXPECT_EQ(extension("a.PDF"), "pdf");
  EXPECT_EQ(extension("a.tar.gz"), "gz");
  EXPECT_EQ(extension("pdf"), "");
  EXPECT_EQ(extension("a.p df"), "");
  EXPECT_EQ(extension("a."), "");
}

TEST(Attachment, NamesTheFileForEveryBrowser) {
  EXPECT_EQ(attachment("report.pdf"), "attachment; filename=\"report.pdf\"");
  EXPECT_EQ(attachment("Lösung 5%.pdf"),
            "attachment; filename=\"L_sung 5_.pdf\"; filename*=UTF-8''L%C3%B6sung%205%25.pdf");
  EXPECT_EQ(attachment("a\"; filename=\"b.exe"),
            "attachment; filename=\"a__ filename=_b.exe\"; filename*=UTF-8''a%22%3B%20filename%3D%22b.exe");
}

}  // namespace
}  // namespace polder::files
