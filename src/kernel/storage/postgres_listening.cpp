#include "kernel/storage/postgres_listening.h"

#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace polder::storage {
namespace {

using namespace std::chrono_literals;

class Others final : public Listening {
 public:
  Others(std::shared_ptr<const Address> address, std::chrono::milliseconds patience, std::string self,
         std::function<void(std::string_view)> heard, std::function<void()> missed)
      : address_(std::move(address)),
        patience_(patience),
        self_(std::move(self)),
        heard_(std::move(heard)),
        missed_(std::move(missed)),
        closing_(::eventfd(0, EFD_CLOEXEC)),
        thread_([this] { work(); }) {
    tried_.wait(false);
  }

  ~Others() override {
    (void)::eventfd_write(closing_, 1);
    thread_.join();
    ::close(closing_);
  }
  Others(const Others&) = delete;
  Others& operator=(const Others&) = delete;

 private:
  void work() {
    auto pause = shortest_pause;
    do {
      try {
        listen();
        return;
      } catch (const std::exception& e) {
        spdlog::warn("storage: what other nodes write is not heard: {}", e.what());
      }
      begun();
      pause = was_heard_ ? shortest_pause : std::min(2 * pause, longest_pause);
      was_heard_ = false;
    } while (!closes_within(pause));
  }

  /// Until it is told to close; throws when it can hear no longer.
  void listen() {
    const Line line = address_->connect(true, patience_);
    const Answer channel = ask(line, "SELECT quote_ident('polder_' || md5(current_schema()))");
    (void)ask(line, std::string("LISTEN ") + PQgetvalue(channel.get(), 0, 0));
    missed_();
    was_heard_ = true;
    begun();
    while (!closes_before(line)) {
      if (PQconsumeInput(line.get()) == 0) throw Unavailable(address_->clean(PQerrorMessage(line.get())));
      while (const std::unique_ptr<PGnotify, Free> told{PQnotifies(line.get())}) {
        const std::string_view words = told->extra;
        if (!words.starts_with(self_)) heard_(words.substr(std::min(words.find(' ') + 1, words.size())));
      }
    }
  }

  /// Who listens goes on when the first attempt is over, whichever way it went.
  void begun() {
    tried_.test_and_set();
    tried_.notify_all();
  }

  Answer ask(const Line& line, const std::string& sql) const {
    Answer answer(PQexec(line.get(), sql.c_str()));
    const auto status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
      throw Unavailable(address_->clean(PQerrorMessage(line.get())));
    return answer;
  }

  /// Waits for words from the server; true when it is to close.
  bool closes_before(const Line& line) const {
    std::array<pollfd, 2> either{pollfd{closing_, POLLIN, 0}, pollfd{PQsocket(line.get()), POLLIN, 0}};
    while (::poll(either.data(), either.size(), -1) < 0 && errno == EINTR) {
    }
    return either[0].revents != 0;
  }

  bool closes_within(std::chrono::milliseconds pause) const {
    pollfd closing{closing_, POLLIN, 0};
    return ::poll(&closing, 1, int(pause.count())) > 0;
  }

  struct Free {
    void operator()(PGnotify* n) const { PQfreemem(n); }
  };
  static constexpr std::chrono::milliseconds shortest_pause = 50ms, longest_pause = 2s;

  std::shared_ptr<const Address> address_;
  const std::chrono::milliseconds patience_;
  const std::string self_;
  const std::function<void(std::string_view)> heard_;
  const std::function<void()> missed_;
  const int closing_;
  bool was_heard_ = false;
  std::atomic_flag tried_;
  std::thread thread_;  // last: it starts when all else is there
};

}  // namespace

std::unique_ptr<Listening> listen_to_others(std::shared_ptr<const Address> address, std::chrono::milliseconds patience,
                                            std::string self, std::function<void(std::string_view)> heard,
                                            std::function<void()> missed) {
  return std::make_unique<Others>(std::move(address), patience, std::move(self), std::move(heard), std::move(missed));
}

}  // namespace polder::storage
