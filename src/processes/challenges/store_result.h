// Rankings, objections, awards, payments and what became of it: SQL of store_result.cpp.
#pragma once

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
/// Best first, in one statement.
std::vector<Placed> placed(ReadTx& tx, Id challenge, std::int64_t limit);
std::optional<Standing> standing(ReadTx& tx, Id entry);
void set_provisional(WriteTx& tx, Id challenge, Time objections_until);
void set_awarded(WriteTx& tx, Id challenge, Time at);

std::optional<Objection> objection(ReadTx& tx, Id id);
std::vector<Objection> objections(ReadTx& tx, Id challenge);
void insert_objection(WriteTx& tx, const Objection& o);
void decide_objection(WriteTx& tx, Id id, bool upheld, std::string_view decision, Time at);

std::optional<Award> award(ReadTx& tx, Id id);
std::vector<Award> awards(ReadTx& tx, Id challenge);
void insert_award(WriteTx& tx, const Award& a, Time at);

std::optional<Tranche> tranche(ReadTx& tx, Id id);
std::vector<Tranche> tranches(ReadTx& tx, Id challenge);
void put_tranches(WriteTx& tx, Id challenge, Id award, const std::vector<Tranche>& all);
void accept(WriteTx& tx, Id tranche, std::string_view by, std::string_view words, Time at);
void pay(WriteTx& tx, Id tranche, std::string_view payee, std::string_view account_end, Time at);

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
