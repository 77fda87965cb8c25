// How this room moves in.
#include "dialogue/moderation.h"
#include "dialogue/pages.h"
#include "record/store.h"

namespace polder::dialogue {
namespace {

namespace json = boost::json;

/// Their own reports, and what others said about their contributions: in the tables and in the acts. That something was
/// hidden, and the reason from the list, stay in the public log.
void erase_of_person(Doing& doing, Id person) {
  for (const Id platform : store::platforms_of_author(doing.tx, person)) doing.renew(log_subject(platform));
  for (const Id act : store::acts_about_author(doing.tx, person)) record::store::erase_act(doing.tx, act);
  store::erase_person(doing.tx, person);
}

json::value copy_of_person(ReadTx& tx, Id person) {
  json::array reports, decisions;
  for (const Report& r : store::reports_of_person(tx, person))
    reports.push_back(json::object{{"contribution", str(r.contribution)},
                                   {"reason", fields::word_of(r.reason)},
                                   {"words", r.words},
                                   {"made-at", iso(r.made_at)},
                                   {"settled-at", r.settled_at ? json::value(iso(*r.settled_at)) : json::value()}});
  for (const Decision& d : store::decisions_on_author(tx, person))
    decisions.push_back(json::object{{"contribution", str(d.contribution)},
                                     {"what", fields::word_of(d.what)},
                                     {"reason", d.reason ? json::value(fields::word_of(*d.reason)) : json::value()},
                                     {"statement", d.statement},
                                     {"made-at", iso(d.made_at)}});
  return json::object{{"reports", std::move(reports)}, {"decisions", std::move(decisions)}};
}

}  // namespace

void Moderation::add(ContributionKind kind) {
  std::string name = kind.name;
  kinds_.insert_or_assign(std::move(name), std::move(kind));
}

const ContributionKind* Moderation::kind(std::string_view name) const {
  const auto found = kinds_.find(name);
  return found == kinds_.end() ? nullptr : &found->second;
}

std::optional<Contribution> Moderation::find(ReadTx& tx, Id platform, std::string_view name, Id id) const {
  const auto* known = kind(name);
  auto found = known == nullptr ? std::nullopt : known->find(tx, id);
  return found && found->platform == platform ? found : std::nullopt;
}

void add_words(governance::Vocabulary& words) {
  const auto act = [&](std::string name, std::string sentence) {
    words.acts.push_back({.name = "moderation." + name, .words = std::move(sentence)});
  };
  act("report", "dialogue.may-report");
  act("leave", "dialogue.may-leave");
  act("hide", "dialogue.may-hide");
  act("restore", "dialogue.may-restore");
}

void install(Moderation& moderation) {
  add_report(moderation);
  add_leave(moderation);
  add_hide(moderation);
  add_restore(moderation);
  add_log(moderation);
  add_report_page(moderation);
  add_desk(moderation);
  add_jobs(moderation);
  auto& house = moderation.house;
  house.destinations.push_back({.process = {},
                                .words = "dialogue.moderation",
                                .path = "moderation",
                                .acts = {deciding_acts.begin(), deciding_acts.end()}});
  house.footer.push_back({.process = {}, .words = "dialogue.log", .path = "moderation/log"});
  house.personal_data.push_back({"moderation",
                                 erase_of_person,
                                 copy_of_person,
                                 {"moderation_cases", "moderation_reports", "moderation_decisions"}});
}

}  // namespace polder::dialogue
