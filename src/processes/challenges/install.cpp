// How this room moves in.
#include "methods/assignment/assignment.h"
#include "methods/ranking/ranking.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/challenges.h"
#include "processes/challenges/interests.h"
#include "processes/challenges/judging.h"
#include "processes/challenges/pages.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {
namespace {

void add_settings(governance::ProcessWord& process) {
  using governance::SettingWord;
  // messages: challenges.setting-facts-while-open.*, challenges.setting-facts-after-award.*
  const auto facts = [](std::string name, std::vector<std::string> otherwise, std::string words) {
    return SettingWord{.name = std::move(name),
                       .kind = SettingWord::Kind::list,
                       .choices = {"entries", "teams", "countries", "panel", "rubric", "spread", "conflicts"},
                       .otherwise = std::move(otherwise),
                       .words = std::move(words)};
  };
  process.settings = {
      {.name = "minimum_days",
       .kind = SettingWord::Kind::whole_number,
       .from = 1,
       .to = 365,
       .choices = {},
       .otherwise = std::int64_t{14},
       .words = "challenges.setting-minimum-days"},
      facts("facts_while_open", {"rubric"}, "challenges.setting-facts-while-open"),
      facts("facts_after_award", {"entries", "teams", "countries", "panel", "rubric", "spread", "conflicts"},
            "challenges.setting-facts-after-award")};
}

/// What the public register says of them stands in the messages. messages: challenges.algorithm-*
void add_algorithms(governance::Algorithms& algorithms) {
  const auto add = [&](std::string name, std::string_view version, std::string code,
                       std::vector<std::pair<std::string, MessageArg>> parameters = {}) {
    std::string words = "challenges.algorithm-" + name;
    algorithms.add({.name = std::move(name),
                    .version = std::string(version),
                    .process = "challenges",
                    .words = std::move(words),
                    .code = std::move(code),
                    .parameters = std::move(parameters)});
  };
  add("ranking", ranking::version, "src/methods/ranking");
  add("assignment", assignment::version, "src/methods/assignment",
      {{"entry", std::int64_t{fit_of_entry}},
       {"statement", std::int64_t{fit_of_statement}},
       {"most", std::int64_t{assignment::greatest_fit}}});
  add("spread", spread_version, "src/processes/challenges/judging.cpp", {{"far", far_apart / 10}});
  add("matching", matching_version, "src/processes/challenges/interests.cpp");
}

}  // namespace

