// The HTTP source against a server of a few lines that answers as the test tells it to.
#include "record/http_source.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <functional>
#include <thread>

#include "record/memory_log_test.h"

namespace polder::record {
namespace {

/// Answers one connection after the other, one request each, until it goes.
class Server {
 public:
  using Answer = std::function<std::string(std::string_view path)>;

  explicit Server(Answer answer) : answer_(std::move(answer)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, any, length) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, any, &length) != 0)
      throw std::runtime_error("no port to listen on");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Server() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/water/record"; }

 private:
  void serve() {
    for (int peer = 0; (peer = ::accept(listener_, nullptr, nullptr)) >= 0; ::close(peer)) {
      std::string request;
      std::array<char, 4096> piece{};
      while (request.find("\r\n\r\n") == std::string::npos) {
        const auto got = ::recv(peer, piece.data(), piece.size(), 0);
        if (got <= 0) break;
        request.append(piece.data(), std::size_t(got));
      }
      const auto begin = request.find(' ') + 1;
      std::string_view left;
      const std::string bytes = answer_(std::string_view(request).substr(begin, request.find(' ', begin) - begin));
      for (left = bytes; !left.empty();) {
        const auto sent = ::send(peer, left.data(), left.size(), MSG_NOSIGNAL);
        if (sent <= 0) break;
        left.remove_prefix(std::size_t(sent));
      }
    }
  }

  Answer answer_;
  int listener_;
  int port_ = 0;
  std::thread thread_;
};

std::string answer(std::string_view status, std::string_view body, std::string_view headers = "") {
  return "HTTP/1.1 " + std::string(status) + "\r\nConnection: close\r\n" + std::string(headers) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string gzip(std::string_view text) {
  z_stream z{};
  deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&z, text.size()), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = unsigned(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = unsigned(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

TEST(HttpSource, AuditsALogOverHttpGzippedOrNot) {
  MemoryLog log(600);
  bool zipped = false;
  const Server server([&](std::string_view path) {
    constexpr std::string_view prefix = "/water/record/";
    EXPECT_TRUE(path.starts_with(prefix)) << path;
    const auto bytes = log.fetch(path.substr(prefix.size()));
    if (!bytes) return answer("404 Not Found", "no");
    zipped = !zipped;
    return zipped ? answer("200 OK", gzip(*bytes), "Content-Encoding: gzip\r\n") : answer("200 OK", *bytes);
  });
  auto source = HttpSource::open(server.address() + "/").value();
  const auto report = audit(source, MemoryLog::verifier());
  ASSERT_TRUE(report.has_value()) << report.error().message.key << " " << report.error().cause;
  EXPECT_EQ(report->checkpoint.size, 600U);
  EXPECT_EQ(source.fetch("tile/0/009").error().why, Why::not_found);
}

TEST(HttpSource, FollowsNoRedirectAndSaysWhereItWasSent) {
  const Server server(
      [](auto) { return answer("301 Moved Permanently", "", "Location: http://elsewhere.example/checkpoint\r\n"); });
  const auto got = HttpSource::open(server.address())->fetch("checkpoint");
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().message.key, "record.fetch-redirect");
  EXPECT_EQ(got.error().message.args.back().second, MessageArg(std::string("http://elsewhere.example/checkpoint")));
}

TEST(HttpSource, TellsAFailingServerFromAMissingTile) {
  const Server server([](auto) { return answer("500 Internal Server Error", "oh"); });
  const auto got = HttpSource::open(server.address())->fetch("checkpoint");
  EXPECT_EQ(got.error().message.key, "record.fetch-status");
  EXPECT_EQ(got.error().why, Why::unavailable);
}

TEST(HttpSource, StopsAtMoreThanALogCanHold) {
  const Server server([](std::string_view path) {
    const std::string zeros(max_resource + 1, '\0');
    return path.ends_with("bomb") ? answer("200 OK", gzip(zeros), "Content-Encoding: gzip\r\n")
                                  : answer("200 OK", zeros);
  });
  auto source = HttpSource::open(server.address()).value();
  EXPECT_EQ(source.fetch("large").error().message.key, "record.fetch-too-large");
  EXPECT_EQ(source.fetch("bomb").error().message.key, "record.fetch-too-large");
}

TEST(HttpSource, TellsThatNobodyAnswers) {
  std::string address;
  {
    const Server server([](auto) { return std::string(); });
    address = server.address();
    EXPECT_EQ(HttpSource::open(address)->fetch("checkpoint").error().message.key, "record.fetch-failed");
  }
  EXPECT_EQ(HttpSource::open(address)->fetch("checkpoint").error().message.key, "record.fetch-failed");
}

TEST(HttpSource, TakesOnlyPlainWebAddresses) {
  for (const char* good : {"http://example.org", "https://example.org/water/record/", "http://127.0.0.1:8080/x"})
    EXPECT_TRUE(HttpSource::open(good).has_value()) << good;
  for (const char* bad : {"", "example.org/water", "file:///etc/passwd", "ftp://example.org/", "https://",
                          "https://user:secret@example.org/", "https://example.org/?query", "https://example.org/#part",
                          "http://exa mple.org/"})
    EXPECT_FALSE(HttpSource::open(bad).has_value()) << bad;
}

}  // namespace
}  // namespace polder::record
