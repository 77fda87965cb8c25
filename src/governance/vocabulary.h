// The words a charter may use: acts, phases, process settings, languages, colours. Governance knows none of the
// processes above it, so whoever wires the program collects their words and hands them in; every other word is a fault.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace polder::governance {

/// A phase of a process. Both texts are catalogue keys: its name ("Open"), and a clause that ends a sentence about an
/// act ("while the consultation is open").
struct PhaseWord {
  std::string name;
  std::string words;
  std::string during;
};

/// What a process setting or a retention period holds. A list keeps the charter's order and has no word twice.
using Value = std::variant<std::int64_t, bool, std::string, std::vector<std::string>>;

struct SettingWord {
  enum class Kind { whole_number, yes_no, text, word, list };
  std::string name;
  Kind kind = Kind::whole_number;
  std::int64_t from = 0, to = 0;          ///< the range of a number; the greatest length of a text
  std::vector<std::string> choices = {};  ///< of a word or a list
  Value otherwise = {};                   ///< what holds where the charter says nothing
  std::string words = {};                 ///< catalogue key: what the setting means, for "How we work"
};

struct ProcessWord {
  std::string name;  ///< "consultations": in [platform] processes, and the table of its settings
  std::vector<PhaseWord> phases = {};
  std::vector<SettingWord> settings = {};
};

struct ActWord {
  std::string name;                      ///< "consultations.respond"
  std::string process = {};              ///< whose act this is; empty for the platform's own
  std::vector<std::string> phases = {};  ///< where a charter may allow it; empty: the act knows no phases
  std::string words = {};                ///< catalogue key of a verb phrase: "respond to a consultation"
  bool by_clock = false;                 ///< time does it: a charter must let the clock, and lets it do no other act
};

/// A colour of the design with its value in the light and the dark look.
struct ThemeToken {
  std::string name, light, dark;
};

/// Two colours that meet as text and ground, and the contrast they must keep (WCAG 2.2, success criterion 1.4.3).
struct ThemePair {
  std::string text, ground;
  double contrast = 4.5;
};

struct Vocabulary {
  std::vector<std::string> languages;
  std::vector<ProcessWord> processes;
  std::vector<ActWord> acts;
  std::vector<ThemeToken> tokens;
  std::vector<ThemePair> pairs;
  /// The act that gives a role to a person: who is named in `appointed_by` must be allowed it. Empty: not checked.
  std::string appointing_act;

  const ActWord* act(std::string_view name) const;
  const ProcessWord* process(std::string_view name) const;
  /// A colour the vocabulary does not have is a bug and throws.
  const ThemeToken& token(std::string_view name) const;
  /// The phase of that name in the process, or nothing.
  const PhaseWord* phase(std::string_view process, std::string_view name) const;
};

/// The words of the house itself: the languages Polder speaks, the colours of its design, and the platform's own acts.
/// The caller adds each process's words and those of moderation.
Vocabulary house_words();

}  // namespace polder::governance
