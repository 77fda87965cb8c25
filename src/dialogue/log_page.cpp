// What moderators did, for everybody to read: which act, why, what was said to the author, when. Never the words.
#include "dialogue/pages.h"

namespace polder::dialogue {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::int64_t page_size = 30;

Html entry(const Moderation& moderation, const Visit& visit, const Decision& d, bool deciding) {
  const auto& t = visit.t;
  const bool hidden = d.what == What::hidden;
  const Html what = hidden ? web::tag(t("dialogue.was-hidden"), "bad") : web::tag(t("dialogue.was-restored"), "good");
  const Html act =
      p(cls("small quiet"), t("dialogue.act"), " ", span(cls("mono"), str(d.act)),
        deciding ? join({" · ", a(href(case_at(visit, d.kind, d.contribution)), t("dialogue.look-at-it"))}) : Html{});
  return li(cls(hidden ? "bad" : "good"), web::when(t, d.made_at),
            h2(cls("h3"), kind_words(moderation, t, d.kind), " ", what), p(a(href(visit.at(d.subject)), d.subject)),
            d.reason ? p(b(t("dialogue.reason")), " ", t(reason_name(*d.reason))) : Html{},
            d.statement.empty() ? p(cls("quiet"), t("dialogue.statement-erased")) : paragraphs(d.statement), act);
}

http::Response log(const Moderation& moderation, Visit& visit) {
  if (!visit.may_enter()) return visit.refusal({.why = Why::not_found, .message = {"dialogue.not-here"}});
  const auto& t = visit.t;
  const Id before = parse_id(visit.query("before")).value_or(Id{});
  auto rows = visit.house.database.read(
      [&](storage::ReadTx& tx) { return store::log(tx, visit.platform->id, before, page_size + 1); });
  visit.shows(log_subject(visit.platform->id));
  const bool more = std::int64_t(rows.size()) > page_size;
  if (more) rows.pop_back();
  const bool deciding = may_decide(visit);
  Html entries;
  for (const Decision& d : rows) entries += entry(moderation, visit, d, deciding);
  const Html body =
      rows.empty() ? web::empty(t("dialogue.log-empty"), t("dialogue.log-empty-words")) : ol(cls("timeline"), entries);
  const Html pager =
      web::pager(t, before ? std::optional(visit.at("moderation/log")) : std::nullopt,
                 more ? std::optional(visit.at("moderation/log").with("before", str(rows.back().id))) : std::nullopt);
  return visit.page(
      {.title = t("dialogue.log"),
       .main = web::lead({}, t("dialogue.log"), p(t("dialogue.log-words")), {}) + div(cls("stack"), body, pager),
       .current = "moderation/log"});
}

}  // namespace

Html hidden_notice(const Visit& visit, Id contribution) {
  const auto d = visit.house.database.read([&](storage::ReadTx& tx) { return store::hiding(tx, contribution); });
  if (!d || !visit.platform) return {};
  const auto& t = visit.t;
  const auto& oversight = visit.platform->charter.oversight;
  const std::string body(oversight.body.in(code(t.language())).text);
  const auto address = Url::external("mailto:" + oversight.contact);
  return web::notice(
      web::Tone::warning,
      div(cls("stack close"),
          p(b(t("dialogue.hidden-since", {{"at", Moment{d->made_at.ms}}})), " ", t("dialogue.hidden-words")),
          d->reason ? p(b(t("dialogue.reason")), " ", t(reason_name(*d->reason))) : Html{}, paragraphs(d->statement),
          p(t("dialogue.by-a-person")),
          p(t("dialogue.object", {{"body", body}}), " ", address ? a(href(*address), oversight.contact) : Html{})));
}

void add_log(Moderation& moderation) {
  moderation.house.routes.add({http::Method::get, "/{platform}/moderation/log", web::Door::anyone, web::Keep::page, 0,
                               [&moderation](Visit& visit) { return log(moderation, visit); }});
}

}  // namespace polder::dialogue
