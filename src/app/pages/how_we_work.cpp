// "How we work": the charter in plain words, and nothing that the charter does not say.
#include "app/pages/pages.h"
#include "kernel/web/scrolling.h"

namespace polder::app {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)
using governance::Charter;

Html part(std::string_view name, std::string_view heading, const Html& content) {
  return section(cls("stack"), attr("aria-labelledby", name), h2(html::id(name), heading), content);
}

std::string how_words(const Visit& visit, const governance::Role& role) {
  const auto& t = visit.t;
  std::vector<std::string> by;
  for (const auto& id : role.appointed_by) by.push_back(role_words(visit, id));
  switch (role.how) {
    case governance::How::everybody:
      return t("app.how-everybody");
    case governance::How::signed_in:
      return t("app.how-signed-in");
    case governance::How::appointed:
      return t("app.how-appointed", {{"by", t.all_of(by)}});
    case governance::How::application:
      return t("app.how-application", {{"by", t.all_of(by)}});
  }
  return {};
}

Html roles(const Visit& visit, const Charter& charter) {
  std::vector<std::pair<std::string, Html>> rows;
  for (const auto& role : charter.roles)
    rows.emplace_back(said(visit, role.name),
                      p(spoken(visit, role.description)) + p(cls("small quiet"), how_words(visit, role)));
  return web::pairs(rows);
}

// ---- who, what, when ----

struct Table {
  Html html;
  bool confirming = false;  ///< some role first confirms an address: an asterisk stands there
};

Html who(const Visit& visit, const governance::ActRow::Cell& cell, Table& table) {
  if (cell.roles.empty()) return span(cls("quiet"), visit.t("app.nobody"));
  std::vector<std::string> names;
  for (const auto& role : cell.roles) {
    const bool confirms = std::ranges::find(cell.after_confirming, role) != cell.after_confirming.end();
    names.push_back(role_words(visit, role) + (confirms ? "*" : ""));
    table.confirming = table.confirming || confirms;
  }
  return html::plain(visit.t.all_of(names));
}

/// What the server does not do it does not show, whatever a charter says of it; of the platform's own acts those that
/// nobody may do are the server's matter.
bool shown(const Visit& visit, const governance::ActTable& table, const governance::ActRow& row) {
  const bool somebody = std::ranges::any_of(row.cells, [](const auto& cell) { return !cell.roles.empty(); });
  return visit.house.acts.find(row.act) != nullptr && (somebody || !table.process.empty());
}

Html row_of(const Visit& visit, const governance::ActTable& acts, const governance::ActRow& row, Table& table) {
  const auto& t = visit.t;
  const auto column = [&](std::string_view phase, const std::string& heading) {
    const auto cell = std::ranges::find(row.cells, phase, &governance::ActRow::Cell::phase);
    if (cell == row.cells.end()) return td(cls("none"), attr("data-label", heading), "–");
    return td(attr("data-label", heading), who(visit, *cell, table));
  };
  Html cells = th(attr("scope", "row"), t(row.words));
  cells += column({}, acts.phases.empty() ? t("app.who-may") : t("app.at-any-time"));
  for (const auto& phase : acts.phases) cells += column(phase.name, t(phase.words));
  return tr(cells);
}

Table table_of(const Visit& visit, const governance::ActTable& acts) {
  const auto& t = visit.t;
  Table out;
  Html rows;
  for (const auto& row : acts.rows)
    if (shown(visit, acts, row)) rows += row_of(visit, acts, row, out);
  if (rows.empty()) return out;
  Html heads = th(attr("scope", "col"), t("app.what")) +
               th(attr("scope", "col"), acts.phases.empty() ? t("app.who-may") : t("app.at-any-time"));
  for (const auto& phase : acts.phases) heads += th(attr("scope", "col"), t(phase.words));
  std::string name = t("app.the-platform");
  for (const auto& d : visit.house.destinations)
    if (!acts.process.empty() && d.process == acts.process) name = t(d.words);
  out.html = html::element("table", {cls("stacked"), caption(name), thead(tr(heads)), tbody(rows)});
  if (!acts.phases.empty()) out.html = web::scrolling(name, out.html);
  return out;
}

Html tables(const Visit& visit, const Charter& charter) {
  Html out;
  bool confirming = false;
  for (const auto& acts : governance::explain(charter, visit.house.words)) {
    const Table table = table_of(visit, acts);
    out += table.html;
    confirming = confirming || table.confirming;
  }
  if (confirming) out += p(cls("small quiet"), "* ", visit.t("app.confirms-first"));
  return out + p(visit.t("app.nobody-else"));
}

Html rules(const Visit& visit, const Charter& charter) {
  Html items;
  for (const auto& rule : charter.rules) {
    if (visit.house.acts.find(rule.act) == nullptr) continue;
    const Html why = rule.why.empty() ? Html{} : p(cls("small quiet"), spoken(visit, rule.why));
    items += li(p(governance::sentence(charter, rule, visit.house.words, i18n::code(visit.t.language()), sayer(visit))),
                why);
  }
  return ul(items);
}

