#include "kernel/files/type.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace polder::files {
namespace {

using std::string_literals::operator""s;

const std::vector<std::string> all = {"pdf", "png",  "jpg", "mp4",  "csv", "txt",
                                      "md",  "json", "zip", "docx", "odt", "ods"};
constexpr std::string_view pdf = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<<>>\nendobj\n";
constexpr std::string_view png = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0";

/// The head of a ZIP's entry with this name and content, stored (APPNOTE §4.3.7).
std::string zip_with(std::string_view name, std::string_view content = "") {
  const auto n2 = [](std::size_t n) { return std::string{char(n & 0xff), char(n >> 8)}; };
  const auto n4 = [&](std::size_t n) { return n2(n & 0xffff) + n2(n >> 16); };
  std::string out = "PK\x03\x04" + n2(20) + n2(0) + n2(0) + n4(0x5a21'0000) + n4(0) + n4(content.size());
  return out + n4(content.size()) + n2(name.size()) + n2(0) + std::string(name) + std::string(content);
}

std::string said(const Types& types, std::string_view name, std::string_view bytes) {
  const auto kind = types.check(name, bytes, all);
  return kind ? std::string(kind->mime) : kind.error().message.key;
}

TEST(Type, IsWhatStandsInTheFileAndOnItsName) {
  const Types types;
  EXPECT_EQ(said(types, "a.pdf", pdf), "application/pdf");
  EXPECT_EQ(said(types, "A.PNG", std::string_view(png.data(), 26)), "image/png");
  EXPECT_EQ(said(types, "a.jpeg", "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"s), "image/jpeg");
  EXPECT_EQ(said(types, "a.mp4",
                 "\0\0\0\x18"
                 "ftypmp42\0\0\0\0mp42isom"s),
            "video/mp4");
  EXPECT_EQ(said(types, "a.csv", "name;sum\r\nJan;5\r\n"), "text/csv; charset=utf-8");
  EXPECT_EQ(said(types, "a.md", "<h1>Words</h1> that look like HTML, but are given out as what they say they are"),
            "text/markdown; charset=utf-8");
  EXPECT_EQ(said(types, "a.txt", "Caf\xc3\xa9\n"), "text/plain; charset=utf-8");
  EXPECT_EQ(said(types, "a.txt", "#!/bin/sh\necho\n"), "text/plain; charset=utf-8");
  for (const auto* few : {"1", "12", "a\n"}) EXPECT_EQ(said(types, "a.txt", few), "text/plain; charset=utf-8") << few;
  EXPECT_EQ(said(types, "a.json", "{\"a\": 1}\n"), "application/json");
  EXPECT_EQ(said(types, "a.zip", zip_with("a.txt", "hello")), "application/zip");
}

TEST(Type, OfOfficeFilesIsFoundWhoeverMadeThem) {
  const Types types;
  constexpr std::string_view odt = "application/vnd.oasis.opendocument.text";
  EXPECT_EQ(said(types, "a.odt", zip_with("mimetype", odt)), odt);
  EXPECT_EQ(said(types, "a.ods", zip_with("mimetype", odt)), "files.type-differs") << "a text is no table";
  const auto word = zip_with("[Content_Types].xml", "<Types/>") + zip_with("_rels/.rels", "<R/>") +
                    zip_with("word/document.xml", "<w/>");
  EXPECT_THAT(said(types, "a.docx", word), testing::EndsWith("wordprocessingml.document"));
  EXPECT_THAT(said(types, "a.docx", zip_with("docProps/app.xml", "<a/>")),
              testing::EndsWith("wordprocessingml.document"))
      << "its first entries do not tell";
  EXPECT_EQ(said(types, "a.zip", word), "application/zip");
}

TEST(Type, ThatDiffersFromTheNameIsRefused) {
  const Types types;
  const std::string program =
      "\x7f"
      "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0\1\0\0\0"s +
      std::string(100, '\0');
  for (const auto* name : {"a.pdf", "a.png", "a.jpg", "a.mp4", "a.csv", "a.txt", "a.md", "a.json", "a.zip", "a.docx"})
    EXPECT_EQ(said(types, name, program), "files.type-differs") << name;
  EXPECT_EQ(said(types, "a.png", pdf), "files.type-differs");
  EXPECT_EQ(said(types, "a.pdf", "<html><script>alert(1)</script></html>"), "files.type-differs");
  EXPECT_EQ(said(types, "a.zip", "Rar!\x1a\7\0 and more"s), "files.type-differs");
  EXPECT_EQ(said(types, "a.txt", std::string(300, '\0')), "files.type-differs");
}

TEST(Type, ThatIsNotAskedForIsRefusedWithWhatIs) {
  const Types types;
  for (const auto* name : {"a.exe", "a", "a.html", "a.svg", "a.pdf.exe", "pdf"}) {
    const auto kind = types.check(name, pdf, all);
    ASSERT_FALSE(kind) << name;
    EXPECT_EQ(kind.error().message.key, "files.type-not-taken");
  }
  const std::vector<std::string> only_pdf = {"pdf"};
  const auto kind = types.check("a.png", png, only_pdf);
  ASSERT_FALSE(kind);
  EXPECT_THAT(kind.error().message.args, testing::Contains(testing::Pair("kinds", MessageArg("pdf"s))));
}

TEST(Type, OfRealDocumentsIsFound) {
  const std::filesystem::path folder = "../shared/data";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "skipped: ../shared/data is absent";
  const Types types;
  std::size_t seen = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    const auto extension = file.path().extension().string();
    if (!file.is_regular_file() || extension.empty() || std::ranges::find(all, extension.substr(1)) == all.end())
      continue;
    std::string bytes(sample_size, 0);
    std::ifstream in(file.path(), std::ios::binary);
    bytes.resize(std::size_t(in.read(bytes.data(), std::streamsize(bytes.size())).gcount()));
    if (bytes.empty()) continue;
    const auto kind = types.check(file.path().filename().string(), bytes, all);
    EXPECT_TRUE(kind) << file.path() << ": " << kind.error().cause;
    if (++seen == 2'000) break;
  }
  EXPECT_GT(seen, 0u);
}

}  // namespace
}  // namespace polder::files
