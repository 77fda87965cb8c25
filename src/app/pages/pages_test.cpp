#include "app/pages/pages.h"

#include "app/program_test.h"
#include "record/receipt.h"
#include "record/store.h"

namespace polder::app {
namespace {

struct Pages : OnEach {
  boost::json::object draft() const {
    return {{"title", "Who may pump ground water?"},
            {"summary", "In a dry summer."},
            {"can-change", "The order."},
            {"cannot-change", "Drinking water first."},
            {"language", "en"},
            {"first-day", "2027-02-01"},
            {"last-day", "2027-03-15"},
            {"law", {{"name", "law.md"}, {"base64", "IyBBIGxhdwoKIyMgQXJ0aWNsZSAxLiBXYXRlcgoKV2F0ZXIgaXMgd2V0Lgo="}}}};
  }
  record::Actor as(const std::string& email, std::vector<std::string> roles) {
    program.person(email);
    return {.kind = record::Actor::Kind::person, .person = program.id_of(email), .roles = std::move(roles)};
  }
};
ON_EACH(Pages);

TEST_P(Pages, EveryPageOfAPlatformIsThereInEachOfItsLanguages) {
  program.platform("delta");
  for (const std::string language : {"en", "nl"})
    for (const std::string path :
         {"/delta/", "/delta/how-we-work", "/delta/terms", "/delta/accessibility", "/delta/record"}) {
      auto visitor = program.visitor();
      visitor.language = language;
      const auto page = visitor.get(path);
      EXPECT_EQ(page.status, 200) << path;
      EXPECT_TRUE(page.has("<html lang=\"" + language + "\">")) << path;
      EXPECT_FALSE(page.has(">app.")) << path;
    }
}

TEST_P(Pages, TheCharterIsToldAsItIs) {
  program.platform("delta");
  const auto page = program.visitor().get("/delta/how-we-work");
  EXPECT_TRUE(page.has("Visitor*")) << "who first confirms an address is marked";
  EXPECT_TRUE(page.has("may publish the report"));
  EXPECT_TRUE(page.has("A consultation closes at the promised moment, not when it suits somebody."));
  EXPECT_TRUE(page.has("The ombudsman"));
  EXPECT_FALSE(page.has("make a platform")) << "what only the server does is not the platform's to tell";
  EXPECT_EQ(program.visitor().get("/delta/charter.toml").body,
            program.house().platforms.list()->by_slug("delta")->charter_text);
}

TEST_P(Pages, AHouseStyleIsOneFileOfTokens) {
  program.platform("lamps", "boss@example.org", file_of("src/governance/testdata/company.toml"));
  const auto css = program.visitor().get("/lamps/theme.css");
  EXPECT_EQ(css.header("content-type"), "text/css; charset=utf-8");
  EXPECT_TRUE(css.has(":root {\n  --water: #5b2a86;\n}"));
  EXPECT_TRUE(css.has("prefers-color-scheme: dark"));
  EXPECT_TRUE(program.visitor().get("/lamps/").has("href=\"/lamps/theme.css\""));
}

// ---- the record ----

TEST_P(Pages, TheRecordIsServedAsItsFormatsSay) {
  const Id delta = program.platform("delta");
  program.give(delta, "olga@example.org", "official");
  auto anybody = program.visitor();
  const auto key = record::parse_vkey(
      anybody.get("/delta/record/key").body.substr(0, anybody.get("/delta/record/key").body.size() - 1));
  ASSERT_TRUE(key);
  const auto checkpoint = record::open_checkpoint(anybody.get("/delta/record/checkpoint").body, *key);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->size, 1u);
  const auto tile = anybody.get("/delta/record/tile/0/000.p/1");
  EXPECT_EQ(tile.status, 200);
  EXPECT_EQ(tile.body, std::string(crypto::view(checkpoint->root))) << "the tree of one leaf is its hash";
  EXPECT_EQ(tile.header("cache-control"), "public, max-age=31536000, immutable");
  for (const auto* wrong : {"/delta/record/tile/0/000", "/delta/record/tile/0/000.p/2", "/delta/record/tile/0/0.p/1",
                            "/delta/record/tile/0/../0/000.p/1"})
    EXPECT_EQ(anybody.get(wrong).status, 404) << wrong;
}

TEST_P(Pages, ALongRecordIsReadPageByPage) {
  const Id delta = program.platform("delta");
  for (int i = 0; i < 65; ++i) program.give(delta, "p" + std::to_string(i) + "@example.org", "official");
  auto anybody = program.visitor();
  const auto newest = anybody.get("/delta/record");
  EXPECT_TRUE(newest.has("/delta/record?before=35"));
  EXPECT_FALSE(newest.has("rel=\"prev\""));
  const auto oldest = anybody.get("/delta/record?before=5");
  EXPECT_TRUE(oldest.has("rel=\"prev\""));
  EXPECT_FALSE(oldest.has("rel=\"next\""));
  for (const auto* odd : {"?before=-3", "?before=x", "?before=0", "?before=99999999999999999999"})
    EXPECT_EQ(anybody.get(std::string("/delta/record") + odd).status, 200) << odd;
}

TEST_P(Pages, ANameIsOnNoPageOfTheRecord) {
  const Id delta = program.platform("delta");
  program.give(delta, "olga@example.org", "official");
  EXPECT_FALSE(program.visitor().get("/delta/record").has("olga"));
}

TEST_P(Pages, ByInvitationMeansTheRecordToo) {
  std::string closed = file_of("src/governance/testdata/company.toml");
  closed.replace(closed.find("openness = \"open\""), 17, "openness = \"closed\"");
  const Id lamps = program.platform("lamps", "boss@example.org", closed);
  auto anybody = program.visitor();
  EXPECT_EQ(anybody.get("/lamps/").status, 404);
  EXPECT_EQ(anybody.get("/lamps/record").status, 404);
  EXPECT_EQ(anybody.get("/lamps/record/tile/entries/000.p/1").status, 404);
  program.give(lamps, "olga@example.org", "product-owner");
  EXPECT_EQ(program.person("olga@example.org").get("/lamps/record").status, 200);
}

// ---- receipts ----

TEST_P(Pages, AReceiptIsItsAuthorsToSaveAndHolds) {
  const Id delta = program.platform("delta");
  const auto drafted = program.act(delta, as("olga@example.org", {"official"}), "consultations.draft", draft());
  program.give(delta, "olga@example.org", "official");
  auto olga = program.person("olga@example.org");
  const std::string path = "/delta/receipts/" + str(drafted.act);
  EXPECT_TRUE(olga.get(path).has("Save the receipt"));
  const auto file = olga.get(path + "/file");
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.header("content-disposition"), "attachment; filename=\"receipt-" + str(drafted.act) + ".tlog-proof\"");
  const auto held = record::verify_receipt(file.body, *program.house().logs.verifier(delta));
  ASSERT_TRUE(held);
  EXPECT_EQ(held->leaf.act, "consultations.draft");
  EXPECT_EQ(held->leaf.role, "official");
}

