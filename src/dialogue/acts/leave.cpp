// moderation.leave: a moderator looked at what was reported and leaves it as it is; the reports are settled.
#include "dialogue/acts/acts.h"

namespace polder::dialogue {

struct Leave {
  static constexpr std::string_view name = "moderation.leave";
  Id contribution;
};
BOOST_DESCRIBE_STRUCT(Leave, (), (contribution))

namespace {

/// By its case, and not by the contribution: the author may have taken that back since.
Result<Subject> find(Moderation&, ReadTx& tx, Id platform, const Leave& act) {
  const auto found = store::find_case(tx, act.contribution);
  if (!found || found->platform != platform) return refuse(Why::not_found, {"dialogue.no-contribution"});
  return Subject{.path = found->subject, .secret = true};
}

Result<Effect> apply(Moderation&, Doing& doing, const Leave& act) {
  const auto found = store::find_case(doing.tx, act.contribution);
  if (!found || found->reports == 0) return refuse(Why::conflict, {"dialogue.decided-already"});
  CHECK_DONE(check_not_own(found->author, doing.actor.person));
  const Decision decision{.id = doing.ids.next(),
                          .platform = doing.platform,
                          .contribution = found->contribution,
                          .kind = found->kind,
                          .subject = found->subject,
                          .what = What::left,
                          .reason = {},
                          .statement = {},
                          .author = found->author,
                          .act = doing.act,
                          .made_at = doing.now};
  store::decide(doing.tx, decision);
  return Effect{.visibility = record::Visibility::parties, .made = decision.id, .location = "moderation"};
}

}  // namespace

void add_leave(Moderation& moderation) {
  moderation.house.acts.add(record::declare<Leave>(moderation, {}, find, apply));
}

}  // namespace polder::dialogue
