// The tables of moderation: the only SQL of this room is in store.cpp.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "dialogue/model.h"
#include "kernel/storage/database.h"

namespace polder::dialogue::store {

using storage::ReadTx;
using storage::WriteTx;

// ---- cases and their reports ----

std::optional<Case> find_case(ReadTx& tx, Id contribution);
/// Those that wait for a decision, the longest first, after the place of `after` (a contribution; zero: from the
/// start).
std::vector<Case> waiting(ReadTx& tx, Id platform, Id after, std::int64_t limit);

/// Adds the report to its case, which is made if there is none.
void insert_report(WriteTx& tx, const Report& report, const Case& its_case);
bool has_reported(ReadTx& tx, Id contribution, Id person);
/// How many waiting reports give which reason.
std::vector<std::pair<Reason, std::int64_t>> reasons(ReadTx& tx, Id contribution);
/// Waiting reports, the oldest first.
std::vector<Report> reports(ReadTx& tx, Id contribution, std::int64_t limit);
std::vector<Report> reports_of_person(ReadTx& tx, Id person);

// ---- decisions ----

/// Keeps the decision and settles the reports that waited for it.
void decide(WriteTx& tx, const Decision& decision);
std::optional<Decision> decision(ReadTx& tx, Id id);
/// Why it is hidden: the newest decision to hide it.
std::optional<Decision> hiding(ReadTx& tx, Id contribution);
/// All about one contribution, the newest first, at most 50.
std::vector<Decision> decisions_about(ReadTx& tx, Id contribution);
/// What was hidden and shown again, the newest first, before `before` (zero: from the newest).
std::vector<Decision> log(ReadTx& tx, Id platform, Id before, std::int64_t limit);
std::vector<Decision> decisions_on_author(ReadTx& tx, Id person);

// ---- going ----

/// Acts in which others spoke about this person's contributions: reports and decisions.
std::vector<Id> acts_about_author(ReadTx& tx, Id person);
std::vector<Id> platforms_of_author(ReadTx& tx, Id person);

/// The person's own words and everybody's about them go; that something was reported, hidden or restored, and the
/// reason, stay.
void erase_person(WriteTx& tx, Id person);

struct Settled {
  Id id{}, act{};
};
/// Reports settled before `before`, the oldest first.
std::vector<Settled> settled(ReadTx& tx, Id platform, Time before, std::int64_t limit);
/// Deletes the report, and its case if nothing else is known of it.
void delete_report(WriteTx& tx, Id report);

}  // namespace polder::dialogue::store
