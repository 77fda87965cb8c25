#include "processes/challenges/report.h"

#include <algorithm>
#include <cmath>

#include "processes/challenges/judging.h"
#include "processes/challenges/rules.h"

namespace polder::challenges {

namespace json = boost::json;

namespace {

class Ranging {
 public:
  void add(std::int64_t v) {
    least_ = count_ == 0 ? v : std::min(least_, v);
    greatest_ = count_ == 0 ? v : std::max(greatest_, v);
    sum_ += v;
    ++count_;
  }
  std::int64_t count() const { return count_; }
  /// In tenths: what marks and shares are counted in.
  Range range() const {
    if (count_ == 0) return {};
    const double mean = double(sum_) / double(count_) / 10;
    return {double(least_) / 10, std::round(mean * 100) / 100, double(greatest_) / 10};
  }

 private:
  std::int64_t least_ = 0, greatest_ = 0, sum_ = 0, count_ = 0;
};

Report::Spread spread_of(storage::ReadTx& tx, const Challenge& c, const Statement& s, bool with_criteria) {
  Report::Spread out;
  std::vector<Ranging> criteria(s.rubric.items.size()), entries;
  std::int64_t last = 0;
  store::each_ranked_mark(tx, c.id, s.rounds.value, [&](const store::RankedMark& m) {
    if (m.entry != last) {
      last = m.entry;
      if (++out.ranked <= std::int64_t(entries_told)) {
        out.entries.push_back({.place = m.place, .number = m.entry, .judges = 0, .range = {}});
        entries.emplace_back();
      }
    }
    if (out.ranked <= std::int64_t(entries_told)) entries.back().add(per_mille(s, m.marks));
    for (std::size_t i = 0; i < criteria.size() && i < m.marks.size(); ++i) criteria[i].add(m.marks[i]);
  });
  for (std::size_t i = 0; i < entries.size(); ++i) {
    out.entries[i].judges = entries[i].count();
    out.entries[i].range = entries[i].range();
  }
  for (std::size_t i = 0; with_criteria && i < criteria.size(); ++i)
    if (criteria[i].count() > 0)
      out.criteria.push_back({.criterion = i, .marks = criteria[i].count(), .range = criteria[i].range()});
  return out;
}

Report::Conflicts conflicts_of(storage::ReadTx& tx, Id challenge, bool with_organisations) {
  Report::Conflicts out;
  std::map<std::string, std::int64_t> by;
  for (const auto& one : store::conflict_counts(tx, challenge)) {
    switch (one.from) {
      case ConflictFrom::declared:
        out.declared += one.conflicts;
        break;
      case ConflictFrom::derived:
        out.derived += one.conflicts;
        break;
      case ConflictFrom::reported:
        out.reported += one.conflicts;
        break;
    }
    by[one.organisation] += one.conflicts;
  }
  if (with_organisations) out.by_organisation.assign(by.begin(), by.end());
  return out;
}

/// 7 and not 7.0: JSON has one kind of number, and this is how people write it.
json::value number(double v) {
  if (v == std::floor(v)) return std::int64_t(v);
  return v;
}

json::object to_json(const Range& r) {
  return {{"least", number(r.least)}, {"mean", number(r.mean)}, {"greatest", number(r.greatest)}};
}

json::object to_json(const Report::Spread& spread, const Statement& s) {
  json::array criteria, entries;
  for (const auto& one : spread.criteria) {
    json::object row = to_json(one.range);
    row["criterion"] = s.rubric.items[one.criterion].name.value;
    row["max"] = s.rubric.items[one.criterion].max.value;
    row["marks"] = one.marks;
    criteria.push_back(std::move(row));
  }
  for (const auto& one : spread.entries) {
    json::object row = to_json(one.range);
    row["place"] = one.place;
    row["entry"] = one.number;
    row["judges"] = one.judges;
    entries.push_back(std::move(row));
  }
  json::object out{{"ranked", spread.ranked}, {"entries-per-cent", std::move(entries)}};
  if (!spread.criteria.empty()) out["criteria"] = std::move(criteria);
  return out;
}

json::object to_json(const Report::Conflicts& c, bool with_organisations) {
  json::object out{{"declared", c.declared}, {"derived", c.derived}, {"reported", c.reported}};
  if (!with_organisations) return out;
  json::array by;
  for (const auto& [organisation, n] : c.by_organisation)
    by.push_back(json::object{{"organisation", organisation.empty() ? json::value(nullptr) : json::value(organisation)},
                              {"conflicts", n}});
  out["by-organisation"] = std::move(by);
  return out;
}

json::object rubric_json(const Statement& s) {
  json::array criteria;
  for (const Criterion& c : s.rubric.items)
    criteria.push_back(json::object{{"name", c.name.value}, {"weight", c.weight.value}, {"max", c.max.value}});
  return {{"criteria", std::move(criteria)},
          {"normalisation", fields::word_of(s.normalisation)},
          {"readers", s.readers.value},
          {"rounds", s.rounds.value}};
}

json::object awards_json(const Report& r, const Statement& s) {
  json::array given;
  for (const auto& one : r.given) {
    json::object row{{"prize", one.prize}, {"entry", one.entry}, {"amount", one.amount}};
    if (!one.team.empty()) row["team"] = one.team;
    if (!one.reason.empty()) row["reason"] = one.reason;
    given.push_back(std::move(row));
  }
  return {{"currency", s.currency.value}, {"purse", r.purse}, {"awarded", r.sum}, {"given", std::move(given)}};
}

json::array became_json(const Report& r) {
  json::array out;
  for (const auto& f : r.follow_ups)
    out.push_back(json::object{{"asked-at", iso(f.asked_at)},
                               {"said-at", f.said_at ? json::value(iso(*f.said_at)) : json::value(nullptr)},
                               {"in-use", f.in_use ? json::value(*f.in_use) : json::value(nullptr)},
                               {"people-reached", f.reached ? json::value(*f.reached) : json::value(nullptr)},
                               {"words", f.words}});
  return out;
}

}  // namespace

Report report_of(storage::ReadTx& tx, const Challenge& c, const Statement& s, const std::set<Fact>& shown) {
  Report out;
  for (const Fact fact : all_facts)
    if (!shown.contains(fact)) out.kept_back.push_back(fact);
  const bool teams = shown.contains(Fact::teams), panel = shown.contains(Fact::panel);
  if (shown.contains(Fact::entries)) {
    auto n = store::entry_states(tx, c.id);
    out.entries = Report::Entries{.sent = n[EntryState::sealed] + n[EntryState::admissible] +
                                          n[EntryState::inadmissible] + n[EntryState::disqualified],
                                  .admissible = n[EntryState::admissible],
                                  .inadmissible = n[EntryState::inadmissible],
                                  .disqualified = n[EntryState::disqualified]};
  }
  if (teams || shown.contains(Fact::countries)) {
    auto countries = store::entered_countries(tx, c.id);
    if (teams) {
      out.teams = 0;
      for (const auto& one : countries) *out.teams += one.teams;
    }
    if (shown.contains(Fact::countries)) out.countries = std::move(countries);
  }
  if (panel) {
    out.panel.emplace();
    for (const Judge& j : store::judges(tx, c.id)) out.panel->push_back({j.name, j.organisation});
  }
  out.rubric = shown.contains(Fact::rubric);
  if (shown.contains(Fact::spread)) out.spread = spread_of(tx, c, s, out.rubric);
  if (shown.contains(Fact::conflicts)) out.conflicts = conflicts_of(tx, c.id, panel);
  const auto winners = store::winners(tx, c.id);
  for (const Award& a : store::awards(tx, c.id)) {
    const auto who = winners.find(a.entry);
    const bool found = who != winners.end();
    out.given.push_back({.prize = a.prize,
                         .reason = a.reason,
                         .team = found && teams ? who->second.team : "",
                         .entry = found ? who->second.number : 0,
                         .amount = a.amount});
    out.sum += a.amount;
  }
  out.purse = purse(s);
  out.follow_ups = store::follow_ups(tx, c.id);
  return out;
}

json::object to_json(const Report& r, const Challenge& c, const Statement& s) {
  json::array kept_back;
  for (const Fact fact : r.kept_back) kept_back.push_back(json::string(fields::word_of(fact)));
  json::object out{{"challenge", c.slug},
                   {"title", c.title},
                   {"language", c.language},
                   {"seeker", s.seeker.value},
                   {"awarded-at", c.awarded_at ? json::value(iso(*c.awarded_at)) : json::value(nullptr)},
                   {"kept-back", std::move(kept_back)}};
  if (r.entries)
    out["entries"] = json::object{{"sent", r.entries->sent},
                                  {"admissible", r.entries->admissible},
                                  {"inadmissible", r.entries->inadmissible},
                                  {"disqualified", r.entries->disqualified}};
  if (r.teams) out["teams"] = *r.teams;
  if (r.countries) {
    json::array countries;
    for (const auto& one : *r.countries)
      countries.push_back(json::object{{"country", one.country}, {"teams", one.teams}});
    out["countries"] = std::move(countries);
  }
  if (r.panel) {
    json::array panel;
    for (const auto& one : *r.panel)
      panel.push_back(json::object{{"name", one.name}, {"organisation", one.organisation}});
    out["panel"] = std::move(panel);
  }
  if (r.rubric) out["rubric"] = rubric_json(s);
  if (r.spread) out["spread"] = to_json(*r.spread, s);
  if (r.conflicts) out["conflicts"] = to_json(*r.conflicts, r.panel.has_value());
  out["awards"] = awards_json(r, s);
  out["follow-ups"] = became_json(r);
  return out;
}

}  // namespace polder::challenges
