// The mechanism every change goes through: once, wholly, in order, provable, and never lost.
#include "record/acts.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <thread>

#include "kernel/base/embedded.h"
#include "kernel/storage/house_test.h"
#include "record/audit.h"
#include "record/log.h"
#include "record/receipt.h"
#include "record/store.h"

namespace polder::record {
namespace {

using storage::ReadTx;
using storage::WriteTx;

struct Say {
  static constexpr std::string_view name = "trial.say";
  fields::Text<20'000'000> words;
  bool then_refuse = false;
  bool forgets = false;
  bool about_a_secret = false;
  bool too_early = false;
};
BOOST_DESCRIBE_STRUCT(Say, (), (words, then_refuse, forgets, about_a_secret, too_early))

/// A program on a database: acts, a log, a clock. Two of them on one PostgreSQL are two nodes.
struct Node {
  Node(const std::string& url, std::filesystem::path high_water, std::uint64_t seed = 1,
       std::string secret = std::string(32, 's'))
      : db(storage::Database::open({.url = url, .readers = 2}).value()),
        clock(Time{1'800'000'000'000 + std::int64_t(seed) * minute_ms}),
        chance(seed),
        ids(clock, chance),
        logs(*db, clock, std::move(secret), std::move(high_water)),
        acts({.database = *db,
              .clock = clock,
              .ids = ids,
              .random = chance,
              .logs = logs,
              .gate = [this](ReadTx&, Id, const Actor& actor, std::string_view,
                             std::string_view phase) -> Result<std::string> {
                if (actor.kind == Actor::Kind::visitor && !visitors_may)
                  return refuse(Why::forbidden, {"trial.not-you"});
                if (phase == "closed") return refuse(Why::forbidden, {"trial.closed"});
                return std::string("citizen");
              },
              .renewed = [this](Id, const std::vector<std::string>& subjects) { renewed += subjects.size(); }}) {
    const std::vector<storage::Migration> migrations{
        {"record", 1, "record", std::string(embedded("migrations/record/0001_record.sql").value())},
        {"trial", 1, "said", "CREATE TABLE said (id BIGINT PRIMARY KEY, words TEXT NOT NULL);"}};
    if (!db->migrate(migrations)) throw std::runtime_error("migrations");
    if (!db->read([](ReadTx& tx) { return store::log(tx, server_platform); }))
      (void)db->write([&](WriteTx& tx) -> Done {
        logs.create(tx, server_platform, "example.org/record");
        return {};
      });
    acts.add(declare<Say>(*this, {"open", "closed"}, find, apply));
  }

