// An entry for those who decide about it when there is a result: whoever awards or accepts it, decides an objection,
// screened it, or checks a winner's papers. Judges keep their packets, a team its own page. What is shown of an entry
// is what `sight` lets these eyes see.
#include "kernel/i18n/country.h"
#include "kernel/i18n/format.h"
#include "people/person.h"
#include "processes/challenges/jury_pages.h"
#include "processes/challenges/store_result.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

struct Reader {
  Jury jury;
  Entry e;
  bool all = false;  ///< or only what judges may read of it, without the team
  std::optional<Team> team;
  std::vector<std::pair<Member, std::string>> members;  ///< with their addresses, for who checks papers or pays
  std::optional<Standing> place;
  std::vector<FileRow> files;
  std::vector<store::Check> checks;
  std::vector<Marks> marks;
  std::vector<Objection> objections;
};

/// What does not go to judges goes to nobody who may not know whose it is.
void cover(const Visit& visit, storage::ReadTx& tx, Reader& r) {
  r.e.title.clear();
  std::vector<std::string> masks;
  for (const auto& mask : store::masks(tx, r.e.id)) masks.push_back(mask.words);
  r.e.answers = blind(r.jury.whole.statement, r.e.answers, masks);
  std::vector<FileRow> let;
  for (const Id id : store::packet_files(tx, r.e.id))
    if (const auto file = std::ranges::find(r.files, id, &FileRow::id); file != r.files.end()) {
      let.push_back(*file);
      let.back().name = visit.t("challenges.file-n", {{"n", std::int64_t(let.size())}});
    }
  r.files = std::move(let);
}

std::optional<Reader> reader(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Reader> {
    auto j = jury(visit, tx);
    if (!j || !visit.person || j->whole.phase < Phase::provisional) return std::nullopt;
    auto e = entry_for(tx, j->who, j->whole.c.id, number_in(visit), Sight::content);
    // A team has its own page, and nobody decides about their own.
    if (!e || j->who.team() == e->team) return std::nullopt;
    const Eyes eyes = j->who.eyes(*e);
    Reader out{.jury = *std::move(j),
               .e = *std::move(e),
               .all = false,
               .team = {},
               .members = {},
               .place = {},
               .files = {},
               .checks = {},
               .marks = {},
               .objections = {}};
    const Whole& whole = out.jury.whole;
    out.place = store::standing(tx, out.e.id);
    const auto awards = store::awards(tx, whole.c.id);
    const bool awarded = std::ranges::find(awards, out.e.id, &Award::entry) != awards.end();
    const bool checks = needs_to_know_who(visit, whole, out.place, awarded);
    // Who won nothing stays unnamed to those who only award.
    out.all = checks || (out.jury.who.at(out.e) == Sight::all && (eyes.screens || eyes.decides || awarded));
    if (out.all) out.team = store::team(tx, out.e.team);
    if (checks)
      for (Member& m : store::members(tx, out.e.team)) {
        const auto person = people::find_person(tx, m.person);
        out.members.emplace_back(std::move(m), person ? person->email : "");
      }
    out.files = store::files(tx, out.e.id);
    std::erase_if(out.files, [](const FileRow& f) { return !f.sealed; });
    out.checks = store::checks(tx, out.e.id);
    out.marks = store::marks_of_entry(tx, out.e.id);
    out.objections = store::objections_of(tx, out.e.id);
    if (!out.all) cover(visit, tx, out);
    return out;
  });
}

Html who_it_is(const Visit& visit, const Reader& r) {
  if (!r.team) return {};
  const auto& t = visit.t;
  std::vector<std::pair<std::string, Html>> rows{{t("challenges.team"), plain(r.team->name)}};
  if (!r.team->organisation.empty()) rows.emplace_back(t("challenges.join.organisation"), plain(r.team->organisation));
  rows.emplace_back(t("challenges.join.country"), plain(i18n::country_name(t.language(), r.team->country)));
  if (!r.members.empty()) {
    Html items;
    for (const auto& [member, email] : r.members)
      items += li(member.name, email.empty() ? Html{} : span(cls("quiet"), ", ", email));
    rows.emplace_back(t("challenges.members"), ul(items));
  }
  return section(cls("stack close"), h2(t("challenges.who-it-is")), web::pairs(rows));
}

Html answers(const Visit& visit, const Reader& r) {
  const auto& t = visit.t;
  const Statement& s = r.jury.whole.statement;
  Html out;
  for (std::size_t i = 0; i < s.entry.items.size(); ++i) {
    const EntryField& field = s.entry.items[i];
    const std::string words = i < r.e.answers.size() ? r.e.answers[i] : "";
    Html said = words.empty() ? p(cls("quiet"), t("challenges.left-empty")) : div(cls("prose"), paragraphs(words));
    if (!r.all && !field.judges_see) said = p(cls("quiet"), t("challenges.not-shown-to-judges"));
    out += section(cls("stack close"), h3(field.label.value), said);
  }
  return out.empty() ? Html{}
                     : section(cls("stack"), language_of(visit, r.jury.whole.c.language),
                               h2(t("challenges.what-was-sent-in")), out);
}

Html files(const Visit& visit, const Reader& r) {
  if (r.files.empty()) return {};
  Html items;
  for (const FileRow& f : r.files)
    items += li(a(href(to(visit, r.jury.whole.c, "files/" + str(f.id))), f.name), " ",
                span(cls("small quiet"), i18n::file_size(visit.t.language(), f.size)));
  return section(cls("stack close"), h2(visit.t("challenges.files")), ul(items));
}

