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
  if (may_apply(visit)) rows.emplace_back(t("app.roles"), link_to("apply", t("app.apply-link")));
  return section(cls("stack"), attr("aria-labelledby", "about"), h2(html::id("about"), t("app.about-platform")),
                 web::pairs(rows));
}

/// What a closed platform shows of itself to those it does not let in: what its charter says of it, and how to come in.
Html door(Visit& visit, const boost::json::object& typed, const Refusal* refused) {
  const auto& t = visit.t;
  const auto& charter = visit.platform->charter;
  const auto next = '/' + visit.platform->slug + '/';
  const Html way_in =
      visit.person
          ? applying(visit, visit.at(), typed, refused)
          : web::empty(t("app.by-invitation"),
                       t(governance::roles_to_ask_for(charter).empty() ? "app.door-sign-in" : "app.door-apply"),
                       web::button(t("app.sign-in"), Url::local("/account/sign-in").with("next", next)) +
                           web::plain_button(t("app.make-account"), Url::local("/account/sign-up").with("next", next)));
  const auto terms = charter.terms.in(i18n::code(t.language()));
  return way_in +
         section(cls("stack"), attr("aria-labelledby", "operator"), h2(html::id("operator"), t("app.who-runs-it")),
                 operated_by(visit)) +
         section(cls("stack"), attr("aria-labelledby", "terms"), h2(html::id("terms"), t("app.terms-title")),
                 div(cls("prose narrow"),
                     terms.language == i18n::code(t.language()) ? Attr{} : attr("lang", terms.language),
                     markdown(terms.text, 3)));
}

Html inside(Visit& visit) {
  const auto& charter = visit.platform->charter;
  Html processes;
  for (const auto& [process, show] : visit.house.fronts)
    if (charter.runs(process)) processes += show(visit);
  if (processes.empty()) processes = web::empty(visit.t("app.nothing-yet"), visit.t("app.nothing-yet-words"));
  return processes + about(visit);
}

}  // namespace

http::Response front(Visit& visit, const boost::json::object& typed, const Refusal* refused) {
  const std::string heading = visit.platform->name(visit.t.language());
  return visit.page({.title = heading,
                     .main = web::lead({}, heading, p(spoken(visit, visit.platform->charter.summary)), {}) +
                             div(cls("stack far"), visit.may_enter() ? inside(visit) : door(visit, typed, refused)),
                     .status = refused != nullptr ? people::http_status(refused->why) : 200,
                     .error = refused != nullptr});
}

void add_front(House& house) {
  house.routes.add({http::Method::get, std::string(front_pattern), web::Door::anyone, web::Keep::page, 0,
                    [](Visit& visit) { return front(visit); }});
}

}  // namespace polder::app
