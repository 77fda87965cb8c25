// What the pages of a challenge cost: a number of SQL statements that does not grow with what people do.
#include "processes/challenges/stage_test.h"

namespace polder::challenges {
namespace {

using boost::json::array;
using boost::json::object;

class Pages : public Stage {
 protected:
  /// Of a page asked for the second time: what is noted once is not what a page costs.
  std::int64_t statements(const std::string& email, const std::string& path) {
    s.person(email).get(path).expect(200);
    const auto before = s.house().database.figures().statements;
    s.person(email).get(path).expect(200);
    return s.house().database.figures().statements - before;
  }
};
ON_BOTH_DATABASES(Pages);

TEST_P(Pages, TakeAsManyStatementsWithManyTeamsQuestionsAndEntriesAsWithFew) {
  const Id c = open();
  const std::string root = "/prize/challenges/" + challenge(c).slug;
  enter(c, anna, "Reed", "A strip of copper.");
  act(anna, "challenges.ask", {{"challenge", str(c)}, {"words", "May it float?"}});
  const std::vector<std::pair<const char*, std::string>> pages{
      {anna, "/prize/challenges"},   {anna, root},
      {anna, root + "/team"},        {anna, root + "/questions"},
      {writer, root + "/questions"}, {writer, root + "/panel"}};
  std::vector<std::int64_t> few;
  for (const auto& [who, path] : pages) few.push_back(statements(who, path));
  enter(c, bram, "Sedge", "A drop of dye.");
  enter(c, cleo, "Rush", "A frog.");
  for (int n = 0; n < 5; ++n)
    act(bram, "challenges.ask", {{"challenge", str(c)}, {"words", "Question " + std::to_string(n)}});
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_EQ(statements(pages[i].first, pages[i].second), few[i]) << pages[i].second;
    EXPECT_LE(few[i], 16) << pages[i].second;
  }
}

}  // namespace
}  // namespace polder::challenges