TEST_P(Pages, OthersSeeOfAnAppointmentNothingAndOfAnOpenActOnlyThatItIsThere) {
  const Id delta = program.platform("delta");
  const record::Actor boss = as("boss@example.org", {"administrator"});
  const auto given =
      program.act(delta, boss, "platforms.appoint", {{"email", "olga@example.org"}, {"role", "official"}});
  const auto open =
      program.act(delta, boss, "platforms.change-charter", {{"charter", file_of("charters/legislation.toml")}});
  for (auto other : {program.visitor(), program.person("eve@example.org")}) {
    EXPECT_EQ(other.get("/delta/receipts/" + str(given.act)).status, 404);
    const auto seen = other.get("/delta/receipts/" + str(open.act));
    EXPECT_EQ(seen.status, 200);
    EXPECT_FALSE(seen.has("Save the receipt"));
    EXPECT_NE(other.get("/delta/receipts/" + str(open.act) + "/file").status, 200);
  }
  EXPECT_EQ(program.person("boss@example.org").get("/receipts/" + str(open.act)).status, 404)
      << "it is another platform's";
  EXPECT_EQ(program.visitor().get("/delta/receipts/nonsense").status, 404);
}

// ---- managing ----

TEST_P(Pages, ARoleIsGivenAndTakenByWhoMay) {
  const Id delta = program.platform("delta");
  auto boss = program.person("boss@example.org");
  EXPECT_EQ(boss.post("/delta/manage/give", {{"email", "olga@example.org"}, {"role", "official"}}).status, 303);
  const auto page = boss.get("/delta/manage");
  EXPECT_TRUE(page.has("olga@example.org"));
  EXPECT_TRUE(page.has("The role was given."));
  auto eve = program.person("eve@example.org");
  EXPECT_EQ(eve.get("/delta/manage").status, 404);
  EXPECT_EQ(eve.post("/delta/manage/give", {{"email", "eve@example.org"}, {"role", "official"}}).status, 404);
  const auto holders = program.house().database.read(
      [&](storage::ReadTx& tx) { return governance::addresses_with_role(tx, delta, "official"); });
  EXPECT_EQ(holders, std::vector<std::string>{"olga@example.org"});
}

