// challenges.award, .give-partial, .plan-payments, .accept-milestone, .pay: what was promised is given and paid, to the
// last cent and by name.
#include "kernel/i18n/money.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/result.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

struct AwardAct {
  static constexpr std::string_view name = "challenges.award";
  Id challenge;
  bool none = false;                          ///< nobody gets a prize for a place
  std::optional<fields::Text<2'000>> reason;  ///< why nobody does
};
BOOST_DESCRIBE_STRUCT(AwardAct, (), (challenge, none, reason))

struct GivePartial {
  static constexpr std::string_view name = "challenges.give-partial";
  Id challenge;
  fields::Number<1, 100'000> entry;  ///< its number
  fields::Number<1, 20> prize;       ///< of the statement, counted from 1
  Amount amount;
  fields::Text<2'000> reason;
};
BOOST_DESCRIBE_STRUCT(GivePartial, (), (challenge, entry, prize, amount, reason))

struct Part {
  fields::Line<200> milestone;
  Amount amount;
  fields::Email accepter;  ///< who says whether it is reached
};
BOOST_DESCRIBE_STRUCT(Part, (), (milestone, amount, accepter))

struct PlanPayments {
  static constexpr std::string_view name = "challenges.plan-payments";
  Id challenge;
  Id award;
  fields::List<Part, 12> tranches;
};
BOOST_DESCRIBE_STRUCT(PlanPayments, (), (challenge, award, tranches))

struct AcceptMilestone {
  static constexpr std::string_view name = "challenges.accept-milestone";
  Id challenge;
  Id tranche;
  fields::Text<2'000> words;
};
BOOST_DESCRIBE_STRUCT(AcceptMilestone, (), (challenge, tranche, words))

struct Pay {
  static constexpr std::string_view name = "challenges.pay";
  Id challenge;
  Id tranche;
  fields::Line<160> payee;
  fields::Line<4> account_end;  ///< two to four digits
};
BOOST_DESCRIBE_STRUCT(Pay, (), (challenge, tranche, payee, account_end))

