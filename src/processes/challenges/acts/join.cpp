// challenges.join and challenges.leave-team: whoever agrees to the terms and is eligible comes into the room, as a team
// of one at first.
#include "governance/platforms.h"
#include "people/affiliations.h"
#include "people/store.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

struct Join {
  static constexpr std::string_view name = "challenges.join";
  Id challenge;
  fields::Line<80> team;
  fields::Line<120> known_as;
  Entrant entrant{};
  std::optional<fields::Line<160>> organisation;
  fields::Line<2> country;
  bool of_age = false;
  bool none_excluded = false;
  bool agrees = false;
};
BOOST_DESCRIBE_STRUCT(Join, (),
                      (challenge, team, known_as, entrant, organisation, country, of_age, none_excluded, agrees))

struct LeaveTeam {
  static constexpr std::string_view name = "challenges.leave-team";
  Id challenge;
};
BOOST_DESCRIBE_STRUCT(LeaveTeam, (), (challenge))

std::vector<std::string> organisations_of(Doing& doing, std::string_view named) {
  std::vector<std::string> out{std::string(named)};
  const Id who = doing.actor.person;
  for (const auto& one : people::affiliations(doing.tx, {&who, 1}))
    if (const auto found = people::store::organisation(doing.tx, one.organisation)) out.push_back(found->name);
  return out;
}

/// A seeker who is unnamed until the award is not found out by trying names at this door: whoever screens is told
/// there.
bool is_staff(House& house, Doing& doing, const Statement& s, const std::vector<std::string>& theirs) {
  const auto platform = house.platforms.list()->by_id(doing.platform);
  // Whoever decides about entries is of the house, whatever organisation they name.
  for (const auto* act : {"challenges.publish", "challenges.screen", "challenges.mark", "challenges.award",
                          "challenges.decide-objection"})
    for (const Phase phase : {Phase::review, Phase::screening, Phase::judging, Phase::provisional})
      if (house.platforms.decide(*platform, doing.actor, act, fields::word_of(phase)).allowed) return true;
  for (const auto& name : theirs) {
    if (!s.seeker_unnamed && same_name(name, s.seeker.value)) return true;
    for (const auto& [language, operator_name] : platform->charter.operated_by.name.texts)
      if (same_name(name, operator_name)) return true;
  }
  return false;
}

namespace {

Result<Effect> join(House& house, Doing& doing, const Join& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  if (!doing.actor.is_person()) return refuse(Why::unauthorized, {"challenges.sign-in-to-join"});
  if (store::member(doing.tx, c.id, doing.actor.person)) return refuse(Why::conflict, {"challenges.in-a-team"});
  if (!act.agrees) return refuse_field("agrees", {"challenges.must-agree"});
  const std::string organisation = act.organisation ? act.organisation->value : "";
  auto theirs = organisations_of(doing, organisation);
  const bool staff = is_staff(house, doing, s, theirs);
  CHECK_DONE(check_eligible(s, {.entrant = act.entrant,
                                .country = act.country.value,
                                .of_age = act.of_age,
                                .staff = staff,
                                .organisations = std::move(theirs),
                                .none_excluded = act.none_excluded}));
  if (act.entrant != Entrant::person && organisation.empty())
    return refuse_field("organisation", {"challenges.name-the-organisation"});
  if (store::team_by_name(doing.tx, c.id, act.team.value)) return refuse_field("team", {"challenges.name-taken"});
  const Team team{.id = doing.ids.next(),
                  .challenge = c.id,
                  .name = act.team.value,
                  .organisation = organisation,
                  .entrant = act.entrant,
                  .country = act.country.value,
                  .made_at = doing.now};
  store::insert_team(doing.tx, team);
  store::insert_member(doing.tx, c.id,
                       {.team = team.id,
                        .person = doing.actor.person,
                        .name = act.known_as.value,
                        .leads = true,
                        .joined_at = doing.now,
                        .version_seen = c.version},
                       c.version);
  renew(doing, c);
  return Effect{
      .visibility = record::Visibility::hidden, .made = team.id, .location = "challenges/" + c.slug + "/team"};
}

Result<Effect> leave(House&, Doing& doing, const LeaveTeam& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const auto me = store::member(doing.tx, c.id, doing.actor.person);
  if (!me) return refuse(Why::not_found, {"challenges.not-in-a-team"});
  const auto team = store::team(doing.tx, me->team);
  if (team->members > 1) {
    store::delete_member(doing.tx, c.id, *me);
    if (me->leads) store::set_lead(doing.tx, c.id, store::members(doing.tx, team->id).front().person);
  } else {
    for (const Entry& e : store::entries_of_team(doing.tx, team->id))
      if (e.state != EntryState::draft && e.state != EntryState::withdrawn)
        return refuse(Why::conflict, {"challenges.withdraw-first"});
    store::delete_member(doing.tx, c.id, *me);
    store::delete_team(doing.tx, *team);
  }
  renew(doing, c);
  return Effect{.visibility = record::Visibility::hidden, .location = "challenges/" + c.slug};
}

}  // namespace

void add_join(House& house) {
  house.acts.add(record::declare<Join>(house, {"announced", "open"}, of_challenge<Join>, join));
  house.acts.add(record::declare<LeaveTeam>(house, {"announced", "open"}, of_challenge<LeaveTeam>, leave));
}

}  // namespace polder::challenges
