// The demonstration is the same for the same seed, and what it says is fit to be seen.
#include "app/demo.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/demo_content.h"
#include "formats/law/law.h"
#include "kernel/storage/house_test.h"
#include "processes/consultations/store.h"
#include "record/store.h"

namespace polder::app {
namespace {

constexpr Time some_day{1'798'800'000'000};  // in the afternoon: the hour must not matter

class Demo : public testing::TestWithParam<std::string> {
 protected:
  /// Makes one, looks at it, and lets it go.
  template <class Look>
  void with_demo(const DemoPlan& plan, Time now, Look&& look) {
    const auto place = storage::House::build(GetParam());
    if (!place) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
    const storage::Folder folder;
    const Plan where{.data = folder.path() / "data", .database = place->url()};
    const auto made = make_demo(where, plan, now);
    ASSERT_TRUE(made) << made.error().message.key;
    SystemClock clock;
    SystemRandom random;
    const auto building = Building::open(where, clock, random);
    ASSERT_TRUE(building);
    look(*made, (*building)->house());
  }
  std::string root(const DemoPlan& plan, Time now) {
    std::string out;
    with_demo(plan, now, [&](const DemoMade&, people::House& house) {
      const Id delta = house.platforms.list()->by_slug("delta")->id;
      out = house.database.read([&](storage::ReadTx& tx) { return record::store::log(tx, delta)->edge.bytes(); });
    });
    return out;
  }
};
INSTANTIATE_TEST_SUITE_P(Both, Demo, testing::Values("sqlite", "postgres"),
                         [](const auto& which) { return which.param; });

TEST_P(Demo, IsTheSameForTheSameSeedAndDayAndAnotherForAnother) {
  const std::string first = root({}, some_day);
  if (IsSkipped()) return;
  EXPECT_EQ(root({}, some_day + hour_ms), first);
  EXPECT_NE(root({.seed = 2}, some_day), first);
  EXPECT_NE(root({}, some_day + day_ms), first);
}

TEST_P(Demo, HoldsOneConsultationOfEachKindAndQueuesNoMail) {
  with_demo({.responses = 500}, some_day, [&](const DemoMade& made, people::House& house) {
    EXPECT_TRUE(house.settings.demo);
    EXPECT_EQ(made.responses, 500);
    const auto delta = house.platforms.list()->by_slug("delta");
    ASSERT_TRUE(delta);
    house.database.read([&](storage::ReadTx& tx) {
      std::int64_t responses = 0;
      std::set<std::pair<std::string, consultations::Phase>> found;
      for (const auto& c : consultations::store::list(tx, delta->id, true, {}, 100)) {
        found.emplace(c.language, c.phase);
        responses += c.responses;
        if (c.phase == consultations::Phase::answered) {
          EXPECT_TRUE(c.reported_at);
          EXPECT_GT(c.answered * 10, c.responses * 9);
        }
      }
      using enum consultations::Phase;
      EXPECT_EQ(found, (std::set<std::pair<std::string, consultations::Phase>>{
                           {"nl", announced}, {"en", open}, {"de", answered}}));
      EXPECT_EQ(responses, 500);
      EXPECT_TRUE(mail::list(tx, Id{INT64_MAX}, 1).empty());
    });
    // Nothing waits to be done, so nothing is sent when it is served.
    jobs::Runner runner(house.database, house.queue, house.clock, house.random, house.job_handlers, {});
    EXPECT_EQ(runner.run_due(), 0u);
  });
}

TEST_P(Demo, IsMadeOnlyWhereThereIsNothing) {
  const auto place = storage::House::build(GetParam());
  if (!place) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
  const storage::Folder folder;
  const Plan where{.data = folder.path() / "data", .database = place->url()};
  ASSERT_TRUE(make_demo(where, {}, some_day));
  const auto again = make_demo(where, {}, some_day);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().why, Why::conflict);
}

TEST(DemoContent, QuotesItsLawsToTheLetterAndSpeaksInManyVoices) {
  std::set<std::string_view> names;
  std::size_t spoken = 0;
  for (const auto* c : {&demo::ground_water(), &demo::rain_water(), &demo::stream_banks()}) {
    const auto document = law::read(c->law);
    ASSERT_TRUE(document) << document.error().message.key;
    const auto articles = law::articles(*document);
    EXPECT_GE(articles.size(), 8u);
    EXPECT_LE(articles.size(), 12u);
    const auto check = [&](const demo::Saying& saying) {
      EXPECT_LE(saying.question, int(c->questions.size()));
      ASSERT_LE(saying.article, int(articles.size()));
      if (!saying.quote.empty()) {
        const auto words = law::plain_text(*articles[std::size_t(saying.article - 1)].division);
        EXPECT_NE(words.find(saying.quote), words.npos) << saying.quote << "\n" << words;
      }
    };
    for (const auto& speaker : c->speakers) {
      EXPECT_TRUE(names.insert(speaker.name).second || speaker.name == "Sanne de Boer") << speaker.name;
      EXPECT_LT(speaker.answer, int(c->replies.size()));
      ++spoken;
      for (const auto& saying : speaker.says) check(saying);
    }
    for (const auto& remark : c->pool.remarks) check(remark);
    for (const auto& reply : c->replies) EXPECT_LE(reply.article, int(articles.size()));
  }
  EXPECT_GE(spoken, 45u);
}

}  // namespace
}  // namespace polder::app
