// The result: places with what decided them, objections and their answers, awards and payments, and what became of it.
#include "processes/challenges/pages.h"
#include "processes/challenges/result.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
using people::Page;
namespace json = boost::json;

namespace {

constexpr std::int64_t page_size = 100;

bool may(const Visit& visit, const Whole& whole, std::string_view act) {
  return visit.may(act, fields::word_of(whole.phase)).allowed;
}

/// One row of the result as these eyes may see it.
struct Line {
  store::Placed placed;
  bool own = false;
};

struct Shown {
  Whole whole;
  std::vector<Line> lines;
  bool more = false;
  std::vector<Objection> objections;
  std::vector<Award> awards;
  std::vector<Tranche> tranches;
  std::vector<store::Checked> checked;
  std::vector<store::FollowUp> follow_ups;
  std::optional<Team> mine;
};

std::optional<Shown> result_of(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Shown> {
    auto whole = find(visit, tx);
    if (!whole || whole->phase < Phase::provisional || whole->phase == Phase::cancelled) return std::nullopt;
    Shown r{*std::move(whole), {}, false, {}, {}, {}, {}, {}, {}};
    const Id c = r.whole.c.id;
    if (visit.person) r.mine = store::team_of(tx, c, visit.person->id);
    auto placed = store::placed(tx, c, page_size + 1);
    r.more = std::int64_t(placed.size()) > page_size;
    if (r.more) placed.pop_back();
    for (auto& one : placed) {
      const bool own = r.mine && r.mine->id == one.team;
      r.lines.push_back({std::move(one), own});
    }
    r.objections = store::objections(tx, c);
    r.awards = store::awards(tx, c);
    r.tranches = store::tranches(tx, c);
    r.checked = store::checked_winners(tx, c);
    r.follow_ups = store::follow_ups(tx, c);
    return r;
  });
}

/// Names stay out until the award, and then as the charter says.
std::string name_of(const Visit& visit, const Shown& r, const Line& line) {
  const std::string number = visit.t("challenges.entry-n", {{"n", line.placed.number}});
  const bool named = line.own || (r.whole.phase >= Phase::awarded && shown(visit, r.whole.phase, "teams"));
  return named ? line.placed.team_name + " (" + number + ")" : number;
}

std::string decided_words(const Visit& visit, const Statement& s, const std::string& by) {
  const auto& t = visit.t;
  if (by.starts_with("criterion:c")) {
    std::size_t n = 0;
    std::from_chars(by.data() + 11, by.data() + by.size(), n);
    const std::string name = n >= 1 && n <= s.rubric.items.size() ? s.rubric.items[n - 1].name.value : "";
    return t("challenges.tie-by-criterion", {{"criterion", name}});
  }
  if (by == "earlier") return t("challenges.tie-by-earlier");
  if (by.starts_with("seed:")) return t("challenges.tie-by-lot");
  if (by == "share") return t("challenges.tie-by-share");
  return {};
}

Html a_link(const Url& url, std::string_view words) { return a(href(url), words); }

Html scrolling(std::string_view label, const Html& inner) {
  return div(cls("scroll"), attr("tabindex", "0"), attr("role", "region"), attr("aria-label", label), inner);
}

Html places(const Visit& visit, const Shown& r) {
  const auto& t = visit.t;
  if (r.lines.empty()) return web::empty(t("challenges.nobody-ranked"), t("challenges.nobody-ranked-words"));
  Html rows;
  for (const Line& line : r.lines) {
    const std::string tie = decided_words(visit, r.whole.statement, line.placed.standing.decided_by);
    rows +=
        tr(td(cls("num"), t.number(line.placed.standing.rank)),
           td(line.own ? b(name_of(visit, r, line)) : span(name_of(visit, r, line)),
              tie.empty() ? Html{} : div(cls("small quiet"), tie)),
           td(cls("num"), line.placed.standing.score),
           td(cls("num"),
              line.placed.standing.amount > 0 ? money(visit, r.whole.statement, line.placed.standing.amount) : "–"));
  }
  const auto head = [&](std::string_view key, bool number) {
    return th(attr("scope", "col"), number ? cls("num") : Attr{}, t(key));
  };
  return scrolling(t("challenges.places"),
                   table(thead(tr(head("challenges.place", true), head("challenges.entry", false),
                                  head("challenges.score", true), head("challenges.amount", true))),
                         tbody(rows)));
}

