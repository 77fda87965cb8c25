#include "app/data_folder.h"

#include <gtest/gtest.h>

#include <fstream>

#include "kernel/storage/house_test.h"

namespace polder::app {
namespace {

namespace fs = std::filesystem;

struct DataFolderTest : testing::Test {
  storage::Folder place;
  const fs::path path = place.path() / "data";
  SeededRandom random{3};
};

TEST_F(DataFolderTest, TheSecretIsMadeOnceAndForItsOwnerOnly) {
  std::string first;
  {
    const auto folder = DataFolder::open(path, random);
    ASSERT_TRUE(folder);
    first = folder->secret();
  }
  EXPECT_EQ(first.size(), 32u);
  EXPECT_EQ(fs::status(path / "secret").permissions(), fs::perms::owner_read | fs::perms::owner_write);
  const auto again = DataFolder::open(path, random);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->secret(), first);
}

TEST_F(DataFolderTest, ASecretThatOthersCanReadIsRefused) {
  {
    ASSERT_TRUE(DataFolder::open(path, random));
  }
  fs::permissions(path / "secret", fs::perms::group_read, fs::perm_options::add);
  const auto refused = DataFolder::open(path, random);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.key, "app.secret-open");
}

TEST_F(DataFolderTest, ADamagedSecretIsNeverReplaced) {
  {
    ASSERT_TRUE(DataFolder::open(path, random));
  }
  std::ofstream(path / "secret") << "0123\n";
  const auto refused = DataFolder::open(path, random);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.key, "app.secret-malformed");
  EXPECT_EQ(fs::file_size(path / "secret"), 5u);
}

TEST_F(DataFolderTest, OneProgramAtATime) {
  const auto first = DataFolder::open(path, random);
  ASSERT_TRUE(first);
  const auto second = DataFolder::open(path, random);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message.key, "app.folder-locked");
}

TEST_F(DataFolderTest, AFileInItsPlaceIsSaidToBeOne) {
  std::ofstream(place.path() / "file") << "x";
  const auto refused = DataFolder::open(place.path() / "file", random);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.key, "app.folder-unusable");
}

}  // namespace
}  // namespace polder::app
