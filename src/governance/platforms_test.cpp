// Platforms: who makes them, who changes their charter, who gives a role, and that no platform reaches into another.
#include "governance/platforms.h"

#include <gtest/gtest.h>

#include <array>

#include "governance/store.h"
#include "governance/test_words.h"
#include "kernel/base/embedded.h"
#include "kernel/storage/house_test.h"
#include "record/log.h"

namespace polder::governance {
namespace {

using fields::json::object;
using record::Actor;

Vocabulary all_words() {
  Vocabulary words = test_words();
  for (const auto* act : {"sign-up", "change-name", "change-language", "change-password", "change-email",
                          "reset-password", "erase", "retire", "create-token", "revoke-token"})
    words.acts.push_back(
        {.name = std::string("people.") + act, .words = "x", .by_clock = act == std::string_view("retire")});
  for (const auto* act :
       {"create", "invite", "join", "leave", "describe", "declare-owner", "confirm-owner", "end-ownership"})
    words.acts.push_back({.name = std::string("organisations.") + act, .words = "x"});
  return words;
}

class PlatformsTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    house_ = storage::House::build(GetParam());
    if (!house_) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
    db_ = storage::Database::open({.url = house_->url(), .readers = 2}).value();
    const std::vector<storage::Migration> migrations{
        {"record", 1, "record", std::string(embedded("migrations/record/0001_record.sql").value())},
        {"governance", 1, "platforms", std::string(embedded("migrations/governance/0001_platforms.sql").value())},
        {"governance", 2, "applications",
         std::string(embedded("migrations/governance/0002_applications.sql").value())}};
    ASSERT_TRUE(db_->migrate(migrations));
    start();
    delta_ = create("delta");
  }
  void start() {
    acts_.reset();
    means_.reset();
    logs_ = std::make_unique<record::Logs>(*db_, clock_, std::string(32, 's'), "");
    platforms_ = std::make_unique<Platforms>(*db_, words_);
    ASSERT_TRUE(platforms_->load(*logs_, clock_, "example.org/record"));
    acts_ = std::make_unique<record::Acts>(record::Acts::Means{
        .database = *db_,
        .clock = clock_,
        .ids = ids_,
        .random = chance_,
        .logs = *logs_,
        .gate = [this](storage::ReadTx& tx, Id platform, const Actor& actor, std::string_view act,
                       std::string_view phase) { return platforms_->may(tx, platform, actor, act, phase); },
        .renewed = {}});
    means_ = std::make_unique<ActMeans>(ActMeans{*platforms_, *logs_, "example.org"});
    add_acts(*acts_, *means_);
  }

  static Actor with(std::vector<std::string> roles) {
    return {.kind = Actor::Kind::person, .person = Id{7}, .roles = std::move(roles)};
  }
  static object create_fields(const std::string& slug) {
    return {{"slug", slug},
            {"charter", "legislation"},
            {"title", "Laws of Delta"},
            {"operated-by", "The ministry of Delta"},
            {"languages", fields::json::array{"nl", "en"}},
            {"administrator", "Boss@Example.org"},
            {"officials", fields::json::array{"o1@example.org", "o2@example.org"}}};
  }
  /// What a person is told: "" when it was done.
  std::string told(Id platform, const Actor& actor, std::string_view act, const object& fields) {
    const auto done = acts_->perform({platform, actor, std::string(act), fields});
    if (done) return "";
    const auto& r = done.error();
    return r.fields.empty() ? r.message.key : r.fields.front().field + ' ' + r.fields.front().message.key;
  }
  Id create(const std::string& slug) {
    return acts_->perform({record::server_platform, Actor::console(), "platforms.create", create_fields(slug)})
        .value()
        .made;
  }
  std::vector<std::string> roles(Id platform, std::string_view email) {
    return db_->read([&](storage::ReadTx& tx) { return roles_of_address(tx, platform, email); });
  }
  std::string charter_of(Id platform) { return platforms_->list()->by_id(platform)->charter_text; }
  std::string changed(Id platform, std::string_view from, std::string_view to) {
    std::string text = charter_of(platform);
    const auto at = text.find(from);
    EXPECT_NE(at, text.npos) << from;
    return text.replace(at, from.size(), to);
  }

