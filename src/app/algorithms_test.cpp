// The public register of algorithms: nothing that works something out about people runs outside it.
#include <gmock/gmock.h>

#include <filesystem>

#include "app/program_test.h"

namespace polder::app {
namespace {

using testing::Contains;

/// A platform that runs prizes, in the open.
constexpr std::string_view town = "src/processes/challenges/testdata/town.toml";

struct AlgorithmRegister : OnEach {
  void SetUp() override {
    OnEach::SetUp();
    if (program.exists()) program.platform("town", "boss@example.org", file_of(std::string(town)));
  }
};
ON_EACH(AlgorithmRegister);

TEST_P(AlgorithmRegister, HasEveryMethodOfTheHouse) {
  std::vector<std::string> code;
  for (const auto& one : program.house().algorithms.all()) code.push_back(one.code);
  for (const auto& method : std::filesystem::directory_iterator("src/methods"))
    EXPECT_THAT(code, Contains(method.path().string()));
  for (const auto& path : code) EXPECT_TRUE(std::filesystem::exists(path)) << path;
}

TEST_P(AlgorithmRegister, SaysToEverybodyWhatEachDoesAndWhatPeopleDecide) {
  Somebody visitor = program.visitor();
  const auto page = visitor.get("/town/algorithms");
  ASSERT_EQ(page.status, 200);
  EXPECT_TRUE(visitor.get("/town/how-we-work").has("/town/algorithms"));
  const auto data = visitor.get("/town/algorithms.json");
  ASSERT_EQ(data.status, 200);
  const auto document = data.json();
  const auto& entries = document.at("algorithms").as_array();
  EXPECT_EQ(entries.size(), program.house().algorithms.all().size());
  for (const auto& entry : entries)
    for (const auto* field : {"name", "goal", "methods_and_models", "source_data", "human_intervention", "version"}) {
      const std::string words(entry.at(field).as_string());
      EXPECT_FALSE(words.empty()) << field;
      EXPECT_EQ(words.find("challenges.algorithm"), words.npos) << words << " is a key, not a sentence";
    }
  EXPECT_TRUE(page.has("Ranking of entries"));
  EXPECT_TRUE(page.has("The method awards nothing."));
}

TEST_P(AlgorithmRegister, SaysSoWhereNothingIsWorkedOut) {
  program.platform("delta");
  const auto page = program.visitor().get("/delta/algorithms");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(page.has("No algorithm here"));
}

}  // namespace
}  // namespace polder::app
