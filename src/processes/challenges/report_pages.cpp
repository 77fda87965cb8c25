// The report on a challenge: one page that whoever may enter reads from the award on, with its charts beside their
// tables, and the same as data. And the links to the exports, for those who may have them.
#include <boost/describe.hpp>
#include <charconv>

#include "kernel/i18n/country.h"
#include "kernel/text/text.h"
#include "kernel/web/scrolling.h"
#include "processes/challenges/report.h"
#include "processes/challenges/rules.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

Html head(std::string_view words, bool number = false) {
  return th(attr("scope", "col"), number ? cls("n") : Attr{}, words);
}

std::string decimal(const Visit& visit, double v) { return i18n::number(visit.t.language(), v, 1); }

// ---- charts ----

constexpr double chart_width = 280;  ///< in which letters are still read at 320 px

std::string at(double v) {
  std::array<char, 24> out{};
  const auto end = std::to_chars(out.data(), out.data() + out.size(), v, std::chars_format::fixed, 1).ptr;
  return {out.data(), end};
}

Html rail(std::string_view classes, double from, double to, double y, std::string_view thick) {
  return line(cls(classes), attr("x1", at(from)), attr("x2", at(to)), attr("y1", at(y)), attr("y2", at(y)),
              attr("stroke-width", thick), attr("stroke-linecap", "round"));
}

Html drawing(const Visit& visit, std::string_view title, double height, const Html& inner) {
  return svg(cls("chart"), attr("viewBox", "0 0 280 " + at(height)), attr("role", "img"),
             attr("aria-label", visit.t("challenges.report-chart", {{"title", std::string(title)}})), inner);
}

/// One line from the least to the greatest, a dot at the mean.
struct Ranged {
  std::string label, value;
  Range range;
  double most = 100;  ///< what the scale ends at
};

/// `beside`: short labels stand before their line; others above it.
Html ranges(const Visit& visit, std::string_view title, const std::vector<Ranged>& rows, bool beside) {
  const double left = beside ? 98 : 5, right = chart_width - 5, step = beside ? 20 : 38;
  Html inner;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& [label, value, range, most] = rows[i];
    const double top = double(i) * step, y = top + (beside ? 10 : 24);
    const auto x = [&](double v) { return left + (right - left) * v / most; };
    inner += svg_text(attr("x", "0"), attr("y", at(top + 14)), label) +
             (value.empty() ? Html{}
                            : svg_text(cls("strong end"), attr("x", at(chart_width)), attr("y", at(top + 14)), value)) +
             rail("rule", left, right, y, "2") + rail("axis", x(range.least), x(range.greatest), y, "6") +
             element("circle", {cls("dot"), attr("cx", at(x(range.mean))), attr("cy", at(y)), attr("r", "5")});
  }
  double height = double(rows.size()) * step;
  if (beside) {
    for (const auto& [share, anchor] : {std::pair{0.0, "start"}, {0.5, "middle"}, {1.0, "end"}})
      inner += svg_text(attr("x", at(left + (right - left) * share)), attr("y", at(height + 14)),
                        attr("text-anchor", anchor), visit.t.percent(share));
    height += 20;
  }
  return drawing(visit, title, height, inner);
}

Html bars(const Visit& visit, std::string_view title, const std::vector<std::pair<std::string, std::int64_t>>& rows) {
  std::int64_t most = 1;
  for (const auto& [label, n] : rows) most = std::max(most, n);
  constexpr double step = 34;
  Html inner;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& [label, n] = rows[i];
    const double top = double(i) * step;
    inner += svg_text(attr("x", "0"), attr("y", at(top + 13)), label) +
             svg_text(cls("strong end"), attr("x", at(chart_width)), attr("y", at(top + 13)), visit.t.number(n)) +
             rect(cls("rest"), attr("x", "0"), attr("y", at(top + 19)), attr("width", at(chart_width)),
                  attr("height", "8"), attr("rx", "4")) +
             rect(cls("column"), attr("x", "0"), attr("y", at(top + 19)),
                  attr("width", at(chart_width * double(n) / double(most))), attr("height", "8"), attr("rx", "4"));
  }
  return drawing(visit, title, double(rows.size()) * step, inner);
}

Html charted(std::string_view title, const Html& chart, const Html& words, const Html& heads, const Html& rows) {
  return figure(cls("panel"), figcaption(title),
                div(cls("two"), div(cls("stack close"), chart, words),
                    web::scrolling(title, table(thead(tr(heads)), tbody(rows)))));
}