  ManualClock clock_{Time{1'800'000'000'000}};
  SeededRandom chance_{1};
  IdSource ids_{clock_, chance_};
  const Vocabulary words_ = all_words();
  std::unique_ptr<storage::House> house_;
  std::unique_ptr<storage::Database> db_;
  std::unique_ptr<record::Logs> logs_;
  std::unique_ptr<Platforms> platforms_;
  std::unique_ptr<ActMeans> means_;
  std::unique_ptr<record::Acts> acts_;
  Id delta_;
};
INSTANTIATE_TEST_SUITE_P(Both, PlatformsTest, testing::Values("sqlite", "postgres"),
                         [](const auto& which) { return which.param; });

TEST_P(PlatformsTest, OneIsMadeFromACharterWithItsNameLanguagesAndPeople) {
  const auto list = platforms_->list();
  const auto delta = list->by_slug("delta");
  ASSERT_NE(delta, nullptr) << "it is there at once";
  EXPECT_EQ(delta->id, delta_);
  EXPECT_EQ(delta->name(i18n::Language::en), "Laws of Delta");
  EXPECT_EQ(delta->languages, (std::vector{i18n::Language::nl, i18n::Language::en})) << "the first is the default";
  EXPECT_EQ(delta->charter.languages, (std::vector<std::string>{"nl", "en"}));
  EXPECT_EQ(delta->charter.operated_by.name.in("en").text, "The ministry of Delta");
  EXPECT_EQ(delta->charter.number("consultations", "minimum_weeks"), 4);
  EXPECT_EQ(roles(delta_, "boss@example.org"), std::vector<std::string>{"administrator"});
  EXPECT_EQ(roles(delta_, "o1@example.org"), std::vector<std::string>{"official"});
  EXPECT_EQ(logs_->verifier(delta_)->name, "example.org/delta/record") << "with a record of its own";
  EXPECT_EQ(list->by_id(delta_), delta);
  EXPECT_EQ(list->by_slug("server"), nullptr);
  EXPECT_EQ(list->by_id(record::server_platform), list->server);
}

TEST_P(PlatformsTest, OnlyTheServersAdministratorMakesOne) {
  const auto make = [&](const Actor& actor, Id where = record::server_platform) {
    return told(where, actor, "platforms.create", create_fields("water"));
  };
  EXPECT_EQ(make(Actor::visitor()), "governance.refused.role");
  EXPECT_EQ(make(Actor::clock()), "governance.refused.role");
  EXPECT_EQ(make(with({})), "governance.refused.role");
  EXPECT_EQ(make(with({"official"})), "governance.refused.role");
  EXPECT_EQ(make(with({"administrator"})), "");
}

TEST_P(PlatformsTest, NoPlatformsCharterMayLetSomebodyMakePlatforms) {
  const std::string generous = charter_of(delta_) + "\n[[rules]]\nact = \"platforms.create\"\nwho = [\"citizen\"]\n";
  (void)told(delta_, with({"administrator"}), "platforms.change-charter", {{"charter", generous}});
  EXPECT_NE(told(delta_, with({}), "platforms.create", create_fields("water")), "");
  EXPECT_NE(told(delta_, Actor::console(), "platforms.create", create_fields("water")), "")
      << "only the server holds platforms";
  EXPECT_EQ(platforms_->list()->by_slug("water"), nullptr);
}

TEST_P(PlatformsTest, ANameThatLeadsElsewhereOrIsTakenIsRefused) {
  const auto make = [&](const std::string& slug) {
    return told(record::server_platform, Actor::console(), "platforms.create", create_fields(slug));
  };
  for (const auto* slug :
       {"delta", "server", "account", "assets", "api", "metrics", "healthz", "setup", "demo", "record"})
    EXPECT_EQ(make(slug), "slug governance.slug-taken") << slug;
  for (const auto* slug : {"", "a", "Delta", "a b", "-a", "../a", "a.b"})
    EXPECT_TRUE(make(slug).starts_with("slug ")) << slug;
}

