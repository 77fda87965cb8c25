// Erasure erases: afterwards no table and no file holds a word of the person, and the record still verifies.
#include <fstream>
#include <sstream>

#include "people/housekeeping.h"
#include "people/notes_test.h"
#include "people/store.h"
#include "record/audit.h"
#include "record/store.h"

namespace polder::people {
namespace {

constexpr auto anna = "anna.quetzalcoatl@example.org", bob = "bob@example.org";
constexpr auto secret = "correct horse battery";
/// What must be nowhere afterwards. The first letter of each is left out, so that case cannot hide one.
constexpr std::array traces{"nna.quetzalcoatl", "ermeer-Zwartewater", "erstwhile ichthyosaur", "rubicund pamphleteer"};

/// A platform's log as a stranger reads it, straight from the house.
class OfHouse final : public record::Source {
 public:
  OfHouse(record::Logs& logs, Id platform) : logs_(logs), platform_(platform) {}
  Result<std::string> fetch(std::string_view path) override {
    if (path == "checkpoint") {
      TRY(auto checkpoint, logs_.checkpoint(platform_));
      return checkpoint.note;
    }
    TRY(const auto tile, record::parse_tile_path(path));
    return logs_.tile(platform_, tile);
  }

 private:
  record::Logs& logs_;
  Id platform_;
};

class Erasure : public OnBothDatabases {
 protected:
  Erasure() : OnBothDatabases({notes::room}) {}
  void SetUp() override {
    OnBothDatabases::SetUp();
    if (s.exists()) platform = s.platform("delta", notes::charter);
  }

  /// Anna leaves traces wherever this room and those below it can hold one.
  Browser& live() {
    auto& browser = s.person(anna, {.name = "Vermeer-Zwartewater", .password = secret});
    browser.post("/account/name", {{"new-name", "Anna Vermeer-Zwartewater"}}).expect(303);
    browser.post("/delta/notes", {{"key", "k1"}, {"words", "My erstwhile ichthyosaur was here."}}).expect(303);
    browser.post("/account/tokens", {{"token-name", "rubicund pamphleteer"}, {"scopes", "read"}, {"days", "30"}})
        .expect(200);
    browser.post("/account/erase/mail").expect(303);
    browser.post("/account/reset", {{"email", anna}}).expect(303);
    s.clock().advance(30 * minute_ms);  // her mails are limited, as everybody's are
    s.visitor()
        .post("/account/sign-up",
              {{"email", anna}, {"full-name", "Vermeer-Zwartewater"}, {"password", secret}, {"language", "en"}})
        .expect(303);
    // Waiting for confirmation, in an act that names her.
    s.visitor()
        .post("/delta/notes",
              {{"words", "Another erstwhile ichthyosaur"}, {"email", anna}, {"name", "Vermeer-Zwartewater"}})
        .expect(303);
    // Named by others: asked into an organisation, given a role.
    auto& friend_of_hers = s.person(bob, {.name = "Bob"});
    for (const auto* organisation : {"Growers", "Rowers"}) {
      const auto page =
          friend_of_hers.post("/account/organisations", {{"organisation-name", organisation}, {"kind", "company"}})
              .header("location");
      friend_of_hers.post(page, {{"email", anna}, {"role", "member"}}).expect(303);
      if (organisation == std::string_view("Growers")) browser.post(page + "/join").expect(303);
    }
    EXPECT_TRUE(s.house().acts.perform({.platform = platform,
                                        .actor = record::Actor::console(),
                                        .name = "platforms.appoint",
                                        .fields = {{"email", anna}, {"role", "keeper"}}}));
    s.run_jobs();
    return browser;
  }

  /// Every value of every table, as bytes, one a line.
  std::string all_tables() {
    auto& db = s.house().database;
    struct Column {
      std::string table, name;
      bool bytes = false;
    };
    constexpr storage::Statement of_sqlite{
        "test.columns",
        "SELECT t.name, c.name, c.type FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"};
    constexpr storage::Statement of_postgres{"test.columns",
                                             "SELECT table_name::text, column_name::text, data_type::text FROM "
                                             "information_schema.columns WHERE table_schema = "
                                             "current_schema()"};
    std::string out;
    db.read([&](storage::ReadTx& tx) {
      const auto columns = tx.all<Column>(db.is_sqlite() ? of_sqlite : of_postgres, [](const storage::Row& row) {
        return Column{row.get<std::string>(0), row.get<std::string>(1), row.text(2) == "bytea"};
      });
      for (const auto& [table, name, bytes] : columns) {
        const std::string value = db.is_sqlite() ? "CAST(" + name + " AS BLOB)"
                                  : bytes        ? name
                                                 : "convert_to(" + name + "::text, 'UTF8')";
        const std::string id = "test." + table + "-" + name,
                          sql = "SELECT " + value + " FROM " + table + " WHERE " + name + " IS NOT NULL";
        tx.each({id, sql}, [&](const storage::Row& row) { out += '\n' + std::string(row.text(0)) + '\n'; });
      }
    });
    return out;
  }

