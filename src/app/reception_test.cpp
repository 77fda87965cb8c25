#include "app/program_test.h"
#include "kernel/web/assets.h"

namespace polder::app {
namespace {

struct AtTheDoor : OnEach {
  AtTheDoor()
      : OnEach({.more_routes = [](people::House& house) {
          house.routes.add({http::Method::get, "/test/breaks", web::Door::anyone, web::Keep::nothing, 0,
                            [](people::Visit&) -> http::Response { throw std::runtime_error("Anna said so"); }});
          house.routes.add({http::Method::get, "/test/away", web::Door::anyone, web::Keep::nothing, 0,
                            [](people::Visit&) -> http::Response { throw storage::Unavailable("the disk is gone"); }});
        }}) {}
};
ON_EACH(AtTheDoor);

TEST_P(AtTheDoor, ALanguageThatWasChosenStays) {
  auto anna = program.visitor();
  const auto chosen = anna.get("/?lang=nl");
  EXPECT_EQ(chosen.status, 303);
  EXPECT_EQ(chosen.header("location"), "/");
  EXPECT_TRUE(anna.get("/").has("<html lang=\"nl\">"));
}

TEST_P(AtTheDoor, ChoosingALanguageKeepsWhatElseStoodInTheAddress) {
  program.platform("delta");
  EXPECT_EQ(program.visitor().get("/delta/record?before=7&lang=nl").header("location"), "/delta/record?before=7");
}

TEST_P(AtTheDoor, APlatformIsFoundWithAndWithoutTheLastSlash) {
  program.platform("delta");
  EXPECT_EQ(program.visitor().get("/delta").status, 200);
  EXPECT_EQ(program.visitor().get("/delta/").status, 200);
  EXPECT_EQ(program.visitor().get("/delta/how-we-work/").status, 404);
}

TEST_P(AtTheDoor, WhatIsNotThereSaysSoAndWhereToGo) {
  program.platform("delta");
  const auto lost = program.visitor().get("/delta/consultation");
  EXPECT_EQ(lost.status, 404);
  EXPECT_TRUE(lost.has("We cannot find this page"));
  EXPECT_TRUE(lost.has("href=\"/delta/consultations\""));
  EXPECT_EQ(program.visitor().get("/nowhere/how-we-work").status, 404);
}

TEST_P(AtTheDoor, AWrongMethodIsNotAMissingPage) { EXPECT_EQ(program.visitor().post("/").status, 405); }

TEST_P(AtTheDoor, AProgramIsToldInJson) {
  const auto lost = program.visitor().get("/api/v1/nothing");
  EXPECT_EQ(lost.status, 404);
  EXPECT_EQ(lost.json().at("error").at("code").as_string(), "app.error-404");
}

TEST_P(AtTheDoor, TheServersPagesAreThereForItsAdministratorAlone) {
  EXPECT_EQ(program.visitor().get("/server").status, 404);
  EXPECT_EQ(program.person("anna@example.org").get("/server").status, 404);
  EXPECT_EQ(program.person("boss@example.org", {"administrator"}).get("/server").status, 200);
}

TEST_P(AtTheDoor, WhoMustSignInComesBackAfterwards) {
  program.platform("delta");
  const auto sent = program.visitor().get("/delta/manage");
  EXPECT_EQ(sent.status, 303);
  EXPECT_EQ(sent.header("location"), "/account/sign-in?next=%2Fdelta%2Fmanage");
}

TEST_P(AtTheDoor, WhatAnotherSiteSendsIsNotDone) {
  auto boss = program.person("boss@example.org", {"administrator"});
  http::Request forged;
  forged.method = http::Method::post;
  forged.path = "/server/platforms";
  forged.headers = {{"content-type", "application/x-www-form-urlencoded"}, {"origin", "https://elsewhere.example"}};
  forged.body = "slug=delta&charter=legislation&title=X&operated-by=Y&languages=en&administrator=boss%40example.org";
  EXPECT_EQ(boss.send(forged).status, 403);
  EXPECT_TRUE(program.house().platforms.list()->all.empty());
}

TEST_P(AtTheDoor, AFaultOfOursHasANumberAndNoSecrets) {
  const auto broken = program.visitor().get("/test/breaks");
  EXPECT_EQ(broken.status, 500);
  EXPECT_TRUE(broken.has("Number for the operator"));
  EXPECT_FALSE(broken.has("Anna"));
}

TEST_P(AtTheDoor, AMissingDatabaseIsSaidAndPasses) {
  const auto away = program.visitor().get("/test/away");
  EXPECT_EQ(away.status, 503);
  EXPECT_EQ(away.header("retry-after"), "5");
  EXPECT_FALSE(away.has("disk"));
}

struct Names : OnEach {
  Names() : OnEach({.base_url = "https://polder.example", .any_host = false}) {}
};
ON_EACH(Names);

TEST_P(Names, OnlyOursAreAnsweredTo) {
  auto anna = program.visitor();
  anna.host = "evil.example";
  EXPECT_EQ(anna.get("/").status, 421);
  for (const auto* name : {"polder.example", "localhost:9", "127.0.0.1", "[::1]:80"}) {
    anna.host = name;
    EXPECT_EQ(anna.get("/").status, 200) << name;
  }
  anna.host = "localhost.evil.example";
  EXPECT_EQ(anna.get("/").status, 421);
}

TEST_P(Names, APlatformLivesAtItsOwnHostToo) {
  program.platform("lamps", "boss@example.org", file_of("src/governance/testdata/company.toml"));
  auto anna = program.visitor();
  anna.host = "lamps.example.com";
  const auto front = anna.get("/");
  EXPECT_TRUE(front.has("<h1>Better Lamps</h1>"));
  EXPECT_TRUE(front.has("href=\"/how-we-work\""));
  EXPECT_EQ(anna.get("/how-we-work").status, 200);
  EXPECT_TRUE(anna.get("/record/checkpoint").body.starts_with("polder.example/lamps/record\n1\n"));
  EXPECT_EQ(anna.get("/account/sign-in").status, 200);
  EXPECT_EQ(anna.get("/api/v1/platforms").json().as_array().at(0).at("url").as_string(), "https://lamps.example.com/");
}

struct Keeping : OnEach {};
ON_EACH(Keeping);

TEST_P(Keeping, AVisitorsPageIsMadeOnceAndThenGivenWithoutAsking) {
  program.platform("delta");
  EXPECT_EQ(program.kept("/delta/how-we-work"), nullptr);
  const auto made = program.visitor().get("/delta/how-we-work");
  const auto kept = program.kept("/delta/how-we-work");
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(kept->body, made.body);
}

TEST_P(Keeping, IsByLanguage) {
  program.platform("delta");
  program.visitor().get("/delta/how-we-work");
  EXPECT_EQ(program.kept("/delta/how-we-work", {}, "nl"), nullptr);
  EXPECT_EQ(program.kept("/delta/how-we-work", "lang=nl"), nullptr);
  EXPECT_NE(program.kept("/delta/how-we-work", {}, "fr"), nullptr)
      << "the platform's first language is what the French get";
}

TEST_P(Keeping, WhoHasASessionIsNeverGivenAKeptPage) {
  program.platform("delta");
  auto anna = program.person("anna@example.org");
  anna.get("/delta/how-we-work");
  EXPECT_EQ(program.kept("/delta/how-we-work"), nullptr) << "what Anna was shown is not what visitors are shown";
  program.visitor().get("/delta/how-we-work");
  EXPECT_EQ(program.kept("/delta/how-we-work", "polder=" + anna.cookies["polder"]), nullptr);
}

TEST_P(Keeping, AChangedCharterIsSeenAtOnce) {
  const Id delta = program.platform("delta");
  program.visitor().get("/");
  program.visitor().get("/delta/how-we-work");
  program.act(delta, record::Actor::console(), "platforms.change-charter",
              {{"charter", file_of("charters/legislation.toml")}});
  EXPECT_EQ(program.kept("/"), nullptr);
  EXPECT_EQ(program.kept("/delta/how-we-work"), nullptr);
  EXPECT_TRUE(program.visitor().get("/").has("Laws in the making"));
}

TEST_P(Keeping, ANewPlatformStandsOnTheStartPageAtOnce) {
  EXPECT_TRUE(program.visitor().get("/").has("No platform yet"));
  ASSERT_NE(program.kept("/"), nullptr);
  program.platform("delta");
  EXPECT_EQ(program.kept("/"), nullptr);
  EXPECT_TRUE(program.visitor().get("/").has("Consult delta"));
}

TEST_P(Keeping, AKeptPageAsksNothingOfTheDatabase) {
  program.platform("delta");
  program.visitor().get("/delta/");
  const auto before = program.house().database.figures().reads;
  ASSERT_NE(program.kept("/delta/"), nullptr);
  EXPECT_EQ(program.house().database.figures().reads, before);
}

TEST_P(Keeping, AnAssetIsGivenCompressedToWhoTakesIt) {
  const std::string path(web::asset("polder.css").text());
  const auto plain = program.kept(path), compressed = program.kept(path, {}, "en", "gzip, br");
  ASSERT_TRUE(plain && compressed);
  EXPECT_EQ(plain->head.find("content-encoding"), std::string::npos);
  EXPECT_NE(compressed->head.find("content-encoding: gzip"), std::string::npos);
  EXPECT_LT(compressed->body.size(), plain->body.size());
}

struct Machines : OnEach {
  Machines() : OnEach({.metrics_token = "let-me-in", .stopped_records = 1}) {}
};
ON_EACH(Machines);

TEST_P(Machines, FiguresAreForThisMachineOrTheTokensHolder) {
  auto somebody = program.visitor();
  EXPECT_EQ(somebody.get("/metrics").status, 404);
  EXPECT_EQ(somebody.get("/healthz").status, 404);
  somebody.headers = {{"authorization", "Bearer let-me-out"}};
  EXPECT_EQ(somebody.get("/metrics").status, 404);
  somebody.headers = {{"authorization", "Bearer let-me-in"}};
  EXPECT_TRUE(somebody.get("/metrics").has("polder_storage_commits "));
  auto here = program.visitor();
  here.remote = "127.0.0.1";
  EXPECT_EQ(here.get("/metrics").status, 200);
  here.relayed = true;
  EXPECT_EQ(here.get("/metrics").status, 404) << "a proxy on this machine is not the one who asks";
}

TEST_P(Machines, AStoppedRecordIsNotWell) {
  auto here = program.visitor();
  here.remote = "::1";
  const auto health = here.get("/healthz");
  EXPECT_EQ(health.status, 503);
  EXPECT_EQ(health.json().at("record").as_string(), "stopped");
  EXPECT_EQ(health.json().at("database").as_string(), "ok");
}

}  // namespace
}  // namespace polder::app