TEST_P(PlatformsTest, ACharterThatDoesNotComeWithTheProgramIsRefused) {
  for (const auto* name : {"nothing", "server", "../LICENSE", "legislation.toml"}) {
    auto fields = create_fields("water");
    fields["charter"] = name;
    EXPECT_EQ(told(record::server_platform, Actor::console(), "platforms.create", fields),
              "charter governance.no-charter")
        << name;
  }
}

TEST_P(PlatformsTest, ARefusedPlatformLeavesNothing) {
  auto fields = create_fields("water");
  fields["officials"] = fields::json::array{"nobody"};
  EXPECT_EQ(told(record::server_platform, Actor::console(), "platforms.create", fields),
            "officials.0 fields.not-an-email");
  EXPECT_EQ(platforms_->list()->all.size(), 1U);
  start();
  EXPECT_EQ(platforms_->list()->all.size(), 1U);
}

// ---- the charter ----

TEST_P(PlatformsTest, TheCharterIsChangedByWhomItNamesAndHoldsAtOnce) {
  const auto change = [&](const Actor& actor, const std::string& text) {
    return told(delta_, actor, "platforms.change-charter", {{"charter", text}});
  };
  const std::string longer = changed(delta_, "minimum_weeks = 4", "minimum_weeks = 6");
  EXPECT_EQ(change(Actor::visitor(), longer), "governance.refused.role");
  EXPECT_EQ(change(Actor::clock(), longer), "governance.refused.role");
  for (const auto* role : {"official", "moderator", "overseer", "nobody"})
    EXPECT_EQ(change(with({role}), longer), "governance.refused.role") << role;
  EXPECT_EQ(platforms_->list()->by_id(delta_)->charter.number("consultations", "minimum_weeks"), 4);
  EXPECT_EQ(change(with({"administrator"}), longer), "");
  EXPECT_EQ(platforms_->list()->by_id(delta_)->charter.number("consultations", "minimum_weeks"), 6);
  start();
  EXPECT_EQ(platforms_->list()->by_id(delta_)->charter.number("consultations", "minimum_weeks"), 6)
      << "after a restart too";
}

TEST_P(PlatformsTest, ACharterWithAFaultIsRefusedWithItsLine) {
  const std::string text = changed(delta_, "minimum_weeks = 4", "minimum_weeks = 400");
  const auto line = std::count(text.begin(), text.begin() + std::ptrdiff_t(text.find("minimum_weeks = 400")), '\n') + 1;
  const auto done = acts_->perform({delta_, Actor::console(), "platforms.change-charter", {{"charter", text}}});
  ASSERT_FALSE(done);
  const auto& error = done.error().fields.front();
  EXPECT_EQ(error.field, "charter");
  EXPECT_EQ(error.message.key, "governance.charter-fault");
  EXPECT_EQ(error.message.args.at(0), (std::pair<std::string, MessageArg>{"line", std::int64_t(line)}));
  EXPECT_EQ(told(delta_, Actor::console(), "platforms.change-charter", {{"charter", "not = [toml"}}),
            "charter governance.charter-fault");
  EXPECT_EQ(platforms_->list()->by_id(delta_)->charter.number("consultations", "minimum_weeks"), 4);
}

TEST_P(PlatformsTest, ACharterNobodyShippedWorks) {
  const std::string company = contents("src/governance/testdata/company.toml");
  EXPECT_EQ(told(delta_, with({"administrator"}), "platforms.change-charter", {{"charter", company}}), "");
  const auto here = platforms_->list()->by_host("lamps.example.com");
  ASSERT_NE(here, nullptr);
  EXPECT_EQ(here->id, delta_);
  EXPECT_EQ(platforms_->list()->by_host(""), nullptr);
  EXPECT_TRUE(platforms_->decide(*here, with({"product-owner"}), "consultations.draft").allowed);
  EXPECT_FALSE(platforms_->decide(*here, with({"administrator"}), "platforms.change-charter").allowed)
      << "a role that is no more";
}

