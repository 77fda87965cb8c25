#include "processes/challenges/jury_pages.h"
#include "kernel/web/scrolling.h"

#include <charconv>

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

void add_jury_pages(House& house) {
  add_panel_pages(house);
  add_screening_pages(house);
  add_assignment_pages(house);
  add_packet_pages(house);
  add_deliberation_pages(house);
}

Html jury_links(const Visit& visit, const Whole& whole) {
  if (!visit.person || whole.phase < Phase::announced || whole.phase == Phase::cancelled) return {};
  const Onlooker who =
      visit.house.database.read([&](storage::ReadTx& tx) { return Onlooker(visit.house, tx, visit.actor, whole.c); });
  Html out;
  const auto link = [&](bool there, std::string_view path, std::string_view words) {
    if (there) out += a(cls("button plain little"), href(to(visit, whole.c, path)), visit.t(words));
  };
  const bool closed = whole.phase >= Phase::screening;
  link(who.on_panel(), "judging", "challenges.judging");
  link(who.screens() && closed, "screening", "challenges.screening");
  link(who.assigns(), "panel", "challenges.panel");
  link(who.assigns() && closed, "assignment", "challenges.assignment");
  link((who.assigns() && whole.phase >= Phase::judging) || (who.on_panel() && whole.phase >= Phase::deliberation),
       "deliberation", "challenges.deliberation");
  // Where everybody may know the panel, the link stands below its names.
  link(!shown(visit, whole.phase, "panel") && can_report(visit, whole), "report-conflict",
       "challenges.report-conflict-title");
  return out;
}

std::optional<Jury> jury(Visit& visit, storage::ReadTx& tx) {
  auto whole = find(visit, tx);
  if (!whole) return std::nullopt;
  Onlooker who(visit.house, tx, visit.actor, whole->c);
  return Jury{*std::move(whole), std::move(who)};
}

std::optional<Jury> jury(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) { return jury(visit, tx); });
}

std::int64_t number_in(const Visit& visit) {
  const std::string_view digits = visit.params["number"];
  std::int64_t n = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return error == std::errc{} && std::to_string(n) == digits ? n : 0;
}

Html scrolling(std::string_view name, const Html& head, const Html& rows) {
  return web::scrolling(name, table(caption(cls("visually-hidden"), name), thead(tr(head)), tbody(rows)));
}

Html column(std::string_view words) { return th(attr("scope", "col"), words); }
Html number_column(std::string_view words) { return th(attr("scope", "col"), cls("n"), words); }

std::string mark_words(const Visit& visit, std::int64_t tenths) {
  if (tenths < 0) return "–";
  const bool comma = visit.t.language() != i18n::Language::en;
  std::string out = std::to_string(tenths / 10);
  if (tenths % 10 != 0) out += (comma ? "," : ".") + std::to_string(tenths % 10);
  return out;
}

std::string per_cent(const Visit& visit, std::int64_t per_mille) { return mark_words(visit, per_mille) + " %"; }

std::string name_of(const Visit& visit, const std::vector<Judge>& judges, Id person) {
  const auto found = std::ranges::find(judges, person, &Judge::person);
  return found == judges.end() || found->name.empty() ? visit.t("challenges.a-former-judge") : found->name;
}

Html id_select(const fields::Drawing& form, std::string_view path, std::string_view label_words, std::string_view none,
               const std::vector<std::pair<std::string, std::string>>& options) {
  const std::string chosen = form.typed(path), dom = "f-" + std::string(path);
  Html items = option(attr("value", ""), none);
  for (const auto& [value, words] : options)
    items += option(attr("value", value), value == chosen ? attr("selected") : Attr{}, words);
  return div(cls(form.error(path).empty() ? "field" : "field wrong"), label(attr("for", dom), label_words),
             form.error(path), select(html::id(dom), attr("name", path), items));
}

http::Response send(Visit& visit, const Whole& whole, std::string_view act, json::object fixed, std::string_view flash,
                    const Again& again) {
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  json::object fields = std::move(sent->fields);
  fields["challenge"] = str(whole.c.id);
  for (auto& [key, value] : fixed) fields[key] = std::move(value);
  const auto done = visit.perform(act, fields, sent->key);
  if (!done) {
    if (done.error().fields.empty() && done.error().why != Why::conflict) return visit.refusal(done.error());
    return again(fields, done.error());
  }
  if (!flash.empty()) visit.flash(flash);
  return visit.redirect(visit.at(done->location));
}

Html press_form(Visit& visit, const Whole& whole, std::string_view path, const std::string& words, const Html& fields,
                std::string_view button_class) {
  return visit.form(to(visit, whole.c, path), fields, words, false, button_class);
}

}  // namespace polder::challenges
