#include "kernel/mail/mail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "kernel/base/embedded.h"
#include "kernel/mail/smtp_server_for_tests.h"
#include "kernel/metrics/log.h"
#include "kernel/storage/house_test.h"

namespace polder::mail {
namespace {

using storage::ReadTx;
using storage::WriteTx;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Mail thanks{.to = "jan@example.org",
                  .subject = "Thank you",
                  .text = "We have your answer.\n.\n..dots\n",
                  .kind = "consultations.receipt"};

class Post : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    house_ = storage::House::build(GetParam());
    if (!house_) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
    auto opened = storage::Database::open({.url = house_->url()});
    ASSERT_TRUE(opened) << opened.error().cause;
    db_ = std::move(*opened);
    const storage::Migration all[] = {
        {"kernel/jobs", 1, "jobs", std::string(*embedded("migrations/kernel/jobs/0001_jobs.sql"))},
        {"kernel/mail", 1, "mails", std::string(*embedded("migrations/kernel/mail/0001_mails.sql"))}};
    ASSERT_TRUE(db_->migrate(all));
  }

  Result<Id> send(const Mail& mail) {
    return db_->write([&](WriteTx& tx) { return outbox_.send(tx, mail); });
  }

  /// A node that delivers as told, stepped by hand.
  struct Node {
    Node(Post& post, Settings settings)
        : man(*post.db_, post.clock_, std::move(settings)),
          runner(*post.db_, post.queue_, post.clock_, post.random_, man.handlers(), {man.prune()}) {}
    Postman man;
    jobs::Runner runner;
  };
  Settings to(const SmtpServer& server) const {
    return {.from = "post@polder.example", .server = server.url(), .tls = Tls::none, .timeout_s = 5};
  }
  Settings to_folder() const { return {.from = "post@polder.example", .folder = folder_.path() / "mail"}; }

  std::vector<Entry> entries() {
    return db_->read([](ReadTx& tx) { return list(tx, Id{std::numeric_limits<std::int64_t>::max()}, 10); });
  }
  std::vector<std::string> files() {
    std::vector<std::string> out;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "mail", none)) {
      std::ifstream in(entry.path());
      out.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return out;
  }

  std::unique_ptr<storage::House> house_;
  storage::Folder folder_;
  std::unique_ptr<storage::Database> db_;
  ManualClock clock_{Time{1'800'000'000'000}};
  SeededRandom random_{1};
  IdSource ids_{clock_, random_};
  jobs::Queue queue_{ids_};
  Outbox outbox_{ids_, queue_, clock_};
};

TEST_P(Post, GoesToTheServerAfterTheActAndNotWithoutIt) {
  const SmtpServer server;
  Node node(*this, to(server));
  EXPECT_FALSE(db_->write([&](WriteTx& tx) -> Done {
    EXPECT_TRUE(outbox_.send(tx, thanks));
    return refuse(Why::conflict, {"test.no"});
  }));
  EXPECT_EQ(node.runner.run_due(), 0u);
  ASSERT_TRUE(send(thanks));
  EXPECT_THAT(server.messages(), IsEmpty()) << "the act has not waited for the server";
  EXPECT_EQ(node.runner.run_due(), 1u);
  EXPECT_THAT(server.lines(),
              testing::IsSupersetOf({"MAIL FROM:<post@polder.example>", "RCPT TO:<jan@example.org>", "DATA"}));
  ASSERT_EQ(server.messages().size(), 1u);
  EXPECT_THAT(server.messages()[0], HasSubstr("Subject: Thank you\r\n"));
  EXPECT_TRUE(server.messages()[0].ends_with("\r\n\r\nWe have your answer.\r\n.\r\n..dots\r\n"));
  EXPECT_EQ(entries().at(0).state, State::sent);
  EXPECT_EQ(node.runner.run_due(), 0u);
}

TEST_P(Post, ManyMailsShareAConnection) {
  const SmtpServer server;
  Node node(*this, to(server));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(send(thanks));
  EXPECT_EQ(node.runner.run_due(), 5u);
  EXPECT_EQ(server.messages().size(), 5u);
  EXPECT_EQ(server.connections(), 1);
}

TEST_P(Post, SignsInWhereAUserIsSet) {
  const SmtpServer server;
  auto settings = to(server);
  settings.user = "u";
  settings.password = "p";
  Node node(*this, settings);
  ASSERT_TRUE(send(thanks));
  node.runner.run_due();
  EXPECT_THAT(server.lines(), testing::Contains(HasSubstr("AUTH PLAIN")));
  EXPECT_EQ(server.messages().size(), 1u);
}

