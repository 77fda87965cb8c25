// The pages of a challenge for everybody who may enter: the list, the statement, its amendments. And what all pages of
// this room share.
#include "processes/challenges/pages.h"

#include "kernel/i18n/country.h"
#include "kernel/i18n/money.h"
#include "kernel/text/text.h"
#include "kernel/web/assets.h"
#include "kernel/web/scrolling.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

Message phase_name(Phase phase) {
  // messages: challenges.phase-*
  return {"challenges.phase-" + fields::word_of(phase)};
}

Html card(const Visit& visit, const Challenge& c, std::string_view why = {}) {
  const auto& t = visit.t;
  const Phase phase = phase_at(c, visit.now);
  std::string when;
  if (phase == Phase::announced) when = t("challenges.opens-on", {{"date", t.day(c.opens_at)}});
  if (phase == Phase::open) when = t(i18n::time_left(visit.now, c.closes_at));
  if (phase >= Phase::awarded && c.awarded_at) when = t.day(*c.awarded_at);
  return li(html::article(
      cls("card panel"), p(cls("meta"), phase_tag(visit, phase), when.empty() ? Html{} : span(when)),
      h3(language_of(visit, c.language), a(href(to(visit, c)), c.title)),
      p(language_of(visit, c.language), text::excerpt(c.summary, 180)), why.empty() ? Html{} : p(cls("small"), why)));
}

Html cards(const Visit& visit, const std::vector<Challenge>& all, auto&& belongs) {
  Html out;
  for (const auto& c : all)
    if (belongs(phase_at(c, visit.now))) out += card(visit, c);
  return out.empty() ? out : ul(cls("cards"), out);
}

http::Response list(Visit& visit) {
  if (!runs_here(visit)) return not_found(visit);
  const auto& t = visit.t;
  const auto all = visit.house.database.read([&](storage::ReadTx& tx) { return listed(visit, tx); });
  visit.shows(list_subject(visit.platform->id));
  Html body;
  const auto group = [&](const std::string& title, auto&& belongs) {
    if (const Html found = cards(visit, all, belongs); !found.empty()) body += section(cls("stack"), h2(title), found);
  };
  const auto reasons = reasons_for(visit, all);
  Html theirs;
  for (const auto& c : all)
    if (const auto why = reasons.find(c.id); why != reasons.end()) theirs += card(visit, c, why->second);
  if (!theirs.empty()) body += section(cls("stack"), h2(t("challenges.for-you")), ul(cls("cards"), theirs));
  group(t("challenges.being-written"), [](Phase p) { return p < Phase::announced; });
  group(t("challenges.open-now"), [](Phase p) { return p == Phase::open; });
  group(t("challenges.coming"), [](Phase p) { return p == Phase::announced; });
  group(t("challenges.being-judged"), [](Phase p) { return p >= Phase::screening && p <= Phase::provisional; });
  group(t("challenges.decided"), [](Phase p) { return p >= Phase::awarded; });
  if (body.empty()) body = web::empty(t("challenges.none-yet"), t("challenges.none-yet-words"));
  const Html actions =
      visit.may("challenges.draft").allowed ? web::button(t("challenges.new"), visit.at("challenges/new")) : Html{};
  return visit.page({.title = t("challenges.challenges"),
                     .main = web::lead(Html{}, t("challenges.challenges"), p(t("challenges.list-words")),
                                       actions + interests_link(visit)) +
                             div(cls("stack loose"), body),
                     .current = "challenges"});
}

Html front(Visit& visit) {
  const auto all =
      visit.house.database.read([&](storage::ReadTx& tx) { return store::all(tx, visit.platform->id, false); });
  visit.shows(list_subject(visit.platform->id));
  const Html found = cards(visit, all, [](Phase p) { return p >= Phase::announced && p < Phase::awarded; });
  const auto& t = visit.t;
  return section(cls("stack"), h2(t("challenges.challenges")),
                 found.empty() ? web::empty(t("challenges.none-open"), t("challenges.none-yet-words")) : found,
                 p(a(href(visit.at("challenges")), t("challenges.see-all"))));
}