// ---- the parts ----

Html tiles(const Visit& visit, const Reported& r) {
  const auto& t = visit.t;
  std::vector<std::pair<std::string, std::string>> out;
  if (r.report.entries) out.emplace_back(t("challenges.report-entries"), t.number(r.report.entries->sent));
  if (r.report.teams) out.emplace_back(t("challenges.report-teams"), t.number(*r.report.teams));
  if (r.report.countries)
    out.emplace_back(t("challenges.report-countries"), t.number(std::int64_t(r.report.countries->size())));
  if (r.report.panel) out.emplace_back(t("challenges.judges"), t.number(std::int64_t(r.report.panel->size())));
  out.emplace_back(t("challenges.report-awarded"), money(visit, r.whole.statement, r.report.sum));
  Html words;
  if (r.report.entries)
    words = p(cls("quiet"), t("challenges.report-entries-words", {{"admissible", r.report.entries->admissible},
                                                                  {"inadmissible", r.report.entries->inadmissible},
                                                                  {"disqualified", r.report.entries->disqualified}}));
  return div(cls("stack close"), web::facts(out), words);
}

Html awards(const Visit& visit, const Reported& r) {
  const auto& t = visit.t;
  const Statement& s = r.whole.statement;
  Html rows;
  for (const auto& one : r.report.given) {
    const std::string number = t("challenges.entry-n", {{"n", one.entry}});
    rows += tr(td(one.prize),
               td(one.team.empty() ? span(number) : b(one.team) + plain(" · ") + span(number),
                  one.reason.empty() ? Html{} : div(cls("small"), paragraphs(one.reason))),
               td(cls("n"), money(visit, s, one.amount)));
  }
  return section(
      cls("stack close"), h2(t("challenges.awards")),
      p(cls("quiet"), t("challenges.awarded-of",
                        {{"sum", money(visit, s, r.report.sum)}, {"purse", money(visit, s, r.report.purse)}})),
      rows.empty() ? p(t("challenges.no-award"))
                   : web::scrolling(t("challenges.awards"),
                                    table(thead(tr(head(t("challenges.prize")), head(t("challenges.report-to")),
                                                   head(t("challenges.amount"), true))),
                                          tbody(rows))));
}

Html became(const Visit& visit, const Reported& r) {
  const auto& t = visit.t;
  Html items;
  for (const auto& f : r.report.follow_ups)
    items += f.said_at ? div(cls("stack close"),
                             p(cls("meta"), web::when(t, *f.said_at),
                               web::tag(t(f.in_use.value_or(false) ? "challenges.in-use" : "challenges.not-in-use"),
                                        f.in_use.value_or(false) ? "good" : "")),
                             f.reached ? p(t("challenges.reached", {{"n", *f.reached}})) : Html{},
                             div(language_of(visit, r.whole.c.language), paragraphs(f.words)))
                       : p(t("challenges.follow-up-asked", {{"date", t.day(f.asked_at)}}));
  if (items.empty()) items = p(t("challenges.report-asked-later", {{"n", r.whole.statement.follow_up_months.value}}));
  return section(cls("stack close"), h2(t("challenges.what-became")), items);
}

Html countries(const Visit& visit, const Reported& r) {
  if (!r.report.countries || r.report.countries->empty()) return {};
  const auto& t = visit.t;
  std::vector<std::pair<std::string, std::int64_t>> data;
  Html rows;
  for (const auto& one : *r.report.countries) {
    data.emplace_back(i18n::country_name(t.language(), one.country), one.teams);
    rows += tr(td(data.back().first), td(cls("n"), t.number(one.teams)));
  }
  const std::string title = t("challenges.report-countries-title");
  return section(cls("stack close"), h2(t("challenges.report-countries")),
                 charted(title, bars(visit, title, data), Html{},
                         head(t("challenges.report-country")) + head(t("challenges.report-teams"), true), rows));
}

Html panel(const Visit& visit, const Reported& r) {
  if (!r.report.panel) return {};
  const auto& t = visit.t;
  Html items;
  for (const auto& one : *r.report.panel)
    items += li(one.name.empty() ? span(t("challenges.a-former-judge")) : b(one.name),
                one.organisation.empty() ? Html{} : span(" · ", one.organisation));
  return items.empty() ? Html{} : section(cls("stack close"), h2(t("challenges.panel")), ul(items));
}

