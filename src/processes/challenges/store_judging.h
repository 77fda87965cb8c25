// Panel, declarations and conflicts, lists of entries, screening and assignments: SQL of store_judging.cpp.
#pragma once

#include <map>

#include "processes/challenges/store.h"

namespace polder::challenges::store {

// ---- the panel ----

std::vector<Judge> judges(ReadTx& tx, Id challenge);
std::optional<Judge> judge(ReadTx& tx, Id challenge, Id person);
/// Seats a judge, or says anew who they are; what they declared stays.
void put_judge(WriteTx& tx, const Judge& j);
/// With assignments, declarations and drafts. Conflicts stay: they are never deleted.
void delete_judge(WriteTx& tx, Id challenge, Id person);
void set_declared(WriteTx& tx, Id challenge, Id person, bool declared);

/// The teams that have sent something in: those that a judge declares about. By id.
std::vector<Team> entered_teams(ReadTx& tx, Id challenge);
bool has_entered(ReadTx& tx, Id challenge, Id team);

/// A team as a judge is asked about it, and whether something was said or is known of the two.
struct Asked {
  Id team{};
  std::string name, organisation;
  bool said = false;
};
struct AskedKey {
  bool said = false;
  std::string name = {};
};
/// By name, those of which nothing was said yet first, from the key on.
std::vector<Asked> asked(ReadTx& tx, Id challenge, Id judge, const AskedKey& after, std::int64_t limit);
/// What a judge said of a team.
struct Declaration {
  Id team{};
  bool conflict = false;
};
void put_declaration(WriteTx& tx, Id challenge, Id judge, const Declaration& d, Time at);
/// How many teams this judge has said nothing of, and of which no conflict is known.
std::int64_t undeclared(ReadTx& tx, Id challenge, Id judge);

std::vector<Conflict> conflicts(ReadTx& tx, Id challenge);
std::vector<Conflict> conflicts_of(ReadTx& tx, Id challenge, Id judge);
std::vector<Conflict> conflicts_on(ReadTx& tx, Id team);
/// False when it was known.
bool insert_conflict(WriteTx& tx, const Conflict& c);

// ---- a page of entries ----

/// The numbers of the entries on a page: after the first, up to the last.
struct Span {
  std::int64_t after = 0, last = 0;
};
/// Sent in and not withdrawn, by number after `after`; without their words.
std::vector<Entry> listed(ReadTx& tx, Id challenge, std::int64_t after, std::int64_t limit);
/// The same with title and the team's name, for who may see both.
struct Named {
  Entry e;
  std::string team;
};
std::vector<Named> named(ReadTx& tx, Id challenge, std::int64_t after, std::int64_t limit);
/// Who reads the entries of a page, by number and judge.
struct Reader {
  Assignment a;
  std::int64_t given = 0;
  bool has_given(std::int64_t round) const { return (given & round) != 0; }
};
std::vector<Reader> readers_on(ReadTx& tx, Id challenge, const Span& page);
/// The conflicts with their teams, by number: a team with several entries has each on the page of its number.
std::vector<std::pair<std::int64_t, Conflict>> conflicts_on(ReadTx& tx, Id challenge, const Span& page);

/// An entry of the list that the panel deliberates about, from the best mean in the last round on.
struct Compared {
  Entry e;  ///< without its words
  std::int64_t below = 0;
};
/// Where a page of that list begins: after this one.
struct Best {
  std::int64_t below = -1, number = 0;
};
/// Admissible ones with marks, without those in which this judge has an interest.
std::vector<Compared> compared(ReadTx& tx, Id challenge, Id judge, const Best& after, std::int64_t limit);

// ---- screening ----

/// A hard criterion, counted from 1, looked at.
struct Check {
  std::int64_t criterion = 0;
  bool met = false;
  std::string evidence;
};
/// Words that judges do not read, and why.
struct Mask {
  std::string words, note;
};
std::vector<Check> checks(ReadTx& tx, Id entry);
/// The longest first: so that nothing of a longer one is left over by a shorter one within it.
std::vector<Mask> masks(ReadTx& tx, Id entry);
/// The files that judges may have.
std::vector<Id> packet_files(ReadTx& tx, Id entry);
void put_screening(WriteTx& tx, Id entry, const std::vector<Check>& checks, const std::vector<Mask>& masks,
                   const std::vector<Id>& files);
/// The numbers of entries that nobody has screened yet, a thousand at most; and how many there are.
std::vector<std::int64_t> unscreened(ReadTx& tx, Id challenge);
std::int64_t count_unscreened(ReadTx& tx, Id challenge);

// ---- assignments ----

std::vector<Assignment> assignments(ReadTx& tx, Id challenge);
std::vector<Assignment> assignments_of(ReadTx& tx, Id challenge, Id judge);
std::vector<Assignment> readers_of(ReadTx& tx, Id entry);
/// How much each judge reads, and of how much they have given the marks of a round; who reads nothing is not there.
struct Load {
  std::int64_t reads = 0, given = 0;
};
std::map<Id, Load> loads(ReadTx& tx, Id challenge, std::int64_t round);
/// What a judge reads, by number, without its words; and how far their marks of a round are.
struct Packet {
  Entry e;
  std::optional<MarkState> state;
};
std::vector<Packet> packets(ReadTx& tx, Id challenge, Id judge, std::int64_t round);
/// The admissible entries that fewer judges read than `readers`, with how many do.
std::vector<std::pair<std::int64_t, std::int64_t>> lacking_readers(ReadTx& tx, Id challenge, std::int64_t readers,
                                                                   std::int64_t limit);
void put_assignment(WriteTx& tx, Id challenge, const Assignment& a);
/// After its marks changed: of which rounds they are given.
void count_given(WriteTx& tx, Id entry, Id judge);
void delete_assignment(WriteTx& tx, Id entry, Id judge);
/// Of every entry of a team.
void delete_assignments(WriteTx& tx, Id judge, Id team);

/// As JSON, and when it was made.
std::optional<std::pair<std::string, Time>> explanation(ReadTx& tx, Id challenge);
void put_explanation(WriteTx& tx, Id challenge, std::string_view explanation, Time at);

// ---- a person's own ----

std::vector<Judge> panels_of(ReadTx& tx, Id person);
std::vector<Conflict> all_conflicts_of(ReadTx& tx, Id person);
/// The seat without a name, conflicts without words; work not done is another's to do.
void erase_judge(WriteTx& tx, Id person);

}  // namespace polder::challenges::store
