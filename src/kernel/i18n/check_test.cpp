#include "kernel/i18n/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace polder::i18n {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

/// A small source tree in a folder of its own.
class Messages : public testing::Test {
 protected:
  Messages() {
    std::string folder = testing::TempDir() + "polder-messages-XXXXXX";
    root_ = mkdtemp(folder.data());
    all("kernel/mail",
        R"({"mail.gone": "It is gone.", "mail.sent": "{n, plural, one {# mail} other {# mails}} to {who}"})");
    put("kernel/mail/mail.cpp", R"(
      // t("mail.in-a-comment")
      Done f() { return refuse(Why::not_found, {"mail.gone"}, "mail.cause is private"); }
      auto m = Message{"mail.sent", {{"n", count(20'000, x)}, {"who", "a.b"}}};)");
  }
  ~Messages() override { std::filesystem::remove_all(root_); }

  void put(const std::string& path, std::string_view text) {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  void all(const std::string& room, std::string_view json) {
    for (const auto* language : {"en", "nl", "de"}) put(room + "/messages/" + language + ".json", json);
  }
  /// Without the folder's own name, which differs each time.
  std::vector<std::string> faults() const {
    auto found = check_messages(root_);
    for (auto& fault : found) fault = fault.substr(root_.string().size() + 1);
    return found;
  }

  std::filesystem::path root_;
};

TEST_F(Messages, AWholeTreeHasNoFault) { EXPECT_THAT(faults(), IsEmpty()); }

TEST_F(Messages, AKeyMissingInOneLanguageIsNamed) {
  put("kernel/mail/messages/nl.json", R"({"mail.gone": "Weg."})");
  EXPECT_THAT(faults(), ElementsAre("kernel/mail/messages/nl.json:1: \"mail.sent\" is missing; en.json has it",
                                    "kernel/mail/messages/nl.json:1: \"mail.sent\" is missing; de.json has it"));
}

TEST_F(Messages, TheFieldsOfAnActAreNamedByTheRoomThatDeclaresIt) {
  all("people", R"({"letters.send.to": "To", "letters.burn.why": "Why"})");
  put("people/acts/send.cpp", R"(struct Send { static constexpr std::string_view name = "letters.send"; };)");
  EXPECT_THAT(faults(), testing::Each(HasSubstr("letters.burn.why")));
  EXPECT_THAT(faults(),
              testing::Contains(HasSubstr("\"letters.burn.why\" must begin with \"people.\" or an act of this room")));
  all("people", R"({"letters.send.to": "To"})");
  EXPECT_THAT(faults(), IsEmpty());
  all("kernel/jobs", R"({"letters.send.to": "To"})");
  EXPECT_THAT(faults(), testing::Contains(HasSubstr("kernel/jobs/messages/en.json:1: \"letters.send.to\" must begin")));
}

TEST_F(Messages, AMissingLanguageIsNamed) {
  std::filesystem::remove(root_ / "kernel/mail/messages/de.json");
  EXPECT_THAT(faults(), testing::Contains("kernel/mail/messages/de.json:1: is missing"));
}

TEST_F(Messages, AnExtraFileIsNamed) {
  put("kernel/mail/messages/fr.json", "{}");
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("kernel/mail/messages/fr.json:1: does not belong here")));
}

TEST_F(Messages, ArgumentsAreTheSameInAllLanguages) {
  put("kernel/mail/messages/de.json", "{\"mail.gone\": \"Weg\",\n\"mail.sent\": \"{n} an {wer}\"}");
  EXPECT_THAT(faults(),
              ElementsAre("kernel/mail/messages/de.json:2: \"mail.sent\" lacks the argument {who}; en.json has it",
                          "kernel/mail/messages/de.json:2: \"mail.sent\" lacks the argument {who}; nl.json has it",
                          "kernel/mail/messages/en.json:1: \"mail.sent\" lacks the argument {wer}; de.json has it",
                          "kernel/mail/messages/nl.json:1: \"mail.sent\" lacks the argument {wer}; de.json has it",
                          "kernel/mail/mail.cpp:4: \"mail.sent\" is not given the argument {wer} of its sentence"));
}

TEST_F(Messages, ALanguageMayChooseAFormThatAnotherDoesNotHave) {
  put("kernel/mail/messages/en.json", R"({"mail.gone": "It is gone.", "mail.sent": "{who} may mail"})");
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(Messages, BrokenPatternsAreNamed) {
  all("kernel/mail", R"({"mail.gone": "{", "mail.sent": "{n, plural, one {x}} {who}"})");
  const auto found = faults();
  EXPECT_THAT(found, testing::Contains(HasSubstr("en.json:1: \"mail.gone\" is not valid MessageFormat")));
  EXPECT_THAT(found, testing::Contains(
                         HasSubstr("nl.json:1: \"mail.sent\" is not valid MessageFormat (U_DEFAULT_KEYWORD_MISSING)")));
}

TEST_F(Messages, APluralHasMoreThanOneForm) {
  all("kernel/mail", R"({"mail.gone": "Gone.", "mail.sent": "{n, plural, other {# mails}} {who}"})");
  EXPECT_THAT(faults(), testing::Each(EndsWith("\"mail.sent\" has a plural with only \"other {…}\"")));
  EXPECT_EQ(faults().size(), 3u);
}

TEST_F(Messages, KeysCarryTheNameOfTheirFolder) {
  all("kernel/jobs", R"({"mail.other": "x"})");
  put("kernel/jobs/jobs.cpp", "auto x = t(\"mail.other\");");
  EXPECT_THAT(faults(), testing::Each(HasSubstr("\"mail.other\" must begin with \"jobs.\"")));
  EXPECT_EQ(faults().size(), 3u);
}

TEST_F(Messages, AKeyThatStandsTwiceIsNamed) {
  put("kernel/mail/messages/en.json", R"({"mail.gone": "a", "mail.gone": "b", "mail.sent": "{n} {who}"})");
  EXPECT_THAT(faults(), testing::Contains(HasSubstr("en.json:1: \"mail.gone\" stands here twice")));
}

TEST_F(Messages, AKeyThatCodeUsesMustExist) {
  put("kernel/mail/a.cpp", "\n\nauto x = page.t(open ? \"mail.gone\" : \"mail.lost\");");
  put("kernel/mail/b.h",
      "inline auto y = FieldError{\"title\", {\"mail.none\"}};\nauto z = Refusal{.message = {\"mail.nil\"}};");
  EXPECT_THAT(faults(), ElementsAre("kernel/mail/a.cpp:3: \"mail.lost\" is in no catalogue",
                                    "kernel/mail/b.h:1: \"mail.none\" is in no catalogue",
                                    "kernel/mail/b.h:2: \"mail.nil\" is in no catalogue"));
}

TEST_F(Messages, CodeGivesASentenceTheArgumentsItHas) {
  put("kernel/mail/a.cpp",
      "auto x = t(\"mail.sent\", {{\"n\", f({1, 2})}});\nauto y = t(\"mail.sent\");\nauto z = t(\"mail.sent\", args);\n"
      "fault({\"mail.sent\", {{\"n\", 1}, {\"what\", 2}}});");
  EXPECT_THAT(faults(),
              ElementsAre("kernel/mail/a.cpp:1: \"mail.sent\" is not given the argument {who} of its sentence",
                          "kernel/mail/a.cpp:2: \"mail.sent\" is not given the argument {n} of its sentence",
                          "kernel/mail/a.cpp:2: \"mail.sent\" is not given the argument {who} of its sentence",
                          "kernel/mail/a.cpp:4: \"mail.sent\" is not given the argument {who} of its sentence"));
}

TEST_F(Messages, AKeyThatNothingUsesIsNamed) {
  put("kernel/mail/mail.cpp", "auto x = t(\"mail.gone\"); Statement s{\"mail.send\", \"SELECT\"};");
  put("kernel/mail/mail_test.cpp", "auto x = Message{\"mail.sent\"};");
  EXPECT_THAT(faults(),
              ElementsAre("kernel/mail/messages/en.json:1: \"mail.sent\" is used nowhere: use it or delete it"));
}

TEST_F(Messages, AFamilyOfKeysIsDeclaredInAComment) {
  all("processes/panels", R"({"panels.phase-a": "a", "panels.phase-b": "b"})");
  put("processes/panels/model.h", "// messages: panels.phase-*\n");
  EXPECT_THAT(faults(), IsEmpty());
  put("processes/panels/model.h", "// messages: panels.phase-*, panels.role-*\n");
  EXPECT_THAT(faults(), ElementsAre("processes/panels/model.h:1: no message begins with \"panels.role-\""));
}

TEST_F(Messages, StringsAndCharactersDoNotConfuseTheReader) {
  put("kernel/mail/a.cpp",
      "char c = '\"'; auto r = R\"x(t(\"mail.raw\") \" )x\"; auto s = \"t(\\\"mail.quoted\\\")\"; /* t(\"mail.c\") */\n"
      "auto x = t(\"mail.lost\");");
  EXPECT_THAT(faults(), ElementsAre("kernel/mail/a.cpp:2: \"mail.lost\" is in no catalogue"));
}

}  // namespace
}  // namespace polder::i18n
