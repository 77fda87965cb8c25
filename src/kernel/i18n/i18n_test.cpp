#include "kernel/i18n/i18n.h"

#include <gtest/gtest.h>

#include <thread>

#include "kernel/i18n/country.h"
#include "kernel/i18n/money.h"

namespace polder::i18n {
namespace {

constexpr Language en = Language::en, nl = Language::nl, de = Language::de;

Time at(std::string_view iso) { return parse_time(iso).value(); }
Zone zone(std::string_view name) { return Zone::named(name).value(); }

Catalogues english(std::string_view json) {
  const EmbeddedFile file{"messages/kernel/x/en.json", json};
  return Catalogues({&file, 1});
}

TEST(Language, IsWhatTheBrowserAskedFor) {
  const auto pick = [](std::string_view header) { return negotiate(header, all_languages); };
  EXPECT_EQ(pick("nl-NL,nl;q=0.9,en;q=0.8"), nl);
  EXPECT_EQ(pick("fr, de;q=0.3, nl;q=0.7"), nl);
  EXPECT_EQ(pick("DE-at"), de);
  EXPECT_EQ(pick("fr"), en);
  EXPECT_EQ(pick(""), en);
  EXPECT_EQ(pick("en;q=0, *"), nl);
  EXPECT_EQ(pick("de;q=0.5, nl;q=0.5"), de) << "the first of equals";
  EXPECT_EQ(pick("nl;q=2, de;q=0.1"), de) << "a weight above one is malformed";
  EXPECT_EQ(pick("nl;q=abc,,;;,=,-"), en);
}

TEST(Language, OnlyThoseOfThePlatformAreOffered) {
  const std::array allowed{nl, en};
  EXPECT_EQ(negotiate("de", allowed), nl);
  EXPECT_EQ(negotiate("de, en;q=0.1", allowed), en);
}

TEST(Language, AnEndlessHeaderIsReadNoFurtherThanItsLimit) {
  std::string header;
  for (int i = 0; i < 100'000; ++i) header += "xx,";
  EXPECT_EQ(negotiate(header + "nl", all_languages), en);
}

TEST(Language, CodesAreExact) {
  for (const auto language : all_languages) EXPECT_EQ(parse_language(code(language)), language);
  EXPECT_EQ(parse_language("NL"), std::nullopt);
  EXPECT_EQ(native_name(nl), "Nederlands");
}

TEST(Say, FillsArgumentsAsTheLanguageWritesThem) {
  const auto c = english(
      R"({"a": "{name} has {n} of {m}, at {t}", "b": "it's open", "c": "{n, plural, one {# reply} other {# replies}}"})");
  EXPECT_EQ(
      c.say(en, {"a", {{"name", "Ann {n}"}, {"n", 12345}, {"m", 2.5}, {"t", Moment{at("2026-11-22T18:04:00Z").ms}}}}),
      "Ann {n} has 12,345 of 2.50, at 22 November 2026 at 18:04");
  EXPECT_EQ(c.say(en, {"b"}), "it's open");
  EXPECT_EQ(c.say(en, {"c", {{"n", 1}}}), "1 reply");
  EXPECT_EQ(c.say(en, {"c", {{"n", 12345}}}), "12,345 replies");
}

TEST(Say, ShowsMomentsOnThePlatformsClock) {
  const auto c = english(R"({"plain": "{t}", "typed": "{t, date, long} '{'{t, time, short}'}'",
      "nested": "{n, plural, one {by {t, date, medium}} other {}}"})");
  const std::vector<std::pair<std::string, MessageArg>> args{{"t", Moment{at("2026-11-22T23:30:00Z").ms}}};
  EXPECT_EQ(c.say(en, {"plain", args}, zone("Europe/Amsterdam")), "23 November 2026 at 00:30");
  EXPECT_EQ(c.say(en, {"typed", args}, zone("Europe/Amsterdam")), "23 November 2026 {00:30}");
  EXPECT_EQ(c.say(en, {"nested", {{"t", args[0].second}, {"n", 1}}}, zone("Europe/Amsterdam")), "by 23 Nov 2026");
  EXPECT_EQ(c.say(en, {"typed", args}), "22 November 2026 {23:30}");
}

TEST(Say, AMessageThatIsMissingIsShownByItsKey) {
  const auto c = english(R"({"a": "{x} and {y}", "b": "{n, plural, one {#} other {#}} {y}"})");
  EXPECT_EQ(c.say(en, {"none"}), "none");
  EXPECT_EQ(c.say(nl, {"a"}), "a");
  EXPECT_EQ(c.say(en, {"a", {{"x", "1"}}}), "1 and {y}");
  EXPECT_EQ(c.say(en, {"b", {{"n", 2}}}), "2 {y}");
  EXPECT_TRUE(c.has("a"));
  EXPECT_FALSE(c.has("none"));
}

TEST(Say, TheProgramSpeaksAllItsLanguages) {
  const Catalogues c(embedded_below("messages/"));
  const Message left{"i18n.days-left", {{"days", 19}}};
  EXPECT_EQ(c.say(en, left), "19 days left");
  EXPECT_EQ(c.say(nl, left), "nog 19 dagen");
  EXPECT_EQ(c.say(de, left), "noch 19 Tage");
}

TEST(Say, ManyThreadsMaySpeakAtOnce) {
  const auto c = english(R"({"a": "{n, plural, one {# reply} other {# replies}} on {t, date, long}"})");
  const Zone zones[] = {Zone::utc(), zone("Pacific/Auckland")};
  const std::string expected[] = {"3 replies on 22 November 2026", "3 replies on 23 November 2026"};
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&, i] {
        for (int k = 0; k < 500; ++k)
          wrong += c.say(en, {"a", {{"n", 3}, {"t", Moment{at("2026-11-22T18:04:00Z").ms}}}}, zones[i % 2]) !=
                   expected[i % 2];
      });
  }
  EXPECT_EQ(wrong, 0);
}

TEST(Zone, KnowsSummerAndWinter) {
  const auto amsterdam = zone("Europe/Amsterdam");
  EXPECT_EQ(amsterdam.civil(at("2026-07-01T22:30:00Z")), (Civil{{2026, 7, 2}, 0, 30}));
  EXPECT_EQ(amsterdam.civil(at("2026-12-31T23:30:00Z")), (Civil{{2027, 1, 1}, 0, 30}));
  EXPECT_EQ(amsterdam.moment({{2026, 11, 22}, 23, 59}), at("2026-11-22T22:59:00Z"));
  EXPECT_EQ(amsterdam.moment({{2026, 3, 29}, 2, 30}), at("2026-03-29T01:30:00Z")) << "the hour that is skipped";
  EXPECT_EQ(amsterdam.moment({{2026, 10, 25}, 2, 30}), at("2026-10-25T00:30:00Z"))
      << "the first of the hour that comes twice";
  EXPECT_EQ(zone("Asia/Kathmandu").civil(at("2026-01-01T00:00:00Z")), (Civil{{2026, 1, 1}, 5, 45}));
}

TEST(Zone, OnlyRealNamesAreZones) {
  for (const auto* name : {"", "Europe/Atlantis", "GMT+2", "CEST", "../etc/passwd"})
    EXPECT_FALSE(Zone::named(name)) << name;
}

TEST(Dates, ReadAsEachLanguageWritesThem) {
  const auto t = at("2026-11-22T18:04:00Z");
  const auto amsterdam = zone("Europe/Amsterdam");
  EXPECT_EQ(date_long(en, amsterdam, t), "22 November 2026");
  EXPECT_EQ(date_long(nl, amsterdam, t), "22 november 2026");
  EXPECT_EQ(date_long(de, amsterdam, t), "22. November 2026");
  EXPECT_EQ(date_short(en, amsterdam, t), "22/11/2026");
  EXPECT_EQ(date_short(nl, amsterdam, t), "22-11-2026");
  EXPECT_EQ(date_short(de, amsterdam, t), "22.11.2026");
  EXPECT_EQ(date_time(en, amsterdam, t), "22 November 2026 at 19:04");
  EXPECT_EQ(date_time(nl, amsterdam, t), "22 november 2026 om 19:04");
  EXPECT_EQ(date_time(de, amsterdam, t), "22. November 2026 um 19:04");
  EXPECT_EQ(date_long(en, Date{2026, 1, 2}), "2 January 2026");
  EXPECT_EQ(date_short(en, zone("Pacific/Auckland"), t), "23/11/2026");
}

TEST(Relative, IsWholeUnitsTowardsNow) {
  const auto now = at("2026-11-22T18:04:00Z");
  EXPECT_EQ(relative(en, now, now - 2 * hour_ms - 59 * minute_ms), "2 hours ago");
  EXPECT_EQ(relative(nl, now, now - hour_ms), "1 uur geleden");
  EXPECT_EQ(relative(de, now, now + 19 * day_ms + 5), "in 19 Tagen");
  EXPECT_EQ(relative(en, now, now), "in 0 seconds");
}

TEST(TimeLeft, NeverPromisesMoreThanThereIs) {
  const Time now{0};
  EXPECT_EQ(time_left(now, now), Message{"i18n.closed"});
  EXPECT_EQ(time_left(now, now + 1), Message{"i18n.moment-left"});
  EXPECT_EQ(time_left(now, now + 2 * hour_ms - 1), (Message{"i18n.minutes-left", {{"minutes", 119}}}));
  EXPECT_EQ(time_left(now, now + 47 * hour_ms), (Message{"i18n.hours-left", {{"hours", 47}}}));
  EXPECT_EQ(time_left(now, now + 20 * day_ms - 1), (Message{"i18n.days-left", {{"days", 19}}}));
}

TEST(Numbers, ReadAsEachLanguageWritesThem) {
  EXPECT_EQ(number(en, 1234567), "1,234,567");
  EXPECT_EQ(number(nl, 1234567), "1.234.567");
  EXPECT_EQ(number(de, 3.14159, 2), "3,14");
  EXPECT_EQ(percent(en, 0.256), "26%");
  EXPECT_EQ(percent(de, 0.256, 1), "25,6\u00A0%");
  EXPECT_EQ(file_size(en, 512), "512 bytes");
  EXPECT_EQ(file_size(de, 1), "1\u00A0Byte");
  EXPECT_EQ(file_size(en, 999'499), "999 kB");
  EXPECT_EQ(file_size(en, 999'500), "1 MB");
  EXPECT_EQ(file_size(nl, 1'550'000'000), "1,6 GB");
}

TEST(Lists, AreJoinedAsSpoken) {
  const std::vector<std::string> items{"water", "dikes", "bread"};
  EXPECT_EQ(list(en, items), "water, dikes and bread");
  EXPECT_EQ(list(nl, std::span(items).first(2)), "water en dikes");
  EXPECT_EQ(list(de, std::span(items).first(1)), "water");
  EXPECT_EQ(list(de, {}), "");
}

TEST(Money, IsWrittenAsTheReaderWritesItAndToTheLastCent) {
  EXPECT_EQ(money(Language::en, "EUR", 1'500'000), "€15,000");
  EXPECT_EQ(money(Language::en, "EUR", 9'007'199'254'740'993), "€90,071,992,547,409.93") << "no float in between";
  EXPECT_EQ(money(Language::en, "JPY", 1'500), "JP¥1,500");
  EXPECT_EQ(money(Language::en, "EUR", 5), "€0.05");
  EXPECT_NE(money(Language::de, "EUR", 150'050).find("1.500,50"), std::string::npos);
}

TEST(Money, OnlyCurrenciesOfTodayAreCurrencies) {
  EXPECT_EQ(minor_digits("EUR"), 2);
  EXPECT_EQ(minor_digits("JPY"), 0);
  for (const auto* no : {"", "eur", "EU", "NLG", "XQQ", "EURO"}) EXPECT_FALSE(minor_digits(no)) << no;
}

TEST(Country, HasANameInEveryLanguage) {
  EXPECT_EQ(country_name(Language::nl, "DE"), "Duitsland");
  EXPECT_EQ(country_name(Language::de, "NL"), "Niederlande");
  for (const auto* no : {"", "nl", "XX", "NLD"}) EXPECT_FALSE(is_country(no)) << no;
}

}  // namespace
}  // namespace polder::i18n
