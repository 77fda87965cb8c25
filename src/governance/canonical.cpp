// A charter back as TOML: one spelling for one meaning.
#include <algorithm>
#include <type_traits>

#include "governance/charter.h"

namespace polder::governance {
namespace {

/// A basic string; with line breaks a multi-line one, so that no line grows past what the reader takes.
std::string quoted(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  const bool lines = text.find('\n') != text.npos;
  std::string out = lines ? "\"\"\"\n" : "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F)
      ((out += "\\u00") += hex[static_cast<unsigned char>(c) >> 4]) += hex[c & 15];
    else
      out += c;
  }
  return out + (lines ? "\"\"\"" : "\"");
}

class Writer {
 public:
  void table(std::string_view name) { ((out_ += "\n[") += name) += "]\n"; }
  void item(std::string_view name) { ((out_ += "\n[[") += name) += "]]\n"; }
  void raw(std::string_view key, std::string_view value) { (((out_ += key) += " = ") += value) += '\n'; }

  void text(std::string_view key, std::string_view value) {
    if (!value.empty()) raw(key, quoted(value));
  }
  void local(std::string_view key, const LocalText& text) {
    for (const auto& [language, words] : text.texts)
      raw(key.empty() ? language : std::string(key) + "." + language, quoted(words));
  }
  void list(std::string_view key, const std::vector<std::string>& words) {
    if (words.empty()) return;
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "[" : ", ") + quoted(word);
    raw(key, out + "]");
  }
  void number(std::string_view key, std::int64_t value) { raw(key, std::to_string(value)); }
  void colours(std::vector<Colour> colours) {
    std::ranges::sort(colours);
    for (const auto& [token, value] : colours) raw(token, quoted(value));
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write(Writer& to, const Setting& s) {
  std::visit(
      [&](const auto& v) {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, std::int64_t>)
          to.number(s.name, v);
        else if constexpr (std::is_same_v<T, bool>)
          to.raw(s.name, v ? "true" : "false");
        else if constexpr (std::is_same_v<T, std::string>)
          to.text(s.name, v);
        else
          to.list(s.name, v);
      },
      s.value);
}

}  // namespace

std::string canonical(const Charter& c) {
  Writer w;
  w.number("charter", 1);

  w.table("platform");
  w.local("name", c.name);
  w.local("summary", c.summary);
  w.list("languages", c.languages);
  w.text("timezone", c.timezone);
  w.text("host", c.host);
  w.text("openness", name(c.openness));
  if (c.door) w.raw("door", "true");
  if (c.opens) w.raw("opens", iso(*c.opens));
  c.processes.empty() ? w.raw("processes", "[]") : w.list("processes", c.processes);

  w.table("operator");
  w.local("name", c.operated_by.name);
  w.text("kind", name(c.operated_by.kind));
  w.text("email", c.operated_by.email);
  w.text("address", c.operated_by.address);
  w.text("imprint", c.operated_by.imprint);

  for (const auto& role : c.roles) {
    w.table("roles." + role.id);
    w.local("name", role.name);
    w.local("description", role.description);
    w.text("how", name(role.how));
    w.list("appointed_by", role.appointed_by);
  }
  for (const auto& rule : c.rules) {
    w.item("rules");
    w.text("act", rule.act);
    w.list("who", rule.who);
    w.list("phase", rule.phases);
    if (rule.confirm_email) w.text("confirm", "email");
    w.local("why", rule.why);
  }
  for (const auto& process : c.processes) {
    w.table(process);
    for (const auto& s : c.settings)
      if (s.process == process) write(w, s);
  }

  w.table("oversight");
  w.local("body", c.oversight.body);
  w.text("contact", c.oversight.contact);
  w.text("url", c.oversight.url);

  w.table("terms");
  w.local("", c.terms);

  w.table("retention");
  w.number("accounts_inactive_months", c.retention.accounts_inactive_months);
  w.number("drafts_days", c.retention.drafts_days);
  w.number("mails_days", c.retention.mails_days);
  w.number("reports_days", c.retention.reports_days);
  w.number("logs_days", c.retention.logs_days);

  w.table("theme");
  w.text("logo", c.theme.logo_text);
  w.colours(c.theme.light);
  w.table("theme.dark");
  w.colours(c.theme.dark);
  return w.take();
}

}  // namespace polder::governance
