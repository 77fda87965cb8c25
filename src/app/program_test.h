// The whole program without its sockets, on a database of the test's own: a building, its reception, and people who
// send requests to it.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/building.h"
#include "app/figures.h"
#include "app/reception.h"
#include "kernel/storage/house_test.h"

namespace polder::app {

using FormFields = std::vector<std::pair<std::string, std::string>>;

struct Reply {
  int status = 0;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string header(std::string_view lower_case_name) const;
  bool has(std::string_view words) const { return body.find(words) != body.npos; }
  boost::json::value json() const { return boost::json::parse(body); }
};

class Program;

/// Somebody's browser: keeps cookies and says where it comes from, as browsers do.
class Somebody {
 public:
  explicit Somebody(Program& program) : program_(program) {}
  Reply get(const std::string& target);
  Reply post(const std::string& target, const FormFields& fields = {});
  Reply send(http::Request request);

  std::map<std::string, std::string, std::less<>> cookies = {};
  std::string host = "127.0.0.1:8080", language = "en", remote = "192.0.2.7";
  bool relayed = false;
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< sent with every request

 private:
  Program& program_;
};

struct ProgramOptions {
  std::string base_url = "http://127.0.0.1:8080";
  bool any_host = true;
  bool demo = false;
  std::string metrics_token = {};
  std::size_t stopped_records = 0;
  std::function<void(people::House&)> more_routes = {};  ///< before the doors open
  std::uint64_t seed = 7;
};

class Program {
 public:
  explicit Program(const std::string& database = "sqlite", ProgramOptions options = {});
  /// Another node: on the database of this one, with its secret and a folder of its own.
  Program(const Program& first, ProgramOptions options);
  ~Program();
  bool exists() const { return place_ != nullptr; }

  people::House& house() { return building_->house(); }
  Building& building() { return *building_; }
  Reception& reception() { return *reception_; }

  Somebody visitor() { return Somebody(*this); }
  /// Signed in. The address has these roles on the server.
  Somebody person(const std::string& email, const std::vector<std::string>& server_roles = {});
  Id id_of(const std::string& email);

  /// Through the act, from the charter of a file that comes with the program; `text` then changes it to another.
  Id platform(const std::string& slug, const std::string& administrator = "boss@example.org",
              std::string_view text = {});
  record::Recorded act(Id platform, const record::Actor& actor, std::string_view name,
                       const boost::json::object& fields);
  void give(Id platform, const std::string& email, const std::string& role);

  /// From a kept page or an asset, as the I/O thread would; nothing when a worker must be asked.
  std::shared_ptr<const http::Finished> kept(const std::string& target, const std::string& cookie = {},
                                             const std::string& language = "en", std::string_view accept_encoding = {});

  storage::Folder folder;
  ManualClock clock{Time{1'798'761'600'000}};  // 2027-01-01T00:00:00Z
  SeededRandom random;

 private:
  Program(std::shared_ptr<storage::House> place, ProgramOptions options, const std::filesystem::path& secret);

  ProgramOptions options_;
  std::shared_ptr<storage::House> place_;
  std::unique_ptr<Building> building_;
  std::unique_ptr<Figures> figures_;
  std::unique_ptr<Reception> reception_;
};

/// `class X : public OnEach`, TEST_P(X, …), ON_EACH(X): on SQLite and on PostgreSQL.
class OnEach : public testing::TestWithParam<std::string> {
 protected:
  explicit OnEach(ProgramOptions options = {}) : program(GetParam(), std::move(options)) {}
  void SetUp() override {
    if (!program.exists()) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
  }
  Program program;
};
#define ON_EACH(suite)                                                         \
  INSTANTIATE_TEST_SUITE_P(Each, suite, testing::Values("sqlite", "postgres"), \
                           [](const auto& which) { return which.param; })

/// A file of the repository; the test fails where there is none.
std::string file_of(const std::string& path);

}  // namespace polder::app
