// A mail server of a few lines for the tests: one thread, plain sockets, answers as told, remembers what it heard.
#pragma once

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace polder::mail {

class SmtpServer {
 public:
  /// What to say to a line ("MAIL FROM:<a@b>", or "." after a message); empty: what a friendly server says; "hang up".
  using Answer = std::function<std::string(const std::string& line)>;

  explicit SmtpServer(Answer answer = {}) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, size) || ::listen(listener_, 16) || ::getsockname(listener_, generic, &size))
      throw std::runtime_error("no port for the test's mail server");
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
  }
  ~SmtpServer() {
    thread_.request_stop();
    thread_.join();
    ::close(listener_);
  }
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  std::vector<std::string> lines() const { return locked(lines_); }
  std::vector<std::string> messages() const { return locked(messages_); }
  int connections() const { return locked(connections_); }

 private:
  template <class T>
  T locked(const T& value) const {
    const std::lock_guard hold(lock_);
    return value;
  }

  static bool readable(int fd, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      pollfd waiting{fd, POLLIN, 0};
      if (::poll(&waiting, 1, 10) > 0) return true;
    }
    return false;
  }

  void serve(const std::stop_token& stop) {
    std::vector<std::jthread> clients;
    while (readable(listener_, stop)) {
      const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) continue;
      {
        const std::lock_guard hold(lock_);
        ++connections_;
      }
      clients.emplace_back([this, client, stop] {
        talk(client, stop);
        ::close(client);
      });
    }
  }

  std::string answer_to(const std::string& line, bool end_of_message) {
    if (auto said = answer_ ? answer_(line) : std::string(); !said.empty()) return said;
    if (end_of_message) return "250 2.0.0 kept";
    if (line.starts_with("EHLO")) return "250-test\r\n250 AUTH PLAIN";
    if (line == "AUTH PLAIN") return "334 ";
    if (line == "AHUAcA==") return "235 2.7.0 welcome";  // user u, password p
    if (line == "DATA") return "354 go on";
    if (line == "QUIT") return "221 bye";
    return "250 ok";
  }

  void talk(int client, const std::stop_token& stop) {
    const auto say = [&](const std::string& words) {
      return ::send(client, (words + "\r\n").data(), words.size() + 2, MSG_NOSIGNAL) > 0;
    };
    std::string heard, message;
    bool in_message = false;
    if (!say("220 test")) return;
    while (readable(client, stop)) {
      char bytes[4096];
      const auto n = ::recv(client, bytes, sizeof bytes, 0);
      if (n <= 0) return;
      heard.append(bytes, static_cast<std::size_t>(n));
      for (std::size_t end; (end = heard.find("\r\n")) != std::string::npos; heard.erase(0, end + 2)) {
        const auto line = heard.substr(0, end);
        if (in_message && line != ".") {
          message += (line.starts_with(".") ? line.substr(1) : line) + "\r\n";
          continue;
        }
        const auto reply = answer_to(line, in_message);
        {
          const std::lock_guard hold(lock_);
          if (in_message && reply.starts_with("250")) messages_.push_back(message);
          if (!in_message) lines_.push_back(line);
        }
        in_message = reply.starts_with("354");
        if (in_message) message.clear();
        if (reply == "hang up" || !say(reply) || line == "QUIT") return;
      }
    }
  }

  Answer answer_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex lock_;
  std::vector<std::string> lines_, messages_;
  int connections_ = 0;
  std::jthread thread_;
};

}  // namespace polder::mail
