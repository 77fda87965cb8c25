// A judge's desk: first what they have to do with whom, then the packets that were given to them, read without a name
// and marked by the rubric.
#include "kernel/i18n/format.h"
#include "kernel/text/text.h"
#include "kernel/web/download.h"
#include "processes/challenges/jury_pages.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

/// More teams than these are declared about page by page: a form has a limit.
constexpr std::int64_t teams_at_once = 100;

struct Desk {
  Jury jury;
  std::vector<store::Asked> teams = {};  ///< of this page: by name, so that nothing of the numbers shows through
  store::AskedKey after = {};
  std::optional<store::AskedKey> next = {};  ///< the last of this page, where more follow
  std::int64_t left = 0;                     ///< teams not declared about
  std::vector<store::Packet> packets = {};
  std::int64_t round = 1;
};

Url from(Url page, const store::AskedKey& key) {
  if (key.said) page = std::move(page).with("said", "1");
  return key.name.empty() ? page : std::move(page).with("after", key.name);
}

void read_teams(Visit& visit, storage::ReadTx& tx, Desk& desk) {
  const auto& whole = desk.jury.whole;
  const Id c = whole.c.id, me = visit.person->id;
  // Whoever has spoken of every team has nothing left, unless a prize that ran on brought others.
  const bool all_said = desk.jury.who.judge()->declared && whole.phase > Phase::screening;
  if (!all_said) desk.left = store::undeclared(tx, c, me);
  // What is no text is no name either: the first page.
  desk.after = {.said = visit.query("said") == "1",
                .name = text::clean(visit.query("after"), text::Lines::one).value_or("")};
  desk.teams = store::asked(tx, c, me, {desk.after.said || desk.left == 0, desk.after.name}, teams_at_once + 1);
  if (std::int64_t(desk.teams.size()) <= teams_at_once) return;
  desk.teams.pop_back();
  desk.next = {.said = desk.teams.back().said, .name = desk.teams.back().name};
}

std::optional<Desk> desk_of(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Desk> {
    auto j = jury(visit, tx);
    if (!j || !j->who.on_panel()) return std::nullopt;
    Desk out{.jury = *std::move(j)};
    if (out.jury.whole.phase < Phase::screening) return out;
    read_teams(visit, tx, out);
    const Id c = out.jury.whole.c.id, me = visit.person->id;
    out.round = current_round(tx, out.jury.whole.c, out.jury.whole.statement);
    out.packets = store::packets(tx, c, me, out.round);
    std::erase_if(out.packets, [&](const store::Packet& one) { return out.jury.who.at(one.e) < Sight::blind; });
    return out;
  });
}

Html interest_choice(const Visit& visit, const fields::Drawing& form, const Desk& desk, const store::Asked& team,
                     const std::string& row) {
  const auto& t = visit.t;
  if (desk.jury.who.barred_from(team.team)) return web::tag(t("challenges.you-do-not-read-it"), "bad");
  std::string chosen = form.typed(row + ".interest");
  if (chosen.empty() && team.said) chosen = "none";
  Html out = legend(cls("visually-hidden"), t("challenges.interest-in", {{"team", team.name}}));
  std::size_t n = 0;
  std::string dom = "f-" + row + "-interest";
  std::ranges::replace(dom, '.', '-');
  // messages: challenges.interest-*
  for (const auto* word : {"none", "conflict"}) {
    const std::string own = n++ == 0 ? dom : dom + "-1";
    out += label(cls("choice"), attr("for", own),
                 input(attr("type", "radio"), id(own), attr("name", row + ".interest"), attr("value", word),
                       chosen == word ? attr("checked") : Attr{}),
                 span(t(std::string("challenges.interest-") + word)));
  }
  return fieldset(cls("field"), out, form.error(row + ".interest"));
}

