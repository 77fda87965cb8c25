// Another address for one's account: confirmed where it leads, told where it led, and everything else goes along.
#include "people/asked.h"
#include "people/notes_test.h"
#include "people/store.h"
#include "record/store.h"

namespace polder::people {
namespace {

constexpr auto old_address = "anna@example.org", new_address = "anna@elsewhere.example", bob = "bob@example.org";
constexpr auto secret = "correct horse battery";

class NewAddress : public OnBothDatabases {
 protected:
  NewAddress() : OnBothDatabases({notes::room}) {}
  void SetUp() override {
    OnBothDatabases::SetUp();
    if (s.exists()) platform = s.platform("delta", notes::charter);
  }
  Browser& anna() { return s.person(old_address, {.name = "Anna", .password = secret}); }
  Answer ask(Browser& browser, const std::string& email = new_address, const std::string& password = secret) {
    return browser.post("/account/email", {{"new-email", email}, {"current", password}});
  }
  void change() {
    ask(anna()).to("/account/check-your-mail");
    anna().post(s.link(new_address)).to("/account");
  }
  Id platform{};
};
ON_BOTH_DATABASES(NewAddress);

TEST_P(NewAddress, IsTakenWhenItsLinkIsOpenedAndConfirmed) {
  const Id id = (anna(), s.id_of(old_address));
  anna().get("/account").has("Change my e-mail address");
  anna().get("/account/email").expect(200).has(old_address);
  ask(anna()).to("/account/check-your-mail").follow().expect(200);
  const auto link = s.link(new_address);
  anna().get(link).expect(200).has(old_address).has(new_address);
  EXPECT_EQ(s.id_of(old_address), id) << "opening a link does nothing";
  EXPECT_TRUE(s.mails(old_address).empty()) << "and there is nothing to tell yet";

  anna().post(link).to("/account").follow().expect(200).has("Your e-mail address is changed.").has(new_address);
  EXPECT_EQ(s.id_of(new_address), id);
  EXPECT_FALSE(s.id_of(old_address));
  s.visitor().post("/account/sign-in", {{"email", old_address}, {"password", secret}}).expect(422);
  s.visitor().post("/account/sign-in", {{"email", new_address}, {"password", secret}}).expect(303);
  anna().post(link).expect(404);
}

TEST_P(NewAddress, IsToldAtTheOldOne) {
  change();
  const auto told = s.mails(old_address);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NE(told[0].text.find("was changed"), std::string::npos);
  EXPECT_NE(told[0].text.find("a…@elsewhere.example"), std::string::npos);
  EXPECT_EQ(told[0].text.find(new_address), std::string::npos) << "enough to recognise, not enough to learn";
}

TEST_P(NewAddress, NeedsThePasswordAndOnesOwnBrowser) {
  ask(anna(), new_address, "not this one").expect(422).has("This is not your password");
  EXPECT_TRUE(s.mails(new_address).empty());
  ask(anna()).expect(303);
  const auto link = s.link(new_address);
  s.visitor().get(link).expect(303);
  s.visitor().post(link).expect(303);
  s.person(bob).get(link).expect(404);
  s.person(bob).post(link).expect(404);
  EXPECT_TRUE(s.id_of(old_address)) << "a slip of the pen gives the account to nobody";
  s.clock().advance(new_email_ms);
  anna().post(link).expect(404);
  EXPECT_TRUE(s.id_of(old_address));
}

TEST_P(NewAddress, WithoutAPasswordOneIsChosenFirst) {
  auto& browser = s.person(bob);
  browser.get("/account/email").expect(200).has("Choose a password first");
  ask(browser, new_address, "").expect(200).has("Choose a password first");
  EXPECT_TRUE(s.mails(new_address).empty());
}

TEST_P(NewAddress, ThatIsNoneOrOnesOwnIsToldBesideItsField) {
  ask(anna(), "anna at home").expect(422).has("f-new-email-error").has("anna at home");
  ask(anna(), old_address).expect(422).has("This is your address already.");
}

TEST_P(NewAddress, NobodyLearnsThatItHasAnAccount) {
  (void)s.person(bob, {.name = "Bob"});
  const auto known = ask(anna(), bob), unknown = ask(anna());
  EXPECT_EQ(known.header("location"), unknown.header("location"));
  const auto mails = s.mails(bob);
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_EQ(mails[0].text.find("/account/email/"), std::string::npos);
  EXPECT_EQ(mails[0].text.find("anna"), std::string::npos) << "nor who asked";
  EXPECT_NE(s.id_of(bob), s.id_of(old_address));
}

TEST_P(NewAddress, ThatSomebodyTookMeanwhileStaysTheirs) {
  ask(anna()).expect(303);
  const auto link = s.link(new_address);
  (void)s.person(new_address, {.name = "Another Anna"});
  anna().post(link).expect(409);
  EXPECT_TRUE(s.id_of(old_address));
}

TEST_P(NewAddress, TakesRolesAndInvitationsAlong) {
  (void)anna();
  s.give_role(old_address, platform, "keeper");
  const auto page = s.person(bob)
                        .post("/account/organisations", {{"organisation-name", "Growers"}, {"kind", "company"}})
                        .header("location");
  s.person(bob).post(page, {{"email", old_address}, {"role", "member"}}).expect(303);
  change();
  EXPECT_EQ(s.actor(new_address, platform).roles, std::vector<std::string>{"keeper"});
  EXPECT_TRUE(s.actor(old_address, platform).roles.empty());
  anna().get("/account/organisations").has("Growers");
}

TEST_P(NewAddress, LeavesNothingOpenAtTheOldOne) {
  anna().post("/account/erase/mail").expect(303);
  const auto erase = s.link(old_address);
  s.visitor().post("/account/reset", {{"email", old_address}}).expect(303);
  const auto reset = s.link(old_address);
  s.visitor().post("/delta/notes", {{"words", "A note."}, {"email", old_address}, {"name", "Anna"}}).expect(303);
  const auto note = s.link(old_address);
  change();
  s.visitor().get(reset).expect(404);
  s.visitor().post(note).expect(404);
  anna().post(erase).expect(403);
  EXPECT_TRUE(s.id_of(new_address));
}

TEST_P(NewAddress, IsAnActOfThePersonThatNobodyElseSees) {
  change();
  const auto act = s.house().database.read(
      [](storage::ReadTx& tx) { return record::store::acts_of_platform(tx, record::server_platform, -1, 1).at(0); });
  EXPECT_EQ(act.name, "people.change-email");
  EXPECT_EQ(act.role, "person");
  EXPECT_EQ(act.person, s.id_of(new_address));
  EXPECT_EQ(act.visibility, record::Visibility::hidden);
  EXPECT_EQ(act.subject, "people/account");
}

}  // namespace
}  // namespace polder::people
