// Every kind of fault, each with its exact place, key and advice. A case changes one thing in a good charter; what it
// puts in carries a '^' where the fault must point.
#include "governance/fault.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "governance/charter.h"
#include "governance/test_words.h"
#include "kernel/i18n/i18n.h"

namespace polder::governance {
namespace {

std::string company() { return contents("src/governance/testdata/company.toml"); }

std::string english(const Message& message) {
  static const std::string en = contents("src/governance/messages/en.json");
  static const std::string text = contents("src/kernel/text/messages/en.json");
  static const std::vector<EmbeddedFile> files{{"messages/governance/en.json", en}, {"messages/text/en.json", text}};
  static const i18n::Catalogues catalogues(files);
  return catalogues.say(i18n::Language::en, message);
}

std::vector<Fault> faults_in(const std::string& text) {
  auto charter = parse(text, test_words());
  return charter ? std::vector<Fault>{} : charter.error();
}

struct Case {
  std::string name;
  std::string from, to;
  std::string key, wrong, right;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class EachFault : public testing::TestWithParam<Case> {};

TEST_P(EachFault, IsFoundAtItsPlaceWithWhatWouldBeRight) {
  const auto& [name, from, to, key, wrong, right] = GetParam();
  std::string text = company();
  const auto at = text.find(from);
  ASSERT_NE(at, text.npos) << from;
  const auto mark = to.find('^');
  ASSERT_NE(mark, to.npos);
  text.replace(at, from.size(), to);
  text.erase(at + mark, 1);
  const auto before = std::string_view(text).substr(0, at + mark);
  const auto line = 1 + std::ranges::count(before, '\n');
  const auto column = before.size() - (before.rfind('\n') + 1) + 1;

  const auto faults = faults_in(text);
  ASSERT_EQ(faults.size(), 1u) << report("charter", faults, english);
  EXPECT_EQ(faults[0].line, line);
  EXPECT_EQ(faults[0].column, static_cast<int>(column)) << report("charter", faults, english);
  EXPECT_EQ(faults[0].key, key);
  EXPECT_EQ(english(faults[0].wrong), wrong);
  EXPECT_EQ(english(faults[0].right), right);
}

const std::string acts =
    "platforms.change-charter, platforms.appoint, platforms.dismiss, platforms.apply, platforms.withdraw-application, "
    "platforms.accept-application, platforms.decline-application, platforms.create, consultations.draft, "
    "consultations.revise, consultations.publish, consultations.open, consultations.respond, "
    "consultations.withdraw-response, consultations.close, consultations.answer, consultations.report, "
    "challenges.submit, moderation.report, moderation.leave, moderation.hide, moderation.restore";
const std::string name_text = "Write a text of at most 120 characters.";
const std::string names_text = "Write a text of at most 120 characters, or one for each language: en, nl.";
const std::string paragraphs = "Write a text of at most 2,000 characters, or one for each language: en, nl.";

INSTANTIATE_TEST_SUITE_P(
    Words, EachFault,
    testing::Values(
        Case{"UnknownAct", "\"consultations.answer\"", "^\"consultations.anwser\"", "rules[7].act",
             "There is no act “consultations.anwser”.", "Did you mean “consultations.answer”?"},
        Case{"UnknownActNearNothing", "\"consultations.answer\"", "^\"sing\"", "rules[7].act",
             "There is no act “sing”.", "Write one of: " + acts + "."},
        Case{"UnknownRole", "who = [\"passer-by\", \"tester\"]", "who = [\"passer-by\", ^\"testers\"]",
             "rules[8].who[2]", "There is no role “testers”.", "Did you mean “tester”?"},
        Case{"UnknownAppointer", "[\"server\", \"product-owner\"]", "[\"server\", ^\"administrator\"]",
             "roles.product-owner.appointed_by[2]", "There is no role “administrator”.",
             "Write one of: passer-by, tester, product-owner, server."},
        Case{"UnknownPhase", "phase = [\"closed\"]", "phase = [^\"closd\"]", "rules[7].phase[1]",
             "There is no phase “closd”.", "Did you mean “closed”?"},
        Case{"PhaseOfAnotherAct", "phase = [\"closed\"]", "phase = [^\"draft\"]", "rules[7].phase[1]",
             "“consultations.answer” cannot be done in the phase “draft”.", "Write one of: closed."},
        Case{"PhaseOfAnActWithoutPhases", "act = \"moderation.report\"",
             "phase = [^\"open\"]\nact = \"moderation.report\"", "rules[8].phase[1]",
             "This act knows no phases, so not “open” either.", "Leave it out."},
        Case{"UnknownProcess", "processes = [\"consultations\"]", "processes = [\"consultations\", ^\"elections\"]",
             "platform.processes[2]", "There is no process “elections”.", "Write one of: consultations, challenges."},
        Case{"ActOfAProcessNotRun", "\"moderation.report\"", "^\"challenges.submit\"", "rules[8].act",
             "This platform does not run “challenges”.", "Add “challenges” to platform.processes, or leave this out."},
        Case{"SettingsOfAProcessNotRun", "[oversight]", "^[challenges]\nprize = 1\n[oversight]", "challenges",
             "This platform does not run “challenges”.", "Add “challenges” to platform.processes, or leave this out."},
        Case{"UnknownLanguage", "languages = [\"en\", \"nl\"]", "languages = [\"en\", \"nl\", ^\"fr\"]",
             "platform.languages[3]", "Polder does not speak “fr”.", "Write one of: en, nl, de."},
        Case{"TextInAnUnknownLanguage", "nl = \"Voorbijganger\"", "^fr = \"Passant\"", "roles.passer-by.name.fr",
             "There is no key “fr” here.", "Write one of: en, nl, de."},
        Case{"UnknownKey", "minimum_weeks = 2", "^minimun_weeks = 2", "consultations.minimun_weeks",
             "There is no key “minimun_weeks” here.", "Did you mean “minimum_weeks”?"},
        Case{"UnknownTable", "[oversight]", "[^colours]\nx = 1\n[oversight]", "colours",
             "There is no key “colours” here.",
             "Write one of: charter, platform, operator, roles, rules, consultations, challenges, oversight, terms, "
             "retention, theme."},
        Case{"UnknownColour", "logo = \"Lamps\"", "^watr = \"#5b2a86\"", "theme.watr", "There is no key “watr” here.",
             "Did you mean “water”?"},
        Case{"UnknownChoice", "kind = \"company\"", "kind = ^\"compnay\"", "operator.kind",
             "“compnay” is not one of the choices.", "Did you mean “company”?"},
        Case{"UnknownSettingChoice", "[\"officials\", \"public-name\"]", "[\"officials\", ^\"secret\"]",
             "consultations.visibilities[2]", "“secret” is not one of the choices.",
             "Write one of: public-name, public-anonymous, officials."},
        Case{"UnknownSettingWord", "minimum_weeks = 2", "sort = ^\"newset\"", "consultations.sort",
             "“newset” is not one of the choices.", "Did you mean “newest”?"},
        Case{"WordTwice", "[\"passer-by\", \"tester\"]", "[\"tester\", ^\"tester\"]", "rules[8].who[2]",
             "“tester” stands here twice.", "Name it once."}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Values, EachFault,
    testing::Values(
        Case{"Missing", "[operator]\nname = \"Lamps Ltd\"", "^[operator]", "operator.name",
             "“operator.name” is missing.", names_text},
        Case{"MissingInFirstLanguage", "{ en = \"Passer-by\", nl", "^{ nl", "roles.passer-by.name",
             "The text in “en”, the platform’s first language, is missing.", names_text},
        Case{"NumberForText", "body = \"The users' council\"", "body = ^7", "oversight.body",
             "Something else is expected here than a whole number.", names_text},
        Case{"TextForNumber", "mails_days = 7", "mails_days = ^\"seven\"", "retention.mails_days",
             "Something else is expected here than a text.", "Write a whole number from 1 to 365."},
        Case{"FractionForNumber", "mails_days = 7", "mails_days = ^7.5", "retention.mails_days",
             "Something else is expected here than a number with a fraction.", "Write a whole number from 1 to 365."},
        Case{"TextForList", "who = [\"passer-by\", \"tester\"]", "who = ^\"tester\"", "rules[8].who",
             "Something else is expected here than a text.", "Write a list of words, as [\"one\", \"two\"]."},
        Case{"NumberInList", "who = [\"passer-by\", \"tester\"]", "who = [\"tester\", ^7]", "rules[8].who[2]",
             "Something else is expected here than a whole number.", "Write a list of words, as [\"one\", \"two\"]."},
        Case{"EmptyList", "who = [\"passer-by\", \"tester\"]", "who = ^[]", "rules[8].who", "This list is empty.",
             "Write a list of words, as [\"one\", \"two\"]."},
        Case{"TextForYesNo", "minimum_weeks = 2", "attachments = ^\"yes\"", "consultations.attachments",
             "Something else is expected here than a text.", "Write true or false."},
        Case{"SettingOutOfRange", "minimum_weeks = 2", "minimum_weeks = ^53", "consultations.minimum_weeks",
             "53 is out of range.", "Write a whole number from 1 to 52."},
        Case{"SettingTooLong", "minimum_weeks = 2", "greeting = ^\"Welcome to all of you here\"",
             "consultations.greeting", "This text is too long.", "Write a text of at most 20 characters."},
        Case{"RetentionOutOfRange", "mails_days = 7", "mails_days = ^0", "retention.mails_days", "0 is out of range.",
             "Write a whole number from 1 to 365."},
        Case{"LaterVersion", "charter = 1", "charter = ^2", "charter", "2 is out of range.",
             "Write a whole number from 1 to 1."},
        Case{"DateThatIsNone", "opens = 2026-12-01", "opens = ^\"2026-02-30\"", "platform.opens",
             "“2026-02-30” is not a date.", "Write a day that exists as 2026-12-01."},
        Case{"DateWithTime", "opens = 2026-12-01", "opens = ^2026-12-01T09:00:00", "platform.opens",
             "Something else is expected here than a date or time.", "Write a day that exists as 2026-12-01."},
        Case{"TimeZone", "\"Europe/Brussels\"", "^\"Europe/Brussel\"", "platform.timezone",
             "“Europe/Brussel” is not a time zone.", "Did you mean “Europe/Brussels”?"},
        Case{"TimeZoneNearNothing", "\"Europe/Brussels\"", "^\"here\"", "platform.timezone",
             "“here” is not a time zone.", "Write a name of the IANA database, as “Europe/Amsterdam”."},
        Case{"Host", "\"lamps.example.com\"", "^\"lamps.example.com/here\"", "platform.host",
             "“lamps.example.com/here” is not a host name.", "Write it in lower case, as “consult.example.org”."},
        Case{"Email", "\"hello@lamps.example.com\"", "^\"hello at lamps\"", "operator.email",
             "“hello at lamps” is not an e-mail address.", "Write it as “name@example.org”."},
        Case{"WebAddress", "\"https://lamps.example.com/imprint\"", "^\"javascript:alert(1)\"", "operator.imprint",
             "“javascript:alert(1)” is not a web address.", "Write it in full, as “https://example.org/about”."},
        Case{"Colour", "\"#5b2a86\"", "^\"purple\"", "theme.water", "“purple” is not a colour.",
             "Write it as “#0b4f6c”: six digits, 0-9 and a-f."},
        Case{"TwoLines", "\"Lamps Ltd\"", "^\"Lamps\\nLtd\"", "operator.name", "This text has more than one line.",
             name_text},
        Case{"BlankText", "\"Lamps Ltd\"", "^\"  \"", "operator.name", "This text is empty.", name_text},
        Case{"LongText", "\"Lamps Ltd\"", "^\"" + std::string(121, 'x') + "\"", "operator.name",
             "This text is too long.", name_text},
        Case{"ReorderingCharacter", "\"Lamps Ltd\"", "^\"Lamps \\u202Edtl\"", "operator.name",
             "This text contains a character that turns the order of the letters around. Remove it, or type the text "
             "again.",
             name_text}),
    [](const auto& each) { return each.param.name; });

const std::string passer_by =
    "[roles.passer-by]\nname = { en = \"Passer-by\", nl = \"Voorbijganger\" }\ndescription = \"Anyone at all.\"\nhow "
    "= ";
const std::string extra = "\nname = \"X\"\ndescription = \"X.\"\nhow = ";

INSTANTIATE_TEST_SUITE_P(
    Sense, EachFault,
    testing::Values(Case{"TwoRolesForEverybody", passer_by, "^[roles.guest]" + extra + "\"everybody\"\n" + passer_by,
                         "roles", "2 roles are for everybody.",
                         "Exactly one role has how = \"everybody\": it is what a visitor without an account may do."},
                    Case{"ReservedRole", "[roles.tester]", "[roles.^clock]" + extra + "\"signed-in\"\n[roles.tester]",
                         "roles.clock", "“clock” is a word of the server, not a role of a platform.",
                         "Give the role another name."},
                    Case{"RoleThatFitsNoAddress", "[roles.tester]",
                         "[roles.^Super_User]" + extra + "\"signed-in\"\n[roles.tester]", "roles.Super_User",
                         "“Super_User” is not a name that fits in an address.",
                         "Begin with a small letter, then letters a-z, digits and single hyphens, at most 40."},
                    Case{"AppointedToARoleForAll", "how = \"everybody\"",
                         "how = \"everybody\"\nappointed_by = ^[\"server\"]", "roles.passer-by.appointed_by",
                         "Nobody is appointed to a role that everybody or every account has.", "Leave it out."},
                    Case{"AppointerWithoutARule", "appointed_by = [\"product-owner\"]",
                         "appointed_by = [\"product-owner\", ^\"tester\"]", "roles.tester.appointed_by[2]",
                         "“tester” is to appoint people, but no rule allows it to.",
                         "Add a rule with act = \"platforms.appoint\" and who = [\"tester\"]."},
                    Case{"ClockDoesWhatPeopleDo", "who = [\"passer-by\", \"tester\"]", "who = [\"tester\", ^\"clock\"]",
                         "rules[8].who[2]", "“moderation.report” is done by people, not by the clock.",
                         "Leave it out."},
                    Case{"ConfirmingWithoutVisitors", "who = [\"passer-by\", \"tester\"]",
                         "confirm = ^\"email\"\nwho = [\"tester\"]", "rules[8].confirm",
                         "Nobody in this rule can act without signing in, so there is no e-mail address to confirm.",
                         "Leave it out."},
                    Case{"UnreadableColours", "water = \"#5b2a86\"", "mark = ^\"#303030\"", "theme.mark",
                         "The colour “ink” on “mark” has a contrast of 1.2 to 1, too little to read.",
                         "Take colours with a contrast of at least 4.5 to 1."}),
    [](const auto& each) { return each.param.name; });

const std::string syntax =
    "Compare this line with docs/charter.md: texts stand between quotation marks, lists between square brackets.";

INSTANTIATE_TEST_SUITE_P(
    NotToml, EachFault,
    testing::Values(
        Case{"KeyTwice", "mails_days = 7", "mails_days = 7\nmails_days = ^8", "retention.mails_days",
             "This key stands here twice.", "Name it once."},
        Case{"QuoteNotClosed", "\"Lamps Ltd\"", "\"Lamps Ltd^", "operator.name",
             "This is not TOML (unescaped control characters other than TAB (U+0009) are explicitly prohibited).",
             syntax},
        Case{"WordWithoutQuotes", "\"company\"", "^company", "operator.kind",
             "This is not TOML (could not determine value type).", syntax},
        Case{"DayThatDoesNotExist", "opens = 2026-12-01", "opens = 2026-02-30^", "platform.opens",
             "This is not a date.", "Write a day that exists as 2026-12-01."},
        Case{"BrokenUtf8", "\"Lamps Ltd\"", "\"Lamps^ \xFF Ltd\"", "operator.name", "This is not valid UTF-8.",
             "Save the file as UTF-8."},
        Case{"NestedTooDeeply", "mails_days = 7", "mails_days = " + std::string(16, '[') + "^" + std::string(9, '['),
             "retention.mails_days", "Lists and tables are nested too deeply here.",
             "No key of a charter needs more than two lists or tables within each other."}),
    [](const auto& each) { return each.param.name; });

std::vector<Fault> faults_with(const std::string& from, const std::string& to) {
  std::string text = company();
  const auto at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return faults_in(text.replace(at, from.size(), to));
}

bool has(const std::vector<Fault>& faults, std::string_view key, std::string_view wrong) {
  return std::ranges::any_of(faults, [&](const Fault& f) { return f.key == key && f.wrong.key == wrong; });
}

TEST(Faults, NameAPlatformOnWhichTimeWouldStandStill) {
  const auto faults = faults_with("act = \"consultations.open\"\nwho = [\"clock\"]",
                                  "act = \"consultations.open\"\nwho = [\"product-owner\"]");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(english(faults[0].wrong),
            "Time is to do “consultations.open”, but no rule lets the clock do it, so it would never happen.");
  EXPECT_EQ(english(faults[0].right), "Add a rule with act = \"consultations.open\" and who = [\"clock\"].");
}

TEST(Faults, NameARoleThatNobodyCanEverHold) {
  const auto faults =
      faults_with("[[rules]]", "[roles.emperor]" + extra + "\"appointed\"\nappointed_by = [\"emperor\"]\n\n[[rules]]");
  ASSERT_EQ(faults.size(), 2u);
  EXPECT_EQ(faults[0].line, 37);
  EXPECT_EQ(faults[0].column, 8);
  EXPECT_EQ(faults[0].key, "roles.emperor");
  EXPECT_EQ(english(faults[0].wrong),
            "Nobody could ever hold the role “emperor”: who appoints to it can never be appointed.");
  EXPECT_EQ(english(faults[0].right), "Let “server” or a role that somebody can hold stand in appointed_by.");
  EXPECT_EQ(faults[1].wrong.key, "governance.fault.cannot-appoint");
}

TEST(Faults, NameARoleToWhichNobodyAppoints) {
  const auto faults = faults_with("how = \"application\"\nappointed_by = [\"product-owner\"]", "how = \"application\"");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].line, 25);
  EXPECT_EQ(faults[0].key, "roles.tester.appointed_by");
  EXPECT_EQ(faults[0].wrong.key, "governance.fault.missing");
}

TEST(Faults, NameAPlatformThatIsForNobody) {
  EXPECT_TRUE(has(faults_with("how = \"everybody\"", "how = \"signed-in\""), "roles", "governance.fault.everybody"));
}

TEST(Faults, AreAllFoundAtOnceInTheOrderOfTheFile) {
  std::string text = company();
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"\"Europe/Brussels\"", "\"Mars\""}, {"\"company\"", "\"club\""}, {"\"moderation.report\"", "\"x\""}})
    text.replace(text.find(from), from.size(), to);
  const auto faults = faults_in(text);
  ASSERT_EQ(faults.size(), 3u);
  EXPECT_EQ(faults[0].key, "platform.timezone");
  EXPECT_EQ(faults[1].key, "operator.kind");
  EXPECT_EQ(faults[2].key, "rules[8].act");
}

