// The tables of consultations: the only SQL of this room is in store.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/storage/database.h"
#include "processes/consultations/model.h"

namespace polder::consultations::store {

using storage::ReadTx;
using storage::WriteTx;

std::optional<Consultation> by_id(ReadTx& tx, Id id);
std::optional<Consultation> by_slug(ReadTx& tx, Id platform, std::string_view slug);
/// Those of a platform, newest opening first, after `after` if that is given; drafts only when asked for. Without what
/// no list shows: the note and the report.
std::vector<Consultation> list(ReadTx& tx, Id platform, bool with_drafts, const std::optional<Consultation>& after,
                               std::int64_t limit);
/// Those whose moment has come: announced and to be opened, or open and to be closed. In pages by id.
struct Due {
  Id id{}, platform{};
  Phase phase{};
};
std::vector<Due> due(ReadTx& tx, Time now, Id after, std::int64_t limit);

/// `wanted`, or what comes nearest to it that no other consultation has.
std::string free_slug(ReadTx& tx, Id platform, const std::string& wanted, Id consultation);
void insert(WriteTx& tx, const Consultation& c);
void update(WriteTx& tx, const Consultation& c);  ///< everything an official writes: words, dates, language, the slug
void set_phase(WriteTx& tx, Id id, Phase phase);
void set_published(WriteTx& tx, Id id, Time at);
void set_report(WriteTx& tx, Id id, std::string_view report, Time at);

std::vector<Question> questions(ReadTx& tx, Id consultation);
void put_questions(WriteTx& tx, Id consultation, const std::vector<std::string>& words);

std::optional<Draft> draft(ReadTx& tx, Id consultation);
/// Without the document, which is as long as the law.
std::optional<Draft> about_draft(ReadTx& tx, Id consultation);
std::optional<std::string> draft_file(ReadTx& tx, Id consultation);
void put_draft(WriteTx& tx, Id consultation, const Draft& draft, std::string_view file,
               const std::vector<ArticleRow>& articles);
std::vector<ArticleRow> articles(ReadTx& tx, Id consultation);
bool has_article(ReadTx& tx, Id consultation, std::string_view eid);

/// Adds a response with its parts and raises every counter it touches.
void insert_response(WriteTx& tx, const Response& r, std::string_view day);
std::optional<Response> response(ReadTx& tx, Id id);

/// Which responses a list shows. Public lists never ask for more than `shown_only`.
struct Filter {
  bool shown_only = true;
  bool unanswered_only = false;  ///< those that wait for an answer
  std::int64_t question = 0;
  std::string article = {};
};
/// What reads such a list: in the order of an index, so that it stops at the end of the page (a test looks at its
/// plan).
const storage::Statement& statement_of(const Filter& filter);
/// Newest first, before the id `before` (zero: from the newest), with their parts.
std::vector<Response> responses(ReadTx& tx, Id consultation, const Filter& filter, Id before, std::int64_t limit);
/// Everything a person wrote, newest first, before the id `before` (zero: from the newest).
std::vector<Response> responses_of_person(ReadTx& tx, Id person, Id before, std::int64_t limit);
/// What a person said in a consultation and did not take back, newest first.
std::vector<Response> said_by(ReadTx& tx, Id person, Id consultation, std::int64_t limit);
/// Everybody with a response that was not taken back; in pages by person.
std::vector<Id> respondents(ReadTx& tx, Id consultation, Id after, std::int64_t limit);
/// The responses that an answer is given to.
std::vector<Response> responses_answered_by(ReadTx& tx, Id answer);

/// Hides, shows again or withdraws, and moves the counters with it.
void set_state(WriteTx& tx, const Response& r, State state);
/// Erasure: the words and the name go, what was counted stays counted.
void erase_of_person(WriteTx& tx, Id person);
/// The consultations a person responded to, as (platform, consultation).
std::vector<std::pair<Id, Id>> consultations_of_person(ReadTx& tx, Id person);

struct Day {
  std::string day;
  std::int64_t responses = 0;
};
std::vector<Day> days(ReadTx& tx, Id consultation);

void insert_answer(WriteTx& tx, const Answer& a, const std::vector<Response>& to);
std::optional<Answer> answer(ReadTx& tx, Id id);
/// By article, then oldest first.
std::vector<Answer> answers(ReadTx& tx, Id consultation, std::int64_t limit);
/// The same in pages: what follows after an answer of this consultation.
std::vector<Answer> answers_after(ReadTx& tx, const Answer& after, std::int64_t limit);
/// Those to each of these responses, at most 100 of them, the oldest first: in one statement, and in none where nobody
/// has an answer.
std::vector<std::vector<Answer>> answers_to(ReadTx& tx, std::span<const Response> responses);
inline constexpr std::int64_t answers_to_at_once = 100;
/// How many responses each outcome was given to.
std::vector<std::pair<Outcome, std::int64_t>> outcomes(ReadTx& tx, Id consultation);

}  // namespace polder::consultations::store
