#include "kernel/jobs/jobs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "kernel/base/embedded.h"
#include "kernel/jobs/store.h"
#include "kernel/storage/house_test.h"

namespace polder::jobs {
namespace {

using storage::ReadTx;
using storage::WriteTx;
using testing::ElementsAre;
using testing::IsEmpty;

/// A ManualClock that threads may read while the test sets it.
class SharedClock final : public Clock {
 public:
  Time now() const override { return {ms_}; }
  void advance(std::int64_t ms) { ms_ += ms; }

 private:
  std::atomic<std::int64_t> ms_ = 1'800'000'000'000;
};

class Jobs : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    house_ = storage::House::build(GetParam());
    if (!house_) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
    db_ = open();
    const auto sql = embedded("migrations/kernel/jobs/0001_jobs.sql");
    ASSERT_TRUE(sql);
    const storage::Migration first[] = {{"kernel/jobs", 1, "jobs", std::string(*sql)}};
    ASSERT_TRUE(db_->migrate(first));
  }

  std::unique_ptr<storage::Database> open() {
    auto opened = storage::Database::open({.url = house_->url()});
    if (!opened) throw std::runtime_error(opened.error().cause);
    return std::move(*opened);
  }

  bool enqueue(std::string_view kind, std::string_view payload, std::int64_t in_ms = 0,
               std::optional<std::string> key = {}) {
    return *db_->write(
        [&](WriteTx& tx) -> Result<bool> { return queue_.enqueue(tx, kind, payload, clock_.now() + in_ms, key); });
  }

  /// Keeps what it was given, and answers as told.
  Handler remember(log::Literal kind, std::function<Outcome(const Job&)> answer = {}) {
    return {.kind = kind, .run = [this, answer = std::move(answer)](const Job& job) {
              seen_.push_back(job.payload);
              return answer ? answer(job) : Outcome{};
            }};
  }

  Runner runner(std::vector<Handler> handlers, std::vector<Recurring> recurring = {}, Options options = {}) {
    return Runner(*db_, queue_, clock_, random_, std::move(handlers), std::move(recurring), options);
  }

  std::vector<Failure> given_up() {
    return db_->read([](ReadTx& tx) { return failures(tx, Id{0}, 10); });
  }

  std::unique_ptr<storage::House> house_;
  std::unique_ptr<storage::Database> db_;
  SharedClock clock_;
  SeededRandom random_{1};
  IdSource ids_{clock_, random_};
  Queue queue_{ids_};
  std::vector<std::string> seen_;
};

TEST_P(Jobs, RunInTheOrderOfTheirTimes) {
  enqueue("a", "third", 30);
  enqueue("a", "first", 10);
  enqueue("a", "second", 20);
  enqueue("a", "later", 100);
  auto r = runner({remember("a")});
  EXPECT_EQ(r.run_due(), 0u);
  clock_.advance(50);
  EXPECT_EQ(r.run_due(), 3u);
  EXPECT_THAT(seen_, ElementsAre("first", "second", "third"));
  EXPECT_EQ(r.run_due(), 0u) << "what is done is not done again";
}

