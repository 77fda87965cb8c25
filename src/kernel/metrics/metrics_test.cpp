#include "kernel/metrics/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <sstream>
#include <thread>
#include <type_traits>
#include <vector>

#include "kernel/metrics/log.h"

namespace polder {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

static_assert(!std::is_constructible_v<log::Field, log::Literal, std::string>);
static_assert(!std::is_constructible_v<log::Field, log::Literal, std::string_view>);
static_assert(!std::is_constructible_v<log::Literal, std::string>);

std::string logged(const std::function<void()>& what, log::Level least = log::Level::info) {
  std::ostringstream out;
  const auto before = spdlog::default_logger();
  log::start(least, &out);
  what();
  log::start();  // lets go of `out`
  spdlog::set_default_logger(before);
  return out.str();
}

TEST(Log, IsOneJsonObjectALine) {
  const auto line = logged([] {
    log::info("mail.sent",
              {{"attempts", 2}, {"share", 0.5}, {"first", true}, {"id", Id{1}}, {"how", "smtp"}, {"at", Time{1}}});
  });
  EXPECT_THAT(
      line,
      MatchesRegex(R"(\{"time":"20[0-9-]+T[0-9:]+\.[0-9]{3}Z","level":"info","event":"mail.sent","attempts":2,)"
                   R"("share":0.5,"first":true,"id":"0000000000001","how":"smtp","at":"1970-01-01T00:00:00.001Z"\})"
                   "\n"));
}

TEST(Log, AMachinesWordsCannotBreakTheLine) {
  const auto line = logged([] { log::error("disk", {{"said", log::Machine{"a\"b\n{\\" + std::string(500, 'x')}}}); });
  EXPECT_THAT(line, HasSubstr(R"("said":"a\"b\u000a{\\xxx)"));
  EXPECT_LT(line.size(), 420u);
}

TEST(Log, WordsOfOtherRoomsAreFramedToo) {
  EXPECT_THAT(logged([] { spdlog::warn("say \"{}\"", 1); }),
              HasSubstr(R"("level":"warn","event":"text","text":"say \"1\""})"));
}

TEST(Log, OnlyWhatIsAskedForIsWritten) {
  EXPECT_EQ(logged([] { log::info("a"), log::debug("b"), spdlog::info("c"); }, log::Level::warn), "");
}

TEST(Metrics, AreWrittenForPrometheus) {
  metrics::Registry registry;
  registry.counter("acts_total", "Acts done").add(3);
  const auto requests = registry.counters("requests_total", "Requests", {"route", "status"});
  requests.at({"/x", "200"}).add();
  requests.at({"/x", "200"}).add();
  registry.histograms("seconds", "Time", {"route"}, {0.1, 1}).at({"/x"}).observe(0.5);
  double open = 1;
  registry.gauge("open", "Open", [&] { return open; });
  open = 7;
  const auto text = registry.text();
  for (const auto* line :
       {"# TYPE acts_total counter", "acts_total 3", R"(requests_total{route="/x",status="200"} 2)",
        R"(seconds_bucket{route="/x",le="0.1"} 0)", R"(seconds_bucket{route="/x",le="1"} 1)", "open 7"})
    EXPECT_THAT(text, HasSubstr(line));
}

TEST(Metrics, AFamilyNeverGrowsBeyondItsLimit) {
  metrics::Registry registry;
  const auto family = registry.counters("c", "C", {"who"}, 2);
  for (const auto* who : {"a", "b", "c", "d", "a"}) family.at({who}).add();
  const auto text = registry.text();
  EXPECT_THAT(text, HasSubstr(R"(c{who="a"} 2)"));
  EXPECT_THAT(text, HasSubstr(R"(c{who="other"} 2)"));
  EXPECT_THAT(text, Not(HasSubstr(R"(c{who="c"})")));
}

TEST(Metrics, CountFromManyThreads) {
  metrics::Registry registry;
  const auto family = registry.counters("c", "C", {"who"});
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        for (int k = 0; k < 1000; ++k) family.at({"x"}).add();
      });
  }
  EXPECT_THAT(registry.text(), HasSubstr(R"(c{who="x"} 4000)"));
}

}  // namespace
}  // namespace polder
