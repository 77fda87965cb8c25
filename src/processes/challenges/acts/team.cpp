// challenges.invite, .withdraw-, .accept-, .decline-invitation, .ask-merge, .accept-merge: teams grow with the consent
// of both sides, until the day that the statement says.
#include "governance/platforms.h"
#include "people/letters.h"
#include "people/person.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

struct Invite {
  static constexpr std::string_view name = "challenges.invite";
  Id challenge;
  fields::Email email;
};
BOOST_DESCRIBE_STRUCT(Invite, (), (challenge, email))

struct AcceptInvitation {
  static constexpr std::string_view name = "challenges.accept-invitation";
  Id challenge;
  Id team;
  fields::Line<120> known_as;
  bool of_age = false;
  bool none_excluded = false;
  bool agrees = false;
};
BOOST_DESCRIBE_STRUCT(AcceptInvitation, (), (challenge, team, known_as, of_age, none_excluded, agrees))

struct WithdrawInvitation {
  static constexpr std::string_view name = "challenges.withdraw-invitation";
  Id challenge;
  fields::Email email;
};
BOOST_DESCRIBE_STRUCT(WithdrawInvitation, (), (challenge, email))

struct DeclineInvitation {
  static constexpr std::string_view name = "challenges.decline-invitation";
  Id challenge;
  Id team;
};
BOOST_DESCRIBE_STRUCT(DeclineInvitation, (), (challenge, team))

struct AskMerge {
  static constexpr std::string_view name = "challenges.ask-merge";
  Id challenge;
  fields::Line<80> team;
};
BOOST_DESCRIBE_STRUCT(AskMerge, (), (challenge, team))

struct AcceptMerge {
  static constexpr std::string_view name = "challenges.accept-merge";
  Id challenge;
  Id team;
};
BOOST_DESCRIBE_STRUCT(AcceptMerge, (), (challenge, team))

