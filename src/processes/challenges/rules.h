// Pure decisions: what holds whatever a charter says.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"
#include "kernel/i18n/format.h"
#include "processes/challenges/model.h"

namespace polder::challenges {

/// The phase at a moment. The deadline is the server's clock, not the clock's job: what was sent a second late is late.
Phase phase_at(const Challenge& c, Time now);

/// The statement's moments on the platform's clock.
struct Timeline {
  Time opens, closes;
  std::optional<Time> questions_until, merge_until;
};
Timeline timeline(const Statement& s, const i18n::Zone& zone);

/// Does the statement hold together? Every fault beside its field (`prefix` before each path: "statement.").
Done check_statement(const Statement& s, const i18n::Zone& zone, std::string_view prefix);
/// Before it is published it must also lie in time: it opens at the earliest now, and gives at least `minimum_days`.
Done check_publishable(const Statement& s, Time now, std::int64_t minimum_days, const i18n::Zone& zone);
/// An amendment keeps what was promised: each prize under its name, none smaller, in the same currency; no deadline
/// earlier; who could enter still can; once entries may come in, their form and how they are judged stay.
Done check_amendment(const Statement& before, const Statement& after, Phase phase, const i18n::Zone& zone);

/// The names of the fields that differ, in the order of the statement.
std::vector<std::string> changes(const Statement& before, const Statement& after);

/// An amount in the minor units of the statement's currency; nothing where it has no coin so small.
std::optional<std::int64_t> minor(const Statement& s, Amount amount);
/// The purse in minor units, by what it is for.
std::vector<std::int64_t> amounts(const Statement& s, PrizeFor given_for);
std::int64_t purse(const Statement& s);

/// "NL, BE" as codes; nothing when one of them is no country (ISO 3166-1 alpha-2, as ICU knows them).
std::optional<std::vector<std::string>> countries(std::string_view text);

/// May this team enter? Every rule it breaks, as a field of `challenges.join`.
struct Entering {
  Entrant entrant{};
  std::string country;
  bool of_age = false;                          ///< says to be at least as old as the statement asks
  bool staff = false;                           ///< belongs to the seeker's or the operator's organisation
  std::vector<std::string> organisations = {};  ///< those they name and those they are in
  bool none_excluded = false;                   ///< says that no exclusion is true of them
};
/// "The makers of the sensors we use (Nitro Ltd)".
std::string words_of(const Exclusion& exclusion);
/// The same organisation, however its name is written.
bool same_name(std::string_view a, std::string_view b);
Done check_eligible(const Statement& s, const Entering& who);

/// What someone may see of an entry. Decided here and nowhere else; every page, API, file, export and mail asks.
enum class Sight {
  nothing,  ///< not even that it is there
  exists,   ///< its number and that it is there
  names,    ///< and the team with its organisation: to declare a conflict
  blind,    ///< the fields judges see, masked, without the team
  content,  ///< everything but the team: for the seeker, until the award
  all
};
struct Eyes {
  bool team = false;      ///< in the entry's team
  bool screens = false;   ///< may do challenges.screen
  bool reads = false;     ///< assigned to this entry as a judge, and every declaration made
  bool panel = false;     ///< on the panel of this challenge
  bool assigns = false;   ///< may seat judges and give them entries: by number only
  bool conflict = false;  ///< with this entry's team: bars everything but its own team's
  bool seeks = false;     ///< may do challenges.award, and it is their challenge
  bool decides = false;   ///< may decide objections
};
Sight sight(Phase now, const Entry& e, const Eyes& eyes);

/// The answers as a judge reads them: only the fields for judges, every masked word replaced by a bar, whether it is
/// written with capitals or without.
std::vector<std::string> blind(const Statement& s, const std::vector<std::string>& answers,
                               const std::vector<std::string>& masks);

/// The largest file of an entry, in bytes.
std::uint64_t file_limit(const Statement& s);

/// SHA-256 in hex over an entry's title, answers and files (name, SHA-256), each with its length before it.
struct FileDigest {
  std::string name, sha256;
};
std::string digest(std::string_view title, const std::vector<std::string>& answers, std::vector<FileDigest> files);

/// When it is asked what became of the solution: so many months of the calendar after the award.
std::optional<Time> follow_up_at(const Challenge& c, const Statement& s);

/// A short path name from a title; "-2", "-3" … is the store's matter.
std::string slug_from(std::string_view title);

}  // namespace polder::challenges
