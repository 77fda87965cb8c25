#include "kernel/i18n/format.h"

#include <unicode/basictz.h>
#include <unicode/datefmt.h>
#include <unicode/listformatter.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/reldatefmt.h>

#include <array>
#include <cmath>
#include <mutex>

#include "kernel/i18n/icu.h"

namespace polder::i18n {
namespace {

using icu::DateFormat;
using icu::number::LocalizedNumberFormatter;
using icu::number::NumberFormatter;
using icu::number::Precision;

/// One DateFormat for each language and style, made when first wanted; ICU's are not safe to share between threads, and
/// making one costs far more than waiting for a neighbour.
class Dates {
 public:
  enum Style { day_long, day_short, with_time };

  static std::string format(Language language, Style style, const Zone& zone, Time t) {
    static std::array<std::array<Dates, 3>, all_languages.size()> all;
    return all[std::size_t(language)][style].write(language, style, zone, t);
  }

 private:
  std::string write(Language language, Style style, const Zone& zone, Time t) {
    const std::lock_guard hold(lock_);
    if (!format_) format_ = make(language, style);
    if (zone_ != zone.name()) {
      format_->setTimeZone(*zone.inside().zone);
      zone_ = zone.name();
    }
    icu::UnicodeString out;
    format_->format(UDate(t.ms), out);
    return narrow(out);
  }

  static std::unique_ptr<DateFormat> make(Language language, Style style) {
    const auto where = locale(language);
    std::unique_ptr<DateFormat> made;
    if (style == day_short) {
      UErrorCode status = U_ZERO_ERROR;
      made.reset(DateFormat::createInstanceForSkeleton(u"yyyyMMdd", where, status));
      must(status);
    } else if (style == day_long) {
      made.reset(DateFormat::createDateInstance(DateFormat::kLong, where));
    } else {
      made.reset(DateFormat::createDateTimeInstance(DateFormat::kLong, DateFormat::kShort, where));
    }
    if (!made) must(U_MISSING_RESOURCE_ERROR);
    return made;
  }