Html declaring(Visit& visit, const Desk& desk, const fields::Drawing& form) {
  const auto& t = visit.t;
  Html rows;
  std::size_t i = 0;
  for (const store::Asked& team : desk.teams) {
    const bool barred = desk.jury.who.barred_from(team.team);
    const std::string row = "teams." + std::to_string(i);
    std::string dom = "f-" + row + "-reason";
    std::ranges::replace(dom, '.', '-');
    const Html reason =
        barred ? Html{}
               : div(cls("field"),
                     label(cls("visually-hidden"), attr("for", dom), t("challenges.reason-for", {{"team", team.name}})),
                     input(attr("type", "text"), id(dom), attr("name", row + ".reason"),
                           attr("value", form.typed(row + ".reason"))),
                     form.error(row + ".reason"));
    rows += tr(th(attr("scope", "row"), barred ? Html{} : form.hidden(row + ".team", str(team.team)), b(team.name)),
               td(attr("data-label", t("challenges.join.organisation")), team.organisation),
               td(interest_choice(visit, form, desk, team, row)), td(reason));
    if (!barred) ++i;
  }
  return table(cls("stacked"), caption(cls("visually-hidden"), t("challenges.declaration")),
               thead(tr(column(t("challenges.team")), column(t("challenges.join.organisation")),
                        column(t("challenges.interest")), column(t("challenges.reason")))),
               tbody(rows));
}

Html declaration_part(Visit& visit, const Desk& desk, const json::object& typed, const Refusal* refused) {
  const auto& t = visit.t;
  const auto& whole = desk.jury.whole;
  if (desk.teams.empty() || !may_now(visit, whole, "challenges.declare")) return {};
  static const std::vector<FieldError> none;
  const fields::Drawing form(t, "challenges.declare", visit.house.acts.find("challenges.declare")->fields, typed,
                             refused == nullptr ? none : refused->fields);
  const Html reason = refused != nullptr && refused->fields.empty()
                          ? web::notice(web::Tone::bad, p(t(refused->message)), true)
                          : Html{};
  const Url first = to(visit, whole.c, "judging"), target = from(first, desk.after);
  std::optional<Url> newer, older;
  if (desk.after.said || !desk.after.name.empty()) newer = first;
  if (desk.next) older = from(first, *desk.next);
  const Html body =
      div(cls("stack"), p(t("challenges.declare-words")),
          html::form(cls("stack"), attr("method", "post"), action(target), attr("novalidate"),
                     input(attr("type", "hidden"), attr("name", "key"), attr("value", visit.fresh_key())), reason,
                     form.summary(), declaring(visit, desk, form),
                     div(cls("actions"), button(cls("button"), attr("type", "submit"),
                                                attr("data-busy", t("people.sending")), t("challenges.declare-now")))),
          web::pager(t, newer, older));
  if (desk.left > 0 || refused != nullptr)
    return section(cls("stack"), h2(t("challenges.declare-first", {{"n", desk.left}})), body);
  return details(summary(t("challenges.all-declared")), body);
}

Html packet_list(const Visit& visit, const Desk& desk) {
  const auto& t = visit.t;
  const auto& whole = desk.jury.whole;
  if (whole.phase < Phase::judging) return {};
  if (desk.packets.empty()) return web::empty(t("challenges.no-packets"), t("challenges.no-packets-words"));
  Html items;
  std::int64_t given = 0;
  for (const store::Packet& packet : desk.packets) {
    const bool done = packet.state == MarkState::given;
    given += done ? 1 : 0;
    const Html state = done           ? web::tag(t("challenges.marks-given"), "good")
                       : packet.state ? web::tag(t("challenges.marks-draft"), "now")
                                      : web::tag(t("challenges.marks-none"));
    items += li(a(href(to(visit, whole.c, "packets/" + std::to_string(packet.e.number))),
                  t("challenges.entry-n", {{"n", packet.e.number}})),
                " ", state);
  }
  const auto all = std::int64_t(desk.packets.size());
  return section(
      cls("stack"), h2(t("challenges.my-packets")),
      whole.statement.rounds.value > 1 ? p(t("challenges.round-n", {{"n", desk.round}})) : Html{},
      div(cls("progress"), label(attr("for", "marked"), t("challenges.marked-of", {{"given", given}, {"all", all}})),
          element("progress", {id("marked"), attr("max", all), attr("value", given)})),
      ul(cls("stack close"), items));
}

