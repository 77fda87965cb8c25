#include <algorithm>
#include <atomic>
#include <list>
#include <mutex>
#include <thread>

#include "kernel/jobs/jobs.h"
#include "kernel/jobs/signal.h"
#include "kernel/jobs/store.h"

namespace polder::jobs {

using storage::ReadTx;
using storage::WriteTx;

Queue::Queue(IdSource& ids) : ids_(ids), signal_(std::make_shared<Signal>()) {}

bool Queue::enqueue(WriteTx& tx, std::string_view kind, std::string_view payload, Time run_at,
                    const std::optional<std::string>& key) {
  if (!insert(tx, ids_.next(), kind, payload, run_at, key)) return false;
  tx.after_commit([signal = signal_] { signal->wake(); });
  return true;
}

struct Runner::Inside {
  Inside(storage::Database& database, Queue& queue, const Clock& time, Random& chance, std::vector<Handler>&& for_kinds,
         Options chosen)
      : db(database),
        clock(time),
        random(chance),
        signal(queue.signal()),
        handlers(std::move(for_kinds)),
        options(chosen) {}

  storage::Database& db;
  const Clock& clock;
  Random& random;
  std::shared_ptr<Signal> signal;
  std::vector<Handler> handlers;
  struct Turn {
    Recurring what;
    Time next = {};
    std::int64_t token = 0;  // of the lease under which `next` was set
  };
  std::vector<Turn> turns;
  Options options;

  std::mutex lock;  // for these two
  std::list<Job> running;
  std::optional<Lease> lease;  // of the clock; only keep_leases changes it

  Time kept;  // when the leases of running jobs were last renewed
  std::atomic<bool> stopping = false, drained = false;
  std::atomic<std::uint64_t> done = 0, retried = 0, given_up = 0;
  std::vector<std::thread> threads;
  std::thread keeper;

  /// 5, 10, 20 … seconds, within a fifth by chance, so that what failed together is not tried together.
  std::int64_t pause(int attempt) {
    const auto doubled = options.first_pause_ms << std::min(attempt - 1, 30);
    const auto most = std::min(doubled, options.longest_pause_ms);
    return most - most / 5 + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most * 2 / 5 + 1)));
  }

  std::optional<Job> next() {
    const Time now = clock.now();
    if (!db.read([&](ReadTx& tx) { return any_due(tx, now); })) return std::nullopt;
    auto claimed =
        db.write([&](WriteTx& tx) -> Result<std::optional<Job>> { return claim(tx, now, now + options.lease_ms); });
    return claimed ? std::move(*claimed) : std::nullopt;
  }

  Outcome attempt(const Handler& handler, const Job& job) {
    // Attempts are counted when they begin: a job that ends the program is not begun for ever.
    if (job.attempt > handler.attempts) return Outcome::give_up("every attempt ended without an answer");
    try {
      return handler.run(job);
    } catch (const std::exception& e) {
      return Outcome::retry(e.what());
    }
  }

  void perform(const Job& job) {
    const auto handler = std::ranges::find(handlers, job.kind, [](const Handler& h) { return h.kind.text(); });
    if (handler == handlers.end()) {
      // Another node, with a newer program, knows it.
      log::warn("jobs.unknown-kind", {{"job", job.id}});
      commit([&](WriteTx& tx) { return hand_back(tx, job, clock.now() + minute_ms); });
      return;
    }
    const auto here = [&] {
      const std::lock_guard hold(lock);
      return running.insert(running.end(), job);
    }();
    auto outcome = attempt(*handler, job);
    {
      const std::lock_guard hold(lock);
      running.erase(here);
    }
    if (outcome.what == Outcome::again && job.attempt >= handler->attempts) outcome.what = Outcome::never;
    switch (outcome.what) {
      case Outcome::done:
        commit([&](WriteTx& tx) { return settle(tx, job); });
        ++done;
        break;
      case Outcome::again:
        log::info("jobs.retry", {{"kind", handler->kind}, {"job", job.id}, {"attempt", job.attempt}});
        commit([&](WriteTx& tx) { return postpone(tx, job, clock.now() + pause(job.attempt), outcome.fault); });
        ++retried;
        break;
      case Outcome::never:
        log::error("jobs.given-up", {{"kind", handler->kind}, {"job", job.id}, {"attempt", job.attempt}});
        commit([&](WriteTx& tx) { return bury(tx, job, outcome.fault); });
        ++given_up;
        break;
    }
  }

  /// A change that finds the lease lost changes nothing, and need not: the new holder answers for the job.
  template <class Fn>
  void commit(Fn&& fn) {
    static_cast<void>(db.write([&](WriteTx& tx) -> Result<bool> { return fn(tx); }));
  }

  /// Keeps what we hold: the leases of jobs under way, and the clock; takes the clock when nobody has it.
  void keep_leases() {
    const Time now = clock.now(), until = now + options.lease_ms;
    std::vector<Job> under_way;
    {
      const std::lock_guard hold(lock);
      under_way.assign(running.begin(), running.end());
    }
    if (!under_way.empty() && now - kept >= options.lease_ms / 3) {
      kept = now;
      commit([&](WriteTx& tx) {
        for (const auto& job : under_way) extend(tx, job, until);
        return true;
      });
    }
    auto mine = held();
    if (mine && mine->until - now > options.lease_ms * 2 / 3) return;
    if (!mine || !renew(db, *mine, until)) mine = take(db, "clock", now, until);
    const std::lock_guard hold(lock);
    lease = mine;
  }

  std::optional<Lease> held() {
    const std::lock_guard hold(lock);
    return lease;
  }

  void tick() {
    for (auto& turn : turns) {
      const auto mine = held();
      const Time now = clock.now();
      if (!mine || mine->until <= now || stopping || (turn.token == mine->token && turn.next > now)) continue;
      try {
        turn.what.run(*mine);
      } catch (const std::exception&) {
        log::error("jobs.recurring-failed", {{"name", turn.what.name}});
      }
      turn.next = clock.now() + turn.what.interval_ms;
      turn.token = mine->token;
    }
  }

  /// `step` again and again until `end`; the database being away is waited out.
  void loop(const std::atomic<bool>& end, const std::function<bool()>& step) {
    while (!end) {
      const auto seen = signal->count();
      bool busy = false;
      try {
        busy = step();
      } catch (const std::exception& e) {
        log::error("jobs.unavailable", {{"said", log::Machine{e.what()}}});
      }
      if (!busy && !end) signal->wait(seen, options.poll_ms);
    }
  }
};