// ---- how it is done here ----

/// A choice is said in the process's words where it has some: "consultations.setting-visibilities.officials".
std::string choice_words(const Visit& visit, const governance::SettingWord& word, const std::string& choice) {
  const std::string key = word.words + '.' + choice;
  return visit.t.knows(key) ? visit.t(key) : choice;
}

std::string value_words(const Visit& visit, const governance::SettingWord& word, const governance::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return visit.t.number(*number);
  if (const auto* yes = std::get_if<bool>(&value)) return *yes ? visit.t("app.yes") : visit.t("app.no");
  if (const auto* text = std::get_if<std::string>(&value)) return choice_words(visit, word, *text);
  std::vector<std::string> words;
  for (const auto& one : std::get<std::vector<std::string>>(value)) words.push_back(choice_words(visit, word, one));
  return visit.t.all_of(words);
}

Html settings(const Visit& visit, const Charter& charter) {
  std::vector<std::pair<std::string, Html>> rows;
  for (const auto& setting : charter.settings) {
    const auto* process = visit.house.words.process(setting.process);
    if (process == nullptr) continue;
    const auto word = std::ranges::find(process->settings, setting.name, &governance::SettingWord::name);
    if (word == process->settings.end() || word->words.empty()) continue;
    rows.emplace_back(visit.t(word->words), html::plain(value_words(visit, *word, setting.value)));
  }
  return rows.empty() ? Html{} : web::pairs(rows);
}

Html retention(const Visit& visit, const governance::Retention& kept) {
  const auto& t = visit.t;
  const auto days = [&](std::int64_t n) { return html::plain(t("app.days", {{"n", n}})); };
  return web::pairs(
      {{t("app.kept-accounts"), html::plain(t("app.months-unused", {{"n", kept.accounts_inactive_months}}))},
       {t("app.kept-drafts"), days(kept.drafts_days)},
       {t("app.kept-mails"), days(kept.mails_days)},
       {t("app.kept-reports"), days(kept.reports_days)},
       {t("app.kept-logs"), days(kept.logs_days)}});
}

Html oversight(const Visit& visit, const Charter& charter) {
  const auto& t = visit.t;
  std::vector<std::pair<std::string, Html>> rows{{t("app.oversight-body"), spoken(visit, charter.oversight.body)},
                                                 {t("app.write-to"), mail_to(charter.oversight.contact)}};
  if (const auto url = Url::external(charter.oversight.url))
    rows.emplace_back(t("app.website"), a(href(*url), charter.oversight.url));
  return p(t("app.oversight-words")) + web::pairs(rows);
}

Html the_charter(const Visit& visit, const std::vector<record::store::ActRow>& changes) {
  const auto& t = visit.t;
  Html items;
  for (const auto& act : changes)
    items += li(join(
        {web::when(t, act.done_at), ", ", role_words(visit, act.role), ": ", act_words(visit.house, t, act.name)}));
  return p(t("app.charter-words")) +
         p(cls("actions"), web::plain_button(t("app.charter-text"), visit.at("charter.toml"))) +
         (items.empty() ? p(cls("quiet"), t("app.charter-unchanged")) : h3(t("app.charter-changes")) + ul(items));
}

http::Response how_we_work(Visit& visit) {
  constexpr std::int64_t most_changes = 50;
  const auto& t = visit.t;
  const auto& charter = visit.platform->charter;
  const std::string subject = "platforms/" + visit.platform->slug;
  auto changes = visit.house.database.read([&](storage::ReadTx& tx) {
    return record::store::acts_about(tx, visit.platform->id, subject, {}, most_changes);
  });
  std::erase_if(changes, [](const auto& act) { return act.name != "platforms.change-charter"; });
  const Html how = settings(visit, charter);
  const std::string heading = t("app.how-title");
  Html main = web::lead(trail(visit), heading, p(t("app.how-words")), {});
  main += div(cls("stack far"), part("operator", t("app.who-runs-it"), operated_by(visit)),
              part("roles", t("app.roles"), roles(visit, charter)),
              part("acts", t("app.who-may-what"), tables(visit, charter)),
              part("rules", t("app.rules-and-why"), rules(visit, charter)),
              how.empty() ? Html{} : part("settings", t("app.how-it-is-done"), how),
              part("algorithms", t("app.algorithms-title"),
                   p(t("app.algorithms-words")) +
                       p(cls("actions"), web::plain_button(t("app.algorithms-link"), visit.at("algorithms")))),
              part("oversight", t("app.oversight"), oversight(visit, charter)),
              part("retention", t("app.retention"), retention(visit, charter.retention)),
              part("charter", t("app.the-charter"), the_charter(visit, changes)));
  return visit.page({.title = heading, .main = main, .current = "how-we-work"});
}

}  // namespace

void add_how_we_work(House& house) {
  house.routes.add({http::Method::get, "/{platform}/how-we-work", web::Door::anyone, web::Keep::page, 0, how_we_work});
}

}  // namespace polder::app
