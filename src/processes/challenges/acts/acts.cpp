#include "processes/challenges/acts/acts.h"

#include <stdexcept>

#include "kernel/files/name.h"
#include "people/kept_files.h"
#include "processes/challenges/store_judging.h"
#include "processes/challenges/store_result.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

Result<Subject> subject_of(House& house, storage::ReadTx& tx, Id platform, Id challenge) {
  const auto c = store::by_id(tx, challenge);
  if (!c || c->platform != platform) return refuse(Why::not_found, {"challenges.not-found"});
  const Phase phase = phase_at(*c, house.clock.now());
  const bool secret = phase < Phase::announced;
  return Subject{"challenges/" + (secret ? str(c->id) : c->slug), fields::word_of(phase), secret};
}

Challenge challenge_of(storage::ReadTx& tx, Id id) {
  auto c = store::by_id(tx, id);
  if (!c) throw std::logic_error("an act on a challenge that its subject was found for");
  return *std::move(c);
}

Statement statement_of(storage::ReadTx& tx, const Challenge& c) {
  auto v = store::version(tx, c.id, c.version);
  if (!v) throw std::logic_error("a challenge without its statement");
  return std::move(v->statement);
}

Addressee::Addressee(House& house, storage::ReadTx& tx, Id platform, const std::string& email)
    : platforms_(house.platforms.list()),
      platform_(*platforms_->by_id(platform)),
      person_(people::find_person_by_email(tx, email)),
      roles_(governance::roles_of(platform_.charter, true, governance::roles_of_address(tx, platform, email))) {}

bool Addressee::may(std::string_view act, Phase phase) const {
  return person_ && governance::may(platform_.charter, roles_, act, fields::word_of(phase)).allowed;
}

Result<Claimed> claim(House& house, storage::ReadTx& tx, const std::string& ticket, std::int64_t megabytes) {
  auto redeemed = house.files.redeem(ticket);
  if (!redeemed) return refuse_field("ticket", redeemed.error().message);
  const auto& [stored, label] = *redeemed;
  if (stored.size > std::uint64_t(megabytes) << 20)
    return refuse_field("ticket", {"web.file-too-large", {{"name", label}, {"most", double(megabytes)}}});
  const auto* kind = files::kind_of(files::extension(label));
  if (kind == nullptr) return refuse_field("ticket", {"challenges.no-such-file"});
  if (people::is_named(house, tx, stored.id)) return refuse_field("ticket", {"challenges.attached-already"});
  return Claimed{.name = label,
                 .type = std::string(kind->mime),
                 .sha256 = hex(crypto::view(stored.sha256)),
                 .path = stored.id,
                 .size = std::int64_t(stored.size)};
}

bool is_its_seekers(std::string_view act) {
  static constexpr std::array<std::string_view, 8> acts{"challenges.add-attachment",  "challenges.remove-attachment",
                                                        "challenges.revise",          "challenges.submit",
                                                        "challenges.answer-question", "challenges.award",
                                                        "challenges.give-partial",    "challenges.follow-up"};
  return std::ranges::find(acts, act) != acts.end();
}

bool is_theirs(House& house, const record::Actor& actor, const Challenge& c) {
  if (!actor.is_person() || actor.person == c.sought_by) return true;
  const auto platform = house.platforms.list()->by_id(c.platform);
  return house.platforms.decide(*platform, actor, "challenges.publish", fields::word_of(Phase::review)).allowed;
}

Done if_theirs(House& house, const Doing& doing, const Challenge& c) {
  return is_theirs(house, doing.actor, c) ? Done{} : refuse(Why::not_found, {"challenges.not-found"});
}

Done impartial(const Doing& doing, const Challenge& c, Id team) {
  if (!doing.actor.is_person()) return {};
  if (store::judge(doing.tx, c.id, doing.actor.person))
    return refuse(Why::forbidden, {"challenges.judges-do-not-decide"});
  const auto me = store::member(doing.tx, c.id, doing.actor.person);
  if (me && me->team == team) return refuse(Why::forbidden, {"challenges.not-your-own"});
  return {};
}

Done no_winner(const Doing& doing, const Challenge& c) {
  const auto me = doing.actor.is_person() ? store::member(doing.tx, c.id, doing.actor.person) : std::nullopt;
  if (!me) return {};
  const auto mine = store::entries_of_team(doing.tx, me->team);
  const auto is_mine = [&](Id entry) { return std::ranges::find(mine, entry, &Entry::id) != mine.end(); };
  for (const Entry& e : mine)
    if (const auto place = store::standing(doing.tx, e.id); place && place->amount > 0)
      return refuse(Why::forbidden, {"challenges.not-your-own"});
  for (const Award& a : store::awards(doing.tx, c.id))
    if (is_mine(a.entry)) return refuse(Why::forbidden, {"challenges.not-your-own"});
  return {};
}

Result<Entry> own_draft(const Doing& doing, const Challenge& c, Id id) {
  const auto me = store::member(doing.tx, c.id, doing.actor.person);
  const auto e = store::entry(doing.tx, id);
  if (!me || !e || e->challenge != c.id || e->team != me->team)
    return refuse(Why::not_found, {"challenges.no-such-entry"});
  if (e->state == EntryState::withdrawn) return refuse(Why::conflict, {"challenges.is-withdrawn"});
  if (e->state == EntryState::disqualified) return refuse(Why::conflict, {"challenges.is-disqualified"});
  return *e;
}

Done in_time(House& house, const Challenge& c) {
  const Time now = house.clock.now();
  if (c.published_at && c.phase < Phase::cancelled && now >= c.closes_at)
    return refuse(Why::conflict,
                  {"challenges.too-late", {{"closed", Moment{c.closes_at.ms}}, {"now", iso(now).substr(11, 8)}}});
  return {};
}

void follow(House& house, Doing& doing, std::string_view job, std::string_view what, Id id) {
  if (house.settings.quiet) return;
  house.queue.enqueue(doing.tx, job, boost::json::serialize(boost::json::object{{what, str(id)}}), doing.now);
}

std::string page_subject(Id challenge) { return "challenge:" + str(challenge); }
std::string list_subject(Id platform) { return "challenges:" + str(platform); }

void renew(Doing& doing, const Challenge& c) {
  doing.renew(page_subject(c.id));
  doing.renew(list_subject(c.platform));
}

}  // namespace polder::challenges
