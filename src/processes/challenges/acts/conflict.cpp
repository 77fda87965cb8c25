// challenges.declare and challenges.report-conflict: whoever has an interest in an entry does not read it, from the
// moment that it is known.
#include "processes/challenges/judging.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

enum class Interest { none, conflict };
BOOST_DESCRIBE_ENUM(Interest, none, conflict)

struct AboutTeam {
  Id team;
  std::optional<Interest> interest;  ///< nothing: not said yet
  std::optional<fields::Line<300>> reason;
};
BOOST_DESCRIBE_STRUCT(AboutTeam, (), (team, interest, reason))

struct Declare {
  static constexpr std::string_view name = "challenges.declare";
  Id challenge;
  fields::List<AboutTeam, 500> teams;
};
BOOST_DESCRIBE_STRUCT(Declare, (), (challenge, teams))

/// About an entry that the reporter sees, or about a team that they may know of.
struct ReportConflict {
  static constexpr std::string_view name = "challenges.report-conflict";
  Id challenge;
  Id judge;
  std::optional<Id> entry;
  std::optional<Id> team;
  fields::Text<1'000> reason;
};
BOOST_DESCRIBE_STRUCT(ReportConflict, (), (challenge, judge, entry, team, reason))

namespace {

Result<Effect> declare(House&, Doing& doing, const Declare& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Id me = doing.actor.person;
  if (!doing.actor.is_person() || !store::judge(doing.tx, c.id, me))
    return refuse(Why::not_found, {"challenges.not-on-the-panel"});
  std::set<Id> barred;
  for (const Conflict& known : store::conflicts_of(doing.tx, c.id, me)) barred.insert(known.team);
  std::size_t row = 0;
  for (const AboutTeam& about : act.teams.items) {
    const std::string path = "teams." + std::to_string(row++);
    if (!store::has_entered(doing.tx, c.id, about.team))
      return refuse_field(path + ".team", {"challenges.no-such-team"});
    if (!about.interest) continue;
    const bool conflict = *about.interest == Interest::conflict;
    if (conflict && !about.reason) return refuse_field(path + ".reason", {"challenges.say-why"});
    if (!conflict && barred.contains(about.team))
      return refuse_field(path + ".interest", {"challenges.conflict-stays"});
    store::put_declaration(doing.tx, c.id, me, {about.team, conflict}, doing.now);
    if (conflict)
      bar(doing, c,
          {.challenge = c.id,
           .judge = me,
           .team = about.team,
           .from = ConflictFrom::declared,
           .reason = about.reason->value,
           .at = doing.now});
  }
  store::set_declared(doing.tx, c.id, me, store::undeclared(doing.tx, c.id, me) == 0);
  return Effect{.visibility = record::Visibility::parties, .location = "challenges/" + c.slug + "/judging"};
}

/// The team that is meant, if the reporter may know of it. Who may not learns nothing: not even that there is none.
Result<Id> team_meant(House& house, Doing& doing, const Challenge& c, const ReportConflict& act) {
  const Onlooker who(house, doing.tx, doing.actor, c);
  if (act.entry) {
    TRY(const Entry e, entry_for(doing.tx, who, c.id, *act.entry, Sight::exists));
    return e.team;
  }
  const auto nothing = refuse_field("team", {"challenges.no-such-team"});
  if (!act.team) return nothing;
  const auto t = store::team(doing.tx, *act.team);
  if (!t || t->challenge != c.id) return nothing;
  const auto& facts = house.platforms.list()->by_id(c.platform)->charter.list("challenges", "facts_while_open");
  const bool open = std::ranges::find(facts, "teams") != facts.end();
  if (open || who.team() == t->id || who.on_panel() || who.screens()) return t->id;
  return nothing;
}

Result<Effect> report(House& house, Doing& doing, const ReportConflict& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  TRY(const Id team, team_meant(house, doing, c, act));
  // Once places are known a solver objects, and somebody decides: a low mark is not struck out by who got it.
  const auto me = store::member(doing.tx, c.id, doing.actor.person);
  if (me && phase_at(c, doing.now) == Phase::provisional) return refuse(Why::conflict, {"challenges.object-instead"});
  if (!store::judge(doing.tx, c.id, act.judge)) return refuse_field("judge", {"challenges.no-such-judge"});
  bar(doing, c,
      {.challenge = c.id,
       .judge = act.judge,
       .team = team,
       .from = doing.actor.person == act.judge ? ConflictFrom::declared : ConflictFrom::reported,
       .reason = act.reason.value,
       .at = doing.now});
  const bool own_packet = doing.actor.person == act.judge;
  return Effect{.visibility = record::Visibility::hidden,
                .location = "challenges/" + c.slug + (own_packet ? "/judging" : "")};
}

}  // namespace

void add_conflict(House& house) {
  // A conflict that comes to light after the ranking was made still voids the marks: the result is then made again.
  const std::vector<std::string> phases{"screening", "judging", "deliberation", "provisional"};
  house.acts.add(record::declare<Declare>(house, phases, of_challenge<Declare>, declare));
  house.acts.add(record::declare<ReportConflict>(house, phases, of_challenge<ReportConflict>, report));
}

}  // namespace polder::challenges
