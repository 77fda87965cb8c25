// Where the panel sees its marks side by side: how far they lie apart, whose lie far from the others', and what was
// changed, when and why.
#include "processes/challenges/jury_pages.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

struct Row {
  std::int64_t number = 0, judges = 0;
  Spread spread;
};

struct Deliberation {
  Jury jury;
  std::vector<Judge> judges;
  std::vector<Row> rows;
  std::string missing;  ///< before it begins
};

/// For the panel once it deliberates; for those who begin it while entries are marked.
bool may_look(const Jury& j) {
  if (j.whole.phase == Phase::cancelled) return false;
  return (j.who.on_panel() && j.whole.phase >= Phase::deliberation) ||
         (j.who.assigns() && j.whole.phase >= Phase::judging);
}

std::vector<Row> rows_of(storage::ReadTx& tx, const Jury& j) {
  std::map<Id, std::vector<Marks>> given;
  for (Marks& m : store::given_marks(tx, j.whole.c.id, j.whole.statement.rounds.value))
    given[m.entry].push_back(std::move(m));
  std::vector<Row> out;
  std::int64_t after = 0;
  for (auto page = store::entries(tx, j.whole.c.id, after, 500); !page.empty();
       page = store::entries(tx, j.whole.c.id, after, 500))
    for (const Entry& e : page) {
      after = e.number;
      const auto found = given.find(e.id);
      // A judge sees nothing here of an entry that they have an interest in.
      if (found == given.end() || e.state != EntryState::admissible || j.who.at(e) < Sight::exists ||
          j.who.barred_from(e.team))
        continue;
      out.push_back({e.number, std::int64_t(found->second.size()), spread(j.whole.statement, found->second)});
    }
  std::ranges::sort(out, {}, [](const Row& r) { return std::pair(-r.spread.mean, r.number); });
  return out;
}

std::optional<Deliberation> deliberation(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Deliberation> {
    auto j = jury(visit, tx);
    if (!j || !may_look(*j)) return std::nullopt;
    Deliberation out{*std::move(j), {}, {}, {}};
    out.judges = store::judges(tx, out.jury.whole.c.id);
    if (out.jury.whole.phase == Phase::judging)
      out.missing = missing_words(tx, out.jury.whole.c, out.jury.whole.statement);
    else
      out.rows = rows_of(tx, out.jury);
    return out;
  });
}

http::Response beginning(Visit& visit, const Deliberation& d, const json::object& typed, const Refusal* refused) {
  const auto& t = visit.t;
  const auto& c = d.jury.whole.c;
  const Html missing = d.missing.empty() ? web::notice(web::Tone::good, p(t("challenges.all-marks-given")))
                                         : web::notice(web::Tone::warning,
                                                       p(t("challenges.marks-missing-of", {{"missing", d.missing}})));
  return people::form_page(
      visit,
      {.title = t("challenges.begin-deliberation-title"),
       .trail = trail(visit, &c),
       .words = p(t("challenges.begin-deliberation-words")),
       .above = missing,
       .act = "challenges.begin-deliberation",
       .description = visit.house.acts.find("challenges.begin-deliberation")->fields,
       .controls = [&](const fields::Drawing& form) { return d.missing.empty() ? Html{} : form.field("anyway"); },
       .to = to(visit, c, "deliberation"),
       .button = t("challenges.begin-deliberation-now")},
      typed, refused);
}

Html outlier_names(const Visit& visit, const Deliberation& d, const Spread& spread) {
  std::vector<std::string> names;
  for (const Id judge : spread.outliers) names.push_back(name_of(visit, d.judges, judge));
  return names.empty() ? Html{} : web::tag(visit.t.all_of(names), "bad");
}

http::Response deliberation_page(Visit& visit) {
  const auto d = deliberation(visit);
  if (!d) return not_found(visit);
  if (d->jury.whole.phase == Phase::judging) return beginning(visit, *d, {}, nullptr);
  const auto& t = visit.t;
  const auto& c = d->jury.whole.c;
  Html rows;
  for (const Row& row : d->rows)
    rows += tr(th(attr("scope", "row"), a(href(to(visit, c, "deliberation/" + std::to_string(row.number))),
                                          t("challenges.entry-n", {{"n", row.number}}))),
               td(cls("n"), t.number(row.judges)), td(cls("n"), per_cent(visit, row.spread.mean)),
               td(cls("n"), per_cent(visit, row.spread.least), " – ", per_cent(visit, row.spread.greatest)),
               td(outlier_names(visit, *d, row.spread)));
  const Html main =
      web::lead(web::crumbs(t, trail(visit, &c)), t("challenges.deliberation"), p(t("challenges.deliberation-words")),
                Html{}) +
      div(cls("stack loose"), p(cls("small quiet"), t("challenges.outlier-words")),
          rows.empty() ? web::empty(t("challenges.no-marks-yet"), t("challenges.no-marks-words"))
                       : scrolling(t("challenges.deliberation"),
                                   column(t("challenges.entry")) + number_column(t("challenges.judges")) +
                                       number_column(t("challenges.mean")) + number_column(t("challenges.range")) +
                                       column(t("challenges.outliers")),
                                   rows));
  return visit.page({.title = t("challenges.deliberation"), .main = main, .current = "challenges"});
}

