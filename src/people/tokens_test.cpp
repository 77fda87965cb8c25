// Keys for programs: shown once, kept as a hash, good for what was allowed and for nothing at the account itself.
#include "people/notes_test.h"
#include "people/store.h"

namespace polder::people {
namespace {

constexpr auto anna = "anna@example.org";

class Tokens : public OnBothDatabases {
 protected:
  Tokens() : OnBothDatabases({notes::room}) {}
  std::string make(const Fields& scopes = {{"scopes", "read"}, {"scopes", "act"}}, const std::string& days = "30") {
    Fields form{{"token-name", "import"}, {"days", days}};
    form.insert(form.end(), scopes.begin(), scopes.end());
    const auto answer = s.person(anna, {.name = "Anna"}).post("/account/tokens", form).expect(200).has("Copy it now");
    const auto at = answer.body().find(token_prefix, answer.body().find("<code>"));
    return answer.body().substr(at, answer.body().find('<', at) - at);
  }
  Browser& program(const std::string& token) {
    auto& browser = s.visitor();
    browser.token = token;
    return browser;
  }
  std::optional<TokenHolder> holder(const std::string& token) {
    return s.house().database.read([&](storage::ReadTx& tx) { return find_token(tx, token, s.clock().now()); });
  }
};
ON_BOTH_DATABASES(Tokens);

TEST_P(Tokens, AKeyIsShownOnceAndKeptAsAHash) {
  const auto token = make();
  ASSERT_EQ(token.size(), token_prefix.size() + 43);
  ASSERT_TRUE(holder(token));
  EXPECT_EQ(holder(token)->person.email, anna);
  EXPECT_EQ(holder(token)->scopes, (std::vector<std::string>{"read", "act"}));
  s.person(anna).get("/account/tokens").expect(200).has("import").has("read what I may read").has("Never").lacks(token);
  EXPECT_FALSE(holder(token.substr(0, token.size() - 1)));
  EXPECT_FALSE(holder(std::string(token_prefix)));
}

TEST_P(Tokens, AKeyActsForItsOwnerOnPlatforms) {
  s.platform("delta", notes::charter);
  program(make()).post("/delta/notes", {{"words", "by a program"}}).to("/delta/notes");
  s.person(anna).get("/account/tokens").lacks("Never");
}

TEST_P(Tokens, AKeyThatMayOnlyReadDoesNotAct) {
  s.platform("delta", notes::charter);
  program(make({{"scopes", "read"}}))
      .post("/delta/notes", {{"words", "by a program"}})
      .expect(403)
      .has("This key may not do this");
}

TEST_P(Tokens, NoKeyOpensTheAccount) {
  auto& browser = program(make());
  for (const auto* path : {"/account", "/account/tokens", "/account/data.json", "/account/sessions", "/account/erase",
                           "/account/sign-out"})
    browser.get(path).expect(403).lacks(anna);
  browser.post("/account/tokens", {{"token-name", "more"}, {"scopes", "act"}, {"days", "9"}}).expect(403);
  browser.post("/account/name", {{"new-name", "Mallory"}}).expect(403);
  browser.post("/account/sessions", {{"end", "others"}}).expect(403);
  s.person(anna).get("/account").has("Anna");
}

TEST_P(Tokens, AKeyEndsWhenItsTimeIsOver) {
  const auto token = make({{"scopes", "read"}}, "1");
  s.clock().advance(day_ms - 1);
  EXPECT_TRUE(holder(token));
  s.clock().advance(1);
  EXPECT_FALSE(holder(token));
}

TEST_P(Tokens, AKeyTakenBackOpensNothing) {
  const auto token = make();
  const auto id = s.person(anna).get("/account/tokens").value("token");
  ASSERT_TRUE(parse_id(id));
  s.person("eve@example.org").post("/account/tokens/revoke", {{"token", id}}).expect(404);
  EXPECT_TRUE(holder(token));
  s.person(anna).post("/account/tokens/revoke", {{"token", id}}).to("/account/tokens");
  EXPECT_FALSE(holder(token));
}

TEST_P(Tokens, AFormSentTwiceMakesOneKeyAndShowsNoDeadOne) {
  const auto key = s.person(anna).get("/account/tokens").value("key");
  const Fields form{{"key", key}, {"token-name", "import"}, {"scopes", "read"}, {"days", "30"}};
  s.person(anna).post("/account/tokens", form).expect(200).has("Copy it now");
  s.person(anna).post("/account/tokens", form).to("/account/tokens").follow().has("This key was made already");
  const Id id = s.id_of(anna);
  EXPECT_EQ(s.house().database.read([&](storage::ReadTx& tx) { return store::tokens_of(tx, id).size(); }), 1u);
}

TEST_P(Tokens, FaultsAreToldBesideTheirFields) {
  s.person(anna)
      .post("/account/tokens", {{"token-name", "import"}, {"days", "400"}})
      .expect(422)
      .has("Write a number from 1 to 366")
      .has("import");
  s.person(anna)
      .post("/account/tokens", {{"token-name", "import"}, {"days", "4"}})
      .expect(422)
      .has("Choose one of the options");
}

TEST_P(Tokens, AWeakSecretOfACallersOwnIsRefused) {
  (void)s.person(anna);
  const auto done = s.house().acts.perform(
      {.platform = record::server_platform,
       .actor = s.actor(anna),
       .name = "people.create-token",
       .fields = {{"token-name", "x"}, {"scopes", {"read"}}, {"days", 3}, {"secret", "polder_12345"}}});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().fields.at(0).message.key, "people.token-weak");
}

}  // namespace
}  // namespace polder::people
