#include "kernel/base/embedded.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

namespace polder {
namespace {

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Embedded, FilesAreSortedSoThatAFolderStandsTogether) {
  const auto files = embedded();
  ASSERT_FALSE(files.empty());
  EXPECT_TRUE(std::ranges::is_sorted(files, {}, &EmbeddedFile::path));
  EXPECT_EQ(std::ranges::adjacent_find(files, {}, &EmbeddedFile::path), files.end()) << "two files with one name";
}

TEST(Embedded, EveryAssetOfTheManifestTravelsInTheProgram) {
  const auto manifest = embedded("assets/manifest.json");
  ASSERT_TRUE(manifest);
  std::size_t named = 0;
  for (const auto& file : embedded_below("assets/")) {
    const auto name = std::string(file.path.substr(7));
    if (name == "manifest.json") continue;
    EXPECT_NE(manifest->find(": \"" + name + '"'), std::string_view::npos) << name << " is not in the manifest";
    ++named;
  }
  EXPECT_EQ(named, static_cast<std::size_t>(std::ranges::count(*manifest, ':')));
}

TEST(Embedded, BytesAreTheFilesOwn) {
  for (const auto& file : embedded_below("charters/")) {
    EXPECT_EQ(file.bytes, read(std::string(file.path))) << file.path;
  }
  const auto passwords = embedded("passwords.txt");
  ASSERT_TRUE(passwords);
  EXPECT_TRUE(passwords->ends_with('\n'));
  EXPECT_NE(passwords->find("\npassword\n"), std::string_view::npos);
}

TEST(Embedded, AnUnknownPathIsNothing) {
  EXPECT_EQ(embedded("assets/none.css"), std::nullopt);
  EXPECT_EQ(embedded(""), std::nullopt);
  EXPECT_TRUE(embedded_below("nowhere/").empty());
  EXPECT_EQ(embedded_below("").size(), embedded().size());
}

}  // namespace
}  // namespace polder
