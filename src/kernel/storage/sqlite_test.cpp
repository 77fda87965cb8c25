// What SQLite must hold when the world fails: killed programs, power cuts, full and broken disks, other programs.
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "kernel/storage/house_test.h"
#include "kernel/storage/sqlite_faults_test.h"

namespace polder::storage {
namespace {

constexpr Statement put{"test.put", "INSERT INTO notes (id, words) VALUES ($1, $2)"};
constexpr Statement has{"test.has", "SELECT count(*) FROM notes WHERE id = $1"};
constexpr Statement count{"test.count", "SELECT count(*) FROM notes"};
const Migration notes{"test", 1, "notes", "CREATE TABLE notes (id BIGINT PRIMARY KEY, words TEXT);"};

class Sqlite : public testing::Test {
 protected:
  void SetUp() override { FrailDisk::get().reset(); }

  std::string path() const { return (folder_.path() / "polder.db").string(); }
  static std::unique_ptr<Database> open(Options options) {
    auto db = Database::open(options);
    EXPECT_TRUE(db) << db.error().message.key << ": " << db.error().cause;
    EXPECT_TRUE((*db)->migrate({&notes, 1}));
    return std::move(*db);
  }
  std::unique_ptr<Database> open() { return open({.url = path()}); }
  std::unique_ptr<Database> open_frail() { return open({.url = path(), .sqlite_vfs = FrailDisk::name}); }

  static void write(Database& db, std::int64_t id, const std::string& words = "words") {
    (void)db.write([&](WriteTx& tx) -> Result<std::int64_t> { return tx.exec(put, id, words); });
  }
  static std::int64_t rows(Database& db) {
    return db.read([](ReadTx& tx) { return *tx.value<std::int64_t>(count); });
  }
  static bool holds(Database& db, std::int64_t id) {
    return db.read([&](ReadTx& tx) { return tx.value<std::int64_t>(has, id) == 1; });
  }