Html objections(const Visit& visit, const Shown& r) {
  const auto& t = visit.t;
  Html items;
  const bool decides = may(visit, r.whole, "challenges.decide-objection");
  for (const Objection& o : r.objections) {
    const auto line = std::ranges::find_if(r.lines, [&](const Line& l) { return l.placed.standing.entry == o.entry; });
    const bool own = line != r.lines.end() && line->own;
    if (!own && !decides) continue;
    Html state = !o.upheld   ? web::tag(t("challenges.objection-open"), "now")
                 : *o.upheld ? web::tag(t("challenges.objection-upheld"), "good")
                             : web::tag(t("challenges.objection-rejected"));
    Html answer;
    if (o.upheld)
      answer = div(cls("reply"), p(cls("who"), t("challenges.decision")), paragraphs(o.decision));
    else if (decides)
      answer = p(a(href(to(visit, r.whole.c, "objections/" + str(o.id))), t("challenges.decide-objection-title")));
    items +=
        li(html::article(cls("answer"), p(cls("meta"), state, web::when(t, o.made_at)), paragraphs(o.words), answer));
  }
  return items.empty() ? Html{} : section(cls("stack"), h2(t("challenges.objections")), ol(cls("answers"), items));
}

Html payments(const Visit& visit, const Shown& r, const Award& a) {
  const auto& t = visit.t;
  const bool plans = may(visit, r.whole, "challenges.plan-payments"), pays = may(visit, r.whole, "challenges.pay"),
             accepts = may(visit, r.whole, "challenges.accept-milestone");
  const auto line = std::ranges::find_if(r.lines, [&](const Line& l) { return l.placed.standing.entry == a.entry; });
  if (!plans && !pays && !accepts && !(line != r.lines.end() && line->own)) return {};
  Html rows;
  bool begun = false;
  for (const Tranche& part : r.tranches) {
    if (part.award != a.id) continue;
    begun = begun || part.accepted_at.has_value();
    Html state;
    if (part.paid_at)
      state = span(t("challenges.paid-to", {{"payee", part.payee}, {"end", part.account_end}}), " ",
                   web::when(t, *part.paid_at));
    else if (part.accepted_at && pays)
      state = a_link(to(visit, r.whole.c, "tranches/" + str(part.id) + "/pay"), t("challenges.pay-title"));
    else if (part.accepted_at)
      state = span(t("challenges.accepted"));
    else if (accepts)
      state = a_link(to(visit, r.whole.c, "tranches/" + str(part.id) + "/accept"), t("challenges.accept-title"));
    else
      state = span(t("challenges.not-due"));
    rows += tr(td(part.milestone), td(cls("num"), money(visit, r.whole.statement, part.amount)), td(state));
  }
  Html plan_link = plans && !begun ? p(a_link(to(visit, r.whole.c, "awards/" + str(a.id) + "/plan"),
                                              t(rows.empty() ? "challenges.plan-title" : "challenges.plan-again")))
                                   : Html{};
  if (rows.empty()) return plan_link;
  return scrolling(t("challenges.payments"),
                   table(thead(tr(th(attr("scope", "col"), t("challenges.milestone")),
                                  th(attr("scope", "col"), cls("num"), t("challenges.amount")),
                                  th(attr("scope", "col"), t("challenges.state")))),
                         tbody(rows))) +
         plan_link;
}

