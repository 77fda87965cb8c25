#include "methods/ranking/builder.h"

#include <map>
#include <span>
#include <utility>

#include "methods/ranking/number.h"
#include "methods/ranking/rule.h"

namespace polder::ranking {
namespace {

constexpr std::uint32_t absent = ~0U;

Message expected(Kind kind, std::string where) {
  switch (kind) {
    case Kind::object:
      return {"ranking.expected-object", {{"where", std::move(where)}}};
    case Kind::list:
      return {"ranking.expected-list", {{"where", std::move(where)}}};
    case Kind::number:
      return {"ranking.expected-number", {{"where", std::move(where)}}};
    case Kind::time:
      return {"ranking.expected-time", {{"where", std::move(where)}}};
    default:
      return {"ranking.expected-text", {{"where", std::move(where)}}};
  }
}

}  // namespace

constexpr std::array<Builder::Field, 18> Builder::fields_{{
    {In::file, "criteria", Key::criteria, {Kind::list, In::criteria}},
    {In::file, "normalisation", Key::normalisation, {Kind::text}},
    {In::file, "ties", Key::ties, {Kind::list, In::ties}},
    {In::file, "purse", Key::purse, {Kind::object, In::purse}, false},
    {In::file, "entries", Key::entries, {Kind::list, In::entries}},
    {In::file, "marks", Key::marks, {Kind::list, In::marks}},
    {In::file, "out", Key::out, {Kind::list, In::out}, false},
    {In::criterion, "id", Key::id, {Kind::text}},
    {In::criterion, "weight", Key::weight, {Kind::number}},
    {In::criterion, "max", Key::max, {Kind::number}},
    {In::purse, "currency", Key::currency, {Kind::text}},
    {In::purse, "amounts", Key::amounts, {Kind::list, In::amounts}},
    {In::entry, "id", Key::id, {Kind::text}},
    {In::entry, "submitted", Key::submitted, {Kind::time}, false},
    {In::mark, "entry", Key::entry, {Kind::text}},
    {In::mark, "judge", Key::judge, {Kind::text}},
    {In::mark, "criterion", Key::criterion, {Kind::text}},
    {In::mark, "mark", Key::mark, {Kind::number}},
}};

Builder::Belongs Builder::belongs() const {
  switch (in_) {
    case In::nothing:
      return {Kind::object, In::file};
    case In::criteria:
      return {Kind::object, In::criterion};
    case In::entries:
      return {Kind::object, In::entry};
    case In::marks:
      return {Kind::object, In::mark};
    case In::ties:
    case In::out:
      return {Kind::text};
    case In::amounts:
      return {Kind::number};
    default:
      return field_->value;
  }
}

Done Builder::begin(Kind kind) {
  if (passed_over()) return ++skipped_, Done{};
  const Belongs here = belongs();
  if (here.kind != kind) return wrong();
  parents_.push_back(in_);
  in_ = here.opens;
  seen_fields_[std::size_t(in_)] = 0;
  next_field_ = 0;
  return opened();
}

Done Builder::opened() {
  switch (in_) {
    case In::criterion:
      file_.rule.criteria.emplace_back();
      return at_most(Limits::criteria, file_.rule.criteria.size(), "criteria");
    case In::purse:
      file_.rule.purse.emplace();
      return {};
    case In::entry:
      file_.entries.emplace_back();
      return at_most(Limits::entries, file_.entries.size(), "entries");
    case In::mark:
      file_.marks.emplace_back();
      return at_most(Limits::marks, file_.marks.size(), "marks");
    default:
      return {};
  }
}

Done Builder::end() {
  if (skipped_ > 0) return --skipped_, Done{};
  for (std::size_t i = 0; i < fields_.size(); ++i)
    if (fields_[i].in == in_ && fields_[i].needed && (seen_fields_[std::size_t(in_)] >> i & 1U) == 0)
      return refuse(Why::invalid, {"ranking.missing", {{"where", path_of(fields_[i].name)}}});
  in_ = parents_.back();
  parents_.pop_back();
  return {};
}

Done Builder::key(std::string_view name) {
  if (skipped_ > 0) return {};
  const auto is = [&](std::size_t i) { return fields_[i].in == in_ && fields_[i].name == name; };
  std::size_t found = next_field_;
  if (found >= fields_.size() || !is(found))
    for (found = 0; found < fields_.size() && !is(found);) ++found;
  if (found == fields_.size()) {
    field_ = nullptr;
    if (in_ == In::entry || in_ == In::mark) return {};
    return refuse(Why::invalid, {"ranking.unknown-field", {{"where", path_of(is_id(name) ? name : "?")}}});
  }
  field_ = &fields_[found];
  next_field_ = found + 1;
  std::uint32_t& seen = seen_fields_[std::size_t(in_)];
  if ((seen >> found & 1U) != 0) return refuse(Why::invalid, {"ranking.twice", {{"where", where()}}});
  seen |= 1U << found;
  return {};
}

Done Builder::text(std::string_view words) {
  if (passed_over()) return {};
  if (const Kind kind = belongs().kind; kind != Kind::text && kind != Kind::time) return wrong();
  if (in_ == In::ties) {
    file_.rule.ties.emplace_back(words);
    return at_most(Limits::ties, file_.rule.ties.size(), "ties");
  }
  if (in_ == In::out) {
    out_.emplace_back(words);
    return at_most(Limits::entries, out_.size(), "out");
  }
  switch (field_->key) {
    case Key::normalisation: {
      const auto known = parse_normalisation(words);
      if (!known) return refuse(Why::invalid, {"ranking.normalisation", {{"where", where()}}});
      file_.rule.normalisation = *known;
      break;
    }
    case Key::currency:
      file_.rule.purse->currency = words;
      break;
    case Key::id:
      (in_ == In::entry ? file_.entries.back().id : file_.rule.criteria.back().id) = words;
      break;
    case Key::submitted:
      return submitted(words);
    case Key::entry:
      file_.marks.back().entry = entries_.number(words);
      break;
    case Key::judge:
      if (!is_id(words))
        return refuse(Why::invalid, {"ranking.id", {{"where", where()}, {"limit", std::int64_t(Limits::id)}}});
      file_.marks.back().judge = judges_.number(words);
      break;
    default:
      file_.marks.back().criterion = criteria_.number(words);
  }
  return {};
}

Done Builder::number(std::string_view digits) {
  if (passed_over()) return {};
  const Kind kind = belongs().kind;
  if (in_ == In::amounts) {
    TRY(const std::int64_t amount, whole(digits));
    file_.rule.purse->amounts.push_back(amount);
    return at_most(Limits::entries, file_.rule.purse->amounts.size(), "purse.amounts");
  }
  if (kind == Kind::time) {
    TRY(const std::int64_t ms, whole(digits));
    if (ms < start_of(Date{1, 1, 1}).ms || ms >= start_of(Date{9999, 12, 31}).ms + day_ms)
      return refuse(Why::invalid, expected(Kind::time, where()));
    file_.entries.back().submitted = Time{ms};
    return {};
  }
  if (kind != Kind::number) return wrong();
  const auto millionths = scaled(digits, 6);
  if (!millionths && millionths.error() == NumberFault::too_fine)
    return refuse(Why::invalid, {"ranking.too-fine", {{"where", where()}}});
  if (!millionths) return refuse(Why::invalid, {"ranking.too-much", {{"where", where()}, {"limit", Limits::mark}}});
  if (field_->key == Key::mark)
    file_.marks.back().mark = {*millionths};
  else
    (field_->key == Key::weight ? file_.rule.criteria.back().weight : file_.rule.criteria.back().max) = {*millionths};
  return {};
}

Done Builder::wrong() const {
  if (passed_over()) return {};
  return refuse(Why::invalid, expected(belongs().kind, where()));
}

Result<File> Builder::finish() {
  const auto places = [](const auto& things, const Names& names) {
    std::vector<std::uint32_t> place(names.size(), absent);
    for (std::uint32_t i = 0; i < things.size(); ++i)
      if (const auto number = names.find(things[i].id)) place[*number] = i;
    return place;
  };
  const auto entries = places(file_.entries, entries_), criteria = places(file_.rule.criteria, criteria_);
  for (std::size_t i = 0; i < file_.marks.size(); ++i) {
    Mark& mark = file_.marks[i];
    mark.entry = entries[mark.entry];
    mark.criterion = criteria[mark.criterion];
    if (mark.entry != absent && mark.criterion != absent) continue;
    // An id that is malformed or there twice is the better answer: it may be why this one is not found.
    CHECK_DONE(check(file_.rule));
    CHECK_DONE(by_id(file_.entries));
    if (mark.entry == absent)
      return refuse(Why::invalid, {"ranking.unknown-entry", {{"where", at("marks", i, ".entry")}}});
    return refuse(Why::invalid, {"ranking.unknown-criterion", {{"where", at("marks", i, ".criterion")}}});
  }
  std::map<std::string_view, Entry*> by_name;
  for (Entry& entry : std::span(file_.entries).first(out_.empty() ? 0 : file_.entries.size()))
    by_name.emplace(entry.id, &entry);
  for (std::size_t i = 0; i < out_.size(); ++i) {
    const auto found = by_name.find(out_[i]);
    if (found == by_name.end()) return refuse(Why::invalid, {"ranking.unknown-entry", {{"where", at("out", i)}}});
    found->second->out = true;
  }
  return std::move(file_);
}

Done Builder::submitted(std::string_view words) {
  const auto time = parse_time(words);
  if (!time) return refuse(Why::invalid, expected(Kind::time, where()));
  // A moment has milliseconds in this house; who was earlier must not hang on what was cut off.
  if (const auto point = words.find('.'); point != words.npos) {
    const auto digits = words.substr(point + 1, words.find_first_not_of("0123456789", point + 1) - point - 1);
    if (digits.size() > 3 && digits.find_first_not_of('0', 3) != digits.npos)
      return refuse(Why::invalid, {"ranking.too-fine-time", {{"where", where()}}});
  }
  file_.entries.back().submitted = *time;
  return {};
}

Result<std::int64_t> Builder::whole(std::string_view digits) const {
  const auto value = scaled(digits, 0);
  if (value) return *value;
  if (value.error() == NumberFault::too_fine) return refuse(Why::invalid, {"ranking.not-whole", {{"where", where()}}});
  return refuse(Why::invalid, {"ranking.too-much", {{"where", where()}, {"limit", Limits::purse}}});
}

std::string Builder::path_of(std::string_view name) const {
  const std::string field = name.empty() ? "" : "." + std::string(name);
  switch (in_) {
    case In::nothing:
      return "file";
    case In::file:
      return std::string(name);
    case In::purse:
      return "purse" + field;
    case In::criteria:
      return at("criteria", file_.rule.criteria.size());
    case In::criterion:
      return at("criteria", file_.rule.criteria.size() - 1, field);
    case In::ties:
      return at("ties", file_.rule.ties.size());
    case In::amounts:
      return at("purse.amounts", file_.rule.purse->amounts.size());
    case In::entries:
      return at("entries", file_.entries.size());
    case In::entry:
      return at("entries", file_.entries.size() - 1, field);
    case In::marks:
      return at("marks", file_.marks.size());
    case In::mark:
      return at("marks", file_.marks.size() - 1, field);
    case In::out:
      return at("out", out_.size());
  }
  return {};
}

}  // namespace polder::ranking
