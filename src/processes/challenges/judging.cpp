#include "processes/challenges/judging.h"

#include <algorithm>

#include "governance/platforms.h"
#include "kernel/text/text.h"
#include "people/affiliations.h"
#include "people/person.h"
#include "processes/challenges/store_solvers.h"
#include "record/store.h"

namespace polder::challenges {

Onlooker::Onlooker(House& house, storage::ReadTx& tx, const record::Actor& actor, const Challenge& c)
    : phase_(phase_at(c, house.clock.now())) {
  const auto platform = house.platforms.list()->by_id(c.platform);
  const auto may = [&](std::string_view act, Phase phase) {
    return house.platforms.decide(*platform, actor, act, fields::word_of(phase)).allowed;
  };
  bool seated = false;
  if (actor.is_person()) {
    judge_ = store::judge(tx, c.id, actor.person);
    seated = judge_.has_value();
    // A seat is for who holds the role: whoever lost it reads nothing more.
    if (seated && !may("challenges.mark", Phase::judging)) judge_.reset();
    if (const auto me = store::member(tx, c.id, actor.person)) team_ = me->team;
    // Conflicts outlive a seat: whoever left the panel may come back to it.
    for (const Conflict& known : store::conflicts_of(tx, c.id, actor.person)) barred_.insert(known.team);
  }
  whole_.panel = judge_.has_value();
  // Whoever judges reads blind: the screener's sight is not theirs, whatever other role they hold.
  whole_.screens = !seated && may("challenges.screen", Phase::screening);
  whole_.assigns = may("challenges.seat-judge", Phase::screening) || may("challenges.reassign", Phase::judging);
  whole_.seeks = !seated && may("challenges.award", Phase::provisional) && is_theirs(house, actor, c);
  whole_.decides = !seated && may("challenges.decide-objection", Phase::provisional);
  if (judge_ && judge_->declared)
    for (const Assignment& a : store::assignments_of(tx, c.id, actor.person)) reads_.insert(a.entry);
}

Eyes Onlooker::eyes(const Entry& e) const {
  Eyes out = whole_;
  out.team = team_ != Id{} && e.team == team_;
  out.reads = reads_.contains(e.id);
  out.conflict = barred_.contains(e.team);
  return out;
}

namespace {

Result<Entry> if_seen(const Onlooker& who, Id challenge, std::optional<Entry> e, Sight least) {
  if (!e || e->challenge != challenge || who.at(*e) < least)
    return refuse(Why::not_found, {"challenges.no-such-entry"});
  return *std::move(e);
}

/// Everybody in a team of this challenge.
std::vector<Member> solvers(storage::ReadTx& tx, Id challenge) {
  std::vector<Member> out;
  for (;;) {
    const auto more = store::members_of_challenge(tx, challenge, out.empty() ? Id{} : out.back().person, 1'000);
    if (more.empty()) return out;
    out.insert(out.end(), more.begin(), more.end());
  }
}

using Affiliations = std::map<Id, std::vector<people::Affiliation>>;

Affiliations affiliations_of(storage::ReadTx& tx, const std::vector<Judge>& judges, const std::vector<Member>& all) {
  std::vector<Id> ids;
  for (const Judge& j : judges) ids.push_back(j.person);
  for (const Member& m : all) ids.push_back(m.person);
  Affiliations out;
  for (const auto& one : people::affiliations(tx, ids)) out[one.person].push_back(one);
  return out;
}

std::string_view tie_between(const Affiliations& known, Id judge, Id solver) {
  const auto a = known.find(judge), b = known.find(solver);
  if (a == known.end() || b == known.end()) return {};
  std::vector<people::Affiliation> both = a->second;
  both.insert(both.end(), b->second.begin(), b->second.end());
  switch (people::tie_between(both, judge, solver)) {
    case people::Tie::same_organisation:
      return "membership";
    case people::Tie::ownership:
      return "ownership";
    case people::Tie::none:
      break;
  }
  return {};
}

}  // namespace

Result<Entry> entry_for(storage::ReadTx& tx, const Onlooker& who, Id challenge, std::int64_t number, Sight least) {
  return if_seen(who, challenge, store::entry_by_number(tx, challenge, number), least);
}

Result<Entry> entry_for(storage::ReadTx& tx, const Onlooker& who, Id challenge, Id entry, Sight least) {
  return if_seen(who, challenge, store::entry(tx, entry), least);
}

bool bar(Doing& doing, const Challenge& c, const Conflict& conflict) {
  if (!store::insert_conflict(doing.tx, conflict)) return false;
  for (const Marks& m : store::marks_on_team(doing.tx, conflict.judge, conflict.team)) {
    store::keep_old(doing.tx, doing.ids.next(), c.id,
                    {.entry = m.entry,
                     .judge = m.judge,
                     .round = m.round,
                     .marks = m.marks,
                     .reason = conflict.reason,
                     .at = doing.now});
    store::set_void(doing.tx, m);
  }
  store::delete_assignments(doing.tx, conflict.judge, conflict.team);
  store::set_declared(doing.tx, c.id, conflict.judge, store::undeclared(doing.tx, c.id, conflict.judge) == 0);
  renew(doing, c);
  return true;
}

std::vector<Conflict> derived_conflicts(storage::ReadTx& tx, const Challenge& c, Time now) {
  const auto judges = store::judges(tx, c.id);
  const auto teams = store::entered_teams(tx, c.id);
  const auto members = solvers(tx, c.id);
  const Affiliations known_ties = affiliations_of(tx, judges, members);
  std::map<Id, std::vector<Id>> people_of;
  std::map<Id, Id> team_of;
  for (const Member& m : members) {
    people_of[m.team].push_back(m.person);
    team_of[m.person] = m.team;
  }
  std::set<std::pair<Id, Id>> known;
  for (const Conflict& old : store::conflicts(tx, c.id)) known.emplace(old.judge, old.team);

  const auto reason = [&](const Judge& j, const Team& t) -> std::string_view {
    if (const auto own = team_of.find(j.person); own != team_of.end())
      return own->second == t.id ? "own-team" : "competitor";
    std::string_view tie;
    for (const Id person : people_of[t.id]) {
      const auto found = tie_between(known_ties, j.person, person);
      if (found == "membership") return found;
      if (!found.empty()) tie = found;
    }
    return tie.empty() && same_name(j.organisation, t.organisation) ? "name" : tie;
  };
  std::vector<Conflict> out;
  for (const Judge& j : judges)
    for (const Team& t : teams) {
      if (known.contains({j.person, t.id})) continue;
      if (const auto why = reason(j, t); !why.empty())
        out.push_back({.challenge = c.id,
                       .judge = j.person,
                       .team = t.id,
                       .from = ConflictFrom::derived,
                       .reason = std::string(why),
                       .at = now});
    }
  return out;
}

std::vector<std::string> areas(std::string_view typed) {
  std::vector<std::string> out;
  while (!typed.empty()) {
    const auto comma = typed.find_first_of(",;");
    std::string_view one = typed.substr(0, comma);
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (!one.empty() && std::ranges::find(out, one) == out.end()) out.emplace_back(one);
    typed.remove_prefix(comma == typed.npos ? typed.size() : comma + 1);
  }
  return out;
}

std::string comparable(std::string_view words) {
  std::string out = " ";
  for (const char c : text::fold(words)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (letter)
      out += c;
    else if (out.back() != ' ')
      out += ' ';
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

int fit(std::span<const std::string> expertise, std::string_view entry, std::string_view statement) {
  int sum = 0;
  for (const std::string& area : expertise) {
    // The end is left open, so that "sensor" is found in "sensors".
    std::string wanted = comparable(area);
    if (wanted.size() < 3) continue;
    wanted.pop_back();
    if (entry.find(wanted) != entry.npos)
      sum += fit_of_entry;
    else if (statement.find(wanted) != statement.npos)
      sum += fit_of_statement;
  }
  return std::min(sum, 1'000);
}

std::string comparable(const Statement& s, const Entry& e) {
  std::string words;
  for (std::size_t i = 0; i < s.entry.items.size() && i < e.answers.size(); ++i)
    if (s.entry.items[i].judges_see) words += e.answers[i] + '\n';
  return comparable(words);
}

std::string comparable(const Statement& s) {
  std::string words = s.title.value + '\n' + s.summary.value + '\n' + s.problem.value + '\n' + s.solution.value;
  if (s.background) words += '\n' + s.background->value;
  return comparable(words);
}

std::int64_t per_mille(const Statement& s, const std::vector<std::int64_t>& marks) {
  std::int64_t weights = 0;
  double sum = 0;
  for (std::size_t i = 0; i < s.rubric.items.size() && i < marks.size(); ++i) {
    const Criterion& c = s.rubric.items[i];
    weights += c.weight.value;
    sum += double(c.weight.value) * double(std::max<std::int64_t>(marks[i], 0)) / double(10 * c.max.value);
  }
  return weights == 0 ? 0 : std::int64_t(1'000 * sum / double(weights) + 0.5);
}

Spread spread(const Statement& s, std::span<const Marks> given) {
  Spread out;
  if (given.empty()) return out;
  std::vector<std::int64_t> scores;
  std::int64_t sum = 0;
  for (const Marks& m : given) sum += scores.emplace_back(per_mille(s, m.marks));
  const auto n = std::int64_t(scores.size());
  out.mean = (sum + n / 2) / n;
  out.least = *std::ranges::min_element(scores);
  out.greatest = *std::ranges::max_element(scores);
  for (std::size_t i = 0; n > 1 && i < given.size(); ++i)
    if (std::abs(scores[i] - (sum - scores[i]) / (n - 1)) > far_apart) out.outliers.insert(given[i].judge);
  return out;
}

Spread pointed_out(const House& house, const Statement& s, std::span<const Marks> given) {
  house.algorithms.running("spread", spread_version);
  return spread(s, given);
}

std::int64_t current_round(storage::ReadTx& tx, const Challenge& c, const Statement& s) {
  return s.rounds.value > 1 && !store::is_missing(tx, c.id, 1) ? 2 : 1;
}

std::string missing_words(storage::ReadTx& tx, const Challenge& c, const Statement& s) {
  // Whoever reads a hundred of them has understood.
  static constexpr std::int64_t most = 100;
  std::string out;
  std::int64_t entry = 0, said = 0;
  const auto say = [&](std::int64_t number, const std::string& words) {
    if (++said > most) return;
    out += number == entry ? ", " : (out.empty() ? "" : "; ") + std::to_string(number) + ": ";
    out += words;
    entry = number;
  };
  for (const auto& one : store::missing(tx, c.id, current_round(tx, c, s), most + 1)) say(one.entry, one.name);
  for (const auto& [number, readers] : store::lacking_readers(tx, c.id, s.readers.value, most + 1))
    say(number, std::to_string(readers) + '/' + std::to_string(s.readers.value));
  return said > most ? out + "; …" : out;
}

void erase_judging(Doing& doing, Id person) {
  const auto who = people::find_person(doing.tx, person);
  for (const Judge& seat : store::panels_of(doing.tx, person)) {
    const Challenge c = challenge_of(doing.tx, seat.challenge);
    // Who was seated, given something by hand or reported is named in acts of others.
    const std::string subject = "challenges/" + c.slug;
    if (who) record::store::erase_acts_saying(doing.tx, c.platform, subject, who->email);
    record::store::erase_acts_saying(doing.tx, c.platform, subject, str(person));
    renew(doing, c);
  }
  store::erase_marks(doing.tx, person);
  store::erase_judge(doing.tx, person);
}

boost::json::value copy_judging(storage::ReadTx& tx, Id person) {
  using boost::json::array;
  using boost::json::object;
  array seats, marks, conflicts;
  for (const Judge& j : store::panels_of(tx, person)) {
    array expertise;
    for (const auto& area : j.expertise) expertise.emplace_back(area);
    seats.push_back(object{{"challenge", challenge_of(tx, j.challenge).title},
                           {"name", j.name},
                           {"organisation", j.organisation},
                           {"expertise", std::move(expertise)},
                           {"most", j.most}});
  }
  for (const Marks& m : store::all_marks_of(tx, person)) {
    array tenths;
    for (const auto one : m.marks) tenths.push_back(one == store::no_mark ? boost::json::value() : one);
    const auto e = store::entry(tx, m.entry);
    marks.push_back(object{{"entry", e ? e->number : 0},
                           {"round", m.round},
                           {"state", m.state == MarkState::void_ ? "void" : fields::word_of(m.state)},
                           {"tenths", std::move(tenths)},
                           {"to-solver", m.to_solver},
                           {"to-panel", m.to_panel},
                           {"at", iso(m.at)}});
  }
  // Of a conflict only what the judge may know: that there is one, not with whose entry; why, where they said it
  // themselves. What somebody else reported is that person's word.
  for (const Conflict& c : store::all_conflicts_of(tx, person))
    conflicts.push_back(object{{"known-from", fields::word_of(c.from)},
                               {"reason", c.from == ConflictFrom::declared ? c.reason : std::string()},
                               {"at", iso(c.at)}});
  return object{{"seats", std::move(seats)}, {"marks", std::move(marks)}, {"conflicts", std::move(conflicts)}};
}

}  // namespace polder::challenges
