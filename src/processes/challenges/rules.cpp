#include "processes/challenges/rules.h"

#include <algorithm>
#include <set>

#include "kernel/base/encode.h"
#include "kernel/crypto/crypto.h"
#include "kernel/i18n/country.h"
#include "kernel/i18n/money.h"
#include "kernel/text/text.h"

namespace polder::challenges {
namespace {

Time moment(const fields::WallTime& w, const i18n::Zone& zone) { return zone.moment({w.date, w.hour, w.minute}); }

/// Faults, each beside its field.
class Faults {
 public:
  explicit Faults(std::string_view prefix) : prefix_(prefix) {}
  void add(std::string field, Message message) {
    refusal_.fields.push_back({prefix_ + std::move(field), std::move(message)});
  }
  Done done() && {
    if (refusal_.fields.empty()) return {};
    return std::unexpected(std::move(refusal_));
  }

 private:
  std::string prefix_;
  Refusal refusal_{.why = Why::invalid, .message = {"fields.summary"}};
};

void check_purse(const Statement& s, Faults& faults) {
  const auto digits = i18n::minor_digits(s.currency.value);
  if (!digits) faults.add("currency", {"challenges.no-such-currency"});
  bool smaller = false, after_partial = false;
  std::set<std::string> names;  // money is counted by them
  std::int64_t last = -1, i = 0;
  for (const Prize& prize : s.prizes.items) {
    const std::string path = "prizes." + std::to_string(i++);
    if (!names.insert(prize.name.value).second) faults.add(path + ".name", {"challenges.prize-named-twice"});
    if (prize.amount.units == 0) faults.add(path + ".amount", {"challenges.prize-of-nothing"});
    if (digits && *digits < 2 && prize.amount.units % 100 != 0)
      faults.add(path + ".amount", {"challenges.no-cents-here"});
    if (digits && *digits > 2) faults.add("currency", {"challenges.no-such-currency"});
    if (prize.given_for != PrizeFor::place) continue;
    smaller = last >= 0 && prize.amount.units > last;
    if (smaller && !after_partial) faults.add(path + ".amount", {"challenges.lower-place-larger-prize"});
    after_partial = after_partial || smaller;
    last = prize.amount.units;
  }
  if (last < 0) faults.add("prizes", {"challenges.no-prize"});
}

void check_ties(const Statement& s, Faults& faults) {
  std::int64_t i = 0;
  bool shared = false;
  for (const TieRule& tie : s.ties.items) {
    const std::string path = "ties." + std::to_string(i++);
    if (shared) faults.add(path + ".by", {"challenges.nothing-after-share"});
    shared = shared || tie.by == Tie::share;
    const bool names = tie.criterion.has_value();
    if (names != (tie.by == Tie::criterion)) faults.add(path + ".criterion", {"challenges.tie-criterion"});
    if (names && tie.criterion->value > std::int64_t(s.rubric.items.size()))
      faults.add(path + ".criterion", {"challenges.no-such-criterion"});
  }
}

void check_times(const Statement& s, const Timeline& when, Faults& faults) {
  if (when.closes <= when.opens) faults.add("closes", {"challenges.closes-before-it-opens"});
  if (when.questions_until && (*when.questions_until < when.opens || *when.questions_until > when.closes))
    faults.add("questions-until", {"challenges.not-while-open"});
  if (when.merge_until && (*when.merge_until < when.opens || *when.merge_until > when.closes))
    faults.add("merge-until", {"challenges.not-while-open"});
  if (s.judged_by && *s.judged_by < s.closes.date) faults.add("judged-by", {"challenges.judged-before-it-closes"});
}

bool same(const auto& a, const auto& b) {
  using T = std::remove_cvref_t<decltype(a)>;
  return fields::Trait<T>::write(a) == fields::Trait<T>::write(b);
}

}  // namespace

Phase phase_at(const Challenge& c, Time now) {
  if ((c.phase == Phase::announced || c.phase == Phase::open) && now >= c.closes_at) return Phase::screening;
  if (c.phase == Phase::announced && now >= c.opens_at) return Phase::open;
  if (c.phase == Phase::open && now < c.opens_at) return Phase::announced;
  return c.phase;
}

Timeline timeline(const Statement& s, const i18n::Zone& zone) {
  const auto maybe = [&](const std::optional<fields::WallTime>& w) {
    return w ? std::optional(moment(*w, zone)) : std::nullopt;
  };
  return {moment(s.opens, zone), moment(s.closes, zone), maybe(s.questions_until), maybe(s.merge_until)};
}

Done check_statement(const Statement& s, const i18n::Zone& zone, std::string_view prefix) {
  Faults faults(prefix);
  check_purse(s, faults);
  check_ties(s, faults);
  check_times(s, timeline(s, zone), faults);
  if (s.mode == Mode::ranked && s.rubric.items.empty()) faults.add("rubric", {"challenges.no-rubric"});
  if (s.mode == Mode::first_to_meet && s.criteria.items.empty()) faults.add("criteria", {"challenges.no-criteria"});
  if (s.entry.items.empty() && s.files.value == 0) faults.add("entry", {"challenges.nothing-to-enter"});
  if (s.countries && !countries(s.countries->value)) faults.add("countries", {"challenges.no-such-country"});
  return std::move(faults).done();
}

Done check_publishable(const Statement& s, Time now, std::int64_t minimum_days, const i18n::Zone& zone) {
  Faults faults("statement.");
  const Timeline when = timeline(s, zone);
  const Time begins = std::max(when.opens, now);
  if (when.closes - begins < minimum_days * day_ms) {
    const Time earliest = begins + minimum_days * day_ms;
    faults.add("closes", {"challenges.too-short", {{"days", minimum_days}, {"date", Moment{earliest.ms}}}});
  }
  return std::move(faults).done();
}

Done check_amendment(const Statement& before, const Statement& after, Phase phase, const i18n::Zone& zone) {
  Faults faults("statement.");
  if (after.currency.value != before.currency.value) faults.add("currency", {"challenges.currency-stays"});
  const auto& was_given = before.prizes.items;
  const auto& is_given = after.prizes.items;
  if (is_given.size() < was_given.size()) faults.add("prizes", {"challenges.purse-shrinks"});
  // What was given already is counted by the prize's name, and acts say which prize by its number.
  for (std::size_t i = 0; i < std::min(was_given.size(), is_given.size()); ++i) {
    const std::string path = "prizes." + std::to_string(i);
    if (is_given[i].name.value != was_given[i].name.value)
      faults.add(path + ".name", {"challenges.stays-once-published"});
    if (is_given[i].given_for != was_given[i].given_for)
      faults.add(path + ".given-for", {"challenges.stays-once-published"});
    if (is_given[i].amount.units < was_given[i].amount.units)
      faults.add(path + ".amount", {"challenges.purse-shrinks"});
  }
  const Timeline was = timeline(before, zone), is = timeline(after, zone);
  if (is.closes < was.closes) faults.add("closes", {"challenges.not-earlier"});
  // Where no end was said, it was that of the entries.
  if (is.questions_until.value_or(is.closes) < was.questions_until.value_or(was.closes))
    faults.add("questions-until", {"challenges.not-earlier"});
  if (is.merge_until.value_or(is.closes) < was.merge_until.value_or(was.closes))
    faults.add("merge-until", {"challenges.not-earlier"});
  if (after.team_size.value < before.team_size.value) faults.add("team-size", {"challenges.stays-once-published"});
  // Whoever joined agreed to these words, and not to others.
  if (!same(before.agreement, after.agreement)) faults.add("agreement", {"challenges.stays-once-published"});
  if (!same(before.exclusions, after.exclusions)) faults.add("exclusions", {"challenges.stays-once-published"});
  if (phase != Phase::announced) {
    // Who works on an entry relies on what it is and how it will be judged.
    const auto stays = [&](std::string field, bool unchanged) {
      if (!unchanged) faults.add(std::move(field), {"challenges.stays-while-open"});
    };
    stays("opens", same(before.opens, after.opens));
    stays("kind", before.kind == after.kind);
    stays("mode", before.mode == after.mode);
    stays("criteria", same(before.criteria, after.criteria));
    stays("rubric", same(before.rubric, after.rubric));
    stays("entry", same(before.entry, after.entry));
    stays("entrants", same(before.entrants, after.entrants));
    stays("countries", same(before.countries, after.countries));
    stays("minimum-age", same(before.minimum_age, after.minimum_age));
    stays("rights", before.rights == after.rights && same(before.rights_words, after.rights_words));
    stays("normalisation", before.normalisation == after.normalisation);
    stays("ties", same(before.ties, after.ties));
    stays("rounds", before.rounds.value == after.rounds.value);
    stays("staff-barred", before.staff_barred || !after.staff_barred);
    if (after.readers.value < before.readers.value) stays("readers", false);
    if (after.objection_days.value < before.objection_days.value) stays("objection-days", false);
    if (after.file_megabytes.value < before.file_megabytes.value) stays("file-megabytes", false);
    if (after.files.value < before.files.value) stays("files", false);
    if (after.entries_a_team.value < before.entries_a_team.value) stays("entries-a-team", false);
  }
  if (changes(before, after).empty()) faults.add("title", {"challenges.nothing-changed"});
  return std::move(faults).done();
}

std::vector<std::string> changes(const Statement& before, const Statement& after) {
  std::vector<std::string> out;
  boost::mp11::mp_for_each<boost::describe::describe_members<Statement, boost::describe::mod_public>>([&](auto m) {
    if (!same(before.*m.pointer, after.*m.pointer)) out.push_back(fields::word(m.name));
  });
  return out;
}

std::optional<std::int64_t> minor(const Statement& s, Amount amount) {
  if (i18n::minor_digits(s.currency.value).value_or(2) != 0) return amount.units;
  if (amount.units % 100 != 0) return std::nullopt;
  return amount.units / 100;
}

std::vector<std::int64_t> amounts(const Statement& s, PrizeFor given_for) {
  std::vector<std::int64_t> out;
  for (const Prize& prize : s.prizes.items)
    if (prize.given_for == given_for) out.push_back(minor(s, prize.amount).value_or(0));  // check_purse
  return out;
}

std::int64_t purse(const Statement& s) {
  std::int64_t sum = 0;
  for (const PrizeFor what : {PrizeFor::place, PrizeFor::partial, PrizeFor::stage})
    for (const std::int64_t amount : amounts(s, what)) sum += amount;
  return sum;
}

std::optional<std::vector<std::string>> countries(std::string_view text) {
  std::vector<std::string> out;
  std::string code;
  const auto take = [&] {
    if (code.empty()) return true;
    const bool known = i18n::is_country(code);
    if (std::ranges::find(out, code) == out.end()) out.push_back(code);
    code.clear();
    return known;
  };
  for (const char c : text) {
    if (c == ' ' || c == ',' || c == ';') {
      if (!take()) return std::nullopt;
    } else {
      code += c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    }
  }
  if (!take()) return std::nullopt;
  return out;
}

bool same_name(std::string_view a, std::string_view b) { return !a.empty() && text::slug(a, 80) == text::slug(b, 80); }

std::string words_of(const Exclusion& exclusion) {
  return exclusion.words.value + (exclusion.organisation ? " (" + exclusion.organisation->value + ")" : "");
}

Done check_eligible(const Statement& s, const Entering& who) {
  Faults faults("");
  if (!s.entrants.items.empty() && std::ranges::find(s.entrants.items, who.entrant) == s.entrants.items.end())
    faults.add("entrant", {"challenges.entrant-not-here"});
  if (!i18n::is_country(who.country))
    faults.add("country", {"challenges.no-such-country"});
  else if (s.countries) {
    const auto allowed = countries(s.countries->value).value_or(std::vector<std::string>{});
    if (std::ranges::find(allowed, who.country) == allowed.end())
      faults.add("country", {"challenges.country-not-here"});
  }
  if (s.minimum_age && s.minimum_age->value > 0 && !who.of_age)
    faults.add("of-age", {"challenges.too-young", {{"age", s.minimum_age->value}}});
  if (s.staff_barred && who.staff) faults.add("organisation", {"challenges.staff-barred"});
  for (const Exclusion& one : s.exclusions.items)
    if (one.organisation && std::ranges::any_of(who.organisations, [&](const std::string& theirs) {
          return same_name(theirs, one.organisation->value);
        }))
      faults.add("organisation", {"challenges.is-excluded", {{"words", one.words.value}}});
  if (!s.exclusions.items.empty() && !who.none_excluded) faults.add("none-excluded", {"challenges.say-none-excluded"});
  return std::move(faults).done();
}

Sight sight(Phase now, const Entry& e, const Eyes& eyes) {
  if (eyes.team) return Sight::all;
  // Sealed means sealed: until entries close nobody but the team knows even that there is one. What was cancelled is
  // nobody's to judge, so nobody reads it any more, or ever.
  if (e.state == EntryState::draft || e.state == EntryState::withdrawn) return Sight::nothing;
  if (now < Phase::screening || now == Phase::cancelled) return Sight::nothing;
  if (eyes.conflict) return eyes.panel ? Sight::names : Sight::nothing;
  if (eyes.screens || (eyes.decides && now >= Phase::provisional)) return Sight::all;
  if (eyes.reads && e.state != EntryState::inadmissible) return Sight::blind;
  if (eyes.seeks && now >= Phase::provisional) return now >= Phase::awarded ? Sight::all : Sight::content;
  if (eyes.panel) return Sight::names;
  if (eyes.assigns) return Sight::exists;
  return Sight::nothing;
}

std::vector<std::string> blind(const Statement& s, const std::vector<std::string>& answers,
                               const std::vector<std::string>& masks) {
  static constexpr std::string_view bar = "█████";
  std::vector<std::string> out;
  for (std::size_t i = 0; i < s.entry.items.size(); ++i) {
    if (!s.entry.items[i].judges_see || i >= answers.size()) {
      out.emplace_back();
      continue;
    }
    std::string words = answers[i];
    for (const std::string& mask : masks) words = text::blot(words, mask, bar);
    out.push_back(std::move(words));
  }
  return out;
}

std::uint64_t file_limit(const Statement& s) { return std::uint64_t(s.file_megabytes.value) << 20; }

std::string digest(std::string_view title, const std::vector<std::string>& answers, std::vector<FileDigest> files) {
  crypto::Sha256 sum;
  const auto add = [&](std::string_view piece) { sum.add(std::to_string(piece.size()) + ':').add(piece); };
  add(title);
  add(std::to_string(answers.size()));
  for (const auto& answer : answers) add(answer);
  std::ranges::sort(files, {}, [](const FileDigest& f) { return std::pair(f.name, f.sha256); });
  for (const auto& file : files) {
    add(file.name);
    add(file.sha256);
  }
  const auto hash = sum.end();
  return hex(crypto::view(hash));
}

std::optional<Time> follow_up_at(const Challenge& c, const Statement& s) {
  if (!c.awarded_at) return std::nullopt;
  const Date given = date_of(*c.awarded_at);
  const int month = given.month - 1 + int(s.follow_up_months.value);
  // The first of the month after where that day is not: a day later is soon enough.
  const Time first = start_of(Date{given.year + month / 12, month % 12 + 1, 1});
  return first + (given.day - 1) * day_ms + (c.awarded_at->ms - start_of(given).ms);
}

std::string slug_from(std::string_view title) {
  const std::string slug = text::slug(title, 60);
  return slug.size() < 2 || slug == "new" || slug == "mine" || slug == "interests" ? "challenge" : slug;
}

}  // namespace polder::challenges
