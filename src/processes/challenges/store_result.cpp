#include "processes/challenges/store_result.h"

namespace polder::challenges::store {
namespace {

using storage::Row;
using storage::Statement;

constexpr Statement select_ranking{"challenges.ranking",
                                   "SELECT number, file, result, why, at FROM challenge_rankings WHERE challenge = $1 "
                                   "ORDER BY number DESC LIMIT 1"};
constexpr Statement select_rankings{
    "challenges.rankings",
    "SELECT number, why, at FROM challenge_rankings WHERE challenge = $1 ORDER BY number DESC LIMIT 100"};
constexpr Statement select_changed{"challenges.marks-changed",
                                   "SELECT 1 FROM challenge_mark_history WHERE challenge = $1 AND at > $2 LIMIT 1"};
constexpr Statement add_ranking{"challenges.put-ranking",
                                "INSERT INTO challenge_rankings (challenge, number, file, result, why, at) "
                                "VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Statement remove_standings{"challenges.drop-standings",
                                     "DELETE FROM challenge_standings WHERE challenge = $1"};
constexpr Statement add_standing{"challenges.put-standing",
                                 "INSERT INTO challenge_standings (challenge, entry, place, score, amount, decided_by) "
                                 "VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Statement select_standings{
    "challenges.standings",
    "SELECT entry, place, score, amount, decided_by FROM challenge_standings WHERE challenge = $1 AND "
    "(place > $2 OR (place = $2 AND entry > $3)) ORDER BY place, entry LIMIT $4"};
constexpr Statement select_placed{
    "challenges.placed",
    "SELECT s.entry, s.place, s.score, s.amount, s.decided_by, e.number, t.id, t.name FROM challenge_standings s "
    "JOIN challenge_entries e ON e.id = s.entry JOIN challenge_teams t ON t.id = e.team WHERE s.challenge = $1 AND "
    "(s.place > $2 OR (s.place = $2 AND s.entry > $3)) ORDER BY s.place, s.entry LIMIT $4"};
constexpr Statement select_spoken_of{
    "challenges.spoken-of",
    "SELECT e.id, e.number, t.id, t.name FROM challenge_entries e JOIN challenge_teams t ON t.id = e.team WHERE "
    "e.id IN (SELECT entry FROM challenge_awards WHERE challenge = $1 UNION "
    "SELECT entry FROM challenge_objections WHERE challenge = $1 UNION "
    "SELECT entry FROM challenge_winner_checks WHERE challenge = $1)"};
constexpr Statement select_standing{
    "challenges.standing",
    "SELECT s.entry, s.place, s.score, s.amount, s.decided_by FROM challenge_entries e JOIN challenge_standings s ON "
    "s.challenge = e.challenge AND s.entry = e.id WHERE e.id = $1"};
constexpr Statement update_provisional{"challenges.set-provisional",
                                       "UPDATE challenges SET phase = 7, objections_until = $2 WHERE id = $1"};
constexpr Statement update_awarded{"challenges.set-awarded",
                                   "UPDATE challenges SET phase = 8, awarded_at = $2 WHERE id = $1"};

#define OBJECTION_COLUMNS "id, challenge, entry, words, decision, upheld, made_at, decided_at"
constexpr Statement select_objection{"challenges.objection",
                                     "SELECT " OBJECTION_COLUMNS " FROM challenge_objections WHERE id = $1"};
constexpr Statement select_objections{"challenges.objections",
                                      "SELECT " OBJECTION_COLUMNS
                                      " FROM challenge_objections WHERE challenge = $1 ORDER BY id LIMIT 1000"};
constexpr Statement select_objections_of{"challenges.objections-of",
                                         "SELECT " OBJECTION_COLUMNS
                                         " FROM challenge_objections WHERE entry = $1 ORDER BY id LIMIT 1000"};
#undef OBJECTION_COLUMNS
constexpr Statement add_objection{
    "challenges.insert-objection",
    "INSERT INTO challenge_objections (id, challenge, entry, words, made_at) VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement update_objection{
    "challenges.decide-objection",
    "UPDATE challenge_objections SET upheld = $2, decision = $3, decided_at = $4 WHERE id = $1"};

constexpr Statement select_award{
    "challenges.award", "SELECT id, challenge, entry, prize, amount, reason FROM challenge_awards WHERE id = $1"};
constexpr Statement select_awards{"challenges.awards",
                                  "SELECT id, challenge, entry, prize, amount, reason FROM challenge_awards WHERE "
                                  "challenge = $1 ORDER BY id LIMIT 1000"};
constexpr Statement add_award{"challenges.insert-award",
                              "INSERT INTO challenge_awards (id, challenge, entry, prize, amount, state, reason, "
                              "made_at) VALUES ($1, $2, $3, $4, $5, 0, $6, $7)"};

#define TRANCHE_COLUMNS \
  "id, award, milestone, amount, accepter, accepted_words, accepted_at, payee, account_end, paid_at"
constexpr Statement select_tranche{"challenges.tranche",
                                   "SELECT " TRANCHE_COLUMNS " FROM challenge_tranches WHERE id = $1"};
constexpr Statement select_tranches{"challenges.tranches",
                                    "SELECT " TRANCHE_COLUMNS
                                    " FROM challenge_tranches WHERE challenge = $1 ORDER BY award, number"};
#undef TRANCHE_COLUMNS
constexpr Statement remove_tranches{"challenges.drop-tranches", "DELETE FROM challenge_tranches WHERE award = $1"};
constexpr Statement add_tranche{"challenges.insert-tranche",
                                "INSERT INTO challenge_tranches (id, award, challenge, number, milestone, amount, "
                                "accepter) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Statement update_accepted{
    "challenges.accept-tranche", "UPDATE challenge_tranches SET accepted_words = $2, accepted_at = $3 WHERE id = $1"};
constexpr Statement remove_awards_of{"challenges.drop-awards-of",
                                     "DELETE FROM challenge_awards WHERE challenge = $1 AND entry = $2"};
constexpr Statement remove_checks_of_winners{"challenges.drop-checked-winners",
                                             "DELETE FROM challenge_winner_checks WHERE challenge = $1"};
constexpr Statement forget_accepter{"challenges.forget-accepter",
                                    "UPDATE challenge_tranches SET accepter = NULL WHERE accepter = $1"};
constexpr Statement update_paid{
    "challenges.pay-tranche", "UPDATE challenge_tranches SET payee = $2, account_end = $3, paid_at = $4 WHERE id = $1"};

constexpr Statement select_unmet{"challenges.unmet",
                                 "SELECT DISTINCT k.entry FROM challenge_entries e JOIN challenge_checks k ON "
                                 "k.entry = e.id WHERE e.challenge = $1 AND NOT k.met"};
constexpr Statement select_checked{"challenges.checked-winners",
                                   "SELECT entry, passed, reason FROM challenge_winner_checks WHERE challenge = $1"};
constexpr Statement put_check{
    "challenges.put-checked",
    "INSERT INTO challenge_winner_checks (challenge, entry, passed, reason, at) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (challenge, entry) DO UPDATE SET passed = excluded.passed, reason = excluded.reason, at = "
    "excluded.at"};

constexpr Statement select_follow_ups{
    "challenges.follow-ups",
    "SELECT id, challenge, asked_at, words, in_use, reached, said_at FROM challenge_follow_ups WHERE challenge = $1 "
    "ORDER BY id LIMIT 100"};
constexpr Statement add_follow_up{"challenges.ask-follow-up",
                                  "INSERT INTO challenge_follow_ups (id, challenge, asked_at) VALUES ($1, $2, $3)"};
constexpr Statement update_follow_up{
    "challenges.answer-follow-up",
    "UPDATE challenge_follow_ups SET words = $2, in_use = $3, reached = $4, said_at = $5 WHERE id = $1"};
constexpr Statement select_unasked{
    "challenges.awarded-unasked",
    "SELECT c.id FROM challenges c WHERE c.phase IN (8, 9) AND c.awarded_at <= $1 AND c.id > $2 AND NOT EXISTS "
    "(SELECT 1 FROM challenge_follow_ups f WHERE f.challenge = c.id) ORDER BY c.id LIMIT $3"};

Standing standing_row(const Row& r) {
  return {.entry = r.get<Id>(0),
          .rank = r.integer(1),
          .score = r.get<std::string>(2),
          .amount = r.integer(3),
          .decided_by = r.get<std::string>(4)};
}

Objection objection_row(const Row& r) {
  return {.id = r.get<Id>(0),
          .challenge = r.get<Id>(1),
          .entry = r.get<Id>(2),
          .words = r.get<std::string>(3),
          .decision = r.get<std::string>(4),
          .upheld = r.get<std::optional<bool>>(5),
          .made_at = r.get<Time>(6),
          .decided_at = r.get<std::optional<Time>>(7)};
}

Award award_row(const Row& r) {
  return {.id = r.get<Id>(0),
          .challenge = r.get<Id>(1),
          .entry = r.get<Id>(2),
          .prize = r.get<std::string>(3),
          .amount = r.integer(4),
          .reason = r.get<std::string>(5)};
}

Tranche tranche_row(const Row& r) {
  return {.id = r.get<Id>(0),
          .award = r.get<Id>(1),
          .milestone = r.get<std::string>(2),
          .amount = r.integer(3),
          .accepter = r.get<std::optional<Id>>(4).value_or(Id{}),
          .accepted_words = r.get<std::string>(5),
          .accepted_at = r.get<std::optional<Time>>(6),
          .payee = r.get<std::string>(7),
          .account_end = r.get<std::string>(8),
          .paid_at = r.get<std::optional<Time>>(9)};
}

}  // namespace

std::optional<Ranked> ranking(ReadTx& tx, Id challenge) {
  return tx.one<Ranked>(
      select_ranking,
      [](const Row& r) {
        return Ranked{r.integer(0), r.get<std::string>(1), r.get<std::string>(2), r.get<std::string>(3),
                      r.get<Time>(4)};
      },
      challenge);
}

std::vector<Ranked> rankings(ReadTx& tx, Id challenge) {
  return tx.all<Ranked>(
      select_rankings, [](const Row& r) { return Ranked{r.integer(0), {}, {}, r.get<std::string>(1), r.get<Time>(2)}; },
      challenge);
}

bool marks_changed(ReadTx& tx, Id challenge, Time since) {
  return tx.one<bool>(select_changed, [](const Row&) { return true; }, challenge, since).has_value();
}

void put_ranking(WriteTx& tx, Id challenge, const Ranked& r, const std::vector<Standing>& all) {
  tx.exec(add_ranking, challenge, r.number, r.file, r.result, r.why, r.at);
  tx.exec(remove_standings, challenge);
  for (const Standing& s : all) tx.exec(add_standing, challenge, s.entry, s.rank, s.score, s.amount, s.decided_by);
}

std::vector<Standing> standings(ReadTx& tx, Id challenge, std::int64_t after_place, Id after_entry,
                                std::int64_t limit) {
  return tx.all<Standing>(select_standings, standing_row, challenge, after_place, after_entry, limit);
}

std::vector<Placed> placed(ReadTx& tx, Id challenge, std::int64_t limit, const After& after) {
  return tx.all<Placed>(
      select_placed,
      [](const Row& r) { return Placed{standing_row(r), r.integer(5), r.get<Id>(6), r.get<std::string>(7)}; },
      challenge, after.place, after.entry, limit);
}

std::map<Id, SpokenOf> spoken_of(ReadTx& tx, Id challenge) {
  std::map<Id, SpokenOf> out;
  tx.each(
      select_spoken_of, [&](const Row& r) { out[r.get<Id>(0)] = {r.integer(1), r.get<Id>(2), r.get<std::string>(3)}; },
      challenge);
  return out;
}

std::optional<Standing> standing(ReadTx& tx, Id entry) {
  return tx.one<Standing>(select_standing, standing_row, entry);
}

void set_provisional(WriteTx& tx, Id challenge, Time objections_until) {
  tx.exec(update_provisional, challenge, objections_until);
}
void set_awarded(WriteTx& tx, Id challenge, Time at) { tx.exec(update_awarded, challenge, at); }

std::optional<Objection> objection(ReadTx& tx, Id id) { return tx.one<Objection>(select_objection, objection_row, id); }
std::vector<Objection> objections(ReadTx& tx, Id challenge) {
  return tx.all<Objection>(select_objections, objection_row, challenge);
}
std::vector<Objection> objections_of(ReadTx& tx, Id entry) {
  return tx.all<Objection>(select_objections_of, objection_row, entry);
}
void insert_objection(WriteTx& tx, const Objection& o) {
  tx.exec(add_objection, o.id, o.challenge, o.entry, o.words, o.made_at);
}
void decide_objection(WriteTx& tx, Id id, bool upheld, std::string_view decision, Time at) {
  tx.exec(update_objection, id, upheld, decision, at);
}

std::optional<Award> award(ReadTx& tx, Id id) { return tx.one<Award>(select_award, award_row, id); }
std::vector<Award> awards(ReadTx& tx, Id challenge) { return tx.all<Award>(select_awards, award_row, challenge); }
void insert_award(WriteTx& tx, const Award& a, Time at) {
  tx.exec(add_award, a.id, a.challenge, a.entry, a.prize, a.amount, a.reason, at);
}

std::optional<Tranche> tranche(ReadTx& tx, Id id) { return tx.one<Tranche>(select_tranche, tranche_row, id); }
std::vector<Tranche> tranches(ReadTx& tx, Id challenge) {
  return tx.all<Tranche>(select_tranches, tranche_row, challenge);
}
void put_tranches(WriteTx& tx, Id challenge, Id award, const std::vector<Tranche>& all) {
  tx.exec(remove_tranches, award);
  std::int64_t number = 0;
  for (const Tranche& t : all)
    tx.exec(add_tranche, t.id, award, challenge, ++number, t.milestone, t.amount, t.accepter);
}
void accept(WriteTx& tx, Id tranche, std::string_view words, Time at) { tx.exec(update_accepted, tranche, words, at); }
void drop_awards_of(WriteTx& tx, Id challenge, Id entry) { tx.exec(remove_awards_of, challenge, entry); }
void drop_ranking(WriteTx& tx, Id challenge) {
  tx.exec(remove_standings, challenge);
  tx.exec(remove_checks_of_winners, challenge);
}
void erase_accepter(WriteTx& tx, Id person) { tx.exec(forget_accepter, person); }
void pay(WriteTx& tx, Id tranche, std::string_view payee, std::string_view account_end, Time at) {
  tx.exec(update_paid, tranche, payee, account_end, at);
}

std::set<Id> unmet(ReadTx& tx, Id challenge) {
  std::set<Id> out;
  tx.each(select_unmet, [&](const Row& r) { out.insert(r.get<Id>(0)); }, challenge);
  return out;
}

std::vector<Checked> checked_winners(ReadTx& tx, Id challenge) {
  return tx.all<Checked>(
      select_checked, [](const Row& r) { return Checked{r.get<Id>(0), r.boolean(1), r.get<std::string>(2)}; },
      challenge);
}
void put_checked(WriteTx& tx, Id challenge, const Checked& c, Time at) {
  tx.exec(put_check, challenge, c.entry, c.passed, c.reason, at);
}

std::vector<FollowUp> follow_ups(ReadTx& tx, Id challenge) {
  return tx.all<FollowUp>(
      select_follow_ups,
      [](const Row& r) {
        return FollowUp{r.get<Id>(0),
                        r.get<Id>(1),
                        r.get<Time>(2),
                        r.get<std::string>(3),
                        r.get<std::optional<bool>>(4),
                        r.get<std::optional<std::int64_t>>(5),
                        r.get<std::optional<Time>>(6)};
      },
      challenge);
}
void ask_follow_up(WriteTx& tx, Id id, Id challenge, Time at) { tx.exec(add_follow_up, id, challenge, at); }
void answer_follow_up(WriteTx& tx, const FollowUp& f) {
  tx.exec(update_follow_up, f.id, f.words, f.in_use, f.reached, f.said_at);
}
std::vector<Challenge> awarded_unasked(ReadTx& tx, Time awarded_before, Id after, std::int64_t limit) {
  const auto ids = tx.all<Id>(select_unasked, [](const Row& r) { return r.get<Id>(0); }, awarded_before, after, limit);
  std::vector<Challenge> out;
  for (const Id id : ids)
    if (auto c = by_id(tx, id)) out.push_back(*std::move(c));
  return out;
}

}  // namespace polder::challenges::store
