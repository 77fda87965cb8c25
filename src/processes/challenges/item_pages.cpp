// Forms about one thing of a result: an entry that somebody objects for, an objection, an award, a part of one. Whoever
// decides reads on the same page what it is that they decide about.
#include "processes/challenges/pages.h"
#include "processes/challenges/store_result.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

/// What a form is about, or nothing where there is no such thing for this visitor.
using About = std::optional<Html> (*)(const Visit&, storage::ReadTx&, const Whole&, Id);

struct Item {
  std::string_view act;
  std::string pattern;     ///< below the challenge, with a hole of the name of `field`
  std::string_view field;  ///< of the act: the thing's id
  std::string_view title, words, flash;
  About about;
};

std::optional<Html> of_own_entry(const Visit& visit, storage::ReadTx& tx, const Whole& whole, Id id) {
  const auto e = store::entry(tx, id);
  const auto team = visit.person ? store::team_of(tx, whole.c.id, visit.person->id) : std::nullopt;
  if (!e || !team || e->team != team->id) return std::nullopt;
  return web::pairs({{visit.t("challenges.entry-n", {{"n", e->number}}), plain(e->title)}});
}

std::optional<Html> of_objection(const Visit& visit, storage::ReadTx& tx, const Whole& whole, Id id) {
  const auto o = store::objection(tx, id);
  if (!o || o->challenge != whole.c.id) return std::nullopt;
  const auto number = store::entry(tx, o->entry)->number;
  const auto name = visit.t("challenges.entry-n", {{"n", number}});
  return web::pairs({{visit.t("challenges.report-conflict.entry"),
                      a(href(to(visit, whole.c, "result/entries/" + std::to_string(number))), name)},
                     {visit.t("challenges.objection"), paragraphs(o->words)}});
}

std::vector<std::pair<std::string, Html>> of_money(const Visit& visit, storage::ReadTx& tx, const Whole& whole,
                                                   const Award& award, std::int64_t amount) {
  const auto& t = visit.t;
  return {{t("challenges.prize"), plain(award.prize)},
          {t("challenges.report-conflict.entry"),
           plain(t("challenges.entry-n", {{"n", store::entry(tx, award.entry)->number}}))},
          {t("challenges.amount"), plain(money(visit, whole.statement, amount))}};
}

std::optional<Html> of_award(const Visit& visit, storage::ReadTx& tx, const Whole& whole, Id id) {
  const auto award = store::award(tx, id);
  if (!award || award->challenge != whole.c.id) return std::nullopt;
  return web::pairs(of_money(visit, tx, whole, *award, award->amount));
}

std::optional<Html> of_part(const Visit& visit, storage::ReadTx& tx, const Whole& whole, Id id) {
  const auto part = store::tranche(tx, id);
  const auto award = part ? store::award(tx, part->award) : std::nullopt;
  if (!award || award->challenge != whole.c.id) return std::nullopt;
  auto rows = of_money(visit, tx, whole, *award, part->amount);
  rows.emplace(rows.begin() + 2, visit.t("challenges.milestone"), plain(part->milestone));
  if (part->accepted_at)
    rows.emplace_back(visit.t("challenges.accept-milestone.words"), paragraphs(part->accepted_words));
  return web::pairs(rows);
}

/// The plan names who accepts it: nobody else is asked.
std::optional<Html> of_own_part(const Visit& visit, storage::ReadTx& tx, const Whole& whole, Id id) {
  const auto part = store::tranche(tx, id);
  if (!part || !visit.person || part->accepter != visit.person->id) return std::nullopt;
  return of_part(visit, tx, whole, id);
}

std::optional<Html> about(Visit& visit, const Whole& whole, const Item& item) {
  const auto id = parse_id(visit.params[item.field]);
  // A form that comes back with its faults tells no more than one that is asked for.
  if (!id || barred(visit, whole, item.act)) return std::nullopt;
  return visit.house.database.read([&](storage::ReadTx& tx) { return item.about(visit, tx, whole, *id); });
}

std::string path_of(const Visit& visit, const Item& item) {
  std::string path = item.pattern;
  const std::string hole = "{" + std::string(item.field) + "}";
  return path.replace(path.find(hole), hole.size(), std::string(visit.params[item.field]));
}

ActPage page_of(const Visit& visit, const Whole& whole, const Item& item, std::string_view path, Html told) {
  return {.act = item.act,
          .title = visit.t(item.title),
          .words = p(visit.t(item.words)) + std::move(told),
          .button = visit.t(item.title),
          .path = path,
          .fixed = {{"challenge", str(whole.c.id)}, {item.field, std::string(visit.params[item.field])}},
          .flash = item.flash};
}

void add(House& house, const Item& item) {
  const std::string route = "/{platform}/challenges/{slug}/" + item.pattern;
  house.routes.add({http::Method::get, route, web::Door::signed_in, web::Keep::nothing, 0, [=](Visit& visit) {
                      const auto whole = here(visit);
                      if (!whole) return not_found(visit);
                      if (auto no = barred(visit, *whole, item.act)) return *std::move(no);
                      auto told = about(visit, *whole, item);
                      if (!told) return not_found(visit);
                      const std::string path = path_of(visit, item);
                      return show(visit, &whole->c, page_of(visit, *whole, item, path, *std::move(told)));
                    }});
  // What is not theirs the act refuses, after it has looked whether it was done already.
  house.routes.add(
      {http::Method::post, route, web::Door::signed_in, web::Keep::nothing, web::form_limit, [=](Visit& visit) {
         const auto whole = here(visit);
         if (!whole) return not_found(visit);
         const std::string path = path_of(visit, item);
         return perform(visit, &whole->c,
                        page_of(visit, *whole, item, path, about(visit, *whole, item).value_or(Html{})));
       }});
}

}  // namespace

void add_item_pages(House& house) {
  add(house, {.act = "challenges.object",
              .pattern = "entries/{entry}/object",
              .field = "entry",
              .title = "challenges.object-title",
              .words = "challenges.object-words",
              .flash = "challenges.objected",
              .about = of_own_entry});
  add(house, {.act = "challenges.decide-objection",
              .pattern = "objections/{objection}",
              .field = "objection",
              .title = "challenges.decide-objection-title",
              .words = "challenges.decide-objection-words",
              .flash = "challenges.objection-decided",
              .about = of_objection});
  add(house, {.act = "challenges.plan-payments",
              .pattern = "awards/{award}/plan",
              .field = "award",
              .title = "challenges.plan-title",
              .words = "challenges.plan-words",
              .flash = "challenges.planned",
              .about = of_award});
  add(house, {.act = "challenges.accept-milestone",
              .pattern = "tranches/{tranche}/accept",
              .field = "tranche",
              .title = "challenges.accept-title",
              .words = "challenges.accept-words",
              .flash = "challenges.accepted-now",
              .about = of_own_part});
  add(house, {.act = "challenges.pay",
              .pattern = "tranches/{tranche}/pay",
              .field = "tranche",
              .title = "challenges.pay-title",
              .words = "challenges.pay-words",
              .flash = "challenges.paid-now",
              .about = of_part});
}

}  // namespace polder::challenges
