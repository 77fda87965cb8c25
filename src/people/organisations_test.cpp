// What an organisation's people rely on: who may invite, who learns what, and that it is never left without somebody.
#include "people/scenario_test.h"
#include "people/store.h"
#include "record/store.h"

namespace polder::people {
namespace {

constexpr auto anna = "anna@example.org", bob = "bob@example.org", eve = "eve@example.org";

class Organisations : public OnBothDatabases {
 protected:
  /// Anna's organisation; answers the path of its page.
  std::string make() {
    return s.person(anna, {.name = "Anna"})
        .post("/account/organisations", {{"organisation-name", "Delta growers"}, {"kind", "company"}})
        .header("location");
  }
  Answer invite(const std::string& page, const std::string& email, const std::string& role = "member") {
    return s.person(anna).post(page, {{"email", email}, {"role", role}});
  }
  void invite_and_join(const std::string& page, const std::string& email, const std::string& role = "member") {
    invite(page, email, role).expect(303);
    s.person(email, {.name = email.substr(0, 3)}).post(page + "/join").to("/account/organisations");
  }
  std::optional<std::string> role_of(const std::string& page, const std::string& email) {
    const auto id = parse_id(page.substr(page.rfind('/') + 1)).value();
    const Id person = s.id_of(email);
    return s.house().database.read([&](storage::ReadTx& tx) { return store::role_in(tx, id, person); });
  }
};
ON_BOTH_DATABASES(Organisations);

TEST_P(Organisations, WhoMakesOneAdministersIt) {
  const auto page = make();
  s.person(anna).get(page).expect(200).has("Delta growers").has("Anna").has("administrator").has("Invite somebody");
  s.person(anna).get("/account").has("Delta growers");
  EXPECT_EQ(role_of(page, anna), "administrator");
}

TEST_P(Organisations, AFaultIsToldBesideItsField) {
  s.person(anna)
      .post("/account/organisations", {{"organisation-name", ""}, {"kind", "kingdom"}})
      .expect(422)
      .has("Fill this in.")
      .has("This is not one of the options");
}

TEST_P(Organisations, SomebodyIsInvitedByAddressAndJoins) {
  const auto page = make();
  s.person(bob, {.name = "Bob"}).get(page).expect(404);
  invite(page, bob).to(page).follow().expect(200).has("The invitation is on its way").has(bob).has("Invited");
  ASSERT_EQ(s.mails(bob).size(), 1u);
  EXPECT_EQ(s.mails(bob)[0].text.find("Anna"), std::string::npos)
      << "who invites is named in no mail: erasure could not reach it";
  s.person(bob).get(s.link(bob)).expect(200).has("Delta growers").has("Join");
  s.person(bob).post(page + "/join").to("/account/organisations").follow().has("You are a member now");
  s.person(bob).get(page).expect(200).has("Anna").lacks("Invite somebody");
}

TEST_P(Organisations, WhoeverIsNotInItLearnsNothing) {
  const auto page = make();
  for (const auto& path : {page, page + "/join", page + "/leave"}) {
    s.person(eve).get(page).expect(404).lacks("Delta growers").lacks("Anna");
    s.person(eve).post(path, {{"email", eve}, {"role", "administrator"}}).expect(404).lacks("Delta growers");
  }
  const auto nowhere = s.person(eve).post("/account/organisations/0000000000001/join").expect(404);
  const auto there = s.person(eve).post(page + "/join").expect(404);
  EXPECT_EQ(nowhere.body().substr(nowhere.body().find("<main")), there.body().substr(there.body().find("<main")))
      << "there or not: the same words";
  s.visitor().get(page).expect(303);
}

TEST_P(Organisations, OnlyAnAdministratorInvites) {
  const auto page = make();
  invite_and_join(page, bob);
  s.person(bob).post(page, {{"email", eve}, {"role", "member"}}).expect(403);
  EXPECT_TRUE(s.mails(eve).empty());
  invite_and_join(page, eve, "administrator");
  s.person(eve).post(page, {{"email", "dora@example.org"}, {"role", "member"}}).expect(303);
}

TEST_P(Organisations, AnInvitationIsForItsAddressOnly) {
  const auto page = make();
  invite(page, bob).expect(303);
  s.person(eve).post(page + "/join").expect(404);
  EXPECT_FALSE(role_of(page, eve));
}

TEST_P(Organisations, AnInvitationCanBeDeclinedAndIsThenForgotten) {
  const auto page = make();
  invite(page, bob).expect(303);
  s.person(bob).post(page + "/leave").expect(303);
  s.person(bob).post(page + "/join").expect(404);
  s.person(anna).get(page).lacks(bob);
  const auto said = s.house().database.read([](storage::ReadTx& tx) {
    return tx.value<std::int64_t>({"test.acts-saying", "SELECT count(*) FROM acts WHERE content LIKE '%bob@%'"});
  });
  EXPECT_EQ(said, 0);
}

TEST_P(Organisations, TheLastAdministratorIsFollowedByWhoWasThereLongest) {
  const auto page = make();
  s.clock().advance(day_ms);
  invite_and_join(page, bob);
  s.clock().advance(day_ms);
  invite_and_join(page, eve);
  s.person(anna).post(page + "/leave").expect(303);
  EXPECT_FALSE(role_of(page, anna));
  EXPECT_EQ(role_of(page, bob), "administrator");
  EXPECT_EQ(role_of(page, eve), "member");
}

TEST_P(Organisations, AMemberIsNotInvitedAgain) {
  const auto page = make();
  invite_and_join(page, bob);
  invite(page, bob).expect(422).has("This person is a member already");
  invite(page, "nonsense").expect(422).has("nonsense");
}

TEST_P(Organisations, TheRecordNamesTheOrganisationAndNobody) {
  const auto page = make();
  invite_and_join(page, bob);
  const auto acts = s.house().database.read(
      [](storage::ReadTx& tx) { return record::store::acts_of_platform(tx, record::server_platform, -1, 100); });
  ASSERT_EQ(acts.size(), 3u);
  EXPECT_EQ(acts[0].name, "organisations.join");
  EXPECT_EQ(acts[0].subject, "organisations/" + page.substr(page.rfind('/') + 1));
  EXPECT_EQ(acts[1].name, "organisations.invite");
  EXPECT_EQ(acts[1].visibility, record::Visibility::hidden);
  EXPECT_EQ(acts[2].visibility, record::Visibility::nameless);
}

}  // namespace
}  // namespace polder::people