// ---- the statement ----

Html words(const std::string& title, const std::optional<Html>& content) {
  return content ? section(cls("stack close"), h2(title), *content) : Html{};
}

std::optional<Html> prose(const auto& text) {
  if constexpr (requires { text.has_value(); }) {
    return text ? std::optional(div(cls("prose stack"), markdown(text->value))) : std::nullopt;
  } else {
    return div(cls("prose stack"), markdown(text.value));
  }
}

Html hard_criteria(const Visit& visit, const Statement& s) {
  if (s.criteria.items.empty()) return {};
  Html items;
  for (const auto& c : s.criteria.items)
    items += li(c.words.value,
                c.evidence ? div(cls("small quiet"), visit.t("challenges.shown-by", {{"evidence", c.evidence->value}}))
                           : Html{});
  return section(cls("stack close"), h2(visit.t("challenges.must-meet")), ol(items));
}

Html prizes(const Visit& visit, const Statement& s) {
  const auto& t = visit.t;
  Html rows;
  for (const Prize& prize : s.prizes.items) {
    const std::int64_t minor =
        i18n::minor_digits(s.currency.value).value_or(2) == 0 ? prize.amount.units / 100 : prize.amount.units;
    // messages: challenges.for-*
    rows += tr(td(prize.name.value), td(t(std::string("challenges.for-") + fields::word_of(prize.given_for))),
               td(cls("n"), money(visit, s, minor)));
  }
  return section(cls("stack close"), h2(t("challenges.prizes")),
                 web::scrolling(t("challenges.prizes"),
                                table(thead(tr(th(attr("scope", "col"), t("challenges.prize")),
                                               th(attr("scope", "col"), t("challenges.given-for")),
                                               th(attr("scope", "col"), cls("n"), t("challenges.amount")))),
                                      tbody(rows))));
}

Html rubric(const Visit& visit, const Statement& s) {
  const auto& t = visit.t;
  Html items;
  std::int64_t all = 0;
  for (const auto& c : s.rubric.items) all += c.weight.value;
  for (const auto& c : s.rubric.items)
    items += li(b(c.name.value), " ",
                span(cls("small quiet"), t("challenges.weight-of", {{"weight", c.weight.value}, {"all", all}}), " · ",
                     t("challenges.marks-to", {{"max", c.max.value}})),
                c.anchors ? div(cls("small"), paragraphs(c.anchors->value)) : Html{});
  if (items.empty()) return {};
  Html ties;
  for (const TieRule& rule : s.ties.items) ties += li(tie_words(visit, s, rule));
  ties += li(t("challenges.tie-by-share", {{"criterion", std::string()}}));
  // messages: challenges.normalised-*
  return section(cls("stack close"), h2(t("challenges.how-judged")),
                 p(t("challenges.readers-words", {{"n", s.readers.value}, {"rounds", s.rounds.value}}), " ",
                   t(std::string("challenges.normalised-") + fields::word_of(s.normalisation))),
                 ol(items), h3(t("challenges.ties")), p(t("challenges.ties-words")), ol(ties));
}

Html eligibility(const Visit& visit, const Statement& s) {
  const auto& t = visit.t;
  Html items;
  if (!s.entrants.items.empty()) {
    std::vector<std::string> who;
    // messages: challenges.entrant-*
    for (const Entrant e : s.entrants.items) who.push_back(t(std::string("challenges.entrant-") + fields::word_of(e)));
    items += li(t("challenges.entrants-are", {{"who", t.all_of(who)}}));
  }
  if (s.minimum_age && s.minimum_age->value > 0)
    items += li(t("challenges.at-least-years", {{"age", s.minimum_age->value}}));
  if (s.countries)
    if (const auto codes = countries(s.countries->value)) {
      std::vector<std::string> names;
      for (const auto& code : *codes) names.push_back(i18n::country_name(t.language(), code));
      items += li(t("challenges.from-countries", {{"countries", t.all_of(names)}}));
    }
  if (s.staff_barred) items += li(t("challenges.staff-may-not"));
  for (const Exclusion& one : s.exclusions.items) items += li(t("challenges.not-for", {{"words", words_of(one)}}));
  items += li(t("challenges.team-of", {{"n", s.team_size.value}}));
  items += li(t("challenges.entries-of", {{"n", s.entries_a_team.value}}));
  return section(cls("stack close"), h2(t("challenges.who-may")), ul(items));
}

