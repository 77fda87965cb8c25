// Responses as contributions: what moderators may read and hide. What is for the officials only is not theirs to read,
// and stays what it is.
#include "dialogue/moderation.h"

#include "processes/consultations/acts/acts.h"
#include "processes/consultations/consultations.h"

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

void set_hidden(Doing& doing, Id id, bool hidden) {
  if (const auto r = store::response(doing.tx, id)) put_state(doing, *r, hidden ? State::hidden : State::there);
}

}  // namespace

void add_contributions(dialogue::Moderation& moderation) {
  moderation.add(
      {.name = "response", .words = "consultations.a-response", .find = contribution, .set_hidden = set_hidden});
}

}  // namespace polder::consultations
