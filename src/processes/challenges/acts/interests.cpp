// challenges.say-interests: what a solver knows and likes to work on, so that challenges that speak of it are shown to
// them with the reason. It is theirs alone: no page, list or answer shows it to anybody else.
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_interests.h"

namespace polder::challenges {

struct SayInterests {
  static constexpr std::string_view name = "challenges.say-interests";
  std::optional<fields::Text<1'500>> areas;  ///< with commas or line ends between
  bool matching = false;
  bool mail = false;
};
BOOST_DESCRIBE_STRUCT(SayInterests, (), (areas, matching, mail))

namespace {

/// On no challenge: the record says of everybody's the same.
Result<Subject> find(House&, storage::ReadTx&, Id, const SayInterests&) {
  return Subject{"challenges/interests", {}, false};
}

Result<Effect> say(House&, Doing& doing, const SayInterests& act) {
  if (!doing.actor.is_person()) return refuse(Why::unauthorized, {"challenges.sign-in-to-join"});
  TRY(const std::vector<std::string> areas, interests_from(act.areas ? act.areas->value : ""));
  if (areas.empty() && (act.matching || act.mail)) return refuse_field("areas", {"challenges.say-an-area"});
  std::string line;
  for (const auto& area : areas) line += (line.empty() ? "" : ", ") + area;
  if (areas.empty())
    store::delete_interests(doing.tx, doing.platform, doing.actor.person);
  else
    store::put_interests(doing.tx, {.platform = doing.platform,
                                    .person = doing.actor.person,
                                    .areas = line,
                                    .matching = act.matching,
                                    .mail = act.mail});
  return Effect{.visibility = record::Visibility::hidden, .location = "challenges/interests"};
}

}  // namespace

void add_interests(House& house) { house.acts.add(record::declare<SayInterests>(house, {}, find, say)); }

}  // namespace polder::challenges