Html seeker_name(const Visit& visit, const Whole& whole) {
  return span(seeker_hidden(visit, whole, whole.statement) ? visit.t("challenges.seeker-unnamed")
                                                           : whole.statement.seeker.value);
}

Html entry_asks(const Visit& visit, const Statement& s) {
  const auto& t = visit.t;
  Html items;
  for (const EntryField& field : s.entry.items) items += li(asked(visit, field));
  const std::string files =
      s.files.value == 0 ? t("challenges.no-files")
                         : t("challenges.files-up-to", {{"n", s.files.value}, {"megabytes", s.file_megabytes.value}});
  return section(cls("stack close"), h2(t("challenges.what-an-entry-has")), items.empty() ? Html{} : ol(items),
                 p(files));
}

Html when_what(const Visit& visit, const Statement& s) {
  const auto& t = visit.t;
  const Timeline line = timeline(s, t.zone());
  const auto moment = [&](Time at) { return time_(attr("datetime", iso(at)), t.moment(at)); };
  const auto until = [&](const std::optional<Time>& at) {
    return at ? moment(*at) : span(t("challenges.until-it-closes"));
  };
  std::vector<std::pair<std::string, Html>> rows{{t("challenges.opens"), moment(line.opens)},
                                                 {t("challenges.questions-until"), until(line.questions_until)}};
  if (s.team_size.value > 1) rows.emplace_back(t("challenges.merging-until"), until(line.merge_until));
  rows.emplace_back(t("challenges.closes"), moment(line.closes));
  if (s.judged_by) rows.emplace_back(t("challenges.judged-by"), span(t.day(*s.judged_by)));
  rows.emplace_back(t("challenges.objecting"), span(t("challenges.objecting-days", {{"n", s.objection_days.value}})));
  rows.emplace_back(t("challenges.asked-what-became"),
                    span(t("challenges.asked-what-became-months", {{"n", s.follow_up_months.value}})));
  return section(cls("stack close"), h2(t("challenges.when")), web::pairs(rows));
}

/// Who judges, where the charter lets everybody know; and where whoever knows of an interest says so.
Html judges(const Visit& visit, const Whole& whole) {
  if (!shown(visit, whole.phase, "panel")) return {};
  const auto& t = visit.t;
  const auto panel = visit.house.database.read([&](storage::ReadTx& tx) { return store::judges(tx, whole.c.id); });
  Html items;
  for (const Judge& one : panel)
    items += li(one.name.empty() ? t("challenges.a-former-judge") : one.name,
                one.organisation.empty() ? Html{} : span(cls("quiet"), ", ", one.organisation));
  const Html report = can_report(visit, whole)
                          ? p(a(href(to(visit, whole.c, "report-conflict")), t("challenges.report-conflict-title")))
                          : Html{};
  return section(cls("stack close"), h2(t("challenges.judges")),
                 items.empty() ? p(cls("quiet"), t("challenges.panel-not-yet")) : ul(items), report);
}

