// What the pages of this room share: who finds what, and how its parts are drawn.
#include "processes/consultations/pages.h"

#include "dialogue/moderation.h"
#include "kernel/text/text.h"

namespace polder::consultations {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

Message phase_name(Phase phase) {
  switch (phase) {
    case Phase::draft:
      return {"consultations.phase-draft"};
    case Phase::announced:
      return {"consultations.phase-announced"};
    case Phase::open:
      return {"consultations.phase-open"};
    case Phase::closed:
      return {"consultations.phase-closed"};
    case Phase::answered:
      return {"consultations.phase-answered"};
  }
  return {};
}

bool may_know(const Visit& visit, const Consultation& c) {
  return c.platform == visit.platform->id && (phase_at(c, visit.now) != Phase::draft || may_see_drafts(visit));
}

}  // namespace

http::Response not_found(Visit& visit) {
  return visit.refusal({.why = Why::not_found, .message = {"consultations.not-found"}});
}

Time last_moment(Time closes_at) { return closes_at - 1; }

bool may_read_all(const Visit& visit) { return visit.may(reading_act, "closed").allowed; }

bool may_see_drafts(const Visit& visit) {
  return visit.may("consultations.draft").allowed || visit.may("consultations.revise", "draft").allowed ||
         visit.may("consultations.publish", "draft").allowed;
}

std::optional<Consultation> known(const Visit& visit, storage::ReadTx& tx, Id id) {
  auto c = visit.may_enter() ? store::by_id(tx, id) : std::nullopt;
  return c && may_know(visit, *c) ? c : std::nullopt;
}

std::optional<Whole> find(Visit& visit, storage::ReadTx& tx) {
  if (!visit.may_enter()) return std::nullopt;
  auto c = store::by_slug(tx, visit.platform->id, visit.params["slug"]);
  if (!c || !may_know(visit, *c)) return std::nullopt;
  Whole whole{.c = *std::move(c), .questions = {}, .articles = {}};
  whole.phase = phase_at(whole.c, visit.now);
  whole.questions = store::questions(tx, whole.c.id);
  whole.articles = store::articles(tx, whole.c.id);
  return whole;
}

Url to(const Visit& visit, const Consultation& c, std::string_view more) {
  std::string path = "consultations/" + c.slug;
  if (!more.empty()) path += '/' + std::string(more);
  return visit.at(path);
}

std::vector<web::Link> trail(const Visit& visit, const Consultation* c) {
  std::vector<web::Link> out{{visit.t("consultations.consultations"), visit.at("consultations")}};
  if (c != nullptr) out.push_back({text::excerpt(c->title, 60), to(visit, *c)});
  return out;
}

Attr language_of(const Visit& visit, std::string_view language) {
  return language == code(visit.t.language()) || language.empty() || language == "und" ? Attr{}
                                                                                       : attr("lang", language);
}

Html phase_tag(const Visit& visit, Phase phase) {
  const std::string_view kind = phase == Phase::open ? "now" : phase == Phase::answered ? "good" : "";
  return web::tag(visit.t(phase_name(phase)), kind);
}

Html outcome_tag(const Visit& visit, Outcome outcome) {
  switch (outcome) {
    case Outcome::changed:
      return web::tag(visit.t("consultations.outcome-changed"), "good");
    case Outcome::kept:
      return web::tag(visit.t("consultations.outcome-kept"));
    case Outcome::elsewhere:
      return web::tag(visit.t("consultations.outcome-elsewhere"), "now");
  }
  return {};
}

std::string article_label(const Whole& whole, std::string_view eid) {
  for (const auto& a_row : whole.articles)
    if (a_row.eid == eid) return a_row.label;
  return std::string(eid);
}

