#include "governance/permission.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "governance/test_words.h"

namespace polder::governance {
namespace {

const std::vector<std::string> some_roles{"visitor", "citizen", "official", "clock"};
const std::vector<std::string> some_acts{"a.draft", "a.respond", "b.hide"};
const std::vector<std::string> some_phases{"draft", "open", "closed"};

rc::Gen<std::vector<std::string>> some_of(const std::vector<std::string>& words) {
  return rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words));
}

Rule a_rule() {
  return {.act = *rc::gen::elementOf(some_acts),
          .who = *some_of(some_roles),
          .phases = *some_of(some_phases),
          .confirm_email = *rc::gen::arbitrary<bool>()};
}

Charter a_charter() {
  Charter c;
  const int rules = *rc::gen::inRange(0, 8);
  for (int i = 0; i < rules; ++i) c.rules.push_back(a_rule());
  return c;
}

bool in(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// The definition, written down a second time.
bool matches(const Rule& rule, const std::vector<std::string>& roles, std::string_view act, std::string_view phase) {
  bool somebody = false;
  for (const auto& role : roles) somebody = somebody || in(rule.who, role);
  return rule.act == act && somebody && (rule.phases.empty() || in(rule.phases, phase));
}

std::string a_phase() {
  return *rc::gen::oneOf(rc::gen::elementOf(some_phases), rc::gen::just(std::string("answered")),
                         rc::gen::just(std::string()));
}

RC_GTEST_PROP(Permission, IsGivenExactlyWhenSomeRuleGivesIt, ()) {
  const Charter c = a_charter();
  const auto roles = *some_of(some_roles);
  const auto act = *rc::gen::elementOf(some_acts);
  const auto phase = a_phase();
  const auto gives = [&](const Rule& rule) { return matches(rule, roles, act, phase); };
  const Decision d = may(c, roles, act, phase);

  RC_ASSERT(d.allowed == std::ranges::any_of(c.rules, gives));
  RC_ASSERT(d.rule.has_value() == d.allowed);
  RC_ASSERT(d.reason.has_value() != d.allowed);
  if (d.allowed) {
    RC_ASSERT(gives(c.rules[*d.rule]));
    RC_ASSERT(d.confirm_email ==
              std::ranges::all_of(c.rules, [&](const Rule& rule) { return !gives(rule) || rule.confirm_email; }));
  }
}

RC_GTEST_PROP(Permission, IsNeverTakenAwayByOneMoreRule, ()) {
  Charter c = a_charter();
  const auto roles = *some_of(some_roles);
  const auto act = *rc::gen::elementOf(some_acts);
  const auto phase = a_phase();
  const Decision before = may(c, roles, act, phase);
  const auto at = *rc::gen::inRange<std::size_t>(0, c.rules.size() + 1);
  c.rules.insert(c.rules.begin() + static_cast<std::ptrdiff_t>(at), a_rule());
  const Decision after = may(c, roles, act, phase);
  if (before.allowed) RC_ASSERT(after.allowed);
  if (before.allowed && !before.confirm_email) RC_ASSERT(!after.confirm_email);
}

RC_GTEST_PROP(Permission, IsNeverTakenAwayByOneMoreRole, ()) {
  const Charter c = a_charter();
  auto roles = *some_of(some_roles);
  const auto act = *rc::gen::elementOf(some_acts);
  const auto phase = a_phase();
  const bool before = may(c, roles, act, phase).allowed;
  roles.push_back(*rc::gen::elementOf(some_roles));
  if (before) RC_ASSERT(may(c, roles, act, phase).allowed);
}

RC_GTEST_PROP(Permission, IsRefusedWithAdviceThatWouldWork, ()) {
  const Charter c = a_charter();
  const auto roles = *some_of(some_roles);
  const auto act = *rc::gen::elementOf(some_acts);
  const auto phase = a_phase();
  const Decision d = may(c, roles, act, phase);
  for (const auto& role : d.needs) RC_ASSERT(c.allows(act, role, phase));
  for (const auto& other : d.phases) RC_ASSERT(may(c, roles, act, other).allowed);
}

TEST(Permission, IsRefusedToEverybodyByAnEmptyCharter) {
  EXPECT_FALSE(may(Charter{}, some_roles, "a.respond", "open"));
  EXPECT_EQ(may(Charter{}, some_roles, "a.respond", "open").reason->key, "governance.refused.nobody");
}

TEST(Permission, SaysWhatIsMissing) {
  Charter c;
  c.rules = {{.act = "a.respond", .who = {"citizen"}, .phases = {"open"}}};
  EXPECT_EQ(may(c, std::vector<std::string>{"visitor"}, "a.respond", "open").reason->key, "governance.refused.role");
  EXPECT_EQ(may(c, std::vector<std::string>{"visitor"}, "a.respond", "open").needs,
            (std::vector<std::string>{"citizen"}));
  EXPECT_EQ(may(c, std::vector<std::string>{"citizen"}, "a.respond", "closed").reason->key, "governance.refused.phase");
  EXPECT_EQ(may(c, std::vector<std::string>{"citizen"}, "a.respond", "closed").phases,
            (std::vector<std::string>{"open"}));
  EXPECT_EQ(may(c, std::vector<std::string>{"citizen"}, "a.answer", "open").reason->key, "governance.refused.nobody");
}

TEST(Permission, IsNotWidenedByASimilarWord) {
  Charter c;
  c.rules = {{.act = "a.respond", .who = {"citizen"}, .phases = {"open"}}};
  EXPECT_FALSE(c.allows("a.respond ", "citizen", "open"));
  EXPECT_FALSE(c.allows("a.Respond", "citizen", "open"));
  EXPECT_FALSE(c.allows("a.respond", "citizens", "open"));
  EXPECT_FALSE(c.allows("a.respond", "citizen", "opened"));
  EXPECT_FALSE(c.allows("a.respond", "citizen"));
  EXPECT_FALSE(c.allows("", "", ""));
  EXPECT_TRUE(c.allows("a.respond", "citizen", "open"));
}

TEST(Roles, AreEverybodysThenTheAccountsThenOnesOwn) {
  const Charter c = *parse(contents("charters/legislation.toml"), test_words());
  using Words = std::vector<std::string>;
  EXPECT_EQ(roles_of(c, false, {}), (Words{"visitor"}));
  EXPECT_EQ(roles_of(c, true, {}), (Words{"visitor", "citizen"}));
  EXPECT_EQ(roles_of(c, true, Words{"overseer", "official"}), (Words{"visitor", "citizen", "official", "overseer"}));
}

TEST(Roles, ThatWereGivenCountOnlyForWhoIsSignedInAndWhileTheCharterHasThem) {
  const Charter c = *parse(contents("charters/legislation.toml"), test_words());
  using Words = std::vector<std::string>;
  EXPECT_EQ(roles_of(c, false, Words{"administrator"}), (Words{"visitor"}));
  EXPECT_EQ(roles_of(c, true, Words{"clock", "server", "emperor"}), (Words{"visitor", "citizen"}));
}

TEST(Roles, AreGivenOnlyByWhomTheCharterNames) {
  const Charter c = *parse(contents("charters/legislation.toml"), test_words());
  using Words = std::vector<std::string>;
  EXPECT_TRUE(may_appoint(c, Words{"administrator"}, "official"));
  EXPECT_FALSE(may_appoint(c, Words{"official"}, "official"));
  EXPECT_FALSE(may_appoint(c, Words{"administrator"}, "citizen"));
  EXPECT_FALSE(may_appoint(c, Words{"administrator"}, "overseer"));
  EXPECT_FALSE(may_appoint(c, Words{"administrator"}, "emperor"));
}

TEST(Roles, InTheRecordSayMostOfWhoDidIt) {
  Charter c;
  const auto role = [](std::string id, How how) {
    return Role{.id = std::move(id), .name = {}, .description = {}, .how = how};
  };
  c.roles = {role("visitor", How::everybody), role("citizen", How::signed_in), role("official", How::appointed)};
  c.rules = {{.act = "a.respond", .who = {"visitor", "citizen"}, .phases = {"open"}},
             {.act = "a.respond", .who = {"official"}, .phases = {"closed"}},
             {.act = "a.look", .who = {"visitor"}},
             {.act = "a.look", .who = {"official"}}};
  using Words = std::vector<std::string>;
  const Words anybody{"visitor"}, citizen{"visitor", "citizen"}, official{"visitor", "citizen", "official"};
  EXPECT_EQ(role_in_record(c, anybody, "a.respond", "open"), "visitor");
  EXPECT_EQ(role_in_record(c, citizen, "a.respond", "open"), "citizen");
  EXPECT_EQ(role_in_record(c, official, "a.respond", "open"), "citizen") << "nobody's office lets them in this phase";
  EXPECT_EQ(role_in_record(c, official, "a.respond", "closed"), "official");
  EXPECT_EQ(role_in_record(c, official, "a.look"), "official");
  EXPECT_EQ(role_in_record(c, citizen, "a.look"), "citizen") << "whoever is signed in is no visitor";
}

TEST(ACharterThatNobodyShipped, WorksWithItsOwnWords) {
  const Charter c = *parse(contents("src/governance/testdata/company.toml"), test_words());
  using Words = std::vector<std::string>;
  const auto tester = roles_of(c, true, Words{"tester"});
  EXPECT_EQ(tester, (Words{"passer-by", "tester"}));
  EXPECT_TRUE(may(c, roles_of(c, false, {}), "consultations.respond", "open").confirm_email);
  EXPECT_FALSE(may(c, tester, "consultations.respond", "open").confirm_email);
  EXPECT_EQ(may(c, tester, "consultations.respond", "open").rule, 4u);
  EXPECT_FALSE(may(c, tester, "consultations.answer", "closed"));
  EXPECT_TRUE(may(c, Words{"product-owner"}, "consultations.answer", "closed"));
  EXPECT_TRUE(may_appoint(c, Words{"product-owner"}, "tester"));
}

}  // namespace
}  // namespace polder::governance