void add_words(governance::Vocabulary& words) {
  governance::ProcessWord process{
      .name = "challenges",
      .phases = {{"draft", "challenges.phase-draft", "challenges.during-draft"},
                 {"review", "challenges.phase-review", "challenges.during-review"},
                 {"announced", "challenges.phase-announced", "challenges.during-announced"},
                 {"open", "challenges.phase-open", "challenges.during-open"},
                 {"screening", "challenges.phase-screening", "challenges.during-screening"},
                 {"judging", "challenges.phase-judging", "challenges.during-judging"},
                 {"deliberation", "challenges.phase-deliberation", "challenges.during-deliberation"},
                 {"provisional", "challenges.phase-provisional", "challenges.during-provisional"},
                 {"awarded", "challenges.phase-awarded", "challenges.during-awarded"},
                 {"finished", "challenges.phase-finished", "challenges.during-finished"},
                 {"cancelled", "challenges.phase-cancelled", "challenges.during-cancelled"}},
      .settings = {}};
  add_settings(process);
  words.processes.push_back(std::move(process));
  const auto act = [&](std::string name, std::vector<std::string> phases, bool by_clock = false) {
    const std::string sentence = "challenges.may-" + name;
    words.acts.push_back({"challenges." + std::move(name), "challenges", std::move(phases), sentence, by_clock});
  };
  // messages: challenges.may-*
  act("draft", {});
  act("revise", {"draft", "review"});
  act("add-attachment", {"draft", "review", "announced", "open"});
  act("remove-attachment", {"draft", "review"});
  act("submit", {"draft"});
  act("return", {"review"});
  act("publish", {"review"});
  act("amend", {"announced", "open"});
  act("cancel", {"announced", "open", "screening", "judging", "deliberation"});
  act("open", {"announced"}, true);
  act("close", {"open"}, true);
  for (const auto* name :
       {"join", "leave-team", "invite", "withdraw-invitation", "accept-invitation", "decline-invitation", "ask-merge",
        "accept-merge", "ask", "answer-question", "write-entry", "attach", "detach", "acknowledge"})
    act(name, {"announced", "open"});
  act("say-interests", {});
  act("seal", {"open"});
  act("withdraw-entry", {"open"});
  act("name-seeker", {"draft", "review", "announced", "open", "screening", "judging", "deliberation", "provisional",
                      "awarded", "finished"});
  act("announce-result", {"screening", "deliberation", "provisional"});
  for (const auto* name : {"deliberate-again", "reopen"}) act(name, {"provisional"});
  for (const auto* name : {"object", "decide-objection", "check-winner", "award"}) act(name, {"provisional"});
  act("give-partial", {"provisional", "awarded"});
  for (const auto* name : {"plan-payments", "accept-milestone", "pay"})
    act(name, {"open", "screening", "judging", "deliberation", "provisional", "awarded"});
  act("ask-follow-up", {"awarded", "finished"}, true);
  act("follow-up", {"awarded", "finished"});
  act("seat-judge", {"announced", "open", "screening", "judging", "deliberation"});
  act("unseat-judge", {"announced", "open", "screening", "judging", "deliberation"});
  act("declare", {"screening", "judging", "deliberation", "provisional"});
  act("report-conflict", {"screening", "judging", "deliberation", "provisional"});
  act("screen", {"screening", "judging"});
  act("begin-judging", {"screening"});
  act("assign-again", {"judging"});
  act("reassign", {"judging", "deliberation"});
  act("mark", {"judging", "deliberation"});
  act("begin-deliberation", {"judging"});
}

void install(people::House& house) {
  add_algorithms(house.algorithms);
  add_draft(house);
  add_review(house);
  add_amend(house);
  add_attachment(house);
  add_clock(house);
  add_interests(house);
  add_join(house);
  add_team(house);
  add_ask(house);
  add_entry(house);
  add_attach(house);
  add_seeker(house);
  add_result(house);
  add_stage(house);
  add_award(house);
  add_follow_up(house);
  add_panel(house);
  add_conflict(house);
  add_screen(house);
  add_assign(house);
  add_mark(house);
  add_attachment_pages(house);
  add_statement_pages(house);  // before the pages: "challenges/new" is no challenge's name
  add_interests_pages(house);  // and neither is "challenges/interests"
  add_joining_pages(house);
  add_solver_pages(house);
  add_entry_pages(house);
  add_result_pages(house);
  add_item_pages(house);
  add_entry_reading_pages(house);
  add_report_pages(house);
  add_jury_pages(house);
  add_pages(house);
  add_amendment_pages(house);
  add_api(house);
  add_exports(house);
  add_jobs(house);
  add_jury_jobs(house);
  add_interests_jobs(house);
  house.destinations.push_back({"challenges", "challenges.challenges", "challenges"});
  house.knows_file.emplace_back([](storage::ReadTx& tx, std::string_view file) {
    return store::knows_file(tx, file) || store::knows_attachment(tx, file);
  });
  house.personal_data.push_back({"challenges",
                                 [&house](Doing& doing, Id person) { erase_of_person(house, doing, person); },
                                 copy_of_person,
                                 {"challenge_teams", "challenge_members", "challenge_invitations",
                                  "challenge_questions", "challenge_entries", "challenge_files"}});
  house.personal_data.push_back({"interests",
                                 erase_interests,
                                 [&house](storage::ReadTx& tx, Id person) { return copy_interests(house, tx, person); },
                                 {"challenge_interests"}});
  house.personal_data.push_back({"judging",
                                 erase_judging,
                                 copy_judging,
                                 {"challenge_judges", "challenge_marks", "challenge_mark_history",
                                  "challenge_conflicts", "challenge_assignments"}});
}

}  // namespace polder::challenges
