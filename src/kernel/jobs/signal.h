// Wakes sleeping workers. Shared by queue and runner, since a commit may outlive both. Private to the room.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace polder::jobs {

class Signal {
 public:
  void wake() {
    {
      const std::lock_guard hold(lock_);
      ++count_;
    }
    changed_.notify_all();
  }
  std::uint64_t count() const {
    const std::lock_guard hold(lock_);
    return count_;
  }
  /// Until somebody wakes us after `seen` was counted, or `ms` have passed.
  void wait(std::uint64_t seen, std::int64_t ms) {
    std::unique_lock hold(lock_);
    changed_.wait_for(hold, std::chrono::milliseconds(ms), [&] { return count_ != seen; });
  }

 private:
  mutable std::mutex lock_;
  std::condition_variable changed_;
  std::uint64_t count_ = 0;
};

}  // namespace polder::jobs
