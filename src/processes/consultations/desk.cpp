// The desk: where a consultation is written, published, answered and reported. For those whom the charter lets.
#include "kernel/text/text.h"
#include "processes/consultations/pages.h"

namespace polder::consultations {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

constexpr std::int64_t desk_size = 25;

/// Says no before a form is shown; the act says it again.
std::optional<http::Response> barred(Visit& visit, std::string_view act, std::string_view phase = {}) {
  if (!visit.platform) return not_found(visit);
  const auto decision = visit.may(act, phase);
  if (decision.allowed) return std::nullopt;
  return visit.refusal(
      {.why = Why::forbidden, .message = decision.reason.value_or(Message{"consultations.not-found"})});
}

// ---- writing ----

http::Response writing_form(Visit& visit, std::string_view act, const Consultation* c, const json::object& typed,
                            std::span<const FieldError> errors, int status) {
  const auto& t = visit.t;
  const record::ActKind& kind = *visit.house.acts.find(act);
  // Both acts have the same words: a revision says nothing that the draft did not.
  const fields::Drawing form(t, "consultations.draft", kind.fields, typed, errors);
  std::vector<std::pair<std::string, std::string>> languages;
  for (const auto language : visit.platform->languages)
    languages.emplace_back(std::string(code(language)), std::string(native_name(language)));
  Html body = form.field("title") + form.field("summary") + form.field("can-change") + form.field("cannot-change") +
              form.field("language", {.options = languages}) + form.field("first-day") + form.field("last-day") +
              form.field("law") + form.field("note", {.rows = 10}) + form.field("questions");
  const std::string title = t(c == nullptr ? "consultations.new" : "consultations.edit-title");
  const bool seen = c != nullptr && phase_at(*c, visit.now) != Phase::draft;
  const Url action = c == nullptr ? visit.at("consultations/new") : to(visit, *c, "edit");
  const auto weeks = visit.platform->charter.number("consultations", "minimum_weeks");
  const Html main =
      web::lead(web::crumbs(t, trail(visit, c)), title,
                p(t(seen ? "consultations.writing-words-seen" : "consultations.writing-words", {{"weeks", weeks}})),
                Html{}) +
      form.summary() + visit.form(action, body, t("consultations.save-and-preview"), true);
  return visit.page({.title = title,
                     .main = div(cls("narrow"), main),
                     .current = "consultations",
                     .status = status,
                     .error = !errors.empty()});
}

http::Response new_form(Visit& visit) {
  if (auto no = barred(visit, "consultations.draft")) return *std::move(no);
  return writing_form(visit, "consultations.draft", nullptr, {{"language", std::string(code(visit.t.language()))}}, {},
                      200);
}

http::Response make(Visit& visit) {
  if (auto no = barred(visit, "consultations.draft")) return *std::move(no);
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto done = visit.perform("consultations.draft", sent->fields, sent->key);
  if (!done) {
    if (done.error().fields.empty()) return visit.refusal(done.error());
    return writing_form(visit, "consultations.draft", nullptr, sent->fields, done.error().fields, 422);
  }
  visit.flash("consultations.saved");
  return visit.redirect(visit.at(done->location));
}

std::optional<Whole> here(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) { return find(visit, tx); });
}

/// What stands in a consultation, as if it had just been typed into the form.
json::object words_of(const Visit& visit, const Whole& whole) {
  const auto& c = whole.c;
  const auto day = [&](Time at) { return iso(visit.platform->zone.civil(at).date); };
  json::array questions;
  for (const auto& q : whole.questions) questions.push_back(json::string(q.words));
  return {{"title", c.title},
          {"summary", c.summary},
          {"can-change", c.can_change},
          {"cannot-change", c.cannot_change},
          {"language", c.language},
          {"first-day", day(c.opens_at)},
          {"last-day", day(c.closes_at - 1)},
          {"note", c.note},
          {"questions", questions}};
}

http::Response edit_form(Visit& visit) {
  const auto whole = here(visit);
  if (!whole) return not_found(visit);
  if (auto no = barred(visit, "consultations.revise", fields::word_of(whole->phase))) return *std::move(no);
  return writing_form(visit, "consultations.revise", &whole->c, words_of(visit, *whole), {}, 200);
}

