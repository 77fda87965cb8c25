// The demonstration is the same for the same seed, and what it says is fit to be seen.
#include "app/demo.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <limits>
#include <map>

#include "app/demo_content.h"
#include "app/demo_prize.h"
#include "formats/law/law.h"
#include "kernel/storage/house_test.h"
#include "people/demo_people.h"
#include "people/store.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_marks.h"
#include "processes/challenges/store_result.h"
#include "processes/challenges/store_solvers.h"
#include "processes/consultations/store.h"
#include "record/receipt.h"
#include "record/store.h"

namespace polder::app {
namespace {

constexpr Time some_day{1'798'800'000'000};  // in the afternoon: the hour must not matter

/// One that was made, on a database of its own, until it is let go.
struct Made {
  std::unique_ptr<storage::House> place;
  storage::Folder folder;
  SystemClock clock;
  SystemRandom random;
  DemoMade made;
  std::unique_ptr<Building> building;

  Made(const std::string& database, const DemoPlan& plan, Time now) : place(storage::House::build(database)) {
    if (!place) return;
    const auto done = make_demo(where(), plan, now);
    if (!done) throw std::runtime_error(done.error().message.key + ' ' + done.error().cause);
    made = *done;
    auto opened = Building::open(where(), clock, random);
    if (!opened) throw std::runtime_error(opened.error().message.key);
    building = std::move(*opened);
  }
  Plan where() const { return {.data = folder.path() / "data", .database = place->url()}; }
  people::House& house() const { return building->house(); }

  /// Of each platform's record.
  std::map<std::string, std::string> roots() const {
    std::map<std::string, std::string> out;
    for (const auto& platform : house().platforms.list()->all)
      out[platform->slug] = house().database.read(
          [&](storage::ReadTx& tx) { return record::store::log(tx, platform->id)->edge.bytes(); });
    return out;
  }
};

constexpr DemoPlan plan{.responses = 500};

/// Made once on each database: to look at it changes nothing.
class Demo : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    auto& made = all()[GetParam()];
    if (!made) made = std::make_unique<Made>(GetParam(), plan, some_day);
    if (!made->place) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
    demo = made.get();
  }
  static void TearDownTestSuite() { all().clear(); }
  static std::map<std::string, std::unique_ptr<Made>>& all() {
    static std::map<std::string, std::unique_ptr<Made>> made;
    return made;
  }
  people::House& house() { return demo->house(); }
  Made* demo = nullptr;
};
INSTANTIATE_TEST_SUITE_P(Both, Demo, testing::Values("sqlite", "postgres"),
                         [](const auto& which) { return which.param; });

TEST_P(Demo, IsTheSameForTheSameSeedAndDay) {
  EXPECT_EQ(demo->roots().size(), 2U);
  EXPECT_EQ(Made(GetParam(), plan, some_day + hour_ms).roots(), demo->roots());
}

TEST(DemoOnSqlite, IsAnotherForAnotherSeedOrDay) {
  const auto first = Made("sqlite", {}, some_day).roots();
  const auto other_seed = Made("sqlite", {.seed = 2}, some_day).roots(),
             other_day = Made("sqlite", {}, some_day + day_ms).roots();
  for (const auto& [slug, root] : first) {
    EXPECT_NE(other_seed.at(slug), root) << slug;
    EXPECT_NE(other_day.at(slug), root) << slug;
  }
}

