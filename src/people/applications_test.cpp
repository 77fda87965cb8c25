// Asking for a role, and being asked in: what people who stand before a closed door, and those behind it, rely on.
#include <gmock/gmock.h>

#include "people/notes_test.h"
#include "people/scenario_test.h"
#include "people/store.h"
#include "record/store.h"

namespace polder::people {
namespace {

using governance::Application;
using governance::ApplicationState;
using testing::HasSubstr;
using testing::Not;

constexpr auto anna = "anna@example.org", bob = "bob@example.org", olga = "olga@example.org", otto = "otto@example.org";

/// The guild: members ask to come in, officers decide about members, the server names officers.
std::string charter(std::string_view door = "door = true") {
  return R"toml(charter = 1
[platform]
name = { en = "The guild", nl = "Het gilde" }
summary = { en = "We make barrels.", nl = "Wij maken vaten." }
languages = ["en", "nl"]
timezone = "Europe/Amsterdam"
openness = "closed"
)toml" + std::string(door) +
         R"toml(
processes = []
[operator]
name = "The coopers"
kind = "civil-society"
email = "guild@example.org"
[roles.visitor]
name = "Visitor"
description = "Everybody."
how = "everybody"
[roles.member]
name = { en = "Member", nl = "Lid" }
description = "Makes barrels."
how = "application"
appointed_by = ["officer"]
[roles.scribe]
name = "Scribe"
description = "Writes."
how = "application"
appointed_by = ["dean", "server"]
[roles.dean]
name = "Dean"
description = "Presides."
how = "appointed"
appointed_by = ["server"]
[roles.officer]
name = "Officer"
description = "Decides."
how = "appointed"
appointed_by = ["server"]
[[rules]]
act = "platforms.apply"
who = ["visitor"]
[[rules]]
act = "platforms.withdraw-application"
who = ["visitor"]
[[rules]]
act = "platforms.accept-application"
who = ["officer", "dean"]
[[rules]]
act = "platforms.decline-application"
who = ["officer", "dean"]
[[rules]]
act = "platforms.appoint"
who = ["officer", "dean"]
[oversight]
body = "The council of guilds"
contact = "council@example.org"
[terms]
en = "Be kind."
nl = "Wees vriendelijk."
)toml";
}

class Applications : public OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    if (!s.exists()) return;
    guild = s.platform("guild", charter());
    for (const auto* who : {anna, bob, olga, otto}) (void)s.person(who, {.name = std::string(who, 4)});
    s.give_role(olga, guild, "officer");
  }

  /// What the person is told: "" when it was done.
  std::string told(const std::string& who, std::string_view act, const boost::json::object& fields, Id where = {}) {
    const Id here = where ? where : guild;
    return refusal(s.house().acts.perform(
        {.platform = here, .actor = s.actor(who, here), .name = std::string(act), .fields = fields}));
  }
  static std::string refusal(const Result<record::Recorded>& done) {
    if (done) return "";
    const auto& r = done.error();
    return r.fields.empty() ? r.message.key : r.fields.front().field + ' ' + r.fields.front().message.key;
  }
  std::string asks(const std::string& who, std::string_view role = "member") {
    return told(who, "platforms.apply", {{"role", role}, {"why", "I have an adze."}});
  }
  std::vector<Application> of(const std::string& who) {
    const Id person = s.id_of(who);
    return s.house().database.read([&](storage::ReadTx& tx) { return governance::applications_of(tx, guild, person); });
  }
  boost::json::object last_of(const std::string& who) { return {{"application", str(of(who).at(0).id)}}; }
  std::vector<std::string> roles_of(const std::string& who) {
    return s.house().database.read([&](storage::ReadTx& tx) { return governance::roles_of_address(tx, guild, who); });
  }
  boost::json::object declined(const std::string& who) {
    auto out = last_of(who);
    out["reason"] = "An adze is not enough.";
    return out;
  }

  Id guild{};
};
ON_BOTH_DATABASES(Applications);