TEST_P(Jobs, AnActThatIsRefusedLeavesNoJob) {
  const auto refused = db_->write([&](WriteTx& tx) -> Done {
    queue_.enqueue(tx, "a", "x", clock_.now());
    return refuse(Why::conflict, {"test.no"});
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(runner({remember("a")}).run_due(), 0u);
}

TEST_P(Jobs, AKeyIsDoneOnce) {
  EXPECT_TRUE(enqueue("a", "x", 0, "consultation-5-closed"));
  EXPECT_FALSE(enqueue("a", "y", 0, "consultation-5-closed"));
  auto r = runner({remember("a")}, {}, {.keep_done_ms = day_ms});
  EXPECT_EQ(r.run_due(), 1u);
  EXPECT_FALSE(enqueue("a", "z", 0, "consultation-5-closed"));
  EXPECT_THAT(seen_, ElementsAre("x"));
  clock_.advance(day_ms + hour_ms);
  r.run_due();
  EXPECT_TRUE(enqueue("a", "z", 0, "consultation-5-closed")) << "a key is not remembered for ever";
}

TEST_P(Jobs, AFailureIsTriedAgainAfterGrowingPauses) {
  enqueue("a", "x");
  auto r = runner({remember("a", [](const Job& job) { return job.attempt < 4 ? Outcome::retry("no") : Outcome{}; })});
  std::vector<int> attempts;
  std::int64_t last_pause = 0;
  EXPECT_EQ(r.run_due(), 1u);
  for (int attempt = 2; attempt <= 4; ++attempt) {
    std::int64_t pause = 0;
    while (r.run_due() == 0) {
      clock_.advance(100);
      pause += 100;
    }
    EXPECT_GT(pause, last_pause);
    last_pause = pause;
  }
  EXPECT_EQ(seen_.size(), 4u);
  EXPECT_THAT(given_up(), IsEmpty());
  EXPECT_EQ(r.figures().done, 1u);
  EXPECT_EQ(r.figures().retried, 3u);
}

TEST_P(Jobs, APoisonedJobIsGivenUpAndBlocksNobody) {
  enqueue("a", "poison");
  enqueue("a", "good", 1);
  auto handler = remember("a", [](const Job& job) -> Outcome {
    if (job.payload == "poison") throw std::runtime_error("boom");
    return {};
  });
  handler.attempts = 3;
  auto r = runner({handler});
  clock_.advance(1);
  EXPECT_EQ(r.run_due(), 2u);
  EXPECT_THAT(seen_, ElementsAre("poison", "good"));
  for (int i = 0; i < 10; ++i) {
    clock_.advance(hour_ms);
    r.run_due();
  }
  EXPECT_EQ(std::ranges::count(seen_, "poison"), 3);
  ASSERT_EQ(given_up().size(), 1u);
  EXPECT_EQ(given_up()[0].fault, "boom");
  EXPECT_EQ(given_up()[0].attempts, 3);
}

TEST_P(Jobs, AnAdministratorCanTryAFailureAgain) {
  enqueue("a", "x");
  bool well = false;
  auto r = runner({remember("a", [&](const Job&) { return well ? Outcome{} : Outcome::give_up("5xx"); })});
  r.run_due();
  const auto id = given_up().at(0).id;
  well = true;
  const auto again = [&] { return db_->write([&](WriteTx& tx) { return revive(tx, id, clock_.now()); }); };
  EXPECT_TRUE(again());
  EXPECT_EQ(r.run_due(), 1u);
  EXPECT_THAT(given_up(), IsEmpty());
  EXPECT_EQ(again().error().why, Why::not_found);
}

TEST_P(Jobs, AProgramThatDiedBetweenClaimAndFinishDoesTheJobAgain) {
  enqueue("a", "x");
  const auto lost = *db_->write(
      [&](WriteTx& tx) -> Result<std::optional<Job>> { return claim(tx, clock_.now(), clock_.now() + minute_ms); });
  ASSERT_TRUE(lost);
  int attempt = 0;
  auto r = runner({remember("a", [&](const Job& job) { return attempt = job.attempt, Outcome{}; })});
  EXPECT_EQ(r.run_due(), 0u) << "the lease still runs";
  clock_.advance(minute_ms);
  EXPECT_EQ(r.run_due(), 1u);
  EXPECT_EQ(attempt, 2);
  const auto late = db_->write([&](WriteTx& tx) { return finish(tx, *lost); });
  EXPECT_EQ(late.error().why, Why::conflict) << "who lost the lease can no longer finish";
}

TEST_P(Jobs, AJobThatEndsTheProgramEachTimeIsGivenUp) {
  enqueue("a", "x");
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(*db_->write(
        [&](WriteTx& tx) -> Result<std::optional<Job>> { return claim(tx, clock_.now(), clock_.now() + 1); }));
    clock_.advance(1);
  }
  auto handler = remember("a");
  handler.attempts = 3;
  runner({handler}).run_due();
  EXPECT_THAT(seen_, IsEmpty());
  EXPECT_EQ(given_up().size(), 1u);
}

TEST_P(Jobs, AJobFinishedWithItsEffectIsDoneExactlyOnce) {
  enqueue("a", "x");
  auto r = runner({remember("a", [&](const Job& job) {
    EXPECT_TRUE(db_->write([&](WriteTx& tx) { return finish(tx, job); }));
    return Outcome::retry("died after the commit");
  })});
  EXPECT_EQ(r.run_due(), 1u);
  clock_.advance(day_ms);
  EXPECT_EQ(r.run_due(), 0u);
}

TEST_P(Jobs, AJobOfANewerProgramWaitsForIt) {
  enqueue("new", "x");
  auto old = runner({remember("a")});
  for (int i = 0; i < 30; ++i) {
    old.run_due();
    clock_.advance(minute_ms);
  }
  auto handler = remember("new");
  handler.attempts = 1;
  EXPECT_EQ(runner({handler}).run_due(), 1u);
  EXPECT_THAT(seen_, ElementsAre("x"));
}

TEST_P(Jobs, RecurringWorkIsDoneOnOneNodeOnly) {
  int first = 0, second = 0;
  auto a = runner({}, {{"tick", second_ms, [&](const Lease&) { ++first; }}});
  auto b = runner({}, {{"tick", second_ms, [&](const Lease&) { ++second; }}});
  for (int i = 0; i < 300; ++i) {
    a.run_due();
    b.run_due();
    clock_.advance(second_ms);
  }
  EXPECT_EQ(first, 300);
  EXPECT_EQ(second, 0);
  a.stop();
  b.run_due();
  EXPECT_EQ(second, 1) << "a node that stops gives the clock back at once";
}

TEST_P(Jobs, WhenANodeDiesAnotherTakesTheClockAndTheDeadOneCannotWrite) {
  std::optional<Lease> dead, living;
  auto a = runner({}, {{"tick", second_ms, [&](const Lease& lease) { dead = lease; }}});
  auto b = runner({}, {{"tick", second_ms, [&](const Lease& lease) { living = lease; }}});
  a.run_due();
  clock_.advance(minute_ms - 1);
  b.run_due();
  EXPECT_FALSE(living);
  clock_.advance(1);
  b.run_due();
  ASSERT_TRUE(dead && living);
  EXPECT_GT(living->token, dead->token);
  const auto write = [&](const Lease& lease) { return db_->write([&](WriteTx& tx) { return lease.hold(tx); }); };
  EXPECT_TRUE(write(*living));
  EXPECT_EQ(write(*dead).error().why, Why::conflict);
}

TEST_P(Jobs, RecurringWorkThatFailsIsTriedAtItsNextTurn) {
  int turns = 0;
  auto r = runner({}, {{"tick", second_ms, [&](const Lease&) {
                          ++turns;
                          throw std::runtime_error("boom");
                        }}});
  r.run_due();
  clock_.advance(second_ms);
  r.run_due();
  EXPECT_EQ(turns, 2);
}

TEST_P(Jobs, TwoNodesNeverRunTheSameJobAndStopFinishesWhatRuns) {
  constexpr int jobs = 60;
  std::mutex lock;
  std::map<std::string, int> runs;
  std::latch all(jobs);
  const auto work = [&](const Job& job) {
    const std::lock_guard hold(lock);
    if (++runs[job.payload] == 1) all.count_down();
    return Outcome{};
  };
  const auto other_db = GetParam() == "sqlite" ? nullptr : open();
  Runner a(*db_, queue_, clock_, random_, {{"a", work}}, {}, {.workers = 3, .poll_ms = 5});
  Runner b(other_db ? *other_db : *db_, queue_, clock_, random_, {{"a", work}}, {}, {.workers = 3, .poll_ms = 5});
  a.start();
  b.start();
  for (int i = 0; i < jobs; ++i) enqueue("a", std::to_string(i));
  all.wait();
  a.stop();
  b.stop();
  EXPECT_EQ(runs.size(), std::size_t(jobs));
  for (const auto& [payload, times] : runs) EXPECT_EQ(times, 1) << payload;
  EXPECT_EQ(a.figures().done + b.figures().done, std::uint64_t(jobs));
  EXPECT_EQ(runner({{"a", work}}).run_due(), 0u);
}

TEST_P(Jobs, ALongJobKeepsItsLease) {
  enqueue("a", "x");
  std::latch begun(1), end(1);
  Runner r(*db_, queue_, clock_, random_,
           {{"a",
             [&](const Job&) {
               begun.count_down();
               end.wait();
               return Outcome{};
             }}},
           {}, {.workers = 1, .poll_ms = 1});
  r.start();
  begun.wait();
  for (int i = 0; i < 4; ++i) {
    clock_.advance(minute_ms / 2);
    const auto leased = [&] {
      return *db_->write([&](WriteTx& tx) -> Result<std::int64_t> {
        return *tx.value<std::int64_t>({"test.leased", "SELECT leased_until FROM jobs"});
      });
    };
    while (leased() <= clock_.now().ms + minute_ms / 2) std::this_thread::yield();
  }
  end.count_down();
  r.stop();
  EXPECT_EQ(r.figures().done, 1u);
}

INSTANTIATE_TEST_SUITE_P(On, Jobs, testing::Values("sqlite", "postgres"), [](const auto& kind) { return kind.param; });

}  // namespace
}  // namespace polder::jobs
