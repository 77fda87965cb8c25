// Who reads what, for those who give it out: by number only, with what the calculation says for itself, and by hand.
#include "processes/challenges/jury_pages.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

constexpr std::int64_t page_size = 100;

struct Table {
  Jury jury;
  std::vector<Judge> judges = {};
  std::vector<Entry> entries = {};                     ///< of this page, without their words
  std::map<Id, std::vector<store::Reader>> read = {};  ///< by entry of this page
  std::map<Id, store::Load> load = {};
  std::vector<std::pair<std::int64_t, Conflict>> conflicts = {};  ///< with this page's entries, by number
  std::optional<std::pair<std::string, Time>> explanation = {};
  std::int64_t round = 1, unscreened = 0;
  std::int64_t after = 0;
  bool more = false;
};

std::optional<Table> table_of(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Table> {
    auto j = jury(visit, tx);
    if (!j || !j->who.assigns() || j->whole.phase < Phase::screening) return std::nullopt;
    const Id c = j->whole.c.id;
    Table out{.jury = *std::move(j)};
    out.judges = store::judges(tx, c);
    out.after = std::max<std::int64_t>(0, std::atoll(visit.query("after").c_str()));
    out.entries = store::listed(tx, c, out.after, page_size + 1);
    out.more = std::int64_t(out.entries.size()) > page_size;
    if (out.more) out.entries.pop_back();
    out.round = current_round(tx, out.jury.whole.c, out.jury.whole.statement);
    out.load = store::loads(tx, c, out.round);
    if (!out.entries.empty()) {
      const store::Span page{out.after, out.entries.back().number};
      for (store::Reader& one : store::readers_on(tx, c, page)) out.read[one.a.entry].push_back(std::move(one));
      out.conflicts = store::conflicts_on(tx, c, page);
    }
    out.explanation = store::explanation(tx, c);
    if (out.jury.whole.phase == Phase::screening) out.unscreened = store::count_unscreened(tx, c);
    return out;
  });
}

/// Why the greatest load cannot be less, or the least fit not greater: a sum that does not come out (Hall's theorem).
Html why(const Visit& visit, const json::object& shortage, std::string_view key) {
  const auto n = [&](std::string_view name) { return shortage.at(name).as_int64(); };
  return p(visit.t(key, {{"entries", std::int64_t(shortage.at("entries").as_array().size())},
                         {"judges", std::int64_t(shortage.at("judges").as_array().size())},
                         {"needed", n("needed")},
                         {"room", n("room")},
                         {"others", n("others")}}));
}

Html explained(const Visit& visit, const Table& table) {
  if (!table.explanation) return {};
  const auto& t = visit.t;
  const auto parsed = json::parse(table.explanation->first);
  const auto& all = parsed.as_object();
  Html out = p(t("challenges.greatest-load", {{"n", all.at("load").as_int64()}}));
  if (const auto* shortage = all.at("why-no-less-load").if_object())
    out += why(visit, *shortage, "challenges.why-no-less-load");
  out += p(t("challenges.least-fit", {{"n", all.at("least-fit").as_int64()}}));
  if (const auto* shortage = all.at("why-no-greater-fit").if_object())
    out += why(visit, *shortage, "challenges.why-no-greater-fit");
  out += p(t("challenges.total-fit", {{"n", all.at("total-fit").as_int64()}, {"bound", all.at("bound").as_int64()}}));
  return details(summary(t("challenges.why-so")), div(cls("stack close"), p(t("challenges.how-assigned")), out,
                                                      p(cls("small quiet"), web::when(t, table.explanation->second))));
}

Html readers(const Visit& visit, const Table& table, const Entry& e) {
  const auto& t = visit.t;
  const auto found = table.read.find(e.id);
  if (found == table.read.end()) return {};
  Html items;
  for (const store::Reader& one : found->second) {
    const Assignment& a = one.a;
    items +=
        li(name_of(visit, table.judges, a.judge), " ", span(cls("small quiet"), t("challenges.fit-of", {{"n", a.fit}})),
           one.has_given(table.round) ? join({" ", web::tag(t("challenges.marked"), "good")}) : Html{},
           a.by_hand.empty() ? Html{} : p(cls("small"), t("challenges.by-hand", {{"reason", a.by_hand}})));
  }
  return ul(cls("plainlist"), items);
}

