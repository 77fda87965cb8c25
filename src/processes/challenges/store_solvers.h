// Teams, their questions, entries and files: SQL of store_solvers.cpp.
#pragma once

#include <span>

#include "processes/challenges/store.h"

namespace polder::challenges::store {

// ---- teams ----

std::optional<Team> team(ReadTx& tx, Id id);
std::optional<Team> team_by_name(ReadTx& tx, Id challenge, std::string_view name);
std::optional<Team> team_of(ReadTx& tx, Id challenge, Id person);
/// Those that are still teams, by id after `after`.
std::vector<Team> teams(ReadTx& tx, Id challenge, Id after, std::int64_t limit);
/// The teams that ask to join this one.
std::vector<Team> asking_to_join(ReadTx& tx, Id team);
void insert_team(WriteTx& tx, const Team& t);
void ask_to_join(WriteTx& tx, Id team, std::optional<Id> other);
void set_seen(WriteTx& tx, Id challenge, Id person, std::int64_t version);
/// Members, invitations and drafts of `from` become those of `into`.
void merge(WriteTx& tx, const Team& from, const Team& into);
void delete_team(WriteTx& tx, const Team& t);

std::vector<Member> members(ReadTx& tx, Id team);
std::optional<Member> member(ReadTx& tx, Id challenge, Id person);
/// Everybody in a team of this challenge, by person after `after`: to be told something.
std::vector<Member> members_of_challenge(ReadTx& tx, Id challenge, Id after, std::int64_t limit);
void insert_member(WriteTx& tx, Id challenge, const Member& m, std::int64_t agreed_to);
void delete_member(WriteTx& tx, Id challenge, const Member& m);
void set_lead(WriteTx& tx, Id challenge, Id person);
/// The challenges a person is in a team of, as (challenge, team).
std::vector<std::pair<Id, Id>> memberships(ReadTx& tx, Id person);

struct Invitation {
  Id team{}, challenge{};
  std::string email;
  Time made_at;
};
std::vector<Invitation> invitations(ReadTx& tx, Id team);
bool invited(ReadTx& tx, Id team, std::string_view email);
/// The teams that would have whoever has this address with them, by name; fifty at most.
std::vector<Team> inviting(ReadTx& tx, Id challenge, std::string_view email);
void invite(WriteTx& tx, const Invitation& i);
void drop_invitation(WriteTx& tx, Id team, std::string_view email);
void forget_address(WriteTx& tx, std::string_view email);

// ---- questions ----

std::vector<Question> questions(ReadTx& tx, Id challenge, Id before, std::int64_t limit);
std::optional<Question> question(ReadTx& tx, Id id);
void insert_question(WriteTx& tx, const Question& q);
void answer_question(WriteTx& tx, Id id, std::string_view answer, Time at);

// ---- entries ----

/// What the team writes; the sealed version stands beside it.
struct Draft {
  std::string title;
  std::vector<std::string> answers;
};
std::optional<Entry> entry(ReadTx& tx, Id id);
std::optional<Draft> draft_of(ReadTx& tx, Id entry);
std::vector<Entry> entries_of_team(ReadTx& tx, Id team);
/// Sent in and not withdrawn, by number after `after`.
std::vector<Entry> entries(ReadTx& tx, Id challenge, std::int64_t after, std::int64_t limit);
std::optional<Entry> entry_by_number(ReadTx& tx, Id challenge, std::int64_t number);
void insert_entry(WriteTx& tx, Id id, Id challenge, Id team, const Draft& draft, Time at);
void put_draft(WriteTx& tx, Id entry, const Draft& draft);
/// The draft becomes what counts, its files too; the first time it gets its number and is counted.
void seal(WriteTx& tx, const Entry& e, std::string_view digest, Id act, Time at);
void set_state(WriteTx& tx, const Entry& e, EntryState state, std::string_view reason);

std::vector<FileRow> files(ReadTx& tx, Id entry);
std::optional<FileRow> file(ReadTx& tx, Id id);
bool knows_file(ReadTx& tx, std::string_view path);
void insert_file(WriteTx& tx, Id challenge, const FileRow& f, Time at);
/// Leaves the draft; true when no version has it any more, and its row is gone.
bool drop_file(WriteTx& tx, const FileRow& f);

/// Erasure: memberships, invitations and what only this person wrote. Answers the paths of files to remove.
std::vector<std::string> erase_solver(WriteTx& tx, Id person);

}  // namespace polder::challenges::store
