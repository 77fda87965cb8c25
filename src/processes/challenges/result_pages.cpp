// The result: places with what decided them, objections and their answers, awards and payments, and what became of it.
#include <charconv>
#include <map>

#include "kernel/web/scrolling.h"
#include "processes/challenges/jury_pages.h"
#include "processes/challenges/result.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

/// One row of the result as these eyes may see it.
struct Line {
  store::Placed placed;
  bool own = false;
};

struct Shown {
  Whole whole;
  Onlooker who;
  std::vector<Line> lines;
  bool more = false;
  OnTheWay way;
  std::map<Id, store::SpokenOf> spoken_of;
};

/// Where the page before this one ended, as the address says: "12-345", place and entry.
store::After after_of(const Visit& visit) {
  const std::string from = visit.query("after");
  const auto dash = from.find('-');
  std::int64_t place = 0;
  const auto [end, error] = std::from_chars(from.data(), from.data() + from.size(), place);
  const auto entry = dash == from.npos ? std::nullopt : parse_id(std::string_view(from).substr(dash + 1));
  return error == std::errc{} && entry && end == from.data() + dash ? store::After{place, *entry} : store::After{};
}

std::optional<Shown> result_of(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Shown> {
    auto j = jury(visit, tx);
    if (!j || j->whole.phase < Phase::announced || j->whole.phase == Phase::cancelled) return std::nullopt;
    const Id c = j->whole.c.id;
    OnTheWay way = on_the_way(tx, j->whole);
    if (j->whole.phase != Phase::provisional) {
      way.rankings = store::rankings(tx, c);
      way.objections = store::objections(tx, c);
    }
    // Of a prize that runs on, what was ranked and awarded so far stays to be read.
    if (j->whole.phase < Phase::provisional && way.rankings.empty()) return std::nullopt;
    Shown r{
        .whole = std::move(j->whole), .who = std::move(j->who), .lines = {}, .way = std::move(way), .spoken_of = {}};
    const store::After after = after_of(visit);
    auto placed = after.place == 0 && r.whole.phase == Phase::provisional
                      ? r.way.first
                      : store::placed(tx, c, result_page_size + 1, after);
    r.more = std::int64_t(placed.size()) > result_page_size;
    if (r.more) placed.pop_back();
    for (auto& one : placed) {
      const bool own = r.who.team() != Id{} && r.who.team() == one.team;
      r.lines.push_back({std::move(one), own});
    }
    if (!r.way.objections.empty() || !r.way.awards.empty() || !r.way.checked.empty())
      r.spoken_of = store::spoken_of(tx, c);
    return r;
  });
}

/// An entry by its number, and by its team's name where that may be known: one's own, and after the award those with an
/// award, as the charter says.
std::string name_of(const Visit& visit, const Shown& r, Id entry, const store::SpokenOf& who) {
  const std::string number = visit.t("challenges.entry-n", {{"n", who.number}});
  const bool over = r.whole.phase == Phase::awarded || r.whole.phase == Phase::finished;
  const bool won = std::ranges::find(r.way.awards, entry, &Award::entry) != r.way.awards.end();
  const bool own = r.who.team() != Id{} && r.who.team() == who.team;
  return own || (over && won && shown(visit, r.whole.phase, "teams")) ? who.team_name + " (" + number + ")" : number;
}

/// The same, as a link for who may read the entry: one's own, or with everything but the team at least.
Html entry_link(const Visit& visit, const Shown& r, Id entry, const store::SpokenOf& who) {
  const std::string name = name_of(visit, r, entry, who);
  if (r.who.team() != Id{} && r.who.team() == who.team)
    return a(href(to(visit, r.whole.c, "entries/" + str(entry))), b(name));
  Entry e;
  e.id = entry;
  e.challenge = r.whole.c.id;
  e.team = who.team;
  e.state = EntryState::admissible;  // it was ranked, spoken of or screened: nobody but its team sees another
  if (r.whole.phase < Phase::provisional || r.who.at(e) < Sight::content) return span(name);
  return a(href(to(visit, r.whole.c, "result/entries/" + std::to_string(who.number))), name);
}

store::SpokenOf of(const store::Placed& placed) { return {placed.number, placed.team, placed.team_name}; }

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