Html awards(const Visit& visit, const Shown& r) {
  const auto& t = visit.t;
  if (r.whole.phase < Phase::awarded && r.awards.empty()) return {};
  Html items;
  std::int64_t sum = 0;
  for (const Award& a : r.awards) {
    const auto line = std::ranges::find_if(r.lines, [&](const Line& l) { return l.placed.standing.entry == a.entry; });
    sum += a.amount;
    items +=
        section(cls("stack close"), h3(a.prize, ": ", line == r.lines.end() ? std::string() : name_of(visit, r, *line)),
                p(b(money(visit, r.whole.statement, a.amount))), a.reason.empty() ? Html{} : div(paragraphs(a.reason)),
                payments(visit, r, a));
  }
  if (items.empty()) items = p(t("challenges.no-award"));
  return section(cls("stack"), h2(t("challenges.awards")),
                 p(cls("quiet"),
                   t("challenges.awarded-of", {{"sum", money(visit, r.whole.statement, sum)},
                                               {"purse", money(visit, r.whole.statement, purse(r.whole.statement))}})),
                 items);
}

Html became(const Visit& visit, const Shown& r) {
  const auto& t = visit.t;
  Html items;
  for (const auto& f : r.follow_ups)
    items +=
        f.said_at
            ? div(cls("stack close"),
                  p(cls("meta"), web::when(t, *f.said_at),
                    web::tag(t(*f.in_use ? "challenges.in-use" : "challenges.not-in-use"), *f.in_use ? "good" : "")),
                  f.reached ? p(t("challenges.reached", {{"n", *f.reached}})) : Html{}, paragraphs(f.words))
            : p(t("challenges.follow-up-asked", {{"date", t.day(f.asked_at)}}));
  if (may(visit, r.whole, "challenges.follow-up") && r.whole.phase >= Phase::awarded)
    items += p(a_link(to(visit, r.whole.c, "follow-up"), t("challenges.follow-up-title")));
  return items.empty() ? Html{} : section(cls("stack"), h2(t("challenges.what-became")), items);
}

Html desk(const Visit& visit, const Shown& r) {
  const auto& t = visit.t;
  Html links;
  const auto link = [&](std::string_view act, std::string_view path, std::string_view key, bool first) {
    if (may(visit, r.whole, act))
      links += a(cls(first ? "button little" : "button plain little"), href(to(visit, r.whole.c, path)), t(key));
  };
  if (r.whole.phase == Phase::provisional) {
    link("challenges.check-winner", "check-winner", "challenges.check-title", false);
    link("challenges.announce-result", "announce", "challenges.rank-again-title", false);
  }
  link("challenges.give-partial", "give-partial", "challenges.partial-title", false);
  if (r.whole.phase == Phase::provisional) link("challenges.award", "award", "challenges.award-title", true);
  Html checks;
  for (const auto& c : r.checked) {
    const auto line = std::ranges::find_if(r.lines, [&](const Line& l) { return l.placed.standing.entry == c.entry; });
    if (line != r.lines.end() && c.passed)
      checks += li(t("challenges.checked-n", {{"n", line->placed.number}}), " ", c.reason);
  }
  if (links.empty()) return {};
  return web::notice(web::Tone::plain, div(cls("stack close"), p(t("challenges.result-desk")),
                                           checks.empty() ? Html{} : ul(checks), div(cls("actions"), links)));
}

