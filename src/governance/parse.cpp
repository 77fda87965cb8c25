// The charter file, section by section. docs/charter.md says the same for people; keep them together.
#include <algorithm>
#include <cmath>
#include <set>

#include "governance/charter.h"
#include "governance/checks.h"
#include "governance/reader.h"
#include "kernel/text/text.h"

namespace polder::governance {
namespace {

constexpr Room a_name{.limit = 120}, a_paragraph{.limit = 2'000, .lines = true}, a_page{.limit = 40'000, .lines = true};

template <class... T>
std::vector<std::string> names(T... values) {
  return {std::string(name(values))...};
}

class Parser {
 public:
  Parser(const Vocabulary& words, const Node& document) : words_(words), root_(faults_, &document, "") {}

  std::expected<Charter, std::vector<Fault>> read() {
    root_.number("charter", Need::required, 1, 1, 1);
    platform();
    operated_by();
    roles();
    rules();
    for (const auto& process : words_.processes) settings(process);
    oversight();
    c_.terms = local(root_, "terms", Need::required, a_page);
    retention();
    theme();
    root_.finish();
    if (faults_.count() > 0) return std::unexpected(faults_.take());
    return std::move(c_);
  }

 private:
  LocalText local(Reader& from, std::string_view key, Need need, Room room) {
    return from.local(key, need, room, c_.languages, words_.languages);
  }

  /// Reports a word that is not among the known ones; `kind` ends the message's key: "act", "role", "phase" …
  bool known(const Word& word, std::span<const std::string> these, std::string_view kind) {
    if (std::ranges::find(these, word.text) != these.end()) return true;
    faults_.add(word.at, word.key, {"governance.fault.unknown-" + std::string(kind), {{"word", shown(word.text)}}},
                suggestion(word.text, these));
    return false;
  }

  std::vector<std::string> known_words(Reader& from, std::string_view key, Need need,
                                       std::span<const std::string> these, std::string_view kind,
                                       std::size_t least = 1) {
    std::vector<std::string> out;
    for (auto& word : from.words(key, need, least))
      if (known(word, these, kind)) out.push_back(std::move(word.text));
    return out;
  }

  void platform() {
    Reader from = root_.table("platform", Need::required);
    c_.languages = known_words(from, "languages", Need::required, words_.languages, "language");
    c_.name = local(from, "name", Need::required, a_name);
    c_.summary = local(from, "summary", Need::required, a_paragraph);
    c_.timezone = from.checked("timezone", Need::required, is_timezone, "timezone", nearest_timezone);
    c_.host = from.checked("host", Need::optional, is_host, "host");
    c_.openness = Openness(from.choice("openness", Need::required, names(Openness::open, Openness::closed)));
    c_.door = from.yes("door", false);
    if (c_.door && c_.openness == Openness::open)
      from.fault("door", {"governance.fault.door"}, {"governance.right.leave-out"});
    c_.opens = from.date("opens");
    std::vector<std::string> processes;
    for (const auto& process : words_.processes) processes.push_back(process.name);
    c_.processes = known_words(from, "processes", Need::required, processes, "process", 0);
    from.finish();
  }

  void operated_by() {
    Reader from = root_.table("operator", Need::required);
    c_.operated_by.name = local(from, "name", Need::required, a_name);
    c_.operated_by.kind = OperatorKind(from.choice(
        "kind", Need::required, names(OperatorKind::government, OperatorKind::company, OperatorKind::civil_society)));
    c_.operated_by.email = from.checked("email", Need::required, text::is_email, "email");
    c_.operated_by.address = from.text("address", Need::optional, {.limit = 500, .lines = true});
    c_.operated_by.imprint = from.checked("imprint", Need::optional, is_url, "url");
    from.finish();
  }

  void roles() {
    Reader from = root_.table("roles", Need::required);
    auto tables = from.named_tables();
    for (const auto& [word, reader] : tables) role_ids_.push_back(word.text);
    if (tables.size() > most_roles) {
      faults_.add(tables[most_roles].first.at, tables[most_roles].first.key, {"governance.fault.too-many"},
                  {"governance.right.at-most", {{"limit", static_cast<std::int64_t>(most_roles)}}});
      tables.resize(most_roles, {Word{}, Reader(faults_, nullptr, "")});
    }
    for (auto& [word, reader] : tables) role(word, reader);
    if (!from) return;
    const auto everybody = std::ranges::count(c_.roles, How::everybody, &Role::how);
    if (everybody != 1)
      faults_.add(from.place(), "roles", {"governance.fault.everybody", {{"count", std::int64_t{everybody}}}},
                  {"governance.right.everybody"});
    reachable();
  }

