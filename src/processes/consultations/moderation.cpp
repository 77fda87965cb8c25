// Responses as contributions: what moderators may read and hide. What is for the officials only is not theirs to read,
// and stays what it is.
#include "dialogue/moderation.h"

#include "processes/consultations/acts/acts.h"
#include "processes/consultations/consultations.h"
#include "record/store.h"

namespace polder::consultations {
namespace {

std::optional<dialogue::Contribution> contribution(storage::ReadTx& tx, Id id) {
  const auto r = store::response(tx, id);
  if (!r || r->state == State::withdrawn || r->visibility == Shown::officials) return std::nullopt;
  const Consultation c = consultation_of(tx, r->consultation);
  std::string words;
  for (const Part& part : r->parts) {
    if (!words.empty()) words += "\n\n";
    words += part.words;
  }
  const std::string subject = "consultations/" + c.slug;
  return dialogue::Contribution{.id = r->id,
                                .kind = "response",
                                .platform = c.platform,
                                .subject = subject,
                                .words = std::move(words),
                                .author = r->person,
                                .path = subject + "/responses/" + str(r->id),
                                .hidden = r->state == State::hidden};
}

/// The act said the same words: the record shows them to nobody else as long as the page does not.
void set_hidden(Doing& doing, Id id, bool hidden) {
  const auto r = store::response(doing.tx, id);
  if (!r) return;
  store::set_state(doing.tx, *r, hidden ? State::hidden : State::there);
  const auto shown = r->visibility == Shown::public_name ? record::Visibility::open : record::Visibility::nameless;
  record::store::set_visibility(doing.tx, r->act, hidden ? record::Visibility::hidden : shown);
  doing.renew(page_subject(r->consultation));
}

}  // namespace

void add_contributions(dialogue::Moderation& moderation) {
  moderation.add(
      {.name = "response", .words = "consultations.a-response", .find = contribution, .set_hidden = set_hidden});
}

}  // namespace polder::consultations
