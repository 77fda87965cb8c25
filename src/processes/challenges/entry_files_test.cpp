// Files of an entry: taken as they come, looked into, hashed; they count once the entry is sealed with them, and are
// nobody's but the team's until entries close.
#include "formats/archive/zip.h"
#include "processes/challenges/stage_test.h"

namespace polder::challenges {
namespace {

using boost::json::object;
using people::File;

class EntryFiles : public Stage {
 protected:
  void SetUp() override {
    Stage::SetUp();
    if (IsSkipped()) return;
    c = open();
    join(c, anna, "Reed");
    join(c, bram, "Sedge");
    entry = write(c, anna, "A strip of copper.");
    path = "/prize/challenges/" + challenge(c).slug + "/entries/" + str(entry);
  }
  people::Answer send(const std::string& email, const std::vector<File>& files) {
    return s.person(email).upload(path + "/files", {{"key", str(s.house().ids.next())}}, files);
  }
  std::vector<FileRow> files() {
    return read([&](storage::ReadTx& tx) { return store::files(tx, entry); });
  }
  std::size_t on_disk() {
    std::size_t n = 0;
    for (const auto& one : std::filesystem::recursive_directory_iterator(s.house().settings.data + "/files"))
      n += one.is_regular_file() ? 1 : 0;
    return n;
  }
  static std::string zip(std::uint64_t bytes) {
    std::string out;
    archive::ZipWriter writer([&](std::string_view piece) { out += piece; });
    writer.begin("zeros.txt", Time{});
    const std::string zeros(1 << 20, '0');
    for (std::uint64_t at = 0; at < bytes; at += zeros.size()) writer.write(zeros);
    writer.end();
    writer.finish();
    return out;
  }
  const std::string pdf = "%PDF-1.7\n" + std::string(30'000, 'x');

  Id c{}, entry{};
  std::string path;
};
ON_BOTH_DATABASES(EntryFiles);

TEST_P(EntryFiles, CountOnceTheEntryIsSealedWithThemAndAreTheTeamsAloneUntilEntriesClose) {
  const std::string before = digest_now(entry);
  send(anna, {{"file", "../../plans/sensor.pdf", pdf}}).expect(303);
  ASSERT_EQ(files().size(), 1U);
  const FileRow row = files()[0];
  EXPECT_EQ(row.name, "sensor.pdf") << "a name is a label and no path";
  EXPECT_EQ(row.type, "application/pdf");
  EXPECT_EQ(row.sha256, hex(crypto::view(crypto::sha256(pdf))));
  EXPECT_NE(digest_now(entry), before) << "what is sealed is committed to with its files";
  s.person(anna).get(path).expect(200).has("sensor.pdf");
  const std::string file = "/prize/challenges/" + challenge(c).slug + "/files/" + str(row.id);
  EXPECT_EQ(s.person(anna).get(file).expect(200).body(), pdf);
  for (const auto* email : {bram, writer, screener, seeker, judge_one, overseer, stranger})
    s.person(email).get(file).expect(404).lacks("sensor.pdf");
  seal(c, anna, entry);
  // Taken out of the draft it still belongs to what was sealed.
  s.person(anna).post(path + "/files/out", {{"key", "k1"}, {"file", str(row.id)}}).expect(303);
  ASSERT_EQ(files().size(), 1U);
  EXPECT_TRUE(files()[0].sealed);
  EXPECT_EQ(s.person(anna).get(file).expect(200).body(), pdf);
  for (const auto* email : {bram, writer, screener, seeker, judge_one}) s.person(email).get(file).expect(404);
  close();
  s.person(screener).get(file).expect(200);
  s.person(judge_one).get(file).expect(404);
  send(anna, {{"file", "late.pdf", pdf}}).lacks("added");
  EXPECT_EQ(files().size(), 1U) << "a file after the deadline is late";
}

TEST_P(EntryFiles, ThatAreNotWhatTheyShouldBeAreRefusedByNameAndNothingOfThemStays) {
  send(anna, {{"file", "tool.exe", "MZ\x90"}}).expect(422).has("tool.exe");
  send(anna, {{"file", "plan.pdf", "just words"}}).expect(422).has("plan.pdf");
  send(anna, {{"file", "empty.pdf", ""}}).expect(422).has("empty.pdf");
  send(anna, {{"file", "bomb.zip", zip(600u << 20)}}).expect(422);
  send(anna, {{"file", "large.pdf", "%PDF-1.7\n" + std::string(11u << 20, 'x')}})
      .expect(422)
      .has("large.pdf")
      .has("10");
  send(anna, {}).expect(422);
  send(bram, {{"file", "plan.pdf", pdf}}).expect(404);
  send(writer, {{"file", "plan.pdf", pdf}}).expect(404);
  EXPECT_TRUE(files().empty());
  EXPECT_EQ(on_disk(), 0U);
  // What is right goes in, and the page says what did not.
  send(anna, {{"file", "plan.pdf", pdf}, {"file", "tool.exe", "MZ\x90"}}).expect(422).has("plan.pdf").has("tool.exe");
  EXPECT_EQ(files().size(), 1U);
  send(anna, {{"file", "one.zip", zip(1u << 20)}, {"file", "two.pdf", pdf}}).expect(422);
  EXPECT_EQ(files().size(), 2U) << "the statement allows two";
  EXPECT_EQ(on_disk(), 2U);
}

TEST_P(EntryFiles, ATicketIsGoodForOneEntryOfWhoeverSentIt) {
  auto coming = s.house().files.receive();
  ASSERT_TRUE(coming && coming->write(pdf));
  const auto stored = s.house().files.keep(*std::move(coming));
  const std::string ticket = s.house().files.ticket(*stored, "plan.pdf");
  const auto attach = [&](const char* email, const std::string& word) {
    return refused(email, "challenges.attach", {{"challenge", str(c)}, {"entry", str(entry)}, {"ticket", word}});
  };
  EXPECT_EQ(attach(bram, ticket), "challenges.no-such-entry");
  EXPECT_NE(attach(anna, ticket + "x"), "done");
  EXPECT_EQ(attach(anna, ticket), "done");
  EXPECT_EQ(attach(anna, ticket), "fields.summary; ticket: challenges.attached-already");
  EXPECT_EQ(
      refused(bram, "challenges.detach", {{"challenge", str(c)}, {"entry", str(entry)}, {"file", str(files()[0].id)}}),
      "challenges.no-such-entry");
  act(anna, "challenges.detach", {{"challenge", str(c)}, {"entry", str(entry)}, {"file", str(files()[0].id)}});
  s.run_jobs();
  EXPECT_EQ(on_disk(), 0U) << "what no entry has is gone";
}

}  // namespace
}  // namespace polder::challenges
