#include "formats/challengegov/fields.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace polder::challengegov {
namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

/// Reads a text from left to right; what it takes is gone.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}
  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  void blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t' || rest_.front() == '\n')) skip(1);
  }
  void skip(std::size_t n) { rest_.remove_prefix(std::min(n, rest_.size())); }
  /// Without regard to case.
  bool take(std::string_view word) {
    if (rest_.size() < word.size() || !std::ranges::equal(rest_.substr(0, word.size()), word, {}, lower, lower))
      return false;
    skip(word.size());
    return true;
  }
  std::optional<int> number(std::size_t most_digits) {
    std::size_t n = 0;
    int value = 0;
    while (n < rest_.size() && n < most_digits && digit(rest_[n])) value = value * 10 + (rest_[n++] - '0');
    if (n == 0 || (n < rest_.size() && digit(rest_[n]))) return {};
    skip(n);
    return value;
  }

 private:
  std::string_view rest_;
};

// ---- Moments ----

struct Zone {
  std::string_view name;
  int standard_hours;
  bool summer;  ///< whether its summer time is kept; the fixed names say which is meant
};
constexpr std::array<Zone, 18> kZones{{{"Eastern", -5, true},

                                       {"Central", -6, true},

                                       {"Mountain", -7, true},

                                       {"Pacific", -8, true},
                                       {"EST", -5, true},
                                       {"EDT", -4, false},
                                       {"ET", -5, true},
                                       {"CST", -6, true},
                                       {"CDT", -5, false},
                                       {"CT", -6, true},
                                       {"MST", -7, true},
                                       {"MDT", -6, false},
                                       {"MT", -7, true},
                                       {"PST", -8, true},
                                       {"PDT", -7, false},
                                       {"PT", -8, true},
                                       {"UTC", 0, false},
                                       {"GMT", 0, false}}};

/// The nth Sunday of a month.
Date sunday(int year, int month, int nth) {
  const int first = weekday({year, month, 1});
  return {year, month, 1 + (7 - first) % 7 + 7 * (nth - 1)};
}

/// Local time in the United States as UTC: summer time from two o'clock on the second Sunday in March to two o'clock
/// (of summer time) on the first in November. An hour that comes twice is its first.
Time in_utc(Time local, const Zone& zone) {
  const int year = date_of(local).year;
  const bool summer = zone.summer && local >= start_of(sunday(year, 3, 2)) + 2 * hour_ms &&
                      local < start_of(sunday(year, 11, 1)) + 2 * hour_ms;
  return local - (zone.standard_hours + (summer ? 1 : 0)) * hour_ms;
}

std::optional<Date> read_date(Cursor& in) {
  const auto first = in.number(4);
  if (!first || !(in.take("/") || in.take("-"))) return {};
  const auto second = in.number(2);
  if (!second || !(in.take("/") || in.take("-"))) return {};
  const auto third = in.number(4);
  if (!third) return {};
  const Date date = *first > 31 ? Date{*first, *second, *third} : Date{*third, *first, *second};
  const bool possible = date.year >= 2007 && date.year < 2100 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
                        date.day <= 31 && date_of(start_of(date)) == date;
  return possible ? std::optional(date) : std::nullopt;
}

/// Minutes since midnight; nothing for no hour of any clock.
std::optional<int> read_hour(Cursor& in) {
  if (in.take("noon")) return 12 * 60;
  if (in.take("midnight")) return 0;
  const auto hour = in.number(2);
  if (!hour) return {};
  std::optional<int> minute = 0;
  if (in.take(":")) minute = in.number(2);
  if (minute && in.take(":") && !in.number(2)) return {};
  if (!minute || *minute > 59) return {};
  in.blanks();
  const bool before_noon = in.take("a.m.") || in.take("am"),
             after_noon = !before_noon && (in.take("p.m.") || in.take("pm"));
  if (!before_noon && !after_noon) return *hour < 24 ? std::optional(*hour * 60 + *minute) : std::nullopt;
  if (after_noon && *hour > 12 && *hour < 24) return *hour * 60 + *minute;  // "17:00 PM" can mean one thing only
  if (*hour < 1 || *hour > 12) return {};
  return (*hour % 12 + (after_noon ? 12 : 0)) * 60 + *minute;
}

// ---- Money ----

struct Amount {
  std::int64_t minor_units = 0;
  bool currency = false;
};

struct Currency {
  std::string_view written, code;
};
constexpr std::array<Currency, 6> kCurrencies{
    {{"€", "EUR"}, {"EUR", "EUR"}, {"£", "GBP"}, {"GBP", "GBP"}, {"CAD", "CAD"}, {"AUD", "AUD"}}};

constexpr std::int64_t kMostMinor = 100'000'000'000'000;  // a million million: beyond it, a number is no purse

