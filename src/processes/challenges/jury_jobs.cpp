// Mails to the panel: seated, entries to read, the deliberation begins. None names an entry, a team or a mark.
#include "kernel/jobs/jobs.h"
#include "people/readers.h"
#include "processes/challenges/pages.h"
#include "processes/challenges/store_judging.h"

namespace polder::challenges {
namespace {

using jobs::Job;

struct Telling {
  std::string_view subject, words, rest;
};

/// {challenge} to every judge, or with {judge} to one: a panel is small enough for one job.
jobs::Outcome tell(House& house, const Job& job, const Telling& telling) {
  return people::finished(house.database.write([&](storage::WriteTx& tx) -> Done {
    const auto c = store::by_id(tx, people::id_in(job, "challenge"));
    const auto platform = c ? house.platforms.list()->by_id(c->platform) : nullptr;
    if (!platform) return jobs::finish(tx, job);
    const Id only = people::id_in(job, "judge");
    const std::string link =
        people::address_of(house, *platform, "challenges/" + c->slug + '/' + std::string(telling.rest));
    for (const Judge& j : store::judges(tx, c->id)) {
      if (only && j.person != only) continue;
      if (const auto to = people::reader(house, tx, j.person, *platform))
        people::post(house, tx, *to, *platform,
                     {.to = {},
                      .kind = job.kind,
                      .subject = {std::string(telling.subject), {{"title", c->title}}},
                      .paragraphs = {people::hello(to->person),
                                     {std::string(telling.words), {{"title", c->title}}},
                                     {"challenges.mail-link", {{"link", link}}}}});
    }
    return jobs::finish(tx, job);
  }));
}

}  // namespace

void add_jury_jobs(House& house) {
  const auto handle = [&](log::Literal kind, const Telling& telling) {
    house.job_handlers.push_back(
        {kind, [&house, telling](const Job& job) -> jobs::Outcome { return tell(house, job, telling); }});
  };
  handle("challenges.tell-seated", {"challenges.mail-seated-subject", "challenges.mail-seated", "judging"});
  handle("challenges.tell-assigned", {"challenges.mail-assigned-subject", "challenges.mail-assigned", "judging"});
  handle("challenges.tell-deliberation",
         {"challenges.mail-deliberation-subject", "challenges.mail-deliberation", "deliberation"});
}

}  // namespace polder::challenges
