// A closed platform is nothing to whom it does not let in: every route, whoever asks and however, answers as for a
// platform that was never made, byte for byte but for the name that was asked for. With a door, the front page alone is
// there, and says no more than the door.
#include <gmock/gmock.h>

#include <set>

#include "app/program_test.h"
#include "people/store.h"

namespace polder::app {
namespace {

namespace json = boost::json;
using http::Method;
using testing::HasSubstr;
using testing::Not;

// Of one length, so that what they are named by is all that may differ.
constexpr std::string_view lamps = "lamps", never = "moths";
constexpr std::string_view token = "polder_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

std::string charter(bool door) {
  std::string text = file_of("src/governance/testdata/company.toml");
  text = replaced(text, "host = \"lamps.example.com\"\n", "");
  text = replaced(text, "openness = \"open\"", door ? "openness = \"closed\"\ndoor = true" : "openness = \"closed\"");
  for (const std::string act : {"apply", "withdraw-application"})
    text = replaced(text, "[consultations]",
                    "[[rules]]\nact = \"platforms." + act + "\"\nwho = [\"passer-by\"]\n\n[consultations]");
  for (const std::string act : {"accept-application", "decline-application"})
    text = replaced(text, "[consultations]",
                    "[[rules]]\nact = \"platforms." + act + "\"\nwho = [\"product-owner\"]\n\n[consultations]");
  return text;
}

/// A platform with something of everything behind its walls, and people who stand before them.
class Walls {
 public:
  Walls(Program& in, bool door) : program(in), boss(in.person("root@example.org", {"administrator"})) {
    program.act(record::server_platform, record::Actor::console(), "platforms.create",
                {{"slug", lamps},
                 {"charter", "prize"},
                 {"title", "Better Lamps"},
                 {"operated-by", "Lamps Ltd"},
                 {"languages", {"en", "nl"}},
                 {"administrator", "owner@example.org"}});
    inside = program.house().platforms.list()->by_slug(lamps)->id;
    program.act(inside, record::Actor::console(), "platforms.change-charter", {{"charter", charter(door)}});
    program.give(inside, "owner@example.org", "product-owner");
    program.give(inside, "tess@example.org", "tester");
    fill();

    const Id other = program.platform("delta", "adam@example.org");
    people.emplace("visitor", program.visitor());
    people.emplace("stranger", program.person("stranger@example.org"));
    people.emplace("administrator of another platform", program.person("adam@example.org"));
    program.give(other, "adam@example.org", "official");
    people.emplace("applicant", program.person("ann@example.org"));
    if (door)
      names["application"] = str(program
                                     .act(inside, actor("ann@example.org"), "platforms.apply",
                                          {{"role", "tester"}, {"why", "I like the dark."}})
                                     .made);
    Somebody program_of_a_stranger = program.visitor();
    program_of_a_stranger.headers = {{"authorization", "Bearer " + std::string(token)}};
    (void)program.house().database.write([&](storage::WriteTx& tx) -> Done {
      people::store::insert_token(tx, program.id_of("stranger@example.org"),
                                  {.id = program.house().ids.next(),
                                   .name = "a program",
                                   .scopes = {"read", "act"},
                                   .made_at = program.clock.now(),
                                   .last_used = program.clock.now(),
                                   .ends = program.clock.now() + day_ms},
                                  token);
      return {};
    });
    people.emplace("program of a stranger", std::move(program_of_a_stranger));
  }

  record::Actor actor(const std::string& email, std::vector<std::string> roles = {}) {
    program.person(email);
    return {.kind = record::Actor::Kind::person, .person = program.id_of(email), .roles = std::move(roles)};
  }

  /// A real address for the pattern, on the platform of this name.
  std::string path(std::string pattern, std::string_view platform) const {
    pattern = replaced(pattern, "{platform}", platform);
    for (const auto& [name, value] : names) pattern = replaced(pattern, "{" + name + "}", value);
    for (std::size_t at; (at = pattern.find('{')) != pattern.npos;)
      pattern.replace(at, pattern.find('}', at) - at + 1, "0/000.p/1");
    return pattern;
  }

