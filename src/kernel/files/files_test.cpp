#include "kernel/files/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <fstream>
#include <set>

#include "kernel/base/encode.h"

namespace polder::files {
namespace {

namespace fs = std::filesystem;

constexpr Time noon{1'795'000'000'000};

/// A data folder of the test's own, and the store in it.
class FilesTest : public testing::Test {
 protected:
  FilesTest() {
    std::string name = (fs::temp_directory_path() / "polder-files-XXXXXX").string();
    data = ::mkdtemp(name.data());
  }
  ~FilesTest() override { fs::remove_all(data); }

  Files open(std::uint64_t reserve = 0) {
    auto files = Files::open(data, clock, random, "the server's secret", reserve);
    EXPECT_TRUE(files) << (files ? "" : files.error().cause);
    return *std::move(files);
  }
  static Incoming sent(Files& files, std::string_view bytes) {
    auto incoming = files.receive();
    EXPECT_TRUE(incoming);
    EXPECT_TRUE(incoming->write(bytes));
    return *std::move(incoming);
  }
  static std::string all(const Reading& reading, std::size_t step = 3) {
    std::string whole, piece;
    do {
      reading.read(whole.size(), step, piece);
      whole += piece;
    } while (!piece.empty());
    return whole;
  }
  std::size_t count(const char* folder) const {
    std::size_t n = 0;
    for (const auto& at : fs::recursive_directory_iterator(data / folder)) n += at.is_regular_file() ? 1 : 0;
    return n;
  }