TEST_P(Applications, APersonAsksOnceForARoleThatCanBeAskedFor) {
  EXPECT_EQ(asks(anna), "");
  EXPECT_EQ(asks(anna), "role governance.asked-already");
  EXPECT_EQ(asks(anna, "scribe"), "") << "another role is another question";
  for (const auto* role : {"officer", "visitor", "king"})
    EXPECT_EQ(asks(bob, role), "role governance.not-by-application") << role;
  EXPECT_EQ(told(bob, "platforms.apply", {{"role", "member"}, {"why", " "}}), "why fields.required");
  EXPECT_EQ(refusal(s.house().acts.perform({.platform = guild,
                                            .actor = record::Actor::visitor(),
                                            .name = "platforms.apply",
                                            .fields = {{"role", "member"}, {"why", "?"}}})),
            "governance.sign-in-to-apply");
  s.give_role(bob, guild, "member");
  EXPECT_EQ(asks(bob), "role governance.holds-it-already");
}

TEST_P(Applications, OneAsksForAnOrganisationOfOnesOwn) {
  const auto make = [&](const char* who) {
    const std::string page = s.person(who)
                                 .post("/account/organisations", {{"organisation-name", "Vats"}, {"kind", "company"}})
                                 .header("location");
    return page.substr(page.rfind('/') + 1);
  };
  const auto hers = make(anna), his = make(bob);
  const auto on_behalf = [&](const std::string& organisation) {
    return told(anna, "platforms.apply",
                {{"role", "member"}, {"why", "We have adzes."}, {"organisation", organisation}});
  };
  EXPECT_EQ(on_behalf(his), "organisation governance.not-your-organisation");
  EXPECT_EQ(on_behalf(hers), "");
  EXPECT_EQ(str(of(anna).at(0).organisation.value()), hers);
}

TEST_P(Applications, OnlyWhomTheCharterNamesForTheRoleDecides) {
  s.give_role(otto, guild, "dean");
  s.give_role(bob, guild, "member");
  ASSERT_EQ(asks(anna), "");
  for (const auto* act : {"platforms.accept-application", "platforms.decline-application"}) {
    const auto fields = act == std::string_view("platforms.accept-application") ? last_of(anna) : declined(anna);
    EXPECT_EQ(told(otto, act, fields), "governance.not-yours-to-decide") << "deans decide about scribes";
    EXPECT_EQ(told(bob, act, fields), "record.not-found") << "who may not decide learns nothing of it";
    EXPECT_EQ(told(anna, act, fields), "record.not-found");
  }
  EXPECT_EQ(told(olga, "platforms.accept-application", last_of(anna)), "");
  EXPECT_EQ(roles_of(anna), std::vector<std::string>{"member"});
  EXPECT_EQ(told(olga, "platforms.accept-application", last_of(anna)), "governance.no-such-application") << "once";
  EXPECT_EQ(told(olga, "platforms.decline-application", declined(anna)), "governance.no-such-application");
}

TEST_P(Applications, NobodyDecidesTheirOwnCase) {
  ASSERT_EQ(asks(olga), "");
  EXPECT_EQ(told(olga, "platforms.accept-application", last_of(olga)), "governance.own-case");
  EXPECT_EQ(told(olga, "platforms.decline-application", declined(olga)), "governance.own-case");
  EXPECT_EQ(roles_of(olga), std::vector<std::string>{"officer"});
}

TEST_P(Applications, WhoeverRunsTheServerDecidesInItsStead) {
  ASSERT_EQ(asks(anna, "scribe") + asks(bob) + asks(otto, "scribe"), "");
  const auto accept = [&](const std::string& who, const std::string& applicant) {
    auto actor = s.actor(who, guild);
    actor.for_server = true;
    return refusal(s.house().acts.perform({.platform = guild,
                                           .actor = std::move(actor),
                                           .name = "platforms.accept-application",
                                           .fields = last_of(applicant)}));
  };
  EXPECT_EQ(accept(otto, anna), "") << "though the platform itself does not let them in";
  EXPECT_EQ(roles_of(anna), std::vector<std::string>{"scribe"});
  EXPECT_EQ(accept(otto, bob), "governance.not-yours-to-decide") << "only officers name members";
  EXPECT_EQ(accept(otto, otto), "governance.own-case");
}

TEST_P(Applications, AnotherPlatformsOfficersReachNone) {
  const Id other = s.platform("other", charter());
  s.give_role(bob, other, "officer");
  ASSERT_EQ(asks(anna), "");
  EXPECT_EQ(told(bob, "platforms.accept-application", last_of(anna), other), "governance.no-such-application");
  EXPECT_EQ(told(bob, "platforms.accept-application", last_of(anna)), "record.not-found");
}

