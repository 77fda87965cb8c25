// The report on a challenge, for everybody from the award on: what came in, who judged and how far they lay apart, what
// was given, and what became of it. As values, which the page and the data say in the same words and numbers.
#pragma once

#include <array>
#include <boost/json.hpp>
#include <set>

#include "processes/challenges/pages.h"
#include "processes/challenges/store_report.h"
#include "processes/challenges/store_result.h"

namespace polder::challenges {

/// What a charter may keep back, in the order of the report (the words of its setting facts_after_award).
enum class Fact { entries, teams, countries, panel, rubric, spread, conflicts };
BOOST_DESCRIBE_ENUM(Fact, entries, teams, countries, panel, rubric, spread, conflicts)
inline constexpr std::array all_facts{Fact::entries, Fact::teams,  Fact::countries, Fact::panel,
                                      Fact::rubric,  Fact::spread, Fact::conflicts};

/// From the least to the greatest of some numbers, and their mean.
struct Range {
  double least = 0, mean = 0, greatest = 0;
};

/// Nobody is named in it but the panel and the teams that won; a fact that the charter keeps back is not there.
struct Report {
  struct Entries {
    std::int64_t sent = 0, admissible = 0, inadmissible = 0, disqualified = 0;
  };
  struct Panelist {
    std::string name, organisation;  ///< of who was erased nothing
  };
  struct OfCriterion {
    std::size_t criterion = 0;  ///< of the rubric, from 0
    std::int64_t marks = 0;     ///< how many were given
    Range range;                ///< of the marks themselves
  };
  struct OfEntry {
    std::int64_t place = 0, number = 0, judges = 0;
    Range range;  ///< of what each judge gave in all, in per cent of what is possible
  };
  struct Spread {
    std::vector<OfCriterion> criteria;  ///< only where the rubric is shown too
    std::vector<OfEntry> entries;       ///< the first by place
    std::int64_t ranked = 0;            ///< how many there are
  };
  struct Conflicts {
    std::int64_t declared = 0, derived = 0, reported = 0;
    /// By the judge's organisation, only where the panel is shown too; "" is none, or no longer on the panel.
    std::vector<std::pair<std::string, std::int64_t>> by_organisation;
  };
  struct Given {
    std::string prize, reason, team;  ///< team: only where the charter shows teams
    std::int64_t entry = 0, amount = 0;
  };

  std::vector<Fact> kept_back;
  std::optional<Entries> entries;
  std::optional<std::int64_t> teams;
  std::optional<std::vector<store::FromCountry>> countries;
  std::optional<std::vector<Panelist>> panel;
  bool rubric = false;
  std::optional<Spread> spread;
  std::optional<Conflicts> conflicts;
  std::vector<Given> given;
  std::int64_t purse = 0, sum = 0;
  std::vector<store::FollowUp> follow_ups;
};

/// How many entries the spread tells one by one.
inline constexpr std::size_t entries_told = 30;

/// In a number of statements that does not grow with the entries.
Report report_of(storage::ReadTx& tx, const Challenge& c, const Statement& s, const std::set<Fact>& shown);

/// The same, and nothing more.
boost::json::object to_json(const Report& r, const Challenge& c, const Statement& s);

/// A challenge with its report, as this visitor may have it: nothing before the award.
struct Reported {
  Whole whole;
  Report report;
};
std::optional<Reported> reported(Visit& visit);

/// exports.cpp: what this visitor may take away of the challenge that the path names: entries.csv, marks.csv, …
std::vector<std::string_view> exports_for(Visit& visit);

}  // namespace polder::challenges