  void role(const Word& id, Reader& from) {
    if (std::ranges::find(reserved_roles, id.text) != reserved_roles.end())
      faults_.add(id.at, id.key, {"governance.fault.reserved", {{"word", id.text}}}, {"governance.right.own-word"});
    else if (!is_slug(id.text))
      faults_.add(id.at, id.key, {"governance.fault.slug", {{"word", shown(id.text)}}}, {"governance.right.slug"});
    Role role{.id = id.text,
              .name = local(from, "name", Need::required, a_name),
              .description = local(from, "description", Need::required, a_paragraph)};
    role.how = How(
        from.choice("how", Need::required, names(How::everybody, How::signed_in, How::appointed, How::application)));
    const bool given = role.how == How::appointed || role.how == How::application;
    if (given) {
      std::vector<std::string> by = role_ids_;
      by.emplace_back("server");
      for (auto& word : from.words("appointed_by", Need::required)) {
        if (!known(word, by, "role")) continue;
        appointers_.push_back(word);
        role.appointed_by.push_back(std::move(word.text));
      }
    } else if (from.find("appointed_by")) {
      from.fault("appointed_by", {"governance.fault.appointed-by"}, {"governance.right.leave-out"});
    }
    from.finish();
    role_places_.emplace_back(id.at, id.key);
    c_.roles.push_back(std::move(role));
  }

  /// Somebody must be able to hold each role: beginning at the server's administrator and the roles everyone has,
  /// follow who appoints whom until nothing new is reached.
  void reachable() {
    std::set<std::string, std::less<>> held{"server"};
    for (bool more = true; more;) {
      more = false;
      for (const auto& role : c_.roles)
        if (!held.contains(role.id) &&
            (role.how == How::everybody || role.how == How::signed_in ||
             std::ranges::any_of(role.appointed_by, [&](const auto& by) { return held.contains(by); })))
          more = held.insert(role.id).second;
    }
    for (std::size_t i = 0; i < c_.roles.size(); ++i)
      if (const auto& role = c_.roles[i]; !held.contains(role.id) && !role.appointed_by.empty())
        faults_.add(role_places_[i].first, role_places_[i].second,
                    {"governance.fault.unreachable", {{"role", role.id}}}, {"governance.right.reachable"});
  }

  void rules() {
    std::vector<std::string> acts, who = role_ids_;
    for (const auto& act : words_.acts) acts.push_back(act.name);
    who.emplace_back("clock");
    for (auto& from : root_.tables("rules", most_rules)) rule(from, acts, who);
    if (!root_.find("rules")) return;
    for (const auto& word : appointers_) {
      if (words_.appointing_act.empty() || word.text == "server" || lets(words_.appointing_act, word.text)) continue;
      faults_.add(word.at, word.key, {"governance.fault.cannot-appoint", {{"role", shown(word.text)}}},
                  {"governance.right.add-rule", {{"act", words_.appointing_act}, {"role", shown(word.text)}}});
    }
    for (const auto& act : words_.acts)
      if (act.by_clock && c_.runs(act.process) && !lets(act.name, "clock"))
        root_.fault("rules", {"governance.fault.no-clock", {{"act", act.name}}},
                    {"governance.right.add-rule", {{"act", act.name}, {"role", "clock"}}});
  }

  bool lets(std::string_view act, std::string_view role) const {
    return std::ranges::any_of(c_.rules, [&](const Rule& rule) {
      return rule.act == act && std::ranges::find(rule.who, role) != rule.who.end();
    });
  }

  void rule(Reader& from, std::span<const std::string> acts, std::span<const std::string> who) {
    Rule rule{.act = from.text("act", Need::required)};
    const ActWord* act = words_.act(rule.act);
    const Word said{rule.act, from.find("act") ? from.find("act")->at : from.place(), from.path("act")};
    if (!rule.act.empty() && known(said, acts, "act") && !act->process.empty() && !c_.runs(act->process))
      from.fault("act", {"governance.fault.process-not-run", {{"process", act->process}}},
                 {"governance.right.add-process", {{"process", act->process}}});

    for (auto& word : from.words("who", Need::required)) {
      if (!known(word, who, "role")) continue;
      if (word.text == "clock" && act && !act->by_clock)
        faults_.add(word.at, word.key, {"governance.fault.not-by-clock", {{"act", act->name}}},
                    {"governance.right.leave-out"});
      rule.who.push_back(std::move(word.text));
    }
    for (auto& word : from.words("phase", Need::optional))
      if (act && known_phase(word, *act)) rule.phases.push_back(std::move(word.text));

    if (from.find("confirm")) {
      const std::vector<std::string> ways{"email"};
      const auto faulty = faults_.count();
      from.choice("confirm", Need::optional, ways);
      rule.confirm_email = faults_.count() == faulty;
      const bool visitors = std::ranges::any_of(rule.who, [&](const auto& id) {
        const Role* role = c_.role(id);
        return role && role->how == How::everybody;
      });
      if (rule.confirm_email && !visitors && !rule.who.empty())
        from.fault("confirm", {"governance.fault.confirm"}, {"governance.right.leave-out"});
    }
    rule.why = local(from, "why", Need::optional, a_paragraph);
    from.finish();
    c_.rules.push_back(std::move(rule));
  }

