// A client for tests that speaks in raw bytes, so that it can say what no well-behaved client would.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <string>
#include <string_view>

#include "kernel/http/policy.h"

namespace polder::http {

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer = 0) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    // Long enough for the slowest machine: a test hangs no longer than this, and passes no sooner for it.
    timeval patience{.tv_sec = 120, .tv_usec = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (receive_buffer > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
  }
  ~RawClient() { ::close(fd_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(std::size_t(n));
    }
    return true;
  }

  /// More bytes into `pending`; false at the end of the connection, `reset` tells which end it was.
  bool receive() {
    char buffer[64 * 1024];
    auto n = ::recv(fd_, buffer, sizeof buffer, 0);
    if (n > 0) pending.append(buffer, std::size_t(n));
    reset = n < 0;
    return n > 0;
  }

  /// Everything until the server closes.
  std::string rest() {
    while (receive()) {
    }
    return std::exchange(pending, {});
  }

  struct Reply {
    int status = 0;
    std::string head = {}, body = {};
    bool has(std::string_view header_line) const {
      return lower(head).find("\r\n" + lower(header_line) + "\r\n") != std::string::npos;
    }
  };

  /// The next response, by its framing. Status 0 if the connection ends before it does.
  Reply reply(bool to_head = false) {
    auto end = wait_for("\r\n\r\n", 0);
    if (end == std::string::npos) return {};
    Reply out{.head = pending.substr(0, end + 2)};
    pending.erase(0, end + 4);
    auto status = number(std::string_view(out.head).substr(9, 3), 10);
    auto length = lower(out.head).find("\r\ncontent-length: ");
    if (to_head || status == 100 || status == 204 || status == 304) {
    } else if (out.has("transfer-encoding: chunked")) {
      for (;;) {
        auto line = wait_for("\r\n", 0);
        if (line == std::string::npos) return {};
        auto size = number(std::string_view(pending).substr(0, line), 16);
        if (!wait_for_bytes(line + 2 + size + 2)) return {};
        out.body += pending.substr(line + 2, size);
        pending.erase(0, line + 2 + size + 2);
        if (size == 0) break;
      }
    } else if (length != std::string::npos) {
      auto size = number(std::string_view(out.head).substr(length + 18), 10);
      if (!wait_for_bytes(size)) return {};
      out.body = pending.substr(0, size);
      pending.erase(0, size);
    }
    out.status = int(status);
    return out;
  }

  Reply ask(std::string_view bytes) {
    send(bytes);
    return reply();
  }

  std::string pending;
  bool reset = false;

 private:
  static std::size_t number(std::string_view digits, int base) {
    std::size_t n = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), n, base);
    return n;
  }
  std::size_t wait_for(std::string_view what, std::size_t from) {
    for (;;) {
      if (auto at = pending.find(what, from); at != std::string::npos) return at;
      if (!receive()) return std::string::npos;
    }
  }
  bool wait_for_bytes(std::size_t n) {
    while (pending.size() < n)
      if (!receive()) return false;
    return true;
  }

  int fd_;
  bool connected_ = false;
};

}  // namespace polder::http
