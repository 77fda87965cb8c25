#include "methods/ranking/rule.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "kernel/base/encode.h"

namespace polder::ranking {
namespace {

constexpr std::int64_t million = 1'000'000;
constexpr std::array<std::string_view, 3> normalisations{"none", "z-score", "rank"};

template <class Things>
Result<std::vector<std::uint32_t>> sorted_by_id(const Things& things, std::string_view list) {
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (!is_id(things[i].id))
      return refuse(Why::invalid, {"ranking.id", {{"where", at(list, i, ".id")}, {"limit", std::int64_t(Limits::id)}}});
  }
  std::vector<std::uint32_t> places(things.size());
  std::iota(places.begin(), places.end(), 0U);
  std::ranges::sort(places, [&](std::uint32_t a, std::uint32_t b) {
    const int sides = things[a].id.compare(things[b].id);
    return sides != 0 ? sides < 0 : a < b;
  });
  for (std::size_t i = 1; i < places.size(); ++i)
    if (things[places[i]].id == things[places[i - 1]].id)
      return refuse(Why::invalid, {"ranking.twice", {{"where", at(list, places[i], ".id")}}});
  return places;
}

Done check_criteria(const std::vector<Criterion>& criteria) {
  CHECK_DONE(at_most(Limits::criteria, criteria.size(), "criteria"));
  CHECK_DONE(sorted_by_id(criteria, "criteria"));
  const auto above = [](Decimal value, std::int64_t limit) { return value.millionths > limit * million; };
  bool weighs = false;
  for (std::size_t i = 0; i < criteria.size(); ++i) {
    const auto& [id, weight, max] = criteria[i];
    const std::string at_weight = at("criteria", i, ".weight"), at_max = at("criteria", i, ".max");
    if (weight.millionths < 0) return refuse(Why::invalid, {"ranking.negative", {{"where", at_weight}}});
    if (above(weight, Limits::weight))
      return refuse(Why::invalid, {"ranking.too-much", {{"where", at_weight}, {"limit", Limits::weight}}});
    if (max.millionths <= 0) return refuse(Why::invalid, {"ranking.no-max", {{"where", at_max}}});
    if (above(max, Limits::mark))
      return refuse(Why::invalid, {"ranking.too-much", {{"where", at_max}, {"limit", Limits::mark}}});
    weighs = weighs || weight.millionths > 0;
  }
  if (!weighs) return refuse(Why::invalid, {"ranking.no-weight"});
  return {};
}

Done check_purse(const Purse& purse) {
  const bool code =
      purse.currency.size() == 3 && std::ranges::all_of(purse.currency, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!code) return refuse(Why::invalid, {"ranking.currency", {{"where", std::string("purse.currency")}}});
  CHECK_DONE(at_most(Limits::entries, purse.amounts.size(), "purse.amounts"));
  std::int64_t left = Limits::purse;
  for (std::size_t i = 0; i < purse.amounts.size(); ++i) {
    const std::string where = at("purse.amounts", i);
    if (purse.amounts[i] < 0) return refuse(Why::invalid, {"ranking.negative", {{"where", where}}});
    if (purse.amounts[i] > left)
      return refuse(Why::invalid, {"ranking.purse", {{"where", where}, {"limit", Limits::purse}}});
    left -= purse.amounts[i];
  }
  return {};
}

Result<Tie> parse_tie(std::string_view words, const std::vector<Criterion>& criteria, const std::string& where) {
  constexpr std::string_view criterion = "criterion:", seed = "seed:";
  if (words == "earlier") return Tie{Tie::By::earlier};
  if (words == "share") return Tie{Tie::By::share};
  if (words.starts_with(criterion)) {
    const auto found = std::ranges::find(criteria, words.substr(criterion.size()), &Criterion::id);
    if (found == criteria.end()) return refuse(Why::invalid, {"ranking.unknown-criterion", {{"where", where}}});
    return Tie{Tie::By::criterion, std::size_t(found - criteria.begin())};
  }
  if (words.starts_with(seed)) {
    std::string digits(words.substr(seed.size()));
    for (char& c : digits)
      if (c >= 'A' && c <= 'F') c = char(c - 'A' + 'a');
    const auto bytes = unhex(digits);
    if (!bytes || bytes->empty() || bytes->size() > Limits::seed)
      return refuse(Why::invalid, {"ranking.seed", {{"where", where}, {"limit", std::int64_t(2 * Limits::seed)}}});
    return Tie{Tie::By::seed, 0, *bytes};
  }
  return refuse(Why::invalid, {"ranking.tie", {{"where", where}}});
}

}  // namespace

std::string at(std::string_view list, std::size_t index, std::string_view field) {
  return std::string(list) + "[" + std::to_string(index) + "]" + std::string(field);
}

bool is_id(std::string_view text) {
  const auto unseen = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  return !text.empty() && text.size() <= Limits::id && std::ranges::none_of(text, unseen);
}

Done at_most(std::size_t limit, std::size_t count, std::string_view list) {
  if (count <= limit) return {};
  return refuse(Why::too_large, {"ranking.too-many", {{"where", std::string(list)}, {"limit", std::int64_t(limit)}}});
}

std::string str(Decimal value) {
  const std::uint64_t all =
      value.millionths < 0 ? 0 - std::uint64_t(value.millionths) : std::uint64_t(value.millionths);
  std::string text = (value.millionths < 0 ? "-" : "") + std::to_string(all / million);
  if (all % million == 0) return text;
  std::string places = std::to_string(all % million + million);  // "1" and six digits
  places.erase(places.find_last_not_of('0') + 1);
  return text + "." + places.substr(1);
}

std::string_view name(Normalisation normalisation) { return normalisations.at(std::size_t(normalisation)); }

std::optional<Normalisation> parse_normalisation(std::string_view text) {
  const auto found = std::ranges::find(normalisations, text);
  if (found == normalisations.end()) return std::nullopt;
  return Normalisation(found - normalisations.begin());
}

Result<std::vector<std::uint32_t>> by_id(std::span<const Entry> entries) {
  CHECK_DONE(at_most(Limits::entries, entries.size(), "entries"));
  return sorted_by_id(entries, "entries");
}

Result<std::vector<Tie>> parse_ties(const Rule& rule) {
  CHECK_DONE(at_most(Limits::ties, rule.ties.size(), "ties"));
  std::vector<Tie> ties;
  for (std::size_t i = 0; i < rule.ties.size(); ++i) {
    if (!ties.empty() && ties.back().by == Tie::By::share)
      return refuse(Why::invalid, {"ranking.after-share", {{"where", at("ties", i)}}});
    TRY(Tie tie, parse_tie(rule.ties[i], rule.criteria, at("ties", i)));
    ties.push_back(std::move(tie));
  }
  return ties;
}

Done check(const Rule& rule) {
  CHECK_DONE(check_criteria(rule.criteria));
  if (rule.purse) CHECK_DONE(check_purse(*rule.purse));
  CHECK_DONE(parse_ties(rule));
  return {};
}

}  // namespace polder::ranking