http::Response edit(Visit& visit) {
  const auto whole = here(visit);
  if (!whole) return not_found(visit);
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  json::object act = sent->fields;
  act["consultation"] = str(whole->c.id);
  const auto done = visit.perform("consultations.revise", act, sent->key);
  if (!done) {
    if (done.error().fields.empty()) return visit.refusal(done.error());
    return writing_form(visit, "consultations.revise", &whole->c, sent->fields, done.error().fields, 422);
  }
  visit.flash("consultations.saved");
  return visit.redirect(visit.at(done->location));
}

http::Response publish_page(Visit& visit, const Whole& whole) {
  const auto& t = visit.t;
  const auto& c = whole.c;
  const Html rows = web::pairs({{t("consultations.draft.title"), plain(c.title)},
                                {t("consultations.draft.first-day"), plain(t.day(c.opens_at))},
                                {t("consultations.draft.last-day"), plain(t.day(c.closes_at - 1))},
                                {t("consultations.articles"), plain(t.number(std::int64_t(whole.articles.size())))},
                                {t("consultations.questions"), plain(t.number(std::int64_t(whole.questions.size())))}});
  const Html main = web::lead(web::crumbs(t, trail(visit, &c)), t("consultations.publish-title"),
                              p(t("consultations.publish-words")), Html{}) +
                    div(cls("stack"), rows, visit.form(to(visit, c, "publish"), Html{}, t("consultations.publish-now")),
                        p(a(href(to(visit, c)), t("consultations.back-to-preview"))));
  return visit.page(
      {.title = t("consultations.publish-title"), .main = div(cls("narrow"), main), .current = "consultations"});
}

http::Response publish_form(Visit& visit) {
  const auto whole = here(visit);
  if (!whole) return not_found(visit);
  if (auto no = barred(visit, "consultations.publish", fields::word_of(whole->phase))) return *std::move(no);
  return publish_page(visit, *whole);
}

http::Response publish(Visit& visit) {
  const auto whole = here(visit);
  if (!whole) return not_found(visit);
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto done = visit.perform("consultations.publish", {{"consultation", str(whole->c.id)}}, sent->key);
  if (!done) {
    if (done.error().fields.empty()) return visit.refusal(done.error());
    // What stands in the way is mended where it was written.
    return writing_form(visit, "consultations.revise", &whole->c, words_of(visit, *whole), done.error().fields, 422);
  }
  visit.flash("consultations.published");
  return visit.redirect(visit.at(done->location));
}

// ---- answering ----

store::Filter desk_filter(const Visit& visit, const boost::json::object* sent) {
  const auto value = [&](std::string_view name) {
    if (sent == nullptr) return visit.query(name);
    const auto* v = sent->if_contains(name);
    return v == nullptr ? std::string() : fields::text_of(v).value_or("");
  };
  store::Filter filter{.shown_only = false, .unanswered_only = value("all") != "true"};
  filter.article = value("about");
  return filter;
}

