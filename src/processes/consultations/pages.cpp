// The pages of a consultation for everybody: list, consultation, draft, note, report.
#include "processes/consultations/pages.h"

#include "kernel/text/text.h"
#include "kernel/web/assets.h"

namespace polder::consultations {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::int64_t list_size = 60, most_answers = 500;

std::string share_in_words(const Visit& visit, const Consultation& c) {
  const auto share = answered_share(c);
  return share ? visit.t.percent(*share) : "–";
}

Html share_answered(const Visit& visit, const Consultation& c) {
  if (c.responses == 0) return {};
  // Before the close nothing is answered yet: a share of nought would only discourage.
  const bool answering = phase_at(c, visit.now) >= Phase::closed;
  return web::facts({{visit.t("consultations.responses"), visit.t.number(c.responses)},
                     answering ? std::pair(visit.t("consultations.answered"), share_in_words(visit, c))
                               : std::pair(visit.t("consultations.remarks-figure"), visit.t.number(c.remarks))});
}

Html proof(const Visit& visit) {
  return div(
      cls("proof"), web::icon("seal"),
      p(visit.t("consultations.proof"), " ", a(href(visit.at("record")), visit.t("consultations.check-it-yourself"))));
}

Html card(const Visit& visit, const Consultation& c) {
  const auto& t = visit.t;
  const Phase phase = phase_at(c, visit.now);
  std::string when;
  if (phase == Phase::announced) when = t("consultations.opens-on", {{"date", t.day(c.opens_at)}});
  if (phase == Phase::open) when = t("consultations.until", {{"date", t.day(last_moment(c.closes_at))}});
  if (phase == Phase::closed) when = t("consultations.answers-by", {{"date", t.day(c.answer_by)}});
  if (phase == Phase::answered && c.reported_at) when = t.day(*c.reported_at);
  return li(
      html::article(cls("card panel"), p(cls("meta"), phase_tag(visit, phase), when.empty() ? Html{} : span(when)),
                    h3(language_of(visit, c.language), a(href(to(visit, c)), c.title)),
                    p(language_of(visit, c.language), text::excerpt(c.summary, 180)),
                    c.responses == 0 ? Html{} : p(cls("small quiet"), t("consultations.count", {{"n", c.responses}}))));
}

http::Response list(Visit& visit) {
  if (!visit.may_enter()) return not_found(visit);
  const auto& t = visit.t;
  const auto before = parse_id(visit.query("before"));
  auto rows = visit.house.database.read([&](storage::ReadTx& tx) {
    const auto last = before ? known(visit, tx, *before) : std::nullopt;
    return store::list(tx, visit.platform->id, may_see_drafts(visit), last, list_size + 1);
  });
  const bool more = std::int64_t(rows.size()) > list_size;
  if (more) rows.pop_back();
  visit.shows(list_subject(visit.platform->id));
  Html body;
  const auto section_of = [&](const std::string& title, auto&& belongs) {
    Html cards;
    for (const auto& c : rows)
      if (belongs(phase_at(c, visit.now))) cards += card(visit, c);
    if (!cards.empty()) body += section(cls("stack"), h2(title), ul(cls("cards"), cards));
  };
  section_of(t("consultations.in-draft"), [](Phase p) { return p == Phase::draft; });
  section_of(t("consultations.open-now"), [](Phase p) { return p == Phase::open; });
  section_of(t("consultations.coming"), [](Phase p) { return p == Phase::announced; });
  section_of(t("consultations.being-answered"), [](Phase p) { return p == Phase::closed; });
  section_of(t("consultations.finished"), [](Phase p) { return p == Phase::answered; });
  if (body.empty()) body = web::empty(t("consultations.none-yet"), t("consultations.none-yet-words"));
  const Html actions = visit.may("consultations.draft").allowed
                           ? web::button(t("consultations.new"), visit.at("consultations/new"))
                           : Html{};
  const Url newest = visit.at("consultations");
  const Html pager =
      web::pager(t, before ? std::optional(newest) : std::nullopt,
                 more ? std::optional(visit.at("consultations").with("before", str(rows.back().id))) : std::nullopt);
  return visit.page(
      {.title = t("consultations.consultations"),
       .main = web::lead(Html{}, t("consultations.consultations"), p(t("consultations.list-words")), actions) +
               div(cls("stack loose"), body, pager),
       .current = "consultations"});
}

Html latest(Visit& visit, const Whole& whole, const std::vector<Response>& responses,
            const std::vector<std::vector<Answer>>& answers) {
  const auto& t = visit.t;
  if (responses.empty()) {
    if (whole.phase == Phase::announced || whole.phase == Phase::draft) return {};
    const bool open = whole.phase == Phase::open;
    return section(
        cls("stack"), h2(t("consultations.what-people-say")),
        whole.c.answerable > 0
            ? p(cls("quiet"), t("consultations.all-unseen", {{"n", whole.c.answerable}}))
            : web::empty(t("consultations.nobody-yet"),
                         t(open ? "consultations.be-the-first" : "consultations.nobody-came"),
                         open ? web::button(t("consultations.respond"), to(visit, whole.c, "respond")) : Html{}));
  }
  Html items;
  for (std::size_t i = 0; i < responses.size(); ++i)
    items += li(response_article(visit, whole, responses[i], sight(responses[i], false, false), answers[i]));
  return section(cls("stack"), h2(t("consultations.what-people-say")), ol(cls("answers"), items),
                 p(a(href(to(visit, whole.c, "responses")), t("consultations.all-responses", {{"n", whole.c.shown}}))));
}

http::Response consultation(Visit& visit) {
  std::vector<Response> newest;
  std::vector<std::vector<Answer>> answers;
  std::vector<store::Day> days;
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    if (!found) return found;
    newest = store::responses(tx, found->c.id, {}, {}, 4);
    answers = store::answers_to(tx, newest);
    days = store::days(tx, found->c.id);
    return found;
  });
  if (!whole) return not_found(visit);
  const auto& [c, phase, questions, articles] = *whole;
  const auto& t = visit.t;
  visit.shows(page_subject(c.id));

  Html actions;
  if (phase == Phase::open) actions += web::button(t("consultations.respond"), to(visit, c, "respond"));
  if (phase == Phase::answered) actions += web::button(t("consultations.read-report"), to(visit, c, "report"));
  actions += phase == Phase::open || phase == Phase::answered
                 ? web::plain_button(t("consultations.read-draft"), to(visit, c, "draft"))
                 : web::button(t("consultations.read-draft"), to(visit, c, "draft"));
  Html desk;
  if (phase == Phase::draft && visit.may("consultations.publish", "draft").allowed)
    desk = web::notice(
        web::Tone::warning,
        div(cls("stack close"), p(b(t("consultations.preview-title")), " ", t("consultations.preview-words")),
            div(cls("actions"), a(cls("button plain little"), href(to(visit, c, "edit")), t("consultations.edit")),
                a(cls("button little"), href(to(visit, c, "publish")), t("consultations.publish-next")))));
  else if (may_read_all(visit) && phase != Phase::announced)
    desk = web::notice(web::Tone::plain, p(t("consultations.desk-words", {{"n", waiting(c)}}), " ",
                                           a(href(to(visit, c, "desk")), t("consultations.to-the-desk"))));
  else if (phase == Phase::announced && visit.may("consultations.revise", "announced").allowed)
    desk = web::notice(web::Tone::plain, p(a(href(to(visit, c, "edit")), t("consultations.edit"))));

  Html asked;
  for (const auto& q : questions) asked += li(q.words);

  std::vector<web::Bar> bars;
  for (const auto& d : days)
    if (const auto date = parse_date(d.day)) bars.push_back({t.day(*date), d.responses});
  const Html aside_part = aside(
      cls("stack"), attr("aria-label", t("consultations.in-figures")), share_answered(visit, c),
      bars.size() > 2 ? web::bars(t, t("consultations.responses-a-day"), t("consultations.responses"), bars) : Html{},
      proof(visit));

  const Attr lang = language_of(visit, c.language);
  const Html main =
      web::lead(web::crumbs(t, trail(visit)), c.title, div(lang, paragraphs(c.summary)), actions) + desk +
      phases(visit, c, phase) +
      div(cls("columns"),
          div(cls("stack loose"),
              div(cls("two"),
                  section(cls("open stack close"), lang, h2(cls("h3"), t("consultations.can-change")),
                          paragraphs(c.can_change)),
                  section(cls("fixed stack close"), lang, h2(cls("h3"), t("consultations.cannot-change")),
                          paragraphs(c.cannot_change))),
              asked.empty() ? Html{} : section(cls("stack close"), h2(t("consultations.what-we-ask")), ol(lang, asked)),
              latest(visit, *whole, newest, answers)),
          aside_part);
  return visit.page({.title = c.title, .main = main, .current = "consultations"});
}