Html rubric(const Visit& visit, const Reported& r) {
  const Statement& s = r.whole.statement;
  if (!r.report.rubric || s.rubric.items.empty()) return {};
  const auto& t = visit.t;
  std::int64_t all = 0;
  for (const auto& c : s.rubric.items) all += c.weight.value;
  Html items;
  for (const auto& c : s.rubric.items)
    items += li(b(c.name.value), " ",
                span(cls("small quiet"), t("challenges.weight-of", {{"weight", c.weight.value}, {"all", all}}), " · ",
                     t("challenges.marks-to", {{"max", c.max.value}})));
  // messages: challenges.normalised-*
  return section(cls("stack close"), h2(t("challenges.how-judged")),
                 p(t("challenges.readers-words", {{"n", s.readers.value}, {"rounds", s.rounds.value}}), " ",
                   t(std::string("challenges.normalised-") + fields::word_of(s.normalisation))),
                 ol(language_of(visit, r.whole.c.language), items));
}

Html by_criterion(const Visit& visit, const Reported& r) {
  const auto& t = visit.t;
  std::vector<Ranged> data;
  Html rows;
  for (const auto& one : r.report.spread->criteria) {
    const Criterion& c = r.whole.statement.rubric.items[one.criterion];
    data.push_back({.label = text::excerpt(c.name.value, 30),
                    .value = decimal(visit, one.range.mean) + " / " + t.number(c.max.value),
                    .range = one.range,
                    .most = double(c.max.value)});
    rows += tr(td(language_of(visit, r.whole.c.language), c.name.value), td(cls("n"), decimal(visit, one.range.least)),
               td(cls("n"), decimal(visit, one.range.mean)), td(cls("n"), decimal(visit, one.range.greatest)),
               td(cls("n"), t.number(c.max.value)));
  }
  if (data.empty()) return {};
  const std::string title = t("challenges.report-by-criterion");
  return charted(title, ranges(visit, title, data, false), p(cls("small quiet"), t("challenges.report-legend")),
                 head(t("challenges.criterion")) + head(t("challenges.report-least"), true) +
                     head(t("challenges.mean"), true) + head(t("challenges.report-greatest"), true) +
                     head(t("challenges.report-at-most"), true),
                 rows);
}

Html by_entry(const Visit& visit, const Reported& r) {
  const auto& t = visit.t;
  std::vector<Ranged> data;
  Html rows;
  for (const auto& one : r.report.spread->entries) {
    data.push_back({.label = t("challenges.entry-n", {{"n", one.number}}), .value = {}, .range = one.range});
    rows += tr(td(cls("n"), t.number(one.place)), td(cls("n"), t.number(one.number)),
               td(cls("n"), t.number(one.judges)), td(cls("n"), decimal(visit, one.range.least)),
               td(cls("n"), decimal(visit, one.range.mean)), td(cls("n"), decimal(visit, one.range.greatest)));
  }
  const std::string title = t("challenges.report-by-entry");
  Html words = p(cls("small quiet"), t("challenges.report-legend"));
  if (r.report.spread->ranked > std::int64_t(data.size()))
    words += p(cls("small quiet"),
               t("challenges.report-first-of", {{"n", std::int64_t(data.size())}, {"all", r.report.spread->ranked}}));
  return charted(title, ranges(visit, title, data, true), words,
                 head(t("challenges.place"), true) + head(t("challenges.entry"), true) +
                     head(t("challenges.judges"), true) + head(t("challenges.report-least"), true) +
                     head(t("challenges.mean"), true) + head(t("challenges.report-greatest"), true),
                 rows);
}

Html spread(const Visit& visit, const Reported& r) {
  if (!r.report.spread) return {};
  const auto& t = visit.t;
  const Html content =
      r.report.spread->entries.empty()
          ? p(t("challenges.nobody-ranked"))
          : p(t("challenges.report-spread-words")) + by_criterion(visit, r) + by_entry(visit, r) +
                p(cls("small"), a(href(to(visit, r.whole.c, "result/ranking.json")), t("challenges.report-all-marks")));
  return section(cls("stack"), h2(t("challenges.report-spread")), content);
}

