// Reporting a contribution: one form, open to whoever the charter lets, with or without an account.
#include "dialogue/pages.h"
#include "people/form_page.h"

namespace polder::dialogue {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

constexpr std::string_view act_name = "moderation.report";

http::Response nothing_here(Visit& visit) {
  return visit.refusal({.why = Why::not_found, .message = {"dialogue.no-contribution"}});
}

/// What there is to report at this address, for these eyes: nothing on a platform they may not enter, nothing hidden.
std::optional<Contribution> reportable(const Moderation& moderation, Visit& visit) {
  if (!visit.may_enter()) return std::nullopt;
  auto c = visit.house.database.read([&](storage::ReadTx& tx) { return addressed(moderation, visit, tx); });
  return c && !c->hidden ? c : std::nullopt;
}

http::Response show(Visit& visit, const Contribution& c, const json::object& typed, const Refusal* refused) {
  const auto& t = visit.t;
  Html words = p(t("dialogue.report-words"));
  if (!visit.person) words += p(cls("quiet"), t("dialogue.report-visitor"));
  return people::form_page(visit,
                           {.title = t("dialogue.report-title"),
                            .words = words,
                            .act = std::string(act_name),
                            .description = visit.house.acts.find(act_name)->fields,
                            .controls =
                                [&](const fields::Drawing& form) {
                                  return form.field("reason", {.options = reason_choices(t)}) + form.field("words");
                                },
                            .to = case_at(visit, c.kind, c.id, "report"),
                            .button = t("dialogue.report-send"),
                            .after = p(a(href(visit.at(c.path)), t("dialogue.back")))},
                           typed, refused);
}

http::Response begin(const Moderation& moderation, Visit& visit) {
  const auto c = reportable(moderation, visit);
  if (!c) return nothing_here(visit);
  if (const auto decision = visit.may(act_name); !decision)
    return visit.refusal(
        {.why = visit.person ? Why::forbidden : Why::unauthorized, .message = decision.reason.value_or(Message{})});
  return show(visit, *c, {}, nullptr);
}

http::Response receive(const Moderation& moderation, Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto c = reportable(moderation, visit);
  if (!c) return nothing_here(visit);
  if (!visit.person) {
    const auto allowed = visit.house.database.write(
        [&](storage::WriteTx& tx) { return people::spend(visit.house, tx, reports_from_place, visit.request.remote); });
    if (!allowed) return show(visit, *c, sent->fields, &allowed.error());
  }
  json::object act = sent->fields;
  act["kind"] = c->kind;
  act["contribution"] = str(c->id);
  const auto done = visit.perform(act_name, act, sent->key);
  if (!done) return show(visit, *c, sent->fields, &done.error());
  visit.flash("dialogue.reported");
  return visit.redirect(visit.at(done->location));
}

}  // namespace

void add_report_page(Moderation& moderation) {
  using http::Method;
  const std::string path = "/{platform}/moderation/{kind}/{contribution}/report";
  auto& routes = moderation.house.routes;
  routes.add({Method::get, path, web::Door::anyone, web::Keep::nothing, 0,
              [&moderation](Visit& visit) { return begin(moderation, visit); }});
  routes.add({Method::post, path, web::Door::anyone, web::Keep::nothing, web::form_limit,
              [&moderation](Visit& visit) { return receive(moderation, visit); }});
}

Html report_link(const Visit& visit, std::string_view kind, Id id) {
  const auto decision = visit.may(act_name);
  // Who is not signed in is asked to, where the charter lets only others report.
  if (!decision.allowed && (visit.person || decision.needs.empty())) return {};
  return a(href(case_at(visit, kind, id, "report")), attr("rel", "nofollow"), visit.t("dialogue.report"));
}

}  // namespace polder::dialogue
