#include "kernel/storage/writer.h"

#include <spdlog/spdlog.h>

#include <chrono>
#include <stdexcept>

namespace polder::storage {
namespace {

constexpr int attempts = 5;

}  // namespace

Writer::Writer(Connection& connection, std::size_t batch, std::size_t queue, std::chrono::milliseconds patience)
    : connection_(connection),
      batch_(std::max<std::size_t>(batch, 1)),
      limit_(queue),
      patience_(patience),
      thread_([this] { work(); }) {}

Writer::~Writer() {
  {
    std::lock_guard hold(mutex_);
    closing_ = true;
    waiting_.notify_one();
  }
  thread_.join();
}

void Writer::write(const std::function<bool(WriteTx&)>& fn) {
  Job job{.write = &fn};
  wait_for(job);
}

void Writer::alone(const std::function<void(Connection&)>& fn) {
  Job job{.alone = &fn};
  wait_for(job);
}

void Writer::wait_for(Job& job) {
  if (std::this_thread::get_id() == thread_.get_id()) throw std::logic_error("a write waits for the writer it runs on");
  {
    std::lock_guard hold(mutex_);
    if (closing_ || queue_.size() >= limit_) {
      ++turned_away_;
      throw Unavailable(closing_ ? "the database is closing" : "too many writes are waiting");
    }
    queue_.push_back(&job);
    waiting_.notify_one();
  }
  {
    std::unique_lock hold(job.lock);
    job.wake.wait(hold, [&] { return job.done; });
  }
  if (job.error) std::rethrow_exception(job.error);
}

void Writer::figures(Figures& to) const {
  to.writes = writes_;
  to.commits = commits_;
  to.retries = retries_;
  to.turned_away = turned_away_;
  std::lock_guard hold(mutex_);
  to.waiting = queue_.size();
}

void Writer::work() {
  while (true) {
    const auto batch = next_batch();
    if (batch.empty()) return;
    if (batch.front()->alone) {
      run_alone(*batch.front());
    } else {
      commit_together(batch);
    }
    finish(batch);
    connection_.rest();
  }
}

/// What waits, in order of arrival; a job that wants to be alone comes by itself.
std::vector<Writer::Job*> Writer::next_batch() {
  std::unique_lock hold(mutex_);
  waiting_.wait(hold, [&] { return closing_ || !queue_.empty(); });
  std::vector<Job*> batch;
  while (!queue_.empty() && batch.size() < batch_) {
    Job* const next = queue_.front();
    if (next->alone && !batch.empty()) break;
    batch.push_back(next);
    queue_.pop_front();
    if (next->alone) break;
  }
  return batch;
}

void Writer::commit_together(std::span<Job* const> batch) {
  const auto until = std::chrono::steady_clock::now() + patience_;
  for (int attempt = 1;; ++attempt) {
    try {
      try_commit(batch);
      writes_ += std::int64_t(batch.size());
      return;
    } catch (const TransactionLost& lost) {
      connection_.rollback();
      if (lost.then == Then::run_again && attempt < attempts && std::chrono::steady_clock::now() < until) {
        ++retries_;
        std::this_thread::sleep_for(std::chrono::milliseconds(10) * (1 << (2 * (attempt - 1))));
        continue;
      }
      if (lost.then == Then::run_singly && batch.size() > 1) {
        ++retries_;
        for (Job* const job : batch) commit_together({&job, 1});
        return;
      }
      return give_up(batch, lost.what());
    } catch (const std::exception& e) {
      connection_.rollback();
      return give_up(batch, e.what());
    }
  }
}

void Writer::give_up(std::span<Job* const> batch, const std::string& why) {
  spdlog::error("storage: {} writes could not be committed: {}", batch.size(), why);
  for (Job* const job : batch) {
    job->after.clear();
    job->error = std::make_exception_ptr(Unavailable(why));
  }
}

void Writer::try_commit(std::span<Job* const> batch) {
  // Alone in its transaction, a write needs no savepoint: the transaction is one.
  const bool savepoints = batch.size() > 1;
  bool keep = false;
  connection_.begin_write();
  for (Job* const job : batch) keep |= run(*job, savepoints);
  if (!keep) return connection_.rollback();
  connection_.commit();
  ++commits_;
}

/// One write of a batch; whether it is kept. Throws only when the whole transaction is lost.
bool Writer::run(Job& job, bool with_savepoint) {
  job.error = nullptr;
  job.after.clear();
  if (with_savepoint) connection_.savepoint();
  Writing tx(connection_);
  bool keep = false;
  try {
    keep = (*job.write)(tx);
    if (keep && tx.failed() && !connection_.lost()) {
      throw std::logic_error("a write was to be kept in which a statement has failed");
    }
  } catch (...) {
    keep = false;
    job.error = std::current_exception();
  }
  if (connection_.lost()) throw TransactionLost(*connection_.lost());
  if (keep) job.after = tx.take_after();
  if (with_savepoint) keep ? connection_.release() : connection_.rollback_to_savepoint();
  return keep;
}

void Writer::run_alone(Job& job) {
  try {
    (*job.alone)(connection_);
  } catch (...) {
    job.error = std::current_exception();
  }
  connection_.rollback();
}

void Writer::finish(std::span<Job* const> batch) {
  for (Job* const job : batch) {
    for (const auto& then : job->after) {
      try {
        then();
      } catch (const std::exception& e) {
        spdlog::error("storage: an after_commit threw, which it must not: {}", e.what());
      }
    }
  }
  // The caller owns the job and lets it go as soon as it sees `done`: both are told under its lock.
  for (Job* const job : batch) {
    std::lock_guard hold(job->lock);
    job->done = true;
    job->wake.notify_one();
  }
}

}  // namespace polder::storage
