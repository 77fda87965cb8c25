// The read connections: a bounded set, one lent to each read. There may be many more who want to read than connections:
// they are served in the order in which they came, so that nobody waits while others are served twice.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "kernel/storage/connection.h"

namespace polder::storage {

class Readers {
 public:
  Readers(std::span<const std::unique_ptr<Connection>> connections, std::chrono::milliseconds patience);

  /// Runs `fn` on a snapshot. Throws Unavailable when no connection comes free within the patience.
  void read(const std::function<void(ReadTx&)>& fn);
  std::int64_t count() const { return count_; }
  std::size_t waiting() const;

 private:
  struct Waiting {
    Connection* lent = nullptr;
    std::condition_variable wake = {};
  };

  Connection& take();
  void give_back(Connection& connection);

  const std::chrono::milliseconds patience_;
  mutable std::mutex mutex_;
  std::vector<Connection*> free_;
  std::deque<Waiting*> queue_;  ///< only while none is free
  std::atomic<std::int64_t> count_ = 0;
};

}  // namespace polder::storage