http::Response draw_desk(Visit& visit, const Desk& desk, const json::object& typed, const Refusal* refused) {
  const auto& t = visit.t;
  const auto& whole = desk.jury.whole;
  Html body;
  if (whole.phase < Phase::screening)
    body =
        web::notice(web::Tone::plain, p(t("challenges.nothing-to-read-yet", {{"date", t.moment(whole.c.closes_at)}})));
  else
    body = declaration_part(visit, desk, typed, refused);
  if (desk.left > 0)
    body += whole.phase >= Phase::judging ? web::notice(web::Tone::warning, p(t("challenges.declare-before-reading")))
                                          : Html{};
  body += packet_list(visit, desk);
  if (whole.phase >= Phase::deliberation)
    body += p(a(href(to(visit, whole.c, "deliberation")), t("challenges.to-deliberation")));
  return visit.page({.title = t("challenges.judging"),
                     .main = web::lead(web::crumbs(t, trail(visit, &whole.c)), t("challenges.judging"),
                                       p(t("challenges.judging-words")), Html{}) +
                             div(cls("stack loose"), body),
                     .current = "challenges",
                     .status = refused == nullptr ? 200 : people::http_status(refused->why),
                     .error = refused != nullptr});
}

http::Response desk_page(Visit& visit) {
  const auto desk = desk_of(visit);
  return desk ? draw_desk(visit, *desk, {}, nullptr) : not_found(visit);
}

http::Response declare(Visit& visit) {
  const auto desk = desk_of(visit);
  if (!desk) return not_found(visit);
  return send(
      visit, desk->jury.whole, "challenges.declare", {}, "challenges.declared",
      [&](const json::object& typed, const Refusal& refused) { return draw_desk(visit, *desk, typed, &refused); });
}

// ---- one packet ----

struct Reading {
  Jury jury;
  Entry e;
  std::vector<std::string> words;  ///< by field, empty where judges see nothing
  std::vector<FileRow> files = {};
  std::int64_t round = 1;
  std::optional<Marks> mine = {};
  std::optional<Spread> first = {};  ///< of the first round, while the second is marked
};

/// The packet for its reader; for everybody else, a judge with a conflict included, there is none.
std::optional<Reading> reading(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Reading> {
    auto j = jury(visit, tx);
    if (!j || !j->who.on_panel()) return std::nullopt;
    const Statement& s = j->whole.statement;
    auto e = entry_for(tx, j->who, j->whole.c.id, number_in(visit), Sight::blind);
    if (!e || !j->who.reads(e->id)) return std::nullopt;
    std::vector<std::string> masked;
    for (auto& mask : store::masks(tx, e->id)) masked.push_back(std::move(mask.words));
    Reading out{.jury = *j, .e = *e, .words = blind(s, e->answers, masked)};
    const auto let = store::packet_files(tx, e->id);
    for (FileRow& f : store::files(tx, e->id))
      if (std::ranges::find(let, f.id) != let.end()) out.files.push_back(std::move(f));
    const Id me = visit.person->id;
    out.round = j->whole.phase >= Phase::deliberation ? s.rounds.value : current_round(tx, j->whole.c, s);
    out.mine = store::marks(tx, e->id, me, out.round);
    if (out.round == 2) {
      auto given = store::marks_of_entry(tx, e->id);
      std::erase_if(given, [](const Marks& m) { return m.round != 1 || m.state != MarkState::given; });
      if (!given.empty()) out.first = pointed_out(visit.house, s, given);
    }
    return out;
  });
}