TEST(Faults, OfAnEmptyFileNameEverythingItNeeds) {
  const auto faults = faults_in("");
  std::vector<std::string> keys;
  for (const auto& fault : faults) {
    EXPECT_EQ(fault.wrong.key, "governance.fault.missing");
    EXPECT_EQ(fault.line, 1);
    keys.push_back(fault.key);
  }
  EXPECT_EQ(keys,
            (std::vector<std::string>{"charter", "platform", "operator", "roles", "rules", "oversight", "terms"}));
}

TEST(Faults, OfAMissingKeyStandAtItsTable) {
  const auto faults = faults_with("[oversight]\nbody = \"The users' council\"", "[oversight]");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].key, "oversight.body");
  std::string text = company();
  EXPECT_EQ(faults[0].line, 1 + std::ranges::count(text.substr(0, text.find("[oversight]")), '\n'));
}

TEST(Faults, AreNeverMoreThanFifty) {
  std::string text = company();
  for (int i = 0; i < 200; ++i) text = "x" + std::to_string(i) + " = 1\n" + text;
  EXPECT_EQ(faults_in(text).size(), most_faults);
}

TEST(Faults, AreReportedAsLinesAnEditorJumpsFrom) {
  const auto faults = faults_with("\"consultations.answer\"", "\"consultations.anwser\"");
  const std::string said = report("charters/ours.toml", faults, english);
  EXPECT_EQ(said,
            "charters/ours.toml:67:7: rules[7].act: There is no act “consultations.anwser”. Did you mean "
            "“consultations.answer”?\n");
}

