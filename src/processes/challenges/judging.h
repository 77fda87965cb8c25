// What the acts and pages of judging share: who stands how to an entry, what bars a judge, how well a judge fits, how
// far marks lie apart.
#pragma once

#include <map>
#include <set>
#include <span>

#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_marks.h"

namespace polder::challenges {

/// Somebody who looks at a challenge, read once; how they stand to each of its entries follows. The only way to the
/// `Eyes` that `sight` asks for.
class Onlooker {
 public:
  Onlooker(House& house, storage::ReadTx& tx, const record::Actor& actor, const Challenge& c);

  Sight at(const Entry& e) const { return sight(phase_, e, eyes(e)); }
  Eyes eyes(const Entry& e) const;
  bool on_panel() const { return judge_.has_value(); }
  const std::optional<Judge>& judge() const { return judge_; }
  Id team() const { return team_; }
  bool screens() const { return whole_.screens; }
  bool assigns() const { return whole_.assigns; }
  bool reads(Id entry) const { return reads_.contains(entry); }
  bool barred_from(Id team) const { return barred_.contains(team); }

 private:
  Phase phase_;
  Eyes whole_;  ///< what does not depend on the entry
  std::optional<Judge> judge_;
  Id team_{};
  std::set<Id> barred_, reads_;  ///< teams; entries
};

/// The entry of that number for whoever sees at least so much of it; else the same refusal as for none.
Result<Entry> entry_for(storage::ReadTx& tx, const Onlooker& who, Id challenge, std::int64_t number, Sight least);
Result<Entry> entry_for(storage::ReadTx& tx, const Onlooker& who, Id challenge, Id entry, Sight least);

/// From this moment the judge sees nothing of what this team sent in. What they were to read is another's to read, what
/// they marked is void, and the history keeps it. False when the conflict was known.
bool bar(Doing& doing, const Challenge& c, const Conflict& conflict);

/// Conflicts that nobody has to say: a judge in a team (who has an interest in every entry), one organisation by
/// membership or by name, organisations with an owner in common. The reason is the rest of a catalogue key
/// (challenges.derived-*). Only those that are not known yet.
std::vector<Conflict> derived_conflicts(storage::ReadTx& tx, const Challenge& c, Time now);

/// Areas of expertise as they are typed, with commas between.
std::vector<std::string> areas(std::string_view typed);

/// Words as they are compared: folded, what is no letter or digit a single blank, one at both ends.
std::string comparable(std::string_view words);
/// What an area of expertise counts when the entry speaks of it, and when only the statement does; together at most
/// 1,000.
inline constexpr int fit_of_entry = 250, fit_of_statement = 100;
/// How well somebody with this expertise fits an entry. `entry` and `statement` are comparable.
int fit(std::span<const std::string> expertise, std::string_view entry, std::string_view statement);
/// What an entry and a statement speak of: only what judges are to read counts.
std::string comparable(const Statement& s, const Entry& e);
std::string comparable(const Statement& s);

/// The weighted sum of marks in tenths of a per cent of the greatest possible: 0 to 1,000. For pages; the ranking
/// counts exactly (methods/ranking).
std::int64_t per_mille(const Statement& s, const std::vector<std::int64_t>& marks);
/// An entry's marks side by side.
struct Spread {
  std::int64_t mean = 0, least = 0, greatest = 0;
  std::set<Id> outliers;  ///< judges further than `far_apart` from the mean of the others
};
inline constexpr std::int64_t far_apart = 200;  ///< per mille of the greatest possible
/// The version of what is pointed out: another one whenever any marks could be shown otherwise.
inline constexpr std::string_view spread_version = "1";
Spread spread(const Statement& s, std::span<const Marks> given);
/// The same where people are shown it: under its entry in the register of algorithms.
Spread pointed_out(const House& house, const Statement& s, std::span<const Marks> given);

/// The round whose marks a judge gives now: the second begins when every mark of the first is given.
std::int64_t current_round(storage::ReadTx& tx, const Challenge& c, const Statement& s);

/// An entry whose marks are not all given, or that has fewer readers than promised; in words without a language:
/// "7: Anna de Vries; 9: 1/2".
std::string missing_words(storage::ReadTx& tx, const Challenge& c, const Statement& s);

// ---- what is held of a judge ----

void erase_judging(Doing& doing, Id person);
boost::json::value copy_judging(storage::ReadTx& tx, Id person);

}  // namespace polder::challenges
