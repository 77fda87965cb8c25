// A visitor acts, confirms an address, and only then has acted: once, as the person whose address it is.
#include "people/notes_test.h"
#include "people/store.h"
#include "record/store.h"

namespace polder::people {
namespace {

constexpr auto anna = "anna@example.org";

class Pending : public OnBothDatabases {
 protected:
  Pending() : OnBothDatabases({notes::room}) {}
  void SetUp() override {
    OnBothDatabases::SetUp();
    if (!s.exists()) return;
    platform = s.platform("delta", notes::charter);
  }
  std::vector<record::store::ActRow> acts() {
    return s.house().database.read(
        [&](storage::ReadTx& tx) { return record::store::acts_of_platform(tx, platform, -1, 100); });
  }
  Answer leave(Browser& browser, const std::string& words, const std::string& email = anna) {
    return browser.post("/delta/notes", {{"words", words}, {"email", email}, {"name", "Anna"}});
  }
  Id platform{};
};
ON_BOTH_DATABASES(Pending);

TEST_P(Pending, AnActOfAVisitorIsDoneWhenTheAddressIsConfirmed) {
  auto& browser = s.visitor();
  leave(browser, "The dike is wet.")
      .to("/delta/check-your-mail")
      .follow()
      .expect(200)
      .has("Look in your mail")
      .has("Delta water");
  EXPECT_TRUE(acts().empty());
  ASSERT_EQ(s.mails(anna).size(), 1u);
  EXPECT_NE(s.mails(anna)[0].text.find("Delta water"), std::string::npos);
  EXPECT_EQ(s.mails(anna)[0].text.find("The dike is wet"), std::string::npos)
      << "a mail may be read by others: it repeats no words";

  const auto link = s.link(anna);
  for (int i = 0; i < 3; ++i)
    s.visitor().get(link).expect(200).has("Notes about water").has("a…@example.org").lacks(anna);
  EXPECT_TRUE(acts().empty()) << "opening a link does nothing";
  EXPECT_FALSE(s.id_of(anna));

  browser.post(link).to("/delta/notes").follow().expect(200).has("It is sent, and you are signed in").has("Anna");
  ASSERT_EQ(acts().size(), 1u);
  EXPECT_EQ(acts()[0].person, s.id_of(anna));
  EXPECT_EQ(acts()[0].role, "participant");
}

TEST_P(Pending, ALinkLeadsToThePlatformsOwnHostWhereItHasOne) {
  std::string charter(notes::charter);
  charter.replace(charter.find("[platform]\n"), 11, "[platform]\nhost = \"notes.example.org\"\n");
  s.platform("notes", charter);
  s.visitor().post("/notes/notes", {{"words", "The dike is wet."}, {"email", anna}, {"name", "Anna"}}).expect(303);
  ASSERT_EQ(s.mails(anna).size(), 1u);
  EXPECT_NE(s.mails(anna)[0].text.find("https://notes.example.org/confirm/"), std::string::npos);
}

TEST_P(Pending, ALinkPressedTwiceIsOneActAndOneSession) {
  leave(s.visitor(), "The dike is wet.");
  const auto link = s.link(anna);
  s.visitor().post(link).to("/delta/notes");
  auto& again = s.visitor();
  again.post(link).to("/delta/notes").follow().has("This was sent already");
  again.get(link).to("/delta/notes");
  EXPECT_EQ(again.cookies.count(session_cookie), 0u);
  EXPECT_EQ(acts().size(), 1u);
  const auto left = s.house().database.read([](storage::ReadTx& tx) {
    return tx.value<std::string>({"test.pending-left", "SELECT fields || email || name FROM pending_acts"});
  });
  EXPECT_EQ(left, "") << "what was done is the record's, and stands nowhere else";
}

TEST_P(Pending, AnAddressThatHasAnAccountActsAsItsPerson) {
  s.person(anna, {.name = "Anna Vermeer", .password = "correct horse battery"});
  const Id before = s.id_of(anna);
  const auto known = leave(s.visitor(), "The dike is wet.").to("/delta/check-your-mail");
  s.visitor().post(s.link(anna)).to("/delta/notes");
  EXPECT_EQ(s.id_of(anna), before);
  EXPECT_EQ(acts().at(0).person, before);
}

TEST_P(Pending, ALinkWorksForThreeDaysAndThenNothingIsLeft) {
  leave(s.visitor(), "The dike is wet.");
  const auto link = s.link(anna);
  s.clock().advance(pending_ms);
  s.visitor().get(link).expect(404).has("This link does not work any more");
  s.visitor().post(link).expect(404);
  EXPECT_TRUE(acts().empty());
  s.run_jobs();
  const auto left = s.house().database.read([](storage::ReadTx& tx) {
    return tx.value<std::int64_t>({"test.pending", "SELECT count(*) FROM pending_acts"});
  });
  EXPECT_EQ(left, 0);
}

TEST_P(Pending, ALinkBelongsToItsPlatform) {
  s.platform("other", notes::charter);
  leave(s.visitor(), "The dike is wet.");
  const auto secret = s.link(anna).substr(std::string_view("/delta/confirm/").size());
  s.visitor().get("/other/confirm/" + secret).expect(404);
  s.visitor().post("/other/confirm/" + secret).expect(404);
  s.visitor().post("/delta/confirm/" + secret + "x").expect(404);
  s.visitor().post("/delta/confirm/" + secret).expect(303);
}

TEST_P(Pending, WhatIsRefusedAtTheEndChangesNothing) {
  leave(s.visitor(), "too late");
  auto& browser = s.visitor();
  browser.post(s.link(anna)).expect(409);
  EXPECT_TRUE(acts().empty());
  EXPECT_FALSE(s.id_of(anna)) << "no person comes of an act that was not done";
  EXPECT_EQ(browser.cookies.count(session_cookie), 0u);
}

TEST_P(Pending, MailsAreLimitedForEachAddressAndEachPlace) {
  for (int i = 0; i < 5; ++i) leave(s.visitor(), "The dike is wet.").expect(303);
  leave(s.visitor(), "The dike is wet.").expect(429);
  for (int i = 0; i < 25; ++i)
    leave(s.visitor(), "The dike is wet.", "p" + std::to_string(i) + "@example.org").expect(303);
  leave(s.visitor(), "The dike is wet.", "last@example.org").expect(429);
}

TEST_P(Pending, ABadAddressIsRefusedBeforeAnythingIsKept) {
  leave(s.visitor(), "The dike is wet.", "nobody at all").expect(422);
  leave(s.visitor(), "").expect(422);
  const auto left = s.house().database.read([](storage::ReadTx& tx) {
    return tx.value<std::int64_t>({"test.pending", "SELECT count(*) FROM pending_acts"});
  });
  EXPECT_EQ(left, 0);
}

TEST_P(Pending, TheMailSpeaksTheReadersLanguage) {
  auto& browser = s.visitor();
  browser.language = "nl";
  leave(browser, "The dike is wet.");
  ASSERT_EQ(s.mails(anna).size(), 1u);
  EXPECT_EQ(s.mails(anna)[0].language, "nl");
  EXPECT_NE(s.mails(anna)[0].text.find("Delta water NL"), std::string::npos);
}

}  // namespace
}  // namespace polder::people
