// What follows the acts of a challenge, and what time does in one.
#include "kernel/jobs/jobs.h"

#include <memory>
#include <set>

#include "kernel/metrics/log.h"
#include "people/readers.h"
#include "processes/challenges/pages.h"
#include "processes/challenges/store_result.h"
#include "processes/challenges/store_solvers.h"
#include "record/log.h"
#include "record/store.h"

namespace polder::challenges {
namespace {

using jobs::Job;
using people::finished;
using people::id_in;
using storage::ReadTx;
using storage::WriteTx;

constexpr std::int64_t at_once = 200;

// ---- time ----

void ask_if_due(House& house, const Challenge& c, Time now) {
  const auto due = house.database.read([&](ReadTx& tx) { return follow_up_at(c, statement_of(tx, c)); });
  if (!due || now < *due) return;
  (void)house.acts.perform({.platform = c.platform,
                            .actor = record::Actor::clock(),
                            .name = "challenges.ask-follow-up",
                            .fields = {{"challenge", str(c.id)}}});
}

/// Opens and closes what is due, and asks what became of what was awarded. Both acts are refused when they are done
/// already, so a second clock does no harm. A refusal that lasts (a record that is stopped) is told once.
void tick(House& house, std::set<Id>& told) {
  const Time now = house.clock.now();
  Id after{};
  for (;;) {
    const auto due = house.database.read([&](ReadTx& tx) { return store::due(tx, now, after, at_once); });
    for (const Challenge& c : due) {
      const bool opens = c.phase == Phase::announced;
      const auto done = house.acts.perform({.platform = c.platform,
                                            .actor = record::Actor::clock(),
                                            .name = opens ? "challenges.open" : "challenges.close",
                                            .fields = {{"challenge", str(c.id)}}});
      if (done)
        told.erase(c.id);
      else if (told.insert(c.id).second)
        log::warn("challenges.clock-refused", {{"challenge", c.id}, {"opens", opens}});
      after = c.id;
    }
    if (std::int64_t(due.size()) < at_once) break;
  }
  for (after = {};;) {
    const auto unasked =
        house.database.read([&](ReadTx& tx) { return store::awarded_unasked(tx, now - 30 * day_ms, after, at_once); });
    for (const Challenge& c : unasked) ask_if_due(house, c, now);
    if (std::int64_t(unasked.size()) < at_once) break;
    after = unasked.back().id;
  }
}

// ---- mails ----

std::string link(const House& house, const governance::Platform& platform, const Challenge& c, std::string_view rest) {
  return people::address_of(house, platform, "challenges/" + c.slug + '/' + std::string(rest));
}

/// challenges.send-receipt {act}: to who sealed, with the proof that it is recorded. Not a word of the entry is in it.
jobs::Outcome send_receipt(House& house, const Job& job) {
  const auto act = house.database.read([&](ReadTx& tx) { return record::store::act(tx, id_in(job, "act")); });
  if (!act || !act->content) return {};  // erased meanwhile
  const auto receipt = house.logs.receipt(*act);
  if (!receipt) return jobs::Outcome::retry("no receipt can be made now");
  return finished(house.database.write([&](WriteTx& tx) -> Done {
    const auto e = store::entry(tx, act->made);
    const auto platform = house.platforms.list()->by_id(act->platform);
    if (e && platform && act->person != Id{}) {
      const Challenge c = challenge_of(tx, e->challenge);
      if (const auto to = people::reader(house, tx, act->person, *platform))
        people::post(house, tx, *to, *platform,
                     {.to = {},
                      .kind = "challenges.receipt",
                      .subject = {"challenges.mail-receipt-subject", {{"title", c.title}}},
                      .paragraphs = {people::hello(to->person),
                                     {"challenges.mail-receipt", {{"title", c.title}, {"digest", e->digest}}},
                                     {"challenges.mail-receipt-proof"},
                                     {"challenges.mail-link", {{"link", link(house, *platform, c, "team")}}}},
                      .attachments = {{"receipt-" + str(act->id) + ".tlog-proof", "text/plain", *receipt}}});
    }
    return jobs::finish(tx, job);
  }));
}

/// {challenge, after}: the same to everybody in a team, a page of them at a time; the next page is a job of its own,
/// enqueued with the mails of this one.
jobs::Outcome tell_all(House& house, const Job& job, std::string_view subject, std::string_view words,
                       std::string_view rest) {
  return finished(house.database.write([&](WriteTx& tx) -> Done {
    const auto c = store::by_id(tx, id_in(job, "challenge"));
    const auto platform = c ? house.platforms.list()->by_id(c->platform) : nullptr;
    if (!platform) return jobs::finish(tx, job);
    const auto page = store::members_of_challenge(tx, c->id, id_in(job, "after"), at_once);
    for (const Member& m : page)
      if (const auto to = people::reader(house, tx, m.person, *platform))
        people::post(house, tx, *to, *platform,
                     {.to = {},
                      .kind = job.kind,
                      .subject = {std::string(subject), {{"title", c->title}}},
                      .paragraphs = {people::hello(to->person),
                                     {std::string(words), {{"title", c->title}}},
                                     {"challenges.mail-link", {{"link", link(house, *platform, *c, rest)}}}}});
    if (std::int64_t(page.size()) == at_once)
      house.queue.enqueue(
          tx, job.kind,
          boost::json::serialize(boost::json::object{{"challenge", str(c->id)}, {"after", str(page.back().person)}}),
          house.clock.now());
    return jobs::finish(tx, job);
  }));
}

/// challenges.tell-follow-up {challenge}: to the operator's own address: somebody there knows.
jobs::Outcome tell_follow_up(House& house, const Job& job) {
  return finished(house.database.write([&](WriteTx& tx) -> Done {
    const auto c = store::by_id(tx, id_in(job, "challenge"));
    const auto platform = c ? house.platforms.list()->by_id(c->platform) : nullptr;
    if (platform) {
      const auto t = house.voice(platform->languages.front(), platform->zone);
      if (!people::send(house, tx, t,
                        {.to = platform->charter.operated_by.email,
                         .kind = "challenges.follow-up",
                         .subject = {"challenges.mail-follow-up-subject", {{"title", c->title}}},
                         .paragraphs = {{"challenges.mail-follow-up", {{"title", c->title}}},
                                        {"challenges.mail-link", {{"link", link(house, *platform, *c, "follow-up")}}}},
                         .from = platform->name(t.language())}))
        log::warn("challenges.mail-refused", {{"challenge", c->id}});
    }
    return jobs::finish(tx, job);
  }));
}

}  // namespace

void add_jobs(House& house) {
  house.recurring.push_back(
      {"challenges.clock", second_ms,
       [&house, told = std::make_shared<std::set<Id>>()](const jobs::Lease&) { tick(house, *told); }});
  const auto handle = [&](log::Literal kind, auto handler) {
    house.job_handlers.push_back(
        {kind, [&house, handler](const Job& job) -> jobs::Outcome { return handler(house, job); }});
  };
  handle("challenges.send-receipt", send_receipt);
  handle("challenges.tell-amended", [](House& h, const Job& job) {
    return tell_all(h, job, "challenges.mail-amended-subject", "challenges.mail-amended", "amendments");
  });
  handle("challenges.tell-result", [](House& h, const Job& job) {
    return tell_all(h, job, "challenges.mail-result-subject", "challenges.mail-result", "result");
  });
  handle("challenges.tell-awarded", [](House& h, const Job& job) {
    return tell_all(h, job, "challenges.mail-awarded-subject", "challenges.mail-awarded", "result");
  });
  handle("challenges.tell-follow-up", tell_follow_up);
  handle("challenges.tell-cancelled", [](House& h, const Job& job) {
    return tell_all(h, job, "challenges.mail-cancelled-subject", "challenges.mail-cancelled", "");
  });
}

}  // namespace polder::challenges
