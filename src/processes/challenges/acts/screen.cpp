// challenges.screen: whether an entry may be judged, each hard criterion with its evidence, and what judges must not
// read. By somebody who does not judge, and never of their own team.
#include "processes/challenges/judging.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

enum class Finding { met, not_met };
BOOST_DESCRIBE_ENUM(Finding, met, not_met)

enum class Admission { admissible, inadmissible };
BOOST_DESCRIBE_ENUM(Admission, admissible, inadmissible)

struct CriterionCheck {
  fields::Number<1, 20> criterion;
  std::optional<Finding> finding;
  std::optional<fields::Line<500>> evidence;
};
BOOST_DESCRIBE_STRUCT(CriterionCheck, (), (criterion, finding, evidence))

struct MaskedWords {
  fields::Line<200> words;
  std::optional<fields::Line<300>> note;
};
BOOST_DESCRIBE_STRUCT(MaskedWords, (), (words, note))

struct Screen {
  static constexpr std::string_view name = "challenges.screen";
  Id challenge;
  Id entry;
  fields::List<CriterionCheck, 20> checks;
  fields::List<MaskedWords, 50> masks;
  fields::List<Id, 20> files;  ///< that judges may have
  Admission outcome{};
  std::optional<fields::Text<2'000>> reason;
};
BOOST_DESCRIBE_STRUCT(Screen, (), (challenge, entry, checks, masks, files, outcome, reason))

namespace {

/// Every hard criterion once, with what shows it; where the entry goes no further, as far as somebody looked.
Result<std::vector<store::Check>> checks_of(const Statement& s, const Screen& act) {
  std::vector<store::Check> out;
  std::set<std::int64_t> seen;
  std::size_t row = 0;
  for (const CriterionCheck& check : act.checks.items) {
    const std::string path = "checks." + std::to_string(row++);
    const std::int64_t n = check.criterion.value;
    if (n > std::int64_t(s.criteria.items.size()) || !seen.insert(n).second)
      return refuse_field(path + ".criterion", {"challenges.no-such-criterion"});
    if (!check.finding) {
      if (act.outcome == Admission::admissible) return refuse_field(path + ".finding", {"challenges.not-looked-at"});
      continue;
    }
    if (!check.evidence) return refuse_field(path + ".evidence", {"challenges.evidence-missing"});
    out.push_back({n, *check.finding == Finding::met, check.evidence->value});
  }
  if (act.outcome == Admission::admissible && out.size() < s.criteria.items.size())
    return refuse_field("checks", {"challenges.not-looked-at"});
  return out;
}

Result<std::vector<store::Mask>> masks_of(const Statement& s, const Entry& e, const Screen& act) {
  std::vector<store::Mask> out;
  const auto shown = blind(s, e.answers, {});
  std::size_t row = 0;
  for (const MaskedWords& mask : act.masks.items) {
    if (blind(s, e.answers, {mask.words.value}) == shown)
      return refuse_field("masks." + std::to_string(row) + ".words", {"challenges.mask-finds-nothing"});
    out.push_back({mask.words.value, mask.note ? mask.note->value : ""});
    ++row;
  }
  return out;
}

Result<Effect> screen(House& house, Doing& doing, const Screen& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  const Onlooker who(house, doing.tx, doing.actor, c);
  if (who.on_panel()) return refuse(Why::forbidden, {"challenges.judges-do-not-screen"});
  TRY(const Entry e, entry_for(doing.tx, who, c.id, act.entry, Sight::all));
  if (who.team() == e.team) return refuse(Why::forbidden, {"challenges.own-entry"});
  if (e.state == EntryState::disqualified) return refuse(Why::conflict, {"challenges.is-disqualified"});
  TRY(const auto checks, checks_of(s, act));
  TRY(const auto masks, masks_of(s, e, act));
  const auto files = store::files(doing.tx, e.id);
  for (const Id id : act.files.items) {
    const auto file = std::ranges::find(files, id, &FileRow::id);
    if (file == files.end() || !file->sealed) return refuse_field("files", {"challenges.no-such-file"});
  }
  if (act.outcome == Admission::inadmissible && !act.reason) return refuse_field("reason", {"challenges.say-why"});
  store::put_screening(doing.tx, e.id, checks, masks, act.files.items);
  store::set_state(doing.tx, e,
                   act.outcome == Admission::admissible ? EntryState::admissible : EntryState::inadmissible,
                   act.reason ? act.reason->value : "");
  renew(doing, c);
  return Effect{
      .visibility = record::Visibility::hidden, .made = e.id, .location = "challenges/" + c.slug + "/screening"};
}

}  // namespace

void add_screen(House& house) {
  // While entries are judged too: what a judge comes across is masked at once.
  house.acts.add(record::declare<Screen>(house, {"screening", "judging"}, of_challenge<Screen>, screen));
}

}  // namespace polder::challenges