  Folder folder_;
};

TEST_F(Sqlite, TheSettingsThatDurabilityAndErasureRestOnHold) {
  const auto db = open();
  const auto setting = [&](const std::string& name) {
    return *db->write(
        [&](WriteTx& tx) -> Result<std::int64_t> { return *tx.value<std::int64_t>({name, "PRAGMA " + name}); });
  };
  EXPECT_EQ(setting("synchronous"), 2) << "FULL";
  EXPECT_EQ(setting("secure_delete"), 1);
  EXPECT_EQ(setting("foreign_keys"), 1);
  EXPECT_EQ(setting("auto_vacuum"), 2) << "INCREMENTAL";
  EXPECT_EQ(setting("trusted_schema"), 0);
  EXPECT_EQ(setting("mmap_size"), 0);
  EXPECT_EQ(db->read([](ReadTx& tx) { return tx.value<std::string>({"test.mode", "PRAGMA journal_mode"}); }), "wal");
}

TEST_F(Sqlite, ASecondProgramOnTheSameFileIsRefused) {
  auto db = open();
  const auto second = Database::open({.url = "sqlite:" + path()});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message.key, "storage.locked");
  write(*db, 1);
  db.reset();
  EXPECT_EQ(rows(*open()), 1);
}

TEST_F(Sqlite, WhatCannotBeOpenedIsRefusedWithItsPlace) {
  std::ofstream(folder_.path() / "letter.txt") << std::string(5'000, 'x');
  for (const auto& bad : {folder_.path() / "none" / "a.db", folder_.path() / "letter.txt"}) {
    const auto db = Database::open({.url = bad.string()});
    ASSERT_FALSE(db);
    EXPECT_EQ(db.error().message.key, "storage.open-failed");
    EXPECT_EQ(std::get<std::string>(db.error().message.args[0].second), bad.string());
  }
  EXPECT_FALSE(Database::open({.url = ":memory:"}));
  EXPECT_EQ(Database::open({.url = "mysql://db.example/polder"}).error().message.key, "storage.unknown-kind");
  EXPECT_FALSE(Database::open({.url = ""}));
}

TEST_F(Sqlite, WhatWasAcknowledgedSurvivesKill9) {
  int acknowledged[2];
  ASSERT_EQ(::pipe(acknowledged), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto db = open();
    std::vector<std::thread> threads;
    for (std::int64_t who = 0; who < 4; ++who) {
      threads.emplace_back([&, who] {
        for (std::int64_t i = 0;; ++i) {
          const std::int64_t id = who * 1'000'000 + i;
          write(*db, id, std::string(500, 'x'));
          if (::write(acknowledged[1], &id, sizeof id) != sizeof id) ::_exit(1);
        }
      });
    }
    for (auto& thread : threads) thread.join();
  }
  ::close(acknowledged[1]);
  std::vector<std::int64_t> ids;
  std::int64_t id = 0;
  while (ids.size() < 300 && ::read(acknowledged[0], &id, sizeof id) == sizeof id) ids.push_back(id);
  ::kill(child, SIGKILL);
  while (::read(acknowledged[0], &id, sizeof id) == sizeof id) ids.push_back(id);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(acknowledged[0]);
  ASSERT_TRUE(WIFSIGNALED(status));
  ASSERT_GE(ids.size(), 300u);
  const auto db = open();
  for (const auto one : ids) EXPECT_TRUE(holds(*db, one)) << one;
}

TEST_F(Sqlite, WhatWasAcknowledgedSurvivesAPowerCut) {
  std::mt19937 chance(20261122);
  const auto db = open_frail();
  std::mutex lock;
  std::set<std::int64_t> acknowledged;
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  for (std::int64_t who = 0; who < 4; ++who) {
    threads.emplace_back([&, who] {
      for (std::int64_t i = 0; !stop; ++i) {
        write(*db, who * 1'000'000 + i, std::string(3'000, 'x'));
        std::lock_guard hold(lock);
        acknowledged.insert(who * 1'000'000 + i);
      }
    });
  }
  for (int cut = 1; cut <= 12; ++cut) {
    const auto known = [&] {
      std::lock_guard hold(lock);
      return acknowledged;
    };
    while (known().size() < std::size_t(cut) * 60) std::this_thread::yield();
    const auto before = known();
    const Folder after;
    FrailDisk::get().power_cut(after.path(), chance);
    const auto again = open({.url = (after.path() / "polder.db").string()});
    for (const auto id : before) EXPECT_TRUE(holds(*again, id)) << "cut " << cut << ", note " << id;
    EXPECT_EQ(again->read([](ReadTx& tx) { return tx.value<std::string>({"test.whole", "PRAGMA integrity_check"}); }),
              "ok");
  }
  stop = true;
  for (auto& thread : threads) thread.join();
}

TEST_F(Sqlite, OnAFullDiskWhatDoesNotFitIsToldAndTheRestGoesOn) {
  auto db = open_frail();
  write(*db, 1);
  FrailDisk::get().set_room(200'000);
  EXPECT_THROW(write(*db, 2, std::string(40'000'000, 'x')), Unavailable);
  write(*db, 3);
  EXPECT_EQ(rows(*db), 2) << "nothing was lost, nothing half kept";
  FrailDisk::get().set_room(INT64_MAX);
  write(*db, 2, std::string(1'000'000, 'x'));
  db.reset();
  EXPECT_EQ(rows(*open()), 3);
}

TEST_F(Sqlite, AFileThatMayNotGrowNeverLeadsToAFalseAcknowledgement) {
  write(*open(), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const auto db = open();
    const rlimit limit{400'000, 400'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int last = 0;
    try {
      for (int i = 1; i < 100'000; ++i) {
        write(*db, i, std::string(2'000, 'x'));
        last = i;
      }
    } catch (const Unavailable&) {
      try {
        write(*db, 200'000);
      } catch (const Unavailable&) {
        ::_exit(rows(*db) == last + 1 ? std::min(last, 200) : 255);
      }
    }
    ::_exit(255);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  const int acknowledged = WEXITSTATUS(status);
  ASSERT_GT(acknowledged, 0);
  ASSERT_LT(acknowledged, 255) << "reading goes on, writing is refused honestly";
  const auto db = open();
  for (int i = 0; i <= acknowledged; ++i) EXPECT_TRUE(holds(*db, i)) << i;
  write(*db, 300'000);
}

TEST_F(Sqlite, AfterAFailedSyncNothingIsWrittenUntilItIsOpenedAgain) {
  auto db = open_frail();
  write(*db, 1);
  FrailDisk::get().fail_syncs("-wal", 1);
  EXPECT_THROW(write(*db, 2), Unavailable);
  EXPECT_THROW(write(*db, 3), Unavailable) << "though the disk says that all is well again";
  EXPECT_THROW(db->scrub({}), Unavailable);
  EXPECT_EQ(rows(*db), 1) << "reading goes on";
  db.reset();
  db = open_frail();
  EXPECT_TRUE(holds(*db, 1));
  write(*db, 4);
}

TEST_F(Sqlite, AFailedSyncOfACheckpointStopsWritingToo) {
  auto db = open_frail();
  FrailDisk::get().fail_syncs("polder.db", 1);
  std::vector<std::int64_t> acknowledged;
  try {
    for (std::int64_t i = 0; i < 3'000; ++i) {
      write(*db, i, std::string(20'000, 'x'));
      acknowledged.push_back(i);
    }
    FAIL() << "there was no checkpoint";
  } catch (const Unavailable&) {
  }
  db.reset();
  db = open_frail();
  for (const auto id : acknowledged) EXPECT_TRUE(holds(*db, id)) << id;
}

TEST_F(Sqlite, AForeignProgramThatHoldsTheFileIsWaitedForAWhile) {
  const auto db = open({.url = path(), .patience = std::chrono::milliseconds(60)});
  sqlite3* foreign = nullptr;
  ASSERT_EQ(sqlite3_open(path().c_str(), &foreign), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(foreign, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_THROW(write(*db, 1), Unavailable);
  EXPECT_EQ(rows(*db), 0) << "reading does not wait";
  sqlite3_exec(foreign, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_close(foreign);
  write(*db, 1);
  EXPECT_EQ(rows(*db), 1);
}

TEST_F(Sqlite, TheLogIsCopiedIntoTheFileAsItGrows) {
  const auto db = open();
  for (std::int64_t i = 0; i < 400; ++i) write(*db, i, std::string(100'000, 'x'));
  EXPECT_LT(std::filesystem::file_size(path() + "-wal"), 20'000'000u) << "of 40 MB written";
}

TEST_F(Sqlite, AWordInDoubleQuotesIsAColumnAndNeverText) {
  const auto db = open();
  EXPECT_THROW(db->read([](ReadTx& tx) { tx.value<std::string>({"test.quotes", "SELECT \"nothing\" FROM notes"}); }),
               std::logic_error);
}

}  // namespace
}  // namespace polder::storage
