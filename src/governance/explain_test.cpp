#include "governance/explain.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "governance/test_words.h"
#include "kernel/i18n/i18n.h"

namespace polder::governance {
namespace {

/// The catalogue of this room, and words for one process as that process would bring them.
Say speaking(const std::string& language) {
  const std::string theirs = language == "de" ? R"({"consultations.respond.words": "auf eine Konsultation antworten",
                                                    "consultations.during.open": "solange sie offen ist"})"
                                              : R"({"consultations.respond.words": "respond to a consultation",
                                                    "consultations.withdraw-response.words": "take back a response",
                                                    "moderation.hide.words": "hide a contribution",
                                                    "consultations.during.open": "while the consultation is open",
                                                    "consultations.during.closed": "while it is being answered"})";
  const std::string ours = contents("src/governance/messages/" + language + ".json");
  return [=](const Message& message) {
    const std::string a = "messages/consultations/" + language + ".json",
                      b = "messages/governance/" + language + ".json";
    const std::vector<EmbeddedFile> files{{a, theirs}, {b, ours}};
    return i18n::Catalogues(files).say(*i18n::parse_language(language), message);
  };
}

Charter legislation() { return *parse(contents("charters/legislation.toml"), test_words()); }

std::string told(const Charter& c, std::string_view act, const std::string& language) {
  const auto rule = std::ranges::find(c.rules, act, &Rule::act);
  return sentence(c, *rule, test_words(), language, speaking(language));
}

TEST(HowWeWork, TellsARuleAsASentence) {
  const Charter c = legislation();
  EXPECT_EQ(told(c, "consultations.respond", "en"),
            "Visitor and Citizen may respond to a consultation while the consultation is open. Who is not signed in "
            "first confirms an e-mail address.");
  EXPECT_EQ(told(c, "moderation.hide", "en"), "Moderator may hide a contribution.");
  EXPECT_EQ(told(c, "consultations.withdraw-response", "en"),
            "Visitor and Citizen may take back a response while the consultation is open or while it is being "
            "answered.");
}

TEST(HowWeWork, TellsItInTheReadersLanguage) {
  EXPECT_EQ(told(legislation(), "consultations.respond", "de"),
            "Besucher und Bürger dürfen auf eine Konsultation antworten, solange sie offen ist. Wer nicht angemeldet "
            "ist, bestätigt zuerst eine E-Mail-Adresse.");
}

TEST(HowWeWork, TellsWhyNot) {
  const Charter c = legislation();
  const auto why = [&](std::vector<std::string> roles, std::string_view act, std::string_view phase) {
    return reason(c, may(c, roles, act, phase), act, test_words(), "en", speaking("en"));
  };
  EXPECT_EQ(why({"citizen"}, "consultations.respond", "closed"),
            "You may respond to a consultation only while the consultation is open.");
  EXPECT_EQ(why({"citizen"}, "moderation.hide", ""), "To hide a contribution you need one of these roles: Moderator.");
  EXPECT_EQ(why({"citizen"}, "challenges.submit", "open"), "Nobody may do this on this platform.");
  EXPECT_EQ(why({"citizen"}, "consultations.respond", "open"), "");
}

TEST(HowWeWork, ShowsEachActInEachPhaseAsTheDecisionWouldBe) {
  const Vocabulary words = test_words();
  const Charter c = legislation();
  std::size_t cells = 0;
  for (const auto& table : explain(c, words))
    for (const auto& row : table.rows)
      for (const auto& cell : row.cells) {
        ++cells;
        for (const auto& role : c.roles)
          EXPECT_EQ(std::ranges::find(cell.roles, role.id) != cell.roles.end(), c.allows(row.act, role.id, cell.phase))
              << row.act << " " << role.id << " " << cell.phase;
      }
  EXPECT_EQ(cells, 24u);
}

TEST(HowWeWork, ShowsTheProcessesItRunsAndThenThePlatformItself) {
  const auto tables = explain(legislation(), test_words());
  ASSERT_EQ(tables.size(), 2u);
  EXPECT_EQ(tables[0].process, "consultations");
  EXPECT_EQ(tables[0].phases.size(), 5u);
  EXPECT_EQ(tables[0].rows.size(), 9u);
  EXPECT_EQ(tables[1].process, "");
  EXPECT_EQ(tables[1].rows.size(), 12u);
}

TEST(HowWeWork, ShowsWhoMustConfirmAndWhatTheClockDoes) {
  const auto tables = explain(legislation(), test_words());
  const auto row = [&](std::string_view act) { return *std::ranges::find(tables[0].rows, act, &ActRow::act); };
  ASSERT_EQ(row("consultations.respond").cells.size(), 1u);
  EXPECT_EQ(row("consultations.respond").cells[0].phase, "open");
  EXPECT_EQ(row("consultations.respond").cells[0].after_confirming, (std::vector<std::string>{"visitor"}));
  EXPECT_EQ(row("consultations.close").cells[0].roles, (std::vector<std::string>{"clock"}));
}

TEST(HowWeWork, ShowsWhatNobodyMayDo) {
  Charter c = legislation();
  std::erase_if(c.rules, [](const Rule& rule) { return rule.act == "consultations.answer"; });
  const auto tables = explain(c, test_words());
  const auto row = std::ranges::find(tables[0].rows, "consultations.answer", &ActRow::act);
  EXPECT_TRUE(row->cells[0].roles.empty());
}

}  // namespace
}  // namespace polder::governance
