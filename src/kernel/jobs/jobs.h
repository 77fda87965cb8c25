// Work that follows an act: sending mail, telling followers, emptying what was erased.
//
// A job is a row written in the transaction of the act that wants it: if the act happened, so will the job, and not
// otherwise. The promise is at least once: a program that dies between doing and saying so does it again, so a handler
// must bear being run twice, or finish its job in the very transaction that holds its effect (`finish`).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/id.h"
#include "kernel/base/random.h"
#include "kernel/base/result.h"
#include "kernel/base/time.h"
#include "kernel/jobs/lease.h"
#include "kernel/metrics/log.h"
#include "kernel/storage/database.h"

namespace polder::jobs {

/// A job in the hands of a handler.
struct Job {
  Id id;
  std::string kind;
  std::string payload;     ///< JSON, as enqueued: ids, never what a person wrote
  int attempt = 0;         ///< from 1
  std::int64_t token = 0;  ///< of this attempt; the row no longer obeys an older one
};

class Signal;

/// The door for those who want work done.
class Queue {
 public:
  explicit Queue(IdSource& ids);

  /// In the transaction of the act. With a key, once: while a job of that key waits, and for `keep_done_ms` (see
  /// Options) after it is done or for as long as its failure is kept. False when there was one. Wakes the runner.
  bool enqueue(storage::WriteTx& tx, std::string_view kind, std::string_view payload, Time run_at,
               const std::optional<std::string>& key = std::nullopt);

  const std::shared_ptr<Signal>& signal() const { return signal_; }

 private:
  IdSource& ids_;
  std::shared_ptr<Signal> signal_;
};

/// What became of an attempt.
struct Outcome {
  enum What { done, again, never } what = done;
  std::string fault = {};  ///< private: for the administrator, without personal data

  static Outcome retry(std::string fault) { return {again, std::move(fault)}; }    ///< later, with growing pauses
  static Outcome give_up(std::string fault) { return {never, std::move(fault)}; }  ///< trying again cannot help
};

struct Handler {
  log::Literal kind;
  std::function<Outcome(const Job&)> run;  ///< an exception is a retry
  int attempts = 10;                       ///< then the row stays, given up, with its last fault
};

/// Something to do again and again, on one node at a time: the clock that opens and closes phases. First when the node
/// takes the clock, then every `interval_ms`. What it writes it writes under `lease.hold(tx)`.
struct Recurring {
  log::Literal name;
  std::int64_t interval_ms;
  std::function<void(const Lease&)> run;
};

struct Options {
  std::size_t workers = 2;
  std::int64_t lease_ms = minute_ms;  ///< a job whose runner died is run again after this; renewed while running
  std::int64_t first_pause_ms = 5 * second_ms, longest_pause_ms = hour_ms;
  std::int64_t poll_ms = second_ms;         ///< how often an idle worker looks for jobs of other nodes
  std::int64_t keep_done_ms = 90 * day_ms;  ///< how long the key of a done job is remembered
};

struct Figures {
  std::uint64_t done = 0, retried = 0, given_up = 0;
};

class Runner {
 public:
  Runner(storage::Database& db, Queue& queue, const Clock& clock, Random& random, std::vector<Handler> handlers,
         std::vector<Recurring> recurring, Options options = {});
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  /// On threads of its own.
  void start();
  /// Lets what runs finish, gives the clock back, joins. No new work begins after the call.
  void stop();
  /// Everything that is due now, here, in order; returns how many attempts were made. For tests and the demo, not
  /// beside start().
  std::size_t run_due();
  Figures figures() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

/// Ends a job in the transaction that holds its effect: exactly once then. Refuses when another runner has it by now.
Done finish(storage::WriteTx& tx, const Job& job);

/// A job that was given up, for the administrator.
struct Failure {
  Id id;
  std::string kind, fault;
  int attempts = 0;
};
/// The oldest first, after `after`.
std::vector<Failure> failures(storage::ReadTx& tx, Id after, int limit);
/// Tries a failure again, from now, with all its attempts. Refuses when it is no failure (any more).
Done revive(storage::WriteTx& tx, Id id, Time now);

}  // namespace polder::jobs
