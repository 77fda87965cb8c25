// The API for reading: what the pages show, as JSON, with the same sight. Acting has one door for all rooms
// (POST /api/v1/acts/…, in the roof).
//
//   GET /api/v1/platforms/{platform}/consultations?before=             newest opening first, `limit` a page
//   GET …/consultations/{slug}                                         one, with questions, draft and report
//   GET …/consultations/{slug}/articles                                what can be commented on, with its words
//   GET …/consultations/{slug}/responses?article=&question=&before=    newest first, `limit` a page
//   GET …/consultations/{slug}/responses/{response}                    one; its author sees it whatever its visibility
//   GET …/consultations/{slug}/answers?after=                          the operator's, by article
//
// A page of a list ends with "next": the address of the page after it, or null.
#include <charconv>

#include "processes/consultations/json.h"
#include "processes/consultations/pages.h"

namespace polder::consultations {

namespace json = boost::json;

namespace {

constexpr std::int64_t default_limit = 50, largest_limit = store::answers_to_at_once;

auto none() { return refuse(Why::not_found, {"consultations.not-found"}); }

std::int64_t number_in(const std::string& text) {
  std::int64_t n = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), n);
  return fault == std::errc{} && end == text.data() + text.size() ? n : 0;
}

Result<std::int64_t> limit_of(const Visit& visit) {
  const auto asked = visit.query("limit");
  if (asked.empty()) return default_limit;
  const std::int64_t n = number_in(asked);
  if (n < 1 || n > largest_limit)
    return refuse_field("limit", {"consultations.limit-between", {{"most", largest_limit}}});
  return n;
}

/// The id in a query, zero when none is given.
Result<Id> id_of(const Visit& visit, const std::string& name) {
  const auto asked = visit.query(name);
  if (asked.empty()) return Id{};
  if (const auto id = parse_id(asked)) return *id;
  return refuse_field(name, {"consultations.no-such-id"});
}

std::string address(const Visit& visit, const std::string& rest = {}) {
  return "/api/v1/platforms/" + visit.platform->slug + "/consultations" + rest;
}

Result<json::object> list(Visit& visit) {
  if (!visit.may_enter()) return none();
  TRY(const std::int64_t limit, limit_of(visit));
  TRY(const Id before, id_of(visit, "before"));
  return visit.house.database.read([&](storage::ReadTx& tx) -> Result<json::object> {
    const auto last = before ? known(visit, tx, before) : std::nullopt;
    if (before && !last) return refuse_field("before", {"consultations.no-such-id"});
    auto rows = store::list(tx, visit.platform->id, may_see_drafts(visit), last, limit + 1);
    const bool more = std::int64_t(rows.size()) > limit;
    if (more) rows.pop_back();
    json::array out;
    for (const auto& c : rows) out.push_back(to_json(c, phase_at(c, visit.now)));
    json::value next = nullptr;
    if (more)
      next = html::Url::local(address(visit))
                 .with("before", str(rows.back().id))
                 .with("limit", std::to_string(limit))
                 .text();
    return json::object{{"consultations", std::move(out)}, {"next", std::move(next)}};
  });
}

Result<json::object> consultation(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> Result<json::object> {
    const auto whole = find(visit, tx);
    if (!whole) return none();
    const Consultation& c = whole->c;
    auto out = to_json(c, whole->phase);
    out["can-change"] = c.can_change;
    out["cannot-change"] = c.cannot_change;
    out["note"] = c.note.empty() ? json::value(nullptr) : json::value(c.note);
    json::array questions;
    for (const auto& q : whole->questions) questions.push_back(to_json(q));
    out["questions"] = std::move(questions);
    if (const auto draft = store::about_draft(tx, c.id)) {
      auto about = to_json(*draft);
      about["akoma-ntoso"] = to(visit, c, "draft.xml").text();
      about["source"] = to(visit, c, "draft-source").text();
      out["draft"] = std::move(about);
    }
    out["report"] = c.report ? json::value(*c.report) : json::value(nullptr);
    json::object outcomes;
    for (const auto& [outcome, responses] : store::outcomes(tx, c.id)) outcomes[fields::word_of(outcome)] = responses;
    out["outcomes"] = std::move(outcomes);
    return out;
  });
}

