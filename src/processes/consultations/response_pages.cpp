// Responses as everybody reads them: the list with its filters, and each at an address of its own.
#include "processes/consultations/pages.h"

#include <charconv>

#include "dialogue/moderation.h"
#include "kernel/text/text.h"

namespace polder::consultations {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::int64_t page_size = 20;

Html filters(const Visit& visit, const Whole& whole, const store::Filter& filter) {
  const auto& t = visit.t;
  const auto choose = [&](const std::string& name, const std::string& label, const std::string& all,
                          const Html& options) {
    return div(cls("field"), html::label(attr("for", "filter-" + name), label),
               select(id("filter-" + name), attr("name", name), option(attr("value", ""), all), options));
  };
  Html by_article, by_question;
  for (const auto& a_row : whole.articles)
    if (a_row.remarks > 0)
      by_article += option(attr("value", a_row.eid), filter.article == a_row.eid ? attr("selected") : Attr{},
                           text::excerpt(a_row.label, 60));
  for (const auto& q : whole.questions)
    by_question += option(attr("value", q.number), filter.question == q.number ? attr("selected") : Attr{},
                          std::to_string(q.number) + ". " + text::excerpt(q.words, 60));
  if (by_article.empty() && by_question.empty()) return {};
  return form(cls("filters"), attr("method", "get"), action(to(visit, whole.c, "responses")),
              by_article.empty()
                  ? Html{}
                  : choose("article", t("consultations.article"), t("consultations.all-articles"), by_article),
              by_question.empty()
                  ? Html{}
                  : choose("question", t("consultations.question"), t("consultations.all-questions"), by_question),
              button(cls("button plain"), attr("type", "submit"), t("consultations.show")));
}

store::Filter filter_of(const Visit& visit) {
  store::Filter filter;
  filter.article = visit.query("article");
  const std::string number = visit.query("question");
  std::from_chars(number.data(), number.data() + number.size(), filter.question);
  if (filter.question < 0 || filter.question > 10) filter.question = 0;
  if (!filter.article.empty()) filter.question = 0;
  return filter;
}

http::Response responses(Visit& visit) {
  const store::Filter filter = filter_of(visit);
  std::vector<Response> rows;
  std::vector<std::vector<Answer>> answers;
  const Id before = parse_id(visit.query("before")).value_or(Id{});
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    if (!found || found->phase < Phase::open) return std::optional<Whole>{};
    rows = store::responses(tx, found->c.id, filter, before, page_size + 1);
    answers = store::answers_to(tx, rows);
    return found;
  });
  if (!whole) return not_found(visit);
  const auto& t = visit.t;
  const auto& c = whole->c;
  visit.shows(page_subject(c.id));
  const bool more = std::int64_t(rows.size()) > page_size;
  if (more) rows.pop_back();
  Html items;
  for (std::size_t i = 0; i < rows.size(); ++i)
    items += li(response_article(visit, *whole, rows[i], sight(rows[i], false, false), answers[i]));
  const auto page_url = [&](std::optional<Id> from) {
    Url url = to(visit, c, "responses");
    if (!filter.article.empty()) url = std::move(url).with("article", filter.article);
    if (filter.question > 0) url = std::move(url).with("question", std::to_string(filter.question));
    if (from) url = std::move(url).with("before", str(*from));
    return url;
  };
  const bool filtered = !filter.article.empty() || filter.question > 0;
  const Html pager = web::pager(t, before ? std::optional(page_url(std::nullopt)) : std::nullopt,
                                more ? std::optional(page_url(rows.back().id)) : std::nullopt);
  const Html words = p(t("consultations.shown-of", {{"shown", c.shown}, {"all", c.responses}}));
  const Html body = items.empty()
                        ? web::empty(t(filtered ? "consultations.none-here" : "consultations.nobody-yet"),
                                     t(filtered ? "consultations.none-here-words" : "consultations.all-unseen-words"))
                        : ol(cls("answers"), items);
  const Html actions =
      whole->phase == Phase::open ? web::button(t("consultations.respond"), to(visit, c, "respond")) : Html{};
  return visit.page(
      {.title = t("consultations.responses-to", {{"title", c.title}}),
       .main = web::lead(web::crumbs(t, trail(visit, &c)), t("consultations.what-people-say"), words, actions) +
               div(cls("stack"), filters(visit, *whole, filter), body, pager,
                   p(cls("small quiet"), a(href(to(visit, c, "responses.csv")), t("consultations.as-csv")), " · ",
                     a(href(to(visit, c, "responses.json")), t("consultations.as-json")))),
       .current = "consultations"});
}

/// One response at an address of its own: for links, and for its author whatever its visibility.
http::Response one_response(Visit& visit) {
  // In the same words for a response that is not there and for one that is not for these eyes. Who followed a link in a
  // mail may be its author, signed out since.
  const auto no_response = [&] {
    return visit.refusal({.why = Why::not_found,
                          .message = {visit.person ? "consultations.no-response" : "consultations.sign-in-to-see"}});
  };
  std::optional<Response> r;
  std::vector<Answer> answers;
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    const auto wanted = parse_id(visit.params["response"]);
    if (found && wanted) r = store::response(tx, *wanted);
    if (r && r->consultation != found->c.id) r.reset();
    if (r) answers = store::answers_to(tx, {&*r, 1}).front();
    return found;
  });
  if (!whole) return not_found(visit);
  if (!r) return no_response();
  const bool author = visit.person && r->person == visit.person->id;
  const Sight seen = sight(*r, author, may_read_all(visit));
  if (seen == Sight::nothing || seen == Sight::counted) return no_response();
  const auto& t = visit.t;
  Html actions;
  if (author && r->state == State::there && r->answers == 0 &&
      visit.may("consultations.withdraw-response", fields::word_of(whole->phase)).allowed)
    actions = visit.form(to(visit, whole->c, "responses/" + str(r->id) + "/withdraw"), Html{},
                         t("consultations.withdraw"), false, "button danger");
  Html status;
  if (r->state == State::withdrawn) status = web::notice(web::Tone::plain, p(t("consultations.withdrawn")));
  if (r->state == State::hidden)
    status =
        author ? dialogue::hidden_notice(visit, r->id) : web::notice(web::Tone::warning, p(t("consultations.hidden")));
  if (author)
    status += p(cls("actions"), a(href(visit.at("receipts/" + str(r->act))), t("consultations.your-receipt")));
  return visit.page({.title = t("consultations.response-number", {{"n", r->number}}),
                     .main = web::lead(web::crumbs(t, trail(visit, &whole->c)),
                                       t("consultations.response-number", {{"n", r->number}}), Html{}, Html{}) +
                             div(cls("stack"), status, response_article(visit, *whole, *r, seen, answers), actions),
                     .current = "consultations"});
}

http::Response withdraw(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto done = visit.perform("consultations.withdraw-response",
                                  {{"response", std::string(visit.params["response"])}}, sent->key);
  if (!done) return visit.refusal(done.error());
  visit.flash("consultations.withdrawn-now");
  return visit.redirect(visit.at(done->location));
}

}  // namespace

void add_response_pages(House& house) {
  using http::Method;
  using web::Door;
  using web::Keep;
  const std::string root = "/{platform}/consultations/{slug}/responses";
  house.routes.add({Method::get, root, Door::anyone, Keep::page, 0, responses});
  house.routes.add({Method::get, root + "/{response}", Door::anyone, Keep::nothing, 0, one_response});
  house.routes.add(
      {Method::post, root + "/{response}/withdraw", Door::signed_in, Keep::nothing, web::form_limit, withdraw});
}

}  // namespace polder::consultations