  std::mutex lock_;
  std::unique_ptr<DateFormat> format_;
  std::string zone_;
};

/// ICU's number formatters are immutable and safe to share.
const LocalizedNumberFormatter& numbers(Language language) {
  static const auto all = [] {
    std::array<LocalizedNumberFormatter, all_languages.size()> made;
    for (const auto l : all_languages) made[std::size_t(l)] = NumberFormatter::withLocale(locale(l));
    return made;
  }();
  return all[std::size_t(language)];
}

std::string written(icu::number::FormattedNumber&& formatted, UErrorCode status) {
  must(status);
  const auto text = formatted.toString(status);
  must(status);
  return narrow(text);
}

std::string with_unit(Language language, double value, int most_digits, const icu::MeasureUnit& unit,
                      UNumberUnitWidth width) {
  UErrorCode status = U_ZERO_ERROR;
  return written(numbers(language)
                     .precision(Precision::maxFraction(most_digits))
                     .unit(unit)
                     .unitWidth(width)
                     .formatDouble(value, status),
                 status);
}

struct Unit {
  std::int64_t ms;
  URelativeDateTimeUnit icu;
};
constexpr Unit units[] = {{365 * day_ms, UDAT_REL_UNIT_YEAR}, {30 * day_ms, UDAT_REL_UNIT_MONTH},
                          {day_ms, UDAT_REL_UNIT_DAY},        {hour_ms, UDAT_REL_UNIT_HOUR},
                          {minute_ms, UDAT_REL_UNIT_MINUTE},  {second_ms, UDAT_REL_UNIT_SECOND}};

}  // namespace

std::optional<Zone> Zone::named(std::string_view iana_name) {
  if (iana_name != "UTC" && !iana_name.contains('/')) return std::nullopt;
  auto inside = std::make_shared<Inside>();
  inside->name = iana_name;
  inside->zone.reset(icu::TimeZone::createTimeZone(wide(iana_name)));
  if (*inside->zone == icu::TimeZone::getUnknown()) return std::nullopt;
  return Zone(std::move(inside));
}

const Zone& Zone::utc() {
  static const Zone zone = *named("UTC");
  return zone;
}

const std::string& Zone::name() const { return inside_->name; }

Civil Zone::civil(Time t) const {
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t raw = 0, dst = 0;
  inside_->zone->getOffset(UDate(t.ms), false, raw, dst, status);
  must(status);
  const Time local = t + raw + dst;
  const Date date = date_of(local);
  const auto minutes = (local - start_of(date)) / minute_ms;
  return {date, int(minutes / 60), int(minutes % 60)};
}

Time Zone::moment(Civil c) const {
  const Time local = start_of(c.date) + c.hour * hour_ms + c.minute * minute_ms;
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t raw = 0, dst = 0;
  if (const auto* basic = dynamic_cast<const icu::BasicTimeZone*>(inside_->zone.get()))
    basic->getOffsetFromLocal(UDate(local.ms), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw, dst, status);
  else
    inside_->zone->getOffset(UDate(local.ms), true, raw, dst, status);
  must(status);
  return local - (raw + dst);
}

std::string date_long(Language language, const Zone& zone, Time t) {
  return Dates::format(language, Dates::day_long, zone, t);
}

std::string date_short(Language language, const Zone& zone, Time t) {
  return Dates::format(language, Dates::day_short, zone, t);
}

std::string date_time(Language language, const Zone& zone, Time t) {
  return Dates::format(language, Dates::with_time, zone, t);
}

std::string date_long(Language language, Date date) { return date_long(language, Zone::utc(), start_of(date)); }

std::string relative(Language language, Time now, Time then) {
  const auto away = then - now;
  const auto* unit = std::begin(units);
  while (unit + 1 != std::end(units) && std::abs(away) < unit->ms) ++unit;
  UErrorCode status = U_ZERO_ERROR;
  const icu::RelativeDateTimeFormatter formatter(locale(language), status);
  icu::UnicodeString out;
  // Towards zero, so that nobody is told more time than there is; -0.0 would read as the past.
  const auto whole = double(away / unit->ms);
  formatter.formatNumeric(away < 0 ? -std::abs(whole) : whole, unit->icu, out, status);
  must(status);
  return narrow(out);
}

Message time_left(Time now, Time until) {
  const auto left = until - now;
  if (left <= 0) return Message{"i18n.closed"};
  if (left >= 2 * day_ms) return Message{"i18n.days-left", {{"days", left / day_ms}}};
  if (left >= 2 * hour_ms) return Message{"i18n.hours-left", {{"hours", left / hour_ms}}};
  if (left >= minute_ms) return Message{"i18n.minutes-left", {{"minutes", left / minute_ms}}};
  return Message{"i18n.moment-left"};
}

std::string number(Language language, std::int64_t value) {
  UErrorCode status = U_ZERO_ERROR;
  return written(numbers(language).formatInt(value, status), status);
}

std::string number(Language language, double value, int digits) {
  UErrorCode status = U_ZERO_ERROR;
  return written(numbers(language).precision(Precision::fixedFraction(digits)).formatDouble(value, status), status);
}

std::string percent(Language language, double fraction, int digits) {
  UErrorCode status = U_ZERO_ERROR;
  return written(numbers(language)
                     .unit(icu::MeasureUnit::getPercent())
                     .precision(Precision::fixedFraction(digits))
                     .formatDouble(fraction * 100, status),
                 status);
}

std::string list(Language language, std::span<const std::string> items) {
  static const auto all = [] {
    std::array<std::unique_ptr<icu::ListFormatter>, all_languages.size()> made;
    for (const auto l : all_languages) {
      UErrorCode status = U_ZERO_ERROR;
      made[std::size_t(l)].reset(icu::ListFormatter::createInstance(locale(l), status));
      must(status);
    }
    return made;
  }();
  std::vector<icu::UnicodeString> words;
  for (const auto& item : items) words.push_back(wide(item));
  icu::UnicodeString out;
  UErrorCode status = U_ZERO_ERROR;
  all[std::size_t(language)]->format(words.data(), std::int32_t(words.size()), out, status);
  must(status);
  return narrow(out);
}

std::string file_size(Language language, std::int64_t bytes) {
  const auto size = double(bytes);
  if (bytes < 1'000) return with_unit(language, size, 0, icu::MeasureUnit::getByte(), UNUM_UNIT_WIDTH_FULL_NAME);
  if (size < 999.5e3) return with_unit(language, size / 1e3, 0, icu::MeasureUnit::getKilobyte(), UNUM_UNIT_WIDTH_SHORT);
  if (size < 999.95e6)
    return with_unit(language, size / 1e6, 1, icu::MeasureUnit::getMegabyte(), UNUM_UNIT_WIDTH_SHORT);
  return with_unit(language, size / 1e9, 1, icu::MeasureUnit::getGigabyte(), UNUM_UNIT_WIDTH_SHORT);
}

}  // namespace polder::i18n