http::Response desk_page(Visit& visit, const Whole& whole, const store::Filter& filter, const json::object& typed,
                         std::span<const FieldError> errors, int status) {
  const auto& t = visit.t;
  const auto& c = whole.c;
  const Id before = parse_id(visit.query("before")).value_or(Id{});
  std::vector<Response> rows;
  std::vector<std::vector<Answer>> answers;
  visit.house.database.read([&](storage::ReadTx& tx) {
    rows = store::responses(tx, c.id, filter, before, desk_size + 1);
    answers = store::answers_to(tx, rows);
  });
  const bool more = std::int64_t(rows.size()) > desk_size;
  if (more) rows.pop_back();

  std::set<std::string> ticked;
  if (const auto* chosen = typed.if_contains("responses")) {
    if (const auto* many = chosen->if_array())
      for (const auto& one : *many) ticked.insert(fields::text_of(&one).value_or(""));
    else
      ticked.insert(fields::text_of(chosen).value_or(""));
  }

  Html article_options = option(attr("value", ""), t("consultations.all-articles"));
  for (const auto& a_row : whole.articles)
    article_options += option(attr("value", a_row.eid), filter.article == a_row.eid ? attr("selected") : Attr{},
                              text::excerpt(a_row.label, 60) + " (" + t.number(a_row.remarks) + ")");
  const Html filter_form =
      html::form(cls("filters"), attr("method", "get"), action(to(visit, c, "desk")),
                 div(cls("field"), label(attr("for", "filter-about"), t("consultations.article")),
                     select(id("filter-about"), attr("name", "about"), article_options)),
                 label(cls("choice"), attr("for", "filter-all"),
                       input(attr("type", "checkbox"), id("filter-all"), attr("name", "all"), attr("value", "true"),
                             filter.unanswered_only ? Attr{} : attr("checked")),
                       span(t("consultations.also-answered"))),
                 button(cls("button plain"), attr("type", "submit"), t("consultations.show")));

  const bool may_answer = visit.may("consultations.answer", fields::word_of(whole.phase)).allowed;
  Html list;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string dom = "r-" + str(rows[i].id);
    const Html tick =
        may_answer
            ? label(cls("choice"), attr("for", dom),
                    input(attr("type", "checkbox"), id(dom), attr("name", "responses"), attr("value", str(rows[i].id)),
                          ticked.contains(str(rows[i].id)) ? attr("checked") : Attr{}),
                    span(t("consultations.answer-this", {{"n", rows[i].number}})))
            : Html{};
    list += li(response_article(visit, whole, rows[i], Sight::all, answers[i], tick));
  }
  const auto page_url = [&](std::optional<Id> from) {
    Url url = to(visit, c, "desk");
    if (!filter.article.empty()) url = std::move(url).with("about", filter.article);
    if (!filter.unanswered_only) url = std::move(url).with("all", "true");
    if (from) url = std::move(url).with("before", str(*from));
    return url;
  };
  const Html pager = web::pager(t, before ? std::optional(page_url(std::nullopt)) : std::nullopt,
                                more ? std::optional(page_url(rows.back().id)) : std::nullopt);

  Html work;
  if (rows.empty()) {
    work = web::empty(t("consultations.desk-empty"), t("consultations.desk-empty-words"));
  } else if (may_answer) {
    json::object begun = typed;
    if (begun.empty() && !filter.article.empty()) begun["article"] = filter.article;
    const fields::Drawing form(t, "consultations.answer", visit.house.acts.find("consultations.answer")->fields, begun,
                               errors);
    Html about = option(attr("value", ""), t("consultations.whole-draft"));
    const std::string chosen = form.typed("article");
    for (const auto& a_row : whole.articles)
      about += option(attr("value", a_row.eid), a_row.eid == chosen ? attr("selected") : Attr{},
                      text::excerpt(a_row.label, 70));
    const Html pen = aside(
        cls("pen panel stack"), attr("aria-label", t("consultations.write-answer")),
        h2(t("consultations.write-answer")), p(cls("quiet small"), t("consultations.write-answer-words")),
        div(cls("field"), label(attr("for", "f-article"), t("consultations.answer.article")), form.error("article"),
            select(id("f-article"), attr("name", "article"), about)),
        form.field("outcome"), form.field("words", {.rows = 6}),
        input(attr("type", "hidden"), attr("name", "about"), attr("value", filter.article)),
        filter.unanswered_only ? Html{} : input(attr("type", "hidden"), attr("name", "all"), attr("value", "true")),
        input(attr("type", "hidden"), attr("name", "key"), attr("value", visit.fresh_key())),
        button(cls("button"), attr("type", "submit"), attr("data-busy", t("people.sending")),
               t("consultations.publish-answer")));
    work = html::form(
        cls("columns desk"), attr("method", "post"), action(to(visit, c, "desk")), attr("novalidate"),
        div(cls("stack"), form.summary(), form.error("responses"), ol(cls("answers"), id("f-responses"), list), pager),
        pen);
  } else {
    work = web::notice(web::Tone::plain, p(whole.phase == Phase::answered ? t("consultations.answering-is-over")
                                                                          : t("consultations.answer-when-closed",
                                                                              {{"date", t.day(c.closes_at - 1)}}))) +
           ol(cls("answers"), list) + pager;
  }
  Html actions;
  if (visit.may("consultations.report", fields::word_of(whole.phase)).allowed)
    actions = web::plain_button(t(c.report ? "consultations.change-report" : "consultations.write-report"),
                                to(visit, c, "write-report"));
  const std::string share = t.percent(answered_share(c).value_or(0));
  const Html progress_part =
      div(cls("progress"),
          label(attr("for", "answered"),
                t("consultations.answered-of", {{"answered", c.answered}, {"all", c.answerable}, {"share", share}})),
          element("progress",
                  {id("answered"), attr("max", std::max<std::int64_t>(1, c.answerable)), attr("value", c.answered)}));
  const Html main = web::lead(web::crumbs(t, trail(visit, &c)), t("consultations.desk"),
                              p(language_of(visit, c.language), c.title), actions) +
                    div(cls("stack loose"), progress_part, filter_form, work);
  return visit.page({.title = t("consultations.desk"),
                     .main = main,
                     .current = "consultations",
                     .status = status,
                     .error = !errors.empty()});
}

