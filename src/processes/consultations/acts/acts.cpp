#include "processes/consultations/acts/acts.h"

#include <stdexcept>

namespace polder::consultations {

Result<Subject> subject_of(House& house, storage::ReadTx& tx, Id platform, Id consultation) {
  const auto c = store::by_id(tx, consultation);
  if (!c || c->platform != platform) return refuse(Why::not_found, {"consultations.not-found"});
  const Phase phase = phase_at(*c, house.clock.now());
  return Subject{"consultations/" + c->slug, fields::word_of(phase), phase == Phase::draft};
}

Consultation consultation_of(storage::ReadTx& tx, Id id) {
  auto c = store::by_id(tx, id);
  if (!c) throw std::logic_error("an act on a consultation that its subject was found for");
  return *std::move(c);
}

void follow(House& house, Doing& doing, std::string_view job, std::string_view what, Id id) {
  if (house.settings.quiet) return;
  house.queue.enqueue(doing.tx, job, boost::json::serialize(boost::json::object{{what, str(id)}}), doing.now);
}

std::string page_subject(Id consultation) { return "consultation:" + str(consultation); }
std::string list_subject(Id platform) { return "consultations:" + str(platform); }

}  // namespace polder::consultations