http::Response result_page(Visit& visit) {
  const auto r = result_of(visit);
  if (!r) return not_found(visit);
  const auto& t = visit.t;
  const auto& c = r->whole.c;
  const bool provisional = r->whole.phase == Phase::provisional;
  Html status =
      provisional ? web::notice(web::Tone::warning, p(b(t("challenges.provisional-title")), " ",
                                                      t("challenges.provisional-words",
                                                        {{"date", t.moment(c.objections_until.value_or(visit.now))}})))
                  : Html{};
  Html object;
  for (const Line& line : r->lines)
    if (line.own && provisional && visit.now < c.objections_until.value_or(Time{}) &&
        may(visit, r->whole, "challenges.object"))
      object += p(
          a_link(to(visit, c, "entries/" + str(line.placed.standing.entry) + "/object"), t("challenges.object-title")));
  const Html replay = p(cls("small quiet"), t("challenges.replay-words"), " ",
                        a_link(to(visit, c, "result/ranking.json"), t("challenges.ranking-file")), " · ",
                        a_link(to(visit, c, "result/result.json"), t("challenges.result-file")));
  const Html main = web::lead(web::crumbs(t, trail(visit, &c)), t("challenges.result"), Html{}, Html{}) +
                    div(cls("stack loose"), status, desk(visit, *r),
                        section(cls("stack"), h2(t("challenges.places")), places(visit, *r), object, replay),
                        objections(visit, *r), awards(visit, *r), became(visit, *r));
  return visit.page({.title = t("challenges.result"), .main = main, .current = "challenges"});
}

/// The ranking's file and its answer: whoever may read the result may replay it. The lot is in it: it is drawn and
/// over.
std::function<http::Response(Visit&)> replay(bool file) {
  return [file](Visit& visit) {
    const auto found = visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<store::Ranked> {
      const auto whole = find(visit, tx);
      if (!whole || whole->phase < Phase::provisional || whole->phase == Phase::cancelled) return std::nullopt;
      // Marks stay with the room until the award; then the charter says whether everybody may see their spread.
      const bool room = sees_unpublished(visit) || may(visit, *whole, "challenges.decide-objection") ||
                        (visit.person && store::team_of(tx, whole->c.id, visit.person->id));
      if (!room && !shown(visit, whole->phase, "spread")) return std::nullopt;
      return store::ranking(tx, whole->c.id);
    });
    if (!found) return not_found(visit);
    return visit.file(file ? found->file : found->result, "application/json", file ? "ranking.json" : "result.json");
  };
}

ActPage page_of(const Visit& visit, const Whole& whole, std::string_view act, std::string_view path,
                std::string_view title, std::string_view words, std::string_view flash) {
  return {.act = act,
          .title = visit.t(title),
          .words = p(visit.t(words)),
          .button = visit.t(title),
          .path = path,
          .fixed = {{"challenge", str(whole.c.id)}},
          .flash = flash};
}

/// A form about one thing that the path names under `param`: set as the act's field `field`.
void add_item_page(House& house, std::string_view act, std::string pattern, std::string_view param,
                   std::string_view field, std::string_view title, std::string_view words, std::string_view flash) {
  const auto make = [=](Visit& visit, const Whole& whole) {
    ActPage page = page_of(visit, whole, act, {}, title, words, flash);
    page.fixed[field] = std::string(visit.params[param]);
    return page;
  };
  const auto path_of = [pattern, param](const Visit& visit) {
    std::string path = pattern;
    const std::string hole = "{" + std::string(param) + "}";
    return path.replace(path.find(hole), hole.size(), std::string(visit.params[param]));
  };
  const std::string route = "/{platform}/challenges/{slug}/" + pattern;
  house.routes.add({http::Method::get, route, web::Door::signed_in, web::Keep::nothing, 0, [=](Visit& visit) {
                      const auto whole = here(visit);
                      if (!whole) return not_found(visit);
                      if (auto no = barred(visit, act, whole->phase)) return *std::move(no);
                      const std::string path = path_of(visit);
                      ActPage page = make(visit, *whole);
                      page.path = path;
                      return show(visit, &whole->c, page);
                    }});
  house.routes.add(
      {http::Method::post, route, web::Door::signed_in, web::Keep::nothing, web::form_limit, [=](Visit& visit) {
         const auto whole = here(visit);
         if (!whole) return not_found(visit);
         const std::string path = path_of(visit);
         ActPage page = make(visit, *whole);
         page.path = path;
         return perform(visit, &whole->c, page);
       }});
}

}  // namespace