namespace {

Effect done(const Challenge& c, Id made = {}) { return {.made = made, .location = "challenges/" + c.slug + "/result"}; }

std::string prize_of(const Statement& s, std::int64_t rank) {
  const auto prizes = place_prizes(s);
  return rank >= 1 && rank <= std::int64_t(prizes.size()) ? prizes[std::size_t(rank - 1)].name.value : s.title.value;
}

/// Over when everything that was awarded is paid, nothing included.
void finish_if_paid(Doing& doing, const Challenge& c) {
  std::int64_t awarded = 0, paid = 0;
  for (const Award& a : store::awards(doing.tx, c.id)) awarded += a.amount;
  for (const Tranche& one : store::tranches(doing.tx, c.id)) paid += one.paid_at ? one.amount : 0;
  if (paid == awarded) store::set_phase(doing.tx, c.id, Phase::finished);
}

/// Whoever had something to say against it has been heard, and it had its effect.
Done undoubted(Doing& doing, const Challenge& c) {
  if (doing.now < c.objections_until.value_or(Time{}))
    return refuse(Why::conflict, {"challenges.objections-open", {{"date", Moment{c.objections_until->ms}}}});
  const auto ranked = store::ranking(doing.tx, c.id);
  for (const Objection& o : store::objections(doing.tx, c.id)) {
    if (!o.upheld) return refuse(Why::conflict, {"challenges.objection-undecided"});
    if (*o.upheld && ranked && o.decided_at.value_or(Time{}) > ranked->at)
      return refuse(Why::conflict, {"challenges.objection-without-effect"});
  }
  return {};
}

Result<Effect> award(House& house, Doing& doing, const AwardAct& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  CHECK_DONE(if_theirs(house, doing, c));
  CHECK_DONE(no_winner(doing, c));
  CHECK_DONE(undoubted(doing, c));
  if (act.none && !act.reason) return refuse_field("reason", {"challenges.say-why"});
  // A mark that became void after the ranking was made must not decide who is paid.
  if (!act.none && outdated(doing.tx, c, s)) return refuse(Why::conflict, {"challenges.ranking-outdated"});
  const auto checked = store::checked_winners(doing.tx, c.id);
  const auto winners = act.none ? std::vector<Standing>{}
                                : store::standings(doing.tx, c.id, 0, {}, std::int64_t(s.prizes.items.size()) + 1'000);
  for (const Standing& w : winners) {
    const auto found = std::ranges::find(checked, w.entry, &store::Checked::entry);
    if (w.amount > 0 && (found == checked.end() || !found->passed))
      return refuse(Why::conflict, {"challenges.winner-unchecked", {{"n", store::entry(doing.tx, w.entry)->number}}});
  }
  for (const Standing& w : winners)
    if (w.amount > 0)
      store::insert_award(doing.tx,
                          {.id = doing.ids.next(),
                           .challenge = c.id,
                           .entry = w.entry,
                           .prize = prize_of(s, w.rank),
                           .amount = w.amount,
                           .reason = {}},
                          doing.now);
  store::set_awarded(doing.tx, c.id, doing.now);
  finish_if_paid(doing, c);
  follow(house, doing, "challenges.tell-awarded", "challenge", c.id);
  renew(doing, c);
  return done(c);
}

/// More than nothing, in coins there are.
Result<std::int64_t> coins(const Statement& s, Amount amount, const std::string& path) {
  if (amount.units == 0) return refuse_field(path, {"challenges.prize-of-nothing"});
  if (const auto units = minor(s, amount)) return *units;
  return refuse_field(path, {"challenges.no-cents-here"});
}

Result<Effect> give_partial(House& house, Doing& doing, const GivePartial& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  CHECK_DONE(if_theirs(house, doing, c));
  CHECK_DONE(undoubted(doing, c));
  const auto e = store::entry_by_number(doing.tx, c.id, act.entry.value);
  if (!e || e->state != EntryState::admissible) return refuse_field("entry", {"challenges.no-such-entry"});
  CHECK_DONE(impartial(doing, c, e->team));
  if (act.prize.value > std::int64_t(s.prizes.items.size())) return refuse_field("prize", {"challenges.no-such-prize"});
  const Prize& prize = s.prizes.items[std::size_t(act.prize.value - 1)];
  if (prize.given_for == PrizeFor::place) return refuse_field("prize", {"challenges.place-prize"});
  TRY(const std::int64_t amount, coins(s, act.amount, "amount"));
  std::int64_t given = 0;
  for (const Award& a : store::awards(doing.tx, c.id))
    if (a.prize == prize.name.value) given += a.amount;
  if (given + amount > minor(s, prize.amount).value_or(0))
    return refuse_field("amount", {"challenges.more-than-promised"});
  const Award a{.id = doing.ids.next(),
                .challenge = c.id,
                .entry = e->id,
                .prize = prize.name.value,
                .amount = amount,
                .reason = act.reason.value};
  store::insert_award(doing.tx, a, doing.now);
  renew(doing, c);
  return done(c, a.id);
}

/// Who may accept, by the charter, and is in nobody's team here.
Result<Id> accepter_of(House& house, Doing& doing, const Challenge& c, const std::string& email,
                       const std::string& path) {
  const Addressee accepter(house, doing.tx, doing.platform, email);
  if (!accepter.may("challenges.accept-milestone", Phase::awarded) ||
      store::member(doing.tx, c.id, accepter.person()->id))
    return refuse_field(path, {"challenges.is-no-accepter"});
  return accepter.person()->id;
}

Result<Effect> plan(House& house, Doing& doing, const PlanPayments& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  const auto a = store::award(doing.tx, act.award);
  if (!a || a->challenge != c.id) return refuse(Why::not_found, {"challenges.no-such-award"});
  for (const Tranche& t : store::tranches(doing.tx, c.id))
    if (t.award == a->id && t.accepted_at) return refuse(Why::conflict, {"challenges.under-way"});
  CHECK_DONE(no_winner(doing, c));
  std::vector<Tranche> all;
  std::int64_t sum = 0;
  std::size_t row = 0;
  for (const Part& part : act.tranches.items) {
    const std::string path = "tranches." + std::to_string(row++);
    TRY(const std::int64_t amount, coins(s, part.amount, path + ".amount"));
    TRY(const Id accepter, accepter_of(house, doing, c, part.accepter.value, path + ".accepter"));
    all.push_back({.id = doing.ids.next(),
                   .award = a->id,
                   .milestone = part.milestone.value,
                   .amount = amount,
                   .accepter = accepter});
    sum += all.back().amount;
  }
  const int digits = i18n::minor_digits(s.currency.value).value_or(2);
  if (sum != a->amount)
    return refuse_field("tranches", {"challenges.does-not-add-up",
                                     {{"sum", fields::decimal_text(sum, digits)},
                                      {"award", fields::decimal_text(a->amount, digits)},
                                      {"currency", s.currency.value}}});
  store::put_tranches(doing.tx, c.id, a->id, all);
  renew(doing, c);
  return Effect{.visibility = record::Visibility::parties, .made = a->id, .location = done(c).location};
}

Result<Tranche> tranche_of(Doing& doing, const Challenge& c, Id id) {
  const auto t = store::tranche(doing.tx, id);
  const auto a = t ? store::award(doing.tx, t->award) : std::nullopt;
  if (!a || a->challenge != c.id) return refuse(Why::not_found, {"challenges.no-such-tranche"});
  return *t;
}

Result<Effect> accept(House&, Doing& doing, const AcceptMilestone& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  TRY(const Tranche t, tranche_of(doing, c, act.tranche));
  if (t.accepted_at) return refuse(Why::conflict, {"challenges.accepted-already"});
  if (doing.actor.is_person() && doing.actor.person != t.accepter)
    return refuse(Why::forbidden, {"challenges.somebody-else-accepts"});
  store::accept(doing.tx, t.id, act.words.value, doing.now);
  renew(doing, c);
  return Effect{.visibility = record::Visibility::parties, .made = t.id, .location = done(c).location};
}

Result<Effect> pay(House&, Doing& doing, const Pay& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  TRY(const Tranche t, tranche_of(doing, c, act.tranche));
  if (!t.accepted_at) return refuse(Why::conflict, {"challenges.accept-first"});
  if (t.paid_at) return refuse(Why::conflict, {"challenges.paid-already"});
  CHECK_DONE(no_winner(doing, c));
  const auto& end = act.account_end.value;
  if (end.size() < 2 || end.find_first_not_of("0123456789") != end.npos)
    return refuse_field("account-end", {"challenges.last-digits"});
  store::pay(doing.tx, t.id, act.payee.value, act.account_end.value, doing.now);
  // What was given on the way may be paid while the prize is still open.
  if (c.phase == Phase::awarded) finish_if_paid(doing, c);
  renew(doing, c);
  return Effect{.visibility = record::Visibility::parties, .made = t.id, .location = done(c).location};
}

}  // namespace

void add_award(House& house) {
  house.acts.add(record::declare<AwardAct>(house, {"provisional"}, of_challenge<AwardAct>, award));
  house.acts.add(
      record::declare<GivePartial>(house, {"provisional", "awarded"}, of_challenge<GivePartial>, give_partial));
  const std::vector<std::string> paying{"open", "screening", "judging", "deliberation", "provisional", "awarded"};
  house.acts.add(record::declare<PlanPayments>(house, paying, of_challenge<PlanPayments>, plan));
  house.acts.add(record::declare<AcceptMilestone>(house, paying, of_challenge<AcceptMilestone>, accept));
  house.acts.add(record::declare<Pay>(house, paying, of_challenge<Pay>, pay));
}

}  // namespace polder::challenges
