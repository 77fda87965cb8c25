#include "kernel/http/pool.h"

namespace polder::http {

void Pool::start() {
  for (std::size_t i = 0; i < workers_; ++i) threads_.emplace_back([this] { work(); });
}

bool Pool::add(Job job, std::size_t bound) {
  {
    std::lock_guard guard(lock_);
    if (stopping_ || jobs_.size() >= bound) return false;
    jobs_.push_back(std::move(job));
  }
  ready_.notify_one();
  return true;
}

void Pool::work() {
  std::unique_lock guard(lock_);
  for (;;) {
    ready_.wait(guard, [&] { return stopping_ || !jobs_.empty(); });
    if (stopping_) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    ++running_;
    guard.unlock();
    job();
    job = nullptr;
    guard.lock();
    --running_;
  }
}

void Pool::stop() {
  {
    std::lock_guard guard(lock_);
    stopping_ = true;
  }
  ready_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
  jobs_.clear();
}

std::size_t Pool::waiting() const {
  std::lock_guard guard(lock_);
  return jobs_.size();
}

std::size_t Pool::running() const {
  std::lock_guard guard(lock_);
  return running_;
}

}  // namespace polder::http