Html desk(const Visit& visit, const Whole& whole) {
  const auto& t = visit.t;
  const auto& c = whole.c;
  const auto link = [&](std::string_view path, std::string_view words_key, bool first = false) {
    return a(cls(first ? "button little" : "button plain little"), href(to(visit, c, path)), t(words_key));
  };
  const auto may = [&](std::string_view act) { return may_now(visit, whole, act); };
  Html links;
  if (may("challenges.revise")) links += link("edit", "challenges.edit");
  if (may("challenges.add-attachment")) links += link("attachments", "challenges.attachments");
  if (may("challenges.submit")) links += link("submit", "challenges.to-review", true);
  if (may("challenges.publish")) links += link("publish", "challenges.to-publish", true);
  if (may("challenges.return")) links += link("return", "challenges.to-return");
  if (may("challenges.amend")) links += link("amend", "challenges.to-amend");
  if (may("challenges.name-seeker")) links += link("seeker", "challenges.to-name-seeker");
  if (may("challenges.cancel")) links += link("cancel", "challenges.to-cancel");
  links += jury_links(visit, whole);
  const Html next = next_steps(visit, whole);
  if (links.empty() && next.empty()) return {};
  Html said;
  if (whole.phase == Phase::draft && !c.remarks.empty())
    said = div(cls("stack close"), p(b(t("challenges.review-remarks"))), paragraphs(c.remarks));
  // messages: challenges.desk-*
  const std::string key = "challenges.desk-" + fields::word_of(whole.phase);
  return web::notice(whole.phase < Phase::announced ? web::Tone::warning : web::Tone::plain,
                     div(cls("stack close"), t.knows(key) ? p(t(key)) : Html{}, said, next,
                         links.empty() ? Html{} : div(cls("actions"), links)));
}

http::Response statement(Visit& visit) {
  std::vector<Attachment> attachments;
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    if (found) attachments = store::attachments(tx, found->c.id);
    return found;
  });
  if (!whole) return not_found(visit);
  const auto& [c, s, phase] = *whole;
  const auto& t = visit.t;
  visit.shows(page_subject(c.id));
  const Attr lang = language_of(visit, c.language);
  Html amended;
  if (c.version > 0)
    amended = web::notice(web::Tone::warning, p(t("challenges.amended", {{"n", c.version}}), " ",
                                                a(href(to(visit, c, "amendments")), t("challenges.what-changed"))));
  // A prize that runs on has a result of the stage before.
  const bool ranked_before =
      c.version > 0 && phase >= Phase::open && phase < Phase::provisional &&
      !visit.house.database.read([&](storage::ReadTx& tx) { return store::rankings(tx, c.id); }).empty();
  if (ranked_before)
    amended += web::notice(web::Tone::plain, p(t("challenges.runs-on"), " ",
                                               a(href(to(visit, c, "result")), t("challenges.decided-so-far"))));
  if (phase == Phase::cancelled)
    amended += web::notice(web::Tone::bad, div(cls("stack close"), p(b(t("challenges.was-cancelled"))),
                                               div(lang, paragraphs(c.cancelled_why))));
  const Html main = web::lead(web::crumbs(t, trail(visit)), c.title, div(lang, paragraphs(c.summary)),
                              solver_actions(visit, *whole)) +
                    desk(visit, *whole) + amended + phases(visit, *whole) + promised(visit, *whole, attachments);
  return visit.page({.title = c.title, .main = main, .current = "challenges"});
}

}  // namespace

void add_pages(House& house) {
  using http::Method;
  using web::Door;
  using web::Keep;
  const auto get = [&](const std::string& path, auto handler) {
    house.routes.add({Method::get, "/{platform}/challenges" + path, Door::anyone, Keep::page, 0, handler});
  };
  get("", list);
  get("/{slug}", statement);
  house.fronts.emplace_back("challenges", front);
}

// ---- shared with the other pages of this room ----

bool runs_here(const Visit& visit) { return visit.may_enter() && visit.platform->charter.runs("challenges"); }

http::Response not_found(Visit& visit) {
  return visit.refusal({.why = Why::not_found, .message = {"challenges.not-found"}});
}

bool may_now(const Visit& visit, const Whole& whole, std::string_view act) {
  return visit.may(act, fields::word_of(whole.phase)).allowed &&
         (!is_its_seekers(act) || is_theirs(visit.house, visit.actor, whole.c));
}