Html packet(const Visit& visit, const Reading& r) {
  const auto& t = visit.t;
  const auto& s = r.jury.whole.statement;
  Html out;
  for (std::size_t i = 0; i < s.entry.items.size(); ++i) {
    if (!s.entry.items[i].judges_see) continue;
    out += section(
        cls("stack close"), h2(cls("h3"), s.entry.items[i].label.value),
        r.words[i].empty() ? p(cls("quiet"), t("challenges.left-empty")) : div(cls("prose"), paragraphs(r.words[i])));
  }
  // What a file is called may tell whose it is: here it is a number and a kind.
  Html files;
  std::int64_t n = 0;
  for (const FileRow& f : r.files)
    files += li(a(href(to(visit, r.jury.whole.c, "files/" + str(f.id))), t("challenges.file-n", {{"n", ++n}})), " ",
                span(cls("small quiet"), f.type, ", ", i18n::file_size(t.language(), f.size)));
  if (!files.empty()) out += section(cls("stack close"), h2(cls("h3"), t("challenges.files")), ul(files));
  return div(cls("stack"), language_of(visit, r.jury.whole.c.language), out);
}

/// The rubric with what its marks mean beside each mark.
Html rubric_fields(const Visit& visit, const Reading& r, const fields::Drawing& form) {
  const auto& t = visit.t;
  const auto& rubric = r.jury.whole.statement.rubric.items;
  std::int64_t weights = 0;
  for (const Criterion& c : rubric) weights += c.weight.value;
  Html out;
  for (std::size_t i = 0; i < rubric.size(); ++i) {
    const std::string row = "marks." + std::to_string(i);
    const Criterion& c = rubric[i];
    const std::string hint = t("challenges.marks-to", {{"max", c.max.value}}) + " · " +
                             t("challenges.weight-of", {{"weight", c.weight.value}, {"all", weights}});
    out += div(cls("two"),
               div(form.hidden(row + ".criterion", std::to_string(i + 1)),
                   form.field(row + ".mark", {.label = c.name.value, .hint = hint})),
               c.anchors ? div(cls("small stack close"), language_of(visit, r.jury.whole.c.language),
                               paragraphs(c.anchors->value))
                         : Html{});
  }
  return out + form.error("marks");
}

json::object as_typed(const Reading& r) {
  json::array marks;
  json::object out;
  for (std::size_t i = 0; r.mine && i < r.mine->marks.size(); ++i) {
    json::object one{{"criterion", std::int64_t(i + 1)}};
    if (r.mine->marks[i] != store::no_mark) one["mark"] = fields::decimal_text(r.mine->marks[i], 1);
    marks.push_back(std::move(one));
  }
  out["marks"] = std::move(marks);
  if (r.mine) out["to-solver"] = r.mine->to_solver;
  if (r.mine) out["to-panel"] = r.mine->to_panel;
  return out;
}

Html marking(Visit& visit, const Reading& r, const json::object& typed, const Refusal* refused) {
  const auto& t = visit.t;
  const auto& whole = r.jury.whole;
  const bool given = r.mine && r.mine->state == MarkState::given;
  static const std::vector<FieldError> none;
  const fields::Drawing form(t, "challenges.mark", visit.house.acts.find("challenges.mark")->fields, typed,
                             refused == nullptr ? none : refused->fields);
  const Html reason = refused != nullptr && refused->fields.empty()
                          ? web::notice(web::Tone::bad, p(t(refused->message)), true)
                          : Html{};
  const auto give = [&](std::string_view word, std::string_view words, std::string_view look) {
    return button(cls(look), attr("type", "submit"), attr("name", "giving"), attr("value", word),
                  attr("data-busy", t("people.sending")), t(words));
  };
  // A draft comes first: it is what the Enter key does.
  const Html buttons =
      given ? give("given", "challenges.change-marks", "button")
            : give("draft", "challenges.save-draft", "button plain") + give("given", "challenges.give-marks", "button");
  return html::form(cls("form"), attr("method", "post"),
                    action(to(visit, whole.c, "packets/" + std::to_string(r.e.number))), attr("novalidate"),
                    input(attr("type", "hidden"), attr("name", "key"), attr("value", visit.fresh_key())),
                    input(attr("type", "hidden"), attr("name", "round"), attr("value", r.round)), reason,
                    form.summary(), form.error("round"), rubric_fields(visit, r, form), form.field("to-solver"),
                    form.field("to-panel"), given ? form.field("reason") : Html{}, div(cls("actions"), buttons));
}

