// The read connections: a bounded set, one lent to each read.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "kernel/storage/connection.h"

namespace polder::storage {

class Readers {
 public:
  Readers(std::span<const std::unique_ptr<Connection>> connections, std::chrono::milliseconds patience);

  /// Runs `fn` on a snapshot. Throws Unavailable when no connection comes free within the patience.
  void read(const std::function<void(ReadTx&)>& fn);
  std::int64_t count() const { return count_; }

 private:
  Connection& take();
  void give_back(Connection& connection);

  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<Connection*> free_;
  std::atomic<std::int64_t> count_ = 0;
};

}  // namespace polder::storage
