// How this room moves in.
#include "processes/consultations/acts/acts.h"
#include "processes/consultations/consultations.h"
#include "processes/consultations/pages.h"

namespace polder::consultations {

void add_words(governance::Vocabulary& words) {
  using governance::SettingWord;
  // messages: consultations.setting-visibilities.*
  words.processes.push_back(
      {.name = "consultations",
       .phases = {{"draft", "consultations.phase-draft", "consultations.during-draft"},
                  {"announced", "consultations.phase-announced", "consultations.during-announced"},
                  {"open", "consultations.phase-open", "consultations.during-open"},
                  {"closed", "consultations.phase-closed", "consultations.during-closed"},
                  {"answered", "consultations.phase-answered", "consultations.during-answered"}},
       .settings = {{.name = "minimum_weeks",
                     .kind = SettingWord::Kind::whole_number,
                     .from = 1,
                     .to = 52,
                     .choices = {},
                     .otherwise = std::int64_t{4},
                     .words = "consultations.setting-minimum-weeks"},
                    {.name = "answer_within_weeks",
                     .kind = SettingWord::Kind::whole_number,
                     .from = 1,
                     .to = 104,
                     .choices = {},
                     .otherwise = std::int64_t{12},
                     .words = "consultations.setting-answer-within-weeks"},
                    {.name = "visibilities",
                     .kind = SettingWord::Kind::list,
                     .choices = {"public-name", "public-anonymous", "officials"},
                     .otherwise = std::vector<std::string>{"public-name", "public-anonymous", "officials"},
                     .words = "consultations.setting-visibilities"}}});
  const auto act = [&](const std::string& name, std::vector<std::string> phases, std::string sentence,
                       bool by_clock = false) {
    words.acts.push_back({"consultations." + name, "consultations", std::move(phases), std::move(sentence), by_clock});
  };
  act("draft", {}, "consultations.may-draft");
  act("revise", {"draft", "announced"}, "consultations.may-revise");
  act("publish", {"draft"}, "consultations.may-publish");
  act("open", {"announced"}, "consultations.may-open", true);
  act("respond", {"open"}, "consultations.may-respond");
  act("withdraw-response", {"open", "closed"}, "consultations.may-withdraw");
  act("close", {"open"}, "consultations.may-close", true);
  act("answer", {"closed", "answered"}, "consultations.may-answer");
  act("report", {"closed", "answered"}, "consultations.may-report");
}

void install(people::House& house) {
  add_draft(house);
  add_publish(house);
  add_clock(house);
  add_respond(house);
  add_withdraw(house);
  add_answer(house);
  add_report(house);
  add_desk(house);  // before the pages: "consultations/new" is no consultation's name
  add_pages(house);
  add_api(house);
  add_exports(house);
  add_jobs(house);
  house.destinations.push_back({"consultations", "consultations.consultations", "consultations"});
  house.personal_data.push_back({"consultations", erase_of_person, copy_of_person, {"responses", "response_parts"}});
}

}  // namespace polder::consultations
