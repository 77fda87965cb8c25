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
  if (!returned_.wait_for(hold, patience_, [&] { return !free_.empty(); })) {
    throw Unavailable("all read connections are in use");
  }
  Connection& connection = *free_.back();
  free_.pop_back();
  return connection;
}

void Readers::give_back(Connection& connection) {
  std::lock_guard hold(mutex_);
  free_.push_back(&connection);
  returned_.notify_one();
}

}  // namespace polder::storage
