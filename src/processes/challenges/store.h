// The tables of challenges: the only SQL of this room is in store*.cpp. Here: challenges and their statements.
// store_solvers.h has teams, questions, entries and files; store_judging.h panel, conflicts and assignments;
// store_marks.h marks; store_result.h rankings, objections, awards and money.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/storage/database.h"
#include "processes/challenges/model.h"

namespace polder::challenges::store {

using storage::ReadTx;
using storage::WriteTx;

std::optional<Challenge> by_id(ReadTx& tx, Id id);
std::optional<Challenge> by_slug(ReadTx& tx, Id platform, std::string_view slug);
/// All of a platform, newest closing first, at most 200; those not yet published only when asked for.
std::vector<Challenge> all(ReadTx& tx, Id platform, bool with_unpublished);
/// Those whose moment has come, by id after `after`: announced and to be opened, or open and to be closed.
std::vector<Challenge> due(ReadTx& tx, Time now, Id after, std::int64_t limit);

std::string free_slug(ReadTx& tx, Id platform, const std::string& wanted);
void insert(WriteTx& tx, const Challenge& c);
/// What follows from the statement (title, summary, language, times), who wrote it and its version.
void update(WriteTx& tx, const Challenge& c);
void set_phase(WriteTx& tx, Id id, Phase phase);
void set_review(WriteTx& tx, Id id, Phase phase, std::string_view remarks);
void set_published(WriteTx& tx, Id id, Time at, std::string_view seed, std::string_view seed_sha256);
void set_cancelled(WriteTx& tx, Id id, std::string_view why);
void set_seeker(WriteTx& tx, Id id, Id person);
/// Of every entry that was judged: sent in and not screened, without readers, marks, checks and files for judges.
void end_stage(WriteTx& tx, Id challenge);
/// Open again, with a new lot; what was awarded stays.
void set_reopened(WriteTx& tx, Id id, std::string_view seed, std::string_view seed_sha256);

std::optional<Version> version(ReadTx& tx, Id challenge, std::int64_t number);
/// With their statements, from this number downwards.
std::vector<Version> statements(ReadTx& tx, Id challenge, std::int64_t from, std::int64_t limit);
/// Without their statements, newest first.
std::vector<Version> versions(ReadTx& tx, Id challenge);
void put_version(WriteTx& tx, Id challenge, const Version& version);

/// In the order in which they came.
std::vector<Attachment> attachments(ReadTx& tx, Id challenge);
std::optional<Attachment> attachment(ReadTx& tx, Id id);
bool knows_attachment(ReadTx& tx, std::string_view path);
void insert_attachment(WriteTx& tx, const Attachment& a);
void delete_attachment(WriteTx& tx, Id id);

/// Erasure: who wrote a statement, and whose problem it is, is forgotten, its words are the operator's.
void forget_writer(WriteTx& tx, Id person);

}  // namespace polder::challenges::store
