#include "kernel/base/time.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace polder {
namespace {

namespace ch = std::chrono;

constexpr std::array<const char*, 7> day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Civil {
  Date date;
  int hour = 0, minute = 0, second = 0;
};

Civil civil(Time t) {
  const auto whole = ch::floor<ch::seconds>(ch::sys_time<ch::milliseconds>(ch::milliseconds(t.ms)));
  const auto days = ch::floor<ch::days>(whole);
  const ch::year_month_day ymd(days);
  const ch::hh_mm_ss clock(whole - days);
  return {{int(ymd.year()), int(unsigned(ymd.month())), int(unsigned(ymd.day()))},
          int(clock.hours().count()),
          int(clock.minutes().count()),
          int(clock.seconds().count())};
}

/// Takes exactly `digits` digits from the front, or fails.
std::optional<int> take(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool skip(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto year = take(text, 4);
  if (!year || !skip(text, '-')) return std::nullopt;
  const auto month = take(text, 2);
  if (!month || !skip(text, '-')) return std::nullopt;
  const auto day = take(text, 2);
  if (!day) return std::nullopt;
  const ch::year_month_day ymd{ch::year(*year), ch::month(unsigned(*month)), ch::day(unsigned(*day))};
  if (!ymd.ok() || *year < 1) return std::nullopt;
  return Date{*year, *month, *day};
}

}  // namespace

std::string iso(Time t) {
  const Civil c = civil(t);
  std::array<char, 40> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02d-%02dT%02d:%02d:%02dZ", c.date.year, c.date.month, c.date.day, c.hour,
                c.minute, c.second);
  return out.data();
}

std::string iso(Date d) {
  std::array<char, 40> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", d.year, d.month, d.day);
  return out.data();
}

std::string http_date(Time t) {
  const Civil c = civil(t);
  std::array<char, 64> out{};
  std::snprintf(out.data(), out.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                day_names.at(std::size_t(weekday(c.date))), c.date.day, month_names.at(std::size_t(c.date.month - 1)),
                c.date.year, c.hour, c.minute, c.second);
  return out.data();
}

std::optional<Date> parse_date(std::string_view text) {
  const auto date = take_date(text);
  return date && text.empty() ? date : std::nullopt;
}

std::optional<Time> parse_time(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !(skip(text, 'T') || skip(text, ' '))) return std::nullopt;
  const auto hour = take(text, 2);
  if (!hour || *hour > 23 || !skip(text, ':')) return std::nullopt;
  const auto minute = take(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t ms = start_of(*date).ms + *hour * hour_ms + *minute * minute_ms;
  if (skip(text, ':')) {
    const auto second = take(text, 2);
    if (!second || *second > 59) return std::nullopt;
    ms += *second * second_ms;
    if (skip(text, '.')) {
      std::int64_t unit = 100;
      bool any = false;
      while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        ms += (text.front() - '0') * unit;
        unit /= 10;
        any = true;
        text.remove_prefix(1);
      }
      if (!any) return std::nullopt;
    }
  }
  if (text == "Z" || text == "z") return Time{ms};
  constexpr Date first{1, 1, 1}, last{9999, 12, 31};
  const int sign = text.starts_with('+') ? 1 : text.starts_with('-') ? -1 : 0;
  if (sign == 0) return std::nullopt;
  text.remove_prefix(1);
  const auto off_hour = take(text, 2);
  if (!off_hour || *off_hour > 23 || !skip(text, ':')) return std::nullopt;
  const auto off_minute = take(text, 2);
  if (!off_minute || *off_minute > 59 || !text.empty()) return std::nullopt;
  const Time utc{ms - sign * (*off_hour * hour_ms + *off_minute * minute_ms)};
  return utc >= start_of(first) && utc < start_of(last) + day_ms ? std::optional(utc) : std::nullopt;
}

Date date_of(Time t) { return civil(t).date; }

Time start_of(Date d) {
  const ch::sys_days days =
      ch::year_month_day{ch::year(d.year), ch::month(unsigned(d.month)), ch::day(unsigned(d.day))};
  return {ch::duration_cast<ch::milliseconds>(days.time_since_epoch()).count()};
}

int weekday(Date d) {
  const ch::sys_days days =
      ch::year_month_day{ch::year(d.year), ch::month(unsigned(d.month)), ch::day(unsigned(d.day))};
  return int(ch::weekday(days).c_encoding());
}

Time SystemClock::now() const {
  return {ch::duration_cast<ch::milliseconds>(ch::system_clock::now().time_since_epoch()).count()};
}

}  // namespace polder