namespace {

/// The team this person leads, or why not.
Result<Team> led(Doing& doing, const Challenge& c) {
  const auto me = store::member(doing.tx, c.id, doing.actor.person);
  if (!me) return refuse(Why::not_found, {"challenges.not-in-a-team"});
  if (!me->leads) return refuse(Why::forbidden, {"challenges.only-the-lead"});
  return *store::team(doing.tx, me->team);
}

/// From then on teams stay as they are, whichever way somebody would come in.
Done still_time(const Challenge& c, Time now) {
  if (now >= c.merge_until.value_or(c.closes_at)) return refuse(Why::conflict, {"challenges.too-late-to-merge"});
  return {};
}

Effect done(const Challenge& c) {
  return {.visibility = record::Visibility::hidden, .location = "challenges/" + c.slug + "/team"};
}

/// To an address that may have no account yet, in the platform's own language. What a closed platform does is not told
/// to somebody outside: who invites them, and where to ask.
Done tell(House& house, Doing& doing, const Challenge& c, const Team& team, const std::string& email) {
  const auto platform = house.platforms.list()->by_id(doing.platform);
  const auto t = house.voice(platform->languages.front(), platform->zone);
  const bool inside = platform->charter.openness == governance::Openness::open ||
                      !governance::roles_of_address(doing.tx, doing.platform, email).empty();
  const std::string path = inside ? "challenges/" + c.slug + "/invitations" : "";
  return people::send(
      house, doing.tx, t,
      {.to = email,
       .kind = "challenges.invitation",
       .subject = {"challenges.mail-invited-subject", {{"team", team.name}}},
       .paragraphs = {inside ? Message{"challenges.mail-invited", {{"team", team.name}, {"title", c.title}}}
                             : Message{"challenges.mail-invited-outside", {{"team", team.name}}},
                      {"challenges.mail-link", {{"link", people::address_of(house, *platform, path)}}}},
       .from = platform->name(t.language())});
}

Result<Effect> invite(House& house, Doing& doing, const Invite& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  TRY(const Team team, led(doing, c));
  const auto open = std::int64_t(store::invitations(doing.tx, team.id).size());
  CHECK_DONE(still_time(c, doing.now));
  if (team.members + open >= statement_of(doing.tx, c).team_size.value)
    return refuse_field("email", {"challenges.team-full"});
  store::invite(doing.tx, {team.id, c.id, act.email.value, doing.now});
  if (!house.settings.quiet) CHECK_DONE(tell(house, doing, c, team, act.email.value));
  return done(c);
}

Result<Effect> accept(House& house, Doing& doing, const AcceptInvitation& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  const auto person = people::find_person(doing.tx, doing.actor.person);
  const auto team = store::team(doing.tx, act.team);
  if (!person || !team || team->challenge != c.id || team->merged_into != Id{} ||
      !store::invited(doing.tx, team->id, person->email))
    return refuse(Why::not_found, {"challenges.not-invited"});
  if (store::member(doing.tx, c.id, person->id)) return refuse(Why::conflict, {"challenges.in-a-team"});
  if (!act.agrees) return refuse_field("agrees", {"challenges.must-agree"});
  CHECK_DONE(still_time(c, doing.now));
  if (team->members >= s.team_size.value) return refuse(Why::conflict, {"challenges.team-full"});
  auto theirs = organisations_of(doing, team->organisation);
  const bool staff = is_staff(house, doing, s, theirs);
  CHECK_DONE(check_eligible(s, {.entrant = team->entrant,
                                .country = team->country,
                                .of_age = act.of_age,
                                .staff = staff,
                                .organisations = std::move(theirs),
                                .none_excluded = act.none_excluded}));
  store::insert_member(doing.tx, c.id,
                       {.team = team->id,
                        .person = person->id,
                        .name = act.known_as.value,
                        .leads = false,
                        .joined_at = doing.now,
                        .version_seen = c.version},
                       c.version);
  store::drop_invitation(doing.tx, team->id, person->email);
  return done(c);
}

Result<Effect> uninvite(House&, Doing& doing, const WithdrawInvitation& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  TRY(const Team team, led(doing, c));
  if (!store::invited(doing.tx, team.id, act.email.value)) return refuse_field("email", {"challenges.not-invited"});
  store::drop_invitation(doing.tx, team.id, act.email.value);
  return done(c);
}

Result<Effect> decline(House&, Doing& doing, const DeclineInvitation& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const auto person = people::find_person(doing.tx, doing.actor.person);
  const auto team = store::team(doing.tx, act.team);
  if (!person || !team || team->challenge != c.id || !store::invited(doing.tx, team->id, person->email))
    return refuse(Why::not_found, {"challenges.not-invited"});
  store::drop_invitation(doing.tx, team->id, person->email);
  return Effect{.visibility = record::Visibility::hidden, .location = "challenges/" + c.slug};
}

Result<Effect> ask(House&, Doing& doing, const AskMerge& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  TRY(const Team mine, led(doing, c));
  CHECK_DONE(still_time(c, doing.now));
  const auto other = store::team_by_name(doing.tx, c.id, act.team.value);
  if (!other || other->merged_into != Id{} || other->id == mine.id)
    return refuse_field("team", {"challenges.no-such-team"});
  store::ask_to_join(doing.tx, mine.id, other->id);
  return done(c);
}

Result<Effect> merge(House&, Doing& doing, const AcceptMerge& act) {
  const Challenge c = challenge_of(doing.tx, act.challenge);
  const Statement s = statement_of(doing.tx, c);
  TRY(const Team mine, led(doing, c));
  CHECK_DONE(still_time(c, doing.now));
  const auto asking = store::asking_to_join(doing.tx, mine.id);
  const auto other = std::ranges::find(asking, act.team, &Team::id);
  if (other == asking.end()) return refuse(Why::not_found, {"challenges.no-such-team"});
  if (mine.members + other->members > s.team_size.value) return refuse(Why::conflict, {"challenges.team-full"});
  std::int64_t sealed = 0;
  for (const Id team : {mine.id, other->id})
    for (const Entry& e : store::entries_of_team(doing.tx, team)) sealed += e.state == EntryState::withdrawn ? 0 : 1;
  if (sealed > s.entries_a_team.value) return refuse(Why::conflict, {"challenges.too-many-entries-together"});
  store::merge(doing.tx, *other, mine);
  renew(doing, c);
  return done(c);
}

}  // namespace

void add_team(House& house) {
  const std::vector<std::string> phases{"announced", "open"};
  house.acts.add(record::declare<Invite>(house, phases, of_challenge<Invite>, invite));
  house.acts.add(record::declare<AcceptInvitation>(house, phases, of_challenge<AcceptInvitation>, accept));
  house.acts.add(record::declare<WithdrawInvitation>(house, phases, of_challenge<WithdrawInvitation>, uninvite));
  house.acts.add(record::declare<DeclineInvitation>(house, phases, of_challenge<DeclineInvitation>, decline));
  house.acts.add(record::declare<AskMerge>(house, phases, of_challenge<AskMerge>, ask));
  house.acts.add(record::declare<AcceptMerge>(house, phases, of_challenge<AcceptMerge>, merge));
}

}  // namespace polder::challenges