TEST_P(Demo, TellsAPrizeToItsEndOneThatIsOpenAndOneInJudging) {
  using challenges::Phase;
  EXPECT_EQ(demo->made.challenges, 3);
  const auto prizes = house().platforms.list()->by_slug("prizes");
  ASSERT_TRUE(prizes);
  EXPECT_EQ(prizes->charter.openness, governance::Openness::closed);
  EXPECT_EQ(iso(prizes->made_at).substr(0, 4), "2006");
  house().database.read([&](storage::ReadTx& tx) {
    std::map<std::string, challenges::Challenge> by_language;
    for (const auto& c : challenges::store::all(tx, prizes->id, true)) by_language.emplace(c.language, c);
    ASSERT_EQ(by_language.size(), 3U);
    const auto& als = by_language.at("en");
    const auto& leak = by_language.at("nl");
    const auto& heat = by_language.at("de");
    EXPECT_EQ(als.phase, Phase::finished);
    EXPECT_EQ(iso(*als.awarded_at).substr(0, 10), "2011-02-03");
    EXPECT_EQ(als.version, 2) << "two stages after the first, each an amendment";
    EXPECT_EQ(leak.phase, Phase::open);
    EXPECT_EQ(leak.version, 1);
    EXPECT_EQ(heat.phase, Phase::judging);
    EXPECT_EQ(heat.entries, 40);
    EXPECT_EQ(challenges::store::judges(tx, heat.id).size(), 9U);
    EXPECT_TRUE(challenges::store::unscreened(tx, heat.id).empty());

    // What was given is what was promised, and what was paid is what was given.
    std::int64_t given = 0, paid = 0, thoughts = 0;
    for (const auto& a : challenges::store::awards(tx, als.id)) {
      given += a.amount;
      thoughts += a.amount == 1'500'000 ? 1 : 0;
    }
    for (const auto& part : challenges::store::tranches(tx, als.id)) paid += part.paid_at ? part.amount : 0;
    EXPECT_EQ(thoughts, 5);
    EXPECT_EQ(given, challenges::purse(challenges::statement_of(tx, als)));
    EXPECT_EQ(given, 117'500'000);
    EXPECT_EQ(paid, given);
    const auto later = challenges::store::follow_ups(tx, als.id);
    ASSERT_EQ(later.size(), 1U);
    EXPECT_TRUE(later.front().said_at);

    std::map<challenges::ConflictFrom, int> conflicts;
    for (const auto& known : challenges::store::conflicts(tx, heat.id)) ++conflicts[known.from];
    EXPECT_EQ(conflicts.size(), 3U) << "declared, derived and reported";
    std::int64_t given_marks = 0, drafts = 0, readings = 0;
    for (const auto& seat : challenges::store::judges(tx, heat.id)) {
      readings += std::int64_t(challenges::store::assignments_of(tx, heat.id, seat.person).size());
      for (const auto& m : challenges::store::marks_of_judge(tx, heat.id, seat.person)) {
        given_marks += m.state == challenges::MarkState::given ? 1 : 0;
        drafts += m.state == challenges::MarkState::draft ? 1 : 0;
      }
    }
    EXPECT_EQ(readings, 38 * 3);
    EXPECT_GT(given_marks * 10, readings * 5);
    EXPECT_LT(given_marks * 10, readings * 8);
    EXPECT_GT(drafts, 3);
  });
}

TEST_P(Demo, ItsRecordsVerifyAndNobodyInItIsAboutToBeForgotten) {
  EXPECT_TRUE(house().logs.check());
  const Id prizes = house().platforms.list()->by_slug("prizes")->id;
  const auto key = house().logs.verifier(prizes);
  ASSERT_TRUE(key);
  const auto acts = house().database.read([&](storage::ReadTx& tx) {
    return record::store::acts_of_platform(tx, prizes, std::numeric_limits<std::int64_t>::max(), 5'000);
  });
  EXPECT_GT(acts.size(), 500U);
  for (std::size_t i = 0; i < acts.size(); ++i) {
    EXPECT_LE(acts[i].done_at, acts[i > 0 ? i - 1 : 0].done_at) << "time runs backwards: " << acts[i].name;
    if (i % 40 == 0 || i + 1 == acts.size()) {
      const auto whole = house().database.read([&](storage::ReadTx& tx) { return record::store::act(tx, acts[i].id); });
      const auto receipt = house().logs.receipt(*whole);
      ASSERT_TRUE(receipt);
      EXPECT_TRUE(record::verify_receipt(*receipt, *key)) << iso(acts[i].done_at);
    }
  }
  EXPECT_EQ(iso(acts.back().done_at).substr(0, 4), "2006") << "the proof of what was done then is as good as any";
  house().database.read([&](storage::ReadTx& tx) {
    for (const auto who : people::demo_people)
      EXPECT_TRUE(people::find_person_by_email(tx, people::demo_address(who))) << who;
    EXPECT_TRUE(people::store::to_warn(tx, some_day - 400 * day_ms, 10).empty()) << "made in 2006, here lately";
  });
}

TEST_P(Demo, HoldsOneConsultationOfEachKindAndQueuesNoMail) {
  EXPECT_TRUE(house().settings.demo);
  EXPECT_EQ(demo->made.responses, 500);
  const auto delta = house().platforms.list()->by_slug("delta");
  ASSERT_TRUE(delta);
  house().database.read([&](storage::ReadTx& tx) {
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
  jobs::Runner runner(house().database, house().queue, house().clock, house().random, house().job_handlers, {});
  EXPECT_EQ(runner.run_due(), 0u);
}

TEST_P(Demo, IsMadeOnlyWhereThereIsNothing) {
  const auto again = make_demo(demo->where(), plan, some_day);
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
