// Who judges: for those who may seat them. And a conflict of interest that somebody else knows of.
#include "kernel/text/text.h"
#include "processes/challenges/jury_pages.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

struct Panel {
  Jury jury;
  std::vector<Judge> judges;
  std::map<Id, store::Load> load;
};

std::optional<Panel> panel(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Panel> {
    auto j = jury(visit, tx);
    if (!j || !j->who.assigns()) return std::nullopt;
    const Id c = j->whole.c.id;
    return Panel{*std::move(j), store::judges(tx, c), store::loads(tx, c, 1)};
  });
}

Html declared_tag(const Visit& visit, const Panel& panel, const Judge& j) {
  // Before entries close nobody learns from here whether there are any.
  if (panel.jury.whole.phase < Phase::screening) return web::tag(visit.t("challenges.declares-later"));
  const bool done = j.declared || panel.jury.whole.c.entries == 0;
  return done ? web::tag(visit.t("challenges.has-declared"), "good") : web::tag(visit.t("challenges.not-declared"));
}

Html panel_table(Visit& visit, const Panel& panel) {
  const auto& t = visit.t;
  if (panel.judges.empty()) return web::empty(t("challenges.panel-empty"), t("challenges.panel-empty-words"));
  const bool may_unseat = may_now(visit, panel.jury.whole, "challenges.unseat-judge");
  Html rows;
  for (const Judge& j : panel.judges) {
    const auto load = panel.load.find(j.person);
    rows += tr(
        th(attr("scope", "row"), name_of(visit, panel.judges, j.person)), td(j.organisation), td(t.all_of(j.expertise)),
        td(cls("n"), t.number(load == panel.load.end() ? 0 : load->second.reads), " / ", t.number(j.most)),
        td(declared_tag(visit, panel, j)),
        may_unseat ? td(press_form(visit, panel.jury.whole, "panel/unseat", t("challenges.unseat"),
                                   input(attr("type", "hidden"), attr("name", "judge"), attr("value", str(j.person))),
                                   "button plain little"))
                   : td());
  }
  return scrolling(t("challenges.panel"),
                   column(t("challenges.judge")) + column(t("challenges.seat-judge.organisation")) +
                       column(t("challenges.seat-judge.expertise")) + number_column(t("challenges.load")) +
                       column(t("challenges.declaration")) +
                       th(attr("scope", "col"), span(cls("visually-hidden"), t("challenges.change"))),
                   rows);
}

http::Response draw(Visit& visit, const Panel& panel, const json::object& typed, const Refusal* refused) {
  const auto& t = visit.t;
  const auto& c = panel.jury.whole.c;
  const Html words = p(t("challenges.panel-words"));
  if (!may_now(visit, panel.jury.whole, "challenges.seat-judge"))
    return visit.page({.title = t("challenges.panel"),
                       .main = web::lead(web::crumbs(t, trail(visit, &c)), t("challenges.panel"), words, Html{}) +
                               panel_table(visit, panel),
                       .current = "challenges"});
  return people::form_page(visit,
                           {.title = t("challenges.panel"),
                            .trail = trail(visit, &c),
                            .words = words,
                            .above = panel_table(visit, panel) + h2(t("challenges.seat-somebody")),
                            .act = "challenges.seat-judge",
                            .description = visit.house.acts.find("challenges.seat-judge")->fields,
                            .controls = {},
                            .to = to(visit, c, "panel"),
                            .button = t("challenges.seat-now")},
                           typed, refused);
}

http::Response panel_page(Visit& visit) {
  const auto found = panel(visit);
  return found ? draw(visit, *found, {{"most", 10}}, nullptr) : not_found(visit);
}

http::Response seat(Visit& visit) {
  const auto found = panel(visit);
  if (!found) return not_found(visit);
  return send(visit, found->jury.whole, "challenges.seat-judge", {}, "challenges.seated",
              [&](const json::object& typed, const Refusal& refused) { return draw(visit, *found, typed, &refused); });
}

// ---- a conflict that somebody reports ----

struct Reporting {
  Jury jury;
  std::vector<std::pair<std::string, std::string>> judges, teams, entries;
};

