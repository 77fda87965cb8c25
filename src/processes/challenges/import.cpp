#include "processes/challenges/import.h"

#include <algorithm>

#include "kernel/text/text.h"

namespace polder::challenges {
namespace {

namespace json = boost::json;

std::string section(const challengegov::Challenge& c, std::string_view name) {
  const auto found = std::ranges::find(c.sections, name, &challengegov::Section::name);
  return found == c.sections.end() ? "" : found->markdown;
}

std::string shortened(std::string text, std::size_t most) {
  return text::length(text) <= most ? text : text::excerpt(text, most - 1);
}

std::string wall(Time at) { return iso(at).substr(0, 16); }

}  // namespace

Begun statement_from(const challengegov::Challenge& c, Time now) {
  Begun out;
  const auto assume = [&](std::string_view field, std::string taken) {
    out.assumed.emplace_back(field, taken);
    return taken;
  };
  const auto text_or = [&](std::string text, std::string_view field, std::string otherwise, std::size_t most) {
    return shortened(text.empty() ? assume(field, std::move(otherwise)) : std::move(text), most);
  };
  auto& s = out.statement;
  s["title"] = shortened(c.title, 160);
  s["summary"] = text_or(c.tagline, "summary", c.title, 1'000);
  s["language"] = "en";
  s["kind"] = c.kind ? std::string(challengegov::name(*c.kind)) : assume("kind", "ideation");
  s["mode"] = "ranked";
  s["seeker"] = text_or(c.agency, "seeker", "Challenge.gov", 160);
  s["problem"] = text_or(section(c, "description"), "problem", c.title, 20'000);
  s["solution"] = text_or(section(c, "how-to-enter"), "solution", "See the problem.", 10'000);
  s["agreement"] = text_or(section(c, "rules"), "agreement", "See " + (c.url.empty() ? c.title : c.url), 20'000);
  s["rights"] = assume("rights", "winners-only");
  s["rights-words"] = assume("rights-words", "As the rules say.");

  json::array rubric;
  for (const auto& criterion : c.criteria) {
    if (rubric.size() == 12) break;
    const std::int64_t weight = std::clamp<std::int64_t>((criterion.weight_hundredths + 50) / 100, 1, 100);
    rubric.push_back(json::object{{"name", shortened(criterion.name, 100)}, {"weight", weight}, {"max", 10}});
  }
  if (rubric.empty()) {
    assume("rubric", "one criterion");
    rubric.push_back(json::object{{"name", "As a whole"}, {"weight", 1}, {"max", 10}});
  }
  s["rubric"] = std::move(rubric);
  s["entry"] =
      json::array{json::object{{"label", assume("entry", "Your solution")}, {"at-most", 20'000}, {"judges-see", true}}};
  const std::int64_t amount = c.purse && c.purse->minor_units > 0 ? c.purse->minor_units : 100;
  if (!c.purse || c.purse->minor_units <= 0) assume("prizes", "1.00");
  s["prizes"] =
      json::array{json::object{{"name", "Prize"}, {"amount", fields::decimal_text(amount, 2)}, {"given-for", "place"}}};
  s["currency"] = c.purse ? c.purse->currency : "USD";

  const Time opens = c.opens ? *c.opens : now + day_ms;
  Time closes = c.closes ? *c.closes : opens + 90 * day_ms;
  if (!c.opens) assume("opens", wall(opens));
  if (!c.closes || closes <= opens) {
    closes = opens + 90 * day_ms;
    assume("closes", wall(closes));
  }
  s["opens"] = wall(opens);
  s["closes"] = wall(closes);
  for (const auto& [field, value] : {std::pair{"objection-days", 14},
                                     {"follow-up-months", 12},
                                     {"team-size", 10},
                                     {"entries-a-team", 1},
                                     {"files", 5},
                                     {"file-megabytes", 100},
                                     {"readers", 3},
                                     {"rounds", 1}})
    s[field] = value;
  s["normalisation"] = "none";
  return out;
}

}  // namespace polder::challenges