Result<json::object> articles(Visit& visit) {
  std::optional<Draft> draft;
  const auto whole = visit.house.database.read([&](storage::ReadTx& tx) {
    auto found = find(visit, tx);
    if (found) draft = store::draft(tx, found->c.id);
    return found;
  });
  if (!whole || !draft) return none();
  TRY(const law::Document document, law::from_json(draft->document));
  std::map<std::string, std::int64_t> remarks;
  for (const auto& row : whole->articles) remarks[row.eid] = row.remarks;
  json::array out;
  for (const auto& a : law::articles(document)) {
    json::array path(a.path.begin(), a.path.end());
    out.push_back(json::object{{"article", a.eid},
                               {"number", a.number},
                               {"heading", a.heading},
                               {"path", std::move(path)},
                               {"words", law::plain_text(*a.division)},
                               {"remarks", remarks[a.eid]}});
  }
  return json::object{{"language", draft->language}, {"articles", std::move(out)}};
}

Result<json::object> responses(Visit& visit) {
  TRY(const std::int64_t limit, limit_of(visit));
  TRY(const Id before, id_of(visit, "before"));
  const bool all = may_read_all(visit);
  return visit.house.database.read([&](storage::ReadTx& tx) -> Result<json::object> {
    const auto whole = find(visit, tx);
    if (!whole) return none();
    const store::Filter filter{
        .shown_only = !all, .question = number_in(visit.query("question")), .article = visit.query("article")};
    auto rows = store::responses(tx, whole->c.id, filter, before, limit + 1);
    const bool more = std::int64_t(rows.size()) > limit;
    if (more) rows.pop_back();
    const auto answers = store::answers_to(tx, rows);
    json::array out;
    for (std::size_t i = 0; i < rows.size(); ++i)
      out.push_back(to_json(rows[i], sight(rows[i], false, all), answers[i]));
    json::value next = nullptr;
    if (more) {
      html::Url url =
          html::Url::local(address(visit, '/' + whole->c.slug + "/responses")).with("before", str(rows.back().id));
      for (const std::string_view kept : {"article", "question", "limit"})
        if (const auto value = visit.query(kept); !value.empty()) url = std::move(url).with(kept, value);
      next = url.text();
    }
    return json::object{{"responses", std::move(out)}, {"next", std::move(next)}};
  });
}

Result<json::object> response(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> Result<json::object> {
    const auto whole = find(visit, tx);
    const auto wanted = parse_id(visit.params["response"]);
    const auto r = whole && wanted ? store::response(tx, *wanted) : std::nullopt;
    if (!r || r->consultation != whole->c.id) return refuse(Why::not_found, {"consultations.no-response"});
    const bool author = visit.person && r->person == visit.person->id;
    auto out = to_json(*r, sight(*r, author, may_read_all(visit)), store::answers_to(tx, {&*r, 1}).front());
    if (out.empty()) return refuse(Why::not_found, {"consultations.no-response"});
    return out;
  });
}

Result<json::object> answers(Visit& visit) {
  TRY(const std::int64_t limit, limit_of(visit));
  TRY(const Id after, id_of(visit, "after"));
  return visit.house.database.read([&](storage::ReadTx& tx) -> Result<json::object> {
    const auto whole = find(visit, tx);
    if (!whole) return none();
    std::vector<Answer> rows;
    if (!after) {
      rows = store::answers(tx, whole->c.id, limit + 1);
    } else {
      const auto last = store::answer(tx, after);
      if (!last || last->consultation != whole->c.id) return refuse_field("after", {"consultations.no-such-id"});
      rows = store::answers_after(tx, *last, limit + 1);
    }
    const bool more = std::int64_t(rows.size()) > limit;
    if (more) rows.pop_back();
    json::array out;
    for (const Answer& a : rows) out.push_back(to_json(a));
    json::value next = nullptr;
    if (more)
      next = html::Url::local(address(visit, '/' + whole->c.slug + "/answers"))
                 .with("after", str(rows.back().id))
                 .with("limit", std::to_string(limit))
                 .text();
    return json::object{{"answers", std::move(out)}, {"next", std::move(next)}};
  });
}

}  // namespace

void add_api(House& house) {
  const auto get = [&](const std::string& path, Result<json::object> (*read)(Visit&)) {
    house.routes.add({http::Method::get, "/api/v1/platforms/{platform}/consultations" + path, web::Door::anyone,
                      web::Keep::nothing, 0, [read](Visit& visit) -> http::Response {
                        const auto out = read(visit);
                        return out ? visit.json(200, *out) : visit.json_refusal(out.error());
                      }});
  };
  get("", list);
  get("/{slug}", consultation);
  get("/{slug}/articles", articles);
  get("/{slug}/responses", responses);
  get("/{slug}/responses/{response}", response);
  get("/{slug}/answers", answers);
}

}  // namespace polder::consultations