  static Result<Subject> find(Node&, ReadTx&, Id, const Say& say) {
    return Subject{"trials/one", say.about_a_secret ? "closed" : say.too_early ? "draft" : "open", say.about_a_secret};
  }
  static Result<Effect> apply(Node&, Doing& doing, const Say& say) {
    const Id made = doing.ids.next();
    doing.tx.exec({"trial.put", "INSERT INTO said (id, words) VALUES ($1, $2)"}, made,
                  say.words.value.substr(0, 1'000));
    doing.renew("one");
    if (say.then_refuse) return refuse(Why::conflict, {"trial.refused"});
    return Effect{
        .visibility = Visibility::open, .made = made, .location = "said/" + str(made), .forgets = say.forgets};
  }

  Result<Recorded> say(const fields::json::object& fields, const Actor& actor, std::string key = {}) {
    return acts.perform({server_platform, actor, "trial.say", fields, std::move(key)});
  }
  std::int64_t count(std::string_view sql) {
    return db->read([&](ReadTx& tx) { return *tx.value<std::int64_t>({sql, sql}); });
  }
  std::int64_t said() { return count("SELECT count(*) FROM said"); }
  std::int64_t leaves() { return count("SELECT count(*) FROM leaves"); }
  store::ActRow row(Id act) {
    return db->read([&](ReadTx& tx) { return store::act(tx, act); }).value();
  }
  std::string receipt(Id act) {
    const auto made = logs.receipt(row(act));
    return made ? *made : made.error().message.key;
  }
  std::string verdict(const std::string& receipt) {
    const auto verified = verify_receipt(receipt, logs.verifier(server_platform).value());
    return verified ? "verified" : verified.error().message.key;
  }

  std::unique_ptr<storage::Database> db;
  ManualClock clock;
  SeededRandom chance;
  IdSource ids;
  Logs logs;
  std::atomic<std::size_t> renewed = 0;
  bool visitors_may = false;
  Acts acts;
};

/// The log as a stranger reads it.
class Served final : public Source {
 public:
  explicit Served(Logs& logs) : logs_(logs) {}
  Result<std::string> fetch(std::string_view path) override {
    if (path == "checkpoint") {
      TRY(const auto newest, logs_.checkpoint(server_platform));
      return newest.note;
    }
    TRY(const auto tile, parse_tile_path(path));
    return logs_.tile(server_platform, tile);
  }

 private:
  Logs& logs_;
};

std::string audited(Node& node, std::vector<std::string> seen = {}) {
  Served served(node.logs);
  const auto report = audit(served, node.logs.verifier(server_platform).value(),
                            {.seen = std::move(seen), .progress = {}, .entry = {}});
  return report ? "clean" : report.error().message.key + ' ' + report.error().cause;
}

Actor person(std::int64_t id) { return {.kind = Actor::Kind::person, .person = Id{id}, .roles = {}}; }
const Actor anna = person(7), bert = person(8);

class ActsTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    house_ = storage::House::build(GetParam());
    if (!house_) GTEST_SKIP() << "skipped: POLDER_TEST_POSTGRES is not set";
    start();
  }
  void start() {
    node_.reset();
    node_ = std::make_unique<Node>(house_->url(), high_water(), ++seed_);
  }
  std::filesystem::path high_water() const { return folder_.path() / "high-water"; }
  Node& node() { return *node_; }

