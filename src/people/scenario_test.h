// Scenarios: a whole house in a folder, and people who use it through requests, without a server. A test says who asks
// for what, and what they must and must not see:
//
//   Scenario s(GetParam(), {{consultations::add_words, consultations::install}});
//   auto& anna = s.person("anna@example.org", {.name = "Anna"});
//   anna.post("/account/name", {{"new-name", ""}}).expect(422).has("Fill this in.");
//   s.visitor().get("/account").expect(303).to("/account/sign-in?next=%2Faccount");
//
// A failure names the line of the expectation and shows what came. Every page is also held to what all pages promise:
// it is said in words (no catalogue key shows through), and what is refused keeps no secret that was typed.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <initializer_list>
#include <map>
#include <memory>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/mail/mail.h"
#include "kernel/storage/house_test.h"
#include "people/visit.h"

namespace polder::people {

class Scenario;
class Browser;

using Line = std::source_location;
using Fields = std::vector<std::pair<std::string, std::string>>;

/// A file chosen in a form.
struct File {
  std::string field, name, bytes;
};

/// What came back.
class Answer {
 public:
  Answer(Browser& browser, std::string asked, http::Response response);

  const Answer& expect(int status, Line line = Line::current()) const;
  /// Words that the reader sees, or markup; either is looked for as it is and as it is escaped.
  const Answer& has(std::string_view words, Line line = Line::current()) const;
  const Answer& lacks(std::string_view words, Line line = Line::current()) const;
  /// 303 See Other to exactly this address.
  const Answer& to(std::string_view location, Line line = Line::current()) const;
  /// The page that a redirect leads to.
  Answer follow(Line line = Line::current()) const;

  int status() const { return response_.status; }
  const std::string& body() const { return body_; }
  std::string header(std::string_view lower_case_name) const;
  boost::json::value json() const { return boost::json::parse(body_); }
  /// The value of the first form control of that name: the idempotency key, an id.
  std::string value(std::string_view control) const;

 private:
  void fail(const Line& line, const std::string& what) const;

  Browser* browser_;
  std::string asked_;
  http::Response response_;
  std::string body_;
};

/// Somebody's browser: keeps cookies, sends what a browser sends.
class Browser {
 public:
  explicit Browser(Scenario& scenario) : scenario_(scenario) {}

  Answer get(std::string_view target);
  /// A form; `target` may have a query. No key is added: two equal posts are two acts.
  Answer post(std::string_view target, const Fields& fields = {});
  /// A form with files, to a route that takes uploads.
  Answer upload(std::string_view target, const Fields& fields, const std::vector<File>& files);
  Answer post_json(std::string_view target, const boost::json::value& body);
  Answer send(http::Request request);

  std::map<std::string, std::string, std::less<>> cookies = {};
  std::string token = {};  ///< an API token, sent as Authorization
  std::string remote = "192.0.2.1";
  std::string language = "en";  ///< Accept-Language
  std::string agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
  bool from_elsewhere = false;  ///< as if another site's page had sent it

 private:
  Scenario& scenario_;
};

/// A room above this one that takes part: consultations, dialogue.
struct Room {
  void (*add_words)(governance::Vocabulary&) = nullptr;
  void (*install)(House&) = nullptr;
};

/// What a person begins with.
struct Given {
  std::string name = {};
  std::string password = {};  ///< empty: none
  i18n::Language language = i18n::Language::en;
};

class Scenario {
 public:
  /// `database`: "sqlite" or "postgres". Without that database here, `exists()` is false and the test is to be skipped.
  explicit Scenario(const std::string& database, const std::vector<Room>& rooms = {});
  ~Scenario();
  Scenario(const Scenario&) = delete;
  Scenario& operator=(const Scenario&) = delete;
  bool exists() const { return inside_ != nullptr; }

  House& house();
  ManualClock& clock();
  storage::House& place();
  const std::filesystem::path& folder() const;

  /// A browser that is signed in nowhere; each call another one.
  Browser& visitor();
  /// The browser of a person with this address, signed in. Made on the first call; the same on every other.
  Browser& person(const std::string& email, const Given& given = {});
  Id id_of(const std::string& email);
  record::Actor actor(const std::string& email, Id platform = record::server_platform);

  /// A platform with this charter (TOML), its log, and nothing else.
  Id platform(const std::string& slug, std::string_view charter);
  void give_role(const std::string& email, Id platform, std::string_view role);

  /// Everything that is due now, jobs and recurring work alike, and what becomes due by it.
  void run_jobs();
  /// The mails to this address that were not deleted yet, the oldest first; jobs that are due are run before.
  std::vector<mail::Mail> mails(const std::string& to);
  /// The path of the link in the newest mail to this address.
  std::string link(const std::string& to, Line line = Line::current());

 private:
  friend class Browser;
  http::Response answer(const http::Request& request);
  void run(bool by_the_clock);
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

/// A test that runs on both databases: `class X : public OnBothDatabases`, `TEST_P(X, …)`, ON_BOTH_DATABASES(X).
class OnBothDatabases : public testing::TestWithParam<std::string> {
 protected:
  explicit OnBothDatabases(const std::vector<Room>& rooms = {}) : s(GetParam(), rooms) {}
  void SetUp() override {
    if (!s.exists()) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
  }
  Scenario s;
};
#define ON_BOTH_DATABASES(suite)                                               \
  INSTANTIATE_TEST_SUITE_P(Both, suite, testing::Values("sqlite", "postgres"), \
                           [](const auto& which) { return which.param; })

}  // namespace polder::people
