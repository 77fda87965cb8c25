// What this room holds of a person: their responses. They may have a copy of them, and they may have them gone.
#include "processes/consultations/pages.h"

namespace polder::consultations {
namespace {

boost::json::array parts_of(const Response& r) {
  boost::json::array out;
  for (const Part& part : r.parts) {
    boost::json::object one;
    if (part.question > 0) one["question"] = part.question;
    if (!part.article.empty()) one["article"] = part.article;
    if (!part.quote.empty()) one["quote"] = part.quote;
    one["words"] = part.words;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

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
  boost::json::array responses;
  for (const Response& r : store::responses_of_person(tx, person)) {
    const Consultation c = consultation_of(tx, r.consultation);
    boost::json::object one{{"id", str(r.id)},
                            {"consultation", boost::json::object{{"slug", c.slug}, {"title", c.title}}},
                            {"number", r.number},
                            {"at", iso(r.made_at)},
                            {"name", r.name},
                            {"on-behalf", r.on_behalf},
                            {"language", r.language},
                            {"visibility", fields::word_of(r.visibility)},
                            {"state", fields::word_of(r.state)},
                            {"parts", parts_of(r)}};
    boost::json::array answers;
    for (const Answer& a : store::answers_to(tx, r.id))
      answers.push_back(boost::json::object{
          {"at", iso(a.made_at)}, {"outcome", fields::word_of(a.outcome)}, {"words", a.words}});
    if (!answers.empty()) one["answers"] = std::move(answers);
    responses.push_back(std::move(one));
  }
  return boost::json::object{{"responses", std::move(responses)}};
}

}  // namespace polder::consultations
