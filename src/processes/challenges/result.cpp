#include "processes/challenges/result.h"

#include <cmath>
#include <map>

#include "methods/ranking/ranking_json.h"
#include "processes/challenges/rules.h"

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

}  // namespace

std::string score_text(const json::value& score) {
  return ranking::str({std::llround(score.to_number<double>() * 1e6)});
}

std::string ranking_file(const Statement& s, std::string_view seed, std::span<const Entry> entries,
                         std::span<const Marks> marks) {
  json::array criteria, entry_list, mark_list, money;
  for (std::size_t i = 0; i < s.rubric.items.size(); ++i)
    criteria.push_back(json::object{
        {"id", criterion_id(i)}, {"weight", s.rubric.items[i].weight.value}, {"max", s.rubric.items[i].max.value}});
  std::map<Id, std::string> names;
  for (const Entry& e : entries) {
    names[e.id] = std::to_string(e.number);
    entry_list.push_back(json::object{{"id", names[e.id]}, {"submitted", e.sealed_at.value_or(Time{}).ms}});
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
  return json::serialize(json::object{{"criteria", std::move(criteria)},
                                      {"normalisation", fields::word_of(s.normalisation)},
                                      {"ties", ties_of(s, seed)},
                                      {"purse", json::object{{"currency", s.currency.value}, {"amounts", money}}},
                                      {"entries", std::move(entry_list)},
                                      {"marks", std::move(mark_list)}});
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
         .score = json::serialize(place.at("score")),
         .amount = place.at("amount").to_number<std::int64_t>(),
         .decided_by = decided != nullptr && decided->is_string() ? std::string(decided->as_string()) : std::string()});
  }
  return out;
}

std::vector<Prize> place_prizes(const Statement& s) {
  std::vector<Prize> out;
  for (const Prize& prize : s.prizes.items)
    if (prize.given_for == PrizeFor::place) out.push_back(prize);
  return out;
}

}  // namespace polder::challenges
