// A platform's front page: what it is, who runs it, and what each of its processes has to show.
#include "app/pages/pages.h"

namespace polder::app {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)

Html about(const Visit& visit) {
  const auto& t = visit.t;
  const auto& charter = visit.platform->charter;
  const auto link_to = [&](std::string_view path, const std::string& words) { return a(href(visit.at(path)), words); };
  std::vector<std::pair<std::string, Html>> rows{
      {t("app.operator"),
       spoken(visit, charter.operated_by.name) + html::plain(", " + t(operator_kind_key(charter.operated_by.kind)))},
      {t("app.rules"), link_to("how-we-work", t("app.how-link"))},
      {t("app.oversight"), spoken(visit, charter.oversight.body)},
      {t("app.record"), link_to("record", t("app.record-link"))}};
  return section(cls("stack"), attr("aria-labelledby", "about"), h2(html::id("about"), t("app.about-platform")),
                 web::pairs(rows));
}

http::Response front(Visit& visit) {
  const auto& charter = visit.platform->charter;
  Html processes;
  for (const auto& [process, show] : visit.house.fronts)
    if (charter.runs(process) && visit.may_enter()) processes += show(visit);
  if (!visit.may_enter())
    processes = web::empty(visit.t("app.by-invitation"), visit.t("app.closed-words"));
  else if (processes.empty())
    processes = web::empty(visit.t("app.nothing-yet"), visit.t("app.nothing-yet-words"));
  const std::string heading = visit.platform->name(visit.t.language());
  return visit.page({.title = heading,
                     .main = web::lead({}, heading, p(spoken(visit, charter.summary)), {}) +
                             div(cls("stack far"), processes, about(visit))});
}

}  // namespace

void add_front(House& house) {
  house.routes.add({http::Method::get, "/{platform}", web::Door::anyone, web::Keep::page, 0, front});
}

}  // namespace polder::app
