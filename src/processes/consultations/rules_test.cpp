#include "processes/consultations/rules.h"

#include <gtest/gtest.h>

namespace polder::consultations {
namespace {

Time at(std::string_view text) { return parse_time(text).value(); }

i18n::Zone amsterdam() { return i18n::Zone::named("Europe/Amsterdam").value(); }

Consultation from_to(Phase phase, std::string_view opens, std::string_view closes) {
  Consultation c;
  c.phase = phase;
  c.opens_at = at(opens);
  c.closes_at = at(closes);
  return c;
}

TEST(Phase, TheDeadlineIsTheServersClockEvenWhenTheClocksJobIsLate) {
  const Consultation c = from_to(Phase::open, "2026-04-01T00:00:00Z", "2026-05-13T00:00:00Z");
  EXPECT_EQ(phase_at(c, c.closes_at - 1), Phase::open);
  EXPECT_EQ(phase_at(c, c.closes_at), Phase::closed);
  EXPECT_EQ(phase_at(c, c.opens_at - 1), Phase::announced);
}

TEST(Phase, WhatIsAnsweredOrInDraftStaysSoWhateverTheTime) {
  for (const Phase phase : {Phase::draft, Phase::closed, Phase::answered}) {
    const Consultation c = from_to(phase, "2026-04-01T00:00:00Z", "2026-05-13T00:00:00Z");
    EXPECT_EQ(phase_at(c, c.opens_at - day_ms), phase);
    EXPECT_EQ(phase_at(c, c.closes_at + day_ms), phase);
  }
}

TEST(Period, TheLastDayIsWholeOnTheWallOfThePlatform) {
  const Period p = period({2026, 4, 1}, {2026, 4, 28}, amsterdam());
  EXPECT_EQ(p.opens_at, at("2026-03-31T22:00:00Z"));
  EXPECT_EQ(p.closes_at, at("2026-04-28T22:00:00Z"));
}

TEST(Period, TheMinimumIsHeldToTheDayAndAChangeOfTheClocksTakesNothing) {
  // Summer time begins on 29 March 2026: these four weeks are an hour shorter, and four weeks all the same.
  const Time before = at("2026-03-01T00:00:00Z");
  EXPECT_TRUE(check_period(period({2026, 3, 10}, {2026, 4, 6}, amsterdam()), before, 4, amsterdam()));
  const auto refused = check_period(period({2026, 3, 10}, {2026, 4, 5}, amsterdam()), before, 4, amsterdam());
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().fields.size(), 1U);
  EXPECT_EQ(refused.error().fields[0].field, "last-day");
  EXPECT_EQ(refused.error().fields[0].message.key, "consultations.period-too-short");
}

TEST(Period, DaysThatArePastDoNotCount) {
  const Period p = period({2026, 3, 1}, {2026, 4, 6}, amsterdam());
  EXPECT_FALSE(check_period(p, at("2026-03-20T12:00:00Z"), 4, amsterdam()));
}

TEST(Period, OneThatBeganInThePastLeavesTheWholeMinimumFromNowOn) {
  const auto until = [](Date last_day, std::string_view now) {
    return bool(check_period(period({2026, 3, 20}, last_day, amsterdam()), at(now), 4, amsterdam()));
  };
  // Of the day that has begun there is no whole one left: four weeks are those from the 21st to the 17th of April.
  EXPECT_FALSE(until({2026, 4, 16}, "2026-03-20T12:00:00Z"));
  EXPECT_TRUE(until({2026, 4, 17}, "2026-03-20T12:00:00Z"));
  EXPECT_TRUE(until({2026, 4, 16}, "2026-03-19T23:00:00Z")) << "at its first moment it is whole";
  EXPECT_FALSE(until({2026, 4, 16}, "2026-03-19T23:00:01Z"));
  const auto told =
      check_period(period({2026, 3, 20}, {2026, 4, 1}, amsterdam()), at("2026-03-20T12:00:00Z"), 4, amsterdam());
  const auto& args = told.error().fields.front().message.args;
  const auto earliest = std::ranges::find(args, "date", [](const auto& arg) { return arg.first; });
  ASSERT_NE(earliest, args.end());
  EXPECT_EQ(amsterdam().civil(Time{std::get<Moment>(earliest->second).ms}).date, (Date{2026, 4, 17}));
}

TEST(Period, ItDoesNotEndBeforeItBegins) {
  EXPECT_FALSE(
      check_period(period({2026, 4, 6}, {2026, 4, 1}, amsterdam()), at("2026-03-01T00:00:00Z"), 1, amsterdam()));
}

TEST(Sight, EachVisibilityIsSeenByWhomItIsForAndByNobodyElse) {
  struct Case {
    Shown shown;
    State state;
    Sight others, author, official;
  };
  const std::array cases{
      Case{Shown::public_name, State::there, Sight::all, Sight::all, Sight::all},
      Case{Shown::public_anonymous, State::there, Sight::words_only, Sight::all, Sight::all},
      Case{Shown::officials, State::there, Sight::counted, Sight::all, Sight::all},
      Case{Shown::public_name, State::hidden, Sight::nothing, Sight::all, Sight::all},
      Case{Shown::officials, State::hidden, Sight::nothing, Sight::all, Sight::all},
      Case{Shown::public_name, State::withdrawn, Sight::nothing, Sight::all, Sight::nothing},
  };
  for (const Case& one : cases) {
    Response r;
    r.visibility = one.shown;
    r.state = one.state;
    EXPECT_EQ(sight(r, false, false), one.others);
    EXPECT_EQ(sight(r, true, false), one.author);
    EXPECT_EQ(sight(r, false, true), one.official);
  }
}

TEST(Slug, IsMadeOfTheTitleAndNeverTheNameOfAPageBesideIt) {
  EXPECT_EQ(slug_from("Who may pump ground water?"), "who-may-pump-ground-water");
  EXPECT_EQ(slug_from("New"), "consultation");
  EXPECT_EQ(slug_from("?!"), "consultation");
}

}  // namespace
}  // namespace polder::consultations