Runner::Runner(storage::Database& db, Queue& queue, const Clock& clock, Random& random, std::vector<Handler> handlers,
               std::vector<Recurring> recurring, Options options)
    : inside_(std::make_unique<Inside>(db, queue, clock, random, std::move(handlers), options)) {
  auto* in = inside_.get();
  recurring.push_back({"jobs.prune", hour_ms, [in](const Lease&) {
                         const Time before = in->clock.now() - in->options.keep_done_ms;
                         in->commit([&](WriteTx& tx) { return prune(tx, before) > 0; });
                       }});
  for (auto& what : recurring) in->turns.push_back({std::move(what), {}});
}

Runner::~Runner() { stop(); }

void Runner::start() {
  auto* in = inside_.get();
  for (std::size_t i = 0; i < in->options.workers; ++i)
    in->threads.emplace_back([in] {
      in->loop(in->stopping, [in] {
        const auto job = in->next();
        if (job) in->perform(*job);
        return job.has_value();
      });
    });
  in->threads.emplace_back([in] {
    in->loop(in->stopping, [in] {
      in->tick();
      return false;
    });
  });
  // Leases have a thread to themselves: work that takes long must not lose its own.
  in->keeper = std::thread([in] {
    in->loop(in->drained, [in] {
      in->keep_leases();
      return false;
    });
  });
}

void Runner::stop() {
  inside_->stopping = true;
  inside_->signal->wake();
  for (auto& thread : inside_->threads) thread.join();
  inside_->threads.clear();
  inside_->drained = true;
  inside_->signal->wake();
  if (inside_->keeper.joinable()) inside_->keeper.join();
  if (inside_->lease) {
    try {
      release(inside_->db, *inside_->lease);
    } catch (const std::exception&) {
      log::warn("jobs.clock-not-released");  // it runs out by itself
    }
    inside_->lease.reset();
  }
}

std::size_t Runner::run_due() {
  inside_->keep_leases();
  inside_->tick();
  std::size_t attempts = 0;
  for (; const auto job = inside_->next(); ++attempts) inside_->perform(*job);
  return attempts;
}

Figures Runner::figures() const { return {inside_->done, inside_->retried, inside_->given_up}; }

}  // namespace polder::jobs
