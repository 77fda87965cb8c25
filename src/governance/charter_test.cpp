#include "governance/charter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "governance/permission.h"
#include "governance/test_words.h"

namespace polder::governance {
namespace {

const std::string company_file = "src/governance/testdata/company.toml";

Charter good(const std::string& text) {
  auto charter = parse(text, test_words());
  if (charter) return *charter;
  ADD_FAILURE() << report("charter", charter.error(), [](const Message& m) { return m.key; });
  return {};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == text.npos) ADD_FAILURE() << "the test's charter has no " << from;
  return at == text.npos ? text : text.replace(at, from.size(), to);
}

TEST(Charter, SaysEverythingThatStandsInTheFile) {
  const Charter c = good(contents(company_file));
  EXPECT_EQ(c.name.in("en").text, "Better Lamps");
  EXPECT_EQ(c.summary.in("nl").text, "Help ons lampen te maken die blijven branden.");
  EXPECT_EQ(c.languages, (std::vector<std::string>{"en", "nl"}));
  EXPECT_EQ(c.timezone, "Europe/Brussels");
  EXPECT_EQ(c.host, "lamps.example.com");
  EXPECT_EQ(c.openness, Openness::open);
  EXPECT_EQ(c.opens, (Date{2026, 12, 1}));
  EXPECT_TRUE(c.runs("consultations"));
  EXPECT_FALSE(c.runs("challenges"));
  EXPECT_EQ(c.operated_by.kind, OperatorKind::company);
  EXPECT_EQ(c.operated_by.imprint, "https://lamps.example.com/imprint");
  ASSERT_EQ(c.roles.size(), 3u);
  EXPECT_EQ(c.roles[1].id, "tester");
  EXPECT_EQ(c.roles[1].how, How::application);
  EXPECT_EQ(c.everybody().id, "passer-by");
  ASSERT_EQ(c.rules.size(), 9u);
  EXPECT_EQ(c.rules[3].act, "consultations.respond");
  EXPECT_TRUE(c.rules[3].confirm_email);
  EXPECT_EQ(c.rules[4].why.in("en").text, "Testers have told us who they are.");
  EXPECT_EQ(c.number("consultations", "minimum_weeks"), 2);
  EXPECT_EQ(c.list("consultations", "visibilities"), (std::vector<std::string>{"officials", "public-name"}));
  EXPECT_EQ(c.oversight.contact, "council@lamps.example.com");
  EXPECT_EQ(c.terms.in("en").text, "Be kind.\n\nWe answer everybody.");
  EXPECT_EQ(c.retention.mails_days, 7);
  EXPECT_EQ(c.theme.logo_text, "Lamps");
  EXPECT_EQ(c.theme.light, (std::vector<Colour>{{"water", "#5b2a86"}}));
}

TEST(Charter, FillsInWhatTheVocabularySaysHoldsOtherwise) {
  const Charter c = good(contents(company_file));
  EXPECT_EQ(c.number("consultations", "answer_within_weeks"), 12);
  EXPECT_EQ(c.word("consultations", "sort"), "newest");
  EXPECT_FALSE(c.yes("consultations", "attachments"));
  EXPECT_EQ(c.retention.accounts_inactive_months, 24);
  EXPECT_THROW(c.number("consultations", "minimum_wekes"), std::logic_error);
}

TEST(Charter, FallsBackToThePlatformsFirstLanguageAndSaysSo) {
  const Charter c = good(contents(company_file));
  EXPECT_EQ(c.everybody().name.in("nl").language, "nl");
  EXPECT_EQ(c.everybody().description.in("nl").language, "en");
  EXPECT_EQ(c.everybody().description.in("nl").text, "Anyone at all.");
  EXPECT_EQ(LocalText{}.in("nl").text, "");
}

TEST(Charter, MayRunNothingAtAll) {
  const std::string text = contents(company_file);
  const auto rules = text.find("[[rules]]"), oversight = text.find("[oversight]");
  const Charter c =
      good(replaced(text.substr(0, rules) + "[[rules]]\nact = \"platforms.appoint\"\nwho = [\"product-owner\"]\n" +
                        text.substr(oversight),
                    "[\"consultations\"]", "[]"));
  EXPECT_TRUE(c.processes.empty());
  EXPECT_EQ(good(canonical(c)), c);
}

TEST(Charter, ReadsTheSameWithWindowsLineEnds) {
  std::string text;
  for (const char c : contents(company_file)) c == '\n' ? text += "\r\n" : text += c;
  EXPECT_EQ(good(text), good(contents(company_file)));
}

TEST(Charter, ComesBackTheSameFromItsCanonicalText) {
  for (const auto& file : {company_file, std::string("charters/legislation.toml")}) {
    const Charter c = good(contents(file));
    const std::string text = canonical(c);
    EXPECT_EQ(good(text), c) << text;
    EXPECT_EQ(canonical(good(text)), text);
  }
}

TEST(Charter, HasOneCanonicalTextHoweverItWasLaidOut) {
  const std::string file = contents(company_file);
  const std::string other =
      replaced(replaced(file, "[theme]\n", "[theme] # ours\n"), "mails_days = 7", "logs_days = 14\nmails_days = 0x7");
  EXPECT_EQ(canonical(good(file)), canonical(good(other)));
  EXPECT_NE(canonical(good(file)), canonical(good(replaced(file, "mails_days = 7", "mails_days = 8"))));
}

TEST(Charter, KeepsEveryCharacterOfATextInItsCanonicalForm) {
  Charter c = good(contents(company_file));
  c.terms.texts.front().second =
      "She said \"no\\yes\"\n\n\"\"\"\n\ttabbed 'é' 漢 👩‍🚀 \\u0041 # not a comment";
  EXPECT_EQ(good(canonical(c)).terms, c.terms);
}

TEST(Charter, JoinsALineThatGoesOnInAnyScript) {
  for (const std::string next : {"Überall", "§ 7 gilt.", "「はい」", "Ñandú", "‑ ok", "👩‍🚀 hallo"})
    EXPECT_TRUE(good(replaced(contents(company_file), "Be kind.", "Be kind. \\\n  " + next))
                    .terms.in("en")
                    .text.starts_with("Be kind. " + next))
        << next;
}

// ---- The charter that is shipped -----------------------------------------------------------------------------------

TEST(LegislationCharter, IsCompleteInThreeLanguages) {
  const Charter c = good(contents("charters/legislation.toml"));
  EXPECT_EQ(c.operated_by.kind, OperatorKind::government);
  std::vector<const LocalText*> texts{&c.name, &c.summary, &c.operated_by.name, &c.oversight.body, &c.terms};
  for (const auto& role : c.roles) texts.insert(texts.end(), {&role.name, &role.description});
  for (const auto& rule : c.rules)
    if (!rule.why.empty()) texts.push_back(&rule.why);
  for (const auto* text : texts) EXPECT_EQ(text->texts.size(), 3u) << text->in("en").text;
}

TEST(LegislationCharter, LetsEverybodyRespondWhileOpenAndNobodyAfterwards) {
  const Charter c = good(contents("charters/legislation.toml"));
  const auto visitor = roles_of(c, false, {});
  const Decision d = may(c, visitor, "consultations.respond", "open");
  EXPECT_TRUE(d.allowed);
  EXPECT_TRUE(d.confirm_email);
  for (const std::string phase : {"draft", "announced", "closed", "answered", ""})
    for (const auto& role : c.roles) EXPECT_FALSE(c.allows("consultations.respond", role.id, phase)) << phase;
}

TEST(LegislationCharter, LetsOnlyTheClockCloseAConsultation) {
  const Charter c = good(contents("charters/legislation.toml"));
  EXPECT_TRUE(c.allows("consultations.close", "clock", "open"));
  for (const auto& role : c.roles) EXPECT_FALSE(c.allows("consultations.close", role.id, "open")) << role.id;
}

TEST(LegislationCharter, DoesNotLetTheMinistryNameItsOwnOverseer) {
  const Charter c = good(contents("charters/legislation.toml"));
  for (const auto& role : c.roles) EXPECT_FALSE(may_appoint(c, {&role.id, 1}, "overseer")) << role.id;
}

TEST(LegislationCharter, UsesEachActOfItsProcess) {
  const Charter c = good(contents("charters/legislation.toml"));
  for (const auto& act : test_words().acts) {
    if (act.name == "platforms.create") continue;  // the server's
    if (act.name == "platforms.apply" || act.name.ends_with("-application"))
      continue;  // nobody applies for a role there
    const bool used = std::ranges::any_of(c.rules, [&](const Rule& rule) { return rule.act == act.name; });
    EXPECT_EQ(used, act.process != "challenges") << act.name;
  }
}

TEST(Charter, OnlyAClosedPlatformHasADoor) {
  const std::string closed =
      replaced(contents(company_file), "openness = \"open\"", "openness = \"closed\"\ndoor = true");
  const Charter c = good(closed);
  EXPECT_TRUE(c.door);
  EXPECT_EQ(good(canonical(c)), c);
  EXPECT_FALSE(good(replaced(closed, "door = true", "door = false")).door);
  const auto open = parse(replaced(closed, "openness = \"closed\"", "openness = \"open\""), test_words());
  ASSERT_FALSE(open);
  EXPECT_EQ(open.error().front().key, "platform.door");
  EXPECT_EQ(open.error().front().wrong.key, "governance.fault.door");
}

}  // namespace
}  // namespace polder::governance
