// What every room relies on, held on both databases by the same tests. PostgreSQL takes part when POLDER_TEST_POSTGRES
// holds the URL of a database in which schemas may be made.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <future>
#include <latch>
#include <limits>
#include <stdexcept>

#include "kernel/storage/house_test.h"

namespace polder::storage {
namespace {

constexpr auto things = R"(CREATE TABLE things (
  id BIGINT PRIMARY KEY,
  name TEXT UNIQUE,
  size DOUBLE PRECISION CHECK (size >= 0),
  open BOOLEAN NOT NULL DEFAULT FALSE,
  bytes BYTEA,
  parent BIGINT REFERENCES things (id)
);
CREATE TABLE log (n BIGINT PRIMARY KEY, who BIGINT NOT NULL, turn BIGINT NOT NULL);
)";

constexpr Statement put{"test.put",
                        "INSERT INTO things (id, name, size, open, bytes, parent) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Statement put_name{"test.put-name", "INSERT INTO things (id, name) VALUES ($1, $2)"};
constexpr Statement count{"test.count", "SELECT count(*) FROM things"};
constexpr Statement names{"test.names", "SELECT name FROM things ORDER BY id"};
constexpr Statement get{"test.get", "SELECT id, name, size, open, bytes, parent FROM things WHERE id = $1"};

struct Thing {
  std::int64_t id;
  std::optional<std::string> name;
  std::optional<double> size;
  bool open;
  std::optional<Blob> bytes;
  std::optional<Id> parent;
  bool operator==(const Thing&) const = default;
};

Thing decode(const Row& row) {
  return {row.get<std::int64_t>(0), row.get<std::optional<std::string>>(1), row.get<std::optional<double>>(2),
          row.get<bool>(3),         row.get<std::optional<Blob>>(4),        row.get<std::optional<Id>>(5)};
}

std::int64_t insert(WriteTx& tx, const Thing& t) {
  return tx.exec(put, t.id, t.name, t.size, t.open, t.bytes, t.parent);
}

auto row_count(ReadTx& tx) { return *tx.value<std::int64_t>(count); }

auto no() { return refuse(Why::conflict, {"test.no"}); }

class Conformance : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    house_ = House::build(GetParam());
    if (!house_) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
    reopen();
    const Migration first[] = {{"test", 1, "things", things}};
    ASSERT_TRUE(db_->migrate(first));
  }
  void TearDown() override {
    db_.reset();
    house_.reset();
  }
  void reopen(Options options = {}) {
    db_.reset();
    options.url = house_->url();
    auto opened = Database::open(options);
    ASSERT_TRUE(opened) << opened.error().message.key << ": " << opened.error().cause;
    db_ = std::move(*opened);
  }
  std::int64_t rows() { return db_->read(row_count); }
  std::optional<Thing> thing(std::int64_t id) {
    return db_->read([&](ReadTx& tx) { return tx.one<Thing>(get, decode, id); });
  }
  /// Names a thing, in a write of its own.
  Result<bool> name(std::int64_t id, const std::string& text) {
    return db_->write([&](WriteTx& tx) -> Result<bool> { return tx.exec(put_name, id, text) == 1; });
  }

  /// Holds the writer in a write until all of `writes` have queued behind it, so that they become one batch.
  void together(const std::vector<std::function<void()>>& writes) {
    std::latch started(1), go(1);
    std::vector<std::thread> threads;
    threads.emplace_back([&] {
      db_->write([&](WriteTx&) -> Result<int> {
        started.count_down();
        go.wait();
        return no();
      });
    });
    started.wait();
    for (std::size_t i = 0; i < writes.size(); ++i) {
      threads.emplace_back(writes[i]);
      while (db_->figures().waiting <= i) std::this_thread::yield();
    }
    go.count_down();
    for (auto& thread : threads) thread.join();
  }

  std::unique_ptr<House> house_;
  std::unique_ptr<Database> db_;
};

INSTANTIATE_TEST_SUITE_P(Both, Conformance, testing::Values("sqlite", "postgres"),
                         [](const auto& which) { return which.param; });

