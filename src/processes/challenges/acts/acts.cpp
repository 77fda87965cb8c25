#include "processes/challenges/acts/acts.h"

#include <stdexcept>

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
