// Where a statement is written, reviewed, published, amended and cancelled. For those whom the charter lets.
#include "processes/challenges/pages.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

/// The statement's fields under the headings they belong to.
Html controls(const Visit& visit, const fields::Drawing& form) {
  struct Part {
    std::string_view heading;
    std::vector<std::string_view> fields;
  };
  static const std::vector<Part> parts{
      {"challenges.part-what",
       {"title", "summary", "language", "kind", "seeker", "seeker-unnamed", "problem", "background"}},
      {"challenges.part-solution", {"solution", "no-solution", "criteria", "entry", "files", "file-megabytes"}},
      {"challenges.part-who",
       {"entrants", "countries", "minimum-age", "staff-barred", "exclusions", "team-size", "entries-a-team",
        "agreement"}},
      {"challenges.part-prizes", {"mode", "currency", "prizes", "rights", "rights-words"}},
      {"challenges.part-judging", {"rubric", "readers", "rounds", "normalisation", "ties", "objection-days"}},
      {"challenges.part-when", {"opens", "questions-until", "merge-until", "closes", "judged-by", "follow-up-months"}}};
  std::vector<std::pair<std::string, std::string>> languages;
  for (const auto language : visit.platform->languages)
    languages.emplace_back(std::string(i18n::code(language)), std::string(i18n::native_name(language)));
  Html out;
  for (const Part& part : parts) {
    out += h2(cls("section"), visit.t(part.heading));
    for (const auto field : part.fields)
      out += form.field("statement." + std::string(field),
                        field == "language" ? fields::Wording{.options = languages} : fields::Wording{});
  }
  return out;
}

json::object typed(const Statement& s) { return {{"statement", fields::Trait<Statement>::write(s)}}; }

/// What a new statement begins with: what most have.
json::object beginning(const Visit& visit) {
  return {{"statement", json::object{{"language", i18n::code(visit.t.language())},
                                     {"mode", "ranked"},
                                     {"objection-days", 14},
                                     {"follow-up-months", 12},
                                     {"team-size", 10},
                                     {"entries-a-team", 1},
                                     {"files", 5},
                                     {"file-megabytes", 100},
                                     {"readers", 3},
                                     {"rounds", 1},
                                     {"normalisation", "none"}}}};
}

ActPage writing(const Visit& visit, const Challenge* c) {
  return {.act = c == nullptr ? "challenges.draft" : "challenges.revise",
          .title = visit.t(c == nullptr ? "challenges.new" : "challenges.edit"),
          .words = p(visit.t("challenges.writing-words")),
          .button = visit.t("challenges.save-and-preview"),
          .path = c == nullptr ? "new" : "edit",
          .fixed = c == nullptr ? json::object{} : json::object{{"challenge", str(c->id)}},
          .flash = "challenges.saved",
          .labels = "challenges.draft",
          .controls = [&visit](const fields::Drawing& form) { return controls(visit, form); }};
}

ActPage amending(const Visit& visit, const Challenge& c) {
  return {.act = "challenges.amend",
          .title = visit.t("challenges.to-amend"),
          .words = p(visit.t("challenges.amend-words", {{"n", c.version + 1}})),
          .button = visit.t("challenges.amend-now"),
          .path = "amend",
          .fixed = {{"challenge", str(c.id)}},
          .flash = "challenges.amended-now",
          .labels = "challenges.draft",
          .controls = [&visit](const fields::Drawing& form) {
            return form.field("why", {.label = visit.t("challenges.amend.why")}) + controls(visit, form);
          }};
}

ActPage small(const Visit& visit, const Challenge& c, std::string_view act, std::string_view path,
              std::string_view title, std::string_view words, std::string_view flash, bool danger = false) {
  return {.act = act,
          .title = visit.t(title),
          .words = p(visit.t(words)),
          .button = visit.t(title),
          .path = path,
          .fixed = {{"challenge", str(c.id)}},
          .flash = flash,
          .button_class = danger ? "button danger" : "button"};
}

http::Response new_form(Visit& visit) {
  if (!runs_here(visit)) return not_found(visit);
  if (auto no = barred(visit, "challenges.draft", Phase::draft)) return *std::move(no);
  return show(visit, nullptr, writing(visit, nullptr), beginning(visit));
}

http::Response make(Visit& visit) {
  if (!runs_here(visit)) return not_found(visit);
  if (auto no = barred(visit, "challenges.draft", Phase::draft)) return *std::move(no);
  return perform(visit, nullptr, writing(visit, nullptr));
}

}  // namespace

void add_statement_pages(House& house) {
  using web::Door;
  using web::Keep;
  const std::string fresh = "/{platform}/challenges/new";
  house.routes.add({http::Method::get, fresh, Door::signed_in, Keep::nothing, 0, new_form});
  house.routes.add({http::Method::post, fresh, Door::signed_in, Keep::nothing, web::form_limit, make});
  const auto statement = [](const Whole& whole) { return typed(whole.statement); };
  add_act_page(
      house, "challenges.revise", "edit",
      [](const Visit& visit, const Whole& whole) { return writing(visit, &whole.c); }, statement);
  add_act_page(
      house, "challenges.amend", "amend",
      [](const Visit& visit, const Whole& whole) { return amending(visit, whole.c); }, statement);
  add_act_page(house, "challenges.submit", "submit", [](const Visit& visit, const Whole& whole) {
    return small(visit, whole.c, "challenges.submit", "submit", "challenges.to-review", "challenges.submit-words",
                 "challenges.submitted");
  });
  add_act_page(house, "challenges.return", "return", [](const Visit& visit, const Whole& whole) {
    return small(visit, whole.c, "challenges.return", "return", "challenges.to-return", "challenges.return-words",
                 "challenges.returned");
  });
  add_act_page(house, "challenges.publish", "publish", [](const Visit& visit, const Whole& whole) {
    return small(visit, whole.c, "challenges.publish", "publish", "challenges.to-publish", "challenges.publish-words",
                 "challenges.published");
  });
  add_act_page(house, "challenges.name-seeker", "seeker", [](const Visit& visit, const Whole& whole) {
    return small(visit, whole.c, "challenges.name-seeker", "seeker", "challenges.to-name-seeker",
                 "challenges.name-seeker-words", "challenges.seeker-named");
  });
  add_act_page(house, "challenges.cancel", "cancel", [](const Visit& visit, const Whole& whole) {
    return small(visit, whole.c, "challenges.cancel", "cancel", "challenges.to-cancel", "challenges.cancel-words",
                 "challenges.cancelled-now", true);
  });
}

}  // namespace polder::challenges
