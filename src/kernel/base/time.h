// Moments, dates and the clock. Times are UTC milliseconds since 1970; a clock comes in by argument, so that every
// test is deterministic and a deadline is always the server's.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polder {

inline constexpr std::int64_t second_ms = 1'000;
inline constexpr std::int64_t minute_ms = 60 * second_ms;
inline constexpr std::int64_t hour_ms = 60 * minute_ms;
inline constexpr std::int64_t day_ms = 24 * hour_ms;

/// A moment: UTC milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
struct Time {
  std::int64_t ms = 0;
  auto operator<=>(const Time&) const = default;
  Time operator+(std::int64_t add_ms) const { return {ms + add_ms}; }
  Time operator-(std::int64_t sub_ms) const { return {ms - sub_ms}; }
  std::int64_t operator-(Time other) const { return ms - other.ms; }
};

/// A civil date of the proleptic Gregorian calendar, years 1 to 9999.
struct Date {
  int year = 1970, month = 1, day = 1;
  auto operator<=>(const Date&) const = default;
};

/// RFC 3339 §5.6 in UTC with whole seconds: "2026-11-22T18:04:05Z".
std::string iso(Time t);
/// "2026-11-22".
std::string iso(Date d);
/// RFC 9110 §5.6.7, for HTTP headers: "Sun, 22 Nov 2026 18:04:05 GMT".
std::string http_date(Time t);
/// Reads RFC 3339 with `Z` or an offset, seconds and fraction optional; nothing else. In UTC it is in the years 1 to
/// 9999, so that it can be written again.
std::optional<Time> parse_time(std::string_view text);
/// Reads YYYY-MM-DD of a day that exists.
std::optional<Date> parse_date(std::string_view text);

Date date_of(Time t);   ///< the UTC day that holds `t`
Time start_of(Date d);  ///< 00:00:00.000 UTC of that day
int weekday(Date d);    ///< 0 is Sunday

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

/// The machine's clock, for `main`.
class SystemClock final : public Clock {
 public:
  Time now() const override;
};

/// A clock that a test or the demo sets by hand.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Time t) : now_(t) {}
  Time now() const override { return now_; }
  void set(Time t) { now_ = t; }
  void advance(std::int64_t ms) { now_.ms += ms; }

 private:
  Time now_;
};

}  // namespace polder
