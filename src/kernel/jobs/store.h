// The only SQL about jobs. Private to the room, and to its tests.
#pragma once

#include "kernel/jobs/jobs.h"

namespace polder::jobs {

enum class State { waiting = 0, given_up = 1, done = 2 };

bool insert(storage::WriteTx& tx, Id id, std::string_view kind, std::string_view payload, Time run_at,
            const std::optional<std::string>& key);
/// Is there a job to claim? Reading is cheap, so an idle program writes nothing.
bool any_due(storage::ReadTx& tx, Time now);
/// The job that has waited longest, leased until then and its attempt counted: compare-and-set, so that of two nodes
/// that saw the same row one gets it.
std::optional<Job> claim(storage::WriteTx& tx, Time now, Time until);
/// These change nothing and say false when the lease of `job` was lost.
bool extend(storage::WriteTx& tx, const Job& job, Time until);
bool settle(storage::WriteTx& tx, const Job& job);
bool postpone(storage::WriteTx& tx, const Job& job, Time run_at, const std::string& fault);
bool hand_back(storage::WriteTx& tx, const Job& job, Time run_at);
bool bury(storage::WriteTx& tx, const Job& job, const std::string& fault);
std::int64_t prune(storage::WriteTx& tx, Time done_before);

}  // namespace polder::jobs
