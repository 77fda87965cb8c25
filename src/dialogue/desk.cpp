// The moderators' desk: what was reported, the longest waiting first, and one page for each case on which it is
// decided.
#include "dialogue/pages.h"
#include "kernel/text/text.h"

namespace polder::dialogue {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

constexpr std::int64_t page_size = 20, reports_in_queue = 5, reports_on_page = 100;
constexpr std::size_t words_in_queue = 400;

/// A case with all that is known of it. `contribution` is nothing when its author took it back.
struct Whole {
  std::optional<Contribution> contribution;
  std::optional<Case> its_case;
  std::vector<std::pair<Reason, std::int64_t>> reasons;
  std::vector<Report> reports;
  std::vector<Decision> decisions;

  bool is_of(Id person) const {
    const Id author = contribution ? contribution->author : its_case ? its_case->author : Id{};
    return author && author == person;
  }
};

Whole gather(const Moderation& moderation, storage::ReadTx& tx, Id platform, std::string_view kind, Id id,
             std::int64_t reports) {
  Whole w{.contribution = moderation.find(tx, platform, kind, id),
          .its_case = store::find_case(tx, id),
          .reasons = {},
          .reports = {},
          .decisions = {}};
  if (w.its_case && (w.its_case->platform != platform || w.its_case->kind != kind)) w.its_case.reset();
  if (w.its_case && w.its_case->reports > 0) {
    w.reasons = store::reasons(tx, id);
    w.reports = store::reports(tx, id, reports);
  }
  return w;
}

std::optional<http::Response> barred(Visit& visit) {
  if (!visit.platform) return visit.refusal({.why = Why::not_found, .message = {"dialogue.not-here"}});
  if (may_decide(visit)) return std::nullopt;
  return visit.refusal({.why = Why::forbidden, .message = visit.may("moderation.hide").reason.value_or(Message{})});
}

Html reasons(const Visit& visit, const Whole& w) {
  Html out;
  for (const auto& [reason, n] : w.reasons)
    out += web::tag(visit.t("dialogue.reason-count", {{"reason", visit.t(reason_name(reason))}, {"n", n}})) +
           html::plain(" ");
  return out.empty() ? Html{} : p(out);
}

Html said(const Visit& visit, const Whole& w) {
  const auto& t = visit.t;
  Html items;
  for (const Report& r : w.reports)
    if (!r.words.empty())
      items += li(p(cls("small quiet"), t(reason_name(r.reason)), " · ", web::ago(t, visit.now, r.made_at)),
                  paragraphs(r.words));
  return items.empty() ? Html{} : ul(items);
}

// ---- the queue ----

Html waiting_case(const Moderation& moderation, const Visit& visit, const Whole& w) {
  const auto& t = visit.t;
  const Case& c = *w.its_case;
  const std::string heading =
      t("dialogue.reported-times", {{"what", kind_words(moderation, t, c.kind)}, {"n", c.reports}});
  Html links = a(cls("button plain little"), href(case_at(visit, c.kind, c.contribution)), t("dialogue.decide"),
                 span(cls("visually-hidden"), ": ", heading));
  if (w.contribution) links += a(href(visit.at(w.contribution->path)), t("dialogue.read-in-place"));
  return li(html::article(cls("answer"),
                          p(cls("meta"), b(heading), a(href(visit.at(c.subject)), c.subject),
                            span(t("dialogue.waits"), " ", web::ago(t, visit.now, c.waiting_since))),
                          w.contribution ? blockquote(p(text::excerpt(w.contribution->words, words_in_queue)))
                                         : p(cls("quiet"), t("dialogue.taken-back")),
                          reasons(visit, w), said(visit, w), p(cls("actions"), links)));
}

http::Response queue(const Moderation& moderation, Visit& visit) {
  if (auto no = barred(visit)) return *std::move(no);
  const auto& t = visit.t;
  const Id platform = visit.platform->id, after = parse_id(visit.query("after")).value_or(Id{});
  std::vector<Whole> cases;
  bool more = false;
  visit.house.database.read([&](storage::ReadTx& tx) {
    auto rows = store::waiting(tx, platform, after, page_size + 1);
    more = std::int64_t(rows.size()) > page_size;
    if (more) rows.pop_back();
    for (const Case& c : rows)
      cases.push_back(gather(moderation, tx, platform, c.kind, c.contribution, reports_in_queue));
  });
  Html items;
  for (const Whole& w : cases) items += waiting_case(moderation, visit, w);
  Html body = cases.empty() ? web::empty(t("dialogue.queue-empty"), t("dialogue.queue-empty-words"))
                            : ol(cls("answers"), items);
  if (more)
    body += p(cls("actions"),
              web::plain_button(t("dialogue.next-cases"),
                                visit.at("moderation").with("after", str(cases.back().its_case->contribution))));
  return visit.page({.title = t("dialogue.moderation"),
                     .main = web::lead({}, t("dialogue.moderation"), p(t("dialogue.queue-words")),
                                       web::plain_button(t("dialogue.log"), visit.at("moderation/log"))) +
                             div(cls("stack"), body),
                     .current = "moderation"});
}

// ---- one case ----

/// What was tried and refused, when the page comes back.
struct Tried {
  std::string_view act;
  json::object fields;
  const Refusal& refusal;
};

Html act_form(Visit& visit, std::string_view act, const Url& to, const std::string& button,
              std::string_view button_class, const Tried* tried) {
  static const json::object nothing;
  const bool again = tried != nullptr && tried->act == act;
  const auto& t = visit.t;
  const fields::Drawing form(
      t, std::string(act), visit.house.acts.find(act)->fields, again ? tried->fields : nothing,
      again ? std::span<const FieldError>(tried->refusal.fields) : std::span<const FieldError>{});
  Html controls = form.summary();
  if (again && tried->refusal.fields.empty())
    controls += web::notice(web::Tone::bad, p(t(tried->refusal.message)), true);
  controls += form.field("reason", {.options = reason_choices(t)}) + form.field("statement");
  return visit.form(to, controls, button, false, button_class);
}

Html decisions(const Visit& visit, const Whole& w) {
  const auto& t = visit.t;
  Html items;
  for (const Decision& d : w.decisions) {
    const std::string what = d.what == What::hidden     ? t("dialogue.was-hidden")
                             : d.what == What::restored ? t("dialogue.was-restored")
                                                        : t("dialogue.was-left");
    items += li(web::when(t, d.made_at), h3(what), d.reason ? p(t(reason_name(*d.reason))) : Html{},
                paragraphs(d.statement));
  }
  return items.empty() ? Html{} : section(cls("stack"), h2(t("dialogue.decided-before")), ol(cls("timeline"), items));
}

Html what_to_do(Visit& visit, const Whole& w, std::string_view kind, Id id, const Tried* tried) {
  const auto& t = visit.t;
  if (w.is_of(visit.actor.person)) return web::notice(web::Tone::plain, p(t("dialogue.own-case")));
  Html out;
  const bool hidden = w.contribution && w.contribution->hidden;
  if (hidden && visit.may("moderation.restore").allowed)
    out += section(cls("panel stack"), h2(t("dialogue.restore-title")),
                   act_form(visit, "moderation.restore", case_at(visit, kind, id, "restore"), t("dialogue.restore"),
                            "button", tried));
  if (w.contribution && !hidden && visit.may("moderation.hide").allowed)
    out += section(cls("panel stack"), h2(t("dialogue.hide-title")), p(t("dialogue.hide-words")),
                   act_form(visit, "moderation.hide", case_at(visit, kind, id, "hide"), t("dialogue.hide"),
                            "button danger", tried));
  if (w.its_case && w.its_case->reports > 0 && visit.may("moderation.leave").allowed)
    out += section(cls("panel stack"), h2(t("dialogue.leave-title")), p(t("dialogue.leave-words")),
                   visit.form(case_at(visit, kind, id, "leave"), Html{}, t("dialogue.leave"), false, "button plain"));
  return out;
}

http::Response show_case(const Moderation& moderation, Visit& visit, const Tried* tried = nullptr) {
  const auto& t = visit.t;
  const auto id = parse_id(visit.params["contribution"]).value_or(Id{});
  const std::string kind(visit.params["kind"]);
  const Whole w = visit.house.database.read([&](storage::ReadTx& tx) {
    Whole found = gather(moderation, tx, visit.platform->id, kind, id, reports_on_page);
    if (found.contribution || found.its_case) found.decisions = store::decisions_about(tx, id);
    return found;
  });
  if (!w.contribution && !w.its_case)
    return visit.refusal({.why = Why::not_found, .message = {"dialogue.no-contribution"}});
  const std::string subject = w.contribution ? w.contribution->subject : w.its_case->subject;
  Html about = p(a(href(visit.at(subject)), subject));
  if (w.contribution && !w.contribution->hidden)
    about += p(a(href(visit.at(w.contribution->path)), t("dialogue.read-in-place")));
  const Html words =
      w.contribution ? blockquote(paragraphs(w.contribution->words)) : p(cls("quiet"), t("dialogue.taken-back"));
  const Html status = w.contribution && w.contribution->hidden ? p(web::tag(t("dialogue.was-hidden"), "bad")) : Html{};
  const Html reports = w.reports.empty()
                           ? Html{}
                           : section(cls("stack close"), h2(t("dialogue.reports", {{"n", w.its_case->reports}})),
                                     reasons(visit, w), said(visit, w));
  return visit.page(
      {.title = kind_words(moderation, t, kind),
       .main = web::lead(web::crumbs(t, {{t("dialogue.moderation"), visit.at("moderation")}}),
                         kind_words(moderation, t, kind), about, {}) +
               div(cls("stack loose"), status, section(cls("stack close"), h2(t("dialogue.what-it-says")), words),
                   reports, what_to_do(visit, w, kind, id, tried), decisions(visit, w)),
       .current = "moderation",
       .status = tried == nullptr ? 200 : people::http_status(tried->refusal.why),
       .error = tried != nullptr});
}

http::Response open_case(const Moderation& moderation, Visit& visit) {
  if (auto no = barred(visit)) return *std::move(no);
  return show_case(moderation, visit);
}

/// One handler for the three acts: which fields each takes is the act's own matter.
http::Response decide_case(const Moderation& moderation, Visit& visit, std::string_view act, std::string_view flash) {
  if (auto no = barred(visit)) return *std::move(no);
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  json::object fields = sent->fields;
  fields["contribution"] = std::string(visit.params["contribution"]);
  if (act != "moderation.leave") fields["kind"] = std::string(visit.params["kind"]);
  const auto done = visit.perform(act, fields, sent->key);
  if (!done) {
    if (done.error().fields.empty()) return visit.refusal(done.error());
    const Tried tried{act, sent->fields, done.error()};
    return show_case(moderation, visit, &tried);
  }
  visit.flash(flash);
  return visit.redirect(visit.at(done->location));
}

}  // namespace

void add_desk(Moderation& moderation) {
  using http::Method;
  using web::Door;
  using web::Keep;
  auto& routes = moderation.house.routes;
  const std::string root = "/{platform}/moderation", one = root + "/{kind}/{contribution}";
  const auto post = [&](const std::string& verb, std::string_view act, std::string_view flash) {
    routes.add({Method::post, one + '/' + verb, Door::signed_in, Keep::nothing, web::form_limit,
                [&moderation, act, flash](Visit& visit) { return decide_case(moderation, visit, act, flash); }});
  };
  routes.add({Method::get, root, Door::signed_in, Keep::nothing, 0,
              [&moderation](Visit& visit) { return queue(moderation, visit); }});
  routes.add({Method::get, one, Door::signed_in, Keep::nothing, 0,
              [&moderation](Visit& visit) { return open_case(moderation, visit); }});
  post("hide", "moderation.hide", "dialogue.hidden-now");
  post("leave", "moderation.leave", "dialogue.left-now");
  post("restore", "moderation.restore", "dialogue.restored-now");
}

}  // namespace polder::dialogue
