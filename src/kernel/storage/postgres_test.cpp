// What PostgreSQL must hold when connections, servers and other nodes come and go.
#include <gmock/gmock.h>
#include <libpq-fe.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <latch>

#include "kernel/base/encode.h"
#include "kernel/storage/house_test.h"
#include "kernel/storage/postgres_proxy_test.h"

namespace polder::storage {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Statement add{"test.add", "INSERT INTO log (words) VALUES ($1)"};  // nothing in the table hides a repetition
constexpr Statement count{"test.count", "SELECT count(*) FROM log"};
constexpr Statement my_pid{"test.pid", "SELECT pg_backend_pid()"};
constexpr Statement kill_pid{"test.kill", "SELECT pg_terminate_backend(CAST($1 AS INTEGER))"};
const Migration tables{"test", 1, "log",
                       "CREATE TABLE log (words TEXT);"
                       "CREATE TABLE pairs (id BIGINT PRIMARY KEY, n BIGINT NOT NULL);"
                       "INSERT INTO pairs VALUES (1, 0), (2, 0);"};

class Postgres : public testing::Test {
 protected:
  void SetUp() override {
    house_ = House::build("postgres");
    if (!house_) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
    db_ = open(house_->url());
  }
  void TearDown() override {
    db_.reset();
    wire_.reset();
    house_.reset();
  }
  static std::unique_ptr<Database> open(const std::string& url) {
    auto db = Database::open({.url = url, .readers = 2, .patience = std::chrono::milliseconds(3'000)});
    EXPECT_TRUE(db) << db.error().message.key << ": " << db.error().cause;
    EXPECT_TRUE((*db)->migrate({&tables, 1}));
    return std::move(*db);
  }
  /// The same database at the other end of a wire that can be cut.
  std::unique_ptr<Database> open_over_wire() {
    PQconninfoOption* const options = PQconninfoParse(house_->url().c_str(), nullptr);
    std::map<std::string, std::string> said;
    for (auto* o = options; o->keyword; ++o) said[o->keyword] = o->val ? o->val : "";
    PQconninfoFree(options);
    wire_ = std::make_unique<Wire>(said["host"].empty() ? "localhost" : said["host"],
                                   said["port"].empty() ? "5432" : said["port"]);
    const std::string password = said["password"].empty() ? "" : ":" + percent(said["password"]);
    return open("postgresql://" + percent(said["user"]) + password + "@127.0.0.1:" + std::to_string(wire_->port()) +
                "/" + percent(said["dbname"]) +
                "?sslmode=disable&gssencmode=disable&options=" + percent(said["options"]));
  }
  static Result<std::int64_t> write(Database& db, int* runs = nullptr) {
    return db.write([&](WriteTx& tx) -> Result<std::int64_t> {
      if (runs) ++*runs;
      return tx.exec(add, "words");
    });
  }
  static std::int64_t rows(Database& db) {
    return db.read([](ReadTx& tx) { return *tx.value<std::int64_t>(count); });
  }
  void kill(std::int64_t pid) {
    db_->read([&](ReadTx& tx) { tx.value<bool>(kill_pid, pid); });
  }

  std::unique_ptr<House> house_;
  std::unique_ptr<Wire> wire_;
  std::unique_ptr<Database> db_;
};

TEST_F(Postgres, ACommitWhoseAnswerWasLostIsNotDoneTwice) {
  const auto far = open_over_wire();
  int runs = 0;
  wire_->cut_at(Wire::Moment::after_commit);
  EXPECT_EQ(write(*far, &runs), 1);
  EXPECT_EQ(runs, 1) << "the server was asked, and said that it is kept";
  EXPECT_EQ(rows(*db_), 1);
}

TEST_F(Postgres, ACommitThatNeverArrivedIsDoneAgain) {
  const auto far = open_over_wire();
  int runs = 0;
  wire_->cut_at(Wire::Moment::before_commit);
  EXPECT_EQ(write(*far, &runs), 1);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(rows(*db_), 1);
}

TEST_F(Postgres, AServerThatIsGoneIsToldAndItComesBackByItself) {
  const auto far = open_over_wire();
  EXPECT_EQ(write(*far), 1);
  wire_->cut();
  EXPECT_THROW((void)write(*far), Unavailable);
  EXPECT_THROW(rows(*far), Unavailable);
  EXPECT_THROW(far->scrub({}), Unavailable);
  wire_->mend();
  EXPECT_EQ(rows(*far), 1);
  EXPECT_EQ(write(*far), 1);
  EXPECT_EQ(rows(*far), 2);
}

TEST_F(Postgres, AConnectionLostInTheMiddleOfAWriteIsNotNoticed) {
  int runs = 0;
  const auto done = db_->write([&](WriteTx& tx) -> Result<std::int64_t> {
    tx.exec(add, "before");
    if (++runs == 1) {
      const auto pid = *tx.value<std::int64_t>(my_pid);
      std::thread([&] { kill(pid); }).join();
    }
    return tx.exec(add, "after");
  });
  EXPECT_EQ(done, 1);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(rows(*db_), 2);
}

TEST_F(Postgres, AReadWhoseConnectionWasLostBeforehandIsNotNoticed) {
  const auto pid = db_->read([](ReadTx& tx) { return *tx.value<std::int64_t>(my_pid); });
  std::thread([&] {
    db_->read(
        [&](ReadTx&) { std::thread([&] { db_->read([&](ReadTx& tx) { tx.value<bool>(kill_pid, pid); }); }).join(); });
  }).join();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(rows(*db_), 0);
}

TEST_F(Postgres, ADeadlockWithAForeignProgramIsRunAgain) {
  // Another schema is another Polder: the writers' lock does not keep it out.
  const auto elsewhere = House::build("postgres");
  const auto foreign = open(elsewhere->url());
  const std::string own =
      db_->read([](ReadTx& tx) { return *tx.value<std::string>({"test.own", "SELECT current_schema()"}); });
  const std::string first_sql = "UPDATE " + own + ".pairs SET n = n + 1 WHERE id = 1";
  const std::string second_sql = "UPDATE " + own + ".pairs SET n = n + 1 WHERE id = 2";
  const Statement first{"test.first", first_sql}, second{"test.second", second_sql};
  std::latch both(2);
  const auto cross = [&](Database& db, const Statement& a, const Statement& b) {
    int runs = 0;
    return db.write([&](WriteTx& tx) -> Result<int> {
      tx.exec(a);
      if (++runs == 1) both.arrive_and_wait();
      tx.exec(b);
      return runs;
    });
  };
  Result<int> there = 0;
  std::thread other([&] { there = cross(*foreign, second, first); });
  const auto here = cross(*db_, first, second);
  other.join();
  EXPECT_EQ(*here + *there, 3) << "one of the two ran twice";
  EXPECT_EQ(db_->read([](ReadTx& tx) {
    return *tx.value<std::int64_t>({"test.sum", "SELECT CAST(sum(n) AS BIGINT) FROM pairs"});
  }),
            4);
}

TEST_F(Postgres, TwoNodesWriteOneAfterTheOtherWithoutRunningAnythingTwice) {
  const auto node = open(house_->url());
  const auto work = [](Database& db) {
    for (int i = 0; i < 40; ++i) {
      (void)db.write([&](WriteTx& tx) -> Result<std::int64_t> {
        const auto n = *tx.value<std::int64_t>(count);
        return tx.exec(add, std::to_string(n));
      });
    }
  };
  std::thread other([&] { work(*node); });
  work(*db_);
  other.join();
  EXPECT_EQ(db_->read([](ReadTx& tx) {
    return *tx.value<std::int64_t>({"test.distinct", "SELECT count(DISTINCT words) FROM log"});
  }),
            80);
  EXPECT_EQ(db_->figures().retries + node->figures().retries, 0);
}

/// What a node hears of others, and how often it was deaf before that.
class Ear {
 public:
  explicit Ear(Database& node)
      : listening_(node.listen([this](std::string_view words) { note(words); }, [this] { note("(missed)"); })) {}
  std::string next() {
    std::unique_lock hold(lock_);
    if (!there_.wait_for(hold, std::chrono::seconds(30), [&] { return !heard_.empty(); })) return "(nothing)";
    std::string first = std::move(heard_.front());
    heard_.pop_front();
    return first;
  }

 private:
  void note(std::string_view words) {
    const std::lock_guard hold(lock_);
    heard_.emplace_back(words);
    there_.notify_all();
  }
  std::mutex lock_;
  std::condition_variable there_;
  std::deque<std::string> heard_;
  std::unique_ptr<Listening> listening_;  // last: its thread calls us
};

Done announce(Database& db, std::string_view words, bool keep = true) {
  return db.write([&](WriteTx& tx) -> Done {
    tx.announce(words);
    if (!keep) return refuse(Why::conflict, {"test.no"});
    return {};
  });
}

TEST_F(Postgres, WhatANodeAnnouncesTheOthersHearWhenItIsKept) {
  const auto node = open(house_->url());
  const auto elsewhere = House::build("postgres");
  const auto stranger = open(elsewhere->url());
  Ear ear(*node), own(*db_);
  EXPECT_EQ(ear.next(), "(missed)") << "who begins to listen knows nothing";
  EXPECT_EQ(own.next(), "(missed)");
  EXPECT_FALSE(announce(*db_, "refused", false));
  EXPECT_TRUE(announce(*stranger, "from another house"));
  EXPECT_TRUE(announce(*db_, "first"));
  EXPECT_TRUE(announce(*db_, std::string(longest_announcement, 'x')));
  EXPECT_TRUE(announce(*node, "to the other"));
  EXPECT_EQ(ear.next(), "first");
  EXPECT_EQ(ear.next(), std::string(longest_announcement, 'x'));
  EXPECT_EQ(own.next(), "to the other") << "and never what it said itself";
  EXPECT_THROW((void)announce(*db_, std::string(longest_announcement + 1, 'x')), std::logic_error);
}

TEST_F(Postgres, WhoListensHearsFromThenOn) {
  const auto node = open(house_->url());
  std::atomic<int> missed = 0;
  const auto listening = node->listen([](std::string_view) {}, [&] { ++missed; });
  EXPECT_EQ(missed, 1) << "what was cached before is renewed before anybody is served";
}

TEST_F(Postgres, WhoCannotListenYetIsNotKeptWaiting) {
  const auto node = open_over_wire();
  wire_->cut();
  Ear ear(*node);
  wire_->mend();
  EXPECT_EQ(ear.next(), "(missed)");
}

TEST_F(Postgres, ANodeThatWasDeafIsToldSo) {
  const auto node = open_over_wire();
  Ear ear(*node);
  EXPECT_EQ(ear.next(), "(missed)");
  wire_->cut();
  wire_->mend();
  EXPECT_EQ(ear.next(), "(missed)");
  EXPECT_TRUE(announce(*db_, "again"));
  EXPECT_EQ(ear.next(), "again");
}

TEST_F(Postgres, TwoNodesThatStartTogetherMigrateOnce) {
  const auto node = open(house_->url());
  const std::vector<Migration> all = {
      tables, {"test", 2, "more", "CREATE TABLE more (id BIGINT); INSERT INTO more VALUES (1);"}};
  Done there;
  std::thread other([&] { there = node->migrate(all); });
  EXPECT_TRUE(db_->migrate(all));
  other.join();
  EXPECT_TRUE(there);
  EXPECT_EQ(db_->read([](ReadTx& tx) { return tx.value<std::int64_t>({"test.more", "SELECT count(*) FROM more"}); }),
            1);
}

TEST_F(Postgres, AServerTransactionThatCannotBeSerialisedIsRunAgain) {
  const std::vector<Migration> all = {
      tables,
      {"test", 2, "fail",
       "CREATE FUNCTION fail_when(yes BOOLEAN, state TEXT) RETURNS BIGINT LANGUAGE plpgsql AS $$ BEGIN "
       "IF yes THEN RAISE EXCEPTION 'as asked' USING ERRCODE = state; END IF; RETURN 1; END $$;"}};
  ASSERT_TRUE(db_->migrate(all));
  constexpr Statement fail{"test.fail", "SELECT fail_when($1, $2)"};
  int runs = 0;
  EXPECT_EQ(db_->write([&](WriteTx& tx) -> Result<std::int64_t> {
    tx.exec(add, "words");
    return *tx.value<std::int64_t>(fail, ++runs == 1, "40001");
  }),
            1);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(rows(*db_), 1);
  // And the others are told apart: no room left, and a bug.
  EXPECT_THROW((void)db_->write(
                   [&](WriteTx& tx) -> Result<std::int64_t> { return *tx.value<std::int64_t>(fail, true, "53100"); }),
               Unavailable);
  EXPECT_THROW((void)db_->write(
                   [&](WriteTx& tx) -> Result<std::int64_t> { return *tx.value<std::int64_t>(fail, true, "22012"); }),
               std::logic_error);
}

TEST_F(Postgres, AWriterThatAnotherNodeKeepsWaitingSaysSo) {
  const auto node = open(house_->url());
  std::latch holds(1), go(1);
  std::thread other([&] {
    (void)node->write([&](WriteTx&) -> Result<int> {
      holds.count_down();
      go.wait();
      return 1;
    });
  });
  holds.wait();
  EXPECT_THROW((void)write(*db_), Unavailable);
  go.count_down();
  other.join();
  EXPECT_EQ(write(*db_), 1);
}

TEST(PostgresAddress, APasswordIsNeverTold) {
  for (const std::string url :
       {"postgresql://polder:hunter2@127.0.0.1:1/polder",
        "postgresql://127.0.0.1:1/polder?user=polder&password=hunter2",
        "postgresql://polder:hunter2@127.0.0.1:1/polder?nonsense=1",
        "postgresql://polder:hunter2@127.0.0.1:hunter2/polder", "postgresql://polder:hunter2",
        "postgresql://polder:hunter2@[::1/polder", "postgresql://polder:%zzhunter2@127.0.0.1/x"}) {
    const auto db = Database::open({.url = url, .patience = std::chrono::milliseconds(100)});
    ASSERT_FALSE(db) << url;
    EXPECT_EQ(db.error().message.key, "storage.open-failed");
    EXPECT_EQ(db.error().why, Why::unavailable);
    EXPECT_THAT(db.error().cause, Not(HasSubstr("hunter2")));
    EXPECT_THAT(std::get<std::string>(db.error().message.args[0].second), Not(HasSubstr("hunter2")));
  }
}

}  // namespace
}  // namespace polder::storage