TEST_P(PlatformsTest, NoPlatformTakesAnothersHostNameNorTheServers) {
  const Id water = create("water");
  const auto at = [&](Id platform, const std::string& host) {
    return told(platform, Actor::console(), "platforms.change-charter",
                {{"charter", changed(platform, "[platform]\n", "[platform]\nhost = \"" + host + "\"\n")}});
  };
  EXPECT_EQ(at(delta_, "example.org"), "charter governance.host-taken") << "the server's own";
  EXPECT_EQ(at(delta_, "laws.example.com"), "");
  EXPECT_EQ(at(water, "laws.example.com"), "charter governance.host-taken");
  EXPECT_EQ(at(water, "water.example.com"), "");
  // One's own stays one's own.
  EXPECT_EQ(told(delta_, Actor::console(), "platforms.change-charter", {{"charter", charter_of(delta_) + "\n"}}), "");
}

TEST_P(PlatformsTest, TheServersOwnCharterComesWithTheProgram) {
  EXPECT_EQ(
      told(record::server_platform, Actor::console(), "platforms.change-charter", {{"charter", charter_of(delta_)}}),
      "governance.no-platform");
}

// ---- roles ----

TEST_P(PlatformsTest, ARoleIsGivenAndTakenByWhomTheCharterNames) {
  struct Row {
    const char* role;
    bool by_administrator, by_console;
  };
  constexpr std::array rows{Row{"official", true, true}, Row{"moderator", true, true}, Row{"administrator", true, true},
                            Row{"overseer", false, true}};
  for (const auto& row : rows) {
    const object fields{{"email", "anna@example.org"}, {"role", row.role}};
    for (const auto* act : {"platforms.appoint", "platforms.dismiss"}) {
      EXPECT_EQ(told(delta_, Actor::visitor(), act, fields), "governance.refused.role") << row.role;
      EXPECT_EQ(told(delta_, Actor::clock(), act, fields), "governance.refused.role") << row.role;
      for (const auto* other : {"official", "moderator", "overseer", "citizen"})
        EXPECT_EQ(told(delta_, with({other}), act, fields), "governance.refused.role") << row.role << " by " << other;
    }
    EXPECT_EQ(told(delta_, with({"administrator"}), "platforms.appoint", fields),
              row.by_administrator ? "" : "role governance.not-yours-to-give")
        << row.role;
    if (!row.by_administrator) {
      EXPECT_EQ(told(delta_, Actor::console(), "platforms.appoint", fields), "") << row.role;
    }
    EXPECT_EQ(roles(delta_, "anna@example.org"), std::vector<std::string>{row.role});
    const Actor& taker = row.by_administrator ? with({"administrator"}) : Actor::console();
    EXPECT_EQ(told(delta_, taker, "platforms.dismiss", fields), "") << row.role;
    EXPECT_EQ(told(delta_, taker, "platforms.dismiss", fields), "email governance.holds-no-such-role") << row.role;
    EXPECT_EQ(roles(delta_, "anna@example.org"), std::vector<std::string>{});
  }
}

TEST_P(PlatformsTest, OnlyRolesThatOneIsAppointedToAreGiven) {
  for (const auto* role : {"citizen", "visitor", "clock", "server", "king"})
    EXPECT_EQ(told(delta_, Actor::console(), "platforms.appoint", {{"email", "a@example.org"}, {"role", role}}),
              "role governance.no-such-role")
        << role;
}

TEST_P(PlatformsTest, ARoleOnOnePlatformIsNothingOnAnother) {
  const Id water = create("water");
  ASSERT_EQ(told(delta_, Actor::console(), "platforms.appoint", {{"email", "anna@example.org"}, {"role", "moderator"}}),
            "");
  EXPECT_EQ(roles(water, "anna@example.org"), std::vector<std::string>{});
  EXPECT_EQ(roles(record::server_platform, "boss@example.org"), std::vector<std::string>{}) << "nor on the server";
}

