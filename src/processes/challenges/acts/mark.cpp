// challenges.mark and challenges.begin-deliberation: a judge says what an entry is worth; from then on it is only
// changed where the others hear why, and what was said before stays.
#include "processes/challenges/judging.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

enum class Giving { draft, given };
BOOST_DESCRIBE_ENUM(Giving, draft, given)

struct OneMark {
  fields::Number<1, 12> criterion;
  std::optional<fields::Decimal<1, 100>> mark;
};
BOOST_DESCRIBE_STRUCT(OneMark, (), (criterion, mark))

struct Mark {
  static constexpr std::string_view name = "challenges.mark";
  Id challenge;
  Id entry;
  fields::Number<1, 2> round;
  fields::List<OneMark, 12> marks;
  std::optional<fields::Text<5'000>> to_solver;
  std::optional<fields::Text<5'000>> to_panel;
  std::optional<fields::Text<1'000>> reason;  ///< of a change
  Giving giving{};
};
BOOST_DESCRIBE_STRUCT(Mark, (), (challenge, entry, round, marks, to_solver, to_panel, reason, giving))

struct BeginDeliberation {
  static constexpr std::string_view name = "challenges.begin-deliberation";
  Id challenge;
  std::optional<fields::Text<1'000>> anyway;  ///< why, although marks are missing
};
BOOST_DESCRIBE_STRUCT(BeginDeliberation, (), (challenge, anyway))

namespace {

/// By criterion of the rubric; what a draft lacks is `no_mark`.
Result<std::vector<std::int64_t>> tenths(const Statement& s, const Mark& act) {
  Refusal faults{.why = Why::invalid, .message = {"fields.summary"}};
  std::vector<std::int64_t> out(s.rubric.items.size(), store::no_mark);
  std::set<std::int64_t> seen;
  std::size_t row = 0;
  for (const OneMark& one : act.marks.items) {
    const std::string path = "marks." + std::to_string(row++);
    const std::int64_t n = one.criterion.value;
    if (n > std::int64_t(out.size()) || !seen.insert(n).second)
      return refuse_field(path + ".criterion", {"challenges.no-such-criterion"});
    const std::int64_t max = s.rubric.items[std::size_t(n - 1)].max.value;
    if (one.mark && one.mark->units > 10 * max)
      faults.fields.push_back({path + ".mark", {"fields.out-of-range", {{"min", std::int64_t{0}}, {"max", max}}}});
    else if (one.mark)
      out[std::size_t(n - 1)] = one.mark->units;
    else if (act.giving == Giving::given)
      faults.fields.push_back({path + ".mark", {"fields.required"}});
  }
  if (!faults.fields.empty()) return std::unexpected(std::move(faults));
  if (act.giving == Giving::given && std::ranges::find(out, store::no_mark) != out.end())
    return refuse_field("marks", {"challenges.marks-missing"});
  return out;
}

Result<Effect> mark(House& house, Doing& doing, const Mark& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  const Onlooker who(house, doing.tx, doing.actor, c);
  TRY(const Entry e, entry_for(doing.tx, who, c.id, act.entry, Sight::blind));
  // Whoever sees it otherwise than as its reader does not mark it, and is told as little.
  if (!who.reads(e.id) || e.state != EntryState::admissible)
    return refuse(Why::not_found, {"challenges.no-such-entry"});
  const Id me = doing.actor.person;
  const bool deliberating = phase_at(c, doing.now) == Phase::deliberation;
  if (act.round.value > s.rounds.value) return refuse_field("round", {"challenges.no-such-round"});
  const auto before = store::marks(doing.tx, e.id, me, act.round.value);
  const bool was_given = before && before->state == MarkState::given;
  if (act.round.value == 2 && !was_given && !deliberating && current_round(doing.tx, c, s) < 2)
    return refuse_field("round", {"challenges.first-round-first"});
  TRY(auto marks, tenths(s, act));
  if (was_given) {
    if (!deliberating || act.round.value != s.rounds.value)
      return refuse(Why::conflict, {"challenges.marks-are-given"});
    if (act.giving == Giving::draft) return refuse_field("giving", {"challenges.marks-are-given"});
    if (!act.reason) return refuse_field("reason", {"challenges.say-why"});
    store::keep_old(doing.tx, doing.ids.next(), c.id,
                    {.entry = e.id,
                     .judge = me,
                     .round = act.round.value,
                     .marks = before->marks,
                     .reason = act.reason->value,
                     .at = doing.now});
  }
  store::put_marks(doing.tx, c.id,
                   {.entry = e.id,
                    .judge = me,
                    .round = act.round.value,
                    .state = act.giving == Giving::given ? MarkState::given : MarkState::draft,
                    .marks = std::move(marks),
                    .to_solver = act.to_solver ? act.to_solver->value : "",
                    .to_panel = act.to_panel ? act.to_panel->value : "",
                    .at = doing.now});
  renew(doing, c);
  return Effect{.visibility = record::Visibility::hidden,
                .made = e.id,
                .location = "challenges/" + c.slug +
                            (was_given ? "/deliberation/" + std::to_string(e.number) : std::string("/judging"))};
}

Result<Effect> deliberate(House& house, Doing& doing, const BeginDeliberation& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  const std::string missing = missing_words(doing.tx, c, s);
  // Both rounds, unless it is said why not; the second does not begin before the first is done.
  if (!act.anyway && (!missing.empty() || current_round(doing.tx, c, s) < s.rounds.value))
    return refuse(Why::conflict, {"challenges.marks-missing-of", {{"missing", missing}}});
  std::set<Id> marked;
  for (const Marks& m : store::given_marks(doing.tx, c.id, s.rounds.value)) marked.insert(m.entry);
  std::int64_t after = 0;
  for (auto page = store::entries(doing.tx, c.id, after, 500); !page.empty();
       page = store::entries(doing.tx, c.id, after, 500))
    for (const Entry& e : page) {
      after = e.number;
      if (e.state == EntryState::admissible && !marked.contains(e.id))
        return refuse(Why::conflict, {"challenges.nobody-marked", {{"entry", e.number}}});
    }
  store::set_phase(doing.tx, c.id, Phase::deliberation);
  follow(house, doing, "challenges.tell-deliberation", "challenge", c.id);
  renew(doing, c);
  return Effect{.visibility = record::Visibility::parties, .location = "challenges/" + c.slug + "/deliberation"};
}

}  // namespace

void add_mark(House& house) {
  house.acts.add(record::declare<Mark>(house, {"judging", "deliberation"}, of_challenge<Mark>, mark));
  house.acts.add(record::declare<BeginDeliberation>(house, {"judging"}, of_challenge<BeginDeliberation>, deliberate));
}

}  // namespace polder::challenges
