#include "dialogue/pages.h"

namespace polder::dialogue {

Message reason_name(Reason reason) {
  switch (reason) {
    case Reason::threat:
      return {"dialogue.reason-threat"};
    case Reason::personal_data:
      return {"dialogue.reason-personal-data"};
    case Reason::advertising:
      return {"dialogue.reason-advertising"};
    case Reason::off_topic:
      return {"dialogue.reason-off-topic"};
    case Reason::other:
      return {"dialogue.reason-other"};
  }
  return {};
}

std::vector<std::pair<std::string, std::string>> reason_choices(const i18n::Voice& t) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Reason reason :
       {Reason::threat, Reason::personal_data, Reason::advertising, Reason::off_topic, Reason::other})
    out.emplace_back(fields::word_of(reason), t(reason_name(reason)));
  return out;
}

std::string kind_words(const Moderation& moderation, const i18n::Voice& t, std::string_view kind) {
  const auto* known = moderation.kind(kind);
  return known == nullptr ? std::string(kind) : t(known->words);
}

Url case_at(const Visit& visit, std::string_view kind, Id contribution, std::string_view more) {
  std::string path = "moderation/" + std::string(kind) + '/' + str(contribution);
  if (!more.empty()) path += '/' + std::string(more);
  return visit.at(path);
}

bool may_decide(const Visit& visit) {
  return std::ranges::any_of(deciding_acts, [&](std::string_view act) { return visit.may(act).allowed; });
}

std::optional<Contribution> addressed(const Moderation& moderation, const Visit& visit, storage::ReadTx& tx) {
  const auto id = parse_id(visit.params["contribution"]);
  if (!visit.platform || !id) return std::nullopt;
  return moderation.find(tx, visit.platform->id, visit.params["kind"], *id);
}

}  // namespace polder::dialogue