/// Every article in order, with the headings of what stands around it; everything else of the document as it comes.
void provisions(const Visit& visit, const Whole& whole, const law::Division& d,
                const std::map<std::string, const ArticleRow*>& rows, Html& out, const std::string& over) {
  const auto& t = visit.t;
  const auto row = rows.find(d.eid);
  if (row != rows.end()) {
    const ArticleRow& a_row = *row->second;
    Html beside =
        h3(t("consultations.remarks", {{"n", a_row.remarks}}), span(cls("visually-hidden"), ": ", a_row.label));
    if (a_row.remarks > 0)
      beside += p(a(href(to(visit, whole.c, "responses").with("article", a_row.eid)), t("consultations.read-them"),
                    span(cls("visually-hidden"), " ", t("consultations.remarks-on", {{"article", a_row.label}}))));
    if (whole.phase == Phase::open) {
      const std::string dom = "quote-" + std::to_string(a_row.position);
      beside +=
          details(summary(t("consultations.add-remark"), span(cls("visually-hidden"), ": ", a_row.label)),
                  form(cls("stack"), attr("method", "get"), action(to(visit, whole.c, "respond")),
                       attr("data-quotes", a_row.eid),
                       input(attr("type", "hidden"), attr("name", "article"), attr("value", a_row.eid)),
                       div(cls("field"), html::label(attr("for", dom), t("consultations.quote-label")),
                           p(cls("hint"), id(dom + "-hint"), t("consultations.quote-hint")),
                           input(id(dom), attr("name", "quote"), attr("type", "text"),
                                 attr("maxlength", std::int64_t{1'000}), attr("aria-describedby", dom + "-hint"))),
                       button(cls("button plain"), attr("type", "submit"), t("consultations.write-remark"))));
    }
    const Html unseen = law::label(d).empty() ? h2(cls("visually-hidden"), a_row.label) : Html{};
    out +=
        section(cls("provision"), unseen,
                html::article(cls("law"), id(d.eid), over.empty() ? Html{} : p(cls("over"), over), law_division(d, 2)),
                div(cls("remarks"), beside));
    return;
  }
  law::Division alone = d;
  alone.children.clear();
  const std::string heading = law::label(d);
  const bool is_over = !heading.empty() && d.content.empty();
  if (!is_over && !alone.empty()) out += section(cls("provision"), html::article(cls("law"), law_division(alone, 2)));
  bool first = true;
  for (const auto& child : d.children) {
    provisions(visit, whole, child, rows, out, is_over && first ? heading : first ? over : "");
    first = false;
  }
}

http::Response draft(Visit& visit) {
  std::optional<Draft> stored;
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    if (found) stored = store::draft(tx, found->c.id);
    return found;
  });
  if (!whole || !stored) return not_found(visit);
  const auto document = law::from_json(stored->document);
  if (!document) return visit.refusal({.why = Why::unavailable, .message = document.error().message});
  const auto& t = visit.t;
  const auto& c = whole->c;
  visit.shows(page_subject(c.id));

  std::map<std::string, const ArticleRow*> rows;
  Html contents;
  for (const auto& a_row : whole->articles) {
    rows[a_row.eid] = &a_row;
    contents += li(a(href(Url::fragment(a_row.eid)), span(a_row.label),
                     a_row.remarks == 0 ? Html{}
                                        : span(cls("num"), t.number(a_row.remarks), " ",
                                               span(cls("visually-hidden"), t("consultations.remarks-word")))));
  }
  Html text_of_law;
  for (const auto* part : {&document->preface, &document->preamble})
    if (!part->empty()) text_of_law += section(cls("provision"), html::article(cls("law"), law_division(*part, 2)));
  provisions(visit, *whole, document->body, rows, text_of_law, "");
  if (!document->conclusions.empty())
    text_of_law += section(cls("provision"), html::article(cls("law"), law_division(document->conclusions, 2)));
  for (const auto& part : document->attachments) provisions(visit, *whole, part, rows, text_of_law, "");

  Html links = phase_tag(visit, whole->phase);
  if (!c.note.empty()) links += a(href(to(visit, c, "note")), t("consultations.explanatory-note"));
  links += a(href(to(visit, c, "draft.xml")), "Akoma Ntoso");
  const std::string heading = stored->title.empty() ? c.title : stored->title;
  const Html main = div(cls("lead stack"), web::crumbs(t, trail(visit, &c)),
                        h1(language_of(visit, stored->language), heading), p(cls("actions"), links)) +
                    div(cls("reading"),
                        contents.empty() ? Html{}
                                         : nav(cls("contents"), attr("aria-label", t("consultations.contents")),
                                               attr("data-contents"), ol(contents)),
                        div(cls("provisions"), language_of(visit, stored->language), text_of_law));
  return visit.page({.title = heading, .main = main, .current = "consultations"});
}

http::Response note(Visit& visit) {
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) { return find(visit, tx); });
  if (!whole || whole->c.note.empty()) return not_found(visit);
  visit.shows(page_subject(whole->c.id));
  const auto& t = visit.t;
  return visit.page(
      {.title = t("consultations.explanatory-note"),
       .main = web::lead(web::crumbs(t, trail(visit, &whole->c)), t("consultations.explanatory-note"), Html{}, Html{}) +
               div(cls("prose stack"), language_of(visit, whole->c.language), markdown(whole->c.note)),
       .current = "consultations"});
}