Html objections(const Visit& visit, const Reader& r) {
  const bool reads = may_now(visit, r.jury.whole, "challenges.decide-objection") ||
                     may_now(visit, r.jury.whole, "challenges.announce-result");
  Html items;
  for (const Objection& o : r.objections)
    if (reads) items += li(objection_told(visit, r.jury.whole, o));
  return items.empty() ? Html{}
                       : section(cls("stack"), h2(visit.t("challenges.objections")), ol(cls("answers"), items));
}

std::vector<web::Link> way_to(const Visit& visit, const Reader& r) {
  auto way = trail(visit, &r.jury.whole.c);
  way.push_back({visit.t("challenges.result"), to(visit, r.jury.whole.c, "result")});
  return way;
}

std::string name_of(const Visit& visit, const Reader& r) { return visit.t("challenges.entry-n", {{"n", r.e.number}}); }

http::Response entry_page(Visit& visit) {
  const auto r = reader(visit);
  if (!r) return not_found(visit);
  const auto& t = visit.t;
  const Whole& whole = r->jury.whole;
  Html state = r->place ? p(t("challenges.its-place", {{"place", r->place->rank}, {"score", r->place->score}}))
                        : p(t("challenges.has-no-place"));
  // messages: challenges.entry-*
  const std::string became = t(std::string("challenges.entry-") + fields::word_of(r->e.state));
  state += p(cls("meta"), web::tag(became, r->e.state == EntryState::admissible ? "good" : "bad"));
  if (!r->e.reason.empty()) state += div(paragraphs(r->e.reason));
  const bool check = whole.phase == Phase::provisional && r->place && r->place->amount > 0 &&
                     r->e.state == EntryState::admissible && may_now(visit, whole, "challenges.check-winner");
  const Html action =
      check ? web::button(t("challenges.check-title"), to(visit, whole.c, "winners/" + std::to_string(r->e.number)))
            : Html{};
  const std::string title = name_of(visit, *r);
  return visit.page(
      {.title = title,
       .main = web::lead(
                   web::crumbs(t, way_to(visit, *r)), title,
                   r->all ? p(language_of(visit, whole.c.language), r->e.title) : p(t("challenges.read-as-judges-do")),
                   action) +
               div(cls("stack loose"), div(cls("stack close"), state), who_it_is(visit, *r), answers(visit, *r),
                   files(visit, *r), criteria_found(visit, whole.statement, r->checks),
                   marks_told(visit, whole.statement, r->marks), objections(visit, *r)),
       .current = "challenges"});
}

// ---- the papers of a winner ----

http::Response draw_check(Visit& visit, const Reader& r, const json::object& typed, const Refusal* refused) {
  const auto& c = r.jury.whole.c;
  const std::string number = std::to_string(r.e.number);
  return people::form_page(
      visit,
      {.title = visit.t("challenges.check-entry-title", {{"n", r.e.number}}),
       .trail = way_to(visit, r),
       .words = p(visit.t("challenges.check-words")),
       .above = div(cls("stack"), who_it_is(visit, r),
                    p(a(href(to(visit, c, "result/entries/" + number)), visit.t("challenges.read-the-entry")))),
       .act = "challenges.check-winner",
       .description = visit.house.acts.find("challenges.check-winner")->fields,
       .controls = [](const fields::Drawing& form) { return form.field("passed") + form.field("reason"); },
       .to = to(visit, c, "winners/" + number),
       .button = visit.t("challenges.check-now")},
      typed, refused);
}

/// Of an entry in line for a prize, for who may check its papers.
std::optional<Reader> winner(Visit& visit) {
  auto r = reader(visit);
  const bool checks = r && r->place && r->place->amount > 0 && r->e.state == EntryState::admissible &&
                      may_now(visit, r->jury.whole, "challenges.check-winner");
  return checks ? std::move(r) : std::nullopt;
}

http::Response check_form(Visit& visit) {
  const auto r = winner(visit);
  return r ? draw_check(visit, *r, {}, nullptr) : not_found(visit);
}

http::Response check(Visit& visit) {
  const auto r = winner(visit);
  if (!r) return not_found(visit);
  return send(
      visit, r->jury.whole, "challenges.check-winner", {{"entry", r->e.number}}, "challenges.checked-now",
      [&](const json::object& typed, const Refusal& refused) { return draw_check(visit, *r, typed, &refused); });
}

}  // namespace

Html criteria_found(const Visit& visit, const Statement& s, const std::vector<store::Check>& checks) {
  const auto& t = visit.t;
  Html rows;
  for (const store::Check& check : checks)
    if (check.criterion >= 1 && check.criterion <= std::int64_t(s.criteria.items.size()))
      rows += tr(td(s.criteria.items[std::size_t(check.criterion - 1)].words.value),
                 td(web::tag(
                     t(check.met ? "challenges.screen.checks.finding.met" : "challenges.screen.checks.finding.not-met"),
                     check.met ? "good" : "bad")),
                 td(check.evidence));
  if (rows.empty()) return {};
  return section(cls("stack close"), h2(t("challenges.must-meet")),
                 scrolling(t("challenges.must-meet"),
                           column(t("challenges.criterion")) + column(t("challenges.screen.checks.finding")) +
                               column(t("challenges.screen.checks.evidence")),
                           rows));
}

bool needs_to_know_who(const Visit& visit, const Whole& whole, const std::optional<Standing>& place, bool awarded) {
  const bool in_line = whole.phase == Phase::provisional && place && place->amount > 0;
  return (in_line && may_now(visit, whole, "challenges.check-winner")) ||
         (awarded && may_now(visit, whole, "challenges.pay"));
}

void add_entry_reading_pages(House& house) {
  add_route(house, "result/entries/{number}", entry_page);
  add_route(house, "winners/{number}", check_form, check);
}

}  // namespace polder::challenges
