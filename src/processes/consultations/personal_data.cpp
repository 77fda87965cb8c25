// What this room holds of a person: their responses. They may have a copy of them, and they may have them gone.
#include "processes/consultations/json.h"
#include "processes/consultations/pages.h"

namespace polder::consultations {

/// The words of the act in the record, and mails, are deleted by the rooms that hold them. Answers stay: they are the
/// operator's words. So do the numbers: that somebody responded is no longer about anybody.
void erase_of_person(Doing& doing, Id person) {
  for (const auto& [platform, consultation] : store::consultations_of_person(doing.tx, person)) {
    doing.renew(page_subject(consultation));
    doing.renew(list_subject(platform));
  }
  store::erase_of_person(doing.tx, person);
}

boost::json::value copy_of_person(storage::ReadTx& tx, Id person) {
  boost::json::array out;
  for (const Response& r : store::responses_of_person(tx, person)) {
    const Consultation c = consultation_of(tx, r.consultation);
    auto one = to_json(r, Sight::all, store::answers_to(tx, r.id));
    one["consultation"] = boost::json::object{{"slug", c.slug}, {"title", c.title}};
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace polder::consultations
