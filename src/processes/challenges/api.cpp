// The API for reading: what the pages show, as JSON, with the same sight. Acting has one door for all rooms
// (POST /api/v1/acts/…, in the roof).
//
//   GET /api/v1/platforms/{platform}/challenges            all of them, newest closing first
//   GET …/challenges/{slug}                                one, with its statement as it holds now
//   GET …/challenges/{slug}/amendments                     what changed, by number
//   GET …/challenges/{slug}/result                         places and awards, from the provisional result on
//   GET …/challenges/{slug}/report                         the report, from the award on
#include "people/letters.h"
#include "processes/challenges/pages.h"
#include "processes/challenges/report.h"
#include "processes/challenges/store_result.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

namespace json = boost::json;

namespace {

auto none() { return refuse(Why::not_found, {"challenges.not-found"}); }

json::value moment(const std::optional<Time>& at) { return at ? json::value(iso(*at)) : json::value(nullptr); }

json::object to_json(const Visit& visit, const Challenge& c, Phase phase) {
  json::object out{{"slug", c.slug},
                   {"phase", fields::word_of(phase)},
                   {"language", c.language},
                   {"title", c.title},
                   {"summary", c.summary},
                   {"opens-at", iso(c.opens_at)},
                   {"closes-at", iso(c.closes_at)},
                   {"published-at", moment(c.published_at)},
                   {"awarded-at", moment(c.awarded_at)},
                   {"amendments", c.version}};
  if (shown(visit, phase, "entries")) out["entries"] = c.entries;
  return out;
}

Result<json::object> list(Visit& visit) {
  if (!runs_here(visit)) return none();
  json::array out;
  for (const auto& c : visit.house.database.read([&](storage::ReadTx& tx) { return listed(visit, tx); }))
    out.push_back(to_json(visit, c, phase_at(c, visit.now)));
  return json::object{{"challenges", std::move(out)}};
}

Result<json::object> one(Visit& visit) {
  json::array attachments;
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    if (!found) return found;
    for (const Attachment& a : store::attachments(tx, found->c.id))
      attachments.push_back(
          json::object{{"name", a.name},
                       {"type", a.type},
                       {"size", a.size},
                       {"sha256", a.sha256},
                       {"since-amendment", a.version},
                       {"url", people::address_of(visit.house, *visit.platform,
                                                  "challenges/" + found->c.slug + "/attachments/" + str(a.id))}});
    return found;
  });
  if (!whole) return none();
  auto out = to_json(visit, whole->c, whole->phase);
  auto statement = fields::Trait<Statement>::write(whole->statement).as_object();
  if (seeker_hidden(visit, *whole, whole->statement)) statement.erase("seeker");
  if (!rubric_shown(visit, whole->phase) && !sees_unpublished(visit, whole->c)) statement.erase("rubric");
  out["statement"] = std::move(statement);
  out["attachments"] = std::move(attachments);
  out["lot-sha256"] = whole->c.seed_sha256.empty() ? json::value(nullptr) : json::value(whole->c.seed_sha256);
  out["cancelled-because"] =
      whole->phase == Phase::cancelled ? json::value(whole->c.cancelled_why) : json::value(nullptr);
  return out;
}

Result<json::object> amendments(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> Result<json::object> {
    const auto whole = find(visit, tx);
    if (!whole) return none();
    json::array out;
    const auto attachments = store::attachments(tx, whole->c.id);
    std::optional<Version> after;
    for (std::int64_t n = whole->c.version; n >= 0; --n) {
      auto v = store::version(tx, whole->c.id, n);
      if (after && v) {
        auto changed = changes(v->statement, after->statement);
        if (std::ranges::find(attachments, after->number, &Attachment::version) != attachments.end())
          changed.emplace_back("attachments");
        out.push_back(json::object{{"number", after->number},
                                   {"at", iso(after->made_at)},
                                   {"why", after->why},
                                   {"changed", json::array(changed.begin(), changed.end())}});
      }
      after = std::move(v);
    }
    return json::object{{"amendments", std::move(out)}};
  });
}

Result<json::object> result(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> Result<json::object> {
    const auto whole = find(visit, tx);
    if (!whole || whole->phase < Phase::provisional || whole->phase == Phase::cancelled) return none();
    const bool named = whole->phase >= Phase::awarded && shown(visit, whole->phase, "teams");
    json::array places, awards;
    std::map<Id, std::int64_t> numbers;
    for (const auto& [s, number, team, team_name] : store::placed(tx, whole->c.id, 1'000)) {
      numbers[s.entry] = number;
      json::object place{{"place", s.rank}, {"entry", number}, {"score", json::parse(s.score)}, {"amount", s.amount}};
      if (named) place["team"] = team_name;
      places.push_back(std::move(place));
    }
    for (const Award& a : store::awards(tx, whole->c.id))
      awards.push_back(json::object{{"prize", a.prize}, {"entry", numbers[a.entry]}, {"amount", a.amount}});
    return json::object{{"provisional", whole->phase == Phase::provisional},
                        {"currency", whole->statement.currency.value},
                        {"places", std::move(places)},
                        {"awards", std::move(awards)}};
  });
}

Result<json::object> report(Visit& visit) {
  const auto r = reported(visit);
  if (!r) return none();
  return to_json(r->report, r->whole.c, r->whole.statement);
}

}  // namespace

void add_api(House& house) {
  const auto get = [&](const std::string& path, Result<json::object> (*give)(Visit&)) {
    house.routes.add({http::Method::get, "/api/v1/platforms/{platform}/challenges" + path, web::Door::anyone,
                      web::Keep::nothing, 0, [give](Visit& visit) {
                        const auto answer = give(visit);
                        return answer ? visit.json(200, *answer) : visit.json_refusal(answer.error());
                      }});
  };
  get("", list);
  get("/{slug}", one);
  get("/{slug}/amendments", amendments);
  get("/{slug}/result", result);
  get("/{slug}/report", report);
}

}  // namespace polder::challenges
