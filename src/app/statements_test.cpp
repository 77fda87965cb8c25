// How many SQL statements each route runs, and that the number does not grow with what people write: a page that asks
// once a row is slow on the evening when it matters. A new route is added to the table below, with its number.
#include <gmock/gmock.h>

#include "app/program_test.h"

namespace polder::app {
namespace {

namespace json = boost::json;

/// A platform with two consultations, one open and one answered, each with so many responses.
class Town {
 public:
  explicit Town(int responses) {
    for (const std::string who : {"official", "moderator", "citizen"}) program.person(who + "@example.org");
    delta = program.platform("delta");
    for (const std::string role : {"official", "moderator"}) program.give(delta, role + "@example.org", role);

    const Id answered = consultation("Answered", "2027-02-05"), open = consultation("Open", "2027-04-30");
    today("2027-01-05");
    for (const Id one : {answered, open}) {
      act("clock", "consultations.open", {{"consultation", str(one)}});
      for (int i = 0; i < responses; ++i) respond(one);
    }
    today("2027-02-06");
    act("clock", "consultations.close", {{"consultation", str(answered)}});
    answer(answered);
    act("official", "consultations.report", {{"consultation", str(answered)}, {"words", "You said, we did."}});

    const Id organisation = perform(record::server_platform, "citizen", "organisations.create",
                                    {{"organisation-name", "The brook"}, {"kind", "other"}})
                                .made;
    act("visitor", "moderation.report",
        {{"kind", "response"}, {"contribution", names_["response"]}, {"reason", "other"}, {"words", "?"}});
    for (const std::string who : {"official", "moderator", "citizen"})
      people_.emplace(who, program.person(who + "@example.org"));
    people_.emplace("administrator", program.person("boss@example.org", {"administrator"}));
    people_.emplace("visitor", program.visitor());
    names_["organisation"] = str(organisation);
    names_["size"] = std::to_string(size_);
  }

  /// The status of the answer.
  int get(const std::string& who, std::string path) {
    for (const auto& [name, value] : names_)
      if (const auto at = path.find('<' + name + '>'); at != path.npos) path.replace(at, name.size() + 2, value);
    return people_.at(who).get(path).status;
  }
  std::int64_t statements() { return program.house().database.figures().statements; }
  /// One more response, for what it costs to write.
  void respond() { respond(open_); }

  Program program;
  Id delta{};

 private:
  record::Actor actor(const std::string& who) {
    if (who == "clock") return record::Actor::clock();
    if (who == "visitor") return record::Actor::visitor();
    return {.kind = record::Actor::Kind::person,
            .person = program.id_of(who + "@example.org"),
            .roles = who == "citizen" ? std::vector<std::string>{} : std::vector{who}};
  }
  void today(std::string_view date) { program.clock.set(start_of(*parse_date(date)) + 12 * hour_ms); }

  record::Recorded perform(Id platform, const std::string& who, std::string_view name, const json::object& fields) {
    const auto done = program.act(platform, actor(who), name, fields);
    if (platform == delta) size_ = done.position + 1;
    return done;
  }
  record::Recorded act(const std::string& who, std::string_view name, const json::object& fields) {
    return perform(delta, who, name, fields);
  }

  Id consultation(std::string_view title, std::string_view last_day) {
    const Id id =
        act("official", "consultations.draft",
            {{"title", title},
             {"summary", "In a dry summer."},
             {"can-change", "The order."},
             {"cannot-change", "Drinking water first."},
             {"language", "en"},
             {"first-day", "2027-01-05"},
             {"last-day", last_day},
             {"law", {{"name", "law.md"}, {"base64", "IyBBIGxhdwoKIyMgQXJ0aWNsZSAxLiBXYXRlcgoKV2F0ZXIgaXMgd2V0Lgo="}}},
             {"note", "Why."},
             {"questions", {"Who first?", "And then?"}}})
            .made;
    act("official", "consultations.publish", {{"consultation", str(id)}});
    return id;
  }