TEST_P(Applications, ANoHasAReasonThatTheApplicantReads) {
  ASSERT_EQ(asks(anna), "");
  EXPECT_EQ(told(olga, "platforms.decline-application", last_of(anna)), "reason fields.required");
  EXPECT_EQ(told(olga, "platforms.decline-application", declined(anna)), "");
  EXPECT_EQ(of(anna).at(0).state, ApplicationState::declined);
  EXPECT_EQ(of(anna).at(0).reason, "An adze is not enough.");
  EXPECT_TRUE(roles_of(anna).empty());
  ASSERT_EQ(s.mails(anna).size(), 1u);
  EXPECT_THAT(s.mails(anna)[0].text, HasSubstr("An adze is not enough."));
  EXPECT_THAT(s.mails(anna)[0].text, HasSubstr("council@example.org"));
  EXPECT_THAT(s.mails(anna)[0].text, Not(HasSubstr("olga")));
  EXPECT_EQ(asks(anna), "") << "and may ask again";
}

TEST_P(Applications, AYesIsToldWithTheWayIn) {
  ASSERT_EQ(asks(anna), "");
  ASSERT_EQ(told(olga, "platforms.accept-application", last_of(anna)), "");
  ASSERT_EQ(s.mails(anna).size(), 1u);
  EXPECT_THAT(s.mails(anna)[0].text, HasSubstr("“Member”"));
  EXPECT_EQ(s.link(anna), "/account/sign-in?next=%2Fguild%2F");
}

TEST_P(Applications, IsOnesOwnToTakeBack) {
  ASSERT_EQ(asks(anna), "");
  EXPECT_EQ(told(bob, "platforms.withdraw-application", last_of(anna)), "governance.no-such-application");
  EXPECT_EQ(told(anna, "platforms.withdraw-application", last_of(anna)), "");
  EXPECT_EQ(of(anna).at(0).state, ApplicationState::withdrawn);
  EXPECT_EQ(told(olga, "platforms.accept-application", last_of(anna)), "governance.no-such-application");
}

TEST_P(Applications, ThoseWhoDecideGetOneMailHoweverManyAsk) {
  s.give_role(otto, guild, "dean");
  ASSERT_EQ(asks(anna), "");
  ASSERT_EQ(asks(bob), "");
  s.run_jobs();
  ASSERT_EQ(s.mails(olga).size(), 1u);
  EXPECT_THAT(s.mails(olga)[0].text, HasSubstr("2 new applications"));
  for (const auto* name : {"anna", "bob"}) EXPECT_THAT(s.mails(olga)[0].text, Not(HasSubstr(name)));
  EXPECT_EQ(s.link(olga), "/account/sign-in?next=%2Fguild%2Fmanage%2Fapplications");
  EXPECT_TRUE(s.mails(otto).empty()) << "who decides about another role is left in peace";
  s.clock().advance(2 * hour_ms);
  s.run_jobs();
  EXPECT_EQ(s.mails(olga).size(), 1u) << "told once";
}

TEST_P(Applications, TheSixthInADayIsTooMany) {
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(asks(anna), "") << i;
    ASSERT_EQ(told(anna, "platforms.withdraw-application", last_of(anna)), "");
  }
  EXPECT_NE(asks(anna), "");
  EXPECT_EQ(asks(bob), "") << "others are not kept out";
  s.clock().advance(day_ms);
  EXPECT_EQ(asks(anna), "");
}

TEST_P(Applications, WithoutADoorThereIsNothingToAskOf) {
  const Id hidden = s.platform("hidden", charter(""));
  EXPECT_EQ(told(anna, "platforms.apply", {{"role", "member"}, {"why", "?"}}, hidden), "governance.no-platform");
  s.give_role(anna, hidden, "scribe");
  EXPECT_EQ(told(anna, "platforms.apply", {{"role", "member"}, {"why", "?"}}, hidden), "")
      << "who is inside may ask for one role more";
}