  storage::Folder folder_;
  std::unique_ptr<storage::House> house_;
  std::unique_ptr<Node> node_;
  std::uint64_t seed_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Both, ActsTest, testing::Values("sqlite", "postgres"),
                         [](const auto& which) { return which.param; });

TEST_P(ActsTest, SentTwiceGivesTheSameAnswerAndOneEffect) {
  const auto first = node().say({{"words", "hello"}}, anna, "key"),
             again = node().say({{"words", "hello"}}, anna, "key");
  ASSERT_TRUE(first && again);
  EXPECT_FALSE(first->repeated);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(std::tie(first->act, first->position, first->made, first->location),
            std::tie(again->act, again->position, again->made, again->location));
  EXPECT_EQ(node().said(), 1);
  EXPECT_EQ(node().leaves(), 1);
  start();
  EXPECT_TRUE(node().say({{"words", "hello"}}, anna, "key")->repeated) << "after a restart too";
}

TEST_P(ActsTest, AKeyUsedForSomethingElseIsRefused) {
  ASSERT_TRUE(node().say({{"words", "hello"}}, anna, "key"));
  const auto other = node().say({{"words", "goodbye"}}, anna, "key");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().why, Why::conflict);
  EXPECT_EQ(other.error().message.key, "record.key-used");
  EXPECT_EQ(node().said(), 1);
  EXPECT_FALSE(node().say({{"words", "x"}}, anna, std::string(201, 'k')));
}

TEST_P(ActsTest, AnotherPersonsEqualKeyDoesNotMeet) {
  const auto a = node().say({{"words", "hello"}}, anna, "key"), b = node().say({{"words", "hello"}}, bert, "key"),
             console = node().say({{"words", "hello"}}, Actor::console(), "key");
  ASSERT_TRUE(a && b && console);
  EXPECT_FALSE(b->repeated || console->repeated);
  EXPECT_EQ(node().said(), 3);
  EXPECT_TRUE(node().say({{"words", "hello"}}, anna) && node().say({{"words", "hello"}}, anna))
      << "without a key each is an act";
  EXPECT_EQ(node().said(), 5);
}

TEST_P(ActsTest, AVisitorsKeyIsTheirsTogetherWithWhatTheySaid) {
  node().visitors_may = true;
  const auto say = [&](const std::string& words, const Actor& actor) {
    return node().say({{"words", words}}, actor, "1");
  };
  const auto first = say("hello", Actor::visitor()), again = say("hello", Actor::visitor());
  ASSERT_TRUE(first && again);
  EXPECT_TRUE(again->repeated && again->act == first->act) << "sent twice, one effect";
  const auto another = say("goodbye", Actor::visitor());
  ASSERT_TRUE(another) << "somebody else chose the same key: nobody stands in their way";
  EXPECT_FALSE(another->repeated) << "nor are they given another's answer";
  EXPECT_EQ(node().said(), 2);
  ASSERT_TRUE(say("hello", anna)) << "and with an account a key is one's own";
  EXPECT_EQ(say("goodbye", anna).error().message.key, "record.key-used");
}

TEST(Renewal, IsReadAsItWasWritten) {
  const Renewal some{Id{7}, {"consultations/water", "list of water", "*"}};
  EXPECT_EQ(read_renewal(format(some)), some);
  EXPECT_EQ(read_renewal(format({Id{7}, {}})), Renewal{Id{7}});
  Renewal many{Id{7}, std::vector<std::string>(1'000, "consultations/water")};
  EXPECT_EQ(read_renewal(format(many)), (Renewal{Id{7}, {"*"}})) << "too long to be told";
  for (const auto* other : {"", "7", "*", "0000000000007", "not-an-id\nwater\n"})
    EXPECT_EQ(read_renewal(other), std::nullopt) << other;
}

TEST_P(ActsTest, ManyAtOnceWithOneKeyHaveOneEffect) {
  std::atomic<int> fresh = 0;
  {
    std::vector<std::jthread> senders;
    for (int i = 0; i < 16; ++i)
      senders.emplace_back([&] {
        const auto done = node().say({{"words", "hello"}}, anna, "key");
        ASSERT_TRUE(done);
        fresh += done->repeated ? 0 : 1;
      });
  }
  EXPECT_EQ(fresh, 1);
  EXPECT_EQ(node().said(), 1);
  EXPECT_EQ(node().renewed, 1U);
}

TEST_P(ActsTest, WhatIsRefusedLeavesNoRowAndNoLeaf) {
  const auto refused = [&](const fields::json::object& fields, const Actor& actor) {
    const auto done = node().say(fields, actor, "key");
    return done ? "done" : done.error().message.key;
  };
  EXPECT_EQ(refused({{"words", "x"}, {"then-refuse", true}}, anna), "trial.refused") << "after it wrote its row";
  EXPECT_EQ(refused({{"words", ""}}, anna), "fields.summary");
  EXPECT_EQ(refused({{"words", "x"}}, Actor::visitor()), "trial.not-you");
  EXPECT_EQ(node().acts.perform({server_platform, anna, "trial.sing", {}}).error().message.key, "record.no-such-act");
  EXPECT_EQ(node().said() + node().leaves() + node().count("SELECT count(*) FROM acts"), 0);
  EXPECT_EQ(node().renewed, 0U);
  EXPECT_EQ(refused({{"words", "x"}}, anna), "done") << "a refusal uses no key up";
}

TEST_P(ActsTest, ASecretSubjectIsNotKnownToWhoMayNotActOnIt) {
  const auto refused = node().say({{"words", "x"}, {"about-a-secret", true}}, anna);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().why, Why::not_found);
  EXPECT_EQ(refused.error().message.key, "record.not-found");
}

TEST_P(ActsTest, AnActOutsideItsPhasesIsRefusedWhoeverTriesIt) {
  for (const auto& actor : {anna, Actor::console(), Actor::clock()}) {
    const auto refused = node().say({{"words", "x"}, {"too-early", true}}, actor);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message.key, "record.not-in-this-phase");
  }
  EXPECT_EQ(node().said(), 0);
}

TEST_P(ActsTest, ARehearsalKeepsNothing) {
  EXPECT_TRUE(node().acts.rehearse({server_platform, anna, "trial.say", {{"words", "x"}}}));
  EXPECT_EQ(node()
                .acts.rehearse({server_platform, anna, "trial.say", {{"words", "x"}, {"then-refuse", true}}})
                .error()
                .message.key,
            "trial.refused");
  EXPECT_EQ(node().said() + node().leaves(), 0);
  EXPECT_EQ(node().renewed, 0U);
}

TEST_P(ActsTest, FromManyThreadsThePositionsAreDenseAndTheTreeIsTheOneRecomputed) {
  constexpr int threads = 8, each = 60;
  {
    std::vector<std::jthread> people;
    for (int t = 0; t < threads; ++t)
      people.emplace_back([&, t] {
        for (int i = 0; i < each; ++i) {
          const bool refuse_it = i % 7 == 3;
          const auto done = node().say({{"words", std::to_string(i)}, {"then-refuse", refuse_it}}, person(100 + t));
          EXPECT_NE(done.has_value(), refuse_it);
          EXPECT_TRUE(i % 20 != 0 || node().logs.checkpoint(server_platform));
        }
      });
  }
  const std::int64_t kept = threads * (each - (each + 3) / 7);
  EXPECT_EQ(node().said(), kept);
  EXPECT_EQ(
      node().count("SELECT count(*) FROM acts a JOIN leaves l ON l.platform = a.platform AND l.position = a.position"),
      kept);
  EXPECT_EQ(node().count("SELECT max(position) FROM leaves"), kept - 1);
  const auto log = node().db->read([](ReadTx& tx) { return *store::log(tx, server_platform); });
  Edge again;
  node().db->read([&](ReadTx& tx) {
    for (std::int64_t i = 0; i < kept; ++i)
      again.append(leaf_hash(store::entry(tx, server_platform, std::uint64_t(i)).value()));
  });
  EXPECT_EQ(log.edge, again);
  EXPECT_EQ(audited(node()), "clean");
}

TEST_P(ActsTest, TwoNodesOnOneDatabaseKeepOneLog) {
  if (GetParam() == "sqlite") GTEST_SKIP() << "skipped: SQLite lets one program in";
  Node other(house_->url(), {}, 99);
  std::atomic<int> fresh = 0;
  {
    std::vector<std::jthread> people;
    for (Node* n : {&node(), &other})
      for (int t = 0; t < 3; ++t)
        people.emplace_back([&, n, t] {
          for (int i = 0; i < 40; ++i) {
            const auto done = n->say({{"words", "same"}}, person(t), std::to_string(i));
            ASSERT_TRUE(done);
            fresh += done->repeated ? 0 : 1;
            EXPECT_TRUE(i % 10 != 0 || n->logs.checkpoint(server_platform));
          }
        });
  }
  EXPECT_EQ(fresh, 3 * 40) << "the same keys on both";
  EXPECT_EQ(node().leaves(), 3 * 40);
  EXPECT_EQ(audited(node()), "clean");
  EXPECT_EQ(audited(other), "clean");
}

TEST_P(ActsTest, AReceiptVerifiesOfflineAndStillDoesAfterTheLogHasGrown) {
  const auto done = node().say({{"words", "The river floods.\nEvery spring."}}, anna);
  const std::string early = node().receipt(done->act);
  EXPECT_EQ(node().verdict(early), "verified");
  const auto verified = verify_receipt(early, node().logs.verifier(server_platform).value());
  EXPECT_EQ(
      verified->content,
      R"({"words":"The river floods.\nEvery spring.","then-refuse":false,"forgets":false,"about-a-secret":false,"too-early":false})");
  EXPECT_EQ(verified->leaf.act, "trial.say");
  EXPECT_EQ(verified->leaf.role, "citizen");
  std::vector<std::string> seen{node().logs.checkpoint(server_platform)->note};
  for (int i = 0; i < 300; ++i) ASSERT_TRUE(node().say({{"words", "later"}}, bert));
  EXPECT_EQ(node().verdict(early), "verified");
  const std::string late = node().receipt(done->act);
  EXPECT_NE(late, early);
  EXPECT_EQ(node().verdict(late), "verified");
  EXPECT_EQ(audited(node(), seen), "clean") << "the tree that was signed then is the beginning of today's";
}

TEST_P(ActsTest, ErasureTakesTheWordsAndTheAuditStaysClean) {
  const auto words = "Jordaan 12, third floor";
  const auto done = node().say({{"words", words}}, anna), other = node().say({{"words", "stays"}}, bert);
  const std::string kept_receipt = node().receipt(done->act);
  (void)node().db->write([&](WriteTx& tx) -> Done {
    store::erase_person(tx, anna.person);
    tx.exec({"test.forget", "DELETE FROM said WHERE id = $1"}, done->made);
    return {};
  });
  const auto row = node().row(done->act);
  EXPECT_EQ(row.person, Id{});
  EXPECT_FALSE(row.content || row.opening);
  EXPECT_EQ(node().receipt(done->act), "record.erased");
  EXPECT_EQ(node().verdict(node().receipt(other->act)), "verified");
  EXPECT_EQ(node().verdict(kept_receipt), "verified") << "what somebody kept still proves it";
  EXPECT_EQ(audited(node()), "clean");
  const auto tables = std::array<std::string_view, 2>{"acts", "said"};
  node().db->scrub(tables);
  EXPECT_FALSE(house_->holds(*node().db, "acts", words));
  const auto again = node().say({{"words", words}}, anna);
  EXPECT_TRUE(again && !again->repeated);
}

TEST_P(ActsTest, AnActThatForgetsKeepsOnlyItsLeaf) {
  const auto done = node().say({{"words", "forget me"}, {"forgets", true}}, anna, "key");
  const auto row = node().row(done->act);
  EXPECT_EQ(row.person, Id{});
  EXPECT_FALSE(row.content || row.opening);
  EXPECT_EQ(node().leaves(), 1);
  EXPECT_EQ(audited(node()), "clean");
}

TEST_P(ActsTest, ErasesWhatSaysAnAddressAndNothingElse) {
  const auto a = node().say({{"words", "for 100%_sure@example.org"}}, anna),
             b = node().say({{"words", "for 100 xsure@example.org"}}, anna);
  (void)node().db->write([](WriteTx& tx) -> Done {
    store::erase_acts_saying(tx, server_platform, "trials/one", "100%_sure@example.org");
    return {};
  });
  EXPECT_FALSE(node().row(a->act).content);
  EXPECT_TRUE(node().row(b->act).content);
}

TEST_P(ActsTest, AnActTooLongForAReceiptIsRecordedAndSaysSo) {
  const auto done = node().say({{"words", std::string(max_content + 1, 'x')}}, anna);
  ASSERT_TRUE(done);
  const auto receipt = node().logs.receipt(node().row(done->act));
  ASSERT_FALSE(receipt) << "it would be refused by whoever verifies it";
  EXPECT_EQ(receipt.error().why, Why::too_large);
  EXPECT_EQ(receipt.error().message.key, "record.too-long-for-a-receipt");
  EXPECT_EQ(audited(node()), "clean");
}

TEST_P(ActsTest, ActsAreListedByKeyWithoutLossOrRepetition) {
  std::vector<std::int64_t> expected;
  for (int i = 0; i < 25; ++i) {
    const auto done = node().say({{"words", std::to_string(i)}}, i % 2 == 0 ? anna : bert);
    expected.insert(expected.begin(), done->position);
  }
  std::vector<std::int64_t> by_platform, by_subject;
  node().db->read([&](ReadTx& tx) {
    for (std::int64_t before = -1;;) {
      const auto page = store::acts_of_platform(tx, server_platform, before, 4);
      if (page.empty()) break;
      for (const auto& row : page) by_platform.push_back(row.position);
      before = page.back().position;
    }
    for (Id before{};;) {
      const auto page = store::acts_about(tx, server_platform, "trials/one", before, 4);
      if (page.empty()) break;
      for (const auto& row : page) by_subject.push_back(row.position);
      before = page.back().id;
    }
    EXPECT_EQ(store::acts_of_person(tx, anna.person, {}, 100).size(), 13U);
    EXPECT_EQ(store::act_at(tx, server_platform, 3)->position, 3);
  });
  EXPECT_EQ(by_platform, expected);
  EXPECT_EQ(by_subject, expected);
}

// ---- the log as it is served ----

TEST_P(ActsTest, TilesAreThoseOfTheSpecificationAtEverySize) {
  std::vector<std::string> seen;
  std::map<std::uint64_t, std::vector<std::string>> paths{
      {1, {"tile/0/000.p/1", "tile/entries/000.p/1"}},
      {255, {"tile/0/000.p/255", "tile/entries/000.p/255"}},
      {256, {"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}},
      {257, {"tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1", "tile/entries/001.p/1"}},
      {600, {"tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/002.p/88"}}};
  std::uint64_t size = 0;
  for (const auto& [until, served] : paths) {
    for (; size < until; ++size) ASSERT_TRUE(node().say({{"words", "w"}}, anna));
    Served source(node().logs);
    ASSERT_EQ(audited(node(), seen), "clean") << until;
    seen.push_back(node().logs.checkpoint(server_platform)->note);
    for (const auto& path : served) EXPECT_TRUE(source.fetch(path)) << until << ' ' << path;
    for (const std::string beyond :
         {"tile/0/003", "tile/0/002.p/89", "tile/1/000", "tile/1/000.p/3", "tile/2/000.p/1", "tile/entries/003.p/1"})
      EXPECT_FALSE(source.fetch(beyond)) << until << ' ' << beyond;
  }
  // What is not signed yet is not served.
  ASSERT_TRUE(node().say({{"words", "w"}}, anna));
  EXPECT_FALSE(node().logs.tile(server_platform, parse_tile_path("tile/0/002.p/89").value()));
  EXPECT_TRUE(node().logs.checkpoint(server_platform));
  EXPECT_TRUE(node().logs.tile(server_platform, parse_tile_path("tile/0/002.p/89").value()));
}

TEST_P(ActsTest, TheSameTreeIsSignedOnce) {
  ASSERT_TRUE(node().say({{"words", "w"}}, anna));
  const auto first = node().logs.checkpoint(server_platform);
  node().clock.advance(hour_ms);
  EXPECT_EQ(node().logs.checkpoint(server_platform)->note, first->note);
  EXPECT_EQ(node().logs.checkpoint(Id{99}).error().message.key, "record.no-log");
}

// ---- a record never forks ----

class Rollback : public ActsTest {
 protected:
  /// As if a back-up had been put back: the last `n` acts and whatever was signed over them are gone.
  void forget_last(std::int64_t n) {
    (void)node().db->write([&](WriteTx& tx) -> Done {
      const auto log = store::log(tx, server_platform);
      const auto size = std::int64_t(log->edge.size()) - n;
      Edge edge;
      for (std::int64_t i = 0; i < size; ++i)
        edge.append(leaf_hash(*store::entry(tx, server_platform, std::uint64_t(i))));
      for (const auto* sql :
           {"DELETE FROM acts WHERE position >= $1", "DELETE FROM leaves WHERE position >= $1",
            "DELETE FROM checkpoints WHERE size > $1", "DELETE FROM subtrees WHERE (position + 1) * 256 > $1"})
        tx.exec({sql, sql}, size);
      tx.exec({"test.edge", "UPDATE logs SET size = $1, edge = $2"}, size, storage::Blob{edge.bytes()});
      return {};
    });
  }
};
INSTANTIATE_TEST_SUITE_P(Both, Rollback, testing::Values("sqlite", "postgres"),
                         [](const auto& which) { return which.param; });

TEST_P(Rollback, ALogBelowItsHighWaterMarkIsStopped) {
  for (int i = 0; i < 300; ++i) ASSERT_TRUE(node().say({{"words", "w"}}, anna));
  ASSERT_TRUE(node().logs.checkpoint(server_platform));
  start();
  EXPECT_TRUE(node().logs.check()) << "as it was left";
  forget_last(60);
  start();
  const auto stopped = node().logs.check();
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().message.key, "record.stopped");
  // Nothing is signed, and nothing is taken that could never be signed.
  EXPECT_FALSE(node().logs.checkpoint(server_platform));
  const std::int64_t before = node().leaves();
  const auto refused = node().say({{"words", "w"}}, anna);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.key, "record.stopped");
  EXPECT_EQ(node().leaves(), before);
}

TEST_P(Rollback, ALogThatWasSignedWithAnotherSecretIsStopped) {
  ASSERT_TRUE(node().say({{"words", "w"}}, anna));
  ASSERT_TRUE(node().logs.checkpoint(server_platform));
  node_.reset();
  {
    Node stranger(house_->url(), {}, 99, std::string(32, 't'));
    EXPECT_FALSE(stranger.logs.check()) << "a lost secret, or a node that was given another one";
    EXPECT_FALSE(stranger.say({{"words", "w"}}, anna));
  }
  start();
  EXPECT_TRUE(node().logs.check());
}

TEST_P(Rollback, ALogThatGrewAnotherWayIsStoppedThoughItIsLonger) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(node().say({{"words", "w"}}, anna));
  ASSERT_TRUE(node().logs.checkpoint(server_platform));
  forget_last(2);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(node().say({{"words", "other"}}, bert));
  start();
  EXPECT_FALSE(node().logs.check());
}