std::optional<http::Response> barred(Visit& visit, std::string_view act, Phase phase) {
  const auto decision = visit.may(act, fields::word_of(phase));
  if (decision.allowed) return std::nullopt;
  return visit.refusal({.why = visit.person ? Why::forbidden : Why::unauthorized,
                        .message = decision.reason.value_or(Message{"challenges.not-found"})});
}

std::optional<http::Response> barred(Visit& visit, const Whole& whole, std::string_view act) {
  if (is_its_seekers(act) && !is_theirs(visit.house, visit.actor, whole.c)) return not_found(visit);
  return barred(visit, act, whole.phase);
}

bool sees_unpublished(const Visit& visit) {
  return visit.may("challenges.revise", "draft").allowed || visit.may("challenges.publish", "review").allowed;
}

bool sees_unpublished(const Visit& visit, const Challenge& c) {
  return sees_unpublished(visit) && is_theirs(visit.house, visit.actor, c);
}

std::vector<Challenge> listed(const Visit& visit, storage::ReadTx& tx) {
  auto all = store::all(tx, visit.platform->id, sees_unpublished(visit));
  std::erase_if(all, [&](const Challenge& c) {
    return phase_at(c, visit.now) < Phase::announced && !sees_unpublished(visit, c);
  });
  return all;
}

std::optional<Whole> find(Visit& visit, storage::ReadTx& tx) {
  if (!runs_here(visit)) return std::nullopt;
  auto c = store::by_slug(tx, visit.platform->id, visit.params["slug"]);
  if (!c) return std::nullopt;
  const Phase phase = phase_at(*c, visit.now);
  if (phase < Phase::announced && !sees_unpublished(visit, *c)) return std::nullopt;
  Statement s = statement_of(tx, *c);
  return Whole{.c = *std::move(c), .statement = std::move(s), .phase = phase};
}

std::optional<Whole> here(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) { return find(visit, tx); });
}

Url to(const Visit& visit, const Challenge& c, std::string_view more) {
  std::string path = "challenges/" + c.slug;
  if (!more.empty()) path += '/' + std::string(more);
  return visit.at(path);
}

std::vector<web::Link> trail(const Visit& visit, const Challenge* c) {
  std::vector<web::Link> out{{visit.t("challenges.challenges"), visit.at("challenges")}};
  if (c != nullptr) out.push_back({text::excerpt(c->title, 60), to(visit, *c)});
  return out;
}

Attr language_of(const Visit& visit, std::string_view language) {
  return language == i18n::code(visit.t.language()) || language.empty() ? Attr{} : attr("lang", language);
}

Html phase_tag(const Visit& visit, Phase phase) {
  const bool good = phase == Phase::awarded || phase == Phase::finished;
  const std::string_view kind = phase == Phase::open ? "now" : good ? "good" : phase == Phase::cancelled ? "bad" : "";
  return web::tag(visit.t(phase_name(phase)), kind);
}

std::string money(const Visit& visit, const Statement& s, std::int64_t minor_units) {
  return i18n::money(visit.t.language(), s.currency.value, minor_units);
}

