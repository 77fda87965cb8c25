// The entries of a team: written, with files, sealed and sent in, taken back. For the team alone.
#include "kernel/i18n/format.h"
#include "kernel/web/scrolling.h"
#include "people/person.h"
#include "processes/challenges/entry_files.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

/// One control a question of the statement; their numbers travel along.
Html entry_controls(const Visit& visit, const Whole& whole, const fields::Drawing& form) {
  Html out = form.field("title");
  for (std::size_t i = 0; i < whole.statement.entry.items.size(); ++i) {
    const EntryField& asked = whole.statement.entry.items[i];
    const std::string path = "answers." + std::to_string(i);
    std::string hint = asked.help ? asked.help->value + " " : "";
    hint += visit.t(asked.judges_see ? "challenges.judges-see-this" : "challenges.judges-do-not-see-this");
    const std::string label =
        asked.optional ? visit.t("fields.optional", {{"label", asked.label.value}}) : asked.label.value;
    out += form.hidden(path + ".question", std::to_string(i + 1)) +
           form.field(
               path + ".words",
               {.label = label, .hint = hint, .rows = asked.at_most.value > 2'000 ? std::size_t(12) : std::size_t(4)});
  }
  return out;
}

ActPage writing(const Visit& visit, const Whole& whole, std::string_view path, json::object fixed) {
  fixed["challenge"] = str(whole.c.id);
  return {.act = "challenges.write-entry",
          .title = visit.t("challenges.write-entry-title"),
          .words = p(visit.t("challenges.write-entry-words")),
          .button = visit.t("challenges.save-draft"),
          .path = path,
          .fixed = std::move(fixed),
          .flash = "challenges.draft-saved",
          .controls = [&visit, &whole](const fields::Drawing& form) {
            return form.hidden("base", form.typed("base")) + entry_controls(visit, whole, form);
          }};
}

struct Written {
  Room r;
  Entry e;
  store::Draft draft;
  std::vector<FileRow> files;
  std::string digest;
  Html feedback;
};

std::optional<Written> written(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Written> {
    auto r = room(visit, tx);
    const auto id = parse_id(visit.params["entry"]);
    if (!r || !id) return std::nullopt;
    auto e = store::entry(tx, *id);
    if (!e || e->challenge != r->whole.c.id || e->team != r->team.id) return std::nullopt;
    auto draft = store::draft_of(tx, *id).value_or(store::Draft{});
    Html told = feedback(visit, tx, r->whole, *e);
    return Written{*std::move(r),         *std::move(e),         std::move(draft),
                   store::files(tx, *id), draft_digest(tx, *id), std::move(told)};
  });
}

json::object typed(const Written& w) {
  json::array answers;
  for (std::size_t i = 0; i < w.draft.answers.size(); ++i)
    answers.push_back(json::object{{"question", std::int64_t(i + 1)}, {"words", w.draft.answers[i]}});
  return {{"title", w.draft.title}, {"answers", answers}, {"base", w.digest}};
}

Html answers_of(const Visit& visit, const Statement& s, const std::vector<std::string>& answers) {
  Html out;
  for (std::size_t i = 0; i < s.entry.items.size(); ++i) {
    const bool empty = i >= answers.size() || answers[i].empty();
    out +=
        section(cls("stack close"), h2(s.entry.items[i].label.value),
                empty ? p(cls("quiet"), visit.t("challenges.left-empty")) : div(cls("prose"), paragraphs(answers[i])));
  }
  return out;
}

/// The files of the draft, each with a way out again; and where more may come in, a form.
Html files_part(Visit& visit, const Written& w, const Refusal* refused) {
  const auto& t = visit.t;
  const auto& c = w.r.whole.c;
  const auto& s = w.r.whole.statement;
  const std::string path = "entries/" + str(w.e.id) + "/files";
  const bool writes = may_now(visit, w.r.whole, "challenges.attach") && w.e.state != EntryState::withdrawn &&
                      w.e.state != EntryState::disqualified;
  Html rows;
  std::int64_t drafted = 0;
  for (const FileRow& f : w.files) {
    if (!f.draft) continue;
    ++drafted;
    rows += tr(th(attr("scope", "row"), a(href(to(visit, c, "files/" + str(f.id))), f.name)),
               td(i18n::file_size(t.language(), f.size)), td(code(cls("hash"), f.sha256.substr(0, 16) + "…")),
               writes ? td(visit.form(to(visit, c, path + "/out"),
                                      input(attr("type", "hidden"), attr("name", "file"), attr("value", str(f.id))),
                                      t("challenges.take-out"), false, "button plain little"))
                      : Html{});
  }
  if (rows.empty() && (s.files.value == 0 || !writes)) return {};
  Html table_of;
  if (!rows.empty())
    table_of = web::scrolling(
        t("challenges.files"),
        table(
            thead(tr(th(attr("scope", "col"), t("challenges.attach.ticket")),
                     th(attr("scope", "col"), t("challenges.size")),
                     th(attr("scope", "col"), t("challenges.fingerprint-short")),
                     writes ? th(attr("scope", "col"), span(cls("visually-hidden"), t("challenges.change"))) : Html{})),
            tbody(rows)));
  Html form;
  if (writes && drafted < s.files.value) {
    Html faults;
    if (refused != nullptr)
      for (const FieldError& f : refused->fields) faults += p(cls("error"), t(f.message));
    if (!faults.empty()) faults = div(id("f-file-error"), faults);
    form = visit.form(
        to(visit, c, path),
        div(cls(faults.empty() ? "field" : "field wrong"), label(attr("for", "f-file"), t("challenges.add-files")),
            p(cls("hint"), id("f-file-hint"),
              t("challenges.files-rule", {{"most", s.files.value - drafted}, {"megabytes", s.file_megabytes.value}})),
            faults,
            input(attr("type", "file"), id("f-file"), attr("name", "file"), attr("multiple"),
                  attr("aria-describedby", faults.empty() ? "f-file-hint" : "f-file-hint f-file-error"),
                  faults.empty() ? Attr{} : attr("aria-invalid", "true"))),
        t("challenges.send-files"), true, "button plain");
  }
  return section(cls("stack"), h2(t("challenges.files")), table_of, form);
}

http::Response draw_entry(Visit& visit, const Written& w, const Refusal* refused) {
  const auto& [r, e, draft, files, digest_now, told] = w;
  const auto& t = visit.t;
  const auto& c = r.whole.c;
  const std::string path = "entries/" + str(e.id);
  const bool differs = digest_now != e.digest;
  const bool may_seal = may_now(visit, r.whole, "challenges.seal") && e.state != EntryState::withdrawn;
  Html state;
  if (e.state == EntryState::withdrawn) {
    state = web::notice(web::Tone::plain, p(t("challenges.entry-is-withdrawn")));
  } else if (e.sealed_at) {
    state =
        web::notice(web::Tone::good, div(cls("stack close"),
                                         p(b(t("challenges.sealed-on", {{"date", t.moment(*e.sealed_at)}})), " ",
                                           t(differs ? "challenges.draft-differs" : "challenges.sealed-words")),
                                         p(a(href(visit.at("receipts/" + str(e.act))), t("challenges.your-receipt")))));
  } else if (r.whole.phase <= Phase::open) {
    state = web::notice(web::Tone::warning, p(t("challenges.not-sent-in", {{"date", t.moment(c.closes_at)}})));
  }
  Html actions;
  if (may_seal && differs)
    actions += visit.form(to(visit, c, path + "/seal"),
                          input(attr("type", "hidden"), attr("name", "digest"), attr("value", digest_now)),
                          t(e.sealed_at ? "challenges.seal-again" : "challenges.seal-now"));
  if (may_now(visit, r.whole, "challenges.write-entry") && e.state != EntryState::withdrawn)
    actions += a(cls("button plain"), href(to(visit, c, path + "/edit")), t("challenges.edit-entry"));
  if (may_seal && e.sealed_at)
    actions +=
        visit.form(to(visit, c, path + "/withdraw"), Html{}, t("challenges.withdraw-entry"), false, "button danger");
  const Html main = web::lead(web::crumbs(t, trail(visit, &c)), draft.title, Html{}, Html{}) +
                    div(cls("stack loose"), amendment_notice(visit, r), state, told,
                        may_seal && differs ? p(t("challenges.seal-words")) : Html{}, div(cls("actions"), actions),
                        div(cls("stack"), language_of(visit, ""), answers_of(visit, r.whole.statement, draft.answers)),
                        files_part(visit, w, refused),
                        p(cls("small quiet"), t("challenges.fingerprint"), " ", code(cls("hash"), digest_now)));
  return visit.page({.title = draft.title,
                     .main = main,
                     .current = "challenges",
                     .status = refused == nullptr ? 200 : people::http_status(refused->why),
                     .error = refused != nullptr});
}

http::Response entry_page(Visit& visit) {
  const auto w = written(visit);
  return w ? draw_entry(visit, *w, nullptr) : not_found(visit);
}

/// Files that came in with a form: those that can be taken are, and the page says of each other why not.
http::Response take_files(Visit& visit) {
  const Refusal faults = attach_received(visit);
  const auto w = written(visit);
  if (!w) return not_found(visit);
  if (!faults.fields.empty()) return draw_entry(visit, *w, &faults);
  visit.flash("challenges.files-added");
  return visit.redirect(to(visit, w->r.whole.c, "entries/" + str(w->e.id)));
}

http::Response new_form(Visit& visit) {
  const auto r = room(visit);
  if (!r) return not_found(visit);
  if (auto no = barred(visit, "challenges.write-entry", r->whole.phase)) return *std::move(no);
  return show(visit, &r->whole.c, writing(visit, r->whole, "entries/new", {}));
}

http::Response new_entry(Visit& visit) {
  const auto r = room(visit);
  if (!r) return not_found(visit);
  return perform(visit, &r->whole.c, writing(visit, r->whole, "entries/new", {}));
}

http::Response edit_form(Visit& visit) {
  const auto w = written(visit);
  if (!w) return not_found(visit);
  if (auto no = barred(visit, "challenges.write-entry", w->r.whole.phase)) return *std::move(no);
  const std::string path = "entries/" + str(w->e.id) + "/edit";
  return show(visit, &w->r.whole.c, writing(visit, w->r.whole, path, {{"entry", str(w->e.id)}}), typed(*w));
}

http::Response edit(Visit& visit) {
  const auto w = written(visit);
  if (!w) return not_found(visit);
  const std::string path = "entries/" + str(w->e.id) + "/edit";
  return perform(visit, &w->r.whole.c, writing(visit, w->r.whole, path, {{"entry", str(w->e.id)}}));
}

}  // namespace

void add_entry_pages(House& house) {
  add_route(house, "entries/new", new_form, new_entry);
  add_route(house, "entries/{entry}", entry_page);
  add_route(house, "entries/{entry}/edit", edit_form, edit);
  add_route(house, "entries/{entry}/seal", nullptr, press("challenges.seal", "challenges.sealed-now"));
  add_route(house, "entries/{entry}/withdraw", nullptr, press("challenges.withdraw-entry", "challenges.withdrawn-now"));
  add_route(house, "entries/{entry}/files/out", nullptr, press("challenges.detach", "challenges.file-out"));
  add_file_routes(house, take_files);
}

}  // namespace polder::challenges
