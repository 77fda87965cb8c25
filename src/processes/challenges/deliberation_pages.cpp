// Where the panel sees its marks side by side: how far they lie apart, whose lie far from the others', and what was
// changed, when and why.
#include <charconv>

#include "processes/challenges/jury_pages.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

constexpr std::int64_t page_size = 100;

struct Row {
  std::int64_t number = 0, judges = 0;
  Spread spread;
};

struct Deliberation {
  Jury jury;
  std::vector<Judge> judges;
  std::vector<Row> rows;              ///< of this page, the best mean first
  std::optional<store::Best> next{};  ///< the last of them, where more follow
  bool first = true;
  std::string missing{};  ///< before it begins
};

/// For the panel once it deliberates; for those who begin it while entries are marked.
bool may_look(const Jury& j) {
  if (j.whole.phase == Phase::cancelled) return false;
  return (j.who.on_panel() && j.whole.phase >= Phase::deliberation) ||
         (j.who.assigns() && j.whole.phase >= Phase::judging);
}

/// "164-7", as `key_of` wrote it; for anything else the first page.
store::Best key_in(const Visit& visit) {
  const std::string typed = visit.query("after");
  store::Best after;
  const char* const end = typed.data() + typed.size();
  const auto below = std::from_chars(typed.data(), end, after.below);
  if (below.ec != std::errc{} || below.ptr == end || *below.ptr != '-') return {};
  const auto number = std::from_chars(below.ptr + 1, end, after.number);
  return number.ec == std::errc{} && number.ptr == end ? after : store::Best{};
}

std::string key_of(const store::Best& b) { return std::to_string(b.below) + '-' + std::to_string(b.number); }

void read_rows(Visit& visit, storage::ReadTx& tx, Deliberation& d) {
  const auto& whole = d.jury.whole;
  const auto after = key_in(visit);
  d.first = after.below < 0;
  auto listed = store::compared(tx, whole.c.id, visit.person->id, after, page_size + 1);
  const bool more = std::int64_t(listed.size()) > page_size;
  if (more) listed.pop_back();
  if (listed.empty()) return;
  const auto key = [](const store::Compared& one) { return store::Best{one.below, one.e.number}; };
  if (more) d.next = key(listed.back());
  std::map<Id, std::vector<Marks>> given;
  for (Marks& m :
       store::compared_marks(tx, whole.c.id, whole.statement.rounds.value, key(listed.front()), key(listed.back())))
    given[m.entry].push_back(std::move(m));
  for (const auto& [e, below] : listed) {
    // The list was made without those in which a judge has an interest: they see nothing here of such an entry.
    if (d.jury.who.at(e) < Sight::exists || d.jury.who.barred_from(e.team)) continue;
    const auto& marks = given[e.id];
    d.rows.push_back({e.number, std::int64_t(marks.size()), pointed_out(visit.house, whole.statement, marks)});
  }
}

std::optional<Deliberation> deliberation(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Deliberation> {
    auto j = jury(visit, tx);
    if (!j || !may_look(*j)) return std::nullopt;
    Deliberation out{*std::move(j), {}, {}};
    out.judges = store::judges(tx, out.jury.whole.c.id);
    if (out.jury.whole.phase == Phase::judging)
      out.missing = missing_words(tx, out.jury.whole.c, out.jury.whole.statement);
    else
      read_rows(visit, tx, out);
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
  std::optional<Url> next, back;
  if (d->next) next = to(visit, c, "deliberation").with("after", key_of(*d->next));
  if (!d->first) back = to(visit, c, "deliberation");
  const Html main =
      web::lead(web::crumbs(t, trail(visit, &c)), t("challenges.deliberation"), p(t("challenges.deliberation-words")),
                Html{}) +
      div(cls("stack loose"), p(cls("small quiet"), t("challenges.outlier-words")),
          rows.empty() ? web::empty(t("challenges.no-marks-yet"), t("challenges.no-marks-words"))
                       : scrolling(t("challenges.deliberation"),
                                   column(t("challenges.entry")) + number_column(t("challenges.judges")) +
                                       number_column(t("challenges.mean")) + number_column(t("challenges.range")) +
                                       column(t("challenges.outliers")),
                                   rows),
          next || back ? web::pager(t, back, next) : Html{});
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
  std::set<Id> barred;  ///< judges with an interest in this entry
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
    std::set<Id> barred;
    for (const Conflict& known : store::conflicts_on(tx, e->team)) barred.insert(known.judge);
    return SideBySide{*std::move(j),    *std::move(e),      std::move(judges),
                      std::move(marks), std::move(history), std::move(barred)};
  });
}

Html marks_table(const Visit& visit, const SideBySide& side) {
  const auto& t = visit.t;
  const auto& s = side.jury.whole.statement;
  std::vector<Marks> given;
  for (const Marks& m : side.marks)
    if (m.state == MarkState::given) given.push_back(m);
  const Spread apart = pointed_out(visit.house, s, given);
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
    // Why somebody has a conflict is between them and those who seat judges: whichever round they had marked, nothing
    // that was said when their marks changed is told, because one of it is why they are void.
    const bool is_void = side.barred.contains(old.judge);
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
