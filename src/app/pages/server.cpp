// The server's own pages, for its administrator: platforms, work that failed, and the mails of a server that has no
// mail server. To everybody else they are not there.
#include <boost/json.hpp>

#include "app/pages/pages.h"
#include "kernel/base/embedded.h"
#include "kernel/jobs/jobs.h"
#include "people/form_page.h"

namespace polder::app {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)

// messages: app.create.*
constexpr std::string_view create = "platforms.create";
constexpr int most_failures = 50, mails_on_a_page = 50;

Html part(std::string_view name, std::string_view heading, const Html& content) {
  return section(cls("stack"), attr("aria-labelledby", name), h2(html::id(name), heading), content);
}

Html platforms(const Visit& visit) {
  const auto& t = visit.t;
  Html rows;
  for (const auto& platform : visit.house.platforms.list()->all)
    rows += tr(th(attr("scope", "row"), a(href(home_of(visit.house, *platform)), platform->name(t.language()))),
               td(attr("data-label", t("app.operator")), spoken(visit, platform->charter.operated_by.name)),
               td(attr("data-label", t("app.made-on")), web::when(t, platform->made_at)),
               td(attr("data-label", t("app.what-you-can-do")),
                  a(href(Url::local('/' + platform->slug + "/manage")), t("app.manage-title"),
                    span(cls("visually-hidden"), " ", platform->name(t.language())))));
  Html list = rows.empty() ? p(cls("quiet"), t("app.no-platforms"))
                           : html::element("table", {cls("stacked"), caption(t("app.platforms-here")),
                                                     thead(tr(th(attr("scope", "col"), t("app.name")),
                                                              th(attr("scope", "col"), t("app.operator")),
                                                              th(attr("scope", "col"), t("app.made-on")),
                                                              th(attr("scope", "col"), t("app.what-you-can-do")))),
                                                     tbody(rows)});
  return part("platforms", t("app.platforms"),
              list + p(cls("actions"), web::button(t("app.make-platform"), Url::local("/server/platforms/new"))));
}

Html failures(Visit& visit, const std::vector<jobs::Failure>& all) {
  const auto& t = visit.t;
  Html rows;
  for (const auto& failed : all)
    rows += tr(th(attr("scope", "row"), code(failed.kind)), td(attr("data-label", t("app.fault")), failed.fault),
               td(cls("n"), attr("data-label", t("app.attempts")), t.number(failed.attempts)),
               td(attr("data-label", t("app.what-you-can-do")),
                  html::form(attr("method", "post"), action(Url::path({"server", "jobs", str(failed.id)})),
                             button(cls("button plain little"), attr("type", "submit"), t("app.try-again"),
                                    span(cls("visually-hidden"), " ", failed.kind, " ", str(failed.id))))));
  if (rows.empty()) return part("jobs", t("app.failed-work"), p(cls("quiet"), t("app.no-failures")));
  return part("jobs", t("app.failed-work"),
              html::element("table",
                            {cls("stacked"), caption(t("app.failed-work-caption")),
                             thead(tr(th(attr("scope", "col"), t("app.kind")), th(attr("scope", "col"), t("app.fault")),
                                      th(attr("scope", "col"), cls("n"), t("app.attempts")),
                                      th(attr("scope", "col"), t("app.what-you-can-do")))),
                             tbody(rows)}));
}

http::Response overview(Visit& visit) {
  const auto& t = visit.t;
  const auto failed =
      visit.house.database.read([](storage::ReadTx& tx) { return jobs::failures(tx, {}, most_failures); });
  const auto db = visit.house.database.figures();
  const auto pages = visit.house.pages.figures();
  const std::string heading = t("app.server-title");
  return visit.page(
      {.title = heading,
       .main =
           web::lead({}, heading, p(t("app.server-words")), {}) +
           div(cls("stack far"), platforms(visit), failures(visit, failed),
               part("mail", t("app.mails"),
                    p(t("app.mails-words")) +
                        p(cls("actions"), web::plain_button(t("app.see-mails"), Url::local("/server/mail")))),
               part("record", t("app.record"),
                    p(t("app.server-record-words")) +
                        p(cls("actions"), web::plain_button(t("app.see-record"), Url::local("/record")))),
               part("figures", t("app.figures"),
                    web::facts({{t("app.figure-writes"), t.number(db.writes)},
                                {t("app.figure-commits"), t.number(db.commits)},
                                {t("app.figure-pages"), t.number(std::int64_t(pages.pages))},
                                {t("app.figure-bytes"), i18n::file_size(t.language(), std::int64_t(pages.bytes))}})))});
}

