#include "kernel/jobs/store.h"

namespace polder::jobs {
namespace {

using storage::ReadTx;
using storage::Row;
using storage::Statement;
using storage::WriteTx;

constexpr Statement insert_job{"jobs.insert",
                               "INSERT INTO jobs (id, kind, payload, run_at, job_key) VALUES ($1, $2, $3, $4, $5) "
                               "ON CONFLICT (job_key) DO NOTHING"};
constexpr Statement find_due{"jobs.due",
                             "SELECT 1 FROM jobs WHERE state = 0 AND run_at <= $1 AND leased_until <= $1 LIMIT 1"};
constexpr Statement claim_job{
    "jobs.claim",
    "UPDATE jobs SET attempts = attempts + 1, token = token + 1, leased_until = $2 WHERE id = (SELECT id FROM jobs "
    "WHERE state = 0 AND run_at <= $1 AND leased_until <= $1 ORDER BY run_at, id LIMIT 1) "
    "AND state = 0 AND run_at <= $1 AND leased_until <= $1 RETURNING id, kind, payload, attempts, token"};
constexpr Statement extend_job{"jobs.extend", "UPDATE jobs SET leased_until = $3 WHERE id = $1 AND token = $2"};
constexpr Statement delete_job{"jobs.delete",
                               "DELETE FROM jobs WHERE id = $1 AND token = $2 AND state = 0 AND job_key IS NULL"};
constexpr Statement done_job{
    "jobs.done", "UPDATE jobs SET state = 2, payload = '', fault = NULL WHERE id = $1 AND token = $2 AND state = 0"};
constexpr Statement postpone_job{
    "jobs.postpone",
    "UPDATE jobs SET run_at = $3, leased_until = 0, fault = $4 WHERE id = $1 AND token = $2 AND state = 0"};
constexpr Statement hand_back_job{"jobs.hand-back",
                                  "UPDATE jobs SET run_at = $3, leased_until = 0, attempts = attempts - 1 "
                                  "WHERE id = $1 AND token = $2 AND state = 0"};
constexpr Statement bury_job{
    "jobs.bury", "UPDATE jobs SET state = 1, leased_until = 0, fault = $3 WHERE id = $1 AND token = $2 AND state = 0"};
constexpr Statement prune_jobs{"jobs.prune", "DELETE FROM jobs WHERE state = 2 AND run_at < $1"};
constexpr Statement list_failures{
    "jobs.failures", "SELECT id, kind, fault, attempts FROM jobs WHERE state = 1 AND id > $1 ORDER BY id LIMIT $2"};
constexpr Statement revive_job{"jobs.revive",
                               "UPDATE jobs SET state = 0, run_at = $2, attempts = 0 WHERE id = $1 AND state = 1"};

}  // namespace

bool insert(WriteTx& tx, Id id, std::string_view kind, std::string_view payload, Time run_at,
            const std::optional<std::string>& key) {
  return tx.exec(insert_job, id, kind, payload, run_at, key) == 1;
}

bool any_due(ReadTx& tx, Time now) { return tx.value<std::int64_t>(find_due, now).has_value(); }

std::optional<Job> claim(WriteTx& tx, Time now, Time until) {
  return tx.one<Job>(
      claim_job,
      [](const Row& row) {
        return Job{row.get<Id>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<int>(3),
                   row.get<std::int64_t>(4)};
      },
      now, until);
}

bool extend(WriteTx& tx, const Job& job, Time until) { return tx.exec(extend_job, job.id, job.token, until) == 1; }

bool settle(WriteTx& tx, const Job& job) {
  return tx.exec(delete_job, job.id, job.token) == 1 || tx.exec(done_job, job.id, job.token) == 1;
}

bool postpone(WriteTx& tx, const Job& job, Time run_at, const std::string& fault) {
  return tx.exec(postpone_job, job.id, job.token, run_at, fault) == 1;
}

bool hand_back(WriteTx& tx, const Job& job, Time run_at) {
  return tx.exec(hand_back_job, job.id, job.token, run_at) == 1;
}

bool bury(WriteTx& tx, const Job& job, const std::string& fault) {
  return tx.exec(bury_job, job.id, job.token, fault) == 1;
}

std::int64_t prune(WriteTx& tx, Time done_before) { return tx.exec(prune_jobs, done_before); }

Done finish(WriteTx& tx, const Job& job) {
  if (settle(tx, job)) return {};
  return refuse(Why::conflict, {"jobs.lease-lost"});
}

std::vector<Failure> failures(ReadTx& tx, Id after, int limit) {
  return tx.all<Failure>(
      list_failures,
      [](const Row& row) {
        return Failure{row.get<Id>(0), row.get<std::string>(1), row.get<std::optional<std::string>>(2).value_or(""),
                       row.get<int>(3)};
      },
      after, limit);
}

Done revive(WriteTx& tx, Id id, Time now) {
  if (tx.exec(revive_job, id, now) == 1) return {};
  return refuse(Why::not_found, {"jobs.no-such-failure"});
}

}  // namespace polder::jobs