/// Those who may answer see the desk from the opening on; before the close they read only.
std::optional<http::Response> not_at_the_desk(Visit& visit, const std::optional<Whole>& whole) {
  if (!whole || whole->phase < Phase::open) return not_found(visit);
  if (!may_read_all(visit)) return barred(visit, "consultations.answer", "closed");
  return std::nullopt;
}

http::Response desk(Visit& visit) {
  const auto whole = here(visit);
  if (auto no = not_at_the_desk(visit, whole)) return *std::move(no);
  return desk_page(visit, *whole, desk_filter(visit, nullptr), {}, {}, 200);
}

http::Response answer(Visit& visit) {
  const auto whole = here(visit);
  if (auto no = not_at_the_desk(visit, whole)) return *std::move(no);
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const store::Filter filter = desk_filter(visit, &sent->fields);
  json::object act = sent->fields;
  act.erase("about");
  act.erase("all");
  act["consultation"] = str(whole->c.id);
  const auto done = visit.perform("consultations.answer", act, sent->key);
  if (!done) {
    if (done.error().fields.empty()) return visit.refusal(done.error());
    return desk_page(visit, *whole, filter, act, done.error().fields, 422);
  }
  visit.flash("consultations.answer-published");
  Url back = to(visit, whole->c, "desk");
  if (!filter.article.empty()) back = std::move(back).with("about", filter.article);
  return visit.redirect(back);
}

// ---- reporting ----

http::Response report_form(Visit& visit, const Whole& whole, const json::object& typed,
                           std::span<const FieldError> errors, int status) {
  const auto& t = visit.t;
  const auto& c = whole.c;
  const fields::Drawing form(t, "consultations.report", visit.house.acts.find("consultations.report")->fields, typed,
                             errors);
  const std::int64_t open = waiting(c);
  const std::string title = t(c.report ? "consultations.change-report" : "consultations.write-report");
  const Html main =
      web::lead(web::crumbs(t, trail(visit, &c)), title, p(t("consultations.write-report-words")), Html{}) +
      (open > 0 ? web::notice(web::Tone::warning, p(t("consultations.still-unanswered", {{"n", open}}), " ",
                                                    a(href(to(visit, c, "desk")), t("consultations.to-the-desk"))))
                : Html{}) +
      form.summary() +
      visit.form(to(visit, c, "write-report"), form.field("words", {.rows = 16}), t("consultations.publish-report"));
  return visit.page({.title = title,
                     .main = div(cls("narrow"), main),
                     .current = "consultations",
                     .status = status,
                     .error = !errors.empty()});
}

http::Response write_report(Visit& visit) {
  const auto whole = here(visit);
  if (!whole) return not_found(visit);
  if (auto no = barred(visit, "consultations.report", fields::word_of(whole->phase))) return *std::move(no);
  return report_form(visit, *whole, {{"words", whole->c.report.value_or("")}}, {}, 200);
}

http::Response publish_report(Visit& visit) {
  const auto whole = here(visit);
  if (!whole) return not_found(visit);
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  json::object act = sent->fields;
  act["consultation"] = str(whole->c.id);
  const auto done = visit.perform("consultations.report", act, sent->key);
  if (!done) {
    if (done.error().fields.empty()) return visit.refusal(done.error());
    return report_form(visit, *whole, sent->fields, done.error().fields, 422);
  }
  visit.flash("consultations.report-published");
  return visit.redirect(visit.at(done->location));
}

}  // namespace

void add_desk(House& house) {
  using http::Method;
  using web::Door;
  using web::Keep;
  const std::string root = "/{platform}/consultations";
  const auto get = [&](const std::string& path, auto handler) {
    house.routes.add({Method::get, root + path, Door::signed_in, Keep::nothing, 0, handler});
  };
  const auto post = [&](const std::string& path, std::size_t limit, auto handler) {
    house.routes.add({Method::post, root + path, Door::signed_in, Keep::nothing, limit, handler});
  };
  get("/new", new_form);
  post("/new", web::upload_limit, make);
  get("/{slug}/edit", edit_form);
  post("/{slug}/edit", web::upload_limit, edit);
  get("/{slug}/publish", publish_form);
  post("/{slug}/publish", web::form_limit, publish);
  get("/{slug}/desk", desk);
  post("/{slug}/desk", web::form_limit, answer);
  get("/{slug}/write-report", write_report);
  post("/{slug}/write-report", web::form_limit, publish_report);
}

}  // namespace polder::consultations