  void respond(Id consultation) {
    const auto done =
        act("citizen", "consultations.respond",
            {{"consultation", str(consultation)},
             {"visibility", "public-anonymous"},
             {"answers", {{{"question", 1}, {"words", "The wells."}}, {{"question", 2}, {"words", "The beer."}}}},
             {"remarks", json::array{}}});
    open_ = consultation;
    responses_[consultation].push_back(done.made);
    names_["response"] = str(responses_.begin()->second.front());
    names_["act"] = str(done.act);
  }

  void answer(Id consultation) {
    json::array some;
    for (const Id id : responses_.at(consultation)) {
      some.push_back(json::string(str(id)));
      if (some.size() < 5) continue;
      act("official", "consultations.answer",
          {{"consultation", str(consultation)}, {"responses", some}, {"outcome", "kept"}, {"words", "Because."}});
      some.clear();
    }
  }

  std::map<std::string, Somebody> people_;
  std::map<std::string, std::string> names_;
  std::map<Id, std::vector<Id>> responses_;
  Id open_{};
  std::int64_t size_ = 0;
};

/// A route, an address that it answers, and what that takes. <…> is filled in from the town.
struct Held {
  std::string_view pattern, path;
  std::string who;
  int status;
  int statements;
};

const std::vector<Held> table{
    // clang-format off
    {"/account/sign-in", "/account/sign-in", "visitor", 200, 0},
    {"/account/sign-out", "/account/sign-out", "citizen", 200, 2},
    {"/account/sign-up", "/account/sign-up", "visitor", 200, 0},
    {"/account/check-your-mail", "/account/check-your-mail", "visitor", 200, 0},
    {"/account/confirm/{token}", "/account/confirm/nothing", "visitor", 404, 1},
    {"/account/password", "/account/password", "citizen", 200, 2},
    {"/account/reset", "/account/reset", "visitor", 200, 0},
    {"/account/reset/{token}", "/account/reset/nothing", "visitor", 404, 1},
    {"/account", "/account", "citizen", 200, 3},
    {"/account/sessions", "/account/sessions", "citizen", 200, 3},
    {"/account/data", "/account/data", "citizen", 200, 2},
    {"/account/email", "/account/email", "citizen", 200, 2},
    {"/account/email/{token}", "/account/email/nothing", "citizen", 404, 3},
    {"/account/erase", "/account/erase", "citizen", 200, 2},
    {"/account/erase/{token}", "/account/erase/nothing", "citizen", 404, 3},
    {"/account/tokens", "/account/tokens", "citizen", 200, 3},
    {"/account/organisations", "/account/organisations", "citizen", 200, 4},
    {"/account/organisations/{id}", "/account/organisations/<organisation>", "citizen", 200, 7},
    {"/{platform}/confirm/{token}", "/delta/confirm/nothing", "visitor", 404, 1},
    {"/{platform}/check-your-mail", "/delta/check-your-mail", "visitor", 200, 0},
    {"/{platform}/moderation/log", "/delta/moderation/log", "visitor", 200, 1},
    {"/{platform}/moderation/{kind}/{contribution}/report", "/delta/moderation/response/<response>/report", "visitor", 200, 2},
    {"/{platform}/moderation", "/delta/moderation", "moderator", 200, 9},
    {"/{platform}/moderation/{kind}/{contribution}", "/delta/moderation/response/<response>", "moderator", 200, 9},
    {"/{platform}/consultations/new", "/delta/consultations/new", "official", 200, 3},
    {"/{platform}/consultations/{slug}/edit", "/delta/consultations/open/edit", "official", 403, 6},
    {"/{platform}/consultations/{slug}/publish", "/delta/consultations/open/publish", "official", 403, 6},
    {"/{platform}/consultations/{slug}/desk", "/delta/consultations/answered/desk", "official", 200, 7},
    {"/{platform}/consultations/{slug}/write-report", "/delta/consultations/answered/write-report", "official", 200, 6},
    {"/{platform}/consultations/{slug}/respond", "/delta/consultations/open/respond", "visitor", 200, 3},
    {"/{platform}/consultations", "/delta/consultations", "visitor", 200, 1},
    {"/{platform}/consultations/{slug}", "/delta/consultations/open", "visitor", 200, 5},
    {"/{platform}/consultations/{slug}", "/delta/consultations/open", "citizen", 200, 8},
    {"/{platform}/consultations/{slug}/draft", "/delta/consultations/open/draft", "visitor", 200, 4},
    {"/{platform}/consultations/{slug}/note", "/delta/consultations/open/note", "visitor", 200, 3},
    {"/{platform}/consultations/{slug}/responses", "/delta/consultations/answered/responses", "visitor", 200, 5},
    {"/{platform}/consultations/{slug}/responses", "/delta/consultations/answered/responses", "official", 200, 8},
    {"/{platform}/consultations/{slug}/responses/{response}", "/delta/consultations/answered/responses/<response>", "visitor", 200, 5},
    {"/{platform}/consultations/{slug}/report", "/delta/consultations/answered/report", "visitor", 200, 5},
    {"/api/v1/platforms/{platform}/consultations", "/api/v1/platforms/delta/consultations", "visitor", 200, 1},
    {"/api/v1/platforms/{platform}/consultations/{slug}", "/api/v1/platforms/delta/consultations/open", "visitor", 200, 5},
    {"/api/v1/platforms/{platform}/consultations/{slug}/articles", "/api/v1/platforms/delta/consultations/open/articles", "visitor", 200, 4},
    {"/api/v1/platforms/{platform}/consultations/{slug}/responses", "/api/v1/platforms/delta/consultations/answered/responses", "visitor", 200, 5},
    {"/api/v1/platforms/{platform}/consultations/{slug}/responses/{response}", "/api/v1/platforms/delta/consultations/answered/responses/<response>", "visitor", 200, 5},
    {"/api/v1/platforms/{platform}/consultations/{slug}/answers", "/api/v1/platforms/delta/consultations/answered/answers", "visitor", 200, 4},
    {"/{platform}/consultations/{slug}/answers.csv", "/delta/consultations/answered/answers.csv", "visitor", 200, 5},
    {"/{platform}/consultations/{slug}/answers.json", "/delta/consultations/answered/answers.json", "visitor", 200, 5},
    {"/{platform}/consultations/{slug}/draft.xml", "/delta/consultations/open/draft.xml", "visitor", 200, 4},
    {"/{platform}/consultations/{slug}/draft-source", "/delta/consultations/open/draft-source", "visitor", 200, 5},
    {"/", "/", "visitor", 200, 0},
    {"/robots.txt", "/robots.txt", "visitor", 200, 0},
    {"/setup/{token}", "/setup/nothing", "visitor", 404, 1},
    {"/server", "/server", "administrator", 200, 3},
    {"/server/platforms/new", "/server/platforms/new", "administrator", 200, 2},
    {"/server/mail", "/server/mail", "administrator", 200, 3},
    {"/server/mail/{mail}", "/server/mail/1", "administrator", 404, 2},
    {"/api/v1/platforms", "/api/v1/platforms", "visitor", 200, 1},
    {"/api/v1/openapi.json", "/api/v1/openapi.json", "visitor", 200, 0},
    {"/receipts/{act}", "/receipts/<act>", "citizen", 404, 3},
    {"/receipts/{act}/file", "/receipts/<act>/file", "citizen", 404, 3},
    {"/{platform}/receipts/{act}", "/delta/receipts/<act>", "citizen", 200, 6},
    {"/{platform}/receipts/{act}/file", "/delta/receipts/<act>/file", "citizen", 200, 9},
    {"/record", "/record", "visitor", 200, 5},
    {"/record/checkpoint", "/record/checkpoint", "visitor", 200, 2},
    {"/record/key", "/record/key", "visitor", 200, 1},
    {"/record/tile/{rest…}", "/record/tile/0/000.p/1", "visitor", 200, 2},
    {"/{platform}/record", "/delta/record", "visitor", 200, 5},
    {"/{platform}/record/checkpoint", "/delta/record/checkpoint", "visitor", 200, 2},
    {"/{platform}/record/key", "/delta/record/key", "visitor", 200, 1},
    {"/{platform}/record/tile/{rest…}", "/delta/record/tile/0/000.p/<size>", "visitor", 200, 2},
    {"/{platform}/how-we-work", "/delta/how-we-work", "visitor", 200, 1},
    {"/{platform}/algorithms", "/delta/algorithms", "visitor", 200, 0},
    {"/{platform}/algorithms.json", "/delta/algorithms.json", "visitor", 200, 0},
    {"/{platform}/charter.toml", "/delta/charter.toml", "visitor", 200, 0},
    {"/{platform}/terms", "/delta/terms", "visitor", 200, 0},
    {"/{platform}/accessibility", "/delta/accessibility", "visitor", 200, 0},
    {"/{platform}/theme.css", "/delta/theme.css", "visitor", 200, 0},
    {"/{platform}/manage/applications", "/delta/manage/applications", "administrator", 200, 5},
    {"/{platform}/apply", "/delta/apply", "citizen", 200, 5},
    {"/{platform}/manage", "/delta/manage", "administrator", 200, 4},
    {"/{platform}/manage/charter", "/delta/manage/charter", "administrator", 200, 3},
    {"/{platform}", "/delta", "visitor", 200, 1},
    // clang-format on
};

/// These stream or copy all there is, in pages: `statements` is how many at most twenty responses more may cost.
const std::vector<Held> streams{
    // clang-format off
    {"/account/data.json", "/account/data.json", "citizen", 200, 2},
    {"/{platform}/consultations/{slug}/responses.csv", "/delta/consultations/answered/responses.csv", "visitor", 200, 2},
    {"/{platform}/consultations/{slug}/responses.json", "/delta/consultations/answered/responses.json", "visitor", 200, 2},
    // clang-format on
};

TEST(Statements, OfEachRouteAreAsManyAsTheTableSaysHoweverMuchIsWritten) {
  for (const int responses : {60, 80}) {
    Town town(responses);
    for (const auto& [pattern, path, who, status, statements] : table) {
      // The second time: what is noted once a day, or signed when it is first asked for, is not what a page costs.
      town.get(who, std::string(path));
      const auto before = town.statements();
      const int answered = town.get(who, std::string(path));
      EXPECT_EQ(std::pair(answered, town.statements() - before), std::pair(status, std::int64_t(statements)))
          << "status and statements of " << path << " for the " << who << " with " << responses << " responses";
    }
  }
}

TEST(Statements, OfWhatIsAsLongAsAConsultationGrowWithItsPagesAndNotWithItsResponses) {
  for (const auto& [pattern, path, who, status, statements] : streams) {
    std::vector<std::int64_t> ran;
    for (const int responses : {60, 80}) {
      Town town(responses);
      town.get(who, std::string(path));
      const auto before = town.statements();
      EXPECT_EQ(town.get(who, std::string(path)), status) << path;
      ran.push_back(town.statements() - before);
    }
    EXPECT_LE(ran[1] - ran[0], statements) << path;
  }
}

TEST(Statements, ThereIsNoRouteForReadingOfWhichTheyAreNotCounted) {
  Program program;
  program.house().routes.each([](const web::Route<people::Visit>& route) {
    if (route.method != http::Method::get) return;
    if (route.pattern.find("/challenges") != std::string::npos) return;  // its room holds them: pages_test.cpp there
    const auto here = [&](const Held& held) { return held.pattern == route.pattern; };
    EXPECT_TRUE(std::ranges::any_of(table, here) || std::ranges::any_of(streams, here))
        << route.pattern << " is not in the table of this file";
  });
}

TEST(Statements, OfAResponseAreAsManyForTheFirstAsForTheLast) {
  for (const int responses : {1, 80}) {
    Town town(responses);
    const auto before = town.statements();
    town.respond();
    EXPECT_EQ(town.statements() - before, 15) << "in a consultation with " << responses;
  }
}

}  // namespace
}  // namespace polder::app