http::Response begin(Visit& visit) {
  const auto d = deliberation(visit);
  if (!d || !d->jury.who.assigns()) return not_found(visit);
  return send(visit, d->jury.whole, "challenges.begin-deliberation", {}, "challenges.deliberation-begun",
              [&](const json::object& typed, const Refusal& refused) { return beginning(visit, *d, typed, &refused); });
}

// ---- one entry ----

struct SideBySide {
  Jury jury;
  Entry e;
  std::vector<Judge> judges;
  std::vector<Marks> marks;  ///< of the last round that were given, void ones too
  std::vector<store::OldMarks> history;
};

std::optional<SideBySide> side_by_side(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<SideBySide> {
    auto j = jury(visit, tx);
    if (!j || !may_look(*j) || j->whole.phase < Phase::deliberation) return std::nullopt;
    auto e = entry_for(tx, j->who, j->whole.c.id, number_in(visit), Sight::exists);
    if (!e || e->state != EntryState::admissible || j->who.barred_from(e->team)) return std::nullopt;
    auto marks = store::marks_of_entry(tx, e->id);
    std::erase_if(marks, [&](const Marks& m) {
      return m.round != j->whole.statement.rounds.value || m.state == MarkState::draft;
    });
    auto history = store::history(tx, e->id);
    auto judges = store::judges(tx, j->whole.c.id);
    return SideBySide{*std::move(j), *std::move(e), std::move(judges), std::move(marks), std::move(history)};
  });
}

Html marks_table(const Visit& visit, const SideBySide& side) {
  const auto& t = visit.t;
  const auto& s = side.jury.whole.statement;
  std::vector<Marks> given;
  for (const Marks& m : side.marks)
    if (m.state == MarkState::given) given.push_back(m);
  const Spread apart = spread(s, given);
  Html head = column(t("challenges.judge"));
  for (const Criterion& c : s.rubric.items) head += number_column(c.name.value);
  head += number_column(t("challenges.total"));
  Html rows;
  for (const Marks& m : side.marks) {
    const bool counts = m.state == MarkState::given;
    Html cells = th(attr("scope", "row"), name_of(visit, side.judges, m.judge), " ",
                    !counts                            ? web::tag(t("challenges.marks-void"), "bad")
                    : apart.outliers.contains(m.judge) ? web::tag(t("challenges.far-from-others"), "bad")
                                                       : Html{});
    for (const std::int64_t mark : m.marks) cells += td(cls("n"), mark_words(visit, mark));
    cells += td(cls("n"), counts ? per_cent(visit, per_mille(s, m.marks)) : "–");
    rows += tr(cells);
  }
  return scrolling(t("challenges.marks-side-by-side"), head, rows) +
         p(t("challenges.mean-of", {{"mean", per_cent(visit, apart.mean)},
                                    {"least", per_cent(visit, apart.least)},
                                    {"greatest", per_cent(visit, apart.greatest)}}));
}

Html comments(const Visit& visit, const SideBySide& side) {
  // They may quote what was read: for those who may read.
  if (!side.jury.who.on_panel()) return {};
  Html out;
  for (const Marks& m : side.marks)
    if (m.state == MarkState::given && !m.to_panel.empty())
      out += section(cls("stack close"), h3(name_of(visit, side.judges, m.judge)), paragraphs(m.to_panel));
  return out.empty() ? out : section(cls("stack"), h2(visit.t("challenges.said-to-the-panel")), out);
}

Html changes_made(const Visit& visit, const SideBySide& side) {
  if (side.history.empty()) return {};
  const auto& t = visit.t;
  Html items;
  for (const auto& old : side.history) {
    std::vector<std::string> marks;
    for (const auto mark : old.marks) marks.push_back(mark_words(visit, mark));
    // Why somebody has a conflict is between them and those who seat judges.
    const auto now = std::ranges::find(side.marks, old.judge, &Marks::judge);
    const bool is_void = now != side.marks.end() && now->state == MarkState::void_;
    items += li(t("challenges.marks-were", {{"judge", name_of(visit, side.judges, old.judge)},
                                            {"marks", t.all_of(marks)},
                                            {"reason", is_void ? t("challenges.marks-void") : old.reason}}),
                " ", span(cls("small quiet"), web::when(t, old.at)));
  }
  return section(cls("stack"), h2(t("challenges.changed-marks")), ul(cls("stack close"), items));
}

http::Response side_by_side_page(Visit& visit) {
  const auto side = side_by_side(visit);
  if (!side) return not_found(visit);
  const auto& t = visit.t;
  const auto& c = side->jury.whole.c;
  auto way = trail(visit, &c);
  way.push_back({t("challenges.deliberation"), to(visit, c, "deliberation")});
  const std::string title = t("challenges.entry-n", {{"n", side->e.number}});
  const bool mine = side->jury.who.reads(side->e.id) && may_now(visit, side->jury.whole, "challenges.mark");
  const Html next = mine ? web::plain_button(t("challenges.read-and-change"),
                                             to(visit, c, "packets/" + std::to_string(side->e.number)))
                         : Html{};
  return visit.page(
      {.title = title,
       .main = web::lead(web::crumbs(t, way), title, Html{}, next) +
               div(cls("stack loose"), marks_table(visit, *side), comments(visit, *side), changes_made(visit, *side)),
       .current = "challenges"});
}

}  // namespace

void add_deliberation_pages(House& house) {
  add_route(house, "deliberation", deliberation_page, begin);
  add_route(house, "deliberation/{number}", side_by_side_page);
}

}  // namespace polder::challenges