Html given_marks(const Visit& visit, const Reading& r) {
  const auto& t = visit.t;
  const auto& rubric = r.jury.whole.statement.rubric.items;
  std::vector<std::pair<std::string, Html>> rows;
  for (std::size_t i = 0; i < rubric.size() && i < r.mine->marks.size(); ++i)
    rows.emplace_back(rubric[i].name.value, plain(mark_words(visit, r.mine->marks[i])));
  Html out = web::notice(web::Tone::good, p(t("challenges.marks-are-given"))) + web::pairs(rows);
  if (!r.mine->to_solver.empty())
    out += section(cls("stack close"), h3(t("challenges.mark.to-solver")), paragraphs(r.mine->to_solver));
  if (!r.mine->to_panel.empty())
    out += section(cls("stack close"), h3(t("challenges.mark.to-panel")), paragraphs(r.mine->to_panel));
  return out;
}

http::Response draw_packet(Visit& visit, const Reading& r, const json::object& typed, const Refusal* refused) {
  const auto& t = visit.t;
  const auto& whole = r.jury.whole;
  auto way = trail(visit, &whole.c);
  way.push_back({t("challenges.judging"), to(visit, whole.c, "judging")});
  const std::string title = t("challenges.entry-n", {{"n", r.e.number}});
  const bool given = r.mine && r.mine->state == MarkState::given;
  const bool may = may_now(visit, whole, "challenges.mark");
  const bool writes = may && (!given || whole.phase == Phase::deliberation);
  Html spread_words;
  if (r.first)
    spread_words = web::notice(web::Tone::plain,
                               p(t("challenges.first-round-was", {{"mean", per_cent(visit, r.first->mean)},
                                                                  {"least", per_cent(visit, r.first->least)},
                                                                  {"greatest", per_cent(visit, r.first->greatest)}})));
  const Html marks = writes ? marking(visit, r, typed, refused) : r.mine && given ? given_marks(visit, r) : Html{};
  const Html conflict = may_now(visit, whole, "challenges.report-conflict")
                            ? p(a(href(to(visit, whole.c, "packets/" + std::to_string(r.e.number) + "/conflict")),
                                  t("challenges.i-know-whose")))
                            : Html{};
  const Html main =
      web::lead(web::crumbs(t, way), title, p(t("challenges.packet-words")), Html{}) +
      div(cls("stack loose"), packet(visit, r), conflict,
          section(cls("stack"), h2(t("challenges.your-marks")),
                  whole.statement.rounds.value > 1 ? p(t("challenges.round-n", {{"n", r.round}})) : Html{},
                  spread_words, marks));
  return visit.page({.title = title,
                     .main = main,
                     .current = "challenges",
                     .status = refused == nullptr ? 200 : people::http_status(refused->why),
                     .error = refused != nullptr});
}

http::Response packet_page(Visit& visit) {
  const auto r = reading(visit);
  return r ? draw_packet(visit, *r, as_typed(*r), nullptr) : not_found(visit);
}

http::Response mark(Visit& visit) {
  const auto r = reading(visit);
  if (!r) return not_found(visit);
  return send(
      visit, r->jury.whole, "challenges.mark", {{"entry", str(r->e.id)}}, "challenges.marks-kept",
      [&](const json::object& typed, const Refusal& refused) { return draw_packet(visit, *r, typed, &refused); });
}

