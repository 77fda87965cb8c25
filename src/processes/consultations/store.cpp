#include "processes/consultations/store.h"

#include <array>
#include <map>

namespace polder::consultations::store {
namespace {

using storage::Blob;
using storage::Row;
using storage::Statement;

#define CONSULTATION_COLUMNS(note, report)                                                \
  "id, platform, slug, phase, language, title, summary, can_change, cannot_change, " note \
  ", opens_at, closes_at, made_at, published_at, answer_by, " report                      \
  ", reported_at, responses, shown, answerable, answered, remarks"
constexpr Statement select_by_id{"consultations.by-id",
                                 "SELECT " CONSULTATION_COLUMNS("note", "report") " FROM consultations WHERE id = $1"};
constexpr Statement select_by_slug{
    "consultations.by-slug",
    "SELECT " CONSULTATION_COLUMNS("note", "report") " FROM consultations WHERE platform = $1 AND slug = $2"};
constexpr Statement select_list{
    "consultations.list",
    "SELECT " CONSULTATION_COLUMNS("''", "NULL")
    " FROM consultations WHERE platform = $1 AND phase >= $2 AND (opens_at, id) < ($3, $4) "
    "ORDER BY opens_at DESC, id DESC LIMIT $5"};
#undef CONSULTATION_COLUMNS
constexpr Statement select_due{
    "consultations.due",
    "SELECT id, platform, phase FROM consultations WHERE phase IN (1, 2) AND id > $2 "
    "AND ((phase = 1 AND opens_at <= $1) OR (phase = 2 AND closes_at <= $1)) ORDER BY id LIMIT $3"};
constexpr Statement select_slug{"consultations.slug-taken",
                                "SELECT id FROM consultations WHERE platform = $1 AND slug = $2"};
constexpr Statement insert_row{
    "consultations.insert",
    "INSERT INTO consultations (id, platform, slug, phase, language, title, summary, can_change, cannot_change, note, "
    "opens_at, closes_at, made_at, answer_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"};
constexpr Statement update_row{
    "consultations.update",
    "UPDATE consultations SET language = $2, title = $3, summary = $4, can_change = $5, cannot_change = $6, note = $7, "
    "opens_at = $8, closes_at = $9, answer_by = $10, slug = $11 WHERE id = $1"};
constexpr Statement update_phase{"consultations.set-phase", "UPDATE consultations SET phase = $2 WHERE id = $1"};
constexpr Statement update_published{"consultations.set-published",
                                     "UPDATE consultations SET phase = 1, published_at = $2 WHERE id = $1"};
constexpr Statement update_report{"consultations.set-report",
                                  "UPDATE consultations SET phase = 4, report = $2, reported_at = $3 WHERE id = $1"};

constexpr Statement select_questions{
    "consultations.questions",
    "SELECT number, words, responses FROM consultation_questions WHERE consultation = $1 ORDER BY number"};
constexpr Statement delete_questions{"consultations.drop-questions",
                                     "DELETE FROM consultation_questions WHERE consultation = $1"};
constexpr Statement insert_question{
    "consultations.insert-question",
    "INSERT INTO consultation_questions (consultation, number, words) VALUES ($1, $2, $3)"};

constexpr Statement select_draft{
    "consultations.draft",
    "SELECT file_name, sha256, format, title, language, document FROM consultation_drafts WHERE consultation = $1"};
constexpr Statement select_about_draft{
    "consultations.about-draft",
    "SELECT file_name, sha256, format, title, language, '' FROM consultation_drafts WHERE consultation = $1"};
constexpr Statement select_file{"consultations.draft-file",
                                "SELECT file FROM consultation_drafts WHERE consultation = $1"};
constexpr Statement delete_draft{"consultations.drop-draft", "DELETE FROM consultation_drafts WHERE consultation = $1"};
constexpr Statement insert_draft{
    "consultations.insert-draft",
    "INSERT INTO consultation_drafts (consultation, file_name, file, sha256, format, title, language, document) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Statement delete_articles{"consultations.drop-articles",
                                    "DELETE FROM consultation_articles WHERE consultation = $1"};
constexpr Statement insert_article{
    "consultations.insert-article",
    "INSERT INTO consultation_articles (consultation, position, eid, label) VALUES ($1, $2, $3, $4)"};
constexpr Statement select_articles{
    "consultations.articles",
    "SELECT position, eid, label, remarks FROM consultation_articles WHERE consultation = $1 ORDER BY position"};
constexpr Statement select_article{"consultations.has-article",
                                   "SELECT position FROM consultation_articles WHERE consultation = $1 AND eid = $2"};

constexpr Statement insert_response_row{"consultations.insert-response",
                                        "INSERT INTO responses (id, consultation, number, person, name, on_behalf, "
                                        "language, visibility, state, act, made_at) "
                                        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)"};
constexpr Statement insert_part{"consultations.insert-part",
                                "INSERT INTO response_parts (response, part, consultation, question, article, quote, "
                                "words) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Statement count_response{
    "consultations.count-response",
    "UPDATE consultations SET responses = responses + 1, answerable = answerable + 1, shown = shown + $2, "
    "remarks = remarks + $3 WHERE id = $1"};
constexpr Statement count_question{
    "consultations.count-question",
    "UPDATE consultation_questions SET responses = responses + 1 WHERE consultation = $1 AND number = $2"};
constexpr Statement count_article{
    "consultations.count-article",
    "UPDATE consultation_articles SET remarks = remarks + $3 WHERE consultation = $1 AND eid = $2"};
constexpr Statement count_day{"consultations.count-day",
                              "INSERT INTO response_days (consultation, day, responses) VALUES ($1, $2, 1) "
                              "ON CONFLICT (consultation, day) DO UPDATE SET responses = response_days.responses + 1"};

#define RESPONSE_COLUMNS                                                                                          \
  "r.id, r.consultation, r.number, r.person, r.name, r.on_behalf, r.language, r.visibility, r.state, r.answers, " \
  "r.act, r.made_at"
/// Responses with their parts in one statement, however many there are: a row a part, the response repeated.
#define WITH_PARTS(responses, order)                                                                    \
  "SELECT " RESPONSE_COLUMNS ", p.question, p.article, p.quote, p.words FROM (SELECT " RESPONSE_COLUMNS \
  " FROM " responses ") r LEFT JOIN response_parts p ON p.response = r.id ORDER BY r.id " order ", p.part"
#define NEWEST_FIRST(responses) WITH_PARTS(responses " AND r.id < $2 ORDER BY r.id DESC LIMIT $3", "DESC")
constexpr Statement select_response{"consultations.response", WITH_PARTS("responses r WHERE r.id = $1", "ASC")};
constexpr Statement select_shown{
    "consultations.shown", NEWEST_FIRST("responses r WHERE r.consultation = $1 AND r.visibility < 2 AND r.state = 0")};
constexpr Statement select_every{"consultations.every",
                                 NEWEST_FIRST("responses r WHERE r.consultation = $1 AND r.state < 2")};
constexpr Statement select_unanswered{
    "consultations.unanswered",
    NEWEST_FIRST("responses r WHERE r.consultation = $1 AND r.answers = 0 AND r.state = 0")};
// In the order of the index, so that it stops at the page's end: SQLite finds that out only when $2 bounds r.id alone.
// $5: 2 shows the public ones, 3 all of them.
#define ABOUT(what)                                                                                   \
  WITH_PARTS(                                                                                         \
      "response_parts about JOIN responses r ON r.id = about.response WHERE about.consultation = $1 " \
      "AND " what                                                                                     \
      " AND r.id < $2 AND r.visibility < $5 "                                                         \
      "AND (r.state = 0 OR ($5 = 3 AND $6 = 0 AND r.state < 2)) AND (r.answers = 0 OR $6 = 0) "       \
      "ORDER BY about.response DESC LIMIT $3",                                                        \
      "DESC")
// A response may speak about an article more than once; it is listed once, at the first.
constexpr Statement select_about_article{
    "consultations.about-article",
    ABOUT("about.article = $4 AND about.article <> '' AND NOT EXISTS (SELECT 1 FROM response_parts sooner "
          "WHERE sooner.response = about.response AND sooner.part < about.part AND sooner.article = about.article)")};
constexpr Statement select_about_question{"consultations.about-question",
                                          ABOUT("about.question = $4 AND about.question > 0")};
#undef ABOUT
constexpr Statement select_of_person{"consultations.of-person",
                                     WITH_PARTS("responses r WHERE r.person = $1 AND r.id < $2 "
                                                "ORDER BY r.id DESC LIMIT $3",
                                                "DESC")};
constexpr Statement select_said_by{"consultations.said-by",
                                   WITH_PARTS("responses r WHERE r.person = $1 AND r.consultation = $2 AND r.state < 2 "
                                              "ORDER BY r.id DESC LIMIT $3",
                                              "DESC")};
constexpr Statement select_answered_by{
    "consultations.answered-by",
    WITH_PARTS("answer_links l JOIN responses r ON r.id = l.response WHERE l.answer = $1", "ASC")};
#undef NEWEST_FIRST
#undef WITH_PARTS
#undef RESPONSE_COLUMNS
constexpr Statement select_respondents{"consultations.respondents",
                                       "SELECT DISTINCT person FROM responses WHERE consultation = $1 AND person > $2 "
                                       "AND state < 2 ORDER BY person LIMIT $3"};
constexpr Statement select_consultations_of_person{"consultations.with-person",
                                                   "SELECT c.platform, c.id FROM consultations c WHERE c.id IN (SELECT "
                                                   "r.consultation FROM responses r WHERE r.person = $1)"};
constexpr Statement update_state{"consultations.set-state", "UPDATE responses SET state = $2 WHERE id = $1"};
constexpr Statement move_counts{"consultations.move-counts",
                                "UPDATE consultations SET shown = shown + $2, answerable = answerable + $3, "
                                "answered = answered + $4 WHERE id = $1"};
#define THEIRS \
  "(SELECT count(*) FROM responses r WHERE r.consultation = consultations.id AND r.person = $1 AND r.state = 0"
constexpr Statement uncount_of_person{"consultations.uncount-of-person",
                                      "UPDATE consultations SET shown = shown - " THEIRS
                                      " AND r.visibility < 2), answerable = answerable - " THEIRS
                                      "), answered = answered - " THEIRS
                                      " AND r.answers > 0) "
                                      "WHERE id IN (SELECT r.consultation FROM responses r WHERE r.person = $1)"};
#undef THEIRS
constexpr Statement erase_parts{
    "consultations.erase-parts",
    "UPDATE response_parts SET words = '', quote = '' WHERE response IN (SELECT id FROM responses WHERE person = $1)"};
constexpr Statement erase_responses{
    "consultations.erase-responses",
    "UPDATE responses SET person = NULL, name = '', on_behalf = '', state = 2 WHERE person = $1"};
constexpr Statement select_days{
    "consultations.days", "SELECT day, responses FROM response_days WHERE consultation = $1 ORDER BY day LIMIT 400"};

constexpr Statement insert_answer_row{"consultations.insert-answer",
                                      "INSERT INTO answers (id, consultation, article, outcome, words, responses, "
                                      "made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Statement insert_link{"consultations.insert-link",
                                "INSERT INTO answer_links (response, answer) VALUES ($1, $2)"};
constexpr Statement mark_answered{"consultations.mark-answered",
                                  "UPDATE responses SET answers = answers + 1 WHERE id = $1"};
constexpr Statement count_answered{"consultations.count-answered",
                                   "UPDATE consultations SET answered = answered + $2 WHERE id = $1"};
#define ANSWER_COLUMNS "a.id, a.consultation, a.article, a.outcome, a.words, a.responses, a.made_at"
constexpr Statement select_answer{"consultations.answer", "SELECT " ANSWER_COLUMNS " FROM answers a WHERE a.id = $1"};
constexpr Statement select_answers{"consultations.answers",
                                   "SELECT " ANSWER_COLUMNS
                                   " FROM answers a WHERE a.consultation = $1 ORDER BY a.article, a.id LIMIT $2"};
constexpr Statement select_answers_after{
    "consultations.answers-after",
    "SELECT " ANSWER_COLUMNS
    " FROM answers a WHERE a.consultation = $1 AND (a.article > $2 OR (a.article = $2 AND a.id > $3)) "
    "ORDER BY a.article, a.id LIMIT $4"};
/// It has a place for each response of a page; on a short one the last places are nobody's.
const Statement& select_answers_to() {
  static const std::string sql = [] {
    std::string places = "$1";
    for (std::int64_t n = 2; n <= answers_to_at_once; ++n) places += ", $" + std::to_string(n);
    return "SELECT " ANSWER_COLUMNS
           ", l.response FROM answer_links l JOIN answers a ON a.id = l.answer WHERE l.response IN (" +
           places + ") ORDER BY a.id";
  }();
  static const Statement statement{"consultations.answers-to", sql};
  return statement;
}
#undef ANSWER_COLUMNS
constexpr Statement select_outcomes{"consultations.outcomes",
                                    "SELECT outcome, CAST(sum(responses) AS BIGINT) FROM answers WHERE consultation = "
                                    "$1 GROUP BY outcome ORDER BY outcome"};

Consultation decode(const Row& row) {
  return {.id = row.get<Id>(0),
          .platform = row.get<Id>(1),
          .slug = row.get<std::string>(2),
          .phase = row.get<Phase>(3),
          .language = row.get<std::string>(4),
          .title = row.get<std::string>(5),
          .summary = row.get<std::string>(6),
          .can_change = row.get<std::string>(7),
          .cannot_change = row.get<std::string>(8),
          .note = row.get<std::string>(9),
          .opens_at = row.get<Time>(10),
          .closes_at = row.get<Time>(11),
          .made_at = row.get<Time>(12),
          .published_at = row.get<std::optional<Time>>(13),
          .answer_by = row.get<Time>(14),
          .report = row.get<std::optional<std::string>>(15),
          .reported_at = row.get<std::optional<Time>>(16),
          .responses = row.integer(17),
          .shown = row.integer(18),
          .answerable = row.integer(19),
          .answered = row.integer(20),
          .remarks = row.integer(21)};
}

Draft decode_draft(const Row& row) {
  return {row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2),
          row.get<std::string>(3), row.get<std::string>(4), row.get<std::string>(5)};
}

Response decode_response(const Row& row) {
  return {.id = row.get<Id>(0),
          .consultation = row.get<Id>(1),
          .number = row.integer(2),
          .person = row.get<std::optional<Id>>(3).value_or(Id{}),
          .name = row.get<std::string>(4),
          .on_behalf = row.get<std::string>(5),
          .language = row.get<std::string>(6),
          .visibility = row.get<Shown>(7),
          .state = row.get<State>(8),
          .answers = row.integer(9),
          .act = row.get<Id>(10),
          .made_at = row.get<Time>(11)};
}

Answer decode_answer(const Row& row) {
  return {row.get<Id>(0),          row.get<Id>(1), row.get<std::string>(2), row.get<Outcome>(3),
          row.get<std::string>(4), row.integer(5), row.get<Time>(6)};
}

template <class... Args>
std::vector<Response> with_parts(ReadTx& tx, const Statement& statement, const Args&... args) {
  std::vector<Response> out;
  tx.each(
      statement,
      [&](const Row& row) {
        if (out.empty() || out.back().id != row.get<Id>(0)) out.push_back(decode_response(row));
        if (!row.is_null(12))
          out.back().parts.push_back(
              {row.integer(12), row.get<std::string>(13), row.get<std::string>(14), row.get<std::string>(15)});
      },
      args...);
  return out;
}

/// What a response adds to each of the numbers that change with its state.
struct Counts {
  std::int64_t shown, answerable, answered;
  bool operator==(const Counts&) const = default;
};
Counts counts(const Response& r) {
  if (r.state != State::there) return {0, 0, 0};
  return {r.visibility == Shown::officials ? 0 : 1, 1, r.answers > 0 ? 1 : 0};
}

}  // namespace

