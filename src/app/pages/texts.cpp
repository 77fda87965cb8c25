// What a platform says of itself in texts: its charter as a file, its terms, how accessible it is, its house style.
#include "app/pages/pages.h"

namespace polder::app {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)

http::Response as_text(std::string body, std::string type) {
  return {.status = 200,
          .headers = {{"content-type", std::move(type)},
                      {"cache-control", "no-cache"},
                      {"x-content-type-options", "nosniff"},
                      {"content-security-policy", "default-src 'none'"}},
          .body = std::make_shared<const std::string>(std::move(body)),
          .stream = {}};
}

http::Response charter_text(Visit& visit) { return as_text(visit.platform->charter_text, "text/plain; charset=utf-8"); }

http::Response terms(Visit& visit) {
  const auto& terms = visit.platform->charter.terms;
  const auto words = terms.in(i18n::code(visit.t.language()));
  const std::string heading = visit.t("app.terms-title");
  return visit.page(
      {.title = heading,
       .main = web::lead(trail(visit), heading, {}, {}) +
               div(cls("prose narrow"),
                   words.language == i18n::code(visit.t.language()) ? Attr{} : attr("lang", words.language),
                   markdown(words.text, 2))});
}

http::Response accessibility(Visit& visit) {
  const auto& t = visit.t;
  const auto& contact = visit.platform->charter.operated_by.email;
  const auto write = Url::external("mailto:" + contact);
  const std::string heading = t("app.accessibility-title");
  return visit.page(
      {.title = heading,
       .main =
           web::lead(trail(visit), heading, p(t("app.accessibility-lead")), {}) +
           div(cls("prose narrow"), h2(t("app.accessibility-tested")),
               ul(li(t("app.accessibility-axe")), li(t("app.accessibility-keyboard")),
                  li(t("app.accessibility-narrow")), li(t("app.accessibility-script")),
                  li(t("app.accessibility-contrast"))),
               h2(t("app.accessibility-not-tested")), p(t("app.accessibility-people")),
               h2(t("app.accessibility-trouble")),
               p(t("app.accessibility-write"), " ", write ? a(href(*write), contact) : html::plain(contact)),
               p(t("app.accessibility-oversight"), " ", spoken(visit, visit.platform->charter.oversight.body), "."))});
}

/// Colours were checked when the charter was read: names of ours, six hexadecimal digits, enough contrast.
http::Response theme(Visit& visit) {
  const auto& look = visit.platform->charter.theme;
  const auto tokens = [](const std::vector<governance::Colour>& colours) {
    std::string out;
    for (const auto& [name, value] : colours) out += "  --" + name + ": " + value + ";\n";
    return out;
  };
  std::string css;
  if (!look.light.empty()) css += ":root {\n" + tokens(look.light) + "}\n";
  if (!look.dark.empty())
    css += "@media (prefers-color-scheme: dark) {\n:root:not([data-theme=\"light\"]) {\n" + tokens(look.dark) +
           "}\n}\n:root[data-theme=\"dark\"] {\n" + tokens(look.dark) + "}\n";
  return as_text(std::move(css), "text/css; charset=utf-8");
}

}  // namespace

void add_texts(House& house) {
  using enum web::Keep;
  house.routes.add({http::Method::get, "/{platform}/charter.toml", web::Door::anyone, nothing, 0, charter_text});
  house.routes.add({http::Method::get, "/{platform}/terms", web::Door::anyone, web::Keep::page, 0, terms});
  house.routes.add(
      {http::Method::get, "/{platform}/accessibility", web::Door::anyone, web::Keep::page, 0, accessibility});
  house.routes.add({http::Method::get, "/{platform}/theme.css", web::Door::anyone, nothing, 0, theme});
}

}  // namespace polder::app
