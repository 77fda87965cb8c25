// Dates, numbers and lists as the reader's language writes them, on the clock of the platform's time zone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "kernel/base/result.h"
#include "kernel/base/time.h"
#include "kernel/i18n/language.h"

namespace polder::i18n {

/// A date and a time of day on somebody's wall.
struct Civil {
  Date date;
  int hour = 0, minute = 0;
  bool operator==(const Civil&) const = default;
};

/// A time zone of the IANA database, with its past and announced changes. Cheap to copy.
class Zone {
 public:
  /// "Europe/Amsterdam", "UTC"; nothing for a name that the database does not have.
  static std::optional<Zone> named(std::string_view iana_name);
  static const Zone& utc();

  const std::string& name() const;
  Civil civil(Time t) const;
  /// The inverse. In the hour that the clocks skip, the moment they are put forward to; in the hour that comes twice,
  /// the first.
  Time moment(Civil c) const;
  bool operator==(const Zone& other) const { return name() == other.name(); }

  struct Inside;
  const Inside& inside() const { return *inside_; }

 private:
  explicit Zone(std::shared_ptr<const Inside> inside) : inside_(std::move(inside)) {}
  std::shared_ptr<const Inside> inside_;
};

std::string date_long(Language language, const Zone& zone, Time t);   ///< "22 November 2026"
std::string date_short(Language language, const Zone& zone, Time t);  ///< "22/11/2026", "22-11-2026", "22.11.2026"
std::string date_time(Language language, const Zone& zone, Time t);   ///< "22 November 2026 at 18:04"
std::string date_long(Language language, Date date);

/// "2 hours ago", "in 19 days": whole units, the largest that fits.
std::string relative(Language language, Time now, Time then);
/// "19 days left", "3 hours left", "less than a minute left", "closed": a sentence of this room's catalogue.
Message time_left(Time now, Time until);

std::string number(Language language, std::int64_t value);                ///< "12,345"
std::string number(Language language, double value, int digits);          ///< exactly `digits` after the point
std::string percent(Language language, double fraction, int digits = 0);  ///< 0.25: "25%", "25 %" in German
/// "a, b and c".
std::string list(Language language, std::span<const std::string> items);
/// "512 bytes", "1.5 MB": thousands, as the SI counts.
std::string file_size(Language language, std::int64_t bytes);

}  // namespace polder::i18n
