// Words for the tests of this room: the house's, and those of two processes as a process would name them.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "governance/vocabulary.h"

namespace polder::governance {

inline Vocabulary test_words() {
  using Kind = SettingWord::Kind;
  Vocabulary words = house_words();
  words.processes = {
      {.name = "consultations",
       .phases = {{"draft", "consultations.phase.draft", "consultations.during.draft"},
                  {"announced", "consultations.phase.announced", "consultations.during.announced"},
                  {"open", "consultations.phase.open", "consultations.during.open"},
                  {"closed", "consultations.phase.closed", "consultations.during.closed"},
                  {"answered", "consultations.phase.answered", "consultations.during.answered"}},
       .settings = {{.name = "minimum_weeks", .kind = Kind::whole_number, .from = 1, .to = 52, .otherwise = 4},
                    {.name = "answer_within_weeks", .kind = Kind::whole_number, .from = 1, .to = 104, .otherwise = 12},
                    {.name = "visibilities",
                     .kind = Kind::list,
                     .choices = {"public-name", "public-anonymous", "officials"},
                     .otherwise = std::vector<std::string>{"public-name"}},
                    {.name = "sort", .kind = Kind::word, .choices = {"newest", "oldest"}, .otherwise = "newest"},
                    {.name = "attachments", .kind = Kind::yes_no, .otherwise = false},
                    {.name = "greeting", .kind = Kind::text, .to = 20, .otherwise = "Welcome"}}},
      {.name = "challenges", .phases = {{"open", "challenges.phase.open", "challenges.during.open"}}, .settings = {}}};
  auto add = [&](std::string name, std::string process, std::vector<std::string> phases, bool by_clock = false) {
    words.acts.push_back({name, process, std::move(phases), name + ".words", by_clock});
  };
  add("consultations.draft", "consultations", {});
  add("consultations.revise", "consultations", {"draft", "announced"});
  add("consultations.publish", "consultations", {"draft"});
  add("consultations.open", "consultations", {"announced"}, true);
  add("consultations.respond", "consultations", {"open"});
  add("consultations.withdraw-response", "consultations", {"open", "closed"});
  add("consultations.close", "consultations", {"open"}, true);
  add("consultations.answer", "consultations", {"closed"});
  add("consultations.report", "consultations", {"closed", "answered"});
  add("challenges.submit", "challenges", {"open"});
  add("moderation.report", "", {});
  add("moderation.leave", "", {});
  add("moderation.hide", "", {});
  add("moderation.restore", "", {});
  return words;
}

inline std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

}  // namespace polder::governance
