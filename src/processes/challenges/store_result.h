// Rankings, objections, awards, payments and what became of it: SQL of store_result.cpp.
#pragma once

#include <map>
#include <set>

#include "processes/challenges/store.h"

namespace polder::challenges::store {

/// A ranking with everything it was made from: who has `file` can make `result` again, byte for byte.
struct Ranked {
  std::int64_t number = 0;
  std::string file, result, why;
  Time at;
};
std::optional<Ranked> ranking(ReadTx& tx, Id challenge);  ///< the newest
std::vector<Ranked> rankings(ReadTx& tx, Id challenge);   ///< without files and results, newest first
/// Did marks change or become void after this moment? For a page: what an award needs is asked of `outdated`.
bool marks_changed(ReadTx& tx, Id challenge, Time since);
void put_ranking(WriteTx& tx, Id challenge, const Ranked& r, const std::vector<Standing>& standings);
/// Best first, after the place and entry of the last one seen.
std::vector<Standing> standings(ReadTx& tx, Id challenge, std::int64_t after_place, Id after_entry, std::int64_t limit);
/// A standing with what a list shows of its entry and team.
struct Placed {
  Standing standing;
  std::int64_t number = 0;
  Id team{};
  std::string team_name;
};
/// The last one seen of a list by place.
struct After {
  std::int64_t place = 0;
  Id entry{};
};
/// Best first, in one statement.
std::vector<Placed> placed(ReadTx& tx, Id challenge, std::int64_t limit, const After& after = {});
/// Number and team of the entries with an award, an objection or a check of papers, wherever they are placed, if at
/// all.
struct SpokenOf {
  std::int64_t number = 0;
  Id team{};
  std::string team_name;
};
std::map<Id, SpokenOf> spoken_of(ReadTx& tx, Id challenge);
std::optional<Standing> standing(ReadTx& tx, Id entry);
void set_provisional(WriteTx& tx, Id challenge, Time objections_until);
void set_awarded(WriteTx& tx, Id challenge, Time at);
/// Places and checked winners of a stage that is over; the rankings themselves stay.
void drop_ranking(WriteTx& tx, Id challenge);

std::optional<Objection> objection(ReadTx& tx, Id id);
std::vector<Objection> objections(ReadTx& tx, Id challenge);
std::vector<Objection> objections_of(ReadTx& tx, Id entry);
void insert_objection(WriteTx& tx, const Objection& o);
void decide_objection(WriteTx& tx, Id id, bool upheld, std::string_view decision, Time at);

std::optional<Award> award(ReadTx& tx, Id id);
std::vector<Award> awards(ReadTx& tx, Id challenge);
void insert_award(WriteTx& tx, const Award& a, Time at);
/// Of an entry that was disqualified before anything was paid.
void drop_awards_of(WriteTx& tx, Id challenge, Id entry);

std::optional<Tranche> tranche(ReadTx& tx, Id id);
std::vector<Tranche> tranches(ReadTx& tx, Id challenge);
void put_tranches(WriteTx& tx, Id challenge, Id award, const std::vector<Tranche>& all);
void accept(WriteTx& tx, Id tranche, std::string_view words, Time at);
/// Erasure: what they accepted stays accepted.
void erase_accepter(WriteTx& tx, Id person);
void pay(WriteTx& tx, Id tranche, std::string_view payee, std::string_view account_end, Time at);

/// The entries of which a hard criterion was found not to be met.
std::set<Id> unmet(ReadTx& tx, Id challenge);

/// Winners whose papers were looked at: entry and whether they were in order.
struct Checked {
  Id entry{};
  bool passed = false;
  std::string reason;
};
std::vector<Checked> checked_winners(ReadTx& tx, Id challenge);
void put_checked(WriteTx& tx, Id challenge, const Checked& c, Time at);

struct FollowUp {
  Id id{}, challenge{};
  Time asked_at;
  std::string words;
  std::optional<bool> in_use;
  std::optional<std::int64_t> reached;
  std::optional<Time> said_at;
};
std::vector<FollowUp> follow_ups(ReadTx& tx, Id challenge);
void ask_follow_up(WriteTx& tx, Id id, Id challenge, Time at);
void answer_follow_up(WriteTx& tx, const FollowUp& f);
/// Awarded, and never asked what became of it; by id after `after`.
std::vector<Challenge> awarded_unasked(ReadTx& tx, Time awarded_before, Id after, std::int64_t limit);

}  // namespace polder::challenges::store
