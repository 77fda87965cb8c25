#include "governance/vocabulary.h"

#include <algorithm>
#include <stdexcept>

namespace polder::governance {

const ActWord* Vocabulary::act(std::string_view name) const {
  const auto it = std::ranges::find(acts, name, &ActWord::name);
  return it == acts.end() ? nullptr : &*it;
}

const ProcessWord* Vocabulary::process(std::string_view name) const {
  const auto it = std::ranges::find(processes, name, &ProcessWord::name);
  return it == processes.end() ? nullptr : &*it;
}

const ThemeToken& Vocabulary::token(std::string_view name) const {
  const auto it = std::ranges::find(tokens, name, &ThemeToken::name);
  if (it == tokens.end()) throw std::logic_error("no colour " + std::string(name));
  return *it;
}

const PhaseWord* Vocabulary::phase(std::string_view process_name, std::string_view name) const {
  const ProcessWord* owner = process(process_name);
  if (!owner) return nullptr;
  const auto it = std::ranges::find(owner->phases, name, &PhaseWord::name);
  return it == owner->phases.end() ? nullptr : &*it;
}

Vocabulary house_words() {
  return {
      .languages = {"en", "nl", "de"},
      .processes = {},
      .acts = {{.name = "platforms.change-charter", .words = "governance.act.change-charter"},
               {.name = "platforms.appoint", .words = "governance.act.appoint"},
               {.name = "platforms.dismiss", .words = "governance.act.dismiss"},
               {.name = "platforms.apply", .words = "governance.act.apply"},
               {.name = "platforms.withdraw-application", .words = "governance.act.withdraw-application"},
               {.name = "platforms.accept-application", .words = "governance.act.accept-application"},
               {.name = "platforms.decline-application", .words = "governance.act.decline-application"},
               {.name = "platforms.create", .words = "governance.act.create"}},
      .tokens = {{"paper", "#faf9f5", "#111816"},
                 {"surface", "#ffffff", "#18211f"},
                 {"sunken", "#f1efe8", "#0d1312"},
                 {"ink", "#17211f", "#eceee9"},
                 {"quiet", "#55615e", "#a9b4b0"},
                 {"line", "#dcd9ce", "#2e3936"},
                 {"line-strong", "#8b938f", "#6d7a76"},
                 {"water", "#0b4f6c", "#8ecbe3"},
                 {"water-soft", "#e3eef2", "#14303b"},
                 {"grass", "#2c6e49", "#8fd0a4"},
                 {"grass-soft", "#e4f0e6", "#16301f"},
                 {"clay", "#a63d17", "#f0a585"},
                 {"clay-soft", "#f9e9e1", "#3a1d11"},
                 {"sun", "#f5c518", "#f5c518"},
                 {"mark", "#fff0b8", "#4d4213"}},
      .pairs = {{"ink", "paper"},
                {"ink", "surface"},
                {"ink", "sunken"},
                {"ink", "mark"},
                {"quiet", "paper"},
                {"quiet", "surface"},
                {"water", "paper"},
                {"water", "surface"},
                {"water", "water-soft"},
                {"grass", "grass-soft"},
                {"clay", "clay-soft"},
                {"ink", "water-soft"}},
      .appointing_act = "platforms.appoint",
  };
}

}  // namespace polder::governance
