// Group commit against a connection that fails at will: what is run again, what is told, and what never happens twice.
#include "kernel/storage/writer.h"

#include <gmock/gmock.h>

#include <latch>
#include <stdexcept>

namespace polder::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Statement add{"test.add", "adds $1"};

/// A database of one list of numbers. `faults` maps a step ("commit", or the number added) to how it fails, once each.
class Frail final : public Connection {
 public:
  void begin_read() override {}
  void begin_write() override {
    lost_.reset();
    pending_ = committed;
    may_fail("begin");
  }
  void savepoint() override { saved_ = pending_.size(); }
  void release() override {}
  void rollback_to_savepoint() override { pending_.resize(saved_); }
  void commit() override {
    may_fail("commit");
    committed = pending_;
  }
  void rollback() noexcept override {}
  void script(const std::string&) override {}
  void take_your_time() override {}
  void scrub(std::span<const std::string_view>) override {}

  std::vector<std::int64_t> committed;
  std::multimap<std::string, Then> faults;

 protected:
  std::int64_t execute(const Statement&, std::span<const Value> values, const EachRow&) override {
    const auto number = std::get<std::int64_t>(values[0]);
    may_fail(std::to_string(number));
    pending_.push_back(number);
    return 1;
  }

 private:
  void may_fail(const std::string& step) {
    if (const auto found = faults.find(step); found != faults.end()) {
      const Then then = found->second;
      faults.erase(found);
      lose(then, step + " failed");
    }
  }
  std::vector<std::int64_t> pending_;
  std::size_t saved_ = 0;
};

class WriterTest : public testing::Test {
 protected:
  /// Adds the numbers, each in a write of its own, in one batch; the numbers whose write was answered with success.
  std::vector<std::int64_t> add_together(const std::vector<std::int64_t>& numbers) {
    std::latch started(1), go(1);
    std::vector<std::thread> threads;
    threads.emplace_back([&] {
      writer_.alone([&](Connection&) {
        started.count_down();
        go.wait();
      });
    });
    started.wait();
    std::mutex lock;
    std::vector<std::int64_t> acknowledged;

    for (std::size_t i = 0; i < numbers.size(); ++i) {
      threads.emplace_back([&, n = numbers[i]] {
        try {
          writer_.write([&](WriteTx& tx) {
            ++runs[n];
            tx.exec(add, n);
            tx.after_commit([this, n] { after.push_back(n); });
            return true;
          });
          std::lock_guard hold(lock);
          acknowledged.push_back(n);
        } catch (const Unavailable&) {
        }
      });
      while (waiting() < i + 1) std::this_thread::yield();
    }
    go.count_down();
    for (auto& thread : threads) thread.join();
    std::sort(acknowledged.begin(), acknowledged.end());
    return acknowledged;
  }
  std::size_t waiting() {
    Figures f;
    writer_.figures(f);
    return f.waiting;
  }

  Frail database_;
  std::map<std::int64_t, int> runs;
  std::vector<std::int64_t> after;
  Writer writer_{database_, 16, 100, std::chrono::seconds(5)};
};

TEST_F(WriterTest, ABatchThatLostADeadlockIsRunAgainAndNobodyNotices) {
  database_.faults = {{"2", Then::run_again}, {"commit", Then::run_again}};
  EXPECT_THAT(add_together({1, 2, 3}), ElementsAre(1, 2, 3));
  EXPECT_THAT(database_.committed, ElementsAre(1, 2, 3));
  EXPECT_THAT(after, ElementsAre(1, 2, 3)) << "once each, though the writes ran more often";
  EXPECT_EQ(runs[1], 3);
}

TEST_F(WriterTest, AWriteForWhichThereIsNoRoomFailsAlone) {
  database_.faults = {{"2", Then::run_singly}, {"2", Then::run_singly}};
  EXPECT_THAT(add_together({1, 2, 3}), ElementsAre(1, 3));
  EXPECT_THAT(database_.committed, ElementsAre(1, 3));
  EXPECT_THAT(after, ElementsAre(1, 3));
}

TEST_F(WriterTest, ACommitOfUnknownFateIsToldToAllAndNeverRunAgain) {
  database_.faults = {{"commit", Then::give_up}};
  EXPECT_THAT(add_together({1, 2, 3}), IsEmpty());
  EXPECT_THAT(after, IsEmpty());
  for (const auto& [number, times] : runs) EXPECT_EQ(times, 1) << number;
  EXPECT_THAT(add_together({4}), ElementsAre(4)) << "the next batch is taken";
}

TEST_F(WriterTest, TryingAgainHasAnEnd) {
  for (int i = 0; i < 20; ++i) database_.faults.emplace("begin", Then::run_again);
  EXPECT_THAT(add_together({1}), IsEmpty());
  EXPECT_GT(database_.faults.size(), 10u);
  database_.faults.clear();
  EXPECT_THAT(add_together({1}), ElementsAre(1));
}

TEST_F(WriterTest, AWriteThatHidesThatItsTransactionIsGoneIsNotBelieved) {
  database_.faults = {{"1", Then::give_up}};
  EXPECT_THROW(writer_.write([](WriteTx& tx) {
    try {
      tx.exec(add, 1);
    } catch (const std::exception&) {
    }
    return true;
  }),
               Unavailable);
  EXPECT_THAT(database_.committed, IsEmpty());
}

TEST_F(WriterTest, AnAfterCommitThatThrowsDoesNotKeepTheOthersFromTheirs) {
  int called = 0;
  writer_.write([&](WriteTx& tx) {
    tx.exec(add, 1);
    tx.after_commit([] { throw std::runtime_error("it must not"); });
    tx.after_commit([&] { ++called; });
    return true;
  });
  EXPECT_EQ(called, 1);
}

TEST_F(WriterTest, NothingIsCommittedWhenEverythingWasRefused) {
  writer_.write([](WriteTx& tx) {
    tx.exec(add, 1);
    return false;
  });
  Figures f;
  writer_.figures(f);
  EXPECT_EQ(f.commits, 0);
  EXPECT_THAT(database_.committed, IsEmpty());
}

TEST(Writer, FinishesWhatItAcceptedBeforeItGoes) {
  Frail database;
  std::latch started(1), go(1);
  std::thread first, second;
  {
    Writer writer(database, 16, 100, std::chrono::seconds(5));
    first = std::thread([&] {
      writer.alone([&](Connection&) {
        started.count_down();
        go.wait();
      });
    });
    started.wait();
    second = std::thread([&] { writer.write([](WriteTx& tx) { return tx.exec(add, 1) == 1; }); });
    for (Figures f; f.waiting == 0; writer.figures(f)) std::this_thread::yield();
    go.count_down();
    second.join();
    first.join();
  }
  EXPECT_THAT(database.committed, ElementsAre(1));
}

}  // namespace
}  // namespace polder::storage
