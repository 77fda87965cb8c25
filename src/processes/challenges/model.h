// What a challenge is made of: a statement that promises, teams that enter, a panel that judges, a result that can be
// replayed, and money that adds up.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "kernel/base/id.h"
#include "kernel/base/time.h"
#include "kernel/fields/field.h"

namespace polder::challenges {

/// The phases, in their only order; the values are stored. `screening` begins when entries close: from then on what was
/// sealed may be opened by those whose work it is. `provisional` is the window in which a solver may object.
enum class Phase {
  draft,
  review,
  announced,
  open,
  screening,
  judging,
  deliberation,
  provisional,
  awarded,
  finished,
  cancelled
};
BOOST_DESCRIBE_ENUM(Phase, draft, review, announced, open, screening, judging, deliberation, provisional, awarded,
                    finished, cancelled)

// ---- the statement: what is promised, as data ----

enum class Kind { ideation, theoretical, reduction_to_practice, partner_search };
BOOST_DESCRIBE_ENUM(Kind, ideation, theoretical, reduction_to_practice, partner_search)

/// How the winner is found: the best of all entries at the deadline, or the first that meets every criterion.
enum class Mode { ranked, first_to_meet };
BOOST_DESCRIBE_ENUM(Mode, ranked, first_to_meet)

/// What happens to the rights in an entry.
enum class Rights { none, non_exclusive, exclusive, winners_only };
BOOST_DESCRIBE_ENUM(Rights, none, non_exclusive, exclusive, winners_only)

enum class Language { en, nl, de };
BOOST_DESCRIBE_ENUM(Language, en, nl, de)

/// How marks of different judges are made comparable (methods/ranking), chosen before anybody marks.
enum class Normalisation { none, z_score, rank };
BOOST_DESCRIBE_ENUM(Normalisation, none, z_score, rank)

/// What decides between equal scores, in this order; what is left after the last is shared.
enum class Tie { criterion, earlier, lot, share };
BOOST_DESCRIBE_ENUM(Tie, criterion, earlier, lot, share)

/// Who may enter.
enum class Entrant { person, company, university, public_body, nonprofit };
BOOST_DESCRIBE_ENUM(Entrant, person, company, university, public_body, nonprofit)

/// What a part of the purse is for: a place in the ranking, progress by an entry that does not meet every criterion, or
/// a stage on the way that several may reach.
enum class PrizeFor { place, partial, stage };
BOOST_DESCRIBE_ENUM(PrizeFor, place, partial, stage)

using Amount = fields::Decimal<2, 1'000'000'000'000>;  ///< major units with two places: units are cents

/// Met or not, checked one by one with evidence.
struct HardCriterion {
  fields::Line<300> words;
  std::optional<fields::Line<300>> evidence;  ///< what shows that it is met
};
BOOST_DESCRIBE_STRUCT(HardCriterion, (), (words, evidence))

/// A line of the rubric: marked from 0 to `max`.
struct Criterion {
  fields::Line<100> name;
  fields::Number<1, 100> weight;
  fields::Number<1, 100> max;
  std::optional<fields::Text<1'500>> anchors;  ///< what a mark means, a line a mark
};
BOOST_DESCRIBE_STRUCT(Criterion, (), (name, weight, max, anchors))

/// A question every entry answers.
struct EntryField {
  fields::Line<120> label;
  std::optional<fields::Line<300>> help;
  fields::Number<1, 20'000> at_most;  ///< characters
  bool optional = false;
  bool judges_see = false;  ///< in the blind packet; what nobody ticked stays hidden
};
BOOST_DESCRIBE_STRUCT(EntryField, (), (label, help, at_most, optional, judges_see))

struct Prize {
  fields::Line<100> name;
  Amount amount;
  PrizeFor given_for{};
};
BOOST_DESCRIBE_STRUCT(Prize, (), (name, amount, given_for))

struct TieRule {
  Tie by{};
  std::optional<fields::Number<1, 20>> criterion;  ///< which, counted from 1; only for `criterion`
};
BOOST_DESCRIBE_STRUCT(TieRule, (), (by, criterion))

/// Whoever cannot enter, whatever else holds: it is asked when a team joins, and an organisation is found by its name.
struct Exclusion {
  fields::Line<300> words;  ///< "Whoever advised on this statement, and their employers"
  std::optional<fields::Line<160>> organisation;
};
BOOST_DESCRIBE_STRUCT(Exclusion, (), (words, organisation))

/// The statement as it is written, reviewed, published and amended: the content of an act, and a row of
/// `challenge_statements`, each time as a whole.
struct Statement {
  fields::Line<160> title;
  fields::Text<1'000> summary;
  Language language{};
  Kind kind{};
  Mode mode{};
  fields::Line<160> seeker;
  bool seeker_unnamed = false;  ///< until the award
  fields::Text<20'000> problem;
  std::optional<fields::Text<20'000>> background;
  fields::Text<10'000> solution;
  std::optional<fields::Text<5'000>> no_solution;
  fields::List<HardCriterion, 20> criteria;
  fields::List<Criterion, 12> rubric;
  fields::List<EntryField, 20> entry;
  fields::List<Prize, 20> prizes;
  fields::Line<3> currency;  ///< ISO 4217
  std::optional<fields::Number<0, 99>> minimum_age;
  std::optional<fields::Line<800>> countries;  ///< ISO 3166-1 alpha-2, with blanks or commas between; nothing: all
  fields::List<Entrant, 5> entrants;           ///< none ticked: everybody
  bool staff_barred = false;                   ///< members of the seeker's or the operator's organisation
  fields::List<Exclusion, 20> exclusions;
  Rights rights{};
  fields::Text<10'000> rights_words;
  fields::Text<20'000> agreement;  ///< what a solver agrees to before the room opens
  fields::WallTime opens;
  std::optional<fields::WallTime> questions_until;
  std::optional<fields::WallTime> merge_until;
  fields::WallTime closes;
  std::optional<Date> judged_by;
  fields::Number<0, 60> objection_days;
  fields::Number<1, 36> follow_up_months;  ///< after the award the clock asks what became of it
  fields::Number<1, 50> team_size;
  fields::Number<1, 20> entries_a_team;
  fields::Number<0, 20> files;              ///< an entry may have
  fields::Number<1, 5'000> file_megabytes;  ///< each at most
  fields::Number<1, 9> readers;             ///< an entry is judged by
  fields::Number<1, 2> rounds;
  Normalisation normalisation{};
  fields::List<TieRule, 6> ties;
};
BOOST_DESCRIBE_STRUCT(Statement, (),
                      (title, summary, language, kind, mode, seeker, seeker_unnamed, problem, background, solution,
                       no_solution, criteria, rubric, entry, prizes, currency, minimum_age, countries, entrants,
                       staff_barred, exclusions, rights, rights_words, agreement, opens, questions_until, merge_until,
                       closes, judged_by, objection_days, follow_up_months, team_size, entries_a_team, files,
                       file_megabytes, readers, rounds, normalisation, ties))

/// One version of it: 0 as published, then the amendments.
struct Version {
  std::int64_t number = 0;
  Statement statement;
  std::string why;  ///< of an amendment
  Time made_at;
};

/// A file that belongs to the statement from a version on.
struct Attachment {
  Id id{}, challenge{};
  std::int64_t version = 0;
  std::string name, type, sha256, path;
  std::int64_t size = 0;
};

struct Challenge {
  Id id{}, platform{};
  std::string slug;
  Phase phase = Phase::draft;  ///< as stored; rules.h says what it is at a moment
  std::string title, summary, language;
  Id sought_by{};            ///< whose problem it is, where that is not the operator's own: the one seeker it is for
  Id written_by{};           ///< who wrote the statement last: whoever reviews it is somebody else
  std::string remarks;       ///< of the review that sent it back
  std::int64_t version = 0;  ///< of the statement now
  Time opens_at, closes_at, made_at;
  std::optional<Time> questions_until, merge_until, published_at, objections_until, awarded_at;
  std::string seed;         ///< 32 bytes in hex, drawn at publication; secret until the ranking is made
  std::string seed_sha256;  ///< public from publication on, so that the lot cannot be chosen afterwards
  std::string cancelled_why;
  std::int64_t teams = 0, entries = 0;  ///< entries: sealed and not withdrawn
};

// ---- solvers ----

struct Team {
  Id id{}, challenge{};
  std::string name;
  std::string organisation;  ///< as they say it; may be empty
  Entrant entrant{};
  std::string country;  ///< ISO 3166-1 alpha-2
  Id merged_into{};     ///< zero: still a team
  std::int64_t members = 0;
  Time made_at;
};

struct Member {
  Id team{}, person{};
  std::string name;
  bool leads = false;
  Time joined_at;
  std::int64_t version_seen = 0;  ///< the amendment they have acknowledged last
};

struct Question {
  Id id{}, challenge{}, team{};
  std::string words, answer;
  Time asked_at;
  std::optional<Time> answered_at;
};

/// The values are stored. `sealed`: sent in. `admissible` or not: screened.
enum class EntryState { draft, sealed, withdrawn, admissible, inadmissible, disqualified };
BOOST_DESCRIBE_ENUM(EntryState, draft, sealed, withdrawn, admissible, inadmissible, disqualified)

struct Entry {
  Id id{}, challenge{}, team{};
  std::int64_t number = 0;  ///< within the challenge, given at the first sealing: how judges name it
  EntryState state = EntryState::draft;
  std::string title;                 ///< of the version that counts (the sealed one), or of the draft
  std::vector<std::string> answers;  ///< by EntryField, in the statement's order
  std::string digest;                ///< SHA-256 in hex over title, answers and files of the sealed version
  std::int64_t sealings = 0;         ///< how often it was sent in
  Id act{};                          ///< of the last sealing
  std::optional<Time> sealed_at;
  std::string reason;  ///< of the screening or disqualification
};

struct FileRow {
  Id id{}, entry{};
  std::string name, type, sha256, path;
  std::int64_t size = 0;
  bool sealed = false;  ///< belongs to the version that was sent in
  bool draft = true;    ///< belongs to what the team is writing
};

// ---- judging ----

struct Judge {
  Id challenge{}, person{};
  std::string name, organisation;
  std::vector<std::string> expertise;
  std::int64_t most = 0;  ///< entries at most
  bool declared = false;  ///< has said, for every entry, whether there is a conflict
};

/// Where a conflict is known from. The values are stored.
enum class ConflictFrom { declared, derived, reported };
BOOST_DESCRIBE_ENUM(ConflictFrom, declared, derived, reported)

struct Conflict {
  Id challenge{}, judge{}, team{};
  ConflictFrom from{};
  std::string reason;
  Time at;
};

/// A judge reads an entry. `by_hand` carries the reason when a person changed what the method proposed.
struct Assignment {
  Id entry{}, judge{};
  std::int64_t fit = 0;
  std::string by_hand;
  Time at;
};

/// The values are stored. `draft`: the judge's own; `given`: counts; `void_`: a conflict came to light.
enum class MarkState { draft, given, void_ };
BOOST_DESCRIBE_ENUM(MarkState, draft, given, void_)

struct Marks {
  Id entry{}, judge{};
  std::int64_t round = 1;
  MarkState state = MarkState::draft;
  std::vector<std::int64_t> marks;  ///< by criterion of the rubric, in tenths
  std::string to_solver, to_panel;
  Time at;
};

// ---- result and money ----

struct Standing {
  Id entry{};
  std::int64_t rank = 0;
  std::string score;  ///< as printed by methods/ranking
  std::int64_t amount = 0;
  std::string decided_by;
};

struct Award {
  Id id{}, challenge{}, entry{};
  std::string prize;
  std::int64_t amount = 0;  ///< minor units
  std::string reason;       ///< of a partial award
};

struct Objection {
  Id id{}, challenge{}, entry{};
  std::string words, decision;
  std::optional<bool> upheld;
  Time made_at;
  std::optional<Time> decided_at = {};
};

struct Tranche {
  Id id{}, award{};
  std::string milestone;
  std::int64_t amount = 0;
  Id accepter = {};  ///< who says whether the milestone is reached: named in the plan, and nobody else
  std::string accepted_words = {};
  std::optional<Time> accepted_at = {};
  std::string payee = {}, account_end = {};  ///< the last digits of the account
  std::optional<Time> paid_at = {};
};

}  // namespace polder::challenges
