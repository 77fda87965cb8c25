// Moments and dates: RFC 3339 in and out, and days that exist.
#include "kernel/base/time.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "kernel/base/result.h"

namespace polder {
namespace {

constexpr std::int64_t first = -62'135'596'800'000, last = 253'402'300'799'999;  // years 1 to 9999

TEST(Time, ReadsWhatItWrites) {
  EXPECT_EQ(iso(Time{0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(iso(Time{-1}), "1969-12-31T23:59:59Z");
  EXPECT_EQ(iso(Time{first}), "0001-01-01T00:00:00Z");
  EXPECT_EQ(iso(Time{last}), "9999-12-31T23:59:59Z");
  EXPECT_TRUE(rc::check([] {
    const Time t{*rc::gen::inRange<std::int64_t>(first / 1'000, last / 1'000) * 1'000};
    RC_ASSERT(parse_time(iso(t)) == t);
    RC_ASSERT(start_of(date_of(t)) <= t && t < start_of(date_of(t)) + day_ms);
    RC_ASSERT(parse_date(iso(date_of(t))) == date_of(t));
    RC_ASSERT((weekday(date_of(t)) + 1) % 7 == weekday(date_of(t + day_ms)) || date_of(t).year == 9999);
  }));
}

TEST(Time, ReadsOffsetsAndFractions) {
  const Time t = parse_time("2026-11-22T18:04:05Z").value();
  EXPECT_EQ(parse_time("2026-11-22T19:04:05+01:00"), t);
  EXPECT_EQ(parse_time("2026-11-22T12:34:05-05:30"), t);
  EXPECT_EQ(parse_time("2026-11-22 18:04:05z"), t);
  EXPECT_EQ(parse_time("2026-11-22T18:04Z"), t - 5'000);
  EXPECT_EQ(parse_time("2026-11-22T18:04:05.1239999999999999999999Z"), t + 123);
}

TEST(Time, NothingElseIsOne) {
  for (const auto* bad :
       {"", "2026-11-22", "2026-11-22T18:04:05", "2026-11-22T18Z", "2026-11-22T24:00:00Z", "2026-11-22T18:60:00Z",
        "2026-11-22T18:04:60Z", "2026-11-22T18:04:05.Z", "2026-11-22T18:04:05+1:00", "2026-11-22T18:04:05+01:60",
        "2026-11-22T18:04:05+01:00Z", "2026-11-22T18:04:05Z ", "2026-02-29T00:00:00Z", "26-11-22T18:04:05Z",
        "2026-11-22X18:04:05Z", "+2026-11-22T18:04:05Z", "0000-12-31T23:59:59Z"})
    EXPECT_FALSE(parse_time(bad)) << bad;
  // What could not be written again.
  EXPECT_FALSE(parse_time("0001-01-01T00:00:00+00:01"));
  EXPECT_FALSE(parse_time("9999-12-31T23:59:59-00:01"));
}

TEST(Date, ExistsOrIsRefused) {
  EXPECT_EQ(parse_date("2024-02-29"), (Date{2024, 2, 29}));
  EXPECT_EQ(parse_date("2000-02-29"), (Date{2000, 2, 29}));
  for (const auto* bad : {"2026-02-29", "1900-02-29", "2026-00-01", "2026-13-01", "2026-01-00", "2026-01-32",
                          "2026-1-1", "0000-01-01", "20260101", "2026-01-01 ", "2026/01/01", "-026-01-01"})
    EXPECT_FALSE(parse_date(bad)) << bad;
  EXPECT_EQ(weekday({2026, 11, 22}), 0) << "a Sunday";
}

TEST(Time, IsWrittenForHttp) {
  EXPECT_EQ(http_date(parse_time("2026-11-22T18:04:05Z").value()), "Sun, 22 Nov 2026 18:04:05 GMT");
}

TEST(Clock, IsSetByHandWhereATestNeedsIt) {
  ManualClock clock(Time{5});
  clock.advance(3);
  EXPECT_EQ(clock.now().ms, 8);
  EXPECT_GT(SystemClock().now(), parse_time("2024-01-01T00:00:00Z").value());
}

// ---- refusals ----

Result<int> half(int n) {
  if (n % 2 != 0) return refuse(Why::invalid, {"trial.odd", {{"n", n}}}, "private");
  return n / 2;
}
Result<int> quarter(int n) {
  TRY(const int h, half(n));
  TRY(const int q, half(h));
  return q;
}
Done is_quarterable(int n) {
  CHECK_DONE(quarter(n));
  return {};
}

TEST(Refusal, IsHandedToTheCallerWithEverythingItSays) {
  EXPECT_EQ(quarter(8), 2);
  EXPECT_TRUE(is_quarterable(4));
  const auto refused = is_quarterable(6);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, (Message{"trial.odd", {{"n", std::int64_t(3)}}}));
  EXPECT_EQ(refused.error().cause, "private");
  const std::unexpected<Refusal> field = refuse_field("title", {"trial.empty"});
  EXPECT_EQ(field.error().message.key, "fields.summary");
  EXPECT_EQ(field.error().fields, (std::vector<FieldError>{{"title", {"trial.empty"}}}));
}

}  // namespace
}  // namespace polder
