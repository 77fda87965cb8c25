#include "kernel/storage/readers.h"

namespace polder::storage {

Readers::Readers(std::span<const std::unique_ptr<Connection>> connections, std::chrono::milliseconds patience)
    : patience_(patience) {
  for (const auto& connection : connections) free_.push_back(connection.get());
}

void Readers::read(const std::function<void(ReadTx&)>& fn) {
  Connection& connection = take();
  struct Back {
    Readers& readers;
    Connection& connection;
    ~Back() {
      connection.rollback();
      readers.give_back(connection);
    }
  } back{*this, connection};
  connection.begin_read();
  Reading tx(connection);
  fn(tx);
  ++count_;
}

/// The one returned last, whose cache is warm.
Connection& Readers::take() {
  std::unique_lock hold(mutex_);
  if (!free_.empty()) {
    Connection& connection = *free_.back();
    free_.pop_back();
    return connection;
  }
  Waiting self;
  queue_.push_back(&self);
  if (!self.wake.wait_for(hold, patience_, [&] { return self.lent != nullptr; })) {
    std::erase(queue_, &self);
    throw Unavailable("all read connections are in use");
  }
  return *self.lent;
}

void Readers::give_back(Connection& connection) {
  std::lock_guard hold(mutex_);
  if (queue_.empty()) {
    free_.push_back(&connection);
    return;
  }
  // Handed over, not put down: whoever comes by at this moment does not get it first.
  Waiting& next = *queue_.front();
  queue_.pop_front();
  next.lent = &connection;
  next.wake.notify_one();
}

std::size_t Readers::waiting() const {
  std::lock_guard hold(mutex_);
  return queue_.size();
}

}  // namespace polder::storage
