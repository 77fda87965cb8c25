// Marks, what they were before, and which are missing: SQL of store_marks.cpp.
#pragma once

#include "processes/challenges/store_judging.h"

namespace polder::challenges::store {

/// A mark that a draft still lacks.
inline constexpr std::int64_t no_mark = -1;

std::optional<Marks> marks(ReadTx& tx, Id entry, Id judge, std::int64_t round);
std::vector<Marks> marks_of_entry(ReadTx& tx, Id entry);
std::vector<Marks> marks_of_judge(ReadTx& tx, Id challenge, Id judge);
/// Of one round, given ones only, by entry and judge.
std::vector<Marks> given_marks(ReadTx& tx, Id challenge, std::int64_t round);
/// With the assignment's `given` and the entry's mean, which lists are read by.
void put_marks(WriteTx& tx, Id challenge, const Marks& m);

/// The given marks of a part of what `compared` lists, its first and last entry included; without their words.
std::vector<Marks> compared_marks(ReadTx& tx, Id challenge, std::int64_t round, const Best& first, const Best& last);

/// What was said before it was changed or became void.
struct OldMarks {
  Id entry{}, judge{};
  std::int64_t round = 1;
  std::vector<std::int64_t> marks;
  std::string reason;
  Time at;
};
void keep_old(WriteTx& tx, Id id, Id challenge, const OldMarks& old);
std::vector<OldMarks> history(ReadTx& tx, Id entry);

/// Marks of this judge on entries of this team that still count or were begun.
std::vector<Marks> marks_on_team(ReadTx& tx, Id judge, Id team);
void set_void(WriteTx& tx, const Marks& m);

/// Entry and judge of every assignment whose marks of this round are not given.
struct Missing {
  Id judge{};
  std::int64_t entry = 0;  ///< its number
  std::string name;        ///< the judge's
};
std::vector<Missing> missing(ReadTx& tx, Id challenge, std::int64_t round, std::int64_t limit);
bool is_missing(ReadTx& tx, Id challenge, std::int64_t round);

std::vector<Marks> all_marks_of(ReadTx& tx, Id person);
/// Marks stay, as numbers without words; drafts go.
void erase_marks(WriteTx& tx, Id person);

}  // namespace polder::challenges::store
