// moderation.hide: a contribution that breaks the house rules is no longer shown to others. Why is public; its author
// is told, and how to object (Regulation (EU) 2022/2065, article 17: the statement of reasons).
#include "dialogue/acts/acts.h"

namespace polder::dialogue {

struct Hide {
  static constexpr std::string_view name = "moderation.hide";
  KindName kind;
  Id contribution;
  Reason reason{};
  fields::Text<2'000> statement;
};
BOOST_DESCRIBE_STRUCT(Hide, (), (kind, contribution, reason, statement))

namespace {

Result<Effect> apply(Moderation& moderation, Doing& doing, const Hide& act) {
  TRY(const Contribution c, contribution_of(moderation, doing.tx, doing.platform, act.kind, act.contribution));
  if (c.hidden) return refuse(Why::conflict, {"dialogue.hidden-already"});
  return decide(moderation, doing, c, What::hidden, act.reason, act.statement);
}

}  // namespace

void add_hide(Moderation& moderation) {
  moderation.house.acts.add(record::declare<Hide>(moderation, {}, find_decided<Hide>, apply));
}

}  // namespace polder::dialogue
