#include "dialogue/notes_test.h"

namespace polder::dialogue {
namespace {

constexpr std::string_view insult = "Everybody knows that Bert from the bakery is a crook";

class Pages : public Village {};

TEST_P(Pages, AnybodyReportsInOneForm) {
  const Id id = note("anna", insult);
  auto& visitor = s.visitor();
  visitor.get(page_of(id, "report"))
      .expect(200)
      .has("A threat or an insult")
      .has("it is not kept who you are")
      .lacks("crook");
  visitor.post(page_of(id, "report"), {{"words", "It is about my uncle."}})
      .expect(422)
      .has("It is about my uncle.")
      .has("Choose");
  visitor.post(page_of(id, "report"), {{"reason", "threat"}, {"words", "It is about my uncle."}})
      .to("/village/notes/" + str(id));
  as("citizen").get(page_of(id, "report")).expect(200).lacks("it is not kept who you are");
  as("citizen").post(page_of(id, "report"), {{"reason", "threat"}}).to("/village/notes/" + str(id));
  as("citizen").post(page_of(id, "report"), {{"reason", "threat"}}).expect(409).has("You reported this already");
}

TEST_P(Pages, AVisitorWhoReportsALotIsSlowedDownAndOthersAreNot) {
  auto& visitor = s.visitor();
  int refused = 0;
  for (int i = 0; i < 30; ++i) {
    const auto answer = visitor.post(page_of(note("anna", insult), "report"), {{"reason", "threat"}});
    if (answer.status() == 429) ++refused;
  }
  EXPECT_EQ(refused, 10);
  auto& other = s.visitor();
  other.remote = "198.51.100.7";
  other.post(page_of(note("anna", insult), "report"), {{"reason", "threat"}}).expect(303);
  s.clock().advance(minute_ms);
  visitor.post(page_of(note("anna", insult), "report"), {{"reason", "threat"}}).expect(303);
}

TEST_P(Pages, TheQueueIsForThoseWhoDecide) {
  ASSERT_TRUE(act("citizen", "report", note("anna", insult)));
  s.visitor().get("/village/moderation").to("/account/sign-in?next=%2Fvillage%2Fmoderation");
  for (const char* who : {"citizen", "official", "administrator", "anna"})
    as(who).get("/village/moderation").expect(403).lacks("crook");
  for (const char* who : {"moderator", "overseer"}) as(who).get("/village/moderation").expect(200).has("crook");
  as("moderator").get("/village/moderation/log").has("href=\"/village/moderation\"");
  as("citizen").get("/village/moderation/log").lacks("href=\"/village/moderation\"");
}

TEST_P(Pages, TheQueueGroupsReportsAndTheLongestWaitingIsFirst) {
  const Id first = note("anna", "The elder note"), second = note("anna", "The younger note");
  ASSERT_TRUE(act("citizen", "report", second));
  s.clock().advance(hour_ms);
  ASSERT_TRUE(act("citizen", "report", first, {{"words", "He means my mother."}}));
  ASSERT_TRUE(act("official", "report", second, {{"reason", "advertising"}}));
  const auto queue = as("moderator").get("/village/moderation");
  queue.expect(200)
      .has("2 reports")
      .has("1 report")
      .has("Advertising: 1")
      .has("He means my mother.")
      .has("/village/notes/" + str(first));
  queue.lacks("citizen@example.org");
  EXPECT_LT(queue.body().find("The younger note"), queue.body().find("The elder note"));
}

TEST_P(Pages, TheQueueIsReadInPagesAndEveryCaseIsOnOne) {
  std::set<std::string> reported;
  for (int i = 0; i < 45; ++i) {
    const Id id = note("anna", "A note");
    reported.insert(str(id));
    ASSERT_TRUE(act("visitor", "report", id));
    s.clock().advance(i % 3 == 0 ? 0 : 1'000);
  }
  std::string target = "/village/moderation";
  std::size_t seen = 0, pages = 0;
  while (!target.empty() && pages++ < 10) {
    const auto page = as("moderator").get(target);
    for (const auto& id : reported)
      if (page.body().find("moderation/note/" + id + '"') != std::string::npos) ++seen;
    const auto next = page.body().find("moderation?after=");
    target =
        next == std::string::npos ? "" : "/village/" + page.body().substr(next, page.body().find('"', next) - next);
  }
  EXPECT_EQ(seen, reported.size());
  EXPECT_EQ(pages, 3U);
}

TEST_P(Pages, HidingTellsTheAuthorAndThePublicWhyAndNotWhat) {
  const Id id = note("anna", insult);
  ASSERT_TRUE(act("citizen", "report", id));
  auto& moderator = as("moderator");
  moderator.get(page_of(id)).expect(200).has("crook").has("Hide it").has("Leave it as it is").lacks("Show it again");
  moderator.post(page_of(id, "hide"), {{"statement", "You accuse somebody by name."}})
      .expect(422)
      .has("You accuse somebody by name.");
  moderator
      .post(page_of(id, "hide"),
            {{"reason", "threat"}, {"statement", "“Bert from the bakery is a crook” is an insult."}})
      .expect(422)
      .has("This repeats what is hidden");
  EXPECT_FALSE(is_hidden(id));
  moderator.post(page_of(id, "hide"), {{"reason", "threat"}, {"statement", "You accuse somebody by name."}})
      .to("/village/moderation/log");
  EXPECT_TRUE(is_hidden(id));
  moderator.get("/village/moderation").lacks("crook");

  auto& visitor = s.visitor();
  visitor.get("/village/moderation/log")
      .expect(200)
      .has("A threat or an insult")
      .has("You accuse somebody by name.")
      .lacks("crook")
      .lacks("Look at it");
  s.run_jobs();
  s.run_jobs();
  const auto mails = s.mails("anna@example.org");
  ASSERT_EQ(mails.size(), 1U);
  for (const char* words :
       {"A threat or an insult", "You accuse somebody by name.", "A person decided this", "elders@village.example"})
    EXPECT_NE(mails.front().text.find(words), std::string::npos) << words;
  EXPECT_EQ(s.link("anna@example.org"), "/village/notes/" + str(id));
}

TEST_P(Pages, WhatWasHiddenIsRestoredByAnOverseerForAReasonEverybodyReads) {
  const Id id = note("anna", insult);
  ASSERT_TRUE(act("moderator", "hide", id));
  as("overseer").get("/village/moderation/log").has("Look at it").has(page_of(id));
  as("overseer").get(page_of(id)).expect(200).has("crook").has("Show it again").lacks("Leave it as it is");
  as("citizen").get(page_of(id)).expect(403).lacks("crook");
  s.clock().advance(hour_ms);
  as("overseer").post(page_of(id, "restore"), {{"statement", "It is a quotation from a play."}}).expect(303);
  EXPECT_FALSE(is_hidden(id));
  const auto log = s.visitor().get("/village/moderation/log");
  log.has("It is a quotation from a play.").has("Shown again").lacks("crook");
  EXPECT_LT(log.body().find("Shown again"), log.body().find("We looked at it together.")) << "the newest first";
  s.run_jobs();
  ASSERT_EQ(s.mails("anna@example.org").size(), 2U);
  EXPECT_NE(s.mails("anna@example.org").back().text.find("quotation from a play"), std::string::npos);
}

TEST_P(Pages, AnAuthorWhoModeratesSeesTheirOwnCaseAndDecidesNothing) {
  appoint(address("anna"), "moderator");
  const Id id = note("anna", insult);
  ASSERT_TRUE(act("citizen", "report", id));
  as("anna").get(page_of(id)).expect(200).has("somebody else decides").lacks("Hide it").lacks("Leave it");
  as("anna").post(page_of(id, "leave")).expect(403);
  as("anna").post(page_of(id, "hide"), {{"reason", "other"}, {"statement", "Mine."}}).expect(403);
}

TEST_P(Pages, WhatItsAuthorTookBackIsSettledWithoutBeingRead) {
  const Id id = note("anna", insult);
  ASSERT_TRUE(act("citizen", "report", id));
  write([&](storage::WriteTx& tx) { tx.exec(notes::set_state, id, notes::taken_back); });
  as("moderator").get("/village/moderation").expect(200).has("its author took it back").lacks("crook");
  as("moderator").get(page_of(id)).expect(200).lacks("Hide it");
  as("moderator").post(page_of(id, "leave")).to("/village/moderation");
  as("moderator").get("/village/moderation").has("Nothing waits for you");
}

TEST_P(Pages, AClosedPlatformTellsNothingToWhoIsNotOfIt) {
  village = s.platform("closed", charter_of("closed"));
  s.give_role(address("moderator"), village, "moderator");
  const Id id = note("anna", insult);
  const std::string report = "/closed/moderation/note/" + str(id) + "/report";
  for (auto* who : {&s.visitor(), &as("citizen")}) {
    who->get("/closed/moderation/log").expect(404);
    who->get(report).expect(404);
    who->post(report, {{"reason", "threat"}}).expect(404);
  }
  as("moderator").get("/closed/moderation/log").expect(200);
  as("moderator").get(report).expect(200);
}

TEST_P(Pages, AreSaidInTheReadersLanguage) {
  auto& visitor = s.visitor();
  visitor.language = "nl";
  visitor.get(page_of(note("anna", insult), "report")).expect(200).has("Een bedreiging of belediging");
  visitor.get("/village/moderation/log").expect(200).has("Wat moderatoren deden");
}

TEST_P(Pages, AddressesThatLeadNowhereSaySo) {
  for (const char* path : {"/village/moderation/note/nonsense", "/village/moderation/poem/0000000000001",
                           "/village/moderation/note/0000000000001"})
    as("moderator").get(path).expect(404);
  s.visitor().get("/village/moderation/note/0000000000001/report").expect(404);
}

ON_BOTH_DATABASES(Pages);

}  // namespace
}  // namespace polder::dialogue
