// upload_bench [MEGABYTES [ROUNDS [FOLDER]]]: a file of a gigabyte sent over loopback to the server, which hashes it,
// keeps it durably and answers; against what loopback alone and the disk alone (written and synced) do with as many
// bytes in the same rounds. The lower of the two, halved, is the limit. The server is a process of its own, so that the
// most memory it ever had is its alone.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "kernel/base/encode.h"
#include "kernel/http/server.h"
#include "kernel/web/receive.h"

namespace {

using namespace polder;
namespace fs = std::filesystem;

constexpr std::size_t piece_size = 256 * 1024;

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

std::string noise() {
  constexpr std::string_view begin = "%PDF-1.7\n";  // what the server looks for
  SeededRandom random(1);
  return std::string(begin) + random.bytes(piece_size - begin.size());
}

template <class Work>
double seconds(const Work& work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

double median(std::vector<double> of) {
  std::ranges::sort(of);
  return of[of.size() / 2];
}

// ---- The server's side ----

class Upload final : public http::Intake {
 public:
  Upload(files::Files& files, const http::Request& request, web::Takes takes)
      : files_(files),
        receiver_(web::Receiver::of(files, request.header("content-type"), "noise.pdf", takes).value()) {}
  bool take(std::string_view bytes) override { return bool(taken_ = receiver_->take(bytes)); }
  http::Response answer() override {
    if (!taken_) return http::text(422, taken_.error().message.key + '\n');
    auto received = receiver_->finish();
    if (!received || received->files.size() != 1) return http::text(422, "no file\n");
    const auto stored = files_.keep(std::move(received->files[0].content));
    if (!stored) return http::text(503, stored.error().cause + '\n');
    return http::text(201, hex(crypto::view(stored->sha256)) + '\n');
  }

 private:
  files::Files& files_;
  std::unique_ptr<web::Receiver> receiver_;
  Done taken_;
};

int serve(const fs::path& folder, std::uint64_t size, int told, int end) {
  spdlog::set_level(spdlog::level::warn);
  SystemRandom random;
  const SystemClock clock;
  auto files = files::Files::open(folder, clock, random, "a secret of the benchmark").value();
  const web::Takes takes{.files = 1, .each = size, .kinds = {"pdf"}};
  http::Server server(
      {.port = 0, .workers = 64},
      {.handle = [](const http::Request&) { return http::text(404, "not here\n"); },
       .upload_limit = [&](const http::Head&) { return std::optional(takes.body_limit()); },
       .receive = [&](const http::Request& request) -> std::expected<std::unique_ptr<http::Intake>, http::Response> {
         return std::make_unique<Upload>(files, request, takes);
       }});
  if (auto started = server.start(); !started) return 1;
  const auto port = server.port();
  char byte = 0;
  if (::write(told, &port, sizeof port) != sizeof port || ::read(end, &byte, 1) < 0) return 1;
  server.stop();
  return 0;
}

// ---- The client's side ----

int connected(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || ::connect(fd, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0) fail("connect");
  return fd;
}

void send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) fail("send");
    bytes.remove_prefix(std::size_t(n));
  }
}

void send_noise(int fd, const std::string& piece, std::uint64_t size) {
  for (; size > 0; size -= std::min<std::uint64_t>(size, piece.size()))
    send_all(fd, std::string_view(piece).substr(0, std::size_t(std::min<std::uint64_t>(size, piece.size()))));
}

