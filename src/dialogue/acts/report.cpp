// moderation.report: somebody says that a contribution breaks the house rules. Nobody but they and the moderators hear
// of it, and of a visitor it is not kept who they are.
#include "dialogue/acts/acts.h"

namespace polder::dialogue {

struct ReportAct {
  static constexpr std::string_view name = "moderation.report";
  KindName kind;
  Id contribution;
  Reason reason{};
  std::optional<fields::Text<1'000>> words;
};
BOOST_DESCRIBE_STRUCT(ReportAct, (), (kind, contribution, reason, words))

namespace {

Result<Subject> find(Moderation& moderation, ReadTx& tx, Id platform, const ReportAct& act) {
  TRY(const Contribution c, contribution_of(moderation, tx, platform, act.kind, act.contribution));
  if (c.hidden) return refuse(Why::not_found, {"dialogue.no-contribution"});
  return Subject{.path = c.subject};
}

Result<Effect> apply(Moderation& moderation, Doing& doing, const ReportAct& act) {
  TRY(const Contribution c, contribution_of(moderation, doing.tx, doing.platform, act.kind, act.contribution));
  const Id person = doing.actor.person;
  if (c.author && c.author == person) return refuse(Why::forbidden, {"dialogue.own-contribution"});
  if (act.reason == Reason::other && !act.words) return refuse_field("words", {"dialogue.say-why"});
  if (person) {
    if (store::has_reported(doing.tx, c.id, person)) return refuse(Why::conflict, {"dialogue.reported-already"});
    CHECK_DONE(people::spend(moderation.house, doing.tx, reports_by_person, str(person)));
  }
  const Report report{.id = doing.ids.next(),
                      .contribution = c.id,
                      .platform = doing.platform,
                      .person = person,
                      .reason = act.reason,
                      .words = act.words ? act.words->value : "",
                      .act = doing.act,
                      .made_at = doing.now};
  store::insert_report(doing.tx, report,
                       {.contribution = c.id,
                        .platform = doing.platform,
                        .kind = c.kind,
                        .subject = c.subject,
                        .author = c.author,
                        .waiting_since = doing.now});
  return Effect{.visibility = record::Visibility::hidden, .made = report.id, .location = c.path};
}

}  // namespace

void add_report(Moderation& moderation) {
  moderation.house.acts.add(record::declare<ReportAct>(moderation, {}, find, apply));
}

}  // namespace polder::dialogue