TEST_P(PlatformsTest, AnAddressIsOneAddressHoweverItIsWritten) {
  ASSERT_EQ(
      told(delta_, Actor::console(), "platforms.appoint", {{"email", " Anna@EXAMPLE.org "}, {"role", "moderator"}}),
      "");
  ASSERT_EQ(told(delta_, Actor::console(), "platforms.appoint", {{"email", "anna@example.org"}, {"role", "moderator"}}),
            "")
      << "twice is once";
  EXPECT_EQ(roles(delta_, "anna@example.org"), std::vector<std::string>{"moderator"});
  EXPECT_EQ(db_->read([&](storage::ReadTx& tx) { return addresses_with_role(tx, delta_, "moderator"); }),
            std::vector<std::string>{"anna@example.org"});
  EXPECT_EQ(db_->read([&](storage::ReadTx& tx) { return appointments(tx, delta_).size(); }), 4U);
}

TEST_P(PlatformsTest, AForgottenAddressHoldsNothingAnywhere) {
  const Id water = create("water");
  for (const Id platform : {delta_, water})
    ASSERT_EQ(
        told(platform, Actor::console(), "platforms.appoint", {{"email", "anna@example.org"}, {"role", "moderator"}}),
        "");
  (void)db_->write([](storage::WriteTx& tx) -> Done {
    forget_address(tx, "anna@example.org");
    return {};
  });
  EXPECT_TRUE(roles(delta_, "anna@example.org").empty() && roles(water, "anna@example.org").empty());
  EXPECT_EQ(roles(delta_, "o1@example.org").size(), 1U) << "and nobody else lost anything";
}

// ---- the gate ----

TEST_P(PlatformsTest, TheRoleInTheRecordIsTheMostTellingOfThoseThatAllowIt) {
  const auto role = [&](const Actor& actor, std::string_view act, std::string_view phase) {
    const auto by = db_->read([&](storage::ReadTx& tx) { return platforms_->may(tx, delta_, actor, act, phase); });
    return by ? *by : by.error().message.key;
  };
  EXPECT_EQ(role(with({"administrator", "official"}), "consultations.draft", ""), "official");
  EXPECT_EQ(role(with({"official"}), "consultations.respond", "open"), "citizen") << "as anybody with an account";
  EXPECT_EQ(role(with({}), "consultations.respond", "open"), "citizen");
  EXPECT_EQ(role(Actor::clock(), "consultations.close", "open"), "clock");
  EXPECT_EQ(role(Actor::console(), "consultations.draft", ""), "server");
  EXPECT_EQ(role(Actor::visitor(), "consultations.respond", "open"), "governance.confirm-first");
  EXPECT_EQ(role(Actor::visitor(), "consultations.respond", "closed"), "governance.refused.phase");
  EXPECT_EQ(role(with({"official"}), "consultations.close", "open"), "governance.refused.role") << "nobody but time";
  EXPECT_EQ(role(with({"official"}), "consultations.sing", ""), "governance.refused.nobody");
}

TEST_P(PlatformsTest, WhoCouldSignInIsAskedToAndOthersAreRefused) {
  const auto why = [&](const Actor& actor, std::string_view act, std::string_view phase) {
    return db_->read([&](storage::ReadTx& tx) { return platforms_->may(tx, delta_, actor, act, phase); }).error().why;
  };
  EXPECT_EQ(why(Actor::visitor(), "consultations.draft", ""), Why::unauthorized);
  EXPECT_EQ(why(with({}), "consultations.draft", ""), Why::forbidden);
  EXPECT_EQ(why(Actor::visitor(), "consultations.respond", "closed"), Why::forbidden) << "no account would help";
  EXPECT_EQ(db_->read([&](storage::ReadTx& tx) { return platforms_->may(tx, Id{99}, Actor::console(), "x", ""); })
                .error()
                .why,
            Why::not_found);
}

}  // namespace
}  // namespace polder::governance