/// An amount at the cursor: digits with commas in threes, a fraction, "k", "thousand", "million", "billion".
std::optional<Amount> read_amount(Cursor& in) {
  Cursor ahead = in;
  Amount out{.minor_units = 0, .currency = ahead.take("US$") || ahead.take("$") || ahead.take("USD")};
  ahead.blanks();
  out.currency = ahead.take("$") || out.currency;
  if (ahead.done() || !digit(ahead.rest().front())) return {};
  std::int64_t whole = 0, fraction = 0, scale = 1;
  while (!ahead.done()) {
    const std::string_view rest = ahead.rest();
    if (digit(rest[0]))
      whole = std::min(kMostMinor, whole * 10 + (rest[0] - '0'));
    else if (!(rest[0] == ',' && rest.size() > 3 && digit(rest[1]) && digit(rest[2]) && digit(rest[3])))
      break;
    ahead.skip(1);
  }
  if (ahead.rest().size() > 1 && ahead.rest()[0] == '.' && digit(ahead.rest()[1])) {
    ahead.skip(1);
    while (!ahead.done() && digit(ahead.rest()[0])) {
      if (scale < 1'000'000) fraction = fraction * 10 + (ahead.rest()[0] - '0'), scale *= 10;
      ahead.skip(1);
    }
  }
  const Cursor digits = ahead;
  ahead.blanks();
  std::int64_t times = 1;
  if (ahead.take("thousand") || ahead.take("k"))
    times = 1'000;
  else if (ahead.take("million") || ahead.take("M"))
    times = 1'000'000;
  else if (ahead.take("billion"))
    times = 1'000'000'000;
  // "50 monthly prizes" are not fifty million.
  if (times > 1 && !ahead.done() && letter(ahead.rest()[0])) ahead = digits, times = 1;
  if (whole <= kMostMinor / (100 * times)) out.minor_units = whole * 100 * times + fraction * 100 * times / scale;
  const Cursor before_code = ahead;
  ahead.blanks();
  if (ahead.take("USD") || ahead.take("US dollars") || ahead.take("dollars"))
    out.currency = true;
  else
    ahead = before_code;
  in = ahead;
  return out;
}

}  // namespace

std::optional<Typed> read_moment(std::string_view text, bool closing) {
  Cursor in(text);
  in.blanks();
  const auto date = read_date(in);
  if (!date) return {};
  Typed out;
  Time local = start_of(*date);
  in.take(",");
  in.blanks();
  if (const bool at = in.take("at "); at) in.blanks();
  if (in.done()) {
    out.hour_guessed = true;
    if (closing) local = local + 23 * hour_ms + 59 * minute_ms;
  } else {
    const auto minutes = read_hour(in);
    if (!minutes) return {};
    local = local + *minutes * minute_ms;
  }
  in.blanks();
  const bool bracket = in.take("(");
  const auto* zone = std::ranges::find_if(kZones, [&](const Zone& z) { return in.take(z.name); });
  if (zone != kZones.end()) {  // "Eastern Daylight Time"
    in.blanks();
    if (in.take("standard") || in.take("daylight")) in.blanks();
    in.take("time");
  }
  if (bracket) in.take(")");
  in.blanks();
  if (!in.done()) return {};
  out.zone_guessed = zone == kZones.end();
  out.time = in_utc(local, out.zone_guessed ? kZones.front() : *zone);
  return out;
}

std::optional<TypedPurse> read_purse(std::string_view text) {
  TypedPurse out;
  int amounts = 0;
  std::set<std::string_view> currencies;
  Cursor in(text);
  while (!in.done()) {
    const auto* other = std::ranges::find_if(kCurrencies, [&](const auto& c) { return in.take(c.written); });
    if (other != kCurrencies.end()) {
      currencies.insert(other->code);
    } else if (in.take("up to") || in.take("maximum") || in.take("as much as")) {
      out.purse.up_to = true;
    } else if (const auto amount = read_amount(in)) {
      ++amounts;
      if (amount->currency) currencies.insert("USD");
      out.purse.minor_units = std::max(out.purse.minor_units, amount->minor_units);
    } else {
      in.skip(1);
    }
  }
  if (out.purse.minor_units == 0 || currencies.size() > 1) return {};
  out.currency_guessed = currencies.empty();
  if (!currencies.empty()) out.purse.currency = *currencies.begin();
  out.most_of_several = amounts > 1;
  out.purse.up_to = out.purse.up_to || amounts > 1;
  return out;
}

bool says_up_to(std::string_view text, const Purse& purse) {
  for (Cursor in(text); !in.done(); in.skip(1)) {
    Cursor ahead = in;
    if (!ahead.take("up to ")) continue;
    if (!ahead.take("a total of ") && !ahead.take("an ")) ahead.take("a ");
    const auto amount = read_amount(ahead);
    if (amount && amount->minor_units == purse.minor_units) return true;
  }
  return false;
}

std::optional<Kind> guess_kind(const std::vector<std::string>& types) {
  struct Known {
    std::string_view word;
    Kind kind;
  };
  // From what asks most to what asks least: who must build also writes and thinks.
  static constexpr std::array<Known, 7> known{{{"hardware", Kind::reduction_to_practice},
                                               {"software", Kind::reduction_to_practice},
                                               {"algorithms", Kind::reduction_to_practice},
                                               {"scientific", Kind::theoretical},
                                               {"business plan", Kind::theoretical},
                                               {"ideas", Kind::ideation},
                                               {"creative", Kind::ideation}}};
  for (const Known& k : known)
    for (const std::string& type : types)
      for (Cursor in(type); !in.done(); in.skip(1))
        if (in.take(k.word)) return k.kind;
  return {};
}

}  // namespace polder::challengegov