/// Does this visitor know of a judge and of a team or an entry that they may name? The panel and those who work for it
/// do; where the charter shows the panel, a team does, of itself, and whoever sees entries.
bool knows_enough(const Visit& visit, storage::ReadTx& tx, const Whole& whole, const Onlooker& who) {
  if (!may_now(visit, whole, "challenges.report-conflict")) return false;
  if (who.on_panel() || who.screens() || who.assigns()) return true;
  if (!shown(visit, whole.phase, "panel")) return false;
  // With the places known a team objects.
  if (who.team() != Id{}) return whole.phase < Phase::provisional;
  return std::ranges::any_of(store::entries(tx, whole.c.id, 0, 20),
                             [&](const Entry& e) { return who.at(e) >= Sight::exists; });
}

/// Whom and what this visitor may name: judges; their own team, every team for the panel and the screeners, entries by
/// number for whoever sees some.
std::optional<Reporting> reporting(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Reporting> {
    auto j = jury(visit, tx);
    if (!j || !knows_enough(visit, tx, j->whole, j->who)) return std::nullopt;
    const Id c = j->whole.c.id;
    const auto& who = j->who;
    Reporting out{*j, {}, {}, {}};
    for (const Judge& one : store::judges(tx, c)) out.judges.emplace_back(str(one.person), one.name);
    if (who.on_panel() || who.screens() || shown(visit, j->whole.phase, "teams")) {
      for (const Team& team : store::entered_teams(tx, c))
        out.teams.emplace_back(str(team.id), team.name + (team.organisation.empty() ? "" : ", " + team.organisation));
      std::ranges::sort(out.teams, {}, [](const auto& one) { return text::fold(one.second); });
    } else if (const auto own = store::team(tx, who.team())) {
      out.teams.emplace_back(str(own->id), own->name);
    } else {
      for (const Entry& e : store::entries(tx, c, 0, 1'000))
        if (who.at(e) >= Sight::exists)
          out.entries.emplace_back(str(e.id), visit.t("challenges.entry-n", {{"n", e.number}}));
    }
    return out;
  });
}

http::Response draw_report(Visit& visit, const Reporting& r, const json::object& typed, const Refusal* refused) {
  const auto& t = visit.t;
  const auto& c = r.jury.whole.c;
  return people::form_page(
      visit,
      {.title = t("challenges.report-conflict-title"),
       .trail = trail(visit, &c),
       .words = p(t("challenges.report-conflict-words")),
       .act = "challenges.report-conflict",
       .description = visit.house.acts.find("challenges.report-conflict")->fields,
       .controls =
           [&](const fields::Drawing& form) {
             Html out =
                 id_select(form, "judge", t("challenges.report-conflict.judge"), t("fields.choose-one"), r.judges);
             if (!r.entries.empty())
               out +=
                   id_select(form, "entry", t("challenges.report-conflict.entry"), t("fields.choose-one"), r.entries);
             else
               out += id_select(form, "team", t("challenges.report-conflict.team"), t("fields.choose-one"), r.teams);
             return out + form.field("reason");
           },
       .to = to(visit, c, "report-conflict"),
       .button = t("challenges.report-conflict-now")},
      typed, refused);
}

http::Response report_form(Visit& visit) {
  const auto found = reporting(visit);
  return found ? draw_report(visit, *found, {}, nullptr) : not_found(visit);
}

http::Response report(Visit& visit) {
  const auto found = reporting(visit);
  if (!found) return not_found(visit);
  return send(
      visit, found->jury.whole, "challenges.report-conflict", {}, "challenges.conflict-reported",
      [&](const json::object& typed, const Refusal& refused) { return draw_report(visit, *found, typed, &refused); });
}

}  // namespace

bool can_report(const Visit& visit, const Whole& whole) {
  if (!visit.person || !may_now(visit, whole, "challenges.report-conflict")) return false;
  return visit.house.database.read([&](storage::ReadTx& tx) {
    return knows_enough(visit, tx, whole, Onlooker(visit.house, tx, visit.actor, whole.c));
  });
}

void add_panel_pages(House& house) {
  add_route(house, "panel", panel_page, seat);
  add_route(house, "panel/unseat", nullptr, press("challenges.unseat-judge", "challenges.unseated"));
  add_route(house, "report-conflict", report_form, report);
}

}  // namespace polder::challenges