Html places(const Visit& visit, const Shown& r) {
  const auto& t = visit.t;
  if (r.lines.empty()) return web::empty(t("challenges.nobody-ranked"), t("challenges.nobody-ranked-words"));
  Html rows;
  for (const Line& line : r.lines) {
    const std::string tie = decided_words(visit, r.whole.statement, line.placed.standing.decided_by);
    rows +=
        tr(td(cls("n"), t.number(line.placed.standing.rank)),
           td(entry_link(visit, r, line.placed.standing.entry, of(line.placed)),
              tie.empty() ? Html{} : div(cls("small quiet"), tie)),
           td(cls("n"), line.placed.standing.score),
           td(cls("n"),
              line.placed.standing.amount > 0 ? money(visit, r.whole.statement, line.placed.standing.amount) : "–"));
  }
  const auto head = [&](std::string_view key, bool number) {
    return th(attr("scope", "col"), number ? cls("n") : Attr{}, t(key));
  };
  std::optional<Url> next, back;
  if (r.more) {
    const auto& last = r.lines.back().placed.standing;
    next = to(visit, r.whole.c, "result").with("after", std::to_string(last.rank) + '-' + str(last.entry));
  }
  if (after_of(visit).place > 0) back = to(visit, r.whole.c, "result");
  return web::scrolling(t("challenges.places"),
                        table(thead(tr(head("challenges.place", true), head("challenges.entry", false),
                                       head("challenges.score", true), head("challenges.amount", true))),
                              tbody(rows))) +
         web::pager(t, back, next);
}

/// A team reads its own; all are read by who decides about them and by who waits for the decision before the award.
Html objections(const Visit& visit, const Shown& r) {
  const auto& t = visit.t;
  const bool all = !r.who.on_panel() && (visit.may("challenges.decide-objection", "provisional").allowed ||
                                         visit.may("challenges.announce-result", "provisional").allowed);
  Html items;
  for (const Objection& o : r.way.objections) {
    const auto about = r.spoken_of.find(o.entry);
    if (about == r.spoken_of.end()) continue;
    const bool own = r.who.team() != Id{} && r.who.team() == about->second.team;
    if (own || (all && !r.who.barred_from(about->second.team)))
      items += li(objection_told(visit, r.whole, o, entry_link(visit, r, o.entry, about->second)));
  }
  return items.empty()
             ? Html{}
             : section(cls("stack"), id("objections"), h2(t("challenges.objections")), ol(cls("answers"), items));
}

/// Every ranking there was, so that nobody has to remember what the places were before.
Html rankings(const Visit& visit, const Shown& r) {
  if (r.way.rankings.size() < 2 && r.whole.phase >= Phase::provisional) return {};
  const auto& t = visit.t;
  Html items;
  for (const auto& one : r.way.rankings)
    items += li(p(cls("meta"), b(t("challenges.ranking-n", {{"n", one.number}})),
                  time_(attr("datetime", iso(one.at)), t.moment(one.at))),
                one.why.empty() ? p(t("challenges.ranked-first")) : paragraphs(one.why));
  return section(cls("stack"), h2(t("challenges.rankings-so-far")), ol(cls("timeline"), items));
}