std::optional<Consultation> by_id(ReadTx& tx, Id id) { return tx.one<Consultation>(select_by_id, decode, id); }

std::optional<Consultation> by_slug(ReadTx& tx, Id platform, std::string_view slug) {
  return tx.one<Consultation>(select_by_slug, decode, platform, slug);
}

std::vector<Consultation> list(ReadTx& tx, Id platform, bool with_drafts, const std::optional<Consultation>& after,
                               std::int64_t limit) {
  return tx.all<Consultation>(select_list, decode, platform, with_drafts ? Phase::draft : Phase::announced,
                              after ? after->opens_at : Time{INT64_MAX}, after ? after->id : Id{}, limit);
}

std::vector<Due> due(ReadTx& tx, Time now, Id after, std::int64_t limit) {
  return tx.all<Due>(
      select_due, [](const Row& row) { return Due{row.get<Id>(0), row.get<Id>(1), row.get<Phase>(2)}; }, now, after,
      limit);
}

std::string free_slug(ReadTx& tx, Id platform, const std::string& wanted, Id consultation) {
  constexpr int counted = 20;
  const auto taken = [&](const std::string& slug) {
    return tx.value<Id>(select_slug, platform, slug).value_or(consultation) != consultation;
  };
  std::string slug = wanted;
  for (int n = 2; taken(slug); ++n) slug = wanted + '-' + (n <= counted ? std::to_string(n) : str(consultation));
  return slug;
}

