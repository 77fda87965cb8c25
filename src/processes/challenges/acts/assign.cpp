// challenges.begin-judging, .assign-again and .reassign: who reads what, by load, expertise and conflicts, each step
// explained (methods/assignment), and changeable by hand with a reason.
#include "methods/assignment/assignment.h"
#include "processes/challenges/judging.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

struct BeginJudging {
  static constexpr std::string_view name = "challenges.begin-judging";
  Id challenge;
};
BOOST_DESCRIBE_STRUCT(BeginJudging, (), (challenge))

struct AssignAgain {
  static constexpr std::string_view name = "challenges.assign-again";
  Id challenge;
};
BOOST_DESCRIBE_STRUCT(AssignAgain, (), (challenge))

/// Instead of `from`, or besides; `to` nobody takes it away.
struct Reassign {
  static constexpr std::string_view name = "challenges.reassign";
  Id challenge;
  Id entry;
  std::optional<Id> from;
  std::optional<Id> to;
  bool over_load = false;  ///< more than this judge said to read
  fields::Line<300> reason;
};
BOOST_DESCRIBE_STRUCT(Reassign, (), (challenge, entry, from, to, over_load, reason))

namespace {

Effect at_the_table(const Challenge& c) {
  return {.visibility = record::Visibility::parties, .location = "challenges/" + c.slug + "/assignment"};
}

template <class T, class Words>
std::string joined(const std::vector<T>& all, Words words) {
  std::string out;
  for (const T& one : all) out += (out.empty() ? "" : ", ") + words(one);
  return out;
}

/// The problem as the method takes it, and whose its indices are.
struct Table {
  std::vector<Entry> entries;  ///< without their words
  std::vector<Judge> judges;
  assignment::Problem problem;
};

/// What stays as it is: what was set by hand, and what somebody has begun to mark.
std::vector<Assignment> kept(storage::ReadTx& tx, const Challenge& c, const std::vector<Judge>& judges) {
  std::set<std::pair<Id, Id>> begun;
  for (const Judge& j : judges)
    for (const Marks& m : store::marks_of_judge(tx, c.id, j.person))
      if (m.state != MarkState::void_) begun.emplace(m.entry, j.person);
  auto all = store::assignments(tx, c.id);
  std::erase_if(all, [&](const Assignment& a) { return a.by_hand.empty() && !begun.contains({a.entry, a.judge}); });
  return all;
}

void add_entries(storage::ReadTx& tx, const Challenge& c, const Statement& s, Table& table) {
  const std::string statement = comparable(s);
  const auto n = table.judges.size();
  std::int64_t after = 0;
  for (auto page = store::entries(tx, c.id, after, 200); !page.empty(); page = store::entries(tx, c.id, after, 200))
    for (Entry& e : page) {
      after = e.number;
      if (e.state != EntryState::admissible) continue;
      const std::string words = comparable(s, e);
      table.problem.entries.push_back({str(e.id), int(s.readers.value)});
      for (std::size_t j = 0; j < n; ++j)
        table.problem.fit.push_back(std::int16_t(fit(table.judges[j].expertise, words, statement)));
      e.answers.clear();
      table.entries.push_back(std::move(e));
    }
}

Table lay_out(storage::ReadTx& tx, const Challenge& c, const Statement& s) {
  Table table;
  table.judges = store::judges(tx, c.id);
  add_entries(tx, c, s, table);
  const auto fixed = kept(tx, c, table.judges);
  std::map<Id, std::size_t> entry_at, judge_at;
  std::map<Id, std::vector<std::size_t>> of_team;
  for (std::size_t i = 0; i < table.entries.size(); ++i) {
    entry_at[table.entries[i].id] = i;
    of_team[table.entries[i].team].push_back(i);
  }
  for (std::size_t j = 0; j < table.judges.size(); ++j) judge_at[table.judges[j].person] = j;
  std::vector<int> held(table.judges.size());
  for (const Assignment& a : fixed)
    if (entry_at.contains(a.entry) && judge_at.contains(a.judge)) {
      table.problem.fixed.push_back({entry_at[a.entry], judge_at[a.judge]});
      ++held[judge_at[a.judge]];
    }
  for (std::size_t j = 0; j < table.judges.size(); ++j) {
    const Judge& judge = table.judges[j];
    // Who has not declared yet reads nothing new; what was given by hand over somebody's load stays theirs.
    table.problem.judges.push_back({str(judge.person), judge.declared ? std::max(int(judge.most), held[j]) : held[j]});
  }
  for (const Conflict& known : store::conflicts(tx, c.id))
    if (judge_at.contains(known.judge))
      for (const std::size_t i : of_team[known.team]) table.problem.forbidden.push_back({i, judge_at[known.judge]});
  return table;
}

boost::json::value words_of(const Table& table, const std::optional<assignment::Shortage>& why) {
  if (!why) return nullptr;
  boost::json::array entries, judges;
  for (const std::size_t i : why->entries) entries.emplace_back(table.entries[i].number);
  for (const std::size_t j : why->judges) judges.emplace_back(str(table.judges[j].person));
  return boost::json::object{{"entries", std::move(entries)},
                             {"judges", std::move(judges)},
                             {"needed", why->needed},
                             {"room", why->room},
                             {"others", why->others}};
}

/// Lays out, assigns and writes; the entries that cannot get enough readers are named.
Done assign_all(const House& house, Doing& doing, const Challenge& c, const Statement& s) {
  for (const Conflict& found : derived_conflicts(doing.tx, c, doing.now)) bar(doing, c, found);
  house.algorithms.running("assignment", assignment::version);
  const Table table = lay_out(doing.tx, c, s);
  if (table.entries.empty()) return refuse(Why::conflict, {"challenges.nothing-to-judge"});
  TRY(const auto outcome, assignment::assign(table.problem));
  if (const auto* no = std::get_if<assignment::Impossible>(&outcome))
    return refuse(Why::conflict,
                  {"challenges.too-few-readers", {{"entries", joined(no->lacking, [&](const assignment::Lack& lack) {
                                                     return std::to_string(table.entries[lack.entry].number) + " (" +
                                                            std::to_string(lack.readers) + ')';
                                                   })}}});
  const auto& made = std::get<assignment::Assignment>(outcome);
  std::map<std::pair<Id, Id>, Assignment> before;
  for (const Assignment& a : store::assignments(doing.tx, c.id)) before.emplace(std::pair(a.entry, a.judge), a);
  for (const auto& reading : made.readings) {
    const std::pair pair{table.entries[reading.pair.entry].id, table.judges[reading.pair.judge].person};
    if (before.erase(pair) == 0)
      store::put_assignment(
          doing.tx, c.id,
          {.entry = pair.first, .judge = pair.second, .fit = reading.fit, .by_hand = {}, .at = doing.now});
  }
  for (const auto& [pair, old] : before) store::delete_assignment(doing.tx, pair.first, pair.second);
  store::put_explanation(
      doing.tx, c.id,
      boost::json::serialize(boost::json::object{{"load", made.load},
                                                 {"why-no-less-load", words_of(table, made.why_no_less_load)},
                                                 {"least-fit", made.least_fit},
                                                 {"why-no-greater-fit", words_of(table, made.why_no_greater_fit)},
                                                 {"total-fit", made.total_fit},
                                                 {"bound", made.bound.most}}),
      doing.now);
  return {};
}

Result<Effect> begin(House& house, Doing& doing, const BeginJudging& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  if (s.rubric.items.empty()) return refuse(Why::conflict, {"challenges.nothing-to-mark-by"});
  if (const auto waiting = store::unscreened(doing.tx, c.id); !waiting.empty())
    return refuse(Why::conflict,
                  {"challenges.not-screened-yet",
                   {{"entries", joined(waiting, [](std::int64_t number) { return std::to_string(number); })}}});
  auto silent = store::judges(doing.tx, c.id);
  if (silent.empty()) return refuse(Why::conflict, {"challenges.no-judges"});
  std::erase_if(silent, [&](const Judge& j) { return store::undeclared(doing.tx, c.id, j.person) == 0; });
  if (!silent.empty())
    return refuse(Why::conflict,
                  {"challenges.not-declared-yet", {{"judges", joined(silent, [](const Judge& j) { return j.name; })}}});
  CHECK_DONE(assign_all(house, doing, c, s));
  store::set_phase(doing.tx, c.id, Phase::judging);
  follow(house, doing, "challenges.tell-assigned", "challenge", c.id);
  renew(doing, c);
  return at_the_table(c);
}

Result<Effect> again(House& house, Doing& doing, const AssignAgain& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  CHECK_DONE(assign_all(house, doing, c, statement_of(doing.tx, c)));
  follow(house, doing, "challenges.tell-assigned", "challenge", c.id);
  return at_the_table(c);
}

/// May this judge be given this entry by hand? Refused beside the field otherwise.
Done can_read(Doing& doing, const Challenge& c, const Entry& e, const Reassign& act) {
  const auto judge = store::judge(doing.tx, c.id, *act.to);
  if (!judge) return refuse_field("to", {"challenges.no-such-judge"});
  if (!judge->declared) return refuse_field("to", {"challenges.has-not-declared"});
  for (const auto& known : {store::conflicts_of(doing.tx, c.id, *act.to), derived_conflicts(doing.tx, c, doing.now)})
    for (const Conflict& one : known)
      if (one.judge == *act.to && one.team == e.team) return refuse_field("to", {"challenges.has-a-conflict"});
  const auto load = store::assignments_of(doing.tx, c.id, *act.to);
  if (std::ranges::find(load, e.id, &Assignment::entry) != load.end())
    return refuse_field("to", {"challenges.reads-it-already"});
  if (!act.over_load && std::int64_t(load.size()) >= judge->most)
    return refuse_field("to", {"challenges.over-their-load", {{"most", judge->most}}});
  return {};
}

Result<Effect> reassign(House& house, Doing& doing, const Reassign& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  const auto e = store::entry(doing.tx, act.entry);
  if (!e || e->challenge != c.id || e->state != EntryState::admissible)
    return refuse(Why::not_found, {"challenges.no-such-entry"});
  if (!act.from && !act.to) return refuse_field("to", {"challenges.name-a-judge"});
  if (act.from) {
    const auto readers = store::readers_of(doing.tx, e->id);
    if (std::ranges::find(readers, *act.from, &Assignment::judge) == readers.end())
      return refuse_field("from", {"challenges.does-not-read-it"});
    for (std::int64_t round = 1; round <= s.rounds.value; ++round)
      if (const auto m = store::marks(doing.tx, e->id, *act.from, round); m && m->state == MarkState::given)
        return refuse_field("from", {"challenges.has-marked"});
  }
  if (act.to) CHECK_DONE(can_read(doing, c, *e, act));
  if (act.from) store::delete_assignment(doing.tx, e->id, *act.from);
  if (act.to) {
    const auto judge = store::judge(doing.tx, c.id, *act.to);
    store::put_assignment(doing.tx, c.id,
                          {.entry = e->id,
                           .judge = *act.to,
                           .fit = fit(judge->expertise, comparable(s, *e), comparable(s)),
                           .by_hand = act.reason.value,
                           .at = doing.now});
  }
  if (act.to && !house.settings.quiet)
    house.queue.enqueue(doing.tx, "challenges.tell-assigned",
                        boost::json::serialize(boost::json::object{{"challenge", str(c.id)}, {"judge", str(*act.to)}}),
                        doing.now);
  return at_the_table(c);
}

}  // namespace

void add_assign(House& house) {
  house.acts.add(record::declare<BeginJudging>(house, {"screening"}, of_challenge<BeginJudging>, begin));
  house.acts.add(record::declare<AssignAgain>(house, {"judging"}, of_challenge<AssignAgain>, again));
  // A conflict found while the panel deliberates leaves an entry without a reader: somebody else is then given it.
  house.acts.add(record::declare<Reassign>(house, {"judging", "deliberation"}, of_challenge<Reassign>, reassign));
}

}  // namespace polder::challenges