  fs::path data;
  ManualClock clock{noon};
  SeededRandom random{1};
};

TEST_F(FilesTest, WhatWasKeptIsReadBackAfterTheProgramHasStartedAgain) {
  Stored stored;
  {
    auto files = open();
    auto incoming = sent(files, "hello ");
    ASSERT_TRUE(incoming.write("world"));
    stored = files.keep(std::move(incoming)).value();
    EXPECT_EQ(count("incoming"), 0u);
  }
  EXPECT_EQ(stored.size, 11u);
  EXPECT_EQ(stored.sha256, crypto::sha256("hello world"));
  const auto files = open();
  const auto reading = files.read(stored.id);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->size(), 11u);
  EXPECT_EQ(all(*reading), "hello world");
  std::string piece;
  reading->read(6, 100, piece);
  EXPECT_EQ(piece, "world");
  reading->read(11, 5, piece);
  EXPECT_EQ(piece, "");
  reading->read(~0ull, 5, piece);
  EXPECT_EQ(piece, "");
}

TEST_F(FilesTest, WhatWasNotKeptLeavesNothingBehind) {
  auto files = open();
  {
    auto given_up = sent(files, "half of it");
    auto moved = std::move(given_up);
    auto other = sent(files, "other");
    other = std::move(moved);
    EXPECT_GE(count("incoming"), 1u);
  }
  EXPECT_EQ(count("incoming"), 0u);
  std::ofstream(data / "incoming" / "left-by-a-crash") << "half";
  fs::create_directory(data / "incoming" / "folder");
  open();
  EXPECT_TRUE(fs::is_empty(data / "incoming"));
}

TEST_F(FilesTest, NoPathTellsWhatAFileIsAndNobodyElseMayReadIt) {
  auto files = open();
  std::set<std::string> ids;
  for (int i = 0; i < 100; ++i) ids.insert(files.keep(sent(files, "the same")).value().id);
  EXPECT_EQ(ids.size(), 100u) << "the same bytes from two people are two files";
  for (const auto& id : ids) {
    EXPECT_THAT(id, testing::MatchesRegex("[0-9a-f]{32}"));
    struct stat about{};
    ASSERT_EQ(::stat((data / "files" / id.substr(0, 2) / id).c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
  }
  struct stat about{};
  ASSERT_EQ(::stat((data / "files").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700u);
}

TEST_F(FilesTest, AnIdThatIsNoneReachesNoFile) {
  auto files = open();
  std::ofstream(data / "secret") << "key";
  for (const std::string id : {"", "..", "../secret", "/etc/passwd", "aa/../../../secret",
                               "0123456789abcdef0123456789abcde", "0123456789ABCDEF0123456789ABCDEF"}) {
    const auto reading = files.read(id);
    ASSERT_FALSE(reading) << id;
    EXPECT_EQ(reading.error().why, Why::not_found);
    EXPECT_TRUE(files.remove(id));
  }
  EXPECT_TRUE(fs::exists(data / "secret"));
  // Somebody with the run of the folder could place a link; it is not followed.
  const std::string id(32, 'a');
  fs::create_directory(data / "files" / "aa");
  fs::create_symlink(data / "secret", data / "files" / "aa" / id);
  EXPECT_FALSE(files.read(id));
}

TEST_F(FilesTest, ARemovedFileIsGoneAndWhoReadsItReadsToTheEnd) {
  auto files = open();
  const auto stored = files.keep(sent(files, "soon gone")).value();
  const auto reading = files.read(stored.id);
  ASSERT_TRUE(reading);
  EXPECT_TRUE(files.remove(stored.id));
  EXPECT_TRUE(files.remove(stored.id)) << "twice is once";
  EXPECT_EQ(count("files"), 0u);
  EXPECT_EQ(files.read(stored.id).error().why, Why::not_found);
  EXPECT_EQ(all(*reading), "soon gone");
}

TEST_F(FilesTest, OnlyFilesThatNoRowKnowsAndNobodyCanClaimAnyMoreAreSwept) {
  auto files = open();
  const auto known = files.keep(sent(files, "named by a row")).value();
  const auto orphan = files.keep(sent(files, "its act never happened")).value();
  clock.advance(unclaimed_life_ms);
  const auto young = files.keep(sent(files, "its act is on its way")).value();
  std::vector<std::string> asked;
  const auto knows = [&](std::string_view id) {
    asked.emplace_back(id);
    return id == known.id;
  };
  EXPECT_EQ(files.sweep(knows, clock.now() - unclaimed_life_ms), 0u) << "not yet";
  clock.advance(1);
  EXPECT_EQ(files.sweep(knows, clock.now() - unclaimed_life_ms), 1u);
  EXPECT_FALSE(files.read(orphan.id));
  EXPECT_TRUE(files.read(known.id));
  EXPECT_TRUE(files.read(young.id));
  EXPECT_THAT(asked, testing::UnorderedElementsAre(known.id, orphan.id));
  EXPECT_LT(ticket_life_ms, unclaimed_life_ms) << "what can be claimed is never swept";
}

TEST_F(FilesTest, ATicketSaysWhatWasKeptAndCannotBeMadeUp) {
  auto files = open();
  const auto stored = files.keep(sent(files, "a solution")).value();
  const auto ticket = files.ticket(stored, "Lösung „neu“.pdf");
  const auto claim = files.redeem(ticket);
  ASSERT_TRUE(claim);
  EXPECT_EQ(*claim, (Claim{stored, "Lösung „neu“.pdf"}));
  EXPECT_TRUE(open().redeem(ticket)) << "after a start too";
  auto bytes = unbase64url(ticket).value();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto forged = bytes;
    forged[i] = char(forged[i] ^ 1);
    EXPECT_FALSE(files.redeem(base64url(forged))) << i;
    EXPECT_FALSE(files.redeem(base64url(bytes.substr(0, i)))) << i;
  }
  const auto elsewhere = Files::open(data, clock, random, "another server's secret", 0).value();
  EXPECT_FALSE(elsewhere.redeem(ticket));
  for (const auto* word : {"", "x", "not a ticket", stored.id.c_str()}) EXPECT_FALSE(files.redeem(word));
  clock.advance(ticket_life_ms);
  EXPECT_TRUE(files.redeem(ticket));
  clock.advance(1);
  EXPECT_EQ(files.redeem(ticket).error().message.key, "files.gone");
  clock.set(noon);
  ASSERT_TRUE(files.remove(stored.id));
  EXPECT_EQ(files.redeem(ticket).error().message.key, "files.gone");
}

// ---- The disk's faults ----

TEST_F(FilesTest, TheDatabasesReserveOfTheDiskIsNeverTaken) {
  auto files = open(std::uint64_t(1) << 62);
  auto incoming = files.receive();
  ASSERT_TRUE(incoming);
  const auto written = incoming->write("one byte");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().why, Why::unavailable);
  EXPECT_EQ(written.error().message.key, "files.no-room");
}

TEST_F(FilesTest, AFullDiskIsSaidAndLeavesNothing) {
  if (::mount("polder-test", data.c_str(), "tmpfs", 0, "size=4m") != 0)
    GTEST_SKIP() << "skipped: only root may mount a small disk";
  {
    auto files = open();
    const auto kept = files.keep(sent(files, "kept before the disk was full")).value();
    {
      auto incoming = files.receive().value();
      Done written;
      const std::string megabyte(1 << 20, 'x');
      for (int i = 0; i < 8 && written; ++i) written = incoming.write(megabyte);
      ASSERT_FALSE(written);
      EXPECT_EQ(written.error().why, Why::unavailable);
      EXPECT_EQ(written.error().message.key, "files.no-room");
    }
    EXPECT_EQ(count("incoming"), 0u);
    EXPECT_EQ(all(files.read(kept.id).value()), "kept before the disk was full");
    EXPECT_TRUE(files.keep(sent(files, "there is room again")));
  }
  EXPECT_EQ(::umount(data.c_str()), 0);
}

TEST_F(FilesTest, AFolderThatCannotBeUsedIsRefusedAtTheStart) {
  std::ofstream(data / "files") << "in the way";
  const auto files = Files::open(data, clock, random, "secret", 0);
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().why, Why::unavailable);
}

TEST_F(FilesTest, WhatCannotBeMovedIntoPlaceIsNotCalledKept) {
  auto files = open();
  auto incoming = sent(files, "bytes");
  fs::remove_all(data / "files");
  std::ofstream(data / "files") << "in the way";
  EXPECT_FALSE(files.keep(std::move(incoming)));
  EXPECT_EQ(count("incoming"), 0u);
}

TEST_F(FilesTest, AFileThatLostItsEndIsAnErrorAndNotAShorterFile) {
  auto files = open();
  const auto stored = files.keep(sent(files, "0123456789")).value();
  const auto reading = files.read(stored.id).value();
  fs::resize_file(data / "files" / stored.id.substr(0, 2) / stored.id, 4);
  std::string piece;
  EXPECT_THROW(reading.read(0, 10, piece), std::system_error);
}

}  // namespace
}  // namespace polder::files
