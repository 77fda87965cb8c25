// What follows a decision: its author is told. And what time does: settled reports go when the charter says so.
#include "dialogue/pages.h"
#include "kernel/metrics/log.h"
#include "people/letters.h"
#include "record/store.h"

namespace polder::dialogue {
namespace {

using people::House;

constexpr std::int64_t at_once = 200;

Id decision_in(const jobs::Job& job) {
  const auto payload = boost::json::parse(job.payload);
  const auto* id = payload.as_object().if_contains("decision");
  return id == nullptr ? Id{} : parse_id(std::string_view(id->as_string())).value_or(Id{});
}

/// The statement of reasons (Regulation (EU) 2022/2065, article 17.3): what, why, that no machine decided, how to
/// object.
people::Letter letter(const Moderation& moderation, const governance::Platform& platform, const people::Person& to,
                      const Decision& d, const i18n::Voice& t, const std::string& link) {
  const std::string name = platform.name(t.language());
  const bool hidden = d.what == What::hidden;
  people::Letter out{.to = to.email, .kind = "moderation.decision", .subject = {}, .paragraphs = {}, .from = name};
  out.subject = hidden ? Message{"dialogue.mail-hidden-subject", {{"platform", name}}}
                       : Message{"dialogue.mail-restored-subject", {{"platform", name}}};
  out.paragraphs.push_back(
      hidden ? Message{"dialogue.mail-hidden", {{"platform", name}, {"what", kind_words(moderation, t, d.kind)}}}
             : Message{"dialogue.mail-restored", {{"platform", name}, {"what", kind_words(moderation, t, d.kind)}}});
  out.paragraphs.push_back({"dialogue.mail-link", {{"link", link}}});
  if (d.reason) out.paragraphs.push_back({"dialogue.mail-reason", {{"reason", t(reason_name(*d.reason))}}});
  out.paragraphs.push_back({"dialogue.mail-statement", {{"words", d.statement}}});
  if (!hidden) return out;
  const auto& oversight = platform.charter.oversight;
  out.paragraphs.push_back({"dialogue.by-a-person"});
  out.paragraphs.push_back(
      {"dialogue.mail-object",
       {{"body", std::string(oversight.body.in(code(t.language())).text)}, {"contact", oversight.contact}}});
  return out;
}

/// Written in the transaction that ends the job: told once. Whoever was erased, or took it back since, is not told.
Done tell_author(const Moderation& moderation, WriteTx& tx, const jobs::Job& job) {
  House& house = moderation.house;
  const auto d = store::decision(tx, decision_in(job));
  const auto platform = d ? house.platforms.list()->by_id(d->platform) : nullptr;
  const auto person = d && d->author ? people::find_person(tx, d->author) : std::nullopt;
  const auto c = platform ? moderation.find(tx, platform->id, d->kind, d->contribution) : std::nullopt;
  if (person && c) {
    const bool spoken = std::ranges::find(platform->languages, person->language) != platform->languages.end();
    const auto t = house.voice(spoken ? person->language : platform->languages.front(), platform->zone);
    const auto link = people::address_of(house, *platform, c->path);
    if (!people::send(house, tx, t, letter(moderation, *platform, *person, *d, t, link)))
      log::warn("moderation.mail-refused", {{"decision", d->id}});
  }
  return jobs::finish(tx, job);
}

/// Settled reports older than the charter keeps them: the row, and what the record keeps of its act besides the leaf.
void forget_settled(House& house, const jobs::Lease& lease) {
  for (const auto& platform : house.platforms.list()->all) {
    const Time before = house.clock.now() - platform->charter.retention.reports_days * day_ms;
    bool more = true;
    while (more) {
      const auto done = house.database.write([&](WriteTx& tx) -> Result<bool> {
        CHECK_DONE(lease.hold(tx));
        const auto old = store::settled(tx, platform->id, before, at_once);
        for (const auto& report : old) {
          record::store::erase_act(tx, report.act);
          store::delete_report(tx, report.id);
        }
        return std::int64_t(old.size()) == at_once;
      });
      if (!done) return;  // the lease is another node's now
      more = *done;
    }
  }
}

}  // namespace

void add_jobs(Moderation& moderation) {
  House& house = moderation.house;
  house.job_handlers.push_back({"moderation.tell-author", [&moderation](const jobs::Job& job) {
                                  const auto done = moderation.house.database.write(
                                      [&](WriteTx& tx) { return tell_author(moderation, tx, job); });
                                  return done ? jobs::Outcome{} : jobs::Outcome::retry("another runner has the job");
                                }});
  house.recurring.push_back(
      {"moderation.forget-settled", hour_ms, [&house](const jobs::Lease& lease) { forget_settled(house, lease); }});
}

}  // namespace polder::dialogue