Html conflicts(const Visit& visit, const Reported& r) {
  if (!r.report.conflicts) return {};
  const auto& t = visit.t;
  const auto& c = *r.report.conflicts;
  const std::int64_t all = c.declared + c.derived + c.reported;
  Html tables;
  if (all > 0) {
    const auto row = [&](std::string_view words, std::int64_t n) { return tr(td(words), td(cls("n"), t.number(n))); };
    const auto counted = [&](std::string_view what, const Html& rows) {
      return web::scrolling(what, table(thead(tr(head(what), head(t("challenges.report-number"), true))), tbody(rows)));
    };
    tables = counted(t("challenges.known-from"), row(t("challenges.conflict-from-declared"), c.declared) +
                                                     row(t("challenges.conflict-from-derived"), c.derived) +
                                                     row(t("challenges.conflict-from-reported"), c.reported));
    Html rows;
    for (const auto& [organisation, n] : c.by_organisation)
      rows += row(organisation.empty() ? t("challenges.report-no-organisation") : organisation, n);
    if (!rows.empty()) tables += counted(t("challenges.report-organisation"), rows);
  }
  return section(cls("stack close"), h2(t("challenges.conflicts")), p(t("challenges.report-conflicts", {{"n", all}})),
                 tables.empty() ? Html{} : div(cls("two"), tables));
}

Html kept_back(const Visit& visit, const Reported& r) {
  if (r.report.kept_back.empty()) return {};
  std::vector<std::string> names;
  // messages: challenges.setting-facts-after-award.*
  for (const Fact fact : r.report.kept_back)
    names.push_back(visit.t("challenges.setting-facts-after-award." + fields::word_of(fact)));
  return web::notice(web::Tone::plain, p(visit.t("challenges.report-kept-back", {{"facts", visit.t.all_of(names)}})));
}

http::Response report_page(Visit& visit) {
  const auto r = reported(visit);
  if (!r) return not_found(visit);
  const auto& t = visit.t;
  const auto& c = r->whole.c;
  visit.shows(page_subject(c.id));
  const std::string seeker = r->whole.statement.seeker.value;
  const Html lead_words =
      p(b(language_of(visit, c.language), c.title), " · ", seeker,
        c.awarded_at ? span(" · ", t("challenges.report-awarded-on", {{"date", t.day(*c.awarded_at)}})) : Html{}) +
      p(t("challenges.report-words"));
  const Html main =
      web::lead(web::crumbs(t, trail(visit, &c)), t("challenges.report"), lead_words, Html{}) +
      div(cls("stack loose"), tiles(visit, *r), kept_back(visit, *r), awards(visit, *r), became(visit, *r),
          countries(visit, *r), panel(visit, *r), rubric(visit, *r), spread(visit, *r), conflicts(visit, *r),
          p(cls("small"), a(href(to(visit, c, "report.json")), t("challenges.report-data")), " · ",
            a(href(to(visit, c, "result")), t("challenges.result"))),
          export_links(visit, c));
  return visit.page({.title = t("challenges.report"), .main = main, .current = "challenges"});
}

http::Response report_data(Visit& visit) {
  const auto r = reported(visit);
  return r ? visit.json(200, to_json(r->report, r->whole.c, r->whole.statement)) : not_found(visit);
}

}  // namespace

std::optional<Reported> reported(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Reported> {
    auto whole = find(visit, tx);
    if (!whole || (whole->phase != Phase::awarded && whole->phase != Phase::finished)) return std::nullopt;
    std::set<Fact> facts;
    for (const Fact fact : all_facts)
      if (shown(visit, whole->phase, fields::word_of(fact))) facts.insert(fact);
    Report report = report_of(tx, whole->c, whole->statement, facts);
    return Reported{*std::move(whole), std::move(report)};
  });
}

Html export_links(Visit& visit, const Challenge& c) {
  const auto& t = visit.t;
  Html links;
  for (const auto file : exports_for(visit)) {
    const std::string_view words = file == "entries.csv" ? "challenges.export-entries"
                                   : file == "marks.csv" ? "challenges.export-marks"
                                                         : "challenges.export-all";
    links += a(cls("button plain little"), href(to(visit, c, file)), t(words));
  }
  if (links.empty()) return {};
  return section(cls("stack close"), h2(t("challenges.exports")), p(t("challenges.exports-words")),
                 div(cls("actions"), links));
}

void add_report_pages(House& house) {
  using http::Method;
  using web::Door;
  using web::Keep;
  const std::string root = "/{platform}/challenges/{slug}/";
  house.routes.add({Method::get, root + "report", Door::anyone, Keep::page, 0, report_page});
  house.routes.add({Method::get, root + "report.json", Door::anyone, Keep::nothing, 0, report_data});
}

}  // namespace polder::challenges