  Program& program;
  Somebody boss;
  Id inside{};
  std::map<std::string, Somebody> people;
  std::map<std::string, std::string> names;

 private:
  void fill() {
    const auto owner = actor("owner@example.org", {"product-owner"}), tess = actor("tess@example.org", {"tester"});
    const auto drafted = program.act(
        inside, owner, "consultations.draft",
        {{"title", "Secret filament"},
         {"summary", "In a dry summer."},
         {"can-change", "The order."},
         {"cannot-change", "Drinking water first."},
         {"language", "en"},
         {"first-day", "2027-01-02"},
         {"last-day", "2027-03-15"},
         {"law", {{"name", "law.md"}, {"base64", "IyBBIGxhdwoKIyMgQXJ0aWNsZSAxLiBXYXRlcgoKV2F0ZXIgaXMgd2V0Lgo="}}},
         {"note", "Why."},
         {"questions", {"Who first?"}}});
    program.act(inside, owner, "consultations.publish", {{"consultation", str(drafted.made)}});
    program.clock.advance(2 * day_ms);
    program.act(inside, record::Actor::clock(), "consultations.open", {{"consultation", str(drafted.made)}});
    const auto said = program.act(inside, tess, "consultations.respond",
                                  {{"consultation", str(drafted.made)},
                                   {"visibility", "public-name"},
                                   {"signed-as", "Tess"},
                                   {"answers", {{{"question", 1}, {"words", "The wells."}}}},
                                   {"remarks", json::array{}}});
    names = {{"slug", "secret-filament"}, {"response", str(said.made)},     {"act", str(said.act)},
             {"kind", "response"},        {"contribution", str(said.made)}, {"application", "1"},
             {"rest…", "0/000.p/1"}};
  }
};

http::Request request(Method method, const std::string& path) {
  http::Request out;
  out.method = method;
  out.path = path;
  if (method == Method::post)
    out.headers = {{"content-type", "application/x-www-form-urlencoded"}, {"origin", "http://127.0.0.1:8080"}};
  return out;
}

/// Everything that comes back, as one text.
std::string whole(const Reply& reply) {
  std::string out = std::to_string(reply.status) + '\n';
  for (const auto& [name, value] : reply.headers) out += name + ": " + value + '\n';
  return out + '\n' + reply.body;
}

struct Closed : OnEach {
  /// Both answers, the one of the platform that never was told as if it had the other's name.
  void expect_alike(Somebody& who, const std::string& whose, const http::Request& there, const http::Request& nowhere) {
    const std::string is = whole(who.send(there)), never_was = replaced(whole(who.send(nowhere)), never, lamps);
    EXPECT_EQ(is, never_was) << there.path << " for the " << whose;
    ++compared;
  }
  /// On SQLite everybody walks every route; on PostgreSQL, where the walls are the same, they walk them in turns.
  void expect_nothing(Walls& walls, const std::set<std::string>& but = {}) {
    const std::size_t turns = GetParam() == "postgres" ? walls.people.size() : 1;
    std::size_t turn = 0;
    for (auto& [whose, who] : walls.people) {
      std::size_t n = turn++;
      program.house().routes.each([&](const web::Route<people::Visit>& route) {
        if (route.pattern.find("{platform}") == std::string::npos || but.contains(route.pattern)) return;
        if (n++ % turns != 0) return;
        const auto there = walls.path(route.pattern, lamps), nowhere = walls.path(route.pattern, never);
        for (const Method method : {Method::get, Method::head, Method::post})
          expect_alike(who, whose, request(method, there), request(method, nowhere));
        auto chosen = request(Method::get, there), other = request(Method::get, nowhere);
        chosen.query = other.query = "lang=nl";
        expect_alike(who, whose, chosen, other);
        auto forged = request(Method::post, there), forged_too = request(Method::post, nowhere);
        forged.headers = forged_too.headers = {{"origin", "https://evil.example"}};
        expect_alike(who, whose, forged, forged_too);
        EXPECT_EQ(program.kept(there), nullptr) << there;
        EXPECT_EQ(size_taken(route.method, there), size_taken(route.method, nowhere)) << there;
      });
      for (const std::string rest :
           {"/nothing", "/consultations/secret-filament/", "/favicon.ico", "/sitemap.xml", "//"})
        expect_alike(who, whose, request(Method::get, '/' + std::string(lamps) + rest),
                     request(Method::get, '/' + std::string(never) + rest));
    }
  }
  std::size_t size_taken(Method method, const std::string& path) {
    return program.reception().body_limit({.method = method,
                                           .target = path,
                                           .path = path,
                                           .host = "127.0.0.1:8080",
                                           .cookie = "",
                                           .accept_language = "en",
                                           .accept_encoding = "",
                                           .if_none_match = ""});
  }
  http::Request act(const std::string& name, std::string_view platform, json::object fields = {}) {
    auto out = request(Method::post, "/api/v1/acts/" + name);
    out.headers = {{"content-type", "application/json"}};
    out.body = json::serialize(json::object{{"platform", platform}, {"fields", std::move(fields)}});
    return out;
  }
  int compared = 0;
};
ON_EACH(Closed);

TEST_P(Closed, EveryRouteAnswersAsIfThePlatformHadNeverBeenMade) {
  Walls walls(program, false);
  expect_nothing(walls);
  EXPECT_GT(compared, 500) << "the routes were walked";
  // The test sees what it looks for: somebody inside gets other answers.
  Somebody tess = program.person("tess@example.org");
  for (const auto* path : {"/lamps/", "/lamps/consultations/secret-filament", "/lamps/record", "/lamps/how-we-work"})
    EXPECT_EQ(tess.get(path).status, 200) << path;
}

TEST_P(Closed, WithADoorTheFrontPageAloneIsThere) {
  Walls walls(program, true);
  expect_nothing(walls, {"/{platform}"});
  for (auto& [whose, who] : walls.people) {
    who.cookies.erase("lang");
    const auto door = who.get("/lamps/");
    EXPECT_EQ(door.status, 200) << whose;
    for (const auto* said : {"Better Lamps", "Help us make lamps that last.", "Lamps Ltd", "We answer everybody."})
      EXPECT_TRUE(door.has(said)) << said << " is not said to the " << whose;
    for (const auto* secret : {"filament", "/lamps/record", "/lamps/consultations", "/lamps/how-we-work", "theme.css",
                               "/lamps/manage", "tess", "owner@example.org", "council@lamps.example.com"})
      EXPECT_FALSE(door.has(secret)) << secret << " is said to the " << whose;
    EXPECT_EQ(door.has("I like the dark."), whose == "applicant") << whose;
  }
  EXPECT_EQ(program.kept("/lamps/"), nullptr);
  EXPECT_TRUE(walls.people.at("visitor").get("/lamps/").has("/account/sign-in?next=%2Flamps%2F"));
}

TEST_P(Closed, TheApiKnowsItNoMoreThanThePagesDo) {
  for (const bool door : {false, true}) {
    Program house(GetParam());
    Walls walls(house, door);
    for (const auto* whose : {"stranger", "program of a stranger", "applicant", "administrator of another platform"})
      for (const auto& [name, kind] : house.house().acts.all()) {
        if (door && (name == "platforms.apply" || name == "platforms.withdraw-application")) continue;
        for (const json::object& fields : {json::object{}, json::object{{"consultation", walls.names.at("slug")}}}) {
          auto& who = walls.people.at(whose);
          expect_alike(who, whose, act(name, lamps, fields), act(name, never, fields));
        }
      }
  }
}

TEST_P(Closed, NothingThatIsThereForAllNamesIt) {
  for (const bool door : {false, true}) {
    Program house(GetParam());
    Walls walls(house, door);
    const std::string number = str(walls.inside);
    for (auto& [whose, who] : walls.people)
      for (const std::string path : {"/",
                                     "/api/v1/platforms",
                                     "/api/v1/openapi.json",
                                     "/robots.txt",
                                     "/sitemap.xml",
                                     "/favicon.ico",
                                     "/record",
                                     "/record/checkpoint",
                                     "/record/tile/entries/000.p/1",
                                     "/record/tile/entries/000.p/2",
                                     "/record/tile/entries/000.p/3",
                                     "/account",
                                     "/account/organisations",
                                     "/account/sign-up",
                                     "/server",
                                     "/server/platforms",
                                     "/healthz",
                                     "/metrics",
                                     "/delta/",
                                     "/delta/record",
                                     "/delta/how-we-work"}) {
        const auto reply = who.get(path);
        for (const std::string& trace : {std::string("lamps"), std::string("Lamps"), std::string("filament"), number})
          EXPECT_FALSE(reply.has(trace)) << path << " says " << trace << " to the " << whose;
      }
    Somebody tess = house.person("tess@example.org");
    EXPECT_TRUE(tess.get("/").has("Better Lamps")) << "who is inside finds it";
    EXPECT_TRUE(tess.get("/api/v1/platforms").has("\"lamps\""));
    EXPECT_TRUE(walls.boss.get("/").has("Better Lamps")) << "and so does who runs the server";
  }
}

TEST_P(Closed, TheStartPageThatIsKeptDoesNotTellWhatTheNextVisitorMayNotKnow) {
  Walls walls(program, true);
  EXPECT_TRUE(program.person("tess@example.org").get("/").has("Better Lamps"));
  EXPECT_FALSE(program.visitor().get("/").has("Better Lamps"));
  ASSERT_NE(program.kept("/"), nullptr);
  program.act(walls.inside, record::Actor::console(), "platforms.change-charter",
              {{"charter", replaced(charter(false), "openness = \"closed\"", "openness = \"open\"")}});
  EXPECT_EQ(program.kept("/"), nullptr);
  EXPECT_TRUE(program.visitor().get("/").has("Better Lamps"));
}

TEST_P(Closed, WhoIsDismissedStandsOutsideAtOnce) {
  Walls walls(program, false);
  Somebody tess = program.person("tess@example.org");
  EXPECT_EQ(tess.get("/lamps/receipts/" + walls.names.at("act")).status, 200);
  program.act(walls.inside, record::Actor::console(), "platforms.dismiss",
              {{"email", "tess@example.org"}, {"role", "tester"}});
  for (const std::string& path :
       {std::string("/lamps/"), std::string("/lamps/record"), "/lamps/receipts/" + walls.names.at("act")})
    expect_alike(tess, "dismissed", request(Method::get, path), request(Method::get, replaced(path, lamps, never)));
}

TEST_P(Closed, AHostOfItsOwnShowsStrangersTheServerAndNothingElse) {
  Walls walls(program, false);
  program.act(walls.inside, record::Actor::console(), "platforms.change-charter",
              {{"charter", replaced(charter(false), "openness = ", "host = \"lamps.example.com\"\nopenness = ")}});
  auto stranger = program.person("stranger@example.org");
  for (const std::string path : {"/", "/consultations", "/record", "/how-we-work", "/manage", "/account/sign-in",
                                 "/delta/", "/lamps/", "/terms", "/consultations/secret-filament"}) {
    stranger.host = "lamps.example.com";
    const std::string is = whole(stranger.get(path));
    stranger.host = "moths.example.com";
    EXPECT_EQ(is, whole(stranger.get(path))) << path;
  }
  auto tess = program.person("tess@example.org");
  tess.host = "lamps.example.com";
  EXPECT_TRUE(tess.get("/").has("<h1>Better Lamps</h1>"));
}

// ---- coming in ----

TEST_P(Closed, SomebodyAsksAtTheDoorAndIsLetIn) {
  Walls walls(program, true);
  auto& stranger = walls.people.at("stranger");
  EXPECT_TRUE(stranger.get("/lamps/").has("Has a lamp of ours at home and told us so."));
  const auto nothing_said = stranger.post("/lamps/", {{"step", "apply"}, {"role", "tester"}, {"why", ""}});
  EXPECT_EQ(nothing_said.status, 422);
  EXPECT_TRUE(nothing_said.has("Fill this in."));
  const auto asked = stranger.post("/lamps/", {{"step", "apply"}, {"role", "tester"}, {"why", "I have a lamp."}});
  EXPECT_EQ(asked.status, 303);
  EXPECT_EQ(asked.header("location"), "/lamps/");
  const auto waiting = stranger.get("/lamps/");
  EXPECT_TRUE(waiting.has("Waits for an answer"));
  EXPECT_FALSE(waiting.has("Has a lamp of ours at home")) << "there is no other role to ask for";
  EXPECT_EQ(stranger.get("/lamps/apply").status, 404);

  auto owner = program.person("owner@example.org");
  EXPECT_TRUE(owner.get("/lamps/manage").has("/lamps/manage/applications"));
  const auto list = owner.get("/lamps/manage/applications");
  EXPECT_TRUE(list.has("I have a lamp.") && list.has("stranger@example.org") && list.has("I like the dark."));
  EXPECT_EQ(program.person("tess@example.org").get("/lamps/manage/applications").status, 404);
  const auto base = "/lamps/manage/applications/" + walls.names.at("application");
  const auto no_reason = owner.post(base + "/decline", {{"reason", ""}});
  EXPECT_EQ(no_reason.status, 422);
  EXPECT_EQ(owner.post(base + "/decline", {{"reason", "It is not dark here."}}).status, 303);
  EXPECT_TRUE(walls.people.at("applicant").get("/lamps/").has("It is not dark here."));
  const auto left = owner.get("/lamps/manage/applications");
  EXPECT_FALSE(left.has("I like the dark."));
  const std::string mark = "/lamps/manage/applications/";
  const std::string number = left.body.substr(left.body.find(mark) + mark.size(), 13);
  EXPECT_EQ(owner.post(mark + number + "/accept").status, 303);
  EXPECT_EQ(stranger.get("/lamps/consultations/secret-filament").status, 200);
  EXPECT_FALSE(owner.get("/lamps/manage/applications").has("stranger@example.org"));
}

TEST_P(Closed, AnApplicationIsTakenBackAtTheDoor) {
  Walls walls(program, true);
  auto& ann = walls.people.at("applicant");
  EXPECT_EQ(walls.people.at("stranger")
                .post("/lamps/", {{"step", "withdraw"}, {"application", walls.names.at("application")}})
                .status,
            404);
  EXPECT_EQ(ann.post("/lamps/", {{"step", "withdraw"}, {"application", walls.names.at("application")}}).status, 303);
  EXPECT_TRUE(ann.get("/lamps/").has("Taken back by you"));
  EXPECT_EQ(walls.people.at("visitor").post("/lamps/", {{"step", "apply"}}).header("location"),
            "/account/sign-in?next=%2Flamps%2F");
}

TEST_P(Closed, WhoIsInsideAsksForMoreOnAPageOfThePlatform) {
  Walls walls(program, false);
  auto owner = program.person("owner@example.org");
  EXPECT_TRUE(owner.get("/lamps/").has("/lamps/apply"));
  EXPECT_EQ(
      owner.post("/lamps/apply", {{"step", "apply"}, {"role", "tester"}, {"why", "I test too."}}).header("location"),
      "/lamps/apply");
  EXPECT_TRUE(owner.get("/lamps/apply").has("I test too."));
  EXPECT_TRUE(owner.get("/lamps/manage/applications").has("somebody else decides"));
}

}  // namespace
}  // namespace polder::app