http::Response draw_conflict(Visit& visit, const Reading& r, const json::object& typed, const Refusal* refused) {
  const auto& t = visit.t;
  const auto& c = r.jury.whole.c;
  auto way = trail(visit, &c);
  way.push_back({t("challenges.judging"), to(visit, c, "judging")});
  const std::string path = "packets/" + std::to_string(r.e.number);
  way.push_back({t("challenges.entry-n", {{"n", r.e.number}}), to(visit, c, path)});
  return people::form_page(visit,
                           {.title = t("challenges.i-know-whose"),
                            .trail = way,
                            .words = p(t("challenges.i-know-whose-words")),
                            .act = "challenges.report-conflict",
                            .description = visit.house.acts.find("challenges.report-conflict")->fields,
                            .controls = [](const fields::Drawing& form) { return form.field("reason"); },
                            .to = to(visit, c, path + "/conflict"),
                            .button = t("challenges.i-do-not-read-it")},
                           typed, refused);
}

http::Response conflict_form(Visit& visit) {
  const auto r = reading(visit);
  return r ? draw_conflict(visit, *r, {}, nullptr) : not_found(visit);
}

http::Response own_conflict(Visit& visit) {
  const auto r = reading(visit);
  if (!r) return not_found(visit);
  return send(
      visit, r->jury.whole, "challenges.report-conflict", {{"entry", str(r->e.id)}, {"judge", str(visit.person->id)}},
      "challenges.conflict-reported",
      [&](const json::object& typed, const Refusal& refused) { return draw_conflict(visit, *r, typed, &refused); });
}

// ---- files ----

struct Handed {
  FileRow file;
  std::string name;  ///< as whoever asks may know it
};

/// Their own to the team, everything to whoever sees everything; to judges what the screener let them have, under a
/// name that says nothing of whose it is.
std::optional<Handed> handed(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Handed> {
    const auto j = jury(visit, tx);
    const auto id = parse_id(visit.params["file"]);
    auto f = j && id ? store::file(tx, *id) : std::nullopt;
    const auto e = f ? store::entry(tx, f->entry) : std::nullopt;
    if (!e || e->challenge != j->whole.c.id) return std::nullopt;
    if (j->who.team() == e->team) return Handed{*f, f->name};
    const Sight sees = j->who.at(*e);
    if (!f->sealed || sees < Sight::blind) return std::nullopt;
    const bool checks =
        sees == Sight::content && needs_to_know_who(visit, j->whole, store::standing(tx, e->id), /*awarded=*/false);
    if ((sees == Sight::all || checks) && !j->who.on_panel()) return Handed{*f, f->name};
    const auto let = store::packet_files(tx, e->id);
    const auto found = std::ranges::find(let, f->id);
    // Who does not see the team gets what judges get: a file may say whose it is.
    if (sees < Sight::all && found == let.end()) return std::nullopt;
    const auto dot = f->name.rfind('.');
    const std::string kind = dot == f->name.npos || f->name.size() - dot > 6 ? "" : f->name.substr(dot);
    return Handed{*f, std::to_string(e->number) + '-' + std::to_string(found - let.begin() + 1) + kind};
  });
}

http::Response file(Visit& visit) {
  const auto found = handed(visit);
  if (!found) return not_found(visit);
  auto bytes = visit.house.files.read(found->file.path);
  if (!bytes) return visit.refusal(bytes.error());
  return web::download(visit.request, *std::move(bytes), found->file.type, found->name, found->file.sha256);
}

}  // namespace

void add_packet_pages(House& house) {
  add_route(house, "files/{file}", file);
  add_route(house, "judging", desk_page, declare);
  add_route(house, "packets/{number}", packet_page, mark);
  add_route(house, "packets/{number}/conflict", conflict_form, own_conflict);
}

}  // namespace polder::challenges
