#include "processes/consultations/json.h"

#include "kernel/fields/field.h"

namespace polder::consultations {
namespace {

namespace json = boost::json;

json::value moment(const std::optional<Time>& t) { return t ? json::value(iso(*t)) : json::value(nullptr); }

json::object part(const Part& p) {
  json::object out;
  if (p.question > 0) out["question"] = p.question;
  if (!p.article.empty()) out["article"] = p.article;
  if (!p.quote.empty()) out["quote"] = p.quote;
  out["words"] = p.words;
  return out;
}

}  // namespace

json::object to_json(const Consultation& c, Phase now) {
  return {{"id", str(c.id)},
          {"slug", c.slug},
          {"phase", fields::word_of(now)},
          {"language", c.language},
          {"title", c.title},
          {"summary", c.summary},
          {"opens-at", iso(c.opens_at)},
          {"closes-at", iso(c.closes_at)},
          {"answer-by", iso(c.answer_by)},
          {"published-at", moment(c.published_at)},
          {"reported-at", moment(c.reported_at)},
          {"responses", c.responses},
          {"shown", c.shown},
          {"answerable", c.answerable},
          {"answered", c.answered},
          {"remarks", c.remarks}};
}

json::object to_json(const Question& question) {
  return {{"number", question.number}, {"words", question.words}, {"responses", question.responses}};
}

json::object to_json(const Draft& draft) {
  return {{"title", draft.title},
          {"language", draft.language},
          {"format", draft.format},
          {"file-name", draft.file_name},
          {"sha256", draft.sha256}};
}

json::object to_json(const Answer& answer) {
  return {{"id", str(answer.id)},
          {"at", iso(answer.made_at)},
          {"article", answer.article.empty() ? json::value(nullptr) : json::value(answer.article)},
          {"outcome", fields::word_of(answer.outcome)},
          {"words", answer.words},
          {"responses", answer.responses}};
}

json::object to_json(const Response& r, Sight seen, const std::vector<Answer>& answers) {
  if (seen != Sight::all && seen != Sight::words_only) return {};
  json::object out{{"id", str(r.id)},
                   {"number", r.number},
                   {"at", iso(r.made_at)},
                   {"language", r.language},
                   {"visibility", fields::word_of(r.visibility)},
                   {"state", fields::word_of(r.state)}};
  if (seen == Sight::all && !r.name.empty()) out["name"] = r.name;
  if (seen == Sight::all && !r.on_behalf.empty()) out["on-behalf"] = r.on_behalf;
  json::array parts, replies;
  for (const Part& p : r.parts) parts.push_back(part(p));
  for (const Answer& a : answers) replies.push_back(to_json(a));
  out["parts"] = std::move(parts);
  out["answers"] = std::move(replies);
  return out;
}

}  // namespace polder::consultations