Html feedback(const Visit& visit, storage::ReadTx& tx, const Whole& whole, const Entry& e) {
  if (whole.phase < Phase::provisional || whole.phase == Phase::cancelled) return {};
  const auto& t = visit.t;
  const auto place = store::standing(tx, e.id);
  const Statement& s = whole.statement;
  std::vector<std::int64_t> sums(s.rubric.items.size());
  std::int64_t readers = 0;
  Html comments;
  for (const Marks& m : store::marks_of_entry(tx, e.id)) {
    if (m.state != MarkState::given || m.round != s.rounds.value) continue;
    ++readers;
    for (std::size_t i = 0; i < sums.size() && i < m.marks.size(); ++i) sums[i] += m.marks[i];
    if (!m.to_solver.empty()) comments += li(paragraphs(m.to_solver));
  }
  Html rows;
  for (std::size_t i = 0; i < sums.size() && readers > 0; ++i)
    rows += tr(td(s.rubric.items[i].name.value),
               td(cls("num"), i18n::number(t.language(), double(sums[i]) / 10 / double(readers), 1), " / ",
                  t.number(s.rubric.items[i].max.value)));
  return section(cls("stack"), h2(t("challenges.feedback")),
                 place ? p(t("challenges.your-place", {{"place", place->rank}, {"score", place->score}})) : Html{},
                 e.reason.empty() ? Html{} : div(paragraphs(e.reason)),
                 rows.empty()
                     ? p(t("challenges.no-marks"))
                     : scrolling(t("challenges.feedback"),
                                 table(thead(tr(th(attr("scope", "col"), t("challenges.criterion")),
                                                th(attr("scope", "col"), cls("num"), t("challenges.mean-mark")))),
                                       tbody(rows))),
                 comments.empty() ? Html{} : ul(cls("stack"), comments));
}

void add_result_pages(House& house) {
  using http::Method;
  using web::Door;
  using web::Keep;
  const auto get = [&](const std::string& path, auto handler) {
    house.routes.add({Method::get, "/{platform}/challenges/{slug}/" + path, Door::anyone, Keep::nothing, 0, handler});
  };
  get("result", result_page);
  get("result/ranking.json", replay(true));
  get("result/result.json", replay(false));
  const auto act_page = [&](std::string_view act, std::string_view path, std::string_view title, std::string_view words,
                            std::string_view flash) {
    add_act_page(house, act, path, [=](const Visit& visit, const Whole& whole) {
      return page_of(visit, whole, act, path, title, words, flash);
    });
  };
  act_page("challenges.announce-result", "announce", "challenges.announce-title", "challenges.announce-words",
           "challenges.announced-now");
  act_page("challenges.check-winner", "check-winner", "challenges.check-title", "challenges.check-words",
           "challenges.checked-now");
  act_page("challenges.give-partial", "give-partial", "challenges.partial-title", "challenges.partial-words",
           "challenges.partial-now");
  act_page("challenges.award", "award", "challenges.award-title", "challenges.award-words", "challenges.awarded-now");
  act_page("challenges.follow-up", "follow-up", "challenges.follow-up-title", "challenges.follow-up-words",
           "challenges.followed-up");
  add_item_page(house, "challenges.object", "entries/{entry}/object", "entry", "entry", "challenges.object-title",
                "challenges.object-words", "challenges.objected");
  add_item_page(house, "challenges.decide-objection", "objections/{objection}", "objection", "objection",
                "challenges.decide-objection-title", "challenges.decide-objection-words",
                "challenges.objection-decided");
  add_item_page(house, "challenges.plan-payments", "awards/{award}/plan", "award", "award", "challenges.plan-title",
                "challenges.plan-words", "challenges.planned");
  add_item_page(house, "challenges.accept-milestone", "tranches/{tranche}/accept", "tranche", "tranche",
                "challenges.accept-title", "challenges.accept-words", "challenges.accepted-now");
  add_item_page(house, "challenges.pay", "tranches/{tranche}/pay", "tranche", "tranche", "challenges.pay-title",
                "challenges.pay-words", "challenges.paid-now");
}

}  // namespace polder::challenges