TEST_P(Post, NothingIsSaidInTheClearToAServerThatMustEncrypt) {
  const SmtpServer server;
  auto settings = to(server);
  settings.tls = Tls::required;
  settings.user = "u";
  settings.password = "secret";
  Node node(*this, settings);
  ASSERT_TRUE(send(thanks));
  node.runner.run_due();
  for (const auto& line : server.lines())
    EXPECT_THAT(line, testing::AnyOf(testing::StartsWith("EHLO"), testing::StartsWith("STARTTLS"), "QUIT"));
  EXPECT_EQ(entries().at(0).state, State::waiting);
}

TEST_P(Post, ABusyServerIsTriedAgainWithTheSameMessage) {
  int times = 0;
  const SmtpServer server([&](const std::string& line) -> std::string {
    return line.starts_with("RCPT") && ++times < 3 ? "451 4.3.0 try again, jan@example.org" : "";
  });
  Node node(*this, to(server));
  ASSERT_TRUE(send(thanks));
  for (int i = 0; i < 5; ++i) {
    node.runner.run_due();
    clock_.advance(minute_ms);
  }
  EXPECT_EQ(times, 3);
  EXPECT_EQ(server.messages().size(), 1u);
  EXPECT_EQ(entries().at(0).state, State::sent);
}

TEST_P(Post, AServerThatDiesAtTheEndGetsTheSameMessageId) {
  int times = 0;
  const SmtpServer server(
      [&](const std::string& line) -> std::string { return line == "." && ++times == 1 ? "hang up" : ""; });
  Node node(*this, to(server));
  const auto id = send(thanks);
  ASSERT_TRUE(id);
  for (int i = 0; i < 3; ++i) {
    node.runner.run_due();
    clock_.advance(minute_ms);
  }
  EXPECT_EQ(times, 2);
  ASSERT_EQ(server.messages().size(), 1u);
  EXPECT_THAT(server.messages()[0], HasSubstr("Message-ID: <" + str(*id) + "@polder.example>"));
  EXPECT_THAT(server.messages()[0], HasSubstr("Date: Fri, 15 Jan 2027 08:00:00 +0000"));
}

TEST_P(Post, ARejectedMailIsGivenUpAndRecordedWithoutTheServersWords) {
  const SmtpServer server([](const std::string& line) -> std::string {
    return line.starts_with("RCPT TO:<jan@") ? "550 5.1.1 no jan@example.org here" : "";
  });
  Node node(*this, to(server));
  ASSERT_TRUE(send(thanks));
  auto other = thanks;
  other.to = "els@example.org";
  ASSERT_TRUE(send(other));
  EXPECT_EQ(node.runner.run_due(), 2u);
  clock_.advance(day_ms);
  EXPECT_EQ(node.runner.run_due(), 0u);
  EXPECT_EQ(server.messages().size(), 1u) << "the others are delivered";
  const auto all = entries();
  EXPECT_EQ(all.at(1).state, State::failed);
  EXPECT_EQ(all.at(1).fault, "SMTP 550");
  const auto failed = db_->read([](ReadTx& tx) { return jobs::failures(tx, Id{0}, 10); });
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_EQ(failed[0].fault, "SMTP 550");
}

TEST_P(Post, AWrongPasswordIsNotTheFaultOfTheMail) {
  bool mended = false;
  const SmtpServer server([&](const std::string& line) -> std::string {
    return line.starts_with("AUTH") && !mended ? "535 5.7.8 no" : "";
  });
  auto settings = to(server);
  settings.user = "u";
  settings.password = "p";
  Node node(*this, settings);
  ASSERT_TRUE(send(thanks));
  node.runner.run_due();
  EXPECT_EQ(entries().at(0).state, State::waiting);
  mended = true;
  clock_.advance(minute_ms);
  node.runner.run_due();
  EXPECT_EQ(entries().at(0).state, State::sent);
}

