#include "processes/challenges/result.h"

#include <cmath>
#include <map>

#include "methods/ranking/ranking_json.h"
#include "processes/challenges/rules.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {
namespace {

namespace json = boost::json;

std::string criterion_id(std::size_t index) { return "c" + std::to_string(index + 1); }

json::array ties_of(const Statement& s, std::string_view seed) {
  json::array out;
  for (const TieRule& rule : s.ties.items) switch (rule.by) {
      case Tie::criterion:
        out.push_back(json::string("criterion:" + criterion_id(std::size_t(rule.criterion->value - 1))));
        break;
      case Tie::earlier:
        out.push_back("earlier");
        break;
      case Tie::lot:
        out.push_back(json::string("seed:" + std::string(seed)));
        break;
      case Tie::share:
        out.push_back("share");
        break;
    }
  return out;
}

/// Whoever meets every criterion has met them: one judge, the screening; one mark; earlier comes first.
std::string first_to_meet_file(const Statement& s, std::span<const Entry> entries, const std::set<Id>& out) {
  json::array entry_list, mark_list, money;
  for (const Entry& e : entries) {
    if (out.contains(e.id)) continue;
    const std::string id = std::to_string(e.number);
    entry_list.push_back(json::object{{"id", id}, {"submitted", e.sealed_at.value_or(Time{}).ms}});
    mark_list.push_back(json::object{{"entry", id}, {"judge", "screening"}, {"criterion", "met"}, {"mark", 1}});
  }
  for (const std::int64_t amount : amounts(s, PrizeFor::place)) money.push_back(amount);
  return json::serialize(
      json::object{{"criteria", json::array{json::object{{"id", "met"}, {"weight", 1}, {"max", 1}}}},
                   {"normalisation", "none"},
                   {"ties", json::array{"earlier"}},
                   {"purse", json::object{{"currency", s.currency.value}, {"amounts", std::move(money)}}},
                   {"entries", std::move(entry_list)},
                   {"marks", std::move(mark_list)}});
}

/// Everything that was screened and is not out of the question: admissible, or disqualified after it was judged.
std::vector<Entry> screened(storage::ReadTx& tx, Id challenge) {
  std::vector<Entry> out;
  for (std::int64_t after = 0;;) {
    const auto page = store::entries(tx, challenge, after, 1'000);
    for (const Entry& e : page)
      if (e.state == EntryState::admissible || e.state == EntryState::disqualified) out.push_back(e);
    if (page.size() < 1'000) return out;
    after = page.back().number;
  }
}

}  // namespace

std::string score_text(const json::value& score) {
  return ranking::str({std::llround(score.to_number<double>() * 1e6)});
}

std::string ranking_file(const Statement& s, std::string_view seed, std::span<const Entry> entries,
                         const std::set<Id>& out, std::span<const Marks> marks) {
  if (s.mode == Mode::first_to_meet) return first_to_meet_file(s, entries, out);
  json::array criteria, entry_list, mark_list, money, out_list;
  for (std::size_t i = 0; i < s.rubric.items.size(); ++i)
    criteria.push_back(json::object{
        {"id", criterion_id(i)}, {"weight", s.rubric.items[i].weight.value}, {"max", s.rubric.items[i].max.value}});
  std::map<Id, std::string> names;
  for (const Entry& e : entries) {
    names[e.id] = std::to_string(e.number);
    entry_list.push_back(json::object{{"id", names[e.id]}, {"submitted", e.sealed_at.value_or(Time{}).ms}});
    if (out.contains(e.id)) out_list.push_back(json::string(names[e.id]));
  }
  std::map<Id, std::string> judges;
  for (const Marks& m : marks) judges.try_emplace(m.judge, "j" + std::to_string(judges.size() + 1));
  for (const Marks& m : marks) {
    if (!names.contains(m.entry)) continue;
    for (std::size_t i = 0; i < m.marks.size(); ++i)
      mark_list.push_back(json::object{{"entry", names[m.entry]},
                                       {"judge", judges[m.judge]},
                                       {"criterion", criterion_id(i)},
                                       {"mark", double(m.marks[i]) / 10}});
  }
  for (const std::int64_t amount : amounts(s, PrizeFor::place)) money.push_back(amount);
  json::object file{
      {"criteria", std::move(criteria)},  {"normalisation", fields::word_of(s.normalisation)},
      {"ties", ties_of(s, seed)},         {"purse", json::object{{"currency", s.currency.value}, {"amounts", money}}},
      {"entries", std::move(entry_list)}, {"marks", std::move(mark_list)}};
  if (!out_list.empty()) file["out"] = std::move(out_list);
  return json::serialize(file);
}

Result<Outcome> rank(const std::string& file, std::span<const Entry> entries) {
  TRY(std::string result, ranking::rank_json(file));
  std::map<std::string, Id, std::less<>> ids;
  for (const Entry& e : entries) ids[std::to_string(e.number)] = e.id;
  Outcome out{std::move(result), {}};
  const auto answer = json::parse(out.result);
  for (const auto& place : answer.at("ranking").as_array()) {
    const auto* decided = place.as_object().if_contains("decided_by");
    out.standings.push_back(
        {.entry = ids.at(std::string(place.at("entry").as_string())),
         .rank = place.at("rank").to_number<std::int64_t>(),
         .score = score_text(place.at("score")),
         .amount = place.at("amount").to_number<std::int64_t>(),
         .decided_by = decided != nullptr && decided->is_string() ? std::string(decided->as_string()) : std::string()});
  }
  return out;
}

Result<RankedFrom> ranked_from(storage::ReadTx& tx, const Challenge& c, const Statement& s) {
  RankedFrom from{.entries = screened(tx, c.id), .file = {}};
  std::set<Id> out = store::unmet(tx, c.id);
  for (const Entry& e : from.entries)
    if (e.state == EntryState::disqualified) out.insert(e.id);
  const auto marks = store::given_marks(tx, c.id, s.rounds.value);
  if (s.mode == Mode::ranked) {
    std::set<Id> marked;
    for (const Marks& m : marks) marked.insert(m.entry);
    for (const Entry& e : from.entries)
      if (!out.contains(e.id) && !marked.contains(e.id))
        return refuse(Why::conflict, {"challenges.nobody-marked", {{"entry", e.number}}});
    // Who holds no place and was marked by nobody is no part of the sum.
    std::erase_if(from.entries, [&](const Entry& e) { return !marked.contains(e.id); });
  }
  from.file = ranking_file(s, c.seed, from.entries, out, marks);
  return from;
}

bool outdated(storage::ReadTx& tx, const Challenge& c, const Statement& s) {
  const auto last = store::ranking(tx, c.id);
  const auto now = ranked_from(tx, c, s);
  return !last || !now || now->file != last->file;
}

std::vector<Prize> place_prizes(const Statement& s) {
  std::vector<Prize> out;
  for (const Prize& prize : s.prizes.items)
    if (prize.given_for == PrizeFor::place) out.push_back(prize);
  return out;
}

}  // namespace polder::challenges