TEST_P(Pages, AMistypedAddressIsSaidBesideItsFieldAndKept) {
  program.platform("delta");
  auto boss = program.person("boss@example.org");
  const auto refused = boss.post("/delta/manage/give", {{"email", "olga at work"}, {"role", "official"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(refused.has("f-email-error"));
  EXPECT_TRUE(refused.has("value=\"olga at work\""));
}

TEST_P(Pages, WhatOnlyTheServerGivesItsAdministratorGives) {
  const Id delta = program.platform("delta");
  auto boss = program.person("boss@example.org"), server = program.person("root@example.org", {"administrator"});
  EXPECT_EQ(boss.post("/delta/manage/give", {{"email", "edith@example.org"}, {"role", "overseer"}}).status, 422);
  EXPECT_EQ(server.post("/delta/manage/give", {{"email", "edith@example.org"}, {"role", "overseer"}}).status, 303);
  const auto holders = program.house().database.read(
      [&](storage::ReadTx& tx) { return governance::addresses_with_role(tx, delta, "overseer"); });
  EXPECT_EQ(holders, std::vector<std::string>{"edith@example.org"});
  const auto given = program.house().database.read(
      [&](storage::ReadTx& tx) { return record::store::acts_of_platform(tx, delta, -1, 1).at(0); });
  EXPECT_EQ(given.role, "server");
  EXPECT_EQ(given.person, program.id_of("root@example.org")) << "the server does nothing by itself: somebody did";
  EXPECT_EQ(server.post("/delta/manage/give", {{"email", "olga@example.org"}, {"role", "official"}}).status, 422)
      << "what the charter gives the server no say in";
  EXPECT_EQ(server.post("/delta/manage/take", {{"email", "edith@example.org"}, {"role", "overseer"}}).status, 303);
}

TEST_P(Pages, AFaultyCharterIsRefusedLineByLineAndNothingChanges) {
  program.platform("delta");
  auto boss = program.person("boss@example.org");
  const std::string before = program.visitor().get("/delta/charter.toml").body;
  std::string text = before;
  text.replace(text.find("consultations.draft"), 19, "consultations.craft");
  const auto refused = boss.post("/delta/manage/charter", {{"charter", text}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(refused.has("There is no act “consultations.craft”."));
  EXPECT_TRUE(refused.has("Did you mean “consultations.draft”?"));
  EXPECT_EQ(program.visitor().get("/delta/charter.toml").body, before);
}

// ---- the server ----

TEST_P(Pages, AnAdministratorMakesAPlatform) {
  auto boss = program.person("boss@example.org", {"administrator"});
  EXPECT_TRUE(boss.get("/server/platforms/new").has("Laws in the making"));
  FormFields form{{"charter", "legislation"},         {"title", "Water"},  {"slug", "server"},
                  {"operated-by", "The ministry"},    {"languages", "en"}, {"administrator", "boss@example.org"},
                  {"officials.0", "olga@example.org"}};
  const auto taken = boss.post("/server/platforms", form);
  EXPECT_EQ(taken.status, 422) << "a word of the server's own is no name for a platform";
  EXPECT_TRUE(taken.has("f-slug-error"));
  EXPECT_TRUE(taken.has("value=\"olga@example.org\""));
  form[2].second = "water";
  const auto made = boss.post("/server/platforms", form);
  EXPECT_EQ(made.header("location"), "/water/");
  EXPECT_EQ(program.visitor().get("/water/").status, 200);
}

TEST_P(Pages, MailsAreReadHereOnlyWhereThereIsNoMailServer) {
  (void)program.house().database.write([&](storage::WriteTx& tx) {
    return program.house().outbox.send(
        tx,
        {.to = "anna@example.org", .subject = "Your receipt", .text = "See http://127.0.0.1:8080/delta/ <b>now</b>."});
  });
  auto boss = program.person("boss@example.org", {"administrator"});
  const auto list = boss.get("/server/mail");
  const auto at = list.body.find("/server/mail/");
  ASSERT_NE(at, std::string::npos);
  const std::string path = list.body.substr(at, std::string("/server/mail/").size() + 13);
  const auto mail = boss.get(path);
  EXPECT_TRUE(mail.has("<a href=\"http://127.0.0.1:8080/delta/\">"));
  EXPECT_TRUE(mail.has("&lt;b&gt;now&lt;/b&gt;"));
  EXPECT_EQ(program.person("eve@example.org").get(path).status, 404);
  program.house().settings.mail_in_folder = false;
  EXPECT_EQ(boss.get(path).status, 404);
}

TEST_P(Pages, OutsideADemonstrationNobodyTakesARoleByAClick) {
  EXPECT_EQ(program.visitor().post("/demo/role", {{"role", "administrator"}}).status, 404);
}

struct Demonstration : OnEach {
  Demonstration() : OnEach({.demo = true}) {}
};
ON_EACH(Demonstration);

TEST_P(Demonstration, OneClickAndOneIsSomebodyElse) {
  program.person("administrator@demo.example", {"administrator"});
  auto visitor = program.visitor();
  EXPECT_TRUE(visitor.get("/").has("Try each role"));
  const auto become = visitor.post("/demo/role", {{"role", "administrator"}, {"next", "/server"}});
  EXPECT_EQ(become.header("location"), "/server");
  EXPECT_EQ(visitor.get("/server").status, 200);
  visitor.post("/demo/role", {{"role", "visitor"}, {"next", "//elsewhere.example/"}});
  EXPECT_EQ(visitor.get("/server").status, 404);
}

TEST_P(Demonstration, NextLeadsNowhereElse) {
  for (const auto* next : {"//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", ""})
    EXPECT_EQ(program.visitor().post("/demo/role", {{"role", "visitor"}, {"next", next}}).header("location"), "/")
        << next;
}

// ---- a platform nobody thought of ----

TEST_P(Pages, ACharterThatNobodyShippedRunsAConsultation) {
  const Id lamps = program.platform("lamps", "boss@example.org", file_of("src/governance/testdata/company.toml"));
  program.give(lamps, "olga@example.org", "product-owner");
  const auto how = program.visitor().get("/lamps/how-we-work");
  EXPECT_TRUE(how.has("Product owner"));
  EXPECT_TRUE(how.has("Company"));
  const auto made = program.act(lamps, as("olga@example.org", {"product-owner"}), "consultations.draft", draft());
  EXPECT_FALSE(program.house().acts.perform(
      {lamps, as("eve@example.org", {"official"}), "consultations.publish", {{"consultation", str(made.made)}}}))
      << "a role of another platform's charter is nothing here";
  program.act(lamps, as("olga@example.org", {"product-owner"}), "consultations.publish",
              {{"consultation", str(made.made)}});
  EXPECT_TRUE(program.visitor().get("/lamps/").has("Who may pump ground water?"));
}

}  // namespace
}  // namespace polder::app