Html promised(const Visit& visit, const Whole& whole, const std::vector<Attachment>& attachments) {
  const auto& [c, s, phase] = whole;
  const auto& t = visit.t;
  // messages: challenges.kind-*, challenges.mode-*, challenges.rights-*
  const Html facts =
      web::pairs({{t("challenges.purse"), html::b(money(visit, s, purse(s)))},
                  {t("challenges.seeker"), seeker_name(visit, whole)},
                  {t("challenges.kind"), plain(t(std::string("challenges.kind-") + fields::word_of(s.kind)))},
                  {t("challenges.mode"), plain(t(std::string("challenges.mode-") + fields::word_of(s.mode)))},
                  {t("challenges.rights"), plain(t(std::string("challenges.rights-") + fields::word_of(s.rights)))}});
  const Html lot = c.seed_sha256.empty()
                       ? Html{}
                       : div(cls("proof"), web::icon("seal"), p(t("challenges.lot-words"), " ", code(c.seed_sha256)));
  return div(
      cls("columns"),
      div(cls("stack loose"), language_of(visit, c.language), words(t("challenges.problem"), prose(s.problem)),
          words(t("challenges.background"), prose(s.background)),
          words(t("challenges.what-is-a-solution"), prose(s.solution)), hard_criteria(visit, s),
          words(t("challenges.what-is-none"), prose(s.no_solution)), attachments_told(visit, c, attachments),
          prizes(visit, s), eligibility(visit, s), entry_asks(visit, s), when_what(visit, s),
          words(t("challenges.rights"), prose(s.rights_words)), rubric_shown(visit, phase) ? rubric(visit, s) : Html{},
          judges(visit, whole), words(t("challenges.agreement"), prose(s.agreement))),
      aside(cls("stack"), attr("aria-label", t("challenges.at-a-glance")), facts, lot));
}

bool seeker_hidden(const Visit& visit, const Whole& whole, const Statement& version) {
  const bool over = whole.phase == Phase::awarded || whole.phase == Phase::finished;
  return (whole.statement.seeker_unnamed || version.seeker_unnamed) && !over && !sees_unpublished(visit, whole.c);
}

bool rubric_shown(const Visit& visit, Phase phase) {
  return phase == Phase::awarded || phase == Phase::finished || shown(visit, phase, "rubric");
}

Html asked(const Visit& visit, const EntryField& field) {
  const auto& t = visit.t;
  return b(field.label.value) + plain(" ") +
         span(cls("small quiet"), t("challenges.at-most-characters", {{"n", field.at_most.value}}),
              field.optional ? " · " + t("challenges.may-stay-empty") : "", " · ",
              t(field.judges_see ? "challenges.judges-see" : "challenges.judges-do-not-see")) +
         (field.help ? div(cls("small"), field.help->value) : Html{});
}

std::string tie_words(const Visit& visit, const Statement& s, const TieRule& rule) {
  // messages: challenges.tie-by-*
  const std::int64_t number = rule.criterion ? rule.criterion->value : 0;
  const std::string name = number > 0 && number <= std::int64_t(s.rubric.items.size())
                               ? s.rubric.items[std::size_t(number - 1)].name.value
                               : "";
  return visit.t(std::string("challenges.tie-by-") + fields::word_of(rule.by), {{"criterion", name}});
}

bool shown(const Visit& visit, Phase phase, std::string_view fact) {
  const auto& charter = visit.platform->charter;
  const bool after = phase == Phase::awarded || phase == Phase::finished;
  const auto& facts = charter.list("challenges", after ? "facts_after_award" : "facts_while_open");
  return phase >= Phase::announced && std::ranges::find(facts, fact) != facts.end();
}

Html phases(const Visit& visit, const Whole& whole) {
  const auto& t = visit.t;
  const auto& c = whole.c;
  if (whole.phase == Phase::cancelled) return {};
  struct Step {
    Phase first, last;
    std::string name, when;
  };
  std::string until = t("challenges.until", {{"date", t.moment(c.closes_at)}});
  if (whole.phase == Phase::open) until += " · " + t(i18n::time_left(visit.now, c.closes_at));
  const std::array<Step, 5> steps{
      Step{Phase::announced, Phase::announced, t("challenges.phase-announced"),
           c.published_at ? t.day(*c.published_at) : ""},
      Step{Phase::open, Phase::open, t("challenges.phase-open"), until},
      Step{Phase::screening, Phase::deliberation, t("challenges.step-judging"),
           whole.statement.judged_by ? t("challenges.until", {{"date", t.day(*whole.statement.judged_by)}}) : ""},
      Step{Phase::provisional, Phase::provisional, t("challenges.phase-provisional"),
           c.objections_until ? t("challenges.until", {{"date", t.day(*c.objections_until)}}) : ""},
      Step{Phase::awarded, Phase::finished, t("challenges.phase-awarded"), c.awarded_at ? t.day(*c.awarded_at) : ""}};
  Html items;
  for (const Step& s : steps) {
    if (whole.phase > s.last || (whole.phase >= s.first && s.first == Phase::awarded))
      items += li(cls("done"), b(s.name, " ", span(cls("visually-hidden"), t("challenges.done"))), s.when);
    else if (whole.phase >= s.first)
      items += li(cls("now now-5"), attr("aria-current", "step"), b(s.name), s.when);
    else
      items += li(b(s.name), s.when);
  }
  return ol(cls("phases"), attr("aria-label", t("challenges.phases")), items);
}