TEST_P(Post, AServerThatIsGoneIsTriedLaterAndActsGoOn) {
  std::string url;
  {
    const SmtpServer gone;
    url = gone.url();
  }
  Node node(*this, {.from = "p@d.example", .server = url, .tls = Tls::none, .timeout_s = 5});
  ASSERT_TRUE(send(thanks));
  EXPECT_EQ(node.runner.run_due(), 1u);
  EXPECT_EQ(entries().at(0).state, State::waiting);
  ASSERT_TRUE(send(thanks));
  EXPECT_EQ(node.runner.figures().retried, 1u);
}

TEST_P(Post, AfterFourDaysOfTriesItIsGivenUp) {
  std::string url;
  {
    const SmtpServer gone;
    url = gone.url();
  }
  Node node(*this, {.from = "p@d.example", .server = url, .tls = Tls::none, .timeout_s = 5});
  ASSERT_TRUE(send(thanks));
  std::int64_t waited = 0;
  for (; entries().at(0).state == State::waiting && waited < 10 * day_ms; waited += hour_ms / 2) {
    node.runner.run_due();
    clock_.advance(hour_ms / 2);
  }
  EXPECT_EQ(entries().at(0).state, State::failed);
  EXPECT_GT(waited, 4 * day_ms);
  EXPECT_LT(waited, 7 * day_ms);
}

TEST_P(Post, WithoutAServerItLandsInTheFolder) {
  Node node(*this, to_folder());
  auto mail = thanks;
  mail.attachments = {{"receipt.tlog-proof", "text/plain", "proof"}};
  const auto id = send(mail);
  ASSERT_TRUE(id);
  node.runner.run_due();
  ASSERT_EQ(files().size(), 1u);
  EXPECT_THAT(files()[0], HasSubstr("To: <jan@example.org>\r\n"));
  EXPECT_THAT(files()[0], HasSubstr("cHJvb2Y="));
  const auto file = folder_.path() / "mail" / (str(*id) + ".eml");
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
  const auto kept = db_->read([&](ReadTx& tx) { return read(tx, *id); });
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->subject, "Thank you");
  EXPECT_EQ(kept->attachments.at(0).bytes, "proof");
}

TEST_P(Post, DeliveredMailIsDeletedAfterItsTime) {
  Node node(*this, to_folder());
  ASSERT_TRUE(send(thanks));
  node.runner.run_due();
  clock_.advance(7 * day_ms);
  node.runner.run_due();
  EXPECT_EQ(entries().size(), 1u);
  EXPECT_EQ(files().size(), 1u);
  clock_.advance(2 * hour_ms);
  node.runner.run_due();
  EXPECT_THAT(entries(), IsEmpty());
  EXPECT_THAT(files(), IsEmpty());
}

TEST_P(Post, ErasureLeavesNoAddressNoWordAndNoFile) {
  Node node(*this, to_folder());
  auto mail = thanks;
  mail.attachments = {{"a", "text/plain", "attached-words"}};
  auto other = thanks;
  other.to = "els@example.org";
  ASSERT_TRUE(send(mail));
  ASSERT_TRUE(send(other));
  node.runner.run_due();
  ASSERT_TRUE(send(mail)) << "and one that waits";
  (void)db_->write([&](WriteTx& tx) -> Done {
    outbox_.forget(tx, "jan@example.org");
    return {};
  });
  node.runner.run_due();
  const auto rest = entries();
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].to, "els@example.org");
  ASSERT_EQ(files().size(), 1u);
  EXPECT_THAT(files()[0], Not(HasSubstr("jan@")));
  constexpr std::string_view tables[] = {"mails", "mail_attachments", "jobs"};
  db_->scrub(tables);
  for (const auto table : tables)
    for (const auto* trace : {"jan@example.org", "attached-words"})
      EXPECT_FALSE(house_->holds(*db_, table, trace)) << table << ": " << trace;
}

TEST_P(Post, NoLogNamesAnAddress) {
  std::ostringstream lines;
  log::start(log::Level::debug, &lines);
  const SmtpServer server(
      [](const std::string& line) -> std::string { return line.starts_with("RCPT") ? "550 jan@example.org" : ""; });
  Node node(*this, to(server));
  ASSERT_TRUE(send(thanks));
  node.runner.run_due();
  log::start();
  EXPECT_THAT(lines.str(), HasSubstr("jobs.given-up"));
  EXPECT_THAT(lines.str(), Not(HasSubstr("jan")));
}

INSTANTIATE_TEST_SUITE_P(On, Post, testing::Values("sqlite", "postgres"), [](const auto& kind) { return kind.param; });

}  // namespace
}  // namespace polder::mail
