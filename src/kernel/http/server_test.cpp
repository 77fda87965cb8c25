#include "kernel/http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <future>
#include <latch>
#include <sstream>
#include <stdexcept>

#include "kernel/http/test_client.h"

namespace polder::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

/// A server on a free port, stopped at the end of the test.
struct Running {
  Running(Options options, Handlers handlers) : server((options.port = 0, std::move(options)), std::move(handlers)) {
    auto started = server.start();
    EXPECT_TRUE(started) << (started ? "" : started.error().cause);
  }
  std::uint16_t port() const { return server.port(); }
  Server server;
};

/// Answers with what it was asked.
Response echo(const Request& r) { return text(200, r.path + "|" + r.query + "|" + r.body); }

/// Lets a test decide when a handler goes on.
struct Gate {
  std::promise<void> opened;
  std::shared_future<void> open = opened.get_future().share();
};

void wait_until(const std::function<bool()>& come_true) {
  while (!come_true()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

// ---- Framing ----

struct Attack {
  const char* what;
  std::string bytes;
  int status;
};

class Framing : public testing::TestWithParam<Attack> {};

TEST_P(Framing, IsAnsweredWithAnErrorAndNeverReachesAHandler) {
  std::atomic<int> handled = 0;
  Running running({}, {.handle = [&](const Request& r) {
                    ++handled;
                    return echo(r);
                  }});
  RawClient client(running.port());
  client.send(GetParam().bytes);
  auto reply = client.reply();
  EXPECT_EQ(reply.status, GetParam().status);
  EXPECT_TRUE(reply.has("connection: close"));
  EXPECT_EQ(client.rest(), "") << "what follows a request whose end is in doubt is never served";
  EXPECT_EQ(handled, 0);
  EXPECT_EQ(running.server.figures().refused, 1u);
}

std::string head(std::string_view lines) { return "POST /a HTTP/1.1\r\nHost: a\r\n" + std::string(lines) + "\r\n"; }
std::string smuggled(std::string_view lines) { return head(lines) + std::string(get); }

INSTANTIATE_TEST_SUITE_P(
    Attacks, Framing,
    testing::Values(
        Attack{"LengthAndChunked", smuggled("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
        Attack{"ChunkedAndLength", smuggled("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400},
        Attack{"TwoLengths", smuggled("Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
        Attack{"TheSameLengthTwice", smuggled("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
        Attack{"AListOfLengths", smuggled("Content-Length: 5, 5\r\n"), 400},
        Attack{"SpaceBeforeTheColon", smuggled("Content-Length : 5\r\n"), 400},
        Attack{"NulInAValue", smuggled(std::string("X: a\0b\r\n", 8)), 400},
        Attack{"BareLineFeeds", "GET / HTTP/1.1\nHost: a\n\n", 400},
        Attack{"OneBareLineFeed", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400},
        Attack{"AChunkSizeWithPrefix", smuggled("Transfer-Encoding: chunked\r\n") + "0x0\r\n\r\n", 400},
        Attack{"ANegativeChunk", head("Transfer-Encoding: chunked\r\n") + "-1\r\n\r\n", 400},
        Attack{"AChunkBeyond64Bits", head("Transfer-Encoding: chunked\r\n") + "10000000000000005\r\nhello\r\n0\r\n\r\n",
               400},
        Attack{"AChunkWithoutItsEnd", head("Transfer-Encoding: chunked\r\n") + "5\r\nhelloXX0\r\n\r\n", 400},
        Attack{"ALengthInATrailer", head("Transfer-Encoding: chunked\r\n") + "0\r\nContent-Length: 5\r\n\r\n", 400},
        Attack{"ForeverAChunkExtension", head("Transfer-Encoding: chunked\r\n") + "5;" + std::string(200'000, 'a'),
               400},
        Attack{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
        Attack{"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        Attack{"AForgedHost", "GET / HTTP/1.1\r\nHost: a@evil.example\r\n\r\n", 400},
        Attack{"ObsFold", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400},
        Attack{"AnUnknownTransferCoding", smuggled("Transfer-Encoding: gzip, chunked\r\n"), 501},
        Attack{"NoLengthForAPost", smuggled(""), 411},
        Attack{"AHeadOf40Kilobytes", head("X: " + std::string(40'000, 'a') + "\r\n"), 431},
        Attack{"AHeadThatNeverEnds", "GET / HTTP/1.1\r\nX: " + std::string(40'000, 'a'), 431},
        Attack{"TooManyHeaders",
               [] {
                 std::string lines;
                 for (int i = 0; i < 200; ++i) lines += "X: 1\r\n";
                 return head(lines);
               }(),
               431},
        Attack{"ALongTarget", "GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
        Attack{"ATargetThatNeverEnds", "GET /" + std::string(20'000, 'a'), 414},
        Attack{"AbsoluteForm", "GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Attack{"DotSegments", "GET /a/%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Attack{"HttpTwo", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505}, Attack{"Noise", "\x16\x03\x01\r\n\r\n", 400},
        Attack{"AnUnknownMethod", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        Attack{"Trace", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405},
        Attack{"AnUnknownExpectation", head("Content-Length: 1\r\nExpect: coffee\r\n"), 417}),
    [](const auto& attack) { return attack.param.what; });

TEST(Server, AnswersPipelinedRequestsInOrder) {
  Running running({}, {.handle = echo});
  RawClient client(running.port());
  client.send(
      "\r\nGET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
      "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
      "POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nX: y\r\n\r\n"
      "GET /4?q=%20 HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.reply().body, "/1||");
  EXPECT_EQ(client.reply().body, "/2||hello");
  EXPECT_EQ(client.reply().body, "/3||hello");
  EXPECT_EQ(client.reply().body, "/4|q=%20|");
}

TEST(Server, UnderstandsARequestThatComesByteByByte) {
  Running running({}, {.handle = echo});
  RawClient client(running.port());
  for (char c :
       std::string("\r\nPOST /a%20b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"))
    client.send(std::string_view(&c, 1));
  EXPECT_EQ(client.reply().body, "/a b||abc");
}

TEST(Server, GivesHandlersWhatTheClientSent) {
  Request seen;
  Running running({}, {.handle = [&](const Request& r) {
                    seen = r;
                    return text(200, "");
                  }});
  RawClient client(running.port());
  client.ask(
      "PUT /x?y=1 HTTP/1.1\r\nHost: Town.Example:80\r\nX-Forwarded-For: 6.6.6.6\r\nX-Odd: Value\r\nContent-Length: "
      "0\r\n\r\n");
  EXPECT_EQ(seen.method, Method::put);
  EXPECT_EQ(seen.path, "/x");
  EXPECT_EQ(seen.query, "y=1");
  EXPECT_EQ(seen.host, "town.example:80");
  EXPECT_EQ(seen.header("x-odd"), "Value");
  EXPECT_EQ(seen.header("x-forwarded-for"), "");
  EXPECT_EQ(seen.remote, "127.0.0.1");
  EXPECT_FALSE(seen.secure);
}

TEST(Server, BelievesForwardedHeadersOnlyFromATrustedProxy) {
  auto who = [](const Request& r) {
    return text(200, r.remote + "|" + r.host + "|" + (r.secure ? "https" : "http") + (r.relayed ? "|relayed" : ""));
  };
  constexpr auto asked =
      "GET / HTTP/1.1\r\nHost: inner\r\nX-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
      "X-Forwarded-Host: town.example\r\n\r\n";
  Running open({}, {.handle = who});
  EXPECT_EQ(RawClient(open.port()).ask(asked).body, "127.0.0.1|inner|http|relayed");
  Running behind({.trusted_proxies = {"127.0.0.1"}}, {.handle = who});
  EXPECT_EQ(RawClient(behind.port()).ask(asked).body, "203.0.113.9|town.example|https|relayed");
  EXPECT_EQ(RawClient(open.port()).ask("GET / HTTP/1.1\r\nHost: inner\r\n\r\n").body, "127.0.0.1|inner|http");
}

TEST(Server, ClosesAfterAnHttpOneZeroRequestAndWhenAskedTo) {
  Running running({}, {.handle = echo});
  RawClient old(running.port());
  old.send("GET /a HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(old.reply().has("connection: close"));
  EXPECT_EQ(old.rest(), "");
  RawClient polite(running.port());
  polite.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(polite.reply().has("connection: close"));
  EXPECT_EQ(polite.rest(), "");
}

TEST(Server, LeavesTheBodyOutOfAnAnswerToHead) {
  auto page = finish(text(200, "finished page"));
  Running running({}, {.handle = echo, .finished = [&](const Head& h) { return h.path == "/page" ? page : nullptr; }});
  RawClient client(running.port());
  for (auto path : {"/page", "/other"}) {
    client.send("HEAD " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\nGET /after HTTP/1.1\r\nHost: a\r\n\r\n");
    auto reply = client.reply(true);
    EXPECT_EQ(reply.status, 200);
    EXPECT_THAT(lower(reply.head), HasSubstr("\r\ncontent-length: "));
    EXPECT_EQ(client.reply().body, "/after||");
  }
}

// ---- Limits ----

TEST(Server, RefusesAGigabyteByItsLengthAloneWithoutReading) {
  Running running({}, {.handle = echo, .body_limit = [](const Head&) { return std::size_t(1'000); }});
  RawClient client(running.port());
  client.send(head("Content-Length: 1073741824\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(client.reply().status, 413);
}

TEST(Server, CountsAChunkedBodyAndCutsItAtTheLimit) {
  Running running({},
                  {.handle = echo, .body_limit = [](const Head& h) { return std::size_t(h.path == "/a" ? 10 : 0); }});
  EXPECT_EQ(RawClient(running.port())
                .ask(head("Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")
                .status,
            413);
  EXPECT_EQ(RawClient(running.port()).ask(head("Transfer-Encoding: chunked\r\n") + "ffffffffffffffff\r\nhello").status,
            413);
  EXPECT_EQ(RawClient(running.port())
                .ask(head("Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n")
                .body,
            "/a||helloworld");
  EXPECT_EQ(RawClient(running.port()).ask(head("Content-Length: 11\r\n")).status, 413);
}

TEST(Server, ReadsALargeBodyWhole) {
  Running running(
      {}, {.handle = [](const Request& r) { return Response{.body = std::make_shared<const std::string>(r.body)}; },
           .body_limit = [](const Head&) { return std::size_t(1) << 24; }});
  std::string body(5'000'000, 'x');
  for (std::size_t i = 0; i < body.size(); i += 997) body[i] = char('a' + i % 26);
  RawClient client(running.port());
  for (int round = 0; round < 2; ++round)
    EXPECT_TRUE(client.ask(head("Content-Length: " + std::to_string(body.size()) + "\r\n") + body).body == body);
}

TEST(Server, AnswersThatItIsBusyWhenTheBodiesOfAllAreTooMuch) {
  Running running({.body_budget = 100'000}, {.handle = echo});
  auto reply = RawClient(running.port()).ask(head("Content-Length: 200000\r\n") + std::string(200'000, 'a'));
  EXPECT_EQ(reply.status, 503);
  EXPECT_TRUE(reply.has("retry-after: 1"));
  for (int i = 0; i < 5; ++i)  // the budget is given back
    EXPECT_EQ(RawClient(running.port()).ask(head("Content-Length: 90000\r\n") + std::string(90'000, 'a')).status, 200);
}

TEST(Server, SaysContinueBeforeItReadsABodyThatWaitsForIt) {
  Running running({}, {.handle = echo});
  RawClient client(running.port());
  EXPECT_EQ(client.ask(head("Content-Length: 5\r\nExpect: 100-continue\r\n")).status, 100);
  EXPECT_EQ(client.ask("hello").body, "/a||hello");
}

TEST(Server, CutsAHeadThatTakesForever) {
  Running running({.header_timeout_s = 1}, {.handle = echo});
  RawClient client(running.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\n");
  EXPECT_EQ(client.reply().status, 408);
  EXPECT_EQ(client.rest(), "");
}

TEST(Server, CutsABodyThatTakesForever) {
  Running running({.body_timeout_s = 1}, {.handle = echo});
  RawClient client(running.port());
  EXPECT_EQ(client.ask(head("Content-Length: 5\r\n") + "hel").status, 408);
}

TEST(Server, ClosesAConnectionThatSaysNothing) {
  Running running({.idle_timeout_s = 1}, {.handle = echo});
  RawClient silent(running.port()), served(running.port());
  EXPECT_EQ(served.ask(get).status, 200);
  EXPECT_EQ(silent.rest(), "");
  EXPECT_EQ(served.rest(), "");
}

TEST(Server, TurnsAwayMoreConnectionsThanItMayHave) {
  Running running({.connections = 2}, {.handle = echo});
  RawClient first(running.port()), second(running.port());
  EXPECT_EQ(first.ask(get).status, 200);
  EXPECT_EQ(second.ask(get).status, 200);
  EXPECT_THAT(RawClient(running.port()).rest(), StartsWith("HTTP/1.1 503 "));
  EXPECT_EQ(first.ask(get).status, 200);
}

TEST(Server, AnswersThatItIsBusyWhenTheQueueIsFullAndLivesOn) {
  Gate gate;
  Running running({.workers = 1, .queue = 1},
                  {.handle =
                       [&](const Request& r) {
                         gate.open.wait();
                         return echo(r);
                       },
                   .error_page = [](int status) { return "<p>" + std::to_string(status); }});
  RawClient at_work(running.port()), waiting(running.port()), too_many(running.port());
  at_work.send(get);
  wait_until([&] { return running.server.figures().running == 1; });
  waiting.send(get);
  wait_until([&] { return running.server.figures().waiting == 1; });
  auto reply = too_many.ask(get);
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body, "<p>503");
  EXPECT_TRUE(reply.has("retry-after: 1"));
  EXPECT_TRUE(reply.has("content-type: text/html; charset=utf-8"));
  EXPECT_EQ(running.server.figures().overloaded, 1u);
  gate.opened.set_value();
  EXPECT_EQ(at_work.reply().status, 200);
  EXPECT_EQ(waiting.reply().status, 200);
  EXPECT_EQ(too_many.ask(get).status, 200) << "on the same connection, once there is room";
}

// ---- Answers ----

TEST(Server, ServesFinishedPagesWithoutAWorker) {
  auto page = finish(text(200, std::string(40'000, 'p')));
  Running running({.workers = 0}, {.handle = echo, .finished = [&](const Head&) { return page; }});
  RawClient client(running.port());
  client.send(std::string(get) + std::string(get));
  for (int i = 0; i < 2; ++i) {
    auto reply = client.reply();
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, page->body);
    EXPECT_THAT(reply.head, HasSubstr("\r\nDate: "));
  }
  EXPECT_EQ(running.server.figures().finished, 2u);
}

TEST(Server, SendsAFinishedPageWholeToAReaderThatIsSlow) {
  auto page = finish(text(200, std::string(30'000'000, 'p')));
  Running running({}, {.handle = echo, .finished = [&](const Head&) { return page; }});
  RawClient client(running.port(), 4'096);
  EXPECT_TRUE(client.ask(get).body == page->body);
  EXPECT_EQ(client.ask(get).status, 200);
}

TEST(Server, NeverSendsAHeaderWithALineEndFromAHandler) {
  for (auto [name, value] : {std::pair("X-A", "a\r\nSet-Cookie: evil=1"),
                             {"X-A", "a\nb"},
                             {"X\r\nEvil", "a"},
                             {"X A", "a"},
                             {"", "a"},
                             {"Content-Length", "5"},
                             {"transfer-encoding", "chunked"}}) {
    Running running({}, {.handle = [&](const Request&) { return text(200, "hello").header(name, value); }});
    RawClient client(running.port());
    auto reply = client.ask(get);
    EXPECT_EQ(reply.status, 500) << name;
    EXPECT_THAT(lower(reply.head), Not(HasSubstr("evil")));
  }
  EXPECT_THROW(finish(text(200, "").header("X-A", "a\r\nb")), std::invalid_argument);
}

TEST(Server, AnswersForAHandlerThatThrowsAndLogsNothingPersonal) {
  std::ostringstream lines;
  auto before = spdlog::default_logger();
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(lines)));
  {
    Running running({}, {.handle = [](const Request& r) -> Response {
                      if (r.path == "/odd") throw 5;
                      if (r.path == "/fine") return text(200, "fine");
                      throw std::runtime_error("the disk is gone");
                    }});
    RawClient client(running.port());
    EXPECT_EQ(client
                  .ask("GET /reset/0123456789abcdefghijklmnop?mail=jan@home.example HTTP/1.1\r\nHost: a\r\nCookie: "
                       "s=secret\r\n\r\n")
                  .status,
              500);
    EXPECT_EQ(client.ask("GET /odd HTTP/1.1\r\nHost: a\r\n\r\n").status, 500);
    EXPECT_EQ(client.ask("GET /fine HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
  }
  spdlog::set_default_logger(before);
  EXPECT_THAT(lines.str(), HasSubstr("/reset/... threw"));
  EXPECT_THAT(lines.str(), HasSubstr("the disk is gone"));
  for (auto secret : {"jan@", "secret", "0123456789abc", "127.0.0.1"}) EXPECT_THAT(lines.str(), Not(HasSubstr(secret)));
}

TEST(Server, SendsNoBodyWithNotModifiedAndNoContent) {
  Running running({}, {.handle = [](const Request& r) { return text(r.path == "/304" ? 304 : 204, "never sent"); }});
  RawClient client(running.port());
  for (auto path : {"/304", "/204"}) {
    auto reply = client.ask("GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(reply.head.find("Content-Length"), std::string::npos);
    EXPECT_THAT(reply.head, StartsWith("HTTP/1.1 " + std::string(path).substr(1)));
  }
  EXPECT_EQ(client.pending, "");
}

// ---- Streams ----

Response stream_of(Stream make) {
  Response response;
  response.header("Content-Type", "text/csv; charset=utf-8");
  response.stream = std::move(make);
  return response;
}

TEST(Stream, OfFiftyMegabytesRunsNoFurtherAheadThanTheSocket) {
  constexpr std::size_t total = 50'000'000, piece_size = 50'000;
  std::atomic<std::size_t> made = 0, read = 0, ahead = 0;
  Running running({}, {.handle = [&](const Request&) {
                    return stream_of([&](std::string& piece) {
                      piece.assign(piece_size, 's');
                      ahead = std::max(ahead.load(), (made += piece_size) - read);
                      return made < total;
                    });
                  }});
  RawClient client(running.port(), 64 * 1024);
  client.send(get);
  wait_until([&] { return made > 100'000; });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // time for a server without back-pressure to run away
  while (client.pending.find("\r\n0\r\n\r\n") == std::string::npos) {
    ASSERT_TRUE(client.receive());
    read += client.pending.size() > 100 ? client.pending.size() - 100 : 0;
    if (client.pending.size() > 100) client.pending.erase(0, client.pending.size() - 100);
  }
  EXPECT_EQ(made, total);
  EXPECT_GT(read, total - 1'000);
  EXPECT_LT(ahead, total / 2);
  client.pending.clear();
}

TEST(Stream, IsReadWholeAndTheConnectionServesOn) {
  Running running({.workers = 1}, {.handle = [](const Request& r) {
                    if (r.path == "/after") return echo(r);
                    return stream_of([n = 0](std::string& piece) mutable {
                      piece = n % 2 ? "" : std::to_string(n) + ",";
                      return ++n < 10;
                    });
                  }});
  RawClient client(running.port());
  EXPECT_EQ(client.ask(get).body, "0,2,4,6,8,");
  EXPECT_EQ(client.ask("GET /after HTTP/1.1\r\nHost: a\r\n\r\n").body, "/after||");
  RawClient old(running.port());
  old.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
  EXPECT_THAT(old.rest(), testing::EndsWith("\r\n\r\n0,2,4,6,8,"));
}

TEST(Stream, ThatThrowsCutsTheConnectionSoThatHalfIsNeverTakenForTheWhole) {
  Running running({}, {.handle = [](const Request&) {
                    return stream_of([n = 0](std::string& piece) mutable {
                      if (n++ == 2) throw std::runtime_error("the cursor is gone");
                      piece = "piece";
                      return true;
                    });
                  }});
  for (auto version : {"1.0", "1.1"}) {
    RawClient client(running.port());
    client.send("GET / HTTP/" + std::string(version) + "\r\nHost: a\r\n\r\n");
    EXPECT_THAT(client.rest(), Not(HasSubstr("\r\n0\r\n\r\n")));
    EXPECT_TRUE(client.reset) << version;
  }
}

TEST(Stream, IsLetGoWhenItsReaderIsTooSlow) {
  auto held = std::make_shared<int>(0);
  std::weak_ptr<int> watched = held;
  Running running({.idle_timeout_s = 1}, {.handle = [&](const Request&) {
                    return stream_of([mine = std::exchange(held, nullptr)](std::string& piece) {
                      piece.assign(1'000, 's');
                      return true;
                    });
                  }});
  RawClient client(running.port(), 4'096);
  client.send(get);
  wait_until([&] { return watched.expired() && running.server.figures().open == 0; });
  client.rest();
}

// ---- Begin and end ----

TEST(Server, RefusesAnAddressThatAnotherServerHas) {
  Running running({}, {.handle = echo});
  Server second({.port = running.port()}, {.handle = echo});
  auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().why, Why::unavailable);
  EXPECT_FALSE(Server({.address = "nowhere"}, {.handle = echo}).start());
}

TEST(Drain, FinishesWhatIsUnderWayAndTakesNothingNew) {
  Gate gate;
  Running running({}, {.handle = [&](const Request& r) {
                    gate.open.wait();
                    return echo(r);
                  }});
  RawClient idle(running.port()), busy(running.port());
  busy.send(get);
  wait_until([&] { return running.server.figures().running == 1 && running.server.figures().open == 2; });
  std::thread stopping([&] { running.server.stop(); });
  EXPECT_EQ(idle.rest(), "");  // closed: the drain has begun
  EXPECT_FALSE(RawClient(running.port()).ask(get).status);
  gate.opened.set_value();
  auto reply = busy.reply();
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.has("connection: close"));
  stopping.join();
  EXPECT_EQ(running.server.figures().open, 0u);
}

TEST(Drain, CutsWhatDoesNotFinishInTime) {
  Running running({.drain_s = 0}, {.handle = [](const Request&) {
                    return stream_of([](std::string& piece) {
                      piece.assign(1'000, 's');
                      return true;
                    });
                  }});
  RawClient client(running.port());
  client.send(get);
  ASSERT_TRUE(client.receive());
  running.server.stop();
  EXPECT_THAT(client.rest(), Not(HasSubstr("\r\n0\r\n\r\n")));
}

}  // namespace
}  // namespace polder::http
