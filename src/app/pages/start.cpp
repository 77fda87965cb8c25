// The start page of a server: which platforms there are. In a demonstration, also what there is to try.
#include "app/pages/pages.h"
#include "app/rooms.h"
#include "people/demo_people.h"

namespace polder::app {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)

Html card(const Visit& visit, const governance::Platform& platform) {
  const auto& charter = platform.charter;
  return li(article(
      cls("card panel"),
      p(cls("meta"), span(cls("tag"), visit.t(operator_kind_key(charter.operated_by.kind))),
        span(spoken(visit, charter.operated_by.name))),
      h3(a(href(home_of(visit.house, platform)), spoken(visit, charter.name))), p(spoken(visit, charter.summary)),
      p(cls("small quiet"),
        charter.openness == governance::Openness::open ? visit.t("app.open-to-all") : visit.t("app.by-invitation"))));
}

Html empty_server(const Visit& visit) {
  const auto& t = visit.t;
  const Html step = visit.is_administrator()
                        ? web::button(t("app.make-platform"), Url::local("/server/platforms/new"))
                        : web::plain_button(t("app.sign-in"), Url::local("/account/sign-in").with("next", "/server"));
  return web::empty(t("app.no-platforms"), t("app.no-platforms-words"), step);
}

/// Who there is to be, and what each may do on which platform, said to those who try a demonstration.
Html demo_panel(const Visit& visit) {
  const auto& t = visit.t;
  const auto platforms = visit.house.platforms.list();
  const auto delta = platforms->by_slug("delta"), prizes = platforms->by_slug("prizes");
  const auto on = [&](const std::shared_ptr<const governance::Platform>& platform, const std::string& key) {
    if (!platform || !t.knows(key)) return Html{};
    return p(b(a(href(home_of(visit.house, *platform)), spoken(visit, platform->charter.name))), br(), t(key));
  };
  Html people;
  const auto role = [&](std::string_view name) {
    const std::string key = "app.demo-" + std::string(name);
    people += li(article(cls("card panel"), h3(t(key)), on(delta, key + "-words"), on(prizes, key + "-prizes"),
                         html::form(attr("method", "post"), action(Url::local("/demo/role")),
                                    input(attr("type", "hidden"), attr("name", "next"), attr("value", "/")),
                                    button(cls("button plain little"), attr("type", "submit"), attr("name", "role"),
                                           attr("value", name), t("app.demo-be", {{"role", t(key)}})))));
  };
  role("visitor");
  for (const auto who : people::demo_people) role(who);
  return section(cls("stack"), attr("aria-labelledby", "roles"), h2(html::id("roles"), t("app.demo-title")),
                 p(t("app.demo-words")), ul(cls("cards"), people));
}

http::Response start(Visit& visit) {
  const auto& t = visit.t;
  const auto platforms = visit.platforms();
  visit.shows("platforms");
  // One that is not shown may open its doors.
  for (const auto& platform : visit.house.platforms.list()->all) visit.shows(platform_subject(platform->id));
  Html cards;
  for (const auto& platform : platforms) cards += card(visit, *platform);
  const std::string heading = t("app.start-title");
  Html main = web::lead({}, heading, p(t("app.start-words")), {});
  main += div(cls("stack far"),
              platforms.empty() ? empty_server(visit)
                                : section(cls("stack"), attr("aria-labelledby", "platforms"),
                                          h2(html::id("platforms"), t("app.platforms-here")), ul(cls("cards"), cards)),
              visit.house.settings.demo ? demo_panel(visit) : Html{});
  return visit.page({.title = heading, .main = main});
}

http::Response robots(Visit&) {
  // Search engines may read what everybody may read; forms and files of the record are nothing to them.
  return http::text(200, "User-agent: *\nDisallow: /account/\nDisallow: /api/\nDisallow: /server\n");
}

}  // namespace

void add_start(House& house) {
  house.routes.add({http::Method::get, "/", web::Door::anyone, web::Keep::page, 0, start});
  house.routes.add({http::Method::get, "/robots.txt", web::Door::anyone, web::Keep::nothing, 0, robots});
}

}  // namespace polder::app