http::Response report(Visit& visit) {
  std::vector<Answer> answers;
  std::vector<std::pair<Outcome, std::int64_t>> outcomes;
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    if (!found || !found->c.report) return std::optional<Whole>{};
    answers = store::answers(tx, found->c.id, most_answers + 1);
    outcomes = store::outcomes(tx, found->c.id);
    return found;
  });
  if (!whole) return not_found(visit);
  const auto& t = visit.t;
  const auto& c = whole->c;
  visit.shows(page_subject(c.id));
  const bool more = std::int64_t(answers.size()) > most_answers;
  if (more) answers.pop_back();
  // In the order of the draft, then the oldest first; what is about the whole of it comes before all.
  std::ranges::sort(answers, {}, [&](const Answer& one) {
    const auto at = std::ranges::find(whole->articles, one.article, &ArticleRow::eid);
    return std::pair(at == whole->articles.end() ? 0 : at->position, one.id);
  });
  Html you_said;
  for (const auto& a_row : answers)
    you_said += tr(td(attr("data-label", t("consultations.about")),
                      a_row.article.empty() ? t("consultations.whole-draft") : article_label(*whole, a_row.article)),
                   td(attr("data-label", t("consultations.we-did")), outcome_tag(visit, a_row.outcome),
                      div(language_of(visit, c.language), paragraphs(a_row.words))),
                   td(cls("n"), attr("data-label", t("consultations.responses")), t.number(a_row.responses)));
  std::vector<std::pair<std::string, std::string>> figures{{t("consultations.responses"), t.number(c.responses)},
                                                           {t("consultations.answered"), share_in_words(visit, c)}};
  for (const auto& [outcome, n] : outcomes)
    if (outcome == Outcome::changed) figures.emplace_back(t("consultations.led-to-change"), t.number(n));
  const Html main =
      web::lead(web::crumbs(t, trail(visit, &c)), t("consultations.report-title"),
                p(t("consultations.report-words", {{"title", c.title}})), Html{}) +
      div(cls("columns"),
          div(cls("stack loose"), section(cls("prose stack"), language_of(visit, c.language), markdown(*c.report)),
              answers.empty()
                  ? Html{}
                  : section(cls("stack"), h2(t("consultations.you-said-we-did")),
                            table(cls("stacked"), caption(cls("visually-hidden"), t("consultations.you-said-we-did")),
                                  thead(tr(th(attr("scope", "col"), t("consultations.about")),
                                           th(attr("scope", "col"), t("consultations.we-did")),
                                           th(attr("scope", "col"), cls("n"), t("consultations.responses")))),
                                  tbody(you_said)),
                            more ? p(t("consultations.more-answers", {{"n", most_answers}}), " ",
                                     a(href(to(visit, c, "answers.csv")), t("consultations.as-csv")), " · ",
                                     a(href(to(visit, c, "answers.json")), t("consultations.as-json")))
                                 : Html{})),
          aside(cls("stack"), attr("aria-label", t("consultations.in-figures")), web::facts(figures), proof(visit)));
  return visit.page(
      {.title = t("consultations.report-of", {{"title", c.title}}), .main = main, .current = "consultations"});
}

