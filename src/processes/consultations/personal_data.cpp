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
  std::map<Id, boost::json::object> about;  // the consultations, each read once
  for (Id before{};;) {
    const auto page = store::responses_of_person(tx, person, before, store::answers_to_at_once);
    const auto answers = store::answers_to(tx, page);
    for (std::size_t i = 0; i < page.size(); ++i) {
      auto& consultation = about[page[i].consultation];
      if (consultation.empty()) {
        const Consultation c = consultation_of(tx, page[i].consultation);
        consultation = {{"slug", c.slug}, {"title", c.title}};
      }
      auto one = to_json(page[i], Sight::all, answers[i]);
      one["consultation"] = consultation;
      out.push_back(std::move(one));
    }
    if (std::int64_t(page.size()) < store::answers_to_at_once) return out;
    before = page.back().id;
  }
}

}  // namespace polder::consultations
