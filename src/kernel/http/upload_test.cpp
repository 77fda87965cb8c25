// Uploads: the body goes to an Intake as it comes, after its sender was let in, within bounds of size, time and number.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "kernel/http/server.h"
#include "kernel/http/test_client.h"

namespace polder::http {
namespace {

using testing::HasSubstr;

constexpr std::uint64_t limit = 8u << 20;

/// What the intakes of a test saw.
struct Seen {
  std::atomic<int> made = 0, living = 0, answered = 0;
  std::atomic<std::size_t> taken = 0, largest_piece = 0;
  std::atomic<std::size_t> stop_after = std::size_t(-1);
  std::promise<void> opened;
  std::shared_future<void> open = opened.get_future().share();
  std::atomic<bool> wait = false;
};

class Counting final : public Intake {
 public:
  explicit Counting(Seen& seen) : seen_(seen) {
    ++seen_.made;
    ++seen_.living;
  }
  ~Counting() override { --seen_.living; }
  bool take(std::string_view bytes) override {
    if (seen_.wait) seen_.open.wait();
    if (bytes.starts_with("throw")) throw std::runtime_error("the disk is gone");
    seen_.taken += bytes.size();
    seen_.largest_piece = std::max(seen_.largest_piece.load(), bytes.size());
    for (unsigned char c : bytes) sum_ = sum_ * 31 + c;
    return seen_.taken < seen_.stop_after;
  }
  Response answer() override {
    ++seen_.answered;
    return text(200, std::to_string(sum_));
  }

