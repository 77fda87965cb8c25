// One connection to either database: the little that the two have in common below the transactions. The writer, the
// readers and the migrations are written once against it.
#pragma once

#include "kernel/storage/database.h"

namespace polder::storage {

/// What may be done with the writes of a transaction that is gone.
enum class Then {
  run_again,   ///< nothing was kept and nobody is at fault (a deadlock, a lost connection): the same batch again
  run_singly,  ///< nothing was kept, and one write may have broken it for all (no room left): each by itself
  give_up,     ///< it cannot be done now, or it cannot be known whether it was kept: never run again
};

/// The whole transaction is gone, with every savepoint in it.
class TransactionLost : public Unavailable {
 public:
  TransactionLost(Then next, std::string what) : Unavailable(std::move(what)), then(next) {}
  Then then;
};

using EachRow = std::function<bool(const Row&)>;

class Connection {
 public:
  virtual ~Connection() = default;

  /// Runs one statement of a transaction; returns how many rows it changed. Refuses as a bug (std::logic_error) what
  /// only one of the databases would take: text that is not UTF-8 or holds a NUL, a double that is not a number, a
  /// statement within a statement.
  std::int64_t run(const Statement& s, std::span<const Value> values, const EachRow& each);

  virtual void begin_read() = 0;
  virtual void begin_write() = 0;
  virtual void savepoint() = 0;
  virtual void release() = 0;
  virtual void rollback_to_savepoint() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;

  /// Runs SQL of several statements within the transaction, as it stands.
  virtual void script(const std::string& sql) = 0;
  /// Lifts the limits on time that hold for the statements of people's requests, until the transaction ends.
  virtual void take_your_time() = 0;
  virtual void scrub(std::span<const std::string_view> tables) = 0;
  /// Within the transaction: tells other programs when it is committed, where there can be any.
  virtual void announce(std::string_view) {}
  /// Called when a batch was acknowledged: housekeeping that nobody should wait for.
  virtual void rest() noexcept {}

  /// The loss of the current transaction, also when a closure caught and hid it.
  const std::optional<TransactionLost>& lost() const { return lost_; }

 protected:
  virtual std::int64_t execute(const Statement& s, std::span<const Value> values, const EachRow& each) = 0;
  [[noreturn]] void lose(Then then, std::string what);
  std::optional<TransactionLost> lost_;

 private:
  bool running_ = false;
};

class Reading final : public ReadTx {
 public:
  explicit Reading(Connection& connection) : connection_(connection) {}

 protected:
  std::int64_t run(const Statement& s, std::span<const Value> values, const EachRow& each) override;

 private:
  Connection& connection_;
};

class Writing final : public WriteTx {
 public:
  explicit Writing(Connection& connection) : connection_(connection) {}
  void after_commit(std::function<void()> then) override { after_.push_back(std::move(then)); }
  void announce(std::string_view words) override;

  /// A statement failed: the write can no longer be kept.
  bool failed() const { return failed_; }
  std::vector<std::function<void()>> take_after() { return std::move(after_); }

 protected:
  std::int64_t run(const Statement& s, std::span<const Value> values, const EachRow& each) override;

 private:
  Connection& connection_;
  bool failed_ = false;
  std::vector<std::function<void()>> after_;
};

using Listen = std::function<std::unique_ptr<Listening>(std::function<void(std::string_view)> heard,
                                                        std::function<void()> missed)>;

/// An open database, in parts. Members are let go from the last to the first: the lock on the file outlives all.
struct Opened {
  bool sqlite = false;
  std::size_t batch = 1;
  std::shared_ptr<void> lock = {};
  std::unique_ptr<Connection> writer = {};
  std::vector<std::unique_ptr<Connection>> readers = {};
  Listen listen = {};  ///< none: there is nobody to be heard
};

Result<Opened> open_sqlite(const Options& options);
Result<Opened> open_postgres(const Options& options);

}  // namespace polder::storage