void insert(WriteTx& tx, const Consultation& c) {
  tx.exec(insert_row, c.id, c.platform, c.slug, c.phase, c.language, c.title, c.summary, c.can_change, c.cannot_change,
          c.note, c.opens_at, c.closes_at, c.made_at, c.answer_by);
}

void update(WriteTx& tx, const Consultation& c) {
  tx.exec(update_row, c.id, c.language, c.title, c.summary, c.can_change, c.cannot_change, c.note, c.opens_at,
          c.closes_at, c.answer_by, c.slug);
}

void set_phase(WriteTx& tx, Id id, Phase phase) { tx.exec(update_phase, id, phase); }
void set_published(WriteTx& tx, Id id, Time at) { tx.exec(update_published, id, at); }
void set_report(WriteTx& tx, Id id, std::string_view report, Time at) { tx.exec(update_report, id, report, at); }

std::vector<Question> questions(ReadTx& tx, Id consultation) {
  return tx.all<Question>(
      select_questions,
      [](const Row& row) { return Question{row.integer(0), row.get<std::string>(1), row.integer(2)}; }, consultation);
}

void put_questions(WriteTx& tx, Id consultation, const std::vector<std::string>& words) {
  tx.exec(delete_questions, consultation);
  std::int64_t number = 0;
  for (const auto& one : words) tx.exec(insert_question, consultation, ++number, one);
}

