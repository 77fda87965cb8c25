#include "methods/ranking/ranking_json.h"

namespace polder::ranking {
namespace {

/// Strings here have no control characters (rule.h), so two escapes are all that RFC 8259 §7 asks for.
void quote(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

template <class Things, class Write>
void list(std::string& out, const Things& things, const Write& one) {
  out += '[';
  bool first = true;
  for (const auto& thing : things) {
    if (!first) out += ',';
    first = false;
    one(thing);
  }
  out += ']';
}

}  // namespace

std::string write(const Rule& rule, const Ranking& ranking) {
  std::string out = R"({"ranking":)";
  std::int64_t paid = 0;
  list(out, ranking.places, [&](const Place& place) {
    paid += place.amount;
    out += R"({"entry":)";
    quote(out, place.entry);
    out += R"(,"rank":)" + std::to_string(place.rank) + R"(,"score":)" + str(place.score) + R"(,"amount":)" +
           std::to_string(place.amount) + R"(,"decided_by":)";
    if (place.decided_by.empty())
      out += "null";
    else
      quote(out, place.decided_by);
    out += '}';
  });
  out += R"(,"unmarked":)";
  list(out, ranking.unmarked, [&](const std::string& id) { quote(out, id); });
  if (rule.purse) {
    out += R"(,"currency":)";
    quote(out, rule.purse->currency);
    out += R"(,"paid":)" + std::to_string(paid);
  }
  out += R"(,"method":{"name":"polder-ranking","version":)";
  quote(out, version);
  out += R"(,"normalisation":)";
  quote(out, name(rule.normalisation));
  out += R"(,"ties":)";
  list(out, rule.ties, [&](const std::string& tie) { quote(out, tie); });
  return out + "}}";
}

Result<std::string> rank_json(std::string_view file) {
  TRY(const File read_file, read(file));
  TRY(const Ranking ranking, rank(read_file.rule, read_file.entries, read_file.marks));
  return write(read_file.rule, ranking);
}

}  // namespace polder::ranking
