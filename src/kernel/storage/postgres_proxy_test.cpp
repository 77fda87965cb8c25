#include "kernel/storage/postgres_proxy_test.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

namespace polder::storage {
namespace {

constexpr int tick_ms = 10;

bool send_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(std::size_t(sent));
  }
  return true;
}

std::string receive(int from) {
  char buffer[64 * 1024];
  const auto got = ::recv(from, buffer, sizeof buffer, 0);
  return got > 0 ? std::string(buffer, std::size_t(got)) : std::string();
}

}  // namespace

Wire::Wire(std::string host, std::string port) : host_(std::move(host)), server_port_(std::move(port)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&at), size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size) != 0) {
    throw std::runtime_error("the test's proxy cannot listen");
  }
  port_ = ntohs(at.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

Wire::~Wire() {
  closing_ = true;
  acceptor_.join();
  for (auto& carrier : carriers_) carrier.join();
  ::close(listener_);
}

void Wire::cut() {
  up_ = false;
  ++generation_;
}

void Wire::accept_all() {
  while (!closing_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, tick_ms) <= 0) continue;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    if (!up_) {
      ::close(client);
      continue;
    }
    carriers_.emplace_back([this, client] { carry(client); });
  }
}

int Wire::dial() const {
  if (host_.starts_with('/')) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    std::strncpy(at.sun_path, (host_ + "/.s.PGSQL." + server_port_).c_str(), sizeof at.sun_path - 1);
    const int s = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return ::connect(s, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0 ? s : (::close(s), -1);
  }
  addrinfo* found = nullptr;
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  if (::getaddrinfo(host_.c_str(), server_port_.c_str(), &hints, &found) != 0) return -1;
  int s = -1;
  for (auto* a = found; a && s < 0; a = a->ai_next) {
    s = ::socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol);
    if (::connect(s, a->ai_addr, a->ai_addrlen) != 0) {
      ::close(s);
      s = -1;
    }
  }
  ::freeaddrinfo(found);
  return s;
}

void Wire::carry(int client) {
  const int server = dial();
  const int born = generation_;
  while (server >= 0 && !closing_ && generation_ == born) {
    pollfd ends[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
    if (::poll(ends, 2, tick_ms) <= 0) continue;
    if (ends[0].revents) {
      const std::string bytes = receive(client);
      if (bytes.empty()) break;
      const bool commit = bytes.find(std::string("COMMIT\0", 7)) != std::string::npos && armed_.exchange(false);
      if (commit && moment_ == Moment::before_commit) break;
      if (!send_all(server, bytes)) break;
      if (commit) {
        (void)receive(server);  // the answer, which nobody will hear
        break;
      }
    }
    if (ends[1].revents) {
      const std::string bytes = receive(server);
      if (bytes.empty() || !send_all(client, bytes)) break;
    }
  }
  if (server >= 0) ::close(server);
  ::close(client);
}

}  // namespace polder::storage
