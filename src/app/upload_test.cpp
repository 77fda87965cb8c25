// An upload's way through the reception: who may not send one is told before its body is read; what came reaches the
// page like every form; and a file that nobody named goes again.
#include <gmock/gmock.h>

#include "app/program_test.h"
#include "kernel/base/encode.h"
#include "kernel/web/download.h"
#include "people/kept_files.h"

namespace polder::app {
namespace {

using people::Visit;

constexpr std::string_view form_type = "multipart/form-data; boundary=X";
const std::string pdf = "%PDF-1.7\n" + std::string(300'000, 'x');

std::string form(const std::string& title, const std::string& name, const std::string& bytes) {
  return "--X\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" + title +
         "\r\n--X\r\nContent-Disposition: form-data; name=\"plan\"; filename=\"" + name + "\"\r\n\r\n" + bytes +
         "\r\n--X--\r\n";
}

/// What a page does with what came: one file, kept, and the ticket that an act would be given.
http::Response take_plan(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  if (const auto whole = visit.received->whole(); !whole) return visit.json_refusal(whole.error());
  if (visit.received->files.empty()) return visit.json(200, {{"title", sent->fields.at("title")}});
  auto& file = visit.received->files.front();
  const auto stored = visit.house.files.keep(std::move(file.content));
  if (!stored) return visit.json_refusal(stored.error());
  return visit.json(201, {{"title", sent->fields.contains("title") ? sent->fields.at("title") : ""},
                          {"name", file.name},
                          {"id", stored->id},
                          {"sha256", hex(crypto::view(stored->sha256))},
                          {"ticket", visit.house.files.ticket(*stored, file.name)}});
}

void add_routes(people::House& house) {
  const auto upload = [&](http::Method method, std::string path, web::Door door) {
    house.routes.add({.method = method,
                      .pattern = std::move(path),
                      .door = door,
                      .keep = web::Keep::nothing,
                      .body_limit = 0,
                      .handle = take_plan,
                      .upload = web::Upload<Visit>{.takes = {.files = 1, .each = 1u << 20, .kinds = {"pdf"}},
                                                   .admit = [](Visit& visit) -> Result<web::Takes> {
                                                     // A small plan where the address says so: less than the route
                                                     // takes elsewhere.
                                                     const std::uint64_t each =
                                                         visit.query("small").empty() ? 1u << 20 : 1'000;
                                                     if (visit.person && visit.person->email == "anna@example.org")
                                                       return web::Takes{.files = 1, .each = each, .kinds = {"pdf"}};
                                                     return refuse(Why::forbidden, {"people.refused-forbidden"});
                                                   }}});
  };
  upload(http::Method::post, "/test/plan", web::Door::signed_in);
  upload(http::Method::put, "/api/test/plan", web::Door::token);
  upload(http::Method::post, "/{platform}/test-plan", web::Door::anyone);
  house.routes.add({http::Method::get, "/test/plan/{id}", web::Door::anyone, web::Keep::nothing, 0, [](Visit& visit) {
                      auto file = visit.house.files.read(visit.params["id"]);
                      if (!file) return visit.refusal(file.error());
                      return web::download(visit.request, *std::move(file), "application/pdf", "plan.pdf");
                    }});
}

struct Uploading : OnEach {
  Uploading() : OnEach({.more_routes = add_routes}) {}

  struct Outcome {
    int status = 0;
    bool body_read = false;
    std::string body;
    boost::json::value json() const { return boost::json::parse(body); }
  };

  std::optional<std::uint64_t> limit(http::Method method, std::string_view path) {
    http::Head head{};
    head.method = method;
    head.path = head.target = path;
    head.host = "127.0.0.1:8080";
    return program.reception().upload_limit(head);
  }

  /// As the server does it.
  Outcome upload(Somebody& somebody, http::Method method, std::string path, std::string_view type,
                 const std::string& body, std::string_view site = "same-origin") {
    http::Request request;
    request.method = method;
    request.path = std::move(path);
    if (const auto query = request.path.find('?'); query != std::string::npos) {
      request.query = request.path.substr(query + 1);
      request.path.resize(query);
    }
    request.host = somebody.host;
    request.remote = somebody.remote;
    request.headers = somebody.headers;
    request.headers.emplace_back("content-type", type);
    request.headers.emplace_back("sec-fetch-site", site);
    std::string jar;
    for (const auto& [name, value] : somebody.cookies) jar += (jar.empty() ? "" : "; ") + name + '=' + value;
    if (!jar.empty()) request.headers.emplace_back("cookie", jar);
    EXPECT_TRUE(limit(request.method, request.path));
    auto arrival = program.reception().receive(request);
    if (!arrival) return {arrival.error().status, false, arrival.error().body ? *arrival.error().body : ""};
    for (std::size_t at = 0; at < body.size(); at += 10'000)
      if (!(*arrival)->take(std::string_view(body).substr(at, 10'000))) break;
    const auto response = (*arrival)->answer();
    return {response.status, true, response.body ? *response.body : ""};
  }

  std::size_t left() {
    const auto folder = program.building().folder().path() / "incoming";
    return std::size_t(
        std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
  }
};
ON_EACH(Uploading);

TEST_P(Uploading, BringsItsFieldsAndItsFileToThePage) {
  auto anna = program.person("anna@example.org");
  const auto came = upload(anna, http::Method::post, "/test/plan", form_type, form("Rain", "../plän.pdf", pdf));
  ASSERT_EQ(came.status, 201) << came.body;
  EXPECT_EQ(came.json().at("title"), "Rain");
  EXPECT_EQ(came.json().at("name"), "plän.pdf");
  EXPECT_EQ(came.json().at("sha256").as_string(), hex(crypto::view(crypto::sha256(pdf))));
  const std::string id(came.json().at("id").as_string());
  EXPECT_EQ(program.house().files.redeem(came.json().at("ticket").as_string())->file.id, id);
  const auto given = anna.get("/test/plan/" + id);
  EXPECT_EQ(given.status, 200);
  EXPECT_EQ(given.header("content-disposition"), "attachment; filename=\"plan.pdf\"");
  EXPECT_EQ(anna.get("/test/plan/" + std::string(32, '0')).status, 404);
  EXPECT_EQ(left(), 0u);
}

TEST_P(Uploading, IsRefusedBeforeItsBodyToWhoMayNotSendIt) {
  const auto body = form("Rain", "plan.pdf", pdf);
  auto nobody = program.visitor(), ben = program.person("ben@example.org"), anna = program.person("anna@example.org");
  const auto refused = [&](Somebody& who, std::string path, int status, std::string_view site = "same-origin") {
    const auto came =
        upload(who, path.starts_with("/api/") ? http::Method::put : http::Method::post, path, form_type, body, site);
    EXPECT_EQ(came.status, status) << path;
    EXPECT_FALSE(came.body_read) << path;
  };
  refused(nobody, "/test/plan", 303);
  refused(nobody, "/api/test/plan", 401);
  refused(ben, "/test/plan", 403);
  refused(anna, "/test/plan", 403, "cross-site");
  refused(anna, "/nowhere/test-plan", 404);
  EXPECT_EQ(upload(anna, http::Method::post, "/test/plan", "multipart/form-data", body).status, 422) << "no boundary";
  EXPECT_EQ(left(), 0u);
}

TEST_P(Uploading, IsOnlyWhatARouteDeclaresAsOne) {
  EXPECT_GT(limit(http::Method::post, "/test/plan"), std::size_t(1) << 20);
  EXPECT_FALSE(limit(http::Method::put, "/test/plan"));
  EXPECT_FALSE(limit(http::Method::get, "/test/plan/x"));
  EXPECT_FALSE(limit(http::Method::post, "/account/name"));
  // The same for a platform that is not there: a size that is refused would tell which ones there are.
  program.platform("delta");
  EXPECT_EQ(limit(http::Method::post, "/delta/test-plan"), limit(http::Method::post, "/nowhere/test-plan"));
}

TEST_P(Uploading, OfTheWrongKindIsSaidBesideItsField) {
  auto anna = program.person("anna@example.org");
  const auto came =
      upload(anna, http::Method::post, "/test/plan", form_type, form("Rain", "plan.pdf", "MZ\x90 a program"));
  EXPECT_EQ(came.status, 422);
  EXPECT_EQ(came.json().at("error").at("fields").at(0).at("field"), "plan");
  EXPECT_EQ(came.json().at("error").at("fields").at(0).at("code"), "files.type-differs");
  EXPECT_EQ(upload(anna, http::Method::post, "/test/plan", form_type, form("Rain", "", "")).json().at("title"), "Rain");
  EXPECT_EQ(upload(anna, http::Method::post, "/test/plan", form_type, "--X\r\n").status, 422);
  EXPECT_EQ(left(), 0u);
}

TEST_P(Uploading, ByAProgramIsOneRawBody) {
  auto anna = program.person("anna@example.org");
  const auto came = upload(anna, http::Method::put, "/api/test/plan?name=plan.pdf", "application/pdf", pdf);
  ASSERT_EQ(came.status, 201) << came.body;
  EXPECT_EQ(came.json().at("name"), "plan.pdf");
  EXPECT_EQ(upload(anna, http::Method::put, "/api/test/plan?name=plan.exe", "application/pdf", pdf)
                .json()
                .at("error")
                .at("code"),
            "files.type-not-taken");
}

TEST_P(Uploading, KeptForAnActThatNeverHappenedGoesAgain) {
  auto& house = program.house();
  auto incoming = house.files.receive().value();
  ASSERT_TRUE(incoming.write(pdf));
  const auto named = house.files.keep(std::move(incoming)).value();
  auto other = house.files.receive().value();
  ASSERT_TRUE(other.write(pdf));
  const auto orphan = house.files.keep(std::move(other)).value();
  house.knows_file.push_back([&](storage::ReadTx&, std::string_view id) { return id == named.id; });
  const auto sweep =
      std::ranges::find_if(house.recurring, [](const auto& r) { return r.name.text() == "files.sweep"; });
  ASSERT_NE(sweep, house.recurring.end());
  program.clock.advance(files::unclaimed_life_ms + 1);
  sweep->run({});
  EXPECT_TRUE(house.files.read(named.id));
  EXPECT_FALSE(house.files.read(orphan.id));
}

}  // namespace
}  // namespace polder::app
