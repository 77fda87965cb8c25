// What a person relies on who makes an account, signs in, and changes or loses a password.
#include "people/passwords.h"
#include "people/scenario_test.h"
#include "people/store.h"
#include "record/store.h"

namespace polder::people {
namespace {

constexpr auto anna = "anna@example.org";
constexpr auto secret = "correct horse battery";

class Accounts : public OnBothDatabases {
 protected:
  std::vector<Session> sessions() {
    const Id id = s.id_of(anna);
    return s.house().database.read([&](storage::ReadTx& tx) { return store::sessions_of(tx, id); });
  }
  Fields sign_up_form(const std::string& email = anna) const {
    return {{"email", email}, {"full-name", "Anna Vermeer"}, {"password", secret}, {"language", "nl"}};
  }
  std::vector<record::store::ActRow> acts() {
    return s.house().database.read(
        [](storage::ReadTx& tx) { return record::store::acts_of_platform(tx, record::server_platform, -1, 100); });
  }
  void sign_in(Browser& browser, const std::string& password = secret, int status = 303) {
    browser.post("/account/sign-in", {{"email", anna}, {"password", password}}).expect(status);
  }
};
ON_BOTH_DATABASES(Accounts);

TEST_P(Accounts, AnAccountIsMadeByAFormAMailAndAButton) {
  auto& browser = s.visitor();
  browser.get("/account/sign-up").expect(200).has("Make an account").has("At least 8 characters");
  browser.post("/account/sign-up", sign_up_form())
      .to("/account/check-your-mail")
      .follow()
      .expect(200)
      .has("Look in your mail");
  EXPECT_FALSE(s.id_of(anna));

  const auto mail = s.mails(anna);
  ASSERT_EQ(mail.size(), 1u);
  EXPECT_EQ(mail[0].language, "nl");
  const auto link = s.link(anna);
  // A scanner of mail opens every link: nothing comes of it.
  for (int i = 0; i < 3; ++i) s.visitor().get(link).expect(200).has("a…@example.org").has("Anna Vermeer").lacks(anna);
  EXPECT_FALSE(s.id_of(anna));
  EXPECT_TRUE(acts().empty());

  browser.post(link).to("/account").follow().expect(200).has("Welkom").has(anna).has("Anna Vermeer");
  ASSERT_TRUE(s.id_of(anna));
  ASSERT_EQ(acts().size(), 1u);
  EXPECT_EQ(acts()[0].name, "people.sign-up");
  EXPECT_EQ(acts()[0].subject, "people/account");
  sign_in(s.visitor());
}

TEST_P(Accounts, ALinkPressedTwiceMakesOneAccountAndOneSession) {
  s.visitor().post("/account/sign-up", sign_up_form());
  const auto link = s.link(anna);
  s.visitor().post(link).to("/account");
  auto& again = s.visitor();
  again.post(link)
      .to("/account")
      .follow()
      .to("/account/sign-in?next=%2Faccount")
      .follow()
      .has("This account was made already");
  EXPECT_EQ(acts().size(), 1u);
  EXPECT_EQ(again.cookies.count(session_cookie), 0u);
}

TEST_P(Accounts, NobodyLearnsWhetherAnAddressHasAnAccount) {
  s.person(anna, {.name = "Anna Vermeer", .password = secret});
  const auto known = s.visitor().post("/account/sign-up", sign_up_form()).to("/account/check-your-mail");
  const auto unknown =
      s.visitor().post("/account/sign-up", sign_up_form("bob@example.org")).to("/account/check-your-mail");
  EXPECT_EQ(known.body(), unknown.body());
  ASSERT_EQ(s.mails(anna).size(), 1u);
  EXPECT_NE(s.mails(anna)[0].text.find("You have one already"), std::string::npos);
  EXPECT_EQ(s.link(anna), "/account/sign-in");

  for (const auto* email : {anna, "nobody@example.org"}) {
    s.visitor().post("/account/reset", {{"email", email}}).to("/account/check-your-mail");
    s.visitor()
        .post("/account/sign-in", {{"email", email}, {"password", "something else"}})
        .expect(422)
        .has("The e-mail address or the password is not right");
  }
  EXPECT_TRUE(s.mails("nobody@example.org").empty());
}

TEST_P(Accounts, TheSameIsDoneForAnAddressWithAnAccountAndForOneWithout) {
  s.person(anna, {.name = "Anna Vermeer", .password = secret});
  const auto work = [&](std::string_view path, const Fields& form) {
    const auto before = s.house().database.figures();
    s.visitor().post(path, form);
    const auto after = s.house().database.figures();
    return std::pair(after.reads - before.reads, after.writes - before.writes);
  };
  EXPECT_EQ(work("/account/sign-up", sign_up_form()), work("/account/sign-up", sign_up_form("bob@example.org")));
  EXPECT_EQ(work("/account/reset", {{"email", anna}}), work("/account/reset", {{"email", "bob@example.org"}}));
  EXPECT_EQ(work("/account/sign-in", {{"email", anna}, {"password", "not this one"}}),
            work("/account/sign-in", {{"email", "bob@example.org"}, {"password", "not this one"}}));
}

TEST_P(Accounts, ALinkWorksForADayAndTheNewestOnly) {
  s.visitor().post("/account/sign-up", sign_up_form());
  const auto first = s.link(anna);
  s.visitor().post("/account/sign-up", sign_up_form());
  const auto second = s.link(anna);
  s.visitor().get(first).expect(404).has("This link does not work any more");
  s.visitor().get(second).expect(200);
  s.clock().advance(day_ms);
  s.visitor().get(second).expect(404);
  s.visitor().post(second).expect(404);
  EXPECT_FALSE(s.id_of(anna));
}

TEST_P(Accounts, ABadPasswordIsToldBesideItsField) {
  for (const auto& [password, words] : {std::pair{"short", "too short"},
                                        {"Password1", "Many people use this password"},
                                        {anna, "cannot be your password"}}) {
    Fields form = sign_up_form();
    form[2].second = password;
    s.visitor()
        .post("/account/sign-up", form)
        .expect(422)
        .has("There is a problem")
        .has(words)
        .has("Anna Vermeer")
        .has("href=\"#f-password\"");
  }
  EXPECT_TRUE(s.mails(anna).empty());
  s.visitor()
      .post("/account/sign-up", {{"email", "no address"}, {"full-name", ""}})
      .expect(422)
      .has("Write an e-mail address such as")
      .has("no address");
}

TEST_P(Accounts, SigningInLeadsBackToWhereOneWasAndNowhereElse) {
  s.person(anna, {.password = secret});
  auto& browser = s.visitor();
  browser.get("/account/sessions").to("/account/sign-in?next=%2Faccount%2Fsessions");
  browser.get("/account/sign-in?next=%2Faccount%2Fsessions").has("value=\"/account/sessions\"");
  browser
      .post("/account/sign-in", {{"email", " ANNA@Example.org "}, {"password", secret}, {"next", "/account/sessions"}})
      .to("/account/sessions")
      .follow()
      .has("This browser");
  for (const auto* elsewhere : {"https://evil.example/", "//evil.example", "/\\evil.example"})
    s.visitor().post("/account/sign-in", {{"email", anna}, {"password", secret}, {"next", elsewhere}}).to("/");
}

TEST_P(Accounts, WrongPasswordsAreLimitedAlsoAfterARestart) {
  s.person(anna, {.password = secret});
  for (int i = 0; i < 10; ++i) sign_in(s.visitor(), "not this one", 422);
  const auto stopped = s.visitor()
                           .post("/account/sign-in", {{"email", anna}, {"password", secret}})
                           .expect(429)
                           .has("tried too often")
                           .has(anna);
  EXPECT_NE(stopped.header("retry-after"), "");
  // What counts is in the database and not in this program's memory.
  const auto rows = s.house().database.read(
      [](storage::ReadTx& tx) { return tx.value<std::int64_t>({"test.limits", "SELECT count(*) FROM limits"}); });
  EXPECT_GT(rows, 0);
  s.clock().advance(2 * minute_ms);
  sign_in(s.visitor());
}

TEST_P(Accounts, RightPasswordsAreNotCountedAsGuesses) {
  s.person(anna, {.password = secret});
  for (int i = 0; i < 30; ++i) sign_in(s.visitor());
}

TEST_P(Accounts, GuessesFromOnePlaceAreLimitedOverAllAddresses) {
  for (int i = 0; i < 60; ++i)
    s.visitor()
        .post("/account/sign-in", {{"email", "a" + std::to_string(i) + "@example.org"}, {"password", "12345678"}})
        .expect(422);
  s.visitor().post("/account/sign-in", {{"email", anna}, {"password", secret}}).expect(429);
  auto& elsewhere = s.visitor();
  elsewhere.remote = "198.51.100.7";
  elsewhere.post("/account/sign-in", {{"email", anna}, {"password", secret}}).expect(422);
}

TEST_P(Accounts, SigningOutEndsTheSessionAndNotOnlyTheCookie) {
  auto& browser = s.person(anna);
  auto stolen = browser.cookies;
  browser.get("/account/sign-out").expect(200).has("Sign out");
  browser.get("/account").expect(200);
  browser.post("/account/sign-out").to("/");
  EXPECT_EQ(browser.cookies.count(session_cookie), 0u);
  auto& thief = s.visitor();
  thief.cookies = stolen;
  thief.get("/account").expect(303);
}

TEST_P(Accounts, ASessionEndsAfterAMonth) {
  auto& browser = s.person(anna);
  s.clock().advance(session_days * day_ms - 1);
  browser.get("/account").expect(200);
  s.clock().advance(1);
  browser.get("/account").expect(303);
}

TEST_P(Accounts, SessionsAreListedAndEndedOneByOneOrAllOthers) {
  auto& first = s.person(anna, {.password = secret});
  auto& second = s.visitor();
  second.agent =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 "
      "Safari/604.1";
  sign_in(second);
  auto& third = s.visitor();
  sign_in(third);
  first.get("/account/sessions")
      .expect(200)
      .has("Safari, iPhone")
      .has("Firefox, Linux")
      .has("This browser")
      .has("Sign out everywhere else");
  const auto all = sessions();
  ASSERT_EQ(all.size(), 3u);
  const auto phone = std::ranges::find(all, "Safari, iPhone", &Session::agent);
  first.post("/account/sessions", {{"end", phone->id}}).to("/account/sessions");
  second.get("/account").expect(303);
  third.get("/account").expect(200);
  first.post("/account/sessions", {{"end", "others"}})
      .to("/account/sessions")
      .follow()
      .lacks("Sign out everywhere else");
  third.get("/account").expect(303);
}

TEST_P(Accounts, NobodyEndsTheSessionOfAnother) {
  auto& mine = s.person(anna);
  const auto all = sessions();
  s.person("eve@example.org").post("/account/sessions", {{"end", all.at(0).id}}).expect(303);
  mine.get("/account").expect(200);
}

TEST_P(Accounts, APasswordIsChangedByWhoKnowsItAndEndsEverySessionElsewhere) {
  auto& browser = s.person(anna, {.password = secret});
  auto& other = s.visitor();
  sign_in(other);
  const auto before = browser.cookies;
  browser.post("/account/password", {{"current", "not this one"}, {"password", "another good one"}})
      .expect(422)
      .has("This is not your password");
  browser.post("/account/password", {{"current", secret}, {"password", "another good one"}})
      .to("/account")
      .follow()
      .expect(200)
      .has("Your password is changed");
  other.get("/account").expect(303);
  EXPECT_NE(browser.cookies, before);
  sign_in(s.visitor(), secret, 422);
  sign_in(s.visitor(), "another good one");
  ASSERT_EQ(s.mails(anna).size(), 1u);
  EXPECT_EQ(s.mails(anna)[0].kind, "people.password");
  const Id act = acts().at(0).id;
  const auto recorded = s.house().database.read([&](storage::ReadTx& tx) { return record::store::act(tx, act); });
  EXPECT_EQ(recorded->content, "{}") << "no password in the record";
}

TEST_P(Accounts, AForgottenPasswordIsSetByALinkThatWorksOnceForAnHour) {
  s.person(anna, {.password = secret});
  s.visitor().post("/account/reset", {{"email", anna}}).to("/account/check-your-mail");
  const auto link = s.link(anna);
  auto& browser = s.visitor();
  browser.get(link).expect(200).has("Choose a new password");
  browser.post(link, {{"password", "short"}}).expect(422).has("too short");
  browser.post(link, {{"password", "another good one"}}).to("/account").follow().expect(200);
  s.visitor().post(link, {{"password", "a third good one"}}).expect(404);
  sign_in(s.visitor(), "another good one");

  s.visitor().post("/account/reset", {{"email", anna}});
  const auto late = s.link(anna);
  s.clock().advance(hour_ms);
  s.visitor().get(late).expect(404);
  s.visitor().post(late, {{"password", "a third good one"}}).expect(404);
}

TEST_P(Accounts, WhoOnlyConfirmedAnAddressTakesTheAccountUpByALink) {
  auto& browser = s.person(anna, {.name = "Anna"});
  sign_in(s.visitor(), "", 422);
  browser.get("/account/password").expect(200).has("Your account has no password yet");
  browser.post("/account/password/mail").to("/account/check-your-mail");
  s.visitor().post(s.link(anna), {{"password", secret}}).to("/account").follow().has("Anna");
  sign_in(s.visitor());
}

TEST_P(Accounts, MailsToOneAddressAreLimited) {
  for (int i = 0; i < 5; ++i) s.visitor().post("/account/reset", {{"email", anna}}).expect(303);
  s.visitor().post("/account/reset", {{"email", anna}}).expect(429);
  s.visitor().post("/account/sign-up", sign_up_form()).expect(429).has("tried too often").has("Anna Vermeer");
}

TEST_P(Accounts, AHashOfYesterdaysCostIsMadeStrongerAtSignIn) {
  s.person(anna);
  const std::string cheap = crypto::hash_password(secret, s.house().random, {.passes = 2, .memory_bytes = 8192});
  const Id id = s.id_of(anna);
  (void)s.house().database.write([&](storage::WriteTx& tx) -> Done {
    store::set_password(tx, id, cheap);
    return {};
  });
  sign_in(s.visitor());
  const auto now = s.house().database.read([&](storage::ReadTx& tx) { return store::password_of(tx, id); });
  EXPECT_NE(now, cheap);
  EXPECT_FALSE(s.house().passwords->outdated(*now));
  sign_in(s.visitor());
}

TEST_P(Accounts, NameAndLanguageAreChangedInPlace) {
  auto& browser = s.person(anna, {.name = "Anna"});
  browser.post("/account/name", {{"new-name", ""}}).expect(422).has("Fill this in.");
  browser.post("/account/name", {{"new-name", "  Anna <b>Vermeer</b> "}})
      .to("/account")
      .follow()
      .has("Your name is saved")
      .has("Anna &lt;b&gt;Vermeer&lt;/b&gt;");
  browser.post("/account/language", {{"language", "xx"}}).expect(422).has("This is not one of the options");
  browser.post("/account/language", {{"language", "de"}}).to("/account").follow().has("Mein Konto").has("lang=\"de\"");
}

TEST_P(Accounts, AFormSentTwiceIsOneAct) {
  auto& browser = s.person(anna, {.name = "Anna"});
  const auto key = browser.get("/account").value("key");
  ASSERT_FALSE(key.empty());
  browser.post("/account/name", {{"key", key}, {"new-name", "Ann"}}).to("/account");
  browser.post("/account/name", {{"key", key}, {"new-name", "Ann"}}).to("/account");
  EXPECT_EQ(acts().size(), 1u);
}

TEST_P(Accounts, ARequestFromAnotherSiteChangesNothing) {
  auto& browser = s.person(anna, {.name = "Anna"});
  browser.from_elsewhere = true;
  browser.post("/account/name", {{"new-name", "Mallory"}}).expect(403).has("came from another site");
  browser.from_elsewhere = false;
  browser.get("/account").has("Anna").lacks("Mallory");
}

TEST_P(Accounts, EveryPageSpeaksEachLanguage) {
  auto& browser = s.person(anna, {.name = "Anna", .password = secret});
  for (const auto* language : {"en", "nl", "de"}) {
    browser.cookies[std::string(language_cookie)] = language;
    auto& nobody = s.visitor();
    nobody.language = language;
    for (const auto* page :
         {"/account", "/account/password", "/account/sessions", "/account/organisations", "/account/tokens",
          "/account/data", "/account/email", "/account/erase", "/account/sign-out"})
      browser.get(page).expect(200).has("lang=\"" + std::string(language) + '"');
    for (const auto* page : {"/account/sign-in", "/account/sign-up", "/account/reset", "/account/check-your-mail"})
      nobody.get(page).expect(200).has("lang=\"" + std::string(language) + '"');
  }
}

TEST_P(Accounts, TheCopyOfOnesDataHoldsWhatIsKept) {
  auto& browser = s.person(anna, {.name = "Anna"});
  browser.post("/account/name", {{"new-name", "Anna Vermeer"}});
  s.give_role(anna, record::server_platform, "administrator");
  const auto answer = browser.get("/account/data.json").expect(200);
  EXPECT_EQ(answer.header("content-disposition").substr(0, 10), "attachment");
  const auto data = answer.json();
  EXPECT_EQ(data.at("account").at("email"), anna);
  EXPECT_EQ(data.at("account").at("name"), "Anna Vermeer");
  EXPECT_EQ(data.at("acts").at(0).at("act"), "people.change-name");
  EXPECT_EQ(data.at("acts").at(0).at("content").at("new-name"), "Anna Vermeer");
  EXPECT_EQ(data.at("roles").at(0).at("role"), "administrator");
  s.visitor().get("/account/data.json").expect(303);
}

TEST_P(Accounts, LastSeenIsNotedOnceAnHour) {
  auto& browser = s.person(anna);
  const auto seen = [&] { return sessions().at(0).last_seen; };
  const Time began = seen();
  s.clock().advance(59 * minute_ms);
  browser.get("/account");
  EXPECT_EQ(seen(), began);
  s.clock().advance(minute_ms);
  browser.get("/account");
  EXPECT_EQ(seen(), s.clock().now());
}

}  // namespace
}  // namespace polder::people
