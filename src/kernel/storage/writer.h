// Group commit: one thread, one connection, and all that waits is committed together.
//
// While a commit waits for the disk, the next writes queue up; when it ends, they are its successor. Nothing is delayed
// on purpose: alone, a write has the disk for itself; in a crowd, one sync serves up to `batch` writes.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "kernel/storage/connection.h"

namespace polder::storage {

class Writer {
 public:
  Writer(Connection& connection, std::size_t batch, std::size_t queue, std::chrono::milliseconds patience);
  /// Finishes what was accepted.
  ~Writer();

  /// Waits until `fn`'s write is durable or refused; rethrows what `fn` threw; throws Unavailable when nothing could be
  /// committed or the queue is full.
  void write(const std::function<bool(WriteTx&)>& fn);
  /// Runs `fn` between batches, with the connection to itself and no transaction open.
  void alone(const std::function<void(Connection&)>& fn);

  /// Adds its part to the figures.
  void figures(Figures& to) const;

 private:
  struct Job {
    const std::function<bool(WriteTx&)>* write = nullptr;
    const std::function<void(Connection&)>* alone = nullptr;
    bool done = false;
    std::exception_ptr error = {};
    std::vector<std::function<void()>> after = {};
    /// Of `done`. With the queue's lock for it, those who were answered stood in the way of those who came.
    std::mutex lock = {};
    std::condition_variable wake = {};
  };

  void wait_for(Job& job);
  void work();
  std::vector<Job*> next_batch();
  void commit_together(std::span<Job* const> batch);
  void try_commit(std::span<Job* const> batch);
  void give_up(std::span<Job* const> batch, const std::string& why);
  bool run(Job& job, bool with_savepoint);
  void run_alone(Job& job);
  void finish(std::span<Job* const> batch);

  Connection& connection_;
  const std::size_t batch_, limit_;
  const std::chrono::milliseconds patience_;
  mutable std::mutex mutex_;
  std::condition_variable waiting_;
  std::deque<Job*> queue_;
  bool closing_ = false;
  std::atomic<std::int64_t> writes_ = 0, commits_ = 0, retries_ = 0, turned_away_ = 0;
  std::thread thread_;  // last: it starts when all else is there
};

}  // namespace polder::storage
