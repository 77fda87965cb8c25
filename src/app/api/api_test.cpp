#include "app/api/api.h"

#include "app/program_test.h"
#include "people/store.h"
#include "record/note.h"

namespace polder::app {
namespace {

namespace json = boost::json;

struct Api : OnEach {
  /// A program that holds a token of this person's.
  Somebody holder(const std::string& email, const std::vector<std::string>& scopes) {
    program.person(email);
    const std::string secret = std::string(people::token_prefix) + "0123456789" + std::to_string(++tokens);
    const Time now = program.clock.now();
    (void)program.house().database.write([&](storage::WriteTx& tx) -> Done {
      people::store::insert_token(tx, program.id_of(email),
                                  {.id = program.house().ids.next(),
                                   .name = "a program",
                                   .scopes = scopes,
                                   .made_at = now,
                                   .last_used = {},
                                   .ends = now + day_ms},
                                  secret);
      return {};
    });
    Somebody out = program.visitor();
    out.headers = {{"authorization", "Bearer " + secret}};
    return out;
  }
  static Reply act(Somebody& who, const std::string& name, const json::value& body, const std::string& key = {}) {
    http::Request request;
    request.method = http::Method::post;
    request.path = "/api/v1/acts/" + name;
    request.headers = {{"content-type", "application/json"}};
    if (!key.empty()) request.headers.emplace_back("idempotency-key", key);
    request.body = json::serialize(body);
    return who.send(std::move(request));
  }
  static std::string code(const Reply& reply) { return std::string(reply.json().at("error").at("code").as_string()); }