Html entry_table(const Visit& visit, const Table& table) {
  const auto& t = visit.t;
  const auto& whole = table.jury.whole;
  const bool may_change = may_now(visit, whole, "challenges.reassign");
  Html rows;
  for (const Entry& e : table.entries) {
    if (e.state != EntryState::admissible || table.jury.who.at(e) < Sight::exists) continue;
    const auto found = table.read.find(e.id);
    const auto n = found == table.read.end() ? std::int64_t{0} : std::int64_t(found->second.size());
    const std::string number = std::to_string(e.number), name = t("challenges.entry-n", {{"n", e.number}});
    rows += tr(
        th(attr("scope", "row"), may_change ? a(href(to(visit, whole.c, "assignment/" + number)), name) : span(name)),
        td(readers(visit, table, e)), td(cls("n"), t.number(n), " / ", t.number(whole.statement.readers.value)));
  }
  if (rows.empty()) return {};
  return section(cls("stack"), h2(t("challenges.entries-and-readers")),
                 scrolling(t("challenges.entries-and-readers"),
                           column(t("challenges.entry")) + column(t("challenges.readers")) +
                               number_column(t("challenges.readers-of-needed")),
                           rows));
}

/// Below all that is of this page's entries only: on it none may be admissible, and the next page still is there.
Html pages(const Visit& visit, const Table& table) {
  const auto& c = table.jury.whole.c;
  std::optional<Url> next, back;
  if (table.more) next = to(visit, c, "assignment").with("after", std::to_string(table.entries.back().number));
  if (table.after > 0) back = to(visit, c, "assignment");
  return next || back ? web::pager(visit.t, back, next) : Html{};
}

Html load_table(const Visit& visit, const Table& table) {
  const auto& t = visit.t;
  Html rows;
  for (const Judge& j : table.judges) {
    const auto found = table.load.find(j.person);
    const store::Load load = found == table.load.end() ? store::Load{} : found->second;
    rows += tr(th(attr("scope", "row"), name_of(visit, table.judges, j.person)), td(cls("n"), t.number(load.reads)),
               td(cls("n"), t.number(j.most)), td(cls("n"), t.number(load.given)));
  }
  return section(cls("stack"), h2(t("challenges.load")),
                 scrolling(t("challenges.load"),
                           column(t("challenges.judge")) + number_column(t("challenges.reads")) +
                               number_column(t("challenges.at-most")) + number_column(t("challenges.marked")),
                           rows));
}

Html conflict_list(const Visit& visit, const Table& table) {
  if (table.conflicts.empty()) return {};
  const auto& t = visit.t;
  Html rows;
  for (const auto& [number, known] : table.conflicts) {
    // messages: challenges.conflict-from-*, challenges.derived-*
    const std::string reason = known.from == ConflictFrom::derived && !known.reason.empty()
                                   ? t(std::string("challenges.derived-") + known.reason)
                                   : known.reason;
    rows += tr(th(attr("scope", "row"), name_of(visit, table.judges, known.judge)), td(cls("n"), t.number(number)),
               td(t(std::string("challenges.conflict-from-") + fields::word_of(known.from))), td(reason),
               td(web::when(t, known.at)));
  }
  return section(
      cls("stack"), h2(t("challenges.conflicts")),
      scrolling(t("challenges.conflicts"),
                column(t("challenges.judge")) + number_column(t("challenges.entry")) +
                    column(t("challenges.known-from")) + column(t("challenges.reason")) + column(t("challenges.since")),
                rows));
}

Html next_step(Visit& visit, const Table& table) {
  const auto& t = visit.t;
  const auto& whole = table.jury.whole;
  if (whole.phase == Phase::screening) {
    Html waiting;
    if (table.unscreened > 0) waiting += li(t("challenges.waiting-for-screening", {{"n", table.unscreened}}));
    std::vector<std::string> silent;
    for (const Judge& j : table.judges)
      if (!j.declared && whole.c.entries > 0) silent.push_back(j.name);
    if (!silent.empty()) waiting += li(t("challenges.waiting-for-declarations", {{"judges", t.all_of(silent)}}));
    if (table.judges.empty()) waiting += li(t("challenges.no-judges"));
    if (!waiting.empty())
      return web::notice(web::Tone::plain,
                         div(cls("stack close"), p(t("challenges.before-judging")), ul(cls("stack close"), waiting)));
    if (may_now(visit, whole, "challenges.begin-judging"))
      return div(cls("stack close"), p(t("challenges.begin-judging-words")),
                 press_form(visit, whole, "assignment/begin", t("challenges.begin-judging-now"), {}, "button"));
  }
  if (may_now(visit, whole, "challenges.assign-again"))
    return details(summary(t("challenges.assign-again-now")),
                   div(cls("stack close"), p(t("challenges.assign-again-words")),
                       press_form(visit, whole, "assignment/again", t("challenges.assign-again-now"))));
  return {};
}

