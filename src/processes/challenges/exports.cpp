// Everything about the entries at once, for those who may read them all: as CSV, made while it is sent, so that memory
// does not grow with the data. Nothing before entries close.
#include "formats/csv/csv.h"
#include "processes/challenges/pages.h"
#include "processes/challenges/store_result.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {
namespace {

constexpr std::int64_t rows_at_once = 50;

std::vector<std::string> heading(const Statement& s) {
  std::vector<std::string> out{"entry", "team", "organisation", "country", "state", "sealed-at", "title"};
  for (const EntryField& f : s.entry.items) out.push_back(f.label.value);
  out.insert(out.end(), {"place", "score", "amount"});
  return out;
}

std::vector<std::string> cells(storage::ReadTx& tx, const Statement& s, const Entry& e) {
  const auto team = store::team(tx, e.team);
  std::vector<std::string> out{std::to_string(e.number),
                               team ? team->name : "",
                               team ? team->organisation : "",
                               team ? team->country : "",
                               fields::word_of(e.state),
                               e.sealed_at ? iso(*e.sealed_at) : "",
                               e.title};
  for (std::size_t i = 0; i < s.entry.items.size(); ++i) out.push_back(i < e.answers.size() ? e.answers[i] : "");
  const auto place = store::standing(tx, e.id);
  out.push_back(place ? std::to_string(place->rank) : "");
  out.push_back(place ? place->score : "");
  out.push_back(place ? std::to_string(place->amount) : "");
  return out;
}

/// challenges/{slug}/entries.csv: for whoever screens, whatever the phase, once entries are closed.
http::Response entries_csv(Visit& visit) {
  const auto whole = here(visit);
  if (!whole || whole->phase < Phase::screening || whole->phase == Phase::cancelled ||
      !visit.may("challenges.screen", fields::word_of(Phase::screening)).allowed)
    return not_found(visit);
  http::Response response{
      .status = 200,
      .headers = {{"content-type", "text/csv; charset=utf-8; header=present"},
                  {"content-disposition", "attachment; filename=\"" + whole->c.slug + "-entries.csv\""},
                  {"cache-control", "no-store"},
                  {"content-security-policy", "sandbox; default-src 'none'"},
                  {"x-content-type-options", "nosniff"}},
      .body = {},
      .stream = {}};
  response.stream = [&house = visit.house, whole = *whole, after = std::int64_t{0}, begun = false,
                     over = false](std::string& piece) mutable {
    if (over) return false;
    if (!begun) piece += std::string(csv::byte_order_mark) + csv::row(heading(whole.statement));
    begun = true;
    house.database.read([&](storage::ReadTx& tx) {
      const auto page = store::entries(tx, whole.c.id, after, rows_at_once);
      for (const Entry& e : page) {
        piece += csv::row(cells(tx, whole.statement, e));
        after = e.number;
      }
      over = std::int64_t(page.size()) < rows_at_once;
    });
    return true;
  };
  return response;
}

}  // namespace

void add_exports(House& house) {
  house.routes.add({http::Method::get, "/{platform}/challenges/{slug}/entries.csv", web::Door::signed_in,
                    web::Keep::nothing, 0, entries_csv});
}

}  // namespace polder::challenges