Html payments(const Visit& visit, const Shown& r, const Award& a) {
  const auto& t = visit.t;
  const bool plans = may_now(visit, r.whole, "challenges.plan-payments"),
             pays = may_now(visit, r.whole, "challenges.pay");
  // Another's seeker is told nothing of it, unless the plan names them.
  const bool named =
      visit.person && std::ranges::find(r.way.tranches, visit.person->id, &Tranche::accepter) != r.way.tranches.end();
  const bool seeks = named || is_theirs(visit.house, visit.actor, r.whole.c);
  const bool accepts = may_now(visit, r.whole, "challenges.accept-milestone") && seeks;
  const auto winner = r.spoken_of.find(a.entry);
  const bool own = winner != r.spoken_of.end() && r.who.team() != Id{} && r.who.team() == winner->second.team;
  // Whoever had to do with the money reads what became of it when all is paid, too.
  const auto had_to = [&](std::string_view act) { return visit.may(act, fields::word_of(Phase::awarded)).allowed; };
  if (!had_to("challenges.plan-payments") && !had_to("challenges.pay") &&
      !(had_to("challenges.accept-milestone") && seeks) && !own)
    return {};
  Html rows;
  bool begun = false;
  for (const Tranche& part : r.way.tranches) {
    if (part.award != a.id) continue;
    begun = begun || part.accepted_at.has_value();
    Html state;
    if (part.paid_at)
      state = span(t("challenges.paid-to", {{"payee", part.payee}, {"end", part.account_end}}), " · ",
                   web::when(t, *part.paid_at));
    else if (part.accepted_at && pays)
      state = a_link(to(visit, r.whole.c, "tranches/" + str(part.id) + "/pay"), t("challenges.pay-title"));
    else if (part.accepted_at)
      state = span(t("challenges.accepted"));
    else if (accepts && visit.person && part.accepter == visit.person->id)
      state = a_link(to(visit, r.whole.c, "tranches/" + str(part.id) + "/accept"), t("challenges.accept-title"));
    else
      state = span(t("challenges.not-due"));
    rows += tr(td(part.milestone), td(cls("n"), money(visit, r.whole.statement, part.amount)), td(state));
  }
  Html plan_link = plans && !begun ? p(a_link(to(visit, r.whole.c, "awards/" + str(a.id) + "/plan"),
                                              t(rows.empty() ? "challenges.plan-title" : "challenges.plan-again")))
                                   : Html{};
  if (rows.empty()) return plan_link;
  std::string name = t("challenges.payments") + ": " + a.prize;  // of the table: there is one for each award
  if (winner != r.spoken_of.end()) name += ", " + t("challenges.entry-n", {{"n", winner->second.number}});
  return web::scrolling(name, table(thead(tr(th(attr("scope", "col"), t("challenges.milestone")),
                                             th(attr("scope", "col"), cls("n"), t("challenges.amount")),
                                             th(attr("scope", "col"), t("challenges.state")))),
                                    tbody(rows))) +
         plan_link;
}

