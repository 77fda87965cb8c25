#include "dialogue/acts/acts.h"

namespace polder::dialogue {

Result<Contribution> contribution_of(const Moderation& moderation, ReadTx& tx, Id platform, std::string_view kind,
                                     Id id) {
  auto found = moderation.find(tx, platform, kind, id);
  if (!found) return refuse(Why::not_found, {"dialogue.no-contribution"});
  return *std::move(found);
}

Result<Effect> decide(Moderation& moderation, Doing& doing, const Contribution& c, What what,
                      std::optional<Reason> reason, std::string_view statement) {
  CHECK_DONE(check_not_own(c.author, doing.actor.person));
  if (repeats(statement, c.words)) return refuse_field("statement", {"dialogue.statement-repeats"});
  const Decision decision{.id = doing.ids.next(),
                          .platform = doing.platform,
                          .contribution = c.id,
                          .kind = c.kind,
                          .subject = c.subject,
                          .what = what,
                          .reason = reason,
                          .statement = std::string(statement),
                          .author = c.author,
                          .act = doing.act,
                          .made_at = doing.now};
  store::decide(doing.tx, decision);
  moderation.kind(c.kind)->set_hidden(doing, c.id, what == What::hidden);
  doing.renew(log_subject(doing.platform));
  auto& house = moderation.house;
  if (c.author && !house.settings.quiet)
    house.queue.enqueue(doing.tx, "moderation.tell-author", "{\"decision\":\"" + str(decision.id) + "\"}", doing.now);
  return Effect{.visibility = record::Visibility::nameless, .made = decision.id, .location = "moderation/log"};
}

std::string log_subject(Id platform) { return "moderation-log:" + str(platform); }

}  // namespace polder::dialogue