 private:
  Seen& seen_;
  std::uint64_t sum_ = 0;
};

std::string sum_of(std::string_view bytes) {
  std::uint64_t sum = 0;
  for (unsigned char c : bytes) sum = sum * 31 + c;
  return std::to_string(sum);
}

/// /up takes uploads, except from who says "Authorization: nobody".
struct Running {
  explicit Running(Options options = {})
      : server((options.port = 0, options),
               {.handle = [](const Request& r) { return text(200, "plain " + std::to_string(r.body.size())); },
                .body_limit = [](const Head&) { return std::size_t(1'000); },
                .upload_limit = [](const Head& head) -> std::optional<std::uint64_t> {
                  if (head.path == "/up" && head.method == Method::post) return limit;
                  return std::nullopt;
                },
                .receive = [this](const Request& r) -> std::expected<std::unique_ptr<Intake>, Response> {
                  if (r.header("authorization") == "nobody") return std::unexpected(text(403, "not you"));
                  return std::make_unique<Counting>(seen);
                }}) {
    EXPECT_TRUE(server.start());
  }
  std::uint16_t port() const { return server.port(); }
  void wait_until(const std::function<bool()>& come_true) {
    while (!come_true()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  Seen seen;
  Server server;
};

std::string head(std::string_view lines, std::string_view path = "/up") {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" + std::string(lines) + "\r\n";
}
std::string sized(std::uint64_t n) { return head("Content-Length: " + std::to_string(n) + "\r\n"); }
std::string noise(std::size_t n) {
  std::string out(n, 0);
  std::uint32_t x = 1;
  for (char& c : out) c = char((x = x * 1'664'525 + 1'013'904'223) >> 24);
  return out;
}

TEST(Upload, ArrivesWholeInSmallPiecesAndTheConnectionServesOn) {
  Running running;
  const auto body = noise(5'000'001);
  RawClient client(running.port());
  for (int round = 0; round < 2; ++round) {
    auto reply = client.ask(sized(body.size()) + body);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, sum_of(body));
  }
  EXPECT_EQ(running.seen.taken, 2 * body.size());
  EXPECT_LE(running.seen.largest_piece, 2 * upload_piece) << "memory does not grow with the body";
  EXPECT_EQ(client.ask("GET /other HTTP/1.1\r\nHost: a\r\n\r\n").body, "plain 0");
  running.wait_until([&] { return running.seen.living == 0 && running.server.figures().uploads == 0; });
}

TEST(Upload, MayComeInChunksAndMayBeEmpty) {
  Running running;
  RawClient client(running.port());
  auto reply =
      client.ask(head("Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX: y\r\n\r\n");
  EXPECT_EQ(reply.body, sum_of("hello world"));
  EXPECT_EQ(client.ask(sized(0)).body, sum_of(""));
  EXPECT_EQ(client.ask(head("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n").body, sum_of(""));
  EXPECT_EQ(running.seen.answered, 3);
}

TEST(Upload, OfFiveGigabytesIsRefusedByItsLengthAlone) {
  Running running;
  RawClient client(running.port());
  auto reply = client.ask(sized(5'000'000'000) + noise(1'000'000));
  EXPECT_EQ(reply.status, 413);
  EXPECT_TRUE(reply.has("connection: close"));
  EXPECT_EQ(running.seen.made, 0);
}

TEST(Upload, InChunksWithoutEndIsCutAtTheLimit) {
  Running running;
  RawClient client(running.port());
  client.send(head("Transfer-Encoding: chunked\r\n"));
  const std::string chunk = "100000\r\n" + noise(1 << 20) + "\r\n";
  for (int i = 0; i < 12 && client.send(chunk); ++i) {
  }
  EXPECT_EQ(client.reply().status, 413);
  EXPECT_LE(running.seen.taken, limit);
  EXPECT_EQ(running.seen.answered, 0);
  running.wait_until([&] { return running.seen.living == 0; });
}

TEST(Upload, IsRefusedBeforeItsBodyToWhoMayNotSendOne) {
  Running running;
  RawClient client(running.port());
  auto reply = client.ask(head("Content-Length: 5000000\r\nExpect: 100-continue\r\nAuthorization: nobody\r\n"));
  EXPECT_EQ(reply.status, 403) << "and never 100 Continue";
  EXPECT_EQ(reply.body, "not you");
  EXPECT_TRUE(reply.has("connection: close"));
  EXPECT_EQ(running.seen.made, 0);
}

TEST(Upload, RefusedWhileItComesIsAnsweredToWhoStillSends) {
  Running running;
  running.seen.stop_after = 300'000;
  const auto body = noise(6'000'000);
  RawClient client(running.port());
  ASSERT_TRUE(client.send(sized(body.size()) + body)) << "the rest is read and thrown away";
  EXPECT_EQ(client.reply().status, 200);
  EXPECT_EQ(client.rest(), "");
  EXPECT_FALSE(client.reset);
  EXPECT_LT(running.seen.taken, 3 * upload_piece);
}

TEST(Upload, BeginsWhenTheClientWasToldToContinue) {
  Running running;
  RawClient client(running.port());
  EXPECT_EQ(client.ask(head("Content-Length: 5\r\nExpect: 100-continue\r\n")).status, 100);
  EXPECT_EQ(client.ask("hello").body, sum_of("hello"));
}

TEST(Upload, IsLetGoWhenTheClientLeavesMidway) {
  Running running;
  {
    RawClient client(running.port());
    client.send(sized(5'000'000) + noise(upload_piece + 1'000));
    running.wait_until([&] { return running.seen.taken > 0; });
  }
  running.wait_until([&] { return running.seen.living == 0 && running.server.figures().uploads == 0; });
  EXPECT_EQ(running.seen.answered, 0);
}

TEST(Upload, ThatTakesForeverIsCut) {
  for (auto options : {Options{.body_timeout_s = 1}, Options{.upload_timeout_s = 1}}) {
    Running running(options);
    RawClient client(running.port());
    client.send(sized(5'000'000) + noise(300'000));  // less than what each window must bring
    EXPECT_EQ(client.reply().status, 408);
    running.wait_until([&] { return running.seen.living == 0; });
  }
}

TEST(Upload, BeyondTheNumberThatMayComeAtOnceIsToldToTryLater) {
  Running running({.uploads = 2});
  RawClient first(running.port()), second(running.port()), third(running.port());
  const auto body = noise(upload_piece + 100'000);
  const std::string begin = body.substr(0, upload_piece);
  for (auto* client : {&first, &second}) client->send(sized(body.size()) + begin);
  running.wait_until([&] { return running.seen.taken == 2 * begin.size(); });
  auto reply = third.ask(sized(body.size()) + body);
  EXPECT_EQ(reply.status, 503);
  EXPECT_TRUE(reply.has("retry-after: 30"));
  EXPECT_EQ(RawClient(running.port()).ask(head("Content-Length: 9\r\nAuthorization: nobody\r\n")).status, 403)
      << "who may not upload takes nobody's place and is not told how busy it is";
  for (auto* client : {&first, &second}) EXPECT_EQ(client->ask(body.substr(begin.size())).body, sum_of(body));
  EXPECT_EQ(RawClient(running.port()).ask(sized(body.size()) + body).status, 200);
}

TEST(Upload, LeavesTheLimitsOfAllOtherRoutesAlone) {
  Running running;
  EXPECT_EQ(RawClient(running.port()).ask(head("Content-Length: 1001\r\n", "/other")).status, 413);
  EXPECT_EQ(RawClient(running.port()).ask("PUT /up HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n").status, 413);
  EXPECT_EQ(running.seen.made, 0);
}

TEST(Upload, ThatMeetsAFaultIsAnsweredAndTheServerLivesOn) {
  Running running;
  EXPECT_EQ(RawClient(running.port()).ask(sized(5) + "throw").status, 500);
  EXPECT_EQ(RawClient(running.port()).ask(head("Transfer-Encoding: chunked\r\n") + "5\r\nhelloXX0\r\n\r\n").status,
            400);
  EXPECT_EQ(RawClient(running.port()).ask(sized(5) + "hello").body, sum_of("hello"));
  running.wait_until([&] { return running.seen.living == 0; });
}

TEST(Upload, UnderWayDoesNotOutliveTheServer) {
  Running running({.drain_s = 0});
  RawClient client(running.port());
  client.send(sized(5'000'000) + noise(upload_piece + 1'000));
  running.wait_until([&] { return running.seen.taken > 0; });
  running.server.stop();
  EXPECT_EQ(running.seen.living, 0);
}

TEST(Upload, ThatWaitsForTheDiskDoesNotOutliveTheServerEither) {
  Running running({.drain_s = 0});
  running.seen.wait = true;
  RawClient client(running.port());
  client.send(sized(5'000'000) + noise(4'000'000));  // one piece is being taken, the next one waits for that
  running.wait_until([&] { return running.server.figures().running == 1; });
  std::thread stopping([&] { running.server.stop(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  running.seen.opened.set_value();
  stopping.join();
  EXPECT_EQ(running.seen.living, 0);
}

// ---- The other way: a stream whose length is known ----

Response stream_of(std::uint64_t said, std::size_t given) {
  Response response;
  response.length = said;
  response.stream = [given, done = std::size_t(0)](std::string& piece) mutable {
    piece.assign(std::min<std::size_t>(given - done, 100'000), 's');
    return (done += piece.size()) < given;
  };
  return response;
}

TEST(Stream, OfKnownLengthSaysItAndTheConnectionServesOn) {
  Server server({.port = 0}, {.handle = [](const Request&) { return stream_of(1'234'567, 1'234'567); }});
  ASSERT_TRUE(server.start());
  RawClient client(server.port());
  for (int i = 0; i < 2; ++i) {
    auto reply = client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(reply.has("content-length: 1234567"));
    EXPECT_EQ(reply.body.size(), 1'234'567u);
  }
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(client.reply(true).has("content-length: 1234567"));
  EXPECT_EQ(client.pending, "");
}

TEST(Stream, ThatIsShorterThanItSaidIsCut) {
  Server server({.port = 0}, {.handle = [&](const Request&) { return stream_of(300'000, 299'999); }});
  ASSERT_TRUE(server.start());
  RawClient client(server.port());
  EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 0);
  EXPECT_TRUE(client.reset);
}

TEST(Stream, ThatIsLongerThanItSaidNeverRunsIntoTheNextAnswer) {
  Server server({.port = 0}, {.handle = [&](const Request&) { return stream_of(300'000, 300'001); }});
  ASSERT_TRUE(server.start());
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto all = client.rest();
  EXPECT_LE(all.size() - std::min(all.size(), all.find("\r\n\r\n") + 4), 300'000u);
}

}  // namespace
}  // namespace polder::http