  bool known_phase(const Word& word, const ActWord& act) {
    std::vector<std::string> all;
    if (const auto* process = words_.process(act.process))
      for (const auto& phase : process->phases) all.push_back(phase.name);
    if (!act.phases.empty() && std::ranges::find(all, word.text) != all.end() &&
        std::ranges::find(act.phases, word.text) == act.phases.end()) {
      faults_.add(word.at, word.key, {"governance.fault.phase-of-act", {{"act", act.name}, {"phase", word.text}}},
                  suggestion({}, act.phases));
      return false;
    }
    return known(word, act.phases, act.phases.empty() ? "phase-here" : "phase");
  }

  void settings(const ProcessWord& process) {
    const bool run = c_.runs(process.name);
    if (!run) {
      if (root_.find(process.name))
        root_.fault(process.name, {"governance.fault.process-not-run", {{"process", process.name}}},
                    {"governance.right.add-process", {{"process", process.name}}});
      return;
    }
    Reader from = root_.table(process.name, Need::optional);
    for (const auto& word : process.settings) c_.settings.push_back({process.name, word.name, setting(from, word)});
    from.finish();
  }

  Value setting(Reader& from, const SettingWord& s) {
    using Kind = SettingWord::Kind;
    if (!from.find(s.name)) return s.otherwise;
    switch (s.kind) {
      case Kind::whole_number:
        return from.number(s.name, Need::optional, s.from, s.to, s.from);
      case Kind::yes_no:
        return from.yes(s.name, false);
      case Kind::text:
        return from.text(s.name, Need::optional, {.limit = static_cast<std::size_t>(s.to)});
      case Kind::word:
        return s.choices[from.choice(s.name, Need::optional, s.choices)];
      case Kind::list:
        return known_words(from, s.name, Need::optional, s.choices, "choice");
    }
    return s.otherwise;
  }

  void oversight() {
    Reader from = root_.table("oversight", Need::required);
    c_.oversight.body = local(from, "body", Need::required, a_name);
    c_.oversight.contact = from.checked("contact", Need::required, text::is_email, "email");
    c_.oversight.url = from.checked("url", Need::optional, is_url, "url");
    from.finish();
  }

  void retention() {
    Reader from = root_.table("retention", Need::optional);
    auto& r = c_.retention;
    auto keep = [&](std::string_view key, std::int64_t at_least, std::int64_t at_most, std::int64_t& value) {
      value = from.number(key, Need::optional, at_least, at_most, value);
    };
    keep("accounts_inactive_months", 3, 120, r.accounts_inactive_months);
    keep("drafts_days", 7, 3'650, r.drafts_days);
    keep("mails_days", 1, 365, r.mails_days);
    keep("reports_days", 30, 3'650, r.reports_days);
    keep("logs_days", 1, 90, r.logs_days);
    from.finish();
  }

  void theme() {
    Reader from = root_.table("theme", Need::optional);
    c_.theme.logo_text = from.text("logo", Need::optional, {.limit = 40});
    c_.theme.light = colours(from, &ThemeToken::light);
    Reader dark = from.table("dark", Need::optional);
    c_.theme.dark = colours(dark, &ThemeToken::dark);
    dark.finish();
    from.finish();
  }

  /// Sorted by name. A colour of one's own must leave every text readable that it touches.
  std::vector<Colour> colours(Reader& from, std::string ThemeToken::* look) {
    std::vector<Colour> own;
    for (const auto& token : words_.tokens)
      if (auto value = from.checked(token.name, Need::optional, is_colour, "colour"); !value.empty())
        own.emplace_back(token.name, std::move(value));
    auto of = [&](const std::string& name) {
      const auto it = std::ranges::find(own, name, &Colour::first);
      return it != own.end() ? it->second : words_.token(name).*look;
    };
    for (const auto& [text, ground, least] : words_.pairs) {
      const std::string a = of(text), b = of(ground);
      if (contrast(a, b) >= least) continue;
      const bool ours = std::ranges::find(own, text, &Colour::first) != own.end();
      from.fault(ours ? text : ground,
                 {"governance.fault.contrast",
                  {{"text", text}, {"ground", ground}, {"ratio", std::floor(contrast(a, b) * 10) / 10}}},
                 {"governance.right.contrast", {{"least", least}}});
    }
    std::ranges::sort(own);
    return own;
  }

  const Vocabulary& words_;
  Faults faults_;
  Reader root_;
  Charter c_;
  std::vector<std::string> role_ids_;
  std::vector<std::pair<Place, std::string>> role_places_;  ///< beside c_.roles
  std::vector<Word> appointers_;                            ///< every word of every appointed_by
};

}  // namespace

std::expected<Charter, std::vector<Fault>> parse(std::string_view text, const Vocabulary& words) {
  const auto document = read_document(text);
  if (!document) return std::unexpected(std::vector{document.error()});
  return Parser(words, *document).read();
}

}  // namespace polder::governance