TEST(Faults, HaveTheirWordsInEveryLanguage) {
  const auto faults = faults_with("\"consultations.answer\"", "\"consultations.anwser\"");
  for (const std::string language : {"en", "nl", "de"}) {
    const std::string path = "messages/governance/" + language + ".json";
    const std::string file = contents("src/governance/messages/" + language + ".json");
    const std::vector<EmbeddedFile> files{{path, file}};
    const i18n::Catalogues catalogues(files);
    const auto said = catalogues.say(*i18n::parse_language(language), faults.at(0).wrong);
    EXPECT_NE(said.find("consultations.anwser"), said.npos) << said;
  }
}

// ---- Hostile files
// ---------------------------------------------------------------------------------------------------

TEST(HostileCharter, IsRefusedWhenItIsTooLarge) {
  const auto faults = faults_in(company() + "#" + std::string(most_bytes, 'x'));
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(english(faults[0].right), "A charter has at most 262,144 bytes.");
}

TEST(HostileCharter, IsRefusedHoweverItNests) {
  std::string dotted = "a", header = "[a", inlined = "x = ", wide = "x = ";
  for (int i = 0; i < 100'000; ++i) dotted += ".a", header += ".a";
  for (int i = 0; i < 40'000; ++i) inlined += "{a=";
  for (int i = 0; i < 1'000; ++i) {
    wide += "[\n{a";
    for (int j = 0; j < 120; ++j) wide += ".a";
    wide += "=";
  }
  for (const auto& text : {dotted + " = 1", header + "]", inlined, wide, "x = " + std::string(200'000, '[')})
    EXPECT_EQ(faults_in(text).size(), 1u) << text.substr(0, 20);
}

TEST(HostileCharter, MayNestAsDeepAsTheReaderTakesWithoutFalling) {
  std::string text = "x = ";
  for (int i = 0; i < 7; ++i) {
    text += "[\n{a";
    for (int j = 0; j < 499; ++j) text += ".a";
    text += "=";
  }
  text += "1";
  for (int i = 0; i < 7; ++i) text += "}]";
  EXPECT_TRUE(has(faults_in(text), "x", "governance.fault.key"));
}

TEST(HostileCharter, IsRefusedWhenATableHasNoNameThatCouldBeOne) {
  for (const std::string header : {"[[[1]]]", "[[=", "[=]", "[", "[[", "[]", "[\x15x]", "[é]", "[a.]", "[.a]", "[a"})
    EXPECT_EQ(faults_in(header).size(), 1u) << header;
}

TEST(HostileCharter, HasNoMoreRolesAndRulesThanItMay) {
  std::string roles, rules;
  for (int i = 0; i < 64; ++i) roles += "[roles.r" + std::to_string(i) + "]" + extra + "\"signed-in\"\n";
  EXPECT_TRUE(has(faults_with("[[rules]]", roles + "[[rules]]"), "roles.r61", "governance.fault.too-many"));
  for (int i = 0; i < 992; ++i) rules += "[[rules]]\nact = \"moderation.report\"\nwho = [\"tester\"]\n";
  EXPECT_TRUE(has(faults_in(company() + rules), "rules[1001]", "governance.fault.too-many"));
}

TEST(HostileCharter, CannotPutItsWordsIntoOurSentencesUnseen) {
  const auto faults = faults_with("\"consultations.answer\"", "\"x\\u202E" + std::string(5'000, 'y') + "\"");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].wrong.key, "text.override");
  const auto key = faults_with("mails_days", "\"\\u001b[2J\"");
  ASSERT_EQ(key.size(), 1u);
  EXPECT_EQ(key[0].key, "retention.\uFFFD");
}

// ---- The nearest word
// ------------------------------------------------------------------------------------------------

TEST(NearestWord, IsTheOneASlipOfThePenMeant) {
  const std::vector<std::string> known{"open", "closed", "consultations.respond", "public-name"};
  EXPECT_EQ(nearest("opne", known), "open");
  EXPECT_EQ(nearest("Closed", known), "closed");
  EXPECT_EQ(nearest("consultation.respond", known), "consultations.respond");
  EXPECT_EQ(nearest("public_name", known), "public-name");
  EXPECT_EQ(nearest("vote", known), "");
  EXPECT_EQ(nearest("", known), "");
  EXPECT_EQ(nearest(std::string(100'000, 'o'), known), "");
}

}  // namespace
}  // namespace polder::governance
