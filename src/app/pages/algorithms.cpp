// The public register of algorithms of a platform, as a page and as data (governance/algorithms.h).
#include "app/pages/pages.h"
#include "people/letters.h"

namespace polder::app {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)
using governance::Algorithm;
namespace json = boost::json;

std::vector<const Algorithm*> run_here(const Visit& visit) {
  std::vector<const Algorithm*> out;
  for (const auto& one : visit.house.algorithms.all())
    if (visit.platform->charter.runs(one.process)) out.push_back(&one);
  return out;
}

/// Its text of this kind. messages: *.algorithm-*
std::string text(const Visit& visit, const Algorithm& one, std::string_view kind) {
  return visit.t(one.words + std::string(kind), one.parameters);
}

Html described(const Visit& visit, const Algorithm& one) {
  const auto& t = visit.t;
  const auto words = [&](std::string_view kind) { return p(text(visit, one, kind)); };
  return section(cls("stack"), attr("aria-labelledby", one.name), h2(html::id(one.name), text(visit, one, "-title")),
                 words("-goal"),
                 web::pairs({{t("app.algorithm-working"), words("-working")},
                             {t("app.algorithm-data"), words("-data")},
                             {t("app.algorithm-parameters"), words("-parameters")},
                             {t("app.algorithm-people"), words("-people")},
                             {t("app.algorithm-appeal"), words("-appeal")},
                             {t("app.algorithm-version"), html::plain(one.version)},
                             {t("app.algorithm-code"), code(one.code)}}));
}

http::Response show(Visit& visit) {
  const auto& t = visit.t;
  const std::string heading = t("app.algorithms-title");
  Html items;
  for (const auto* one : run_here(visit)) items += described(visit, *one);
  if (items.empty()) items = web::empty(t("app.no-algorithms"), t("app.no-algorithms-words"));
  const Html main = web::lead(trail(visit, {{t("app.how-title"), visit.at("how-we-work")}}), heading,
                              p(t("app.algorithms-words")), {}) +
                    div(cls("stack far"), items,
                        p(cls("small quiet"), a(href(visit.at("algorithms.json")), t("app.algorithms-file"))));
  return visit.page({.title = heading, .main = main, .current = "how-we-work"});
}

/// The names of the fields are the standard's; "appeal" and "version" are our own.
json::object entry_of(const Visit& visit, const Algorithm& one) {
  const auto& charter = visit.platform->charter;
  return {{"standard_version", "1.0"},
          {"source_id", one.name},
          {"name", text(visit, one, "-title")},
          {"organization", said(visit, charter.operated_by.name)},
          {"description_short", text(visit, one, "-goal")},
          {"status", "In gebruik"},
          {"goal", text(visit, one, "-goal")},
          {"methods_and_models", text(visit, one, "-working") + ' ' + text(visit, one, "-parameters")},
          {"source_data", text(visit, one, "-data")},
          {"human_intervention", text(visit, one, "-people")},
          {"appeal", text(visit, one, "-appeal")},
          {"provider", "Polder"},
          {"publiccode", one.code},
          {"lang", i18n::code(visit.t.language())},
          {"url", people::address_of(visit.house, *visit.platform, "algorithms#" + one.name)},
          {"contact_email", charter.oversight.contact},
          {"version", one.version}};
}

http::Response as_data(Visit& visit) {
  json::array entries;
  for (const auto* one : run_here(visit)) entries.push_back(entry_of(visit, *one));
  return visit.json(200, json::object{{"algorithms", std::move(entries)}});
}

}  // namespace

void add_algorithms(House& house) {
  using web::Door;
  using web::Keep;
  house.routes.add({http::Method::get, "/{platform}/algorithms", Door::anyone, Keep::page, 0, show});
  house.routes.add({http::Method::get, "/{platform}/algorithms.json", Door::anyone, Keep::nothing, 0, as_data});
}

}  // namespace polder::app
