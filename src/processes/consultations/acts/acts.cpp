#include "processes/consultations/acts/acts.h"

#include <stdexcept>

#include "record/store.h"

namespace polder::consultations {

Result<Consultation> consultation_here(storage::ReadTx& tx, Id platform, Id id) {
  auto c = store::by_id(tx, id);
  if (!c || c->platform != platform) return refuse(Why::not_found, {"consultations.not-found"});
  return *std::move(c);
}

Consultation consultation_of(storage::ReadTx& tx, Id id) {
  auto c = store::by_id(tx, id);
  if (!c) throw std::logic_error("what follows an act on a consultation that was found for it");
  return *std::move(c);
}

Subject subject_of(const Consultation& c, Time now) {
  const Phase phase = phase_at(c, now);
  const bool draft = phase == Phase::draft;
  return {"consultations/" + (draft ? str(c.id) : c.slug), fields::word_of(phase), draft};
}

void put_state(Doing& doing, const Response& r, State state) {
  store::set_state(doing.tx, r, state);
  record::store::set_visibility(doing.tx, r.act, in_the_record(r.visibility, state));
  doing.renew(page_subject(r.consultation));
}

record::Visibility in_the_record(Shown shown, State state) {
  if (state != State::there) return record::Visibility::hidden;
  switch (shown) {
    case Shown::public_name:
      return record::Visibility::open;
    case Shown::public_anonymous:
      return record::Visibility::nameless;
    case Shown::officials:
      return record::Visibility::parties;
  }
  return record::Visibility::hidden;
}

void follow(House& house, Doing& doing, std::string_view job, std::string_view what, Id id) {
  if (house.settings.quiet) return;
  house.queue.enqueue(doing.tx, job, boost::json::serialize(boost::json::object{{what, str(id)}}), doing.now);
}

std::string page_subject(Id consultation) { return "consultation:" + str(consultation); }
std::string list_subject(Id platform) { return "consultations:" + str(platform); }

}  // namespace polder::consultations