  std::string all_files() {
    std::string out;
    std::vector<std::filesystem::path> folders{s.folder()};
    if (s.house().database.is_sqlite())
      folders.push_back(
          std::filesystem::path(s.place().url().substr(std::string_view("sqlite:").size())).parent_path());
    for (const auto& folder : folders)
      for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ostringstream bytes;
        bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        out += entry.path().filename().string() + '\n' + bytes.str() + '\n';
      }
    return out;
  }

  void verify() {
    for (const Id log : {record::server_platform, platform}) {
      OfHouse source(s.house().logs, log);
      const auto verifier = s.house().logs.verifier(log);
      ASSERT_TRUE(verifier);
      const auto report = record::audit(source, *verifier);
      ASSERT_TRUE(report) << report.error().message.key;
      EXPECT_GT(report->checkpoint.size, 0u);
    }
  }

  Id platform{};
};
ON_BOTH_DATABASES(Erasure);

TEST_P(Erasure, NothingOfThePersonIsLeftAndTheRecordStillVerifies) {
  auto& browser = live();
  const Id id = s.id_of(anna);
  const auto before = all_tables() + all_files();
  for (const auto* trace : traces)
    ASSERT_NE(before.find(trace), std::string::npos) << trace << " was there to be found";
  verify();

  browser.post("/account/erase", {{"current", secret}}).to("/");
  EXPECT_EQ(browser.cookies.count(session_cookie), 0u);
  s.run_jobs();
  // Jobs that are done are forgotten in time; nothing waits for that here but their keys.
  const auto tables = all_tables(), files = all_files();
  for (const auto* trace : traces) {
    EXPECT_EQ(tables.find(trace), std::string::npos)
        << trace << " is still in a table: " << tables.substr(tables.find(trace) - 100, 300);
    EXPECT_EQ(files.find(trace), std::string::npos) << trace << " is still in a file";
  }
  EXPECT_EQ(tables.find(str(id)), std::string::npos) << "her id leads nowhere, and is nowhere";
  EXPECT_EQ(tables.find('\n' + std::to_string(id.value) + '\n'), std::string::npos);
  verify();
}

TEST_P(Erasure, AddressesHadBeforeAndOnlyAskedForGoToo) {
  auto& browser = live();
  s.clock().advance(day_ms);
  const auto ask = [&](const std::string& email) {
    browser.post("/account/email", {{"new-email", email}, {"current", secret}}).to("/account/check-your-mail");
    return s.link(email);
  };
  browser.post(ask("next@quetzalcoatl.example")).to("/account");
  (void)ask("mistyped@quetzalcoatl.example");
  s.clock().advance(2 * day_ms);  // what was asked for is over, the mail is still kept
  s.run_jobs();
  const auto before = all_tables();
  for (const auto* trace : {anna, "next@quetzal", "mistyped@quetzal"})
    ASSERT_NE(before.find(trace), std::string::npos) << trace;
  browser.post("/account/erase", {{"current", secret}}).to("/");
  s.run_jobs();
  const auto after = all_tables() + all_files();
  EXPECT_EQ(after.find("quetzalcoatl"), std::string::npos);
  verify();
}

TEST_P(Erasure, WhatIsGivenToAnAddressThatIsNoLongerTheirsStays) {
  auto& browser = live();
  s.clock().advance(day_ms);
  const auto ask = [&](const std::string& email) {
    browser.post("/account/email", {{"new-email", email}, {"current", secret}}).to("/account/check-your-mail");
  };
  ask("next@example.org");
  browser.post(s.link("next@example.org")).to("/account");
  ask("chair@example.org");
  s.give_role(anna, platform, "keeper");                 // who reads the address now
  s.give_role("chair@example.org", platform, "keeper");  // who was named before they came
  browser.post("/account/erase", {{"current", secret}}).to("/");
  for (const auto* other : {anna, "chair@example.org"})
    EXPECT_EQ(s.actor(other, platform).roles, std::vector<std::string>{"keeper"}) << other;
}

TEST_P(Erasure, TheLeafStaysWithItsRoleAndWithoutItsPerson) {
  auto& browser = live();
  browser.post("/account/erase", {{"current", secret}}).to("/");
  const auto acts = s.house().database.read(
      [](storage::ReadTx& tx) { return record::store::acts_of_platform(tx, record::server_platform, -1, 1); });
  ASSERT_EQ(acts.size(), 1u);
  const auto last = s.house().database.read([&](storage::ReadTx& tx) { return record::store::act(tx, acts[0].id); });
  EXPECT_EQ(last->name, "people.erase");
  EXPECT_EQ(last->role, "person");
  EXPECT_FALSE(last->person);
  EXPECT_FALSE(last->content);
  EXPECT_FALSE(last->opening);
}

TEST_P(Erasure, WhatOthersDidStays) {
  auto& browser = live();
  s.person(bob).post("/delta/notes", {{"words", "Bob was here."}}).expect(303);
  browser.post("/account/erase", {{"current", secret}}).to("/");
  s.run_jobs();
  EXPECT_NE(all_tables().find("Bob was here."), std::string::npos);
  s.person(bob).get("/account").expect(200).has("Growers");
}

TEST_P(Erasure, EverySessionAndKeyEnds) {
  auto& browser = live();
  auto& other = s.visitor();
  other.post("/account/sign-in", {{"email", anna}, {"password", secret}}).expect(303);
  browser.post("/account/erase", {{"current", secret}}).to("/");
  other.get("/account").expect(303);
  s.visitor().post("/account/sign-in", {{"email", anna}, {"password", secret}}).expect(422);
}

TEST_P(Erasure, NeedsThePasswordOrAFreshLink) {
  auto& browser = s.person(anna, {.password = secret});
  browser.get("/account/erase").expect(200).has("What goes").has("What stays");
  browser.post("/account/erase", {{"current", "not this one"}}).expect(422).has("This is not your password");
  browser.post("/account/erase/mail").to("/account/check-your-mail");
  const auto link = s.link(anna);
  s.person(bob).get(link).expect(404);
  s.person(bob).post(link).expect(403);
  s.visitor().post(link).expect(303);
  EXPECT_TRUE(s.id_of(anna));
  browser.get(link).expect(200).has("Erase my account for good");
  EXPECT_TRUE(s.id_of(anna)) << "opening a link does nothing";
  s.clock().advance(hour_ms);
  browser.post(link).expect(403);
  EXPECT_TRUE(s.id_of(anna));
  browser.post("/account/erase/mail").expect(303);
  browser.post(s.link(anna)).to("/");
  EXPECT_FALSE(s.id_of(anna));
}

TEST_P(Erasure, TheAddressCanBeginAnew) {
  live().post("/account/erase", {{"current", secret}}).to("/");
  s.clock().advance(day_ms);
  s.visitor()
      .post("/account/sign-up", {{"email", anna}, {"full-name", "New"}, {"password", secret}, {"language", "en"}})
      .expect(303);
  auto& again = s.visitor();
  again.post(s.link(anna)).to("/account").follow().has("New");
  again.get("/account/organisations").lacks("Growers").lacks("Rowers");
  EXPECT_TRUE(s.actor(anna, platform).roles.empty()) << "no role is inherited";
}

TEST_P(Erasure, AnUnusedAccountIsToldAndThenErased) {
  (void)s.person(anna, {.name = "Anna"});
  auto& lively = s.person(bob, {.name = "Bob", .password = secret});
  const auto months = [&](int n) {
    for (int i = 0; i < n; ++i) {
      s.clock().advance(31 * day_ms);
      lively.cookies.clear();
      lively.post("/account/sign-in", {{"email", bob}, {"password", secret}}).expect(303);
      s.run_jobs();
    }
  };
  months(22);
  EXPECT_TRUE(s.mails(anna).empty());
  months(1);
  s.clock().advance(2 * day_ms);
  s.run_jobs();
  ASSERT_EQ(s.mails(anna).size(), 1u);
  EXPECT_NE(s.mails(anna)[0].subject.find("Your account will be erased"), std::string::npos);
  s.run_jobs();
  EXPECT_EQ(s.mails(anna).size(), 1u) << "told once";
  s.clock().advance(notice_ms - day_ms);
  s.run_jobs();
  EXPECT_TRUE(s.id_of(anna));
  s.clock().advance(2 * day_ms);
  s.run_jobs();
  EXPECT_FALSE(s.id_of(anna));
  EXPECT_TRUE(s.id_of(bob));
  EXPECT_TRUE(s.mails(bob).empty());
}

TEST_P(Erasure, WhoSignsInBeforeTheDayStays) {
  (void)s.person(anna, {.password = secret});
  s.clock().advance(24 * 31 * day_ms);
  s.run_jobs();
  ASSERT_EQ(s.mails(anna).size(), 1u);
  s.visitor().post("/account/sign-in", {{"email", anna}, {"password", secret}}).expect(303);
  s.clock().advance(notice_ms + day_ms);
  s.run_jobs();
  EXPECT_TRUE(s.id_of(anna));
}

TEST_P(Erasure, WhatIsOverIsDeletedByTheClock) {
  (void)live();
  s.clock().advance(400 * day_ms);
  s.run_jobs();
  const auto left = s.house().database.read([](storage::ReadTx& tx) {
    return *tx.value<std::int64_t>(
        {"test.over",
         "SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM proofs) + (SELECT count(*) FROM api_tokens) + "
         "(SELECT count(*) FROM pending_acts) + (SELECT count(*) FROM limits)"});
  });
  EXPECT_EQ(left, 0);
}

}  // namespace
}  // namespace polder::people
