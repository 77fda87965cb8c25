#include "processes/consultations/rules.h"

#include "kernel/text/text.h"

namespace polder::consultations {
namespace {

constexpr std::int64_t week_ms = 7 * day_ms;

Date next_day(Date d) { return date_of(start_of(d) + day_ms); }

}  // namespace

Phase phase_at(const Consultation& c, Time now) {
  if (c.phase == Phase::announced && now >= c.closes_at) return Phase::closed;
  if (c.phase == Phase::open && now >= c.closes_at) return Phase::closed;
  if (c.phase == Phase::open && now < c.opens_at) return Phase::announced;
  return c.phase;
}

Period period(Date first_day, Date last_day, const i18n::Zone& zone) {
  return {zone.moment({first_day, 0, 0}), zone.moment({next_day(last_day), 0, 0})};
}

Done check_period(const Period& period, Time now, std::int64_t minimum_weeks, const i18n::Zone& zone) {
  if (period.closes_at <= period.opens_at) return refuse_field("last-day", {"consultations.ends-before-it-begins"});
  // Counted in whole days on the wall: a change to summer time takes no hour from anybody, and of a day that has begun
  // there is none left.
  Date from = zone.civil(std::max(period.opens_at, now)).date;
  if (period.opens_at < now && zone.moment({from, 0, 0}) < now) from = next_day(from);
  const Date to = zone.civil(period.closes_at).date;
  const std::int64_t days = (start_of(to) - start_of(from)) / day_ms;
  if (days * day_ms >= minimum_weeks * week_ms) return {};
  const Date earliest = date_of(start_of(from) + minimum_weeks * week_ms - day_ms);
  return refuse_field(
      "last-day", {"consultations.period-too-short",
                   {{"weeks", minimum_weeks}, {"days", days}, {"date", Moment{zone.moment({earliest, 12, 0}).ms}}}});
}

Sight sight(const Response& r, bool author, bool official) {
  if (author || official) return r.state == State::withdrawn && !author ? Sight::nothing : Sight::all;
  if (r.state != State::there) return Sight::nothing;
  switch (r.visibility) {
    case Shown::public_name:
      return Sight::all;
    case Shown::public_anonymous:
      return Sight::words_only;
    case Shown::officials:
      return Sight::counted;
  }
  return Sight::nothing;
}

std::int64_t waiting(const Consultation& c) { return c.answerable - c.answered; }

std::optional<double> answered_share(const Consultation& c) {
  if (c.answerable == 0) return std::nullopt;
  return double(c.answered) / double(c.answerable);
}

std::string slug_from(std::string_view title) {
  const std::string slug = text::slug(title, 60);
  return slug.size() < 2 || slug == "new" ? "consultation" : slug;
}

}  // namespace polder::consultations
