// The charter: a platform's governance as data. Who operates it, how open it is, which roles there are, who may do
// which act and when, who oversees it, on which terms. docs/charter.md describes the file.
//
// Pure: text in, a charter or every fault in it out. Nothing here knows a process, a person or a database.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "governance/fault.h"
#include "governance/vocabulary.h"
#include "kernel/base/time.h"

namespace polder::governance {

inline constexpr std::size_t most_bytes = 256 * 1024;
inline constexpr std::size_t most_roles = 64;
inline constexpr std::size_t most_rules = 1'000;

/// One text in some of the platform's languages; the platform's first language is always among them and comes first.
struct LocalText {
  std::vector<std::pair<std::string, std::string>> texts = {};

  struct Spoken {
    std::string_view language, text;  ///< a page sets `lang` when this is not the language it was asked in
  };
  /// The text in this language, or else in the platform's first.
  Spoken in(std::string_view language) const;
  bool empty() const { return texts.empty(); }
  bool operator==(const LocalText&) const = default;
};

enum class OperatorKind { government, company, civil_society };
enum class Openness { open, closed };

struct Operator {
  LocalText name;
  OperatorKind kind = OperatorKind::government;
  std::string email;
  std::string address;  ///< may be empty, as the next
  std::string imprint;  ///< a web address
  bool operator==(const Operator&) const = default;
};

/// How a person comes to hold a role.
enum class How {
  everybody,    ///< everybody, visitors without an account included; exactly one such role
  signed_in,    ///< every account
  appointed,    ///< by a person who holds one of `appointed_by`
  application,  ///< asks for it; a person who holds one of `appointed_by` says yes or no
};

/// The ids no charter may give to a role of its own: the clock, which does acts in time, and the server's
/// administrator, who in `appointed_by` names the first people of a platform.
inline constexpr std::array<std::string_view, 2> reserved_roles = {"clock", "server"};

struct Role {
  std::string id;
  LocalText name, description;
  How how = How::appointed;
  std::vector<std::string> appointed_by = {};
  bool operator==(const Role&) const = default;
};

/// Everyone with one of these roles may do this act in these phases. What no rule allows is refused.
struct Rule {
  std::string act;
  std::vector<std::string> who = {};
  std::vector<std::string> phases = {};  ///< empty: in any phase
  bool confirm_email = false;            ///< who is not signed in first confirms an e-mail address
  LocalText why = {};                    ///< may be empty
  bool operator==(const Rule&) const = default;
};

struct Setting {
  std::string process, name;
  Value value;
  bool operator==(const Setting&) const = default;
};

struct Oversight {
  LocalText body;
  std::string contact;  ///< an e-mail address
  std::string url;      ///< may be empty
  bool operator==(const Oversight&) const = default;
};

/// How long things are kept.
struct Retention {
  std::int64_t accounts_inactive_months = 24;
  std::int64_t drafts_days = 365;
  std::int64_t mails_days = 30;
  std::int64_t reports_days = 365;
  std::int64_t logs_days = 14;
  bool operator==(const Retention&) const = default;
};

/// A colour of the design that this platform sets itself: "water", "#0b4f6c".
using Colour = std::pair<std::string, std::string>;

struct Theme {
  std::string logo_text;  ///< empty: the platform's name
  std::vector<Colour> light, dark;
  bool operator==(const Theme&) const = default;
};

struct Charter {
  LocalText name, summary;
  std::vector<std::string> languages;  ///< never empty; the first is the default
  std::string timezone;
  std::string host;  ///< the platform's own host name; may be empty
  Openness openness = Openness::open;
  bool door = false;  ///< closed, but whoever comes by is told what it is and how to come in
  std::optional<Date> opens;
  std::vector<std::string> processes;
  Operator operated_by;
  std::vector<Role> roles;        ///< in the order of the file
  std::vector<Rule> rules;        ///< in the order of the file
  std::vector<Setting> settings;  ///< every setting of every process it runs, defaults filled in
  Oversight oversight;
  LocalText terms;  ///< Markdown
  Retention retention;
  Theme theme;

  bool operator==(const Charter&) const = default;

  const Role* role(std::string_view id) const;
  const Role& everybody() const;
  bool runs(std::string_view process) const;

  /// May this role alone do this act in this phase? See permission.h for people, who hold several.
  bool allows(std::string_view act, std::string_view role, std::string_view phase = {}) const;

  /// A setting's value. Asking for one the vocabulary does not have, or as another kind, is a bug and throws.
  std::int64_t number(std::string_view process, std::string_view setting) const;
  bool yes(std::string_view process, std::string_view setting) const;
  const std::string& word(std::string_view process, std::string_view setting) const;
  const std::vector<std::string>& list(std::string_view process, std::string_view setting) const;
};

/// Reads a charter. Collects all faults, in the order of the file; a text that is not TOML has one, where it broke off.
std::expected<Charter, std::vector<Fault>> parse(std::string_view text, const Vocabulary& words);

/// The charter as one text for one meaning, defaults written out: what the record commits to. parse() of it gives the
/// same charter again, so a platform made with other names or languages than the file's is stored this way too.
std::string canonical(const Charter& charter);

std::string_view name(OperatorKind kind);
std::string_view name(Openness openness);
std::string_view name(How how);

}  // namespace polder::governance