TEST_P(Applications, TheRecordHoldsANumberAndNoName) {
  ASSERT_EQ(asks(anna), "");
  ASSERT_EQ(told(olga, "platforms.accept-application", last_of(anna)), "");
  const auto number = str(of(anna).at(0).id);
  s.house().database.read([&](storage::ReadTx& tx) {
    const auto acts = record::store::acts_of_platform(tx, guild, -1, 10);
    ASSERT_EQ(acts.size(), 2u);
    EXPECT_EQ(acts[1].subject, "applications/new");
    EXPECT_EQ(acts[0].subject, "applications/" + number);
    for (const auto& entry : record::store::entries(tx, guild, 0, 2)) {
      EXPECT_EQ(entry.find("anna"), std::string::npos);
      EXPECT_EQ(entry.find("adze"), std::string::npos);
    }
  });
}

TEST_P(Applications, ErasureTakesItAndWhatWasSaidOfIt) {
  ASSERT_EQ(asks(anna), "");
  ASSERT_EQ(told(olga, "platforms.decline-application", declined(anna)), "");
  const auto copy = s.person(anna).get("/account/data.json").expect(200).json();
  const auto& mine = copy.at("applications").as_array().at(0);
  EXPECT_EQ(mine.at("platform").as_string(), "guild");
  EXPECT_EQ(mine.at("why").as_string(), "I have an adze.");
  EXPECT_EQ(mine.at("reason").as_string(), "An adze is not enough.");
  EXPECT_TRUE(s.person(bob).get("/account/data.json").json().at("applications").as_array().empty());
  s.person(anna).post("/account/erase/mail").expect(303);
  const std::string link = s.link(anna);
  s.person(anna).post(link).expect(303);
  s.house().database.read([&](storage::ReadTx& tx) {
    for (const auto& act : record::store::acts_of_platform(tx, guild, -1, 10))
      EXPECT_FALSE(record::store::act(tx, act.id)->content) << act.name;
  });
  EXPECT_TRUE(s.mails(anna).empty());
}

TEST_P(Applications, SettledOnesGoWhenTheCharterSays) {
  ASSERT_EQ(asks(anna), "");
  ASSERT_EQ(told(olga, "platforms.decline-application", declined(anna)), "");
  ASSERT_EQ(asks(bob), "");
  s.clock().advance(366 * day_ms);
  s.run_jobs();
  EXPECT_TRUE(of(anna).empty());
  EXPECT_EQ(of(bob).size(), 1u) << "who still waits still waits";
}

// ---- being asked in ----

TEST_P(Applications, WhoIsAppointedGetsAMailThatLeadsIn) {
  constexpr auto nora = "nora@example.org";
  const auto appoint = [&] {
    return refusal(s.house().acts.perform({.platform = guild,
                                           .actor = record::Actor::console(),
                                           .name = "platforms.appoint",
                                           .fields = {{"email", nora}, {"role", "officer"}}}));
  };
  ASSERT_EQ(appoint(), "");
  ASSERT_EQ(appoint(), "");
  ASSERT_EQ(s.mails(nora).size(), 1u) << "twice is once";
  EXPECT_THAT(s.mails(nora)[0].text, HasSubstr("The coopers gave you the role “Officer” on The guild."));
  EXPECT_EQ(s.link(nora), "/account/sign-in?next=%2Fguild%2F");
  auto& browser = s.visitor();
  browser.get(s.link(nora)).expect(200).has("/account/sign-up?next=%2Fguild%2F");
  EXPECT_EQ(browser.get("/account/sign-up?next=%2Fguild%2F").expect(200).value("next"), "/guild/");
  browser
      .post("/account/sign-up", {{"next", "/guild/"},
                                 {"email", nora},
                                 {"full-name", "Nora"},
                                 {"password", "correct horse battery"},
                                 {"language", "en"}})
      .expect(303);
  browser.post(s.link(nora)).to("/guild/");
}

TEST_P(Applications, NobodyIsLedElsewhereByALinkToSignIn) {
  auto& browser = s.visitor();
  browser
      .post("/account/sign-up", {{"next", "https://evil.example/"},
                                 {"email", "nora@example.org"},
                                 {"full-name", "Nora"},
                                 {"password", "correct horse battery"},
                                 {"language", "en"}})
      .expect(303);
  browser.post(s.link("nora@example.org")).to("/");
}

}  // namespace
}  // namespace polder::people
