// The workers: a few threads and a bounded queue before them. Private to the room.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace polder::http {

class Pool {
 public:
  using Job = std::move_only_function<void()>;  ///< must not throw

  Pool(std::size_t workers, std::size_t queue) : workers_(workers), queue_(queue) {}
  ~Pool() { stop(); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  void start();
  /// New work. False, and the job is dropped, if the queue is full: the caller says so to the client.
  [[nodiscard]] bool submit(Job job) { return add(std::move(job), queue_); }
  /// The next step of work that was admitted before, a stream's next piece: never refused, at most one a connection.
  void resume(Job job) { (void)add(std::move(job), std::size_t(-1)); }
  /// Waits for running jobs. What still waits is dropped, on this thread.
  void stop();

  std::size_t waiting() const;
  std::size_t running() const;

 private:
  bool add(Job job, std::size_t bound);
  void work();

  std::size_t workers_, queue_;
  mutable std::mutex lock_;
  std::condition_variable ready_;
  std::deque<Job> jobs_;
  std::size_t running_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace polder::http
