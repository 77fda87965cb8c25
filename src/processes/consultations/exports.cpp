// Everything at once, to take away: the responses and answers as CSV and JSON, the draft as Akoma Ntoso and as the file
// it came from. The same sight as the pages have; made while it is sent, so that memory does not grow with the data.
#include <memory>

#include "formats/csv/csv.h"
#include "processes/consultations/json.h"
#include "processes/consultations/pages.h"

namespace polder::consultations {
namespace {

/// Rows asked of the database at a time, and bytes of a piece after which the next waits for the client. A response may
/// be long, so it is bytes that bound what is in memory.
constexpr std::int64_t rows_at_once = 20;
constexpr std::size_t piece_bytes = 64u << 10;

std::optional<Whole> find_here(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) { return find(visit, tx); });
}

/// One export under way: what is written before, for each row, between and after; and how to get on.
struct Shape {
  std::string_view type, extension, before, between, after;
};
constexpr Shape as_csv{"text/csv; charset=utf-8; header=present", "csv", csv::byte_order_mark, "", ""};
constexpr Shape as_json{"application/json", "json", "[\n", ",\n", "\n]\n"};

/// `next` gives the rows that follow, as text; none when that was all. Each call is a snapshot of its own: what is
/// withdrawn while the export runs is left out of what is still to come.
using Rows = std::function<std::vector<std::string>(storage::ReadTx&)>;

http::Response stream(Visit& visit, const Consultation& c, std::string_view what, const Shape& shape,
                      const std::string& heading, Rows next) {
  http::Response response{
      .status = 200,
      .headers = {{"content-type", std::string(shape.type)},
                  {"content-disposition", "attachment; filename=\"" + c.slug + '-' + std::string(what) + '.' +
                                              std::string(shape.extension) + '"'},
                  {"cache-control", "no-store"},
                  {"content-security-policy", "sandbox; default-src 'none'"},
                  {"x-content-type-options", "nosniff"}},
      .body = {},
      .stream = {}};
  enum class At { before, rows, end };
  response.stream = [&house = visit.house, shape, heading, next = std::move(next), at = At::before,
                     first = true](std::string& piece) mutable {
    if (at == At::end) return false;
    if (at == At::before) {
      piece += shape.before;
      piece += heading;
      at = At::rows;
    }
    house.database.read([&](storage::ReadTx& tx) {
      while (at == At::rows && piece.size() < piece_bytes) {
        const auto rows = next(tx);
        if (rows.empty()) at = At::end;
        for (const auto& row : rows) {
          if (!first) piece += shape.between;
          first = false;
          piece += row;
        }
      }
    });
    if (at == At::end) piece += shape.after;
    return true;
  };
  return response;
}

std::vector<std::string> response_cells(const Response& r, Sight seen, const Part& part,
                                        const std::vector<Answer>& answers) {
  const bool named = seen == Sight::all;
  std::string outcomes, words;
  for (const Answer& a : answers) {
    outcomes += (outcomes.empty() ? "" : "; ") + fields::word_of(a.outcome);
    words += (words.empty() ? "" : "\n\n") + a.words;
  }
  return {std::to_string(r.number),
          str(r.id),
          iso(r.made_at),
          fields::word_of(r.visibility),
          fields::word_of(r.state),
          named ? r.name : "",
          named ? r.on_behalf : "",
          r.language,
          part.question > 0 ? std::to_string(part.question) : "",
          part.article,
          part.quote,
          part.words,
          outcomes,
          words};
}
const std::vector<std::string> response_heading{"number", "id",        "at",       "visibility", "state",
                                                "name",   "on-behalf", "language", "question",   "article",
                                                "quote",  "words",     "outcomes", "answers"};

template <const Shape& shape>
http::Response responses(Visit& visit) {
  const auto whole = find_here(visit);
  if (!whole) return not_found(visit);
  const bool official = may_read_all(visit);
  auto next = [id = whole->c.id, official, before = Id{}, over = false](storage::ReadTx& tx) mutable {
    std::vector<std::string> out;
    if (over) return out;
    const auto rows = store::responses(tx, id, {.shown_only = !official}, before, rows_at_once);
    over = std::int64_t(rows.size()) < rows_at_once;
    if (!rows.empty()) before = rows.back().id;
    const auto answers = store::answers_to(tx, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Response& r = rows[i];
      const Sight seen = sight(r, false, official);
      if (seen != Sight::all && seen != Sight::words_only) continue;
      if constexpr (&shape == &as_json)
        out.push_back(boost::json::serialize(to_json(r, seen, answers[i])));
      else
        for (const Part& part : r.parts) out.push_back(csv::row(response_cells(r, seen, part, answers[i])));
    }
    return out;
  };
  return stream(visit, whole->c, "responses", shape, &shape == &as_csv ? csv::row(response_heading) : "",
                std::move(next));
}

const std::vector<std::string> answer_heading{"id", "at", "article", "outcome", "responses", "words"};

template <const Shape& shape>
http::Response answers(Visit& visit) {
  const auto whole = find_here(visit);
  if (!whole) return not_found(visit);
  auto next = [id = whole->c.id, last = std::optional<Answer>{}](storage::ReadTx& tx) mutable {
    const auto rows = last ? store::answers_after(tx, *last, rows_at_once) : store::answers(tx, id, rows_at_once);
    if (!rows.empty()) last = rows.back();
    std::vector<std::string> out;
    for (const Answer& a : rows)
      out.push_back(&shape == &as_json ? boost::json::serialize(to_json(a))
                                       : csv::row(std::vector<std::string>{str(a.id), iso(a.made_at), a.article,
                                                                           fields::word_of(a.outcome),
                                                                           std::to_string(a.responses), a.words}));
    return out;
  };
  return stream(visit, whole->c, "answers", shape, &shape == &as_csv ? csv::row(answer_heading) : "", std::move(next));
}

http::Response akoma_ntoso(Visit& visit) {
  const auto whole = find_here(visit);
  if (!whole) return not_found(visit);
  const auto draft = visit.house.database.read([&](storage::ReadTx& tx) { return store::draft(tx, whole->c.id); });
  if (!draft) return not_found(visit);
  const auto document = law::from_json(draft->document);
  if (!document) return visit.refusal(document.error());
  return visit.file(law::write_akoma_ntoso(*document), "application/akn+xml", whole->c.slug + ".xml");
}

/// Bytes that a stranger may have made: an attachment in a sandbox, never a page.
http::Response source(Visit& visit) {
  const auto whole = find_here(visit);
  if (!whole) return not_found(visit);
  std::optional<std::string> bytes;
  const auto draft = visit.house.database.read([&](storage::ReadTx& tx) {
    bytes = store::draft_file(tx, whole->c.id);
    return store::about_draft(tx, whole->c.id);
  });
  if (!draft || !bytes) return not_found(visit);
  return visit.file(*std::move(bytes), "application/octet-stream", draft->file_name);
}

}  // namespace

void add_exports(House& house) {
  const auto get = [&](const std::string& name, http::Response (*handler)(Visit&)) {
    house.routes.add({http::Method::get, "/{platform}/consultations/{slug}/" + name, web::Door::anyone,
                      web::Keep::nothing, 0, handler});
  };
  get("responses.csv", responses<as_csv>);
  get("responses.json", responses<as_json>);
  get("answers.csv", answers<as_csv>);
  get("answers.json", answers<as_json>);
  get("draft.xml", akoma_ntoso);
  get("draft-source", source);
}

}  // namespace polder::consultations
