// The record of a platform, for people and for programs: what was done, in plain words, and everything that somebody
// needs to check it without us (C2SP tlog-tiles v0.1.0 and tlog-checkpoint, under the address that is the log's
// origin).
#include "app/pages/pages.h"
#include "kernel/web/form.h"
#include "people/letters.h"
#include "record/tile.h"

namespace polder::app {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)

constexpr std::int64_t acts_on_a_page = 30;

http::Response bytes(std::string body, std::string type, std::string cache) {
  return {.status = 200,
          .headers = {{"content-type", std::move(type)},
                      {"cache-control", std::move(cache)},
                      {"x-content-type-options", "nosniff"},
                      {"access-control-allow-origin", "*"}},  // a log is for everybody, in a browser too
          .body = std::make_shared<const std::string>(std::move(body)),
          .stream = {}};
}

http::Response no(const Visit& visit, const Refusal& refusal) {
  return http::text(refusal.why == Why::not_found ? 404 : 503, visit.t(refusal.message) + '\n');
}

/// What was done on a platform by invitation is for those who were invited; the server's own record is for everybody.
bool closed_to(const Visit& visit) { return visit.platform && !visit.may_enter(); }

// ---- for programs ----

http::Response checkpoint(Visit& visit) {
  const auto signed_at = visit.house.logs.checkpoint(here(visit)->id);
  if (!signed_at) return no(visit, signed_at.error());
  return bytes(signed_at->note, "text/plain; charset=utf-8", "no-cache");
}

/// A tile's name holds its width, so what has once been served under it never changes.
http::Response tile(Visit& visit) {
  if (closed_to(visit)) return no(visit, {.why = Why::not_found, .message = {"record.no-tile"}});
  const auto wanted = record::parse_tile_path("tile/" + std::string(visit.params["rest"]));
  if (!wanted) return no(visit, {.why = Why::not_found, .message = {"record.tile-path"}});
  auto found = visit.house.logs.tile(here(visit)->id, *wanted);
  if (!found) return no(visit, found.error());
  return bytes(*std::move(found), "application/octet-stream", "public, max-age=31536000, immutable");
}

http::Response key(Visit& visit) {
  const auto verifier = visit.house.logs.verifier(here(visit)->id);
  if (!verifier) return no(visit, verifier.error());
  return bytes(record::vkey(*verifier) + '\n', "text/plain; charset=utf-8", "no-cache");
}

// ---- for people ----

Html steps(const Visit& visit, const std::string& vkey, const std::string& address) {
  const auto& t = visit.t;
  return section(
      cls("stack"), attr("aria-labelledby", "check"), h2(html::id("check"), t("app.check-title")),
      p(t("app.check-words")),
      ol(li(p(t("app.check-key")), copyable(vkey)),
         li(p(t("app.check-receipt")), copyable("polder record verify receipt.tlog-proof --key \"" + vkey + '"')),
         li(p(t("app.check-audit")), copyable("polder record audit " + address + " --key \"" + vkey + '"')),
         li(p(t("app.check-keep")), copyable("curl -o checkpoint " + address + "/checkpoint"),
            copyable("polder record audit " + address + " --seen checkpoint --key \"" + vkey + '"'))),
      p(cls("small quiet"), t("app.check-formats")));
}

Html act_row(const Visit& visit, const record::store::ActRow& act) {
  const auto& t = visit.t;
  return tr(th(attr("scope", "row"), cls("n"), t.number(act.position)),
            td(attr("data-label", t("app.what")), act_words(visit.house, t, act.name)),
            td(attr("data-label", t("app.about-what")), act.subject),
            td(attr("data-label", t("app.when")), time_(attr("datetime", iso(act.done_at)), t.moment(act.done_at))),
            td(attr("data-label", t("app.in-which-role")), role_words(visit, act.role)));
}

Html acts(const Visit& visit, const std::vector<record::store::ActRow>& rows, std::int64_t size) {
  const auto& t = visit.t;
  if (rows.empty()) return web::empty(t("app.nothing-recorded"), t("app.nothing-recorded-words"));
  Html body;
  for (const auto& act : rows) body += act_row(visit, act);
  const auto page = [&](std::int64_t before) { return visit.at("record").with("before", std::to_string(before)); };
  std::optional<Url> newer, older;
  if (rows.back().position > 0) older = page(rows.back().position);
  if (rows.front().position + 1 < size) newer = page(std::min(size, rows.front().position + 1 + acts_on_a_page));
  return html::element(
             "table",
             {cls("stacked"), caption(t("app.latest-acts")),
              thead(tr(th(attr("scope", "col"), cls("n"), t("app.entry")), th(attr("scope", "col"), t("app.what")),
                       th(attr("scope", "col"), t("app.about-what")), th(attr("scope", "col"), t("app.when")),
                       th(attr("scope", "col"), t("app.in-which-role")))),
              tbody(body)}) +
         web::pager(t, newer, older);
}

Html state(const Visit& visit, const Result<record::store::Signed>& signed_at, std::int64_t size) {
  const auto& t = visit.t;
  if (!signed_at) return web::notice(web::Tone::bad, p(t(signed_at.error().message)));
  return div(cls("stack"),
             web::facts({{t("app.entries"), t.number(size)},
                         {t("app.signed-entries"), t.number(std::int64_t(signed_at->size))},
                         {t("app.signed"), t.moment(signed_at->signed_at)}}),
             p(cls("actions"), web::plain_button(t("app.checkpoint"), visit.at("record/checkpoint")),
               web::plain_button(t("app.key"), visit.at("record/key"))));
}

http::Response record_page(Visit& visit) {
  const auto& t = visit.t;
  const auto platform = here(visit);
  if (closed_to(visit)) return visit.refusal({.why = Why::not_found, .message = {"app.closed-record"}});
  std::int64_t before = -1;
  const std::string asked = visit.query("before");
  if (const auto [end, error] = std::from_chars(asked.data(), asked.data() + asked.size(), before);
      error != std::errc{} || end != asked.data() + asked.size() || before < 1)
    before = -1;
  const auto signed_at = visit.house.logs.checkpoint(platform->id);
  const auto verifier = visit.house.logs.verifier(platform->id);
  if (!verifier) return visit.refusal(verifier.error());
  const auto [rows, size] = visit.house.database.read([&](storage::ReadTx& tx) {
    const auto log = record::store::log(tx, platform->id);
    return std::pair(record::store::acts_of_platform(tx, platform->id, before, acts_on_a_page),
                     std::int64_t(log ? log->edge.size() : 0));
  });
  const std::string heading = t("app.record-title");
  return visit.page(
      {.title = heading,
       .main = web::lead(trail(visit), heading, p(t("app.record-words")), {}) +
               div(cls("stack far"), state(visit, signed_at, size),
                   section(cls("stack"), attr("aria-labelledby", "acts"), h2(html::id("acts"), t("app.what-was-done")),
                           acts(visit, rows, size)),
                   steps(visit, record::vkey(*verifier), people::address_of(visit.house, *platform, "record"))),
       .current = "record"});
}

}  // namespace

void add_record(House& house) {
  // "/record" is the server's own: its accounts and the making of platforms are recorded too.
  for (const std::string base : {"/record", "/{platform}/record"}) {
    const auto add = [&](std::string_view rest, auto handle) {
      house.routes.add({http::Method::get, base + std::string(rest), web::Door::anyone, web::Keep::nothing, 0, handle});
    };
    add("", record_page);
    add("/checkpoint", checkpoint);
    add("/key", key);
    add("/tile/{rest…}", tile);
  }
}

}  // namespace polder::app