Html awards(const Visit& visit, const Shown& r) {
  const auto& t = visit.t;
  if (r.whole.phase < Phase::awarded && r.way.awards.empty()) return {};
  Html items;
  std::int64_t sum = 0;
  for (const Award& a : r.way.awards) {
    const auto winner = r.spoken_of.find(a.entry);
    sum += a.amount;
    items +=
        section(cls("stack close"),
                h3(a.prize, ": ", winner == r.spoken_of.end() ? Html{} : entry_link(visit, r, a.entry, winner->second)),
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
  for (const auto& f : r.way.follow_ups)
    items +=
        f.said_at
            ? div(cls("stack close"),
                  p(cls("meta"), web::when(t, *f.said_at),
                    web::tag(t(*f.in_use ? "challenges.in-use" : "challenges.not-in-use"), *f.in_use ? "good" : "")),
                  f.reached ? p(t("challenges.reached", {{"n", *f.reached}})) : Html{}, paragraphs(f.words))
            : p(t("challenges.follow-up-asked", {{"date", t.day(f.asked_at)}}));
  if (may_now(visit, r.whole, "challenges.follow-up") && r.whole.phase >= Phase::awarded)
    items += p(a_link(to(visit, r.whole.c, "follow-up"), t("challenges.follow-up-title")));
  return items.empty() ? Html{} : section(cls("stack"), h2(t("challenges.what-became")), items);
}

Html desk(const Visit& visit, const Shown& r) {
  const auto& t = visit.t;
  const bool provisional = r.whole.phase == Phase::provisional;
  Html links;
  const auto link = [&](bool whose, std::string_view path, std::string_view key) {
    if (whose) links += a(cls("button plain little"), href(to(visit, r.whole.c, path)), t(key));
  };
  link(may_now(visit, r.whole, "challenges.give-partial"), "give-partial", "challenges.partial-title");
  if (provisional) {
    link(may_now(visit, r.whole, "challenges.announce-result"), "announce", "challenges.rank-again-title");
    link(may_now(visit, r.whole, "challenges.deliberate-again") && !r.whole.statement.rubric.items.empty(),
         "deliberate-again", "challenges.deliberate-again-title");
    link(may_now(visit, r.whole, "challenges.award"), "award", "challenges.award-or-not-title");
  }
  link(may_now(visit, r.whole, "challenges.reopen"), "reopen", "challenges.reopen-title");
  Html checks;
  for (const auto& c : r.way.checked)
    if (const auto found = r.spoken_of.find(c.entry); found != r.spoken_of.end() && c.passed)
      checks += li(t("challenges.checked-n", {{"n", found->second.number}}), " ", c.reason);
  const Html next = next_steps(visit, r.whole, r.way);
  if (links.empty() && next.empty()) return {};
  return web::notice(web::Tone::plain,
                     div(cls("stack close"), provisional ? p(t("challenges.desk-provisional")) : Html{}, next,
                         checks.empty() ? Html{} : ul(checks), links.empty() ? Html{} : div(cls("actions"), links)));
}

/// From the award on everybody inside reads what became of it.
Html to_report(const Visit& visit, const Whole& whole) {
  const bool there = whole.phase == Phase::awarded || whole.phase == Phase::finished;
  return there ? p(a_link(to(visit, whole.c, "report"), visit.t("challenges.report"))) : Html{};
}

/// A team whose entry holds no place objects from its own page: there each finds what was decided about it.
Html to_own(const Visit& visit, const Shown& r) {
  if (r.who.team() == Id{}) return {};
  return p(visit.t("challenges.object-from-your-entry"), " ",
           a_link(to(visit, r.whole.c, "team"), visit.t("challenges.to-your-team")));
}

http::Response result_page(Visit& visit) {
  const auto r = result_of(visit);
  if (!r) return not_found(visit);
  const auto& t = visit.t;
  const auto& c = r->whole.c;
  const bool ranked = r->whole.phase >= Phase::provisional;
  Html status;
  if (r->whole.phase == Phase::provisional)
    status =
        web::notice(web::Tone::warning,
                    p(b(t("challenges.provisional-title")), " ",
                      t("challenges.provisional-words", {{"date", t.moment(c.objections_until.value_or(visit.now))}})));
  if (!ranked) status = web::notice(web::Tone::plain, p(t("challenges.runs-on")));
  if (r->way.changed) status += web::notice(web::Tone::warning, p(t("challenges.marks-changed-since")));
  const Html replay = p(cls("small quiet"), t("challenges.replay-words"), " ",
                        a_link(to(visit, c, "result/ranking.json"), t("challenges.ranking-file")), " · ",
                        a_link(to(visit, c, "result/result.json"), t("challenges.result-file")));
  const Html main =
      web::lead(web::crumbs(t, trail(visit, &c)), t("challenges.result"), Html{}, Html{}) +
      div(cls("stack loose"), status, desk(visit, *r),
          ranked ? section(cls("stack"), h2(t("challenges.places")), places(visit, *r), to_own(visit, *r), replay)
                 : Html{},
          objections(visit, *r), awards(visit, *r), rankings(visit, *r), became(visit, *r), to_report(visit, r->whole),
          export_links(visit, c));
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
      const bool room = sees_unpublished(visit, whole->c) || may_now(visit, *whole, "challenges.decide-objection") ||
                        (visit.person && store::team_of(tx, whole->c.id, visit.person->id));
      if (!room && !shown(visit, whole->phase, "spread")) return std::nullopt;
      return store::ranking(tx, whole->c.id);
    });
    if (!found) return not_found(visit);
    return visit.file(file ? found->file : found->result, "application/json", file ? "ranking.json" : "result.json");
  };
}

}  // namespace

void add_result_pages(House& house) {
  using http::Method;
  using web::Door;
  using web::Keep;
  const auto get = [&](const std::string& path, const auto& handler) {
    house.routes.add({Method::get, "/{platform}/challenges/{slug}/" + path, Door::anyone, Keep::nothing, 0, handler});
  };
  get("result", result_page);
  get("result/ranking.json", replay(true));
  get("result/result.json", replay(false));
  add_plain_page(house, "challenges.announce-result", "announce", "challenges.announce-title",
                 "challenges.announce-words", "challenges.announced-now");
  add_plain_page(house, "challenges.check-winner", "check-winner", "challenges.check-title", "challenges.check-words",
                 "challenges.checked-now");
  add_plain_page(house, "challenges.give-partial", "give-partial", "challenges.partial-title",
                 "challenges.partial-words", "challenges.partial-now");
  add_plain_page(house, "challenges.award", "award", "challenges.award-title", "challenges.award-words",
                 "challenges.awarded-now");
  add_plain_page(house, "challenges.deliberate-again", "deliberate-again", "challenges.deliberate-again-title",
                 "challenges.deliberate-again-words", "challenges.deliberates-again");
  add_plain_page(house, "challenges.reopen", "reopen", "challenges.reopen-title", "challenges.reopen-words",
                 "challenges.reopened");
  add_plain_page(house, "challenges.follow-up", "follow-up", "challenges.follow-up-title", "challenges.follow-up-words",
                 "challenges.followed-up");
}

}  // namespace polder::challenges
