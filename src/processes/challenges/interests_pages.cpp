// Where a solver says what they know, and why a challenge is shown to them first. For those who may enter challenges.
#include "processes/challenges/interests.h"

#include <map>

#include "processes/challenges/judging.h"
#include "processes/challenges/pages.h"
#include "processes/challenges/store_interests.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

constexpr std::string_view say = "challenges.say-interests";

bool may_join(const Visit& visit, Phase phase) { return visit.may("challenges.join", fields::word_of(phase)).allowed; }

bool may_say(const Visit& visit) {
  return visit.person && visit.may(say).allowed && (may_join(visit, Phase::announced) || may_join(visit, Phase::open));
}

ActPage page(const Visit& visit) {
  const auto& t = visit.t;
  return {.act = say,
          .title = t("challenges.interests"),
          .words = p(t("challenges.interests-how")) + p(t("challenges.interests-yours")),
          .button = t("challenges.save-interests"),
          .path = "interests",
          .flash = "challenges.interests-saved",
          .controls = [](const fields::Drawing& form) {
            return form.field("areas", {.rows = 4}) + form.field("matching") + form.field("mail");
          }};
}

std::optional<http::Response> not_theirs(Visit& visit) {
  if (!runs_here(visit)) return not_found(visit);
  if (may_say(visit)) return std::nullopt;
  return visit.refusal(
      {.why = Why::forbidden, .message = visit.may(say).reason.value_or(Message{"challenges.not-found"})});
}

http::Response form(Visit& visit) {
  if (auto no = not_theirs(visit)) return *std::move(no);
  const auto mine = visit.house.database.read(
      [&](storage::ReadTx& tx) { return store::interests(tx, visit.platform->id, visit.person->id); });
  const json::object typed =
      mine ? json::object{{"areas", mine->areas}, {"matching", mine->matching}, {"mail", mine->mail}}
           : json::object{{"matching", true}};
  return show(visit, nullptr, page(visit), typed);
}

http::Response save(Visit& visit) {
  if (auto no = not_theirs(visit)) return *std::move(no);
  return perform(visit, nullptr, page(visit));
}

}  // namespace

Html interests_link(const Visit& visit) {
  return may_say(visit) ? web::plain_button(visit.t("challenges.interests"), visit.at("challenges/interests")) : Html{};
}

std::map<Id, std::string> reasons_for(Visit& visit, const std::vector<Challenge>& all) {
  std::map<Id, std::string> out;
  if (!may_say(visit)) return out;
  visit.house.algorithms.running("matching", matching_version);
  for (const Challenge& c : all) {
    const Phase phase = phase_at(c, visit.now);
    if ((phase == Phase::announced || phase == Phase::open) && may_join(visit, phase)) out[c.id];
  }
  visit.house.database.read([&](storage::ReadTx& tx) {
    const auto mine = store::interests(tx, visit.platform->id, visit.person->id);
    if (!mine || !mine->matching) return;
    // Whoever is in a team of it has found it.
    for (const auto& [challenge, team] : store::memberships(tx, visit.person->id)) out.erase(challenge);
    const auto wanted = areas(mine->areas);
    store::each_words(tx, visit.platform->id, visit.now, [&](Id challenge, const Spoken& words) {
      const auto one = out.find(challenge);
      if (one == out.end()) return;
      if (const auto why = found(wanted, words); !why.empty()) one->second = visit.t(reason(visit.t, why));
    });
  });
  std::erase_if(out, [](const auto& one) { return one.second.empty(); });
  return out;
}

void add_interests_pages(House& house) {
  using web::Door;
  using web::Keep;
  const std::string path = "/{platform}/challenges/interests";
  house.routes.add({http::Method::get, path, Door::signed_in, Keep::nothing, 0, form});
  house.routes.add({http::Method::post, path, Door::signed_in, Keep::nothing, web::form_limit, save});
}

}  // namespace polder::challenges