/// As a browser sends it, from a form.
void upload(std::uint16_t port, const std::string& piece, std::uint64_t size, const std::string& sum) {
  const std::string before = "--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"noise.pdf\"\r\n\r\n",
                    after = "\r\n--X--\r\n";
  const int fd = connected(port);
  send_all(fd, "POST / HTTP/1.1\r\nHost: bench\r\nContent-Type: multipart/form-data; boundary=X\r\nContent-Length: " +
                   std::to_string(before.size() + size + after.size()) + "\r\n\r\n" + before);
  send_noise(fd, piece, size);
  send_all(fd, after);
  std::string reply(4'096, 0);
  std::size_t got = 0;
  while (got < reply.size()) {
    const auto n = ::recv(fd, reply.data() + got, reply.size() - got, 0);
    if (n <= 0) break;
    got += std::size_t(n);
    if (std::string_view(reply).substr(0, got).ends_with("\n") && reply.find("\r\n\r\n") < got) break;
  }
  ::close(fd);
  reply.resize(got);
  if (reply.starts_with("HTTP/1.1 201") && reply.find(sum) != reply.npos) return;
  std::fprintf(stderr, "upload_bench: the server answered\n%s\n", reply.c_str());
  std::exit(1);
}

double loopback(const std::string& piece, std::uint64_t size) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in at{};
  socklen_t length = sizeof at;
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(listener, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0 || ::listen(listener, 1) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&at), &length) != 0)
    fail("listen");
  return seconds([&] {
    std::thread reader([&] {
      const int fd = ::accept(listener, nullptr, nullptr);
      std::string into(piece_size, 0);
      while (::recv(fd, into.data(), into.size(), 0) > 0) {
      }
      ::close(fd);
      ::close(listener);
    });
    const int fd = connected(ntohs(at.sin_port));
    send_noise(fd, piece, size);
    ::close(fd);
    reader.join();
  });
}

double disk(const fs::path& folder, const std::string& piece, std::uint64_t size) {
  const auto path = folder / "plain";
  const auto took = seconds([&] {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) fail("open");
    for (std::uint64_t written = 0; written < size; written += piece.size())
      if (::write(fd, piece.data(), piece.size()) != ssize_t(piece.size())) fail("write");
    if (::fsync(fd) != 0) fail("fsync");
    ::close(fd);
  });
  fs::remove(path);
  return took;
}

std::string most_memory(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::to_string(std::atol(line.c_str() + 6) / 1024);
  return "?";
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t size = std::uint64_t(argc > 1 ? std::atoi(argv[1]) : 1'024) << 20;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
  const fs::path folder = fs::path(argc > 3 ? argv[3] : "build/bench") / "upload";
  fs::create_directories(folder);

  int told[2], end[2];
  if (::pipe(told) != 0 || ::pipe(end) != 0) fail("pipe");
  const pid_t server = ::fork();
  if (server == 0) {
    ::close(end[1]);
    std::_Exit(serve(folder, size, told[1], end[0]));
  }
  ::close(told[1]);
  std::uint16_t port = 0;
  if (::read(told[0], &port, sizeof port) != sizeof port) fail("the server did not start");

  const auto piece = noise();
  crypto::Sha256 summing;
  for (std::uint64_t n = 0; n < size; n += piece.size()) summing.add(piece);
  const auto sum = hex(crypto::view(summing.end()));
  upload(port, piece.substr(0, 1'000), 1'000, hex(crypto::view(crypto::sha256(piece.substr(0, 1'000)))));
  const auto memory_before = most_memory(server);

  std::vector<double> by_disk, by_loopback, by_upload;
  const auto speed = [&](double took) { return double(size) / 1e6 / took; };
  for (int round = 0; round < rounds; ++round) {
    by_disk.push_back(speed(disk(folder, piece, size)));
    by_loopback.push_back(speed(loopback(piece, size)));
    by_upload.push_back(speed(seconds([&] { upload(port, piece, size, sum); })));
    // Every round finds the disk as the one before did.
    for (const auto& kept : fs::directory_iterator(folder / "files")) fs::remove_all(kept.path());
    std::printf("disk %.0f MB/s, loopback %.0f MB/s, upload %.0f MB/s\n", by_disk.back(), by_loopback.back(),
                by_upload.back());
  }
  const auto memory = most_memory(server);
  ::close(end[1]);
  rusage used{};
  ::wait4(server, nullptr, 0, &used);
  fs::remove_all(folder);
  const auto cpu = [](const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
  std::printf("the server's CPU a gigabyte: %.2f s of its own, %.2f s of the system's\n",
              cpu(used.ru_utime) * 1e9 / double(size) / rounds, cpu(used.ru_stime) * 1e9 / double(size) / rounds);

  const double half = std::min(median(by_disk), median(by_loopback)) / 2, ratio = median(by_upload) / half;
  std::printf(
      "upload_bench: %.0f MB, %.0f MB/s (median of %d), the server took %s MB of memory at most, %s before, as a "
      "ratio of half the lower of disk and loopback: %.2f, at least 1: %s\n",
      double(size) / 1e6, median(by_upload), rounds, memory.c_str(), memory_before.c_str(), ratio,
      ratio >= 1 ? "held" : "MISSED");
}