// ---- making a platform ----

std::vector<std::string> charters() {
  std::vector<std::string> out;
  for (const auto& file : embedded_below("charters/")) {
    auto name = file.path.substr(std::string_view("charters/").size());
    name = name.substr(0, name.rfind('.'));
    if (name != "server") out.emplace_back(name);
  }
  return out;
}

/// As the act has them, with the program's charters to choose from.
fields::Field create_fields(const Visit& visit) {
  fields::Field out = visit.house.acts.find(create)->fields;
  for (auto& field : out.fields)
    if (field.name == "charter") {
      field.kind = fields::Kind::choice;
      field.options = charters();
    }
  return out;
}

/// A charter by its name and what it says it is for.
std::vector<std::pair<std::string, std::string>> charter_options(const Visit& visit) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& name : charters()) {
    const auto charter = governance::parse(*embedded("charters/" + name + ".toml"), visit.house.words);
    out.emplace_back(name, charter ? said(visit, charter->name) + ": " + said(visit, charter->summary) : name);
  }
  return out;
}

http::Response create_page(Visit& visit, const boost::json::object& typed, const Refusal* refused = nullptr) {
  const auto& t = visit.t;
  const auto description = create_fields(visit);
  return people::form_page(
      visit,
      {.title = t("app.make-platform"),
       .trail = {{t("app.server-title"), Url::local("/server")}},
       .words = p(t("app.make-platform-words")),
       .act = "app.create",
       .description = description,
       .controls =
           [&](const fields::Drawing& draw) {
             const auto field = [&](std::string_view name, const std::string& label, const std::string& hint = {}) {
               return draw.field(name, {.label = label, .hint = hint});
             };
             return draw.field("charter",
                               {.label = t("app.create.charter"), .hint = {}, .options = charter_options(visit)}) +
                    field("title", t("app.create.title"), t("app.create.title-hint")) +
                    field("slug", t("app.create.slug"),
                          t("app.create.slug-hint", {{"url", visit.house.settings.base_url + "/"}})) +
                    field("operated-by", t("app.create.operated-by"), t("app.create.operated-by-hint")) +
                    draw.field("languages", {.label = t("app.create.languages"),
                                             .hint = {},
                                             .options = {{"en", "English"}, {"nl", "Nederlands"}, {"de", "Deutsch"}}}) +
                    field("administrator", t("app.create.administrator"), t("app.create.administrator-hint")) +
                    draw.field("officials");
           },
       .to = Url::local("/server/platforms"),
       .button = t("app.make-platform")},
      typed, refused);
}

http::Response new_platform(Visit& visit) {
  return create_page(visit,
                     {{"administrator", visit.person->email}, {"languages", boost::json::array{"en", "nl", "de"}}});
}

http::Response make_platform(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto made = visit.perform(create, sent->fields, sent->key);
  if (!made) return create_page(visit, sent->fields, &made.error());
  visit.flash("app.platform-made");
  return visit.redirect(Url::local('/' + made->location + '/'));
}

// ---- failed work ----

http::Response try_again(Visit& visit) {
  const auto id = parse_id(visit.params["job"]);
  if (!id) return visit.refusal({.why = Why::not_found, .message = {"app.no-such-job"}});
  const auto done = visit.house.database.write([&](storage::WriteTx& tx) { return jobs::revive(tx, *id, visit.now); });
  if (!done) return visit.refusal(done.error());
  visit.flash("app.job-tried-again");
  return visit.redirect(Url::local("/server"));
}

// ---- mails ----

std::string state_words(const i18n::Voice& t, mail::State state) {
  switch (state) {
    case mail::State::waiting:
      return t("app.mail-waiting");
    case mail::State::sent:
      return t("app.mail-sent");
    case mail::State::failed:
      return t("app.mail-failed");
  }
  return {};
}