std::optional<Draft> draft(ReadTx& tx, Id consultation) {
  return tx.one<Draft>(select_draft, decode_draft, consultation);
}

std::optional<Draft> about_draft(ReadTx& tx, Id consultation) {
  return tx.one<Draft>(select_about_draft, decode_draft, consultation);
}

std::optional<std::string> draft_file(ReadTx& tx, Id consultation) {
  return tx.value<std::string>(select_file, consultation);
}

void put_draft(WriteTx& tx, Id consultation, const Draft& d, std::string_view file,
               const std::vector<ArticleRow>& articles) {
  tx.exec(delete_draft, consultation);
  tx.exec(delete_articles, consultation);
  tx.exec(insert_draft, consultation, d.file_name, Blob{std::string(file)}, d.sha256, d.format, d.title, d.language,
          d.document);
  for (const auto& a : articles) tx.exec(insert_article, consultation, a.position, a.eid, a.label);
}

std::vector<ArticleRow> articles(ReadTx& tx, Id consultation) {
  return tx.all<ArticleRow>(
      select_articles,
      [](const Row& row) {
        return ArticleRow{row.integer(0), row.get<std::string>(1), row.get<std::string>(2), row.integer(3)};
      },
      consultation);
}

bool has_article(ReadTx& tx, Id consultation, std::string_view eid) {
  return tx.value<std::int64_t>(select_article, consultation, eid).has_value();
}

