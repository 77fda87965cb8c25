// moderation.restore: what was hidden is shown again, and everybody can read why.
#include "dialogue/acts/acts.h"

namespace polder::dialogue {

struct Restore {
  static constexpr std::string_view name = "moderation.restore";
  KindName kind;
  Id contribution;
  fields::Text<2'000> statement;
};
BOOST_DESCRIBE_STRUCT(Restore, (), (kind, contribution, statement))

namespace {

Result<Effect> apply(Moderation& moderation, Doing& doing, const Restore& act) {
  TRY(const Contribution c, contribution_of(moderation, doing.tx, doing.platform, act.kind, act.contribution));
  if (!c.hidden) return refuse(Why::conflict, {"dialogue.not-hidden"});
  return decide(moderation, doing, c, What::restored, {}, act.statement);
}

}  // namespace

void add_restore(Moderation& moderation) {
  moderation.house.acts.add(record::declare<Restore>(moderation, {}, find_decided<Restore>, apply));
}

}  // namespace polder::dialogue