TEST_P(Rollback, AHashThatWasChangedStopsTheLog) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(node().say({{"words", "w"}}, anna));
  (void)node().db->write([](WriteTx& tx) -> Done {
    tx.exec({"test.tamper", "UPDATE leaves SET hash = $1 WHERE position = 2"}, storage::Blob{std::string(32, 'x')});
    return {};
  });
  start();
  EXPECT_FALSE(node().logs.check());
}

TEST_P(Rollback, AMarkThatCannotBeWrittenLosesNoMark) {
  ASSERT_TRUE(node().say({{"words", "w"}}, anna));
  ASSERT_TRUE(node().logs.checkpoint(server_platform));
  const auto file = [&] {
    std::ifstream in(high_water());
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const std::string before = file();
  EXPECT_TRUE(before.starts_with("example.org/record 1 "));
  std::filesystem::create_symlink("/dev/full", high_water().string() + ".new");
  ASSERT_TRUE(node().say({{"words", "w"}}, anna));
  EXPECT_TRUE(node().logs.checkpoint(server_platform)) << "a full disk does not stop the record";
  EXPECT_EQ(file(), before);
  start();
  EXPECT_TRUE(node().logs.check());
}

// ---- kill -9 ----

/// A program that performs acts as fast as it can and tells of each only when it is acknowledged.
[[noreturn]] void perform_until_killed(const std::string& url, const std::filesystem::path& high_water,
                                       std::uint64_t seed, int pipe) {
  Node node(url, high_water, seed);
  std::vector<std::jthread> people;
  for (int t = 0; t < 4; ++t)
    people.emplace_back([&, t] {
      for (;;) {
        const auto done = node.say({{"words", "w"}}, person(t));
        if (!done || ::write(pipe, &done->act.value, sizeof done->act.value) != sizeof done->act.value) ::_exit(1);
        if (done->position % 5 == 0 && !node.logs.checkpoint(server_platform)) ::_exit(1);
      }
    });
  for (;;) ::pause();
}

TEST(Kill, NoAcknowledgedActIsEverLost) {
  storage::Folder folder;
  const std::string url = "sqlite:" + (folder.path() / "polder.db").string();
  const auto high_water = folder.path() / "high-water";
  std::mt19937_64 chance(7);
  std::vector<std::int64_t> acknowledged;
  std::vector<std::string> seen;
  for (int round = 0; round < 20; ++round) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(pipe[0]);
      perform_until_killed(url, high_water, std::uint64_t(round) + 1, pipe[1]);
    }
    ::close(pipe[1]);
    const std::size_t enough = acknowledged.size() + 1 + chance() % 40;
    std::int64_t act = 0;
    while (acknowledged.size() < enough && ::read(pipe[0], &act, sizeof act) == sizeof act) acknowledged.push_back(act);
    ::usleep(useconds_t(chance() % 3'000));
    ::kill(child, SIGKILL);
    while (::read(pipe[0], &act, sizeof act) == sizeof act) acknowledged.push_back(act);
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the program ended by itself";

    Node node(url, high_water, 1'000 + std::uint64_t(round));
    EXPECT_TRUE(node.logs.check());
    ASSERT_EQ(audited(node, seen), "clean") << round;
    seen.push_back(node.logs.checkpoint(server_platform)->note);
    EXPECT_EQ(node.leaves(), node.count("SELECT count(*) FROM acts"));
    for (const auto id : acknowledged)
      ASSERT_EQ(node.verdict(node.receipt(Id{id})), "verified") << "round " << round << ", act " << str(Id{id});
  }
  EXPECT_GE(acknowledged.size(), 20U);
}

}  // namespace
}  // namespace polder::record