// ---- values ----

TEST_P(Conformance, EveryValueComesBackAsItWent) {
  const std::vector<Thing> all = {
      {1, "Zuiderzee", 0.1, true, Blob{std::string("a\0b\xff", 4)}, {}},
      {std::numeric_limits<std::int64_t>::max(), "👩🏽‍🌾 é \u0301 \n\t'\"$1", 1e308, false, Blob{""}, Id{1}},
      {std::numeric_limits<std::int64_t>::min(), "", 0.0, false, {}, Id{std::numeric_limits<std::int64_t>::max()}},
      {-1, {}, {}, true, Blob{std::string(100'000, '\0')}, {}},
      {0, std::string(200'000, 'x'), std::numeric_limits<double>::denorm_min(), true, {}, {}}};
  db_->write([&](WriteTx& tx) -> Result<int> {
    for (const auto& t : all) EXPECT_EQ(insert(tx, t), 1);
    return 1;
  });
  for (const auto& t : all) EXPECT_EQ(thing(t.id), t) << t.id;
}

TEST_P(Conformance, EmptyIsNotNull) {
  db_->write([&](WriteTx& tx) -> Result<int> {
    insert(tx, {1, "", {}, false, Blob{}, {}});
    insert(tx, {2, {}, {}, false, {}, {}});
    return 1;
  });
  EXPECT_EQ(thing(1)->name, "");
  EXPECT_EQ(thing(1)->bytes, Blob{});
  EXPECT_EQ(thing(2)->name, std::nullopt);
  EXPECT_EQ(thing(2)->bytes, std::nullopt);
}

TEST_P(Conformance, AnyBytesAndNumbersComeBack) {
  constexpr Statement echo{"test.echo", "SELECT CAST($1 AS BIGINT), CAST($2 AS DOUBLE PRECISION), $3, $4"};
  EXPECT_TRUE(rc::check([&] {
    const auto number = *rc::gen::arbitrary<std::int64_t>();
    const auto real = *rc::gen::arbitrary<double>();
    RC_PRE(real == real);
    const Blob bytes{*rc::gen::arbitrary<std::string>()};
    const auto flag = *rc::gen::arbitrary<bool>();
    db_->read([&](ReadTx& tx) {
      tx.each(
          echo,
          [&](const Row& row) {
            RC_ASSERT(row.get<std::int64_t>(0) == number);
            RC_ASSERT(row.get<double>(1) == real);
            RC_ASSERT(row.get<Blob>(2) == bytes);
            RC_ASSERT(row.get<bool>(3) == flag);
          },
          number, real, bytes, flag);
    });
  }));
}

TEST_P(Conformance, TextThatOnlyOneDatabaseTakesIsRefusedByBoth) {
  for (const auto& bad : {std::string("a\0b", 3), std::string("\xff"), std::string("\xc0\x80"),
                          std::string("\xed\xa0\x80"), std::string("\xf4\x90\x80\x80"), std::string("\xe2\x82")}) {
    EXPECT_THROW((void)name(1, bad), std::logic_error);
  }
  EXPECT_THROW((void)db_->write([&](WriteTx& tx) -> Result<std::int64_t> {
    return insert(tx, {1, "nan", std::numeric_limits<double>::quiet_NaN(), false, {}, {}});
  }),
               std::logic_error);
  EXPECT_EQ(rows(), 0);
}

TEST_P(Conformance, AColumnIsReadAsWhatItIsOrNotAtAll) {
  db_->write([&](WriteTx& tx) -> Result<int> {
    insert(tx, {1, "one", 1.5, true, Blob{"b"}, {}});
    return 1;
  });
  const auto reading = [&](auto decode_one) { return db_->read([&](ReadTx& tx) { tx.one<int>(get, decode_one, 1); }); };
  EXPECT_THROW(reading([](const Row& row) { return int(row.integer(1)); }), std::logic_error);
  EXPECT_THROW(reading([](const Row& row) { return int(row.text(0).size()); }), std::logic_error);
  EXPECT_THROW(reading([](const Row& row) { return int(row.integer(2)); }), std::logic_error);
  EXPECT_THROW(reading([](const Row& row) { return int(row.boolean(1)); }), std::logic_error);
  EXPECT_THROW(reading([](const Row& row) { return int(row.integer(5)); }), std::logic_error) << "a null is no number";
  EXPECT_THROW(reading([](const Row& row) { return int(row.integer(6)); }), std::logic_error) << "there is no column 6";
  EXPECT_EQ(thing(1)->name, "one") << "the connection is of use after each of these";
}

TEST_P(Conformance, AStatementSaysHowManyRowsItChanged) {
  const auto changed = *db_->write([&](WriteTx& tx) -> Result<std::vector<std::int64_t>> {
    std::vector<std::int64_t> out;
    for (int i = 1; i <= 3; ++i) insert(tx, {i, std::to_string(i), {}, false, {}, {}});
    out.push_back(tx.exec({"test.open-all", "UPDATE things SET open = $1 WHERE id > $2"}, true, 1));
    out.push_back(tx.exec({"test.unless", "INSERT INTO things (id) VALUES ($1) ON CONFLICT DO NOTHING"}, 1));
    out.push_back(tx.exec({"test.delete", "DELETE FROM things WHERE open"}));
    out.push_back(tx.exec(count));
    out.push_back(*tx.value<std::int64_t>({"test.back", "INSERT INTO things (id, name) VALUES ($1, $2) RETURNING id"},
                                          9, "nine"));
    return out;
  });
  EXPECT_EQ(changed, (std::vector<std::int64_t>{2, 0, 2, 0, 9}));
  EXPECT_EQ(thing(9)->name, "nine") << "what RETURNING gave is also kept";
}

// ---- rows ----

TEST_P(Conformance, RowsStopWhenToldAndAfterAnException) {
  db_->write([&](WriteTx& tx) -> Result<int> {
    for (int i = 0; i < 100; ++i) tx.exec(put_name, i, std::to_string(i));
    return 1;
  });
  const auto seen = db_->read([&](ReadTx& tx) {
    int rows_seen = 0;
    tx.each(names, [&](const Row&) { return ++rows_seen < 3; });
    EXPECT_THROW(tx.each(names, [](const Row&) { throw std::runtime_error("enough"); }), std::runtime_error);
    EXPECT_EQ(row_count(tx), 100) << "the transaction is of use afterwards";
    EXPECT_EQ(tx.statements(), 3u);
    return rows_seen;
  });
  EXPECT_EQ(seen, 3);
}

TEST_P(Conformance, AStatementWithinAStatementIsABug) {
  (void)name(1, "one");
  db_->read([&](ReadTx& tx) {
    EXPECT_THROW(tx.each(names, [&](const Row&) { row_count(tx); }), std::logic_error);
    EXPECT_EQ(row_count(tx), 1);
  });
}

TEST_P(Conformance, ANameHasOneStatement) {
  db_->read([&](ReadTx& tx) {
    tx.value<std::int64_t>({"test.twice", "SELECT 1"});
    EXPECT_THROW(tx.value<std::int64_t>({"test.twice", "SELECT 2"}), std::logic_error);
  });
}

TEST_P(Conformance, AReadCannotWrite) {
  EXPECT_THROW(db_->read([&](ReadTx& tx) { tx.each(put_name, [](const Row&) {}, 1, "one"); }), std::logic_error);
  EXPECT_EQ(rows(), 0);
}

// ---- transactions ----

TEST_P(Conformance, ARefusedWriteLeavesNothing) {
  const auto refused = db_->write([&](WriteTx& tx) -> Result<int> {
    tx.exec(put_name, 1, "one");
    EXPECT_EQ(row_count(tx), 1) << "a write sees what it wrote";
    return no();
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.key, "test.no");
  EXPECT_EQ(rows(), 0);
}

TEST_P(Conformance, AWriteThatThrowsLeavesNothingAndThrowsInItsCaller) {
  EXPECT_THROW((void)db_->write([&](WriteTx& tx) -> Result<int> {
    tx.exec(put_name, 1, "one");
    throw std::out_of_range("mine");
  }),
               std::out_of_range);
  EXPECT_EQ(rows(), 0);
}

TEST_P(Conformance, WritesThatWaitAreCommittedTogether) {
  std::vector<std::function<void()>> writes;
  for (int i = 0; i < 20; ++i) writes.push_back([this, i] { EXPECT_TRUE(name(i, std::to_string(i))); });
  const auto before = db_->figures();
  together(writes);
  EXPECT_EQ(db_->figures().commits - before.commits, 1);
  EXPECT_EQ(db_->figures().writes - before.writes, 21);
  EXPECT_EQ(rows(), 20);
}

TEST_P(Conformance, ABadNeighbourDoesNotDisturbTheBatch) {
  std::vector<std::function<void()>> writes;
  for (int i = 0; i < 12; ++i) {
    writes.push_back([this, i] {
      const auto write = [&](WriteTx& tx) -> Result<int> {
        tx.exec(put_name, i, std::to_string(i));
        if (i % 4 == 1) return no();
        if (i % 4 == 2) throw std::runtime_error("bad");
        if (i % 4 == 3) tx.exec(put_name, i, "the key is taken");
        return i;
      };
      switch (i % 4) {
        case 0:
          EXPECT_EQ(*db_->write(write), i);
          break;
        case 1:
          EXPECT_FALSE(db_->write(write));
          break;
        case 2:
          EXPECT_THROW((void)db_->write(write), std::runtime_error);
          break;
        default:
          EXPECT_THROW((void)db_->write(write), ConstraintViolation);
      }
    });
  }
  const auto before = db_->figures().commits;
  together(writes);
  EXPECT_EQ(db_->figures().commits - before, 1);
  const auto left = db_->read(
      [](ReadTx& tx) { return tx.all<std::string>(names, [](const Row& row) { return row.get<std::string>(0); }); });
  EXPECT_EQ(left, (std::vector<std::string>{"0", "4", "8"}));
}

TEST_P(Conformance, AConstraintIsToldApartAndEndsTheWrite) {
  (void)name(1, "one");
  const std::vector<Thing> bad = {{1, "key", {}, false, {}, {}},
                                  {2, "one", {}, false, {}, {}},
                                  {3, "size", -1.0, false, {}, {}},
                                  {4, "parent", {}, false, {}, Id{77}}};
  for (const auto& t : bad) {
    const auto told = db_->write([&](WriteTx& tx) -> Result<int> {
      tx.exec(put_name, 50, "fifty");
      try {
        insert(tx, t);
      } catch (const ConstraintViolation&) {
        return refuse(Why::conflict, {"test.taken"});
      }
      return 1;
    });
    ASSERT_FALSE(told) << t.name.value();
    EXPECT_EQ(told.error().message.key, "test.taken");
    EXPECT_THROW((void)db_->write([&](WriteTx& tx) -> Result<int> {
      try {
        insert(tx, t);
      } catch (const ConstraintViolation&) {
      }
      return 1;
    }),
                 std::logic_error)
        << "a write in which a statement failed cannot be kept";
    EXPECT_THROW((void)db_->write([&](WriteTx& tx) -> Result<int> {
      try {
        insert(tx, t);
      } catch (const ConstraintViolation&) {
      }
      return int(tx.exec(put_name, 51, "on"));
    }),
                 std::logic_error);
  }
  EXPECT_THROW((void)db_->write([](WriteTx& tx) -> Result<std::int64_t> {
    return tx.exec({"test.null", "INSERT INTO things (id, open) VALUES ($1, $2)"}, 5, std::optional<bool>());
  }),
               ConstraintViolation);
  EXPECT_EQ(rows(), 1);
}

TEST_P(Conformance, AfterCommitIsCalledForWhatWasKeptInOrderAndWhenItCanBeRead) {
  std::vector<std::int64_t> called;  // on the writer's thread only
  std::vector<std::function<void()>> writes;
  for (int i = 0; i < 9; ++i) {
    writes.push_back([&, i] {
      try {
        (void)db_->write([&](WriteTx& tx) -> Result<int> {
          tx.exec(put_name, i, std::to_string(i));
          tx.after_commit([&, i] {
            EXPECT_EQ(rows(), 3);
            called.push_back(i);
          });
          if (i % 3 == 1) return no();
          if (i % 3 == 2) throw std::runtime_error("bad");
          return i;
        });
      } catch (const std::runtime_error&) {
      }
      if (i % 3 == 0) {
        EXPECT_NE(std::find(called.begin(), called.end(), i), called.end()) << "called before the answer";
      }
    });
  }
  together(writes);
  EXPECT_EQ(called, (std::vector<std::int64_t>{0, 3, 6}));
}

TEST_P(Conformance, ASnapshotDoesNotSeeLaterWrites) {
  (void)name(1, "one");
  db_->read([&](ReadTx& tx) {
    EXPECT_EQ(row_count(tx), 1);
    std::thread([&] { EXPECT_TRUE(name(2, "two")); }).join();
    EXPECT_EQ(row_count(tx), 1);
  });
  EXPECT_EQ(rows(), 2);
}

TEST_P(Conformance, WhatIsNotCommittedIsNotSeen) {
  db_->write([&](WriteTx& tx) -> Result<int> {
    tx.exec(put_name, 1, "one");
    std::thread([&] { EXPECT_EQ(rows(), 0); }).join();
    return 1;
  });
  EXPECT_EQ(rows(), 1);
}

TEST_P(Conformance, ManyThreadsKeepOrderAndCount) {
  constexpr int threads = 8, turns = 60;
  std::vector<std::thread> all;
  for (int who = 0; who < threads; ++who) {
    all.emplace_back([&, who] {
      for (int turn = 0; turn < turns; ++turn) {
        // As the record does it: the next number is read and written in one write.
        const auto at = db_->write([&](WriteTx& tx) -> Result<std::int64_t> {
          const auto next = *tx.value<std::int64_t>({"test.next", "SELECT count(*) FROM log"});
          tx.exec({"test.append", "INSERT INTO log (n, who, turn) VALUES ($1, $2, $3)"}, next, who, turn);
          if (turn % 5 == 4) return no();
          return next;
        });
        EXPECT_EQ(at.has_value(), turn % 5 != 4);
      }
    });
  }
  for (auto& thread : all) thread.join();
  std::int64_t expected = 0;
  std::map<std::int64_t, std::int64_t> last;
  db_->read([&](ReadTx& tx) {
    tx.each({"test.log", "SELECT n, who, turn FROM log ORDER BY n"}, [&](const Row& row) {
      EXPECT_EQ(row.integer(0), expected++);
      const auto found = last.find(row.integer(1));
      EXPECT_LT(found == last.end() ? -1 : found->second, row.integer(2));
      last[row.integer(1)] = row.integer(2);
    });
  });
  EXPECT_EQ(expected, threads * turns * 4 / 5);
}

TEST_P(Conformance, AFullQueueIsToldAtOnce) {
  reopen({.batch = 4, .queue = 3});
  std::vector<std::function<void()>> writes(3, [&] { (void)db_->write([](WriteTx&) -> Result<int> { return no(); }); });
  std::latch started(1), go(1);
  std::vector<std::thread> threads;
  threads.emplace_back([&] {
    (void)db_->write([&](WriteTx&) -> Result<int> {
      started.count_down();
      go.wait();
      return 1;
    });
  });
  started.wait();
  for (auto& write : writes) threads.emplace_back(write);
  while (db_->figures().waiting < 3) std::this_thread::yield();
  EXPECT_THROW((void)name(1, "one"), Unavailable);
  EXPECT_EQ(db_->figures().turned_away, 1);
  go.count_down();
  for (auto& thread : threads) thread.join();
  EXPECT_TRUE(name(1, "one")) << "and when there is room again, it is taken";
}

TEST_P(Conformance, ATransactionWithinATransactionIsABug) {
  EXPECT_THROW(db_->read([&](ReadTx&) { rows(); }), std::logic_error);
  EXPECT_THROW(db_->read([&](ReadTx&) { (void)name(1, "one"); }), std::logic_error);
  EXPECT_THROW((void)db_->write([&](WriteTx&) -> Result<bool> { return name(1, "one"); }), std::logic_error);
  EXPECT_TRUE(name(1, "one"));
}

TEST_P(Conformance, ReadersThatAreAllTakenAreWaitedForInVain) {
  reopen({.readers = 1, .patience = std::chrono::milliseconds(50)});
  db_->read([&](ReadTx&) { std::thread([&] { EXPECT_THROW(rows(), Unavailable); }).join(); });
  EXPECT_EQ(rows(), 0);
}

TEST_P(Conformance, WhatWasWrittenIsThereAfterReopening) {
  (void)name(1, "one");
  reopen();
  EXPECT_EQ(thing(1)->name, "one");
}

// ---- erasure ----

TEST_P(Conformance, ScrubLeavesNoByteOfWhatWasDeleted) {
  const std::string secret = "burgerservicenummer-123456782";
  (void)name(2, "stays");
  (void)name(1, secret);  // after the other: no row moves over its place when the page is tidied
  ASSERT_TRUE(house_->holds(*db_, "things", secret)) << "the test can find it while it is there";
  (void)db_->write([](WriteTx& tx) -> Result<std::int64_t> {
    return tx.exec({"test.erase", "DELETE FROM things WHERE id = $1"}, 1);
  });
  const std::string_view tables[] = {"things"};
  db_->scrub(tables);
  EXPECT_FALSE(house_->holds(*db_, "things", secret));
  EXPECT_EQ(thing(2)->name, "stays");
}

TEST_P(Conformance, ScrubSaysSoWhenAReaderStillSeesTheDeleted) {
  reopen({.patience = std::chrono::milliseconds(100)});
  (void)name(1, "one");
  const std::string_view tables[] = {"things"};
  db_->read([&](ReadTx& tx) {
    // Another table: it is the snapshot that stands in the way, not a lock.
    EXPECT_EQ(tx.value<std::int64_t>({"test.log-count", "SELECT count(*) FROM log"}), 0);
    std::thread([&] {
      (void)db_->write([](WriteTx& tx2) -> Result<std::int64_t> {
        return tx2.exec({"test.erase", "DELETE FROM things WHERE id = $1"}, 1);
      });
      EXPECT_THROW(db_->scrub(tables), Unavailable);
    }).join();
  });
  db_->scrub(tables);
  EXPECT_TRUE(name(2, "two"));
}

// ---- migrations ----

const Migration one{"test", 1, "things", things};
const Migration two{"test", 2, "colour", "ALTER TABLE things ADD COLUMN colour TEXT;"};
const Migration other{"other", 1, "notes",
                      "CREATE TABLE notes (id BIGINT PRIMARY KEY, thing BIGINT REFERENCES things (id))"};

std::string key_of(const Done& done) { return done ? "" : done.error().message.key; }

TEST_P(Conformance, MigrationsAreAppliedOnceAndInOrder) {
  const std::vector<Migration> all = {one, two, other};
  ASSERT_TRUE(db_->migrate(all));
  ASSERT_TRUE(db_->migrate(all));
  reopen();
  ASSERT_TRUE(db_->migrate(all));
  const auto applied = db_->read([](ReadTx& tx) {
    return tx.all<std::string>({"test.applied", "SELECT room, title FROM migrations ORDER BY room, number"},
                               [](const Row& row) { return row.get<std::string>(0) + "/" + row.get<std::string>(1); });
  });
  EXPECT_EQ(applied, (std::vector<std::string>{"other/notes", "test/things", "test/colour"}));
}

TEST_P(Conformance, ASchemaThatTheProgramDoesNotKnowIsRefused) {
  const std::vector<Migration> all = {one, two};
  ASSERT_TRUE(db_->migrate(all));
  const auto done = db_->migrate({&one, 1});
  EXPECT_EQ(key_of(done), "storage.newer");
  EXPECT_EQ(done.error().message.args, (decltype(Message::args){{"room", "test"}, {"number", 2}, {"title", "colour"}}));
}

TEST_P(Conformance, AMigrationThatChangedAfterItRanIsRefused) {
  auto changed = one;
  changed.sql += "-- a remark\n";
  EXPECT_EQ(key_of(db_->migrate({&changed, 1})), "storage.changed");
}

TEST_P(Conformance, AGapIsRefusedInTheProgramAndInTheDatabase) {
  auto three = two;
  three.number = 3;
  const std::vector<Migration> gap = {one, three};
  EXPECT_EQ(key_of(db_->migrate(gap)), "storage.gap");
  const std::vector<Migration> twice = {one, one};
  EXPECT_EQ(key_of(db_->migrate(twice)), "storage.gap");

  const std::vector<Migration> all = {one, two};
  ASSERT_TRUE(db_->migrate(all));
  (void)db_->write([](WriteTx& tx) -> Result<std::int64_t> {
    return tx.exec({"test.forget", "DELETE FROM migrations WHERE number = $1"}, 1);
  });
  EXPECT_EQ(key_of(db_->migrate(all)), "storage.gap");
}

TEST_P(Conformance, AMigrationThatFailsLeavesNothingOfItsRun) {
  for (const auto& bad :
       {"CREATE TABLE half (id BIGINT); SELECT nonsense;", "CREATE TABLE half (id BIGINT); COMMIT;"}) {
    const std::vector<Migration> all = {one, two, {"test", 3, "bad", bad}};
    const auto done = db_->migrate(all);
    EXPECT_EQ(key_of(done), "storage.migration-failed");
    EXPECT_EQ(std::get<std::int64_t>(done.error().message.args[1].second), 3);
    if (std::string_view(bad).ends_with("COMMIT;")) break;
    EXPECT_THROW(db_->read([](ReadTx& tx) { tx.value<std::int64_t>({"test.half", "SELECT count(*) FROM half"}); }),
                 std::logic_error);
    EXPECT_THROW(db_->read([](ReadTx& tx) { tx.value<std::string>({"test.colour", "SELECT colour FROM things"}); }),
                 std::logic_error);
  }
}

TEST_P(Conformance, AMigrationMaySayWhatOneDatabaseNeeds) {
  const std::vector<Migration> all = {one,
                                      {"test", 2, "both",
                                       "-- only sqlite\nCREATE TABLE mark (here_sqlite BYTEA);\n-- end\n"
                                       "-- only postgres\nCREATE TABLE mark (here_postgres BYTEA);\n-- end\n"
                                       "CREATE TABLE after_all (id BIGINT PRIMARY KEY);\n"}};
  ASSERT_TRUE(db_->migrate(all));
  const std::string column = "here_" + GetParam();
  const std::string sql = "SELECT count(" + column + ") FROM mark, after_all";
  EXPECT_EQ(db_->read([&](ReadTx& tx) { return tx.value<std::int64_t>({"test.mark", sql}); }), 0);
}

TEST_P(Conformance, PreparedStatementsOutliveAMigration) {
  constexpr Statement star{"test.star", "SELECT * FROM things"};
  (void)name(1, "one");
  const auto columns = [&](ReadTx& tx) {
    return tx.one<std::size_t>(star, [](const Row& row) { return row.columns(); });
  };
  EXPECT_EQ(db_->read(columns), 6u);
  EXPECT_EQ(db_->write([&](WriteTx& tx) -> Result<std::size_t> { return *columns(tx); }), 6u);
  const std::vector<Migration> all = {one, two};
  ASSERT_TRUE(db_->migrate(all));
  EXPECT_EQ(db_->write([&](WriteTx& tx) -> Result<std::size_t> { return *columns(tx); }), 7u);
}

}  // namespace
}  // namespace polder::storage
