// Into the room by invitation: who was invited chooses on a page, and a lead takes back what went to a wrong address.
#include "processes/challenges/stage_test.h"

namespace polder::challenges {
namespace {

class Joining : public Stage {
 protected:
  void SetUp() override {
    Stage::SetUp();
    if (IsSkipped()) return;
    c = open();
    root = "/prize/challenges/" + challenge(c).slug;
    reed = join(c, anna, "Reed");
    rush = join(c, cleo, "Rush");
    for (const auto* lead : {anna, cleo}) act(lead, "challenges.invite", {{"challenge", str(c)}, {"email", bram}});
  }
  std::string joining(Id team) { return root + "/invitations/" + str(team); }

  Id c{}, reed{}, rush{};
  std::string root;
};
ON_BOTH_DATABASES(Joining);

TEST_P(Joining, WhoeverIsInvitedChoosesATeamAndDeclinesAnother) {
  s.person(bram).get(root).expect(200).has("/invitations\"");
  s.person(bram).get(root + "/invitations").expect(200).has("Reed").has("Rush");
  s.person(bram).post(root + "/decline-invitation", {{"team", str(rush)}}).expect(303);
  s.person(bram).get(root + "/invitations").has("Reed").lacks("Rush");
  s.person(bram).get(joining(rush)).expect(404);
  s.person(bram).get(joining(reed)).expect(200).has("Join Reed");
  s.person(bram).post(joining(reed), {{"known-as", "Bram of the brook"}}).expect(422).has("Bram of the brook");
  s.person(bram).post(joining(reed), {{"known-as", "Bram"}, {"agrees", "true"}}).expect(303);
  s.person(bram).get(root + "/team").expect(200).has("Reed");
  s.person(bram).get(root).lacks("/invitations\"");
}

TEST_P(Joining, AcceptingTwiceAndDecliningTwiceIsOnce) {
  for (int n = 0; n < 2; ++n)
    s.person(bram).post(root + "/decline-invitation", {{"team", str(rush)}, {"key", "one"}}).expect(303);
  for (int n = 0; n < 2; ++n)
    s.person(bram).post(joining(reed), {{"known-as", "Bram"}, {"agrees", "true"}, {"key", "two"}}).expect(303);
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::members(tx, reed).size(); }), 2U);
}

TEST_P(Joining, WhenEntriesAreInNoInvitationIsOpen) {
  s.clock().set(challenge(c).closes_at);
  s.person(bram).get(root + "/invitations").expect(200).lacks("Reed").lacks("/decline-invitation");
  s.person(bram).get(root).lacks("/invitations\"");
  s.person(bram).get(joining(reed)).expect(404);
}

TEST_P(Joining, AnInvitationIsOnlyThereForWhomItWasMadeFor) {
  for (const auto* other : {anna, writer, screener, overseer}) {
    s.person(other).get(root + "/invitations").expect(200).lacks("Rush");
    s.person(other).get(joining(rush)).expect(404).lacks("Rush");
    // A role that may not join is told so, of what is there as of what is not.
    const int of_nothing = s.person(other).post(joining(Id{777}), {{"known-as", "Me"}, {"agrees", "true"}}).status();
    EXPECT_GE(of_nothing, 400);
    s.person(other).post(joining(rush), {{"known-as", "Me"}, {"agrees", "true"}}).expect(of_nothing).lacks("Rush");
    s.person(other).post(root + "/decline-invitation", {{"team", str(rush)}});
  }
  s.person(stranger).get(root + "/invitations").expect(404);
  s.person(bram).get(root + "/invitations").has("Rush");
}

TEST_P(Joining, ALeadTakesBackAnInvitationThatWentToAWrongAddress) {
  s.person(bram).post(joining(reed), {{"known-as", "Bram"}, {"agrees", "true"}}).expect(303);
  act(anna, "challenges.invite", {{"challenge", str(c)}, {"email", "typo@solver.example"}});
  s.person(bram).get(root + "/team").has("typo@solver.example").lacks("/withdraw-invitation");
  s.person(bram).post(root + "/withdraw-invitation", {{"email", "typo@solver.example"}}).expect(403);
  s.person(anna).get(root + "/team").has("/withdraw-invitation");
  s.person(anna).post(root + "/withdraw-invitation", {{"email", "typo@solver.example"}}).expect(303);
  s.person(anna).get(root + "/team").lacks("typo@solver.example");
}

}  // namespace
}  // namespace polder::challenges
