#include "governance/explain.h"

#include <algorithm>
#include <span>

namespace polder::governance {
namespace {

/// "a", "a and b", "a, b and c": the grammar is the catalogue's. `last` joins the last two.
std::string join(std::span<const std::string> words, const std::string& last, const Say& say) {
  if (words.empty()) return {};
  std::string out = words.front();
  for (std::size_t i = 1; i < words.size(); ++i)
    out = say({i + 1 == words.size() ? last : "governance.list.comma", {{"first", out}, {"next", words[i]}}});
  return out;
}

std::string names(const Charter& charter, std::span<const std::string> roles, std::string_view language,
                  const std::string& last, const Say& say) {
  std::vector<std::string> out;
  for (const auto& role : roles) out.push_back(role_name(charter, role, language, say));
  return join(out, last, say);
}

std::string during(const ActWord& act, std::span<const std::string> phases, const Vocabulary& words, const Say& say) {
  std::vector<std::string> out;
  for (const auto& name : phases)
    if (const auto* phase = words.phase(act.process, name)) out.push_back(say({phase->during}));
  return join(out, "governance.list.or", say);
}

ActRow::Cell cell(const Charter& charter, const ActWord& act, std::string_view phase) {
  ActRow::Cell cell{.phase = std::string(phase), .roles = {}, .after_confirming = {}};
  auto add = [&](const std::string& role, bool visitors) {
    const Decision d = may(charter, {&role, 1}, act.name, phase);
    if (!d) return;
    cell.roles.push_back(role);
    if (visitors && d.confirm_email) cell.after_confirming.push_back(role);
  };
  for (const auto& role : charter.roles) add(role.id, role.how == How::everybody);
  add("clock", false);
  return cell;
}

ActTable table(const Charter& charter, const Vocabulary& words, const std::string& process,
               std::vector<PhaseWord> phases) {
  ActTable table{.process = process, .phases = std::move(phases), .rows = {}};
  for (const auto& act : words.acts) {
    if (act.process != process) continue;
    ActRow row{.act = act.name, .words = act.words, .cells = {}};
    if (act.phases.empty())
      row.cells.push_back(cell(charter, act, {}));
    else
      for (const auto& phase : table.phases)
        if (std::ranges::find(act.phases, phase.name) != act.phases.end())
          row.cells.push_back(cell(charter, act, phase.name));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::vector<ActTable> explain(const Charter& charter, const Vocabulary& words) {
  std::vector<ActTable> tables;
  for (const auto& process : words.processes)
    if (charter.runs(process.name)) tables.push_back(table(charter, words, process.name, process.phases));
  tables.push_back(table(charter, words, "", {}));
  return tables;
}

std::string sentence(const Charter& charter, const Rule& rule, const Vocabulary& words, std::string_view language,
                     const Say& say) {
  const ActWord* act = words.act(rule.act);
  if (!act) return {};
  const std::string when = during(*act, rule.phases, words, say);
  Message message{when.empty() ? "governance.may" : "governance.may-during",
                  {{"who", names(charter, rule.who, language, "governance.list.and", say)},
                   {"count", static_cast<std::int64_t>(rule.who.size())},
                   {"act", say({act->words})}}};
  if (!when.empty()) message.args.emplace_back("when", when);
  std::string out = say(message);
  if (rule.confirm_email) out += " " + say({"governance.confirm"});
  return out;
}

std::string reason(const Charter& charter, const Decision& decision, std::string_view act, const Vocabulary& words,
                   std::string_view language, const Say& say) {
  const ActWord* word = words.act(act);
  if (decision.allowed || !word) return decision.reason ? say(*decision.reason) : "";
  if (!decision.phases.empty())
    return say({"governance.refused.phase-only",
                {{"act", say({word->words})}, {"when", during(*word, decision.phases, words, say)}}});
  if (!decision.needs.empty())
    return say({"governance.refused.role-only",
                {{"who", names(charter, decision.needs, language, "governance.list.and", say)},
                 {"count", static_cast<std::int64_t>(decision.needs.size())},
                 {"act", say({word->words})}}});
  return say(*decision.reason);
}

std::string role_name(const Charter& charter, std::string_view id, std::string_view language, const Say& say) {
  if (id == "clock") return say({"governance.clock"});
  const Role* role = charter.role(id);
  return std::string(role ? role->name.in(language).text : id);
}

}  // namespace polder::governance
