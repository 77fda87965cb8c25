// Whatever a purse is made of, however marks fall and whatever is asked for: money adds up, to the last cent. Through
// the acts, in random prizes; what each rule says for itself stands in result_test.cpp.
#include <rapidcheck.h>

#include <map>
#include <numeric>

#include "processes/challenges/result.h"
#include "processes/challenges/stage_test.h"

namespace polder::challenges {
namespace {

using boost::json::array;
using boost::json::object;

/// What somebody promises, and how it goes.
struct Drawn {
  bool whole = false;                                             ///< a currency without cents
  std::vector<std::int64_t> places = {};                          ///< in minor units, the first first
  std::vector<std::pair<std::string, std::int64_t>> others = {};  ///< partial and stage, by what they are for
  std::vector<std::string> ties = {};
  std::size_t entries = 1;
};

std::int64_t between(std::int64_t least, std::int64_t most) { return *rc::gen::inRange(least, most + 1); }
bool one_in(int n) { return between(1, n) == 1; }

Drawn draw() {
  Drawn out;
  out.whole = one_in(4);
  for (auto n = between(1, 4); n > 0; --n) out.places.push_back(between(1, 10'000));
  std::ranges::sort(out.places, std::greater{});
  for (auto n = between(0, 3); n > 0; --n) out.others.emplace_back(one_in(2) ? "partial" : "stage", between(1, 10'000));
  out.ties = *rc::gen::elementOf(std::vector<std::vector<std::string>>{
      {"share"}, {"share"}, {"criterion", "share"}, {"criterion", "lot"}, {"earlier"}, {"lot"}});
  out.entries = std::size_t(between(1, 5));
  return out;
}

/// An amount in parts that are each at least one; as many as asked for, or fewer.
std::vector<std::int64_t> split(std::int64_t amount, std::int64_t parts) {
  std::vector<std::int64_t> out;
  for (; parts > 1 && amount > 1; --parts) {
    out.push_back(between(1, amount - 1));
    amount -= out.back();
  }
  out.push_back(amount);
  return out;
}

class Money : public Stage {
 protected:
  static constexpr std::array<const char*, 5> solvers{anna, bram, cleo, "dora@solver.example", "emil@solver.example"};
  static constexpr std::array<const char*, 2> panel{judge_one, judge_two};

  void SetUp() override {
    Stage::SetUp();
    if (IsSkipped()) return;
    for (const auto* email : solvers) {
      s.give_role(email, prize, "solver");
      s.person(email);
    }
  }

  object with(object more) {
    more["challenge"] = str(c);
    return more;
  }
  std::string typed(std::int64_t minor) const {
    return drawn.whole ? std::to_string(minor) : fields::decimal_text(minor, 2);
  }

  void promise() {
    object st = statement();
    array prizes, ties;
    for (const auto amount : drawn.places)
      prizes.push_back(object{
          {"name", "Place " + std::to_string(prizes.size())}, {"amount", typed(amount)}, {"given-for", "place"}});
    for (const auto& [what, amount] : drawn.others)
      prizes.push_back(
          object{{"name", "Other " + std::to_string(prizes.size())}, {"amount", typed(amount)}, {"given-for", what}});
    for (const auto& by : drawn.ties) {
      ties.push_back(object{{"by", by}});
      if (by == "criterion") ties.back().as_object()["criterion"] = 1;
    }
    st["prizes"] = prizes;
    st["ties"] = ties;
    st["currency"] = drawn.whole ? "JPY" : "EUR";
    st["objection-days"] = 0;
    c = act(writer, "challenges.draft", {{"statement", st}});
    act(writer, "challenges.submit", with({}));
    act(editor, "challenges.publish", with({}));
    s.clock().advance(2 * day_ms);
    s.run_jobs();
  }

  void judge() {
    entries.clear();
    for (std::size_t i = 0; i < drawn.entries; ++i)
      entries.push_back(enter(c, solvers[i], "Team " + std::to_string(i), "A strip of copper."));
    s.clock().advance(16 * day_ms);
    s.run_jobs();
    for (const Id entry : entries)
      act(screener, "challenges.screen",
          with({{"entry", str(entry)},
                {"outcome", "admissible"},
                {"checks", array{object{{"criterion", 1},
                                        {"finding", one_in(4) ? "not-met" : "met"},
                                        {"evidence", "The bill adds up."}}}}}));
    for (const auto* email : panel) {
      act(writer, "challenges.seat-judge", with({{"email", email}, {"known-as", email}, {"most", 5}}));
      array said;
      for (const Team& team : read([&](storage::ReadTx& tx) { return store::teams(tx, c, {}, 10); }))
        said.push_back(object{{"team", str(team.id)}, {"interest", "none"}});
      act(email, "challenges.declare", with({{"teams", said}}));
    }
    act(writer, "challenges.begin-judging", with({}));
    // Few marks to choose from: many are equal.
    for (const Id entry : entries)
      for (const auto* email : panel)
        act(email, "challenges.mark",
            with({{"entry", str(entry)},
                  {"round", 1},
                  {"giving", "given"},
                  {"marks", array{object{{"criterion", 1}, {"mark", std::to_string(between(4, 5))}},
                                  object{{"criterion", 2}, {"mark", std::to_string(between(4, 5))}}}}}));
    act(writer, "challenges.begin-deliberation", with({}));
    act(writer, "challenges.announce-result", with({}));
  }

  std::vector<Standing> standings() {
    return read([&](storage::ReadTx& tx) { return store::standings(tx, c, 0, {}, 100); });
  }
  std::vector<Award> awards() {
    return read([&](storage::ReadTx& tx) { return store::awards(tx, c); });
  }
  std::vector<Tranche> tranches() {
    return read([&](storage::ReadTx& tx) { return store::tranches(tx, c); });
  }
  std::int64_t number(Id entry) {
    return read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->number; });
  }

  /// Papers are looked at until everybody who wins something passed; some do not.
  void check_winners() {
    std::set<Id> passed;
    for (bool again = true; again;) {
      again = false;
      for (const Standing& w : standings()) {
        if (w.amount == 0 || passed.contains(w.entry)) continue;
        const bool passes = !one_in(6);
        act(writer, "challenges.check-winner",
            with({{"entry", number(w.entry)}, {"passed", passes}, {"reason", "We looked at the papers."}}));
        if (passes) passed.insert(w.entry);
        again = true;
        if (!passes) break;
      }
    }
  }

  /// Some of what is promised beside the places, or too much of it: what may be given is, nothing else.
  void give_partials() {
    for (auto tries = between(0, 4); tries > 0; --tries) {
      const auto index = std::size_t(between(0, std::int64_t(drawn.places.size() + drawn.others.size()) - 1));
      const bool is_place = index < drawn.places.size();
      const std::int64_t promised = is_place ? drawn.places[index] : drawn.others[index - drawn.places.size()].second;
      const std::int64_t asked = between(1, promised + 2);
      const auto entry = entries[std::size_t(between(0, std::int64_t(entries.size()) - 1))];
      const bool admissible =
          read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->state; }) == EntryState::admissible;
      const bool fits = !is_place && admissible && partly[index] + asked <= promised;
      const auto said = refused(writer, "challenges.give-partial",
                                with({{"entry", number(entry)},
                                      {"prize", std::int64_t(index) + 1},
                                      {"amount", typed(asked)},
                                      {"reason", "A good step."}}));
      RC_ASSERT((said == "done") == fits);
      if (fits) partly[index] += asked;
    }
  }

  void plan(const Award& a) {
    const auto send = [&](const std::vector<std::int64_t>& parts) {
      array all;
      for (const auto part : parts)
        all.push_back(object{{"milestone", "A step"}, {"amount", typed(part)}, {"accepter", seeker}});
      return refused(writer, "challenges.plan-payments", with({{"award", str(a.id)}, {"tranches", all}}));
    };
    auto parts = split(a.amount, between(1, 4));
    if (one_in(2)) {
      auto wrong = parts;
      wrong[0] += one_in(2) ? 1 : wrong[0] > 1 ? -1 : 2;
      RC_ASSERT(send(wrong) == "fields.summary; tranches: challenges.does-not-add-up");
    }
    RC_ASSERT(send(parts) == "done");
    // Nothing is accepted yet: it may be planned otherwise.
    if (one_in(3)) RC_ASSERT(send(split(a.amount, between(1, 4))) == "done");
  }

  void adds_up() {
    const auto all = awards();
    const auto parts = tranches();
    std::map<Id, std::int64_t> planned;
    std::map<std::string, std::int64_t> given;
    std::int64_t awarded = 0, paid = 0;
    for (const Tranche& part : parts) {
      RC_ASSERT(part.amount > 0);
      planned[part.award] += part.amount;
      if (part.paid_at) paid += part.amount;
    }
    for (const Award& a : all) {
      RC_ASSERT(a.amount > 0);
      if (planned.contains(a.id)) RC_ASSERT(planned[a.id] == a.amount);
      awarded += a.amount;
      given[a.prize] += a.amount;
    }
    for (std::size_t i = 0; i < drawn.others.size(); ++i)
      RC_ASSERT(given["Other " + std::to_string(drawn.places.size() + i)] <= drawn.others[i].second);
    RC_ASSERT(paid <= awarded);
    const Phase phase = challenge(c).phase;
    if (phase >= Phase::awarded) RC_ASSERT((phase == Phase::finished) == (paid == awarded));
  }

  void pay_everything() {
    auto parts = tranches();
    while (!parts.empty()) {
      const auto at = parts.begin() + between(0, std::int64_t(parts.size()) - 1);
      const object pay = with({{"tranche", str(at->id)}, {"payee", "Anna Vermeer"}, {"account-end", "4242"}});
      act(seeker, "challenges.accept-milestone", with({{"tranche", str(at->id)}, {"words", "Seen."}}));
      act(writer, "challenges.pay", pay);
      adds_up();
      RC_ASSERT(refused(writer, "challenges.pay", pay) != "done");
      parts.erase(at);
    }
  }

  Drawn drawn;
  Id c{};
  std::vector<Id> entries;
  std::map<std::size_t, std::int64_t> partly;  ///< given so far, by the number of the prize from 0
};
INSTANTIATE_TEST_SUITE_P(Sqlite, Money, testing::Values("sqlite"), [](const auto& which) { return which.param; });

TEST_P(Money, IsGivenAsPromisedAndPaidAsGivenToTheLastCent) {
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = std::min(params.maxSuccess, 25);
  const auto result = rc::detail::checkTestable(
      [&] {
        drawn = draw();
        partly.clear();
        promise();
        judge();
        check_winners();
        const bool early = one_in(2);
        if (early) give_partials();
        const auto places = standings();
        std::int64_t for_places = 0, purse = 0;
        for (std::size_t i = 0; i < std::min(places.size(), drawn.places.size()); ++i) purse += drawn.places[i];
        const bool none = one_in(6);
        act(writer, "challenges.award",
            none ? with({{"none", true}, {"reason", "Nothing was good enough."}}) : with({}));
        for (const Award& a : awards())
          if (a.prize.starts_with("Place")) for_places += a.amount;
        RC_ASSERT(for_places == (none ? 0 : purse));
        adds_up();
        // Where nothing is to be paid it is over.
        if (challenge(c).phase == Phase::awarded && !early) give_partials();
        for (const Award& a : awards()) plan(a);
        adds_up();
        pay_everything();
        RC_ASSERT(challenge(c).phase == Phase::finished);
      },
      rc::detail::TestMetadata(), params);
  std::ostringstream told;
  rc::detail::printResultMessage(result, told);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << told.str();
}

}  // namespace
}  // namespace polder::challenges