void insert_response(WriteTx& tx, const Response& r, std::string_view day) {
  tx.exec(insert_response_row, r.id, r.consultation, r.number, r.person ? std::optional(r.person) : std::nullopt,
          r.name, r.on_behalf, r.language, r.visibility, r.act, r.made_at);
  std::int64_t part = 0;
  std::map<std::string, std::int64_t> about;
  for (const Part& p : r.parts) {
    tx.exec(insert_part, r.id, ++part, r.consultation, p.question, p.article, p.quote, p.words);
    if (p.question > 0) tx.exec(count_question, r.consultation, p.question);
    if (!p.article.empty()) ++about[p.article];
  }
  std::int64_t remarks = 0;
  for (const auto& [eid, n] : about) {
    tx.exec(count_article, r.consultation, eid, n);
    remarks += n;
  }
  tx.exec(count_response, r.consultation, counts(r).shown, remarks);
  tx.exec(count_day, r.consultation, day);
}

std::optional<Response> response(ReadTx& tx, Id id) {
  auto found = with_parts(tx, select_response, id);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

const Statement& statement_of(const Filter& f) {
  if (!f.article.empty()) return select_about_article;
  if (f.question > 0) return select_about_question;
  return f.shown_only ? select_shown : f.unanswered_only ? select_unanswered : select_every;
}

std::vector<Response> responses(ReadTx& tx, Id consultation, const Filter& f, Id before, std::int64_t limit) {
  const Id bound = before ? before : Id{INT64_MAX};
  const std::int64_t below = f.shown_only ? 2 : 3, unanswered = f.unanswered_only ? 1 : 0;
  const Statement& list = statement_of(f);
  if (!f.article.empty()) return with_parts(tx, list, consultation, bound, limit, f.article, below, unanswered);
  if (f.question > 0) return with_parts(tx, list, consultation, bound, limit, f.question, below, unanswered);
  return with_parts(tx, list, consultation, bound, limit);
}

std::vector<Response> responses_of_person(ReadTx& tx, Id person, Id before, std::int64_t limit) {
  return with_parts(tx, select_of_person, person, before ? before : Id{INT64_MAX}, limit);
}

std::vector<Response> said_by(ReadTx& tx, Id person, Id consultation, std::int64_t limit) {
  return with_parts(tx, select_said_by, person, consultation, limit);
}

std::vector<Id> respondents(ReadTx& tx, Id consultation, Id after, std::int64_t limit) {
  return tx.all<Id>(select_respondents, [](const Row& row) { return row.get<Id>(0); }, consultation, after, limit);
}

std::vector<Response> responses_answered_by(ReadTx& tx, Id answer) {
  return with_parts(tx, select_answered_by, answer);
}

void set_state(WriteTx& tx, const Response& r, State state) {
  Response after = r;
  after.state = state;
  tx.exec(update_state, r.id, state);
  const Counts was = counts(r), is = counts(after);
  if (was != is)
    tx.exec(move_counts, r.consultation, is.shown - was.shown, is.answerable - was.answerable,
            is.answered - was.answered);
}

void erase_of_person(WriteTx& tx, Id person) {
  tx.exec(uncount_of_person, person);
  tx.exec(erase_parts, person);
  tx.exec(erase_responses, person);
}

std::vector<std::pair<Id, Id>> consultations_of_person(ReadTx& tx, Id person) {
  return tx.all<std::pair<Id, Id>>(
      select_consultations_of_person, [](const Row& row) { return std::pair(row.get<Id>(0), row.get<Id>(1)); }, person);
}

std::vector<Day> days(ReadTx& tx, Id consultation) {
  return tx.all<Day>(
      select_days, [](const Row& row) { return Day{row.get<std::string>(0), row.integer(1)}; }, consultation);
}

void insert_answer(WriteTx& tx, const Answer& a, const std::vector<Response>& to) {
  tx.exec(insert_answer_row, a.id, a.consultation, a.article, a.outcome, a.words, std::int64_t(to.size()), a.made_at);
  std::int64_t first = 0;
  for (const Response& r : to) {
    tx.exec(insert_link, r.id, a.id);
    tx.exec(mark_answered, r.id);
    if (r.answers == 0) first += counts(r).answerable;
  }
  if (first > 0) tx.exec(count_answered, a.consultation, first);
}

std::optional<Answer> answer(ReadTx& tx, Id id) { return tx.one<Answer>(select_answer, decode_answer, id); }

std::vector<Answer> answers(ReadTx& tx, Id consultation, std::int64_t limit) {
  return tx.all<Answer>(select_answers, decode_answer, consultation, limit);
}

std::vector<Answer> answers_after(ReadTx& tx, const Answer& after, std::int64_t limit) {
  return tx.all<Answer>(select_answers_after, decode_answer, after.consultation, after.article, after.id, limit);
}

std::vector<std::vector<Answer>> answers_to(ReadTx& tx, std::span<const Response> responses) {
  std::vector<std::vector<Answer>> out(responses.size());
  std::array<Id, answers_to_at_once> places{};
  std::map<Id, std::size_t> at;
  for (std::size_t i = 0; i < responses.size(); ++i) {
    if (responses[i].answers == 0) continue;
    places.at(at.size()) = responses[i].id;
    at.emplace(responses[i].id, i);
  }
  if (at.empty()) return out;
  const auto put = [&](const Row& row) { out[at.at(row.get<Id>(7))].push_back(decode_answer(row)); };
  std::apply([&](const auto&... id) { tx.each(select_answers_to(), put, id...); }, places);
  return out;
}

std::vector<std::pair<Outcome, std::int64_t>> outcomes(ReadTx& tx, Id consultation) {
  return tx.all<std::pair<Outcome, std::int64_t>>(
      select_outcomes, [](const Row& row) { return std::pair(row.get<Outcome>(0), row.integer(1)); }, consultation);
}

}  // namespace polder::consultations::store
