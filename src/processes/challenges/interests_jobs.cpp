// Whoever asked to be told is told of a published challenge that speaks of what they know, with the reason. Only who
// may still see it and enter it: the mail says its title.
#include "governance/platforms.h"
#include "kernel/jobs/jobs.h"
#include "people/readers.h"
#include "processes/challenges/judging.h"
#include "processes/challenges/pages.h"
#include "processes/challenges/store_interests.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {
namespace {

using jobs::Job;
using people::id_in;

constexpr std::int64_t at_once = 200;

bool may_enter(const House& house, storage::ReadTx& tx, const governance::Platform& platform,
               const people::Person& person, Phase phase) {
  record::Actor actor{.kind = record::Actor::Kind::person, .person = person.id, .roles = {}};
  actor.roles = governance::roles_of_address(tx, platform.id, person.email);
  return governance::may_enter(platform.charter, actor.roles) &&
         house.platforms.decide(platform, actor, "challenges.join", fields::word_of(phase)).allowed;
}

/// challenges.tell-matched {challenge, after}: a page of people at a time; the next page is a job of its own, enqueued
/// with the mails of this one.
jobs::Outcome tell_matched(House& house, const Job& job) {
  return people::finished(house.database.write([&](storage::WriteTx& tx) -> Done {
    const auto c = store::by_id(tx, id_in(job, "challenge"));
    const auto platform = c ? house.platforms.list()->by_id(c->platform) : nullptr;
    const auto words = platform ? store::words_of(tx, c->id) : std::nullopt;
    if (!words || !platform->charter.runs("challenges")) return jobs::finish(tx, job);
    house.algorithms.running("matching", matching_version);
    const Phase phase = phase_at(*c, house.clock.now());
    if (phase != Phase::announced && phase != Phase::open) return jobs::finish(tx, job);
    const auto page = store::to_be_told(tx, c->platform, id_in(job, "after"), at_once);
    for (const store::Interests& one : page) {
      const auto why = found(areas(one.areas), *words);
      if (why.empty() || store::member(tx, c->id, one.person)) continue;
      const auto to = people::reader(house, tx, one.person, *platform);
      if (!to || !may_enter(house, tx, *platform, to->person, phase)) continue;
      people::post(house, tx, *to, *platform,
                   {.to = {},
                    .kind = job.kind,
                    .subject = {"challenges.mail-matched-subject", {{"title", c->title}}},
                    .paragraphs = {people::hello(to->person),
                                   {"challenges.mail-matched", {{"title", c->title}}},
                                   reason(to->t, why),
                                   {"challenges.mail-link",
                                    {{"link", people::address_of(house, *platform, "challenges/" + c->slug)}}},
                                   {"challenges.mail-matched-off"}}});
    }
    if (std::int64_t(page.size()) == at_once)
      house.queue.enqueue(
          tx, job.kind,
          boost::json::serialize(boost::json::object{{"challenge", str(c->id)}, {"after", str(page.back().person)}}),
          house.clock.now());
    return jobs::finish(tx, job);
  }));
}

}  // namespace

void add_interests_jobs(House& house) {
  house.job_handlers.push_back(
      {"challenges.tell-matched", [&house](const Job& job) -> jobs::Outcome { return tell_matched(house, job); }});
}

}  // namespace polder::challenges
