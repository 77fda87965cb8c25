#include "app/pages/pages.h"
#include "app/setup.h"
#include "kernel/text/text.h"
#include "people/letters.h"

namespace polder::app {

using namespace html;  // NOLINT(google-build-using-namespace)

void add_pages(House& house) {
  add_start(house);
  add_setup(house);
  add_server_pages(house);
  add_demo(house);
  add_api(house);
  add_receipts(house);
  add_record(house);
  add_how_we_work(house);
  add_algorithms(house);
  add_texts(house);
  add_applications(house);
  add_manage(house);
  add_apply(house);
  add_front(house);
}

std::shared_ptr<const governance::Platform> here(const Visit& visit) {
  return visit.platform ? visit.platform : visit.house.platforms.list()->server;
}

Html spoken(const Visit& visit, const governance::LocalText& text) {
  const auto said = text.in(i18n::code(visit.t.language()));
  if (said.language == i18n::code(visit.t.language())) return html::plain(said.text);
  return span(attr("lang", said.language), said.text);
}

std::string said(const Visit& visit, const governance::LocalText& text) {
  return std::string(text.in(i18n::code(visit.t.language())).text);
}

governance::Say sayer(const Visit& visit) {
  return [&visit](const Message& message) { return visit.t(message); };
}

std::string act_words(const House& house, const i18n::Voice& t, std::string_view act) {
  const auto* word = house.words.act(act);
  return word != nullptr && t.knows(word->words) ? t(word->words) : std::string(act);
}

std::string role_words(const Visit& visit, std::string_view role) {
  if (role == "server") return visit.t("app.role-server");
  return governance::role_name(here(visit)->charter, role, i18n::code(visit.t.language()), sayer(visit));
}

Url home_of(const House& house, const governance::Platform& platform) {
  const auto home = Url::local('/' + platform.slug + '/');
  if (platform.charter.host.empty()) return home;
  return Url::external(people::address_of(house, platform, {})).value_or(home);
}

Html trail(const Visit& visit, const std::vector<web::Link>& more) {
  std::vector<web::Link> links;
  if (visit.platform)
    links.push_back({visit.platform->name(visit.t.language()), visit.at()});
  else
    links.push_back({visit.t("app.start-title"), Url::local("/")});
  links.insert(links.end(), more.begin(), more.end());
  return web::crumbs(visit.t, links);
}

Html copyable(std::string_view words) { return pre(attr("tabindex", "0"), code(words)); }

Html mail_to(const std::string& address) {
  const auto url = Url::external("mailto:" + address);
  return url ? a(href(*url), address) : html::plain(address);
}

Html operated_by(const Visit& visit) {
  const auto& t = visit.t;
  const auto& charter = visit.platform->charter;
  std::vector<std::pair<std::string, Html>> rows{
      {t("app.operator"),
       join({spoken(visit, charter.operated_by.name), " (", t(operator_kind_key(charter.operated_by.kind)), ")"})},
      {t("app.write-to"), mail_to(charter.operated_by.email)}};
  if (!charter.operated_by.address.empty())
    rows.emplace_back(t("app.address"), html::plain(charter.operated_by.address));
  if (const auto imprint = Url::external(charter.operated_by.imprint))
    rows.emplace_back(t("app.imprint"), a(href(*imprint), charter.operated_by.imprint));
  const bool open = charter.openness == governance::Openness::open;
  rows.emplace_back(t("app.openness"), html::plain(open ? t("app.open-words") : t("app.closed-words")));
  return web::pairs(rows);
}

std::string_view operator_kind_key(governance::OperatorKind kind) {
  switch (kind) {
    case governance::OperatorKind::government:
      return "app.kind-government";
    case governance::OperatorKind::company:
      return "app.kind-company";
    case governance::OperatorKind::civil_society:
      return "app.kind-civil-society";
  }
  return "app.kind-government";
}

}  // namespace polder::app
