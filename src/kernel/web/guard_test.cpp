// The guards: no other site acts in somebody's name, and nothing is tried too often, not even after a restart.
#include "kernel/web/guard.h"

#include <gtest/gtest.h>

#include "kernel/base/embedded.h"
#include "kernel/storage/house_test.h"

namespace polder::web {
namespace {

using http::Method;

bool passes(Method method, std::vector<std::pair<std::string, std::string>> headers) {
  return same_site({.method = method,
                    .path = "/",
                    .query = {},
                    .host = "polder.example",
                    .remote = {},
                    .headers = std::move(headers)})
      .has_value();
}

TEST(SameSite, OnlyOurOwnPagesMayActWithACookie) {
  const std::pair<std::string, std::string> cookie{"cookie", "session=x"}, ours{"origin", "https://polder.example"},
      theirs{"origin", "https://evil.example"}, same{"sec-fetch-site", "same-origin"}, none{"sec-fetch-site", "none"},
      cross{"sec-fetch-site", "cross-site"}, sister{"sec-fetch-site", "same-site"};
  for (const auto method : {Method::post, Method::put, Method::patch, Method::del}) {
    EXPECT_TRUE(passes(method, {cookie, same, ours}));
    EXPECT_TRUE(passes(method, {cookie, same}));
    EXPECT_TRUE(passes(method, {cookie, none})) << "typed by hand or opened from a bookmark";
    EXPECT_TRUE(passes(method, {cookie, ours})) << "a browser without fetch metadata";
    EXPECT_TRUE(passes(method, {})) << "a program without a cookie";
    EXPECT_FALSE(passes(method, {cookie, cross}));
    EXPECT_FALSE(passes(method, {cookie, sister})) << "another platform's host is another site";
    EXPECT_FALSE(passes(method, {cookie, theirs}));
    EXPECT_FALSE(passes(method, {cookie, same, theirs})) << "the two must agree";
    EXPECT_FALSE(passes(method, {cookie})) << "no browser sends a cookie and neither header";
    EXPECT_FALSE(passes(method, {theirs}));
    EXPECT_FALSE(passes(method, {cross}));
    for (const auto* origin :
         {"null", "https://polder.example.evil.example", "https://polder.example:8443", "https://", "polder.example",
          "https://evil.example/polder.example", "://polder.example.", "https://evil.example#://polder.example"})
      EXPECT_FALSE(passes(method, {cookie, {"origin", origin}})) << origin;
  }
  for (const auto method : {Method::get, Method::head, Method::options})
    EXPECT_TRUE(passes(method, {cookie, cross, theirs}));
}

TEST(Cookie, IsFoundByItsWholeName) {
  EXPECT_EQ(cookie("a=1; session=abc; b=2", "session"), "abc");
  EXPECT_EQ(cookie("xsession=1; session=abc", "session"), "abc");
  EXPECT_EQ(cookie("session=abc; session=def", "session"), "abc") << "the first counts";
  EXPECT_EQ(cookie("session", "session"), "");
  EXPECT_EQ(cookie("session=", "session"), "");
  EXPECT_EQ(cookie("a=session=x", "session"), "");
  EXPECT_EQ(cookie("", "session"), "");
  EXPECT_EQ(cookie(";;; ;session=a=b", "session"), "a=b");
}

TEST(Cookie, IsHiddenFromScriptsAndFromOtherSites) {
  EXPECT_EQ(set_cookie("s", "v", 60, true), "s=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
  EXPECT_EQ(set_cookie("s", "", 0, false), "s=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

class Limits : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    house_ = storage::House::build(GetParam());
    if (!house_) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
    start();
  }
  void start() {
    db_.reset();
    db_ = storage::Database::open({.url = house_->url(), .readers = 1}).value();
    const storage::Migration limits{"kernel/web", 1, "limits",
                                    std::string(embedded("migrations/kernel/web/0001_limits.sql").value())};
    ASSERT_TRUE(db_->migrate({&limits, 1}));
  }
  Done attempt(std::string_view key = "sign-in:anna", std::int64_t burst = 3, std::int64_t refill_s = 60) {
    return db_->write([&](storage::WriteTx& tx) { return allow(tx, now_, key, burst, refill_s); });
  }
  std::int64_t rows() {
    return db_->read(
        [](storage::ReadTx& tx) { return *tx.value<std::int64_t>({"test.rows", "SELECT count(*) FROM limits"}); });
  }

  std::unique_ptr<storage::House> house_;
  std::unique_ptr<storage::Database> db_;
  Time now_{1'800'000'000'000};
};
INSTANTIATE_TEST_SUITE_P(Both, Limits, testing::Values("sqlite", "postgres"),
                         [](const auto& which) { return which.param; });

TEST_P(Limits, SomeAtOnceThenOneEachWhile) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(attempt());
  const auto refused = attempt();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().why, Why::rate_limited);
  EXPECT_GE(refused.error().retry_after_s, 60);
  EXPECT_LE(refused.error().retry_after_s, 61);
  EXPECT_TRUE(attempt("sign-in:bert")) << "another's tries are another's";
  now_.ms += 59'000;
  EXPECT_FALSE(attempt());
  now_.ms += 1'001;
  EXPECT_TRUE(attempt());
  EXPECT_FALSE(attempt());
  now_.ms += 10 * hour_ms;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(attempt());
  EXPECT_FALSE(attempt()) << "no more than a burst is ever saved up";
}

TEST_P(Limits, WhoWaitsAsLongAsToldMayTryAgain) {
  for (const std::int64_t refill_s : {1, 7, 60, 3'600}) {
    const std::string key = "k" + std::to_string(refill_s);
    ASSERT_TRUE(attempt(key, 1, refill_s));
    now_.ms += 137;
    const auto refused = attempt(key, 1, refill_s);
    ASSERT_FALSE(refused);
    now_.ms += refused.error().retry_after_s * 1'000;
    EXPECT_TRUE(attempt(key, 1, refill_s)) << refill_s;
  }
}

TEST_P(Limits, ARestartForgivesNothing) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(attempt());
  start();
  EXPECT_FALSE(attempt());
}

TEST_P(Limits, AClockThatGoesBackForgivesNothing) {
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(attempt());
  const Time before = now_;
  now_.ms -= hour_ms;
  ASSERT_TRUE(attempt());
  EXPECT_FALSE(attempt());
  now_ = before;
  EXPECT_FALSE(attempt()) << "the hour that comes a second time counts once";
}

TEST_P(Limits, ATryThatWasNoFailureIsGivenBack) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(attempt());
  ASSERT_TRUE(db_->write([](storage::WriteTx& tx) -> Done {
    give_back(tx, "sign-in:anna", 60);
    give_back(tx, "sign-in:nobody", 60);
    return {};
  }));
  EXPECT_TRUE(attempt());
  EXPECT_FALSE(attempt());
}

TEST_P(Limits, NothingIsKeptOfWhatIsFullAgain) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(attempt());
  const auto forget = [&] {
    (void)db_->write([&](storage::WriteTx& tx) -> Done {
      forget_idle_limits(tx, now_);
      return {};
    });
  };
  now_.ms += 179'000;
  forget();
  EXPECT_EQ(rows(), 1);
  now_.ms += 2'000;
  forget();
  EXPECT_EQ(rows(), 0);
  EXPECT_FALSE(house_->holds(*db_, "limits", "anna")) << "what is limited is stored as a hash only";
}

}  // namespace
}  // namespace polder::web
