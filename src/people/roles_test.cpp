// Who may do which act of this room: every act against every kind of actor, on the server and elsewhere.
#include "people/notes_test.h"
#include "people/store.h"

namespace polder::people {
namespace {

constexpr auto anna = "anna@example.org";

class Roles : public OnBothDatabases {
 protected:
  Roles() : OnBothDatabases({notes::room}) {}
  /// Does the gate let this actor pass? What comes behind it may still refuse, for its own reasons.
  bool passes(const record::Actor& actor, const std::string& act, Id platform = record::server_platform) {
    const auto here = s.house().platforms.list()->by_id(platform);
    return s.house().platforms.decide(*here, actor, act).allowed;
  }
};
ON_BOTH_DATABASES(Roles);

TEST_P(Roles, EachActIsForWhomTheServersCharterNames) {
  (void)s.person(anna);
  const auto visitor = record::Actor::visitor(), clock = record::Actor::clock();
  const auto person = s.actor(anna);
  struct Row {
    const char* act;
    bool visitor, person, clock;
  };
  constexpr std::array rows{Row{"people.sign-up", true, true, false},
                            Row{"people.change-name", false, true, false},
                            Row{"people.change-email", false, true, false},
                            Row{"people.change-language", false, true, false},
                            Row{"people.change-password", false, true, false},
                            Row{"people.reset-password", true, true, false},
                            Row{"people.erase", false, true, false},
                            Row{"people.retire", false, false, true},
                            Row{"people.create-token", false, true, false},
                            Row{"people.revoke-token", false, true, false},
                            Row{"organisations.create", false, true, false},
                            Row{"organisations.invite", false, true, false},
                            Row{"organisations.join", false, true, false},
                            Row{"organisations.leave", false, true, false},
                            Row{"organisations.describe", false, true, false},
                            Row{"organisations.declare-owner", false, true, false},
                            Row{"organisations.confirm-owner", false, true, false},
                            Row{"organisations.end-ownership", false, true, false}};
  std::size_t ours = 0;
  for (const auto& [name, kind] : s.house().acts.all())
    ours += name.starts_with("people.") || name.starts_with("organisations.");
  EXPECT_EQ(ours, rows.size()) << "an act without a row here";
  for (const Row& row : rows) {
    EXPECT_EQ(passes(visitor, row.act), row.visitor) << row.act;
    EXPECT_EQ(passes(person, row.act), row.person) << row.act;
    EXPECT_EQ(passes(clock, row.act), row.clock) << row.act;
    EXPECT_NE(s.house().acts.find(row.act), nullptr) << row.act;
  }
}

TEST_P(Roles, AccountsAreTheServersAndNoPlatforms) {
  (void)s.person(anna, {.name = "Anna"});
  const Id delta = s.platform("delta", notes::charter);
  for (const auto* act : {"people.change-name", "organisations.create"}) {
    boost::json::object fields = act == std::string_view("people.change-name")
                                     ? boost::json::object{{"new-name", "X"}}
                                     : boost::json::object{{"organisation-name", "X"}, {"kind", "other"}};
    const auto done =
        s.house().acts.perform({.platform = delta, .actor = s.actor(anna, delta), .name = act, .fields = fields});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().why, Why::not_found);
  }
}

TEST_P(Roles, AProofIsForItsOwnerItsPurposeAndOnce) {
  (void)s.person(anna, {.password = "correct horse battery"});
  (void)s.person("eve@example.org", {.password = "correct horse battery"});
  const auto make = [&](std::string_view purpose) {
    const Id id = s.id_of(anna);
    return s.house()
        .database
        .write([&](storage::WriteTx& tx) -> Result<std::string> {
          return store::add_proof(tx, s.house().random,
                                  {.purpose = std::string(purpose),
                                   .person = id,
                                   .email = anna,
                                   .payload = {},
                                   .made_at = s.clock().now(),
                                   .ends = s.clock().now() + hour_ms});
        })
        .value();
  };
  const auto change = [&](const std::string& who, const std::string& proof) {
    return s.house()
        .acts
        .perform({.platform = record::server_platform,
                  .actor = s.actor(who),
                  .name = "people.change-password",
                  .fields = {{"proof", proof}, {"password", "another good one"}}})
        .has_value();
  };
  EXPECT_FALSE(change(anna, "made up"));
  EXPECT_FALSE(change(anna, make("reset")));
  EXPECT_FALSE(change(anna, make("sign-up")));
  const auto good = make("owner");
  EXPECT_FALSE(change("eve@example.org", good));
  EXPECT_TRUE(change(anna, good));
  EXPECT_FALSE(change(anna, good));
}

TEST_P(Roles, AVisitorIsSentToSignInAndAnActWithoutAPersonIsRefused) {
  for (const auto* path : {"/account", "/account/password", "/account/sessions", "/account/tokens",
                           "/account/organisations", "/account/data", "/account/erase"})
    s.visitor().get(path).expect(303);
  for (const auto& actor : {record::Actor::visitor(), record::Actor::console()}) {
    const auto done = s.house().acts.perform({.platform = record::server_platform,
                                              .actor = actor,
                                              .name = "people.change-name",
                                              .fields = {{"new-name", "X"}}});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().why, Why::unauthorized);
  }
}

}  // namespace
}  // namespace polder::people
