// What follows the acts of a consultation, and what time does in one.
//
// Mails are written in the transaction that ends their job, so each is written once: a program that dies before is
// asked again, one that dies after is not.
#include <memory>
#include <set>

#include "kernel/jobs/jobs.h"
#include "kernel/metrics/log.h"
#include "kernel/text/text.h"
#include "people/readers.h"
#include "processes/consultations/pages.h"
#include "record/log.h"
#include "record/store.h"

namespace polder::consultations {
namespace {

using jobs::Job;
using people::finished;
using people::hello;
using people::id_in;
using people::post;
using people::reader;
using storage::ReadTx;
using storage::WriteTx;

constexpr std::int64_t people_at_once = 500, due_at_once = 100;
constexpr std::int64_t responses_in_a_mail = 10;
constexpr std::size_t words_in_a_mail = 300;

// ---- time ----

/// Opens or closes what is due. Both acts are refused when they are done already, so a second clock does no harm. A
/// refusal that lasts (a record that is stopped) is told once.
void turn(House& house, const store::Due& due, std::set<Id>& told) {
  const bool opens = due.phase == Phase::announced;
  const auto done = house.acts.perform({.platform = due.platform,
                                        .actor = record::Actor::clock(),
                                        .name = opens ? "consultations.open" : "consultations.close",
                                        .fields = {{"consultation", str(due.id)}}});
  if (done)
    told.erase(due.id);
  else if (told.insert(due.id).second)
    log::warn("consultations.clock-refused", {{"consultation", due.id}, {"opens", opens}});
}

/// All that is due, page by page: however many are refused, those behind them have their turn.
void tick(House& house, std::set<Id>& told) {
  const Time now = house.clock.now();
  for (Id after{};;) {
    const auto page = house.database.read([&](ReadTx& tx) { return store::due(tx, now, after, due_at_once); });
    for (const auto& one : page) turn(house, one, told);
    if (std::int64_t(page.size()) < due_at_once) break;
    after = page.back().id;
  }
}

// ---- mails ----

std::string link(const House& house, const governance::Platform& platform, const Consultation& c,
                 const std::string& rest) {
  return people::address_of(house, platform, "consultations/" + c.slug + '/' + rest);
}
std::string link(const House& house, const governance::Platform& platform, const Consultation& c, const Response& r) {
  return link(house, platform, c, "responses/" + str(r.id));
}

std::string beginning(const Response& r) {
  return r.parts.empty() ? std::string() : text::excerpt(r.parts.front().words, words_in_a_mail);
}

Message said(Outcome outcome) {
  switch (outcome) {
    case Outcome::changed:
      return {"consultations.mail-changed"};
    case Outcome::kept:
      return {"consultations.mail-kept"};
    case Outcome::elsewhere:
      return {"consultations.mail-elsewhere"};
  }
  return {};
}

std::string operator_of(const governance::Platform& platform, const i18n::Voice& t) {
  return std::string(platform.charter.operated_by.name.in(code(t.language())).text);
}

/// consultations.send-receipt {act}: to who responded, with the proof that it is recorded.
jobs::Outcome send_receipt(House& house, const Job& job) {
  const auto act = house.database.read([&](ReadTx& tx) { return record::store::act(tx, id_in(job, "act")); });
  if (!act || !act->content) return {};  // erased meanwhile
  const auto receipt = house.logs.receipt(*act);
  if (!receipt) return jobs::Outcome::retry("no receipt can be made now");
  return finished(house.database.write([&](WriteTx& tx) -> Done {
    const auto r = store::response(tx, act->made);
    const auto platform = house.platforms.list()->by_id(act->platform);
    if (r && platform && r->person) {
      const Consultation c = consultation_of(tx, r->consultation);
      if (const auto to = reader(house, tx, r->person, *platform))
        post(house, tx, *to, *platform,
             {.to = {},
              .kind = "consultations.receipt",
              .subject = {"consultations.mail-receipt-subject", {{"title", c.title}}},
              .paragraphs = {hello(to->person),
                             {"consultations.mail-receipt",
                              {{"title", c.title}, {"number", r->number}, {"at", Moment{r->made_at.ms}}}},
                             {"consultations.mail-you-wrote", {{"words", beginning(*r)}}},
                             {"consultations.mail-receipt-proof"},
                             {"consultations.mail-your-response", {{"link", link(house, *platform, c, *r)}}},
                             {"consultations.mail-what-next", {{"date", Moment{(c.closes_at - 1).ms}}}}},
              .attachments = {{"receipt-" + str(act->id) + ".tlog-proof", "text/plain", *receipt}}});
    }
    return jobs::finish(tx, job);
  }));
}

/// consultations.tell-answer {answer}: to everybody it answers, once each.
jobs::Outcome tell_answer(House& house, const Job& job) {
  return finished(house.database.write([&](WriteTx& tx) -> Done {
    const auto answer = store::answer(tx, id_in(job, "answer"));
    if (!answer) return jobs::finish(tx, job);
    const Consultation c = consultation_of(tx, answer->consultation);
    const auto platform = house.platforms.list()->by_id(c.platform);
    std::set<Id> told;
    for (const Response& r : store::responses_answered_by(tx, answer->id)) {
      if (!platform || !r.person || !told.insert(r.person).second) continue;
      const auto to = reader(house, tx, r.person, *platform);
      if (!to) continue;
      post(house, tx, *to, *platform,
           {.to = {},
            .kind = "consultations.answer",
            .subject = {"consultations.mail-answer-subject", {{"title", c.title}}},
            .paragraphs = {
                hello(to->person),
                {"consultations.mail-answer", {{"operator", operator_of(*platform, to->t)}, {"title", c.title}}},
                {"consultations.mail-you-wrote", {{"words", beginning(r)}}},
                {"consultations.mail-answer-words", {{"words", answer->words}}},
                said(answer->outcome),
                {"consultations.mail-your-response", {{"link", link(house, *platform, c, r)}}}}});
    }
    return jobs::finish(tx, job);
  }));
}

/// What became of each response of a person, in as many paragraphs.
void tell_what_became(House& house, ReadTx& tx, const governance::Platform& platform, const Consultation& c, Id person,
                      std::vector<Message>& paragraphs) {
  const auto responses = store::said_by(tx, person, c.id, responses_in_a_mail);
  const auto answers = store::answers_to(tx, responses);
  for (std::size_t i = 0; i < responses.size(); ++i) {
    paragraphs.push_back({"consultations.mail-you-wrote", {{"words", beginning(responses[i])}}});
    for (const Answer& a : answers[i]) paragraphs.push_back(said(a.outcome));
    if (answers[i].empty()) paragraphs.push_back({"consultations.mail-not-answered"});
    paragraphs.push_back({"consultations.mail-your-response", {{"link", link(house, platform, c, responses[i])}}});
  }
}

/// consultations.tell-report {consultation, after}: to a page of those who took part; the next page is a job of its
/// own, enqueued with the mails of this one.
jobs::Outcome tell_report(House& house, const Job& job) {
  return finished(house.database.write([&](WriteTx& tx) -> Done {
    const auto c = store::by_id(tx, id_in(job, "consultation"));
    const auto platform = c ? house.platforms.list()->by_id(c->platform) : nullptr;
    if (!platform) return jobs::finish(tx, job);
    const auto people = store::respondents(tx, c->id, id_in(job, "after"), people_at_once);
    for (const Id person : people) {
      const auto to = reader(house, tx, person, *platform);
      if (!to) continue;
      std::vector<Message> paragraphs{
          hello(to->person),
          {"consultations.mail-report", {{"operator", operator_of(*platform, to->t)}, {"title", c->title}}},
          {"consultations.mail-report-link", {{"link", link(house, *platform, *c, "report")}}}};
      tell_what_became(house, tx, *platform, *c, person, paragraphs);
      post(house, tx, *to, *platform,
           {.to = {},
            .kind = "consultations.report",
            .subject = {"consultations.mail-report-subject", {{"title", c->title}}},
            .paragraphs = std::move(paragraphs)});
    }
    if (std::int64_t(people.size()) == people_at_once)
      house.queue.enqueue(
          tx, "consultations.tell-report",
          boost::json::serialize(boost::json::object{{"consultation", str(c->id)}, {"after", str(people.back())}}),
          house.clock.now());
    return jobs::finish(tx, job);
  }));
}

}  // namespace

void add_jobs(House& house) {
  house.recurring.push_back(
      {"consultations.clock", second_ms,
       [&house, told = std::make_shared<std::set<Id>>()](const jobs::Lease&) { tick(house, *told); }});
  house.job_handlers.push_back(
      {"consultations.send-receipt", [&house](const Job& job) { return send_receipt(house, job); }});
  house.job_handlers.push_back(
      {"consultations.tell-answer", [&house](const Job& job) { return tell_answer(house, job); }});
  house.job_handlers.push_back(
      {"consultations.tell-report", [&house](const Job& job) { return tell_report(house, job); }});
}

}  // namespace polder::consultations
