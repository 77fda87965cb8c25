// Several nodes on one PostgreSQL database: what is done at one is seen at all.
#include <thread>

#include "app/program_test.h"
#include "people/store.h"

namespace polder::app {
namespace {

struct Nodes : testing::Test {
  Program one{"postgres"};
  std::unique_ptr<Program> two;
  void SetUp() override {
    if (!one.exists()) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
    two = std::make_unique<Program>(one, ProgramOptions{.seed = 8});
  }
  /// What one node tells the other takes as long as it takes; a minute is not a promise but the end of a test.
  static bool eventually(const std::function<bool()>& holds) {
    for (const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
         std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(std::chrono::milliseconds(5)))
      if (holds()) return true;
    return false;
  }
  /// Asks as visitors do: what is kept is given, whatever became of it.
  bool shows(const std::string& target, std::string_view words) {
    const auto kept = two->kept(target);
    return kept ? kept->body.find(words) != kept->body.npos : two->visitor().get(target).has(words);
  }
};

TEST_F(Nodes, AnActAtOneIsSeenOnTheOthersPages) {
  EXPECT_TRUE(shows("/", "No platform yet"));
  const Id delta = one.platform("delta");
  EXPECT_TRUE(eventually([&] { return shows("/", "Consult delta"); })) << "a platform that was made elsewhere";
  EXPECT_TRUE(shows("/delta/how-we-work", "Consult delta"));
  ASSERT_NE(two->kept("/delta/how-we-work"), nullptr);
  one.act(delta, record::Actor::console(), "platforms.change-charter",
          {{"charter", file_of("charters/legislation.toml")}});
  EXPECT_TRUE(eventually([&] { return shows("/delta/how-we-work", "Laws in the making"); }));
  EXPECT_TRUE(eventually([&] { return shows("/", "Laws in the making"); }));
}

TEST_F(Nodes, WhoIsErasedAtOneIsOnNoPageOfTheOther) {
  one.platform("delta");
  ASSERT_TRUE(eventually([&] { return shows("/", "Consult delta"); }));
  auto anna = one.person("anna@example.org");
  const Id id = one.id_of("anna@example.org");
  const auto proof = one.house().database.write([&](storage::WriteTx& tx) -> Result<std::string> {
    return people::store::add_proof(tx, one.random,
                                    {.purpose = "owner",
                                     .person = id,
                                     .email = "anna@example.org",
                                     .payload = {},
                                     .made_at = one.clock.now(),
                                     .ends = one.clock.now() + day_ms});
  });
  ASSERT_TRUE(proof);
  ASSERT_TRUE(shows("/delta/how-we-work", "Consult delta") && two->kept("/delta/how-we-work"));
  one.act(record::server_platform, {.kind = record::Actor::Kind::person, .person = id, .roles = {}}, "people.erase",
          {{"proof", *proof}});
  EXPECT_TRUE(eventually([&] { return two->kept("/delta/how-we-work") == nullptr; }));
}

}  // namespace
}  // namespace polder::app