Html phases(const Visit& visit, const Consultation& c, Phase now) {
  const auto& t = visit.t;
  struct Step {
    Phase phase;
    std::string name, when;
    Time from, until;
  };
  const Time announced = c.published_at.value_or(c.made_at), reported = c.reported_at.value_or(c.answer_by);
  const std::string open_when =
      t("consultations.from-to", {{"from", t.day(c.opens_at)}, {"to", t.day(last_moment(c.closes_at))}});
  const std::array<Step, 4> steps{
      Step{Phase::announced, t("consultations.phase-announced"), t.day(announced), announced, c.opens_at},
      Step{Phase::open, t("consultations.phase-open"), open_when, c.opens_at, c.closes_at},
      Step{Phase::closed, t("consultations.phase-closed"), t("consultations.until", {{"date", t.day(c.answer_by)}}),
           c.closes_at, reported},
      Step{Phase::answered, t("consultations.phase-answered"), c.reported_at ? t.day(*c.reported_at) : "", reported,
           reported}};
  Html items;
  for (const Step& s : steps) {
    const bool last = s.phase == Phase::answered;
    if (now > s.phase || (now == s.phase && last)) {
      items += li(cls("done"), b(s.name, " ", span(cls("visually-hidden"), t("consultations.done"))), s.when);
    } else if (now == s.phase) {
      const double whole = std::max<double>(1, double(s.until - s.from));
      const int tenths = std::clamp(int(10 * double(visit.now - s.from) / whole), 0, 9);
      const Html left = s.phase == Phase::open ? small(" ", t(i18n::time_left(visit.now, c.closes_at))) : Html{};
      items += li(cls("now now-" + std::to_string(tenths)), attr("aria-current", "step"), b(s.name), s.when, left);
    } else {
      items += li(b(s.name), s.when);
    }
  }
  return ol(cls("phases"), attr("aria-label", t("consultations.phases")), items);
}

Html response_article(const Visit& visit, const Whole& whole, const Response& r, Sight seen,
                      const std::vector<Answer>& answers, const Html& beside) {
  const auto& t = visit.t;
  const bool named = seen == Sight::all && !r.name.empty();
  Html meta = b(named ? r.name : t("consultations.without-name"));
  if (seen == Sight::all && !r.on_behalf.empty())
    meta += span(t("consultations.for-organisation", {{"name", r.on_behalf}}));
  if (r.visibility == Shown::officials) meta += web::tag(t("consultations.for-officials"));
  if (r.visibility == Shown::public_anonymous && seen == Sight::all)
    meta += web::tag(t("consultations.shown-without-name"));
  if (r.state == State::hidden) meta += web::tag(t("consultations.is-hidden"), "bad");
  meta += a(href(to(visit, whole.c, "responses/" + str(r.id))), web::ago(t, visit.now, r.made_at));
  const bool own = visit.person && r.person == visit.person->id;
  if (r.state == State::there && r.visibility != Shown::officials && !own)
    meta += dialogue::report_link(visit, "response", r.id);
  Html parts;
  for (const Part& part : r.parts) {
    Html about;
    if (part.question > 0) {
      std::string words;
      for (const auto& q : whole.questions)
        if (q.number == part.question) words = q.words;
      about = p(cls("small quiet"),
                a(href(to(visit, whole.c, "responses").with("question", std::to_string(part.question))),
                  t("consultations.question-n", {{"n", part.question}})),
                words.empty() ? "" : ": " + text::excerpt(words, 90));
    } else {
      about = p(cls("small quiet"), a(href(to(visit, whole.c, "responses").with("article", part.article)),
                                      article_label(whole, part.article)));
    }
    parts += div(cls("part"), about, part.quote.empty() ? Html{} : p(q(part.quote)),
                 div(language_of(visit, r.language), cls("words"), paragraphs(part.words)));
  }
  Html replies;
  for (const Answer& answer : answers) {
    const std::string about = answer.article.empty() ? "" : " · " + article_label(whole, answer.article);
    replies +=
        div(cls("reply"),
            p(cls("who"),
              t("consultations.operator-answers",
                {{"operator", std::string(visit.platform->charter.operated_by.name.in(code(t.language())).text)}}),
              " ", outcome_tag(visit, answer.outcome), about.empty() ? Html{} : span(cls("small quiet"), about)),
            div(language_of(visit, whole.c.language), paragraphs(answer.words)));
  }
  return html::article(cls("answer"), beside, p(cls("meta"), meta), parts, replies);
}

}  // namespace polder::consultations
