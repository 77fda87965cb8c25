// What the screener sees: everything of an entry, so that judges see nothing that tells whose it is.
#include "kernel/i18n/format.h"
#include "processes/challenges/jury_pages.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

constexpr std::int64_t page_size = 50;

Html state_tag(const Visit& visit, EntryState state) {
  // messages: challenges.screened-*
  const std::string_view kind = state == EntryState::admissible ? "good" : state == EntryState::sealed ? "now" : "bad";
  return web::tag(visit.t(std::string("challenges.screened-") + fields::word_of(state)), kind);
}

http::Response screening_list(Visit& visit) {
  const std::int64_t after = std::max<std::int64_t>(0, std::atoll(visit.query("after").c_str()));
  std::vector<store::Named> entries;
  std::int64_t waiting = 0;
  const auto j = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = jury(visit, tx);
    if (!found || !found->who.screens() || found->whole.phase < Phase::screening) return std::optional<Jury>{};
    entries = store::named(tx, found->whole.c.id, after, page_size + 1);
    waiting = store::count_unscreened(tx, found->whole.c.id);
    return found;
  });
  if (!j) return not_found(visit);
  const auto& t = visit.t;
  const auto& c = j->whole.c;
  const bool more = std::int64_t(entries.size()) > page_size;
  if (more) entries.pop_back();
  Html rows;
  for (const auto& [e, team] : entries) {
    if (j->who.at(e) < Sight::all) continue;
    const std::string name = t("challenges.entry-n", {{"n", e.number}});
    const bool own = j->who.team() == e.team;
    rows += tr(th(attr("scope", "row"),
                  own ? span(name) : a(href(to(visit, c, "screening/" + std::to_string(e.number))), name)),
               td(e.title), td(team), td(own ? web::tag(t("challenges.your-own")) : state_tag(visit, e.state)));
  }
  std::optional<Url> next, back;
  if (more) next = to(visit, c, "screening").with("after", std::to_string(entries.back().e.number));
  if (after > 0) back = to(visit, c, "screening");
  const Html main =
      web::lead(web::crumbs(t, trail(visit, &c)), t("challenges.screening"), p(t("challenges.screening-words")),
                Html{}) +
      div(cls("stack loose"),
          web::notice(waiting == 0 ? web::Tone::good : web::Tone::plain,
                      p(t("challenges.waiting-for-screening", {{"n", waiting}}))),
          rows.empty() ? web::empty(t("challenges.no-entries"), t("challenges.no-entries-words"))
                       : scrolling(t("challenges.screening"),
                                   column(t("challenges.entry")) + column(t("challenges.write-entry.title")) +
                                       column(t("challenges.team")) + column(t("challenges.state")),
                                   rows),
          web::pager(t, back, next));
  return visit.page({.title = t("challenges.screening"), .main = main, .current = "challenges"});
}

struct Screened {
  Jury jury;
  Entry e;
  Team team;
  std::vector<FileRow> files;
  json::object before;  ///< what was said of it, as if typed
};

json::object typed_before(storage::ReadTx& tx, const Statement& s, const Entry& e) {
  json::array checks(s.criteria.items.size()), masks, files;
  for (std::size_t i = 0; i < checks.size(); ++i) checks[i] = json::object{{"criterion", std::int64_t(i + 1)}};
  for (const auto& check : store::checks(tx, e.id))
    if (check.criterion <= std::int64_t(checks.size()))
      checks[std::size_t(check.criterion - 1)] = json::object{
          {"criterion", check.criterion}, {"finding", check.met ? "met" : "not-met"}, {"evidence", check.evidence}};
  for (const auto& mask : store::masks(tx, e.id))
    masks.push_back(json::object{{"words", mask.words}, {"note", mask.note}});
  for (const Id file : store::packet_files(tx, e.id)) files.push_back(json::string(str(file)));
  json::object out{{"checks", std::move(checks)}, {"masks", std::move(masks)}, {"files", std::move(files)}};
  if (e.state == EntryState::admissible || e.state == EntryState::inadmissible) {
    out["outcome"] = fields::word_of(e.state);
    out["reason"] = e.reason;
  }
  return out;
}

std::optional<Screened> screened(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Screened> {
    auto j = jury(visit, tx);
    if (!j || !j->who.screens()) return std::nullopt;
    auto e = entry_for(tx, j->who, j->whole.c.id, number_in(visit), Sight::all);
    // One's own entry is somebody else's to screen.
    if (!e || j->who.team() == e->team) return std::nullopt;
    auto team = store::team(tx, e->team);
    if (!team) return std::nullopt;
    auto files = store::files(tx, e->id);
    std::erase_if(files, [](const FileRow& f) { return !f.sealed; });
    auto before = typed_before(tx, j->whole.statement, *e);
    return Screened{*std::move(j), *std::move(e), *std::move(team), std::move(files), std::move(before)};
  });
}

