// Files of a statement: whoever reads the statement gets them, nobody else; once it is published one comes by an
// amendment, and none goes.
#include "formats/archive/zip.h"
#include "processes/challenges/stage_test.h"

namespace polder::challenges {
namespace {

using boost::json::object;
using people::File;

class Attachments : public Stage {
 protected:
  std::string page(Id c) { return "/prize/challenges/" + challenge(c).slug + "/attachments"; }
  people::Answer send(Id c, const std::string& email, const std::vector<File>& files, const std::string& why = "") {
    std::vector<std::pair<std::string, std::string>> fields{{"key", str(s.house().ids.next())}};
    if (!why.empty()) fields.emplace_back("why", why);
    return s.person(email).upload(page(c), fields, files);
  }
  std::vector<Attachment> all(Id c) {
    return read([&](storage::ReadTx& tx) { return store::attachments(tx, c); });
  }
  const std::string pdf = "%PDF-1.7\n" + std::string(30'000, 'x');
};
ON_BOTH_DATABASES(Attachments);

TEST_P(Attachments, AreReadByWhoeverReadsTheStatementAndByNobodyElse) {
  const Id c = act(seeker, "challenges.draft", {{"statement", statement()}});
  s.person(seeker).get(page(c)).expect(200).has("No file yet");
  send(c, seeker, {{"file", "../map of ditches.pdf", pdf}, {"file", "second.pdf", pdf}}).expect(303);
  ASSERT_EQ(all(c).size(), 2U);
  const Attachment map = all(c)[0];
  EXPECT_EQ(map.name, "map of ditches.pdf") << "a name is a label and no path";
  const std::string file = page(c) + '/' + str(map.id);
  EXPECT_EQ(s.person(seeker).get(file).expect(200).body(), pdf);
  s.person(writer).get("/prize/challenges/" + challenge(c).slug).expect(200).has("map of ditches.pdf");
  for (const auto* email : {other_seeker, anna, judge_one, screener, overseer, stranger}) {
    s.person(email).get(file).expect(404).lacks("ditches");
    s.person(email).get(page(c)).expect(404);
    send(c, email, {{"file", "mine.pdf", pdf}}).expect(404);
  }
  const object out{{"challenge", str(c)}, {"attachment", str(all(c)[1].id)}};
  EXPECT_EQ(refused(other_seeker, "challenges.remove-attachment", out), "challenges.not-found");
  s.person(seeker).post(page(c) + "/out", {{"key", "k1"}, {"attachment", str(all(c)[1].id)}}).expect(303);
  EXPECT_EQ(all(c).size(), 1U);

  act(seeker, "challenges.submit", {{"challenge", str(c)}});
  act(editor, "challenges.publish", {{"challenge", str(c)}});
  for (const auto* email : {anna, judge_one, other_seeker, seeker}) s.person(email).get(file).expect(200);
  s.person(anna).get("/prize/challenges/" + challenge(c).slug).expect(200).has("map of ditches.pdf");
  s.person(stranger).get(file).expect(404);
  s.visitor().get(file).expect(404);
}

TEST_P(Attachments, OfAPublishedStatementComeByAnAmendmentWithItsReasonAndStay) {
  const Id c = open();
  s.person(writer).get(page(c)).expect(200).has("Why is this file added?");
  send(c, writer, {{"file", "prices.pdf", pdf}}).expect(422).has("Say why.");
  EXPECT_TRUE(all(c).empty());
  EXPECT_EQ(challenge(c).version, 0);
  send(c, writer, {{"file", "prices.pdf", pdf}}, "Solvers asked what copper costs.").expect(303);
  ASSERT_EQ(all(c).size(), 1U);
  EXPECT_EQ(challenge(c).version, 1);
  const std::string root = "/prize/challenges/" + challenge(c).slug;
  s.person(anna).get(root + "/amendments").expect(200).has("Solvers asked what copper costs.").has("prices.pdf");
  s.person(anna).get(root + "/versions/0").expect(200).lacks("prices.pdf");
  s.person(anna).get(root + "/versions/1").expect(200).has("prices.pdf");
  EXPECT_FALSE(
      perform(writer, "challenges.remove-attachment", {{"challenge", str(c)}, {"attachment", str(all(c)[0].id)}}))
      << "what was promised stays";
  EXPECT_EQ(all(c).size(), 1U);
  send(c, seeker, {{"file", "mine.pdf", pdf}}, "Because.").expect(404);
}

TEST_P(Attachments, MakeWhoeverSentThemTheLastWriterWhoDoesNotPublish) {
  const Id c = draft();
  act(writer, "challenges.submit", {{"challenge", str(c)}});
  send(c, editor, {{"file", "prices.pdf", pdf}}).expect(303);
  EXPECT_NE(refused(editor, "challenges.publish", {{"challenge", str(c)}}), "done");
  EXPECT_EQ(refused(writer, "challenges.publish", {{"challenge", str(c)}}), "done");
}

TEST_P(Attachments, ComeOnceHoweverOftenTheFormIsSentAndNoFileIsNamedTwice) {
  const Id c = draft();
  for (int times = 0; times < 2; ++times)
    s.person(writer).upload(page(c), {{"key", "the-same"}}, {{"file", "prices.pdf", pdf}}).expect(303);
  ASSERT_EQ(all(c).size(), 1U);
  files::Stored stored;
  stored.id = all(c)[0].path;
  stored.size = std::uint64_t(all(c)[0].size);
  stored.sha256 = crypto::sha256(pdf);
  const object again{{"challenge", str(c)}, {"ticket", s.house().files.ticket(stored, "prices.pdf")}};
  EXPECT_EQ(refused(writer, "challenges.add-attachment", again), "fields.summary; ticket: challenges.attached-already");
}

TEST_P(Attachments, SentWithAFormThatWasSentBeforeAreTakenWhenTheyAreOthers) {
  const Id c = draft();
  const std::vector<std::pair<std::string, std::string>> form{{"key", "the-same"}};
  s.person(writer).upload(page(c), form, {{"file", "prices.pdf", pdf}}).expect(303);
  // With the Back button, and another file chosen: whoever is told that it is there finds it there.
  s.person(writer).upload(page(c), form, {{"file", "map.pdf", pdf + "of ditches"}}).expect(303);
  EXPECT_EQ(all(c).size(), 2U);
}

TEST_P(Attachments, TakenOutLeaveTheDiskUnlessTheyAreNamedAgainBefore) {
  const Id c = draft();
  send(c, writer, {{"file", "prices.pdf", pdf}, {"file", "map.pdf", pdf + "of ditches"}}).expect(303);
  const Attachment prices = all(c)[0], map = all(c)[1];
  for (const Attachment& one : {prices, map})
    act(writer, "challenges.remove-attachment", {{"challenge", str(c)}, {"attachment", str(one.id)}});
  files::Stored stored;
  stored.id = map.path;
  stored.size = std::uint64_t(map.size);
  stored.sha256 = crypto::sha256(pdf + "of ditches");
  act(writer, "challenges.add-attachment",
      {{"challenge", str(c)}, {"ticket", s.house().files.ticket(stored, "map.pdf")}});
  s.run_jobs();
  EXPECT_FALSE(s.house().files.read(prices.path));
  EXPECT_TRUE(s.house().files.read(map.path)) << "a row names it";
}

TEST_P(Attachments, ComeFromProgramsAsOneBodyWithTheReasonBesideTheName) {
  const Id c = draft();
  const auto put = [&](const std::string& email, const std::string& query) {
    return s.person(email).send({.method = http::Method::put,
                                 .path = "/api/v1/platforms" + page(c) + query,
                                 .headers = {{"content-type", "application/pdf"}},
                                 .body = pdf});
  };
  const auto sent = put(writer, "?name=prices.pdf").expect(201).json();
  EXPECT_EQ(sent.at("sha256").as_string(), hex(crypto::view(crypto::sha256(pdf))));
  EXPECT_EQ(sent.at("file").as_string(), str(all(c)[0].id));
  for (const auto* email : {anna, other_seeker, overseer, stranger}) put(email, "?name=mine.pdf").expect(404);
  act(writer, "challenges.submit", {{"challenge", str(c)}});
  act(editor, "challenges.publish", {{"challenge", str(c)}});
  put(writer, "?name=later.pdf").expect(422);
  EXPECT_EQ(challenge(c).version, 0);
  put(writer, "?name=later.pdf&why=Solvers%20asked.").expect(201);
  EXPECT_EQ(all(c).size(), 2U);
  s.person(anna).get("/prize/challenges/" + challenge(c).slug + "/amendments").expect(200).has("Solvers asked.");
}

TEST_P(Attachments, ThatAreNotWhatTheyShouldBeAreRefusedBesideTheField) {
  const Id c = draft();
  send(c, writer, {{"file", "tool.exe", std::string("MZ\x90\x00 program", 12)}}).expect(422).has("tool.exe");
  send(c, writer, {{"file", "map.pdf", "not a PDF at all"}}).expect(422).has("map.pdf");
  send(c, writer, {}).expect(422).has("Choose a file first.");
  EXPECT_TRUE(all(c).empty());
}

}  // namespace
}  // namespace polder::challenges
