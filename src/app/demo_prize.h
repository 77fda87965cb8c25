// The demonstration's closed platform: a company's prizes, with a finished challenge that retells a documented story,
// an open one and one in judging. What is said in them is in demo_prize_*.cpp; demo_prize.cpp makes acts of it.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo.h"
#include "kernel/i18n/language.h"

namespace polder::app::demo {

/// "2026-11-22T17:00", so many days from today.
using Wall = std::function<std::string(int day, int hour)>;

/// Who solves, alone at first: the others of a team are invited.
struct Solver {
  std::string_view name, team, organisation, entrant, country;
  std::vector<std::string_view> others = {};
};

/// What an entry says: a title, and an answer to each question of the statement.
struct Words {
  std::string_view title;
  std::vector<std::string_view> answers;
};

struct Seat {
  std::string_view name, email, organisation, expertise;
  int most = 16, harsh = 0;  ///< harsh: marks lower (or, below zero, higher) than others, in tenths
};

/// What judges write under their marks, by how good an entry is.
struct Remarks {
  std::vector<std::string_view> good, middling, weak, to_panel;
};

struct Interest {
  std::string_view judge, team, reason;
};

struct Question {
  std::string_view team, words, answer;  ///< the answer may be still to come
};

// ---- ALS: finished, in English. Dates, sums and the award are documented; everybody who takes part is invented ----

/// How far one team came. An empty `title` of a stage: nothing new was sent in.
struct AlsTeam {
  Solver who;
  Words idea, data, proof;                   ///< 2007, 2008, 2010
  int idea_worth, data_worth, proof_worth;   ///< of a hundred; 0: not there
  std::string_view thought_prize, progress;  ///< why it was given one
  bool leaves = false;                       ///< took its entry back after the first stage
};
boost::json::object als_statement();
const std::vector<AlsTeam>& als_teams();
const std::vector<Seat>& als_panel();
const Remarks& als_remarks();
const std::vector<Question>& als_questions();
/// What the screener found, criterion by criterion, in a stage (1 to 3), and whether it is met.
struct Found {
  bool met;
  std::string_view evidence;
};
std::vector<Found> als_found(std::string_view team, int stage);
struct AlsSays {
  std::string_view reopened_first, reopened_second, winner_check, first_milestone, second_milestone, first_accepted,
      second_accepted, follow_up, payee;
};
const AlsSays& als_says();

// ---- leaks in water mains: open, in Dutch ----

struct LeakTeam {
  Solver who;
  Words words;
  bool sealed;
};
boost::json::object leak_statement(const Wall& wall);
/// The same after the amendment.
boost::json::object leak_amended(const Wall& wall);
std::string_view leak_why();
const std::vector<LeakTeam>& leak_teams();
const std::vector<Question>& leak_questions();

// ---- cool classrooms: in judging, in German ----

struct HeatEntry {
  Solver who;
  std::string_view title, idea, effect, cost;
  int worth;
  std::string_view mask = {};  ///< words in it that name its team
};
boost::json::object heat_statement(const Wall& wall);
const std::vector<HeatEntry>& heat_entries();
const std::vector<Seat>& heat_panel();
const std::vector<Interest>& heat_interests();
const std::vector<Question>& heat_questions();
const Remarks& heat_remarks();
std::vector<Found> heat_found(const HeatEntry& entry);

}  // namespace polder::app::demo
