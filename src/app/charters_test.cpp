// The charters that come with the program, read with the words of every room.
#include <gtest/gtest.h>

#include "app/program_test.h"
#include "app/rooms.h"
#include "governance/permission.h"

namespace polder::app {
namespace {

using governance::Charter;
using governance::How;
using governance::LocalText;

const governance::Vocabulary& words() {
  static const governance::Vocabulary all = [] {
    auto out = governance::house_words();
    add_words(out);
    return out;
  }();
  return all;
}

Charter good(const std::string& text) {
  auto charter = governance::parse(text, words());
  if (charter) return *charter;
  ADD_FAILURE() << governance::report("charter", charter.error(), [](const Message& m) { return m.key; });
  return {};
}

void expect_three_languages(const Charter& c) {
  std::vector<const LocalText*> texts{&c.name, &c.summary, &c.operated_by.name, &c.oversight.body, &c.terms};
  for (const auto& role : c.roles) texts.insert(texts.end(), {&role.name, &role.description});
  for (const auto& rule : c.rules)
    if (!rule.why.empty()) texts.push_back(&rule.why);
  for (const auto* text : texts) EXPECT_EQ(text->texts.size(), 3u) << text->in("en").text;
}

TEST(EachCharterThatIsShipped, CanBeReadAndComesBackTheSame) {
  for (const auto* name : {"legislation", "prize", "server"}) {
    const Charter c = good(file_of("charters/" + std::string(name) + ".toml"));
    EXPECT_EQ(good(governance::canonical(c)), c) << name;
  }
}

TEST(PrizeCharter, IsACompanysClosedPlatformWithADoorInThreeLanguages) {
  const Charter c = good(file_of("charters/prize.toml"));
  EXPECT_EQ(c.operated_by.kind, governance::OperatorKind::company);
  EXPECT_EQ(c.openness, governance::Openness::closed);
  EXPECT_TRUE(c.door);
  expect_three_languages(c);
}

TEST(PrizeCharter, LetsPeopleInByApplicationOrAppointmentAndNobodyElse) {
  const Charter c = good(file_of("charters/prize.toml"));
  EXPECT_FALSE(governance::may_enter(c, {}));
  for (const auto& role : c.roles)
    EXPECT_EQ(governance::may_enter(c, {&role.id, 1}), role.how == How::appointed || role.how == How::application)
        << role.id;
  EXPECT_TRUE(governance::may(c, governance::roles_of(c, true, {}), "platforms.apply"));
  EXPECT_TRUE(governance::at_the_door(c, "platforms.apply"));
  EXPECT_FALSE(governance::at_the_door(c, "moderation.report"));
  const std::string role_asked_for = "solver";
  for (const auto& role : c.roles)
    EXPECT_EQ(governance::may_appoint(c, {&role.id, 1}, role_asked_for, "platforms.accept-application"),
              role.id == "operator")
        << role.id;
}

TEST(PrizeCharter, DoesNotLetTheCompanyNameItsOwnOverseer) {
  const Charter c = good(file_of("charters/prize.toml"));
  for (const auto& role : c.roles) EXPECT_FALSE(governance::may_appoint(c, {&role.id, 1}, "overseer")) << role.id;
}

}  // namespace
}  // namespace polder::app