http::Response mails(Visit& visit) {
  const auto& t = visit.t;
  const auto before = parse_id(visit.query("before")).value_or(Id{std::numeric_limits<std::int64_t>::max()});
  const auto all =
      visit.house.database.read([&](storage::ReadTx& tx) { return mail::list(tx, before, mails_on_a_page + 1); });
  const bool more = all.size() > std::size_t(mails_on_a_page);
  Html rows;
  for (std::size_t i = 0; i < std::min(all.size(), std::size_t(mails_on_a_page)); ++i) {
    const auto& one = all[i];
    const Html subject = visit.house.settings.mail_in_folder
                             ? a(href(Url::path({"server", "mail", str(one.id)})), one.subject)
                             : html::plain(one.subject);
    rows += tr(th(attr("scope", "row"), subject), td(attr("data-label", t("app.mail-to")), one.to),
               td(attr("data-label", t("app.when")), time_(attr("datetime", iso(one.made_at)), t.moment(one.made_at))),
               td(attr("data-label", t("app.mail-state")), state_words(t, one.state),
                  one.fault.empty() ? Html{} : join({" (", one.fault, ")"})));
  }
  const std::string heading = t("app.mails");
  std::optional<Url> older;
  if (more) older = Url::local("/server/mail").with("before", str(all[mails_on_a_page - 1].id));
  return visit.page(
      {.title = heading,
       .main = web::lead(web::crumbs(t, {{t("app.server-title"), Url::local("/server")}}), heading,
                         p(visit.house.settings.mail_in_folder ? t("app.mails-in-folder") : t("app.mails-sent")), {}) +
               (rows.empty() ? web::empty(t("app.no-mails"), t("app.no-mails-words"))
                             : html::element("table", {cls("stacked"), caption(t("app.mails")),
                                                       thead(tr(th(attr("scope", "col"), t("app.mail-subject")),
                                                                th(attr("scope", "col"), t("app.mail-to")),
                                                                th(attr("scope", "col"), t("app.when")),
                                                                th(attr("scope", "col"), t("app.mail-state")))),
                                                       tbody(rows)}) +
                                   web::pager(t, std::nullopt, older))});
}

/// Text with the addresses in it made into links, so that a demonstration can follow one.
Html with_links(std::string_view words) {
  Html out;
  while (!words.empty()) {
    const auto at = std::min(words.find("https://"), words.find("http://"));
    out += html::plain(words.substr(0, at));
    if (at == words.npos) break;
    words.remove_prefix(at);
    const auto end = std::min(words.find_first_of(" \r\n\t<>\""), words.size());
    const auto url = Url::external(words.substr(0, end));
    out += url ? a(href(*url), words.substr(0, end)) : html::plain(words.substr(0, end));
    words.remove_prefix(end);
  }
  return out;
}

/// Only where there is no mail server: otherwise a mail is between the platform and whom it was sent to.
http::Response one_mail(Visit& visit) {
  const auto& t = visit.t;
  const auto id = parse_id(visit.params["mail"]);
  const auto found = id && visit.house.settings.mail_in_folder
                         ? visit.house.database.read([&](storage::ReadTx& tx) { return mail::read(tx, *id); })
                         : std::nullopt;
  if (!found) return visit.refusal({.why = Why::not_found, .message = {"app.no-such-mail"}});
  std::vector<std::pair<std::string, Html>> rows{{t("app.mail-to"), html::plain(found->to)},
                                                 {t("app.mail-subject"), html::plain(found->subject)}};
  for (const auto& attachment : found->attachments)
    rows.emplace_back(t("app.mail-attachment"), html::plain(attachment.name));
  return visit.page(
      {.title = found->subject,
       .main = web::lead(web::crumbs(t, {{t("app.server-title"), Url::local("/server")},
                                         {t("app.mails"), Url::local("/server/mail")}}),
                         found->subject, {}, {}) +
               div(cls("stack"), web::pairs(rows),
                   pre(cls("panel"), attr("tabindex", "0"), attr("lang", found->language), with_links(found->text)))});
}

}  // namespace

void add_server_pages(House& house) {
  const auto add = [&](http::Method method, std::string path, std::size_t limit,
                       std::function<http::Response(Visit&)> handle) {
    house.routes.add(
        {method, "/server" + path, web::Door::administrator, web::Keep::nothing, limit, std::move(handle)});
  };
  add(http::Method::get, "", 0, overview);
  add(http::Method::get, "/platforms/new", 0, new_platform);
  add(http::Method::post, "/platforms", web::form_limit, make_platform);
  add(http::Method::post, "/jobs/{job}", web::form_limit, try_again);
  add(http::Method::get, "/mail", 0, mails);
  add(http::Method::get, "/mail/{mail}", 0, one_mail);
}

}  // namespace polder::app