http::Response show(Visit& visit, const Challenge* c, const ActPage& page, const boost::json::object& typed,
                    const Refusal* refused) {
  const record::ActKind& kind = *visit.house.acts.find(page.act);
  return people::form_page(
      visit,
      {.title = page.title,
       .trail = trail(visit, c),
       .words = page.words,
       .act = std::string(page.labels.empty() ? page.act : page.labels),
       .description = kind.fields,
       .controls = page.controls,
       .to = c == nullptr ? visit.at("challenges/" + std::string(page.path)) : to(visit, *c, page.path),
       .button = page.button,
       .button_class = page.button_class},
      typed, refused);
}

http::Response perform(Visit& visit, const Challenge* c, const ActPage& page) {
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  boost::json::object act = sent->fields;
  for (const auto& [key, value] : page.fixed) act[key] = value;
  const auto done = visit.perform(page.act, act, sent->key);
  if (!done) {
    if (done.error().fields.empty() && done.error().why != Why::conflict) return visit.refusal(done.error());
    return show(visit, c, page, act, &done.error());
  }
  if (!page.flash.empty()) visit.flash(page.flash);
  return visit.redirect(visit.at(done->location));
}

void add_act_page(House& house, std::string_view act, std::string_view path, const MakePage& make, const Typed& first) {
  const std::string pattern = "/{platform}/challenges/{slug}/" + std::string(path);
  house.routes.add(
      {http::Method::get, pattern, web::Door::signed_in, web::Keep::nothing, 0, [act, make, first](Visit& visit) {
         const auto whole = here(visit);
         if (!whole) return not_found(visit);
         if (auto no = barred(visit, *whole, act)) return *std::move(no);
         return show(visit, &whole->c, make(visit, *whole), first ? first(*whole) : boost::json::object{});
       }});
  house.routes.add(
      {http::Method::post, pattern, web::Door::signed_in, web::Keep::nothing, web::form_limit, [make](Visit& visit) {
         const auto whole = here(visit);
         if (!whole) return not_found(visit);
         return perform(visit, &whole->c, make(visit, *whole));
       }});
}

void add_plain_page(House& house, std::string_view act, std::string_view path, std::string_view title,
                    std::string_view words, std::string_view flash, std::string_view button_class) {
  add_act_page(house, act, path, [=](const Visit& visit, const Whole& whole) {
    return ActPage{.act = act,
                   .title = visit.t(title),
                   .words = p(visit.t(words)),
                   .button = visit.t(title),
                   .path = path,
                   .fixed = {{"challenge", str(whole.c.id)}},
                   .flash = flash,
                   .button_class = button_class};
  });
}

void add_route(House& house, std::string_view path, http::Response (*show)(Visit&),
               std::function<http::Response(Visit&)> take) {
  const std::string pattern = "/{platform}/challenges/{slug}/" + std::string(path);
  if (show != nullptr)
    house.routes.add({http::Method::get, pattern, web::Door::signed_in, web::Keep::nothing, 0, show});
  if (take)
    house.routes.add(
        {http::Method::post, pattern, web::Door::signed_in, web::Keep::nothing, web::form_limit, std::move(take)});
}

}  // namespace polder::challenges