Html everything(const Visit& visit, const Screened& sc) {
  const auto& t = visit.t;
  const Statement& s = sc.jury.whole.statement;
  Html out = web::pairs({{t("challenges.team"), plain(sc.team.name)},
                         {t("challenges.join.organisation"), plain(sc.team.organisation)},
                         {t("challenges.write-entry.title"), plain(sc.e.title)}});
  for (std::size_t i = 0; i < s.entry.items.size(); ++i) {
    const EntryField& field = s.entry.items[i];
    const std::string words = i < sc.e.answers.size() ? sc.e.answers[i] : "";
    out += section(cls("stack close"),
                   h2(cls("h3"), field.label.value, " ",
                      web::tag(t(field.judges_see ? "challenges.judges-see" : "challenges.judges-do-not-see"),
                               field.judges_see ? "now" : "")),
                   words.empty() ? p(cls("quiet"), t("challenges.left-empty")) : div(cls("prose"), paragraphs(words)));
  }
  return div(cls("stack"), language_of(visit, sc.jury.whole.c.language), out);
}

Html checks(const Visit& visit, const Screened& sc, const fields::Drawing& form) {
  const auto& t = visit.t;
  const auto& criteria = sc.jury.whole.statement.criteria.items;
  if (criteria.empty()) return {};
  Html out = h2(cls("section"), t("challenges.screen.checks"));
  for (std::size_t i = 0; i < criteria.size(); ++i) {
    const std::string row = "checks." + std::to_string(i);
    const std::string shown_by =
        criteria[i].evidence ? t("challenges.shown-by", {{"evidence", criteria[i].evidence->value}}) : "";
    out += fieldset(cls("group"), legend(criteria[i].words.value), form.error(row + ".criterion"),
                    form.hidden(row + ".criterion", std::to_string(i + 1)), form.field(row + ".finding"),
                    form.field(row + ".evidence", {.hint = shown_by}));
  }
  return out + form.error("checks");
}

Html files(const Visit& visit, const Screened& sc, const json::object& typed, const fields::Drawing& form) {
  if (sc.files.empty()) return {};
  std::set<std::string> ticked;
  if (const auto* chosen = typed.if_contains("files")) {
    if (const auto* many = chosen->if_array())
      for (const auto& one : *many) ticked.insert(fields::text_of(&one).value_or(""));
    else
      ticked.insert(fields::text_of(chosen).value_or(""));
  }
  Html out;
  for (const FileRow& f : sc.files) {
    const std::string dom = "file-" + str(f.id);
    out += label(cls("choice"), attr("for", dom),
                 input(attr("type", "checkbox"), id(dom), attr("name", "files"), attr("value", str(f.id)),
                       ticked.contains(str(f.id)) ? attr("checked") : Attr{}),
                 span(f.name, " ", small(i18n::file_size(visit.t.language(), f.size)))) +
           p(cls("small"), a(href(to(visit, sc.jury.whole.c, "files/" + str(f.id))),
                             visit.t("challenges.look-into", {{"name", f.name}})));
  }
  return fieldset(cls("field"), html::id("f-files"), legend(visit.t("challenges.screen.files")),
                  p(cls("hint"), visit.t("challenges.screen-files-words")), form.error("files"),
                  div(cls("choices"), out));
}

http::Response draw(Visit& visit, const Screened& sc, const json::object& typed, const Refusal* refused) {
  const auto& t = visit.t;
  const auto& c = sc.jury.whole.c;
  auto way = trail(visit, &c);
  way.push_back({t("challenges.screening"), to(visit, c, "screening")});
  const std::string title = t("challenges.entry-n", {{"n", sc.e.number}});
  if (!may_now(visit, sc.jury.whole, "challenges.screen"))
    return visit.page({.title = title,
                       .main = web::lead(web::crumbs(t, way), title, Html{}, Html{}) +
                               div(cls("stack"), p(state_tag(visit, sc.e.state)), everything(visit, sc)),
                       .current = "challenges"});
  return people::form_page(visit,
                           {.title = title,
                            .trail = way,
                            .words = p(t("challenges.screen-words")),
                            .above = everything(visit, sc),
                            .act = "challenges.screen",
                            .description = visit.house.acts.find("challenges.screen")->fields,
                            .controls =
                                [&](const fields::Drawing& form) {
                                  return checks(visit, sc, form) + h2(cls("section"), t("challenges.screen-masks")) +
                                         form.field("masks") + files(visit, sc, typed, form) +
                                         h2(cls("section"), t("challenges.screen-outcome")) + form.field("outcome") +
                                         form.field("reason");
                                },
                            .to = to(visit, c, "screening/" + std::to_string(sc.e.number)),
                            .button = t("challenges.screen-now")},
                           typed, refused);
}

http::Response screening_form(Visit& visit) {
  const auto sc = screened(visit);
  return sc ? draw(visit, *sc, sc->before, nullptr) : not_found(visit);
}

http::Response screen(Visit& visit) {
  const auto sc = screened(visit);
  if (!sc) return not_found(visit);
  return send(visit, sc->jury.whole, "challenges.screen", {{"entry", str(sc->e.id)}}, "challenges.screened",
              [&](const json::object& typed, const Refusal& refused) { return draw(visit, *sc, typed, &refused); });
}

}  // namespace

void add_screening_pages(House& house) {
  add_route(house, "screening", screening_list);
  add_route(house, "screening/{number}", screening_form, screen);
}

}  // namespace polder::challenges