  const json::value appointment{{"platform", "delta"},
                                {"fields", {{"email", "olga@example.org"}, {"role", "official"}}}};
  int tokens = 0;
};
ON_EACH(Api);

TEST_P(Api, AnActIsDoneAndItsReceiptNamed) {
  program.platform("delta");
  auto boss = holder("boss@example.org", {"act"});
  const auto done = act(boss, "platforms.appoint", appointment);
  ASSERT_EQ(done.status, 201) << done.body;
  const auto told = done.json();
  EXPECT_EQ(told.at("position").as_int64(), 0);
  EXPECT_EQ(told.at("receipt").at("url").as_string(),
            "http://127.0.0.1:8080/delta/receipts/" + std::string(told.at("act").as_string()));
  EXPECT_TRUE(told.at("made").is_null());
}

TEST_P(Api, NobodyActsWithoutSayingWhoTheyAre) {
  program.platform("delta");
  auto nobody = program.visitor();
  const auto refused = act(nobody, "platforms.appoint", appointment);
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(code(refused), "app.token-needed");
}

TEST_P(Api, ATokenDoesWhatItWasMadeForAndNoMore) {
  program.platform("delta");
  auto boss = holder("boss@example.org", {"read"});
  const auto refused = act(boss, "platforms.appoint", appointment);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(code(refused), "people.token-may-not");
  auto no_reader = holder("boss@example.org", {"act"});
  EXPECT_EQ(no_reader.get("/api/v1/platforms").status, 403);
  EXPECT_EQ(boss.get("/api/v1/platforms").status, 200);
  EXPECT_EQ(program.visitor().get("/api/v1/platforms").status, 200);
}

TEST_P(Api, ATokenIsNotItsOwner) {
  auto boss = holder("boss@example.org", {"read", "act"});
  EXPECT_EQ(act(boss, "people.change-name", {{"fields", {{"new-name", "Eve"}}}}).status, 403);
}

TEST_P(Api, ARoleOnOnePlatformIsNothingOnAnother) {
  program.platform("delta");
  program.platform("dune", "somebody@example.org");
  auto boss = holder("boss@example.org", {"act"});
  const auto refused = act(boss, "platforms.appoint",
                           {{"platform", "dune"}, {"fields", {{"email", "olga@example.org"}, {"role", "official"}}}});
  EXPECT_EQ(refused.status, 403);
}

TEST_P(Api, SentTwiceItIsDoneOnce) {
  const Id delta = program.platform("delta");
  auto boss = holder("boss@example.org", {"act"});
  const auto first = act(boss, "platforms.appoint", appointment, "k1"),
             second = act(boss, "platforms.appoint", appointment, "k1");
  EXPECT_EQ(first.body, second.body);
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(first.header("idempotency-replayed"), "");
  EXPECT_EQ(second.header("idempotency-replayed"), "true");
  EXPECT_EQ(program.house().logs.checkpoint(delta)->size, 1u);
  EXPECT_EQ(act(boss, "platforms.appoint",
                {{"platform", "delta"}, {"fields", {{"email", "eve@example.org"}, {"role", "official"}}}}, "k1")
                .status,
            409);
}

TEST_P(Api, WhatIsWrongIsSaidFieldByField) {
  program.platform("delta");
  auto boss = holder("boss@example.org", {"act"});
  const auto refused =
      act(boss, "platforms.appoint", {{"platform", "delta"}, {"fields", {{"email", "olga"}, {"rule", "official"}}}});
  EXPECT_EQ(refused.status, 422);
  std::vector<std::string> fields;
  const auto told = refused.json();
  for (const auto& field : told.at("error").at("fields").as_array()) fields.emplace_back(field.at("field").as_string());
  std::ranges::sort(fields);
  EXPECT_EQ(fields, (std::vector<std::string>{"email", "role", "rule"}));
}

TEST_P(Api, AnythingButWhatIsAskedForIsRefused) {
  program.platform("delta");
  auto boss = holder("boss@example.org", {"act"});
  EXPECT_EQ(act(boss, "no.such", appointment).status, 404);
  EXPECT_EQ(act(boss, "platforms.appoint", {{"platform", "nowhere"}, {"fields", json::object{}}}).status, 404);
  EXPECT_EQ(act(boss, "platforms.appoint", {{"platform", "delta"}, {"fields", json::object{}}, {"more", 1}}).status,
            422);
  EXPECT_EQ(act(boss, "platforms.appoint", json::array{1}).status, 422);
  http::Request form;
  form.method = http::Method::post;
  form.path = "/api/v1/acts/platforms.appoint";
  form.headers = {{"content-type", "application/x-www-form-urlencoded"}};
  form.body = "platform=delta";
  EXPECT_EQ(boss.send(form).status, 422);
}

TEST_P(Api, PlatformsSayWhereTheirRecordIsAndWithWhichKeyItIsChecked) {
  const Id delta = program.platform("delta");
  const auto all = program.visitor().get("/api/v1/platforms").json();
  ASSERT_EQ(all.as_array().size(), 1u);
  const auto& one = all.as_array().front();
  EXPECT_EQ(one.at("slug").as_string(), "delta");
  EXPECT_EQ(one.at("name").as_string(), "Consult delta");
  EXPECT_EQ(one.at("url").as_string(), "http://127.0.0.1:8080/delta/");
  EXPECT_EQ(one.at("record").at("url").as_string(), "http://127.0.0.1:8080/delta/record");
  EXPECT_EQ(one.at("record").at("vkey").as_string(), record::vkey(*program.house().logs.verifier(delta)));
}

TEST_P(Api, EveryActAndEveryReadingRouteIsDescribed) {
  const auto document = program.visitor().get("/api/v1/openapi.json").json();
  EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
  const auto& paths = document.at("paths").as_object();
  for (const auto& [name, kind] : program.house().acts.all()) {
    const auto* path = paths.if_contains("/api/v1/acts/" + name);
    ASSERT_NE(path, nullptr) << name;
    const auto& schema = path->at("post")
                             .at("requestBody")
                             .at("content")
                             .at("application/json")
                             .at("schema")
                             .at("properties")
                             .at("fields");
    EXPECT_EQ(schema.at("additionalProperties").as_bool(), false) << name;
  }
  EXPECT_TRUE(paths.contains("/api/v1/platforms"));
  EXPECT_TRUE(paths.contains("/api/v1/platforms/{platform}/consultations"));
  EXPECT_TRUE(paths.at("/api/v1/platforms/{platform}/challenges/{slug}/attachments").as_object().contains("put"));
  for (const auto& [path, operations] : paths)
    for (std::size_t at = 0; (at = path.find('{', at)) != json::string_view::npos; ++at) {
      const auto name = std::string(path.substr(at + 1, path.find('}', at) - at - 1));
      const auto& parameters = operations.as_object().begin()->value().at("parameters").as_array();
      EXPECT_TRUE(std::ranges::any_of(parameters, [&](const auto& p) { return p.at("name").as_string() == name; }))
          << path;
    }
}

}  // namespace
}  // namespace polder::app