http::Response assignment_page(Visit& visit) {
  const auto table = table_of(visit);
  if (!table) return not_found(visit);
  const auto& t = visit.t;
  const auto& c = table->jury.whole.c;
  const Html main = web::lead(web::crumbs(t, trail(visit, &c)), t("challenges.assignment"),
                              p(t("challenges.assignment-words")), Html{}) +
                    div(cls("stack loose"), next_step(visit, *table), explained(visit, *table),
                        table->judges.empty() ? Html{} : load_table(visit, *table), entry_table(visit, *table),
                        conflict_list(visit, *table), pages(visit, *table));
  return visit.page({.title = t("challenges.assignment"), .main = main, .current = "challenges"});
}

// ---- one entry, by hand ----

struct ByHand {
  Jury jury;
  Entry e;
  std::vector<std::pair<std::string, std::string>> from, to;
};

std::optional<ByHand> by_hand(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<ByHand> {
    auto j = jury(visit, tx);
    if (!j || !j->who.assigns() || !may_now(visit, j->whole, "challenges.reassign")) return std::nullopt;
    const Challenge& c = j->whole.c;
    auto e = entry_for(tx, j->who, c.id, number_in(visit), Sight::exists);
    if (!e) return std::nullopt;
    const auto judges = store::judges(tx, c.id);
    auto load = store::loads(tx, c.id, 1);
    std::set<Id> reads, barred;
    for (const Assignment& a : store::readers_of(tx, e->id)) reads.insert(a.judge);
    for (const Conflict& known : store::conflicts_on(tx, e->team)) barred.insert(known.judge);
    const std::string words = comparable(j->whole.statement, *e), statement = comparable(j->whole.statement);
    ByHand out{*std::move(j), *std::move(e), {}, {}};
    for (const Judge& one : judges) {
      if (reads.contains(one.person))
        out.from.emplace_back(str(one.person), one.name);
      else if (one.declared && !barred.contains(one.person))
        out.to.emplace_back(str(one.person), visit.t("challenges.judge-with-load",
                                                     {{"name", one.name},
                                                      {"fit", std::int64_t(fit(one.expertise, words, statement))},
                                                      {"load", load[one.person].reads},
                                                      {"most", one.most}}));
    }
    return out;
  });
}

http::Response draw(Visit& visit, const ByHand& h, const json::object& typed, const Refusal* refused) {
  const auto& t = visit.t;
  const auto& c = h.jury.whole.c;
  auto way = trail(visit, &c);
  way.push_back({t("challenges.assignment"), to(visit, c, "assignment")});
  return people::form_page(
      visit,
      {.title = t("challenges.entry-n", {{"n", h.e.number}}),
       .trail = way,
       .words = p(t("challenges.reassign-words")),
       .act = "challenges.reassign",
       .description = visit.house.acts.find("challenges.reassign")->fields,
       .controls =
           [&](const fields::Drawing& form) {
             return id_select(form, "from", t("challenges.reassign.from"), t("challenges.nobody"), h.from) +
                    id_select(form, "to", t("challenges.reassign.to"), t("challenges.nobody"), h.to) +
                    form.field("over-load") + form.field("reason");
           },
       .to = to(visit, c, "assignment/" + std::to_string(h.e.number)),
       .button = t("challenges.reassign-now")},
      typed, refused);
}

http::Response reassign_form(Visit& visit) {
  const auto found = by_hand(visit);
  return found ? draw(visit, *found, {}, nullptr) : not_found(visit);
}

http::Response reassign(Visit& visit) {
  const auto found = by_hand(visit);
  if (!found) return not_found(visit);
  return send(visit, found->jury.whole, "challenges.reassign", {{"entry", str(found->e.id)}}, "challenges.reassigned",
              [&](const json::object& typed, const Refusal& refused) { return draw(visit, *found, typed, &refused); });
}

}  // namespace

void add_assignment_pages(House& house) {
  add_route(house, "assignment", assignment_page);
  add_route(house, "assignment/begin", nullptr, press("challenges.begin-judging", "challenges.judging-begun"));
  add_route(house, "assignment/again", nullptr, press("challenges.assign-again", "challenges.assigned-again"));
  add_route(house, "assignment/{number}", reassign_form, reassign);
}

}  // namespace polder::challenges