Html front(Visit& visit) {
  const auto all = visit.house.database.read(
      [&](storage::ReadTx& tx) { return store::list(tx, visit.platform->id, false, {}, list_size); });
  visit.shows(list_subject(visit.platform->id));
  Html cards;
  std::size_t n = 0;
  for (const Phase wanted : {Phase::open, Phase::announced, Phase::closed, Phase::answered})
    for (const auto& c : all)
      if (phase_at(c, visit.now) == wanted && n < 6) {
        cards += card(visit, c);
        ++n;
      }
  const auto& t = visit.t;
  if (cards.empty()) return web::empty(t("consultations.none-yet"), t("consultations.none-yet-words"));
  return section(cls("stack"), h2(t("consultations.consultations")), ul(cls("cards"), cards),
                 p(a(href(visit.at("consultations")), t("consultations.see-all"))));
}

}  // namespace

void add_pages(House& house) {
  using http::Method;
  using web::Door;
  using web::Keep;
  const std::string root = "/{platform}/consultations";
  const auto get = [&](const std::string& path, Keep keep, auto handler) {
    house.routes.add({Method::get, root + path, Door::anyone, keep, 0, handler});
  };
  add_respond_page(house);
  add_response_pages(house);
  get("", Keep::page, list);
  get("/{slug}", Keep::page, consultation);
  get("/{slug}/draft", Keep::page, draft);
  get("/{slug}/note", Keep::page, note);
  get("/{slug}/report", Keep::page, report);
  house.fronts.emplace_back("consultations", front);
}

}  // namespace polder::consultations
