#include "kernel/i18n/language.h"

#include <algorithm>
#include <cctype>

namespace polder::i18n {
namespace {

struct Named {
  std::string_view code, native;
};
constexpr std::array<Named, all_languages.size()> named{{{"en", "English"}, {"nl", "Nederlands"}, {"de", "Deutsch"}}};

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

/// Cuts `rest` at `separator`.
std::string_view next_part(std::string_view& rest, char separator) {
  const auto at = rest.find(separator);
  const auto part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return trimmed(part);
}

bool equal_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// qvalue of RFC 9110 §12.4.2 in thousandths; what is malformed weighs nothing.
int weight(std::string_view parameters) {
  const auto q = next_part(parameters, ';');
  if (q.empty()) return 1000;
  if (q.size() < 3 || (q[0] != 'q' && q[0] != 'Q') || q[1] != '=' || (q[2] != '0' && q[2] != '1')) return 0;
  int value = (q[2] - '0') * 1000, place = 100;
  if (q.size() == 3) return value;
  if (q[3] != '.' || q.size() > 7) return 0;
  for (const char c : q.substr(4)) {
    if (c < '0' || c > '9') return 0;
    value += (c - '0') * place;
    place /= 10;
  }
  return value > 1000 ? 0 : value;
}

}  // namespace

std::string_view code(Language language) { return named[std::size_t(language)].code; }
std::string_view native_name(Language language) { return named[std::size_t(language)].native; }

std::optional<Language> parse_language(std::string_view text) {
  for (const auto language : all_languages)
    if (code(language) == text) return language;
  return std::nullopt;
}

Language negotiate(std::string_view accept_language, std::span<const Language> allowed) {
  std::array<std::optional<int>, all_languages.size()> asked;
  std::optional<int> any;
  std::string_view rest = accept_language.substr(0, 512);
  std::array<int, all_languages.size()> order{};
  for (int i = 0; i < 20 && !rest.empty(); ++i) {
    std::string_view parameters = next_part(rest, ',');
    std::string_view range = next_part(parameters, ';');
    const int q = weight(parameters);
    if (range == "*") any = q;
    const auto primary = next_part(range, '-');
    for (const auto language : all_languages) {
      auto& mine = asked[std::size_t(language)];
      if (!equal_case(primary, code(language)) || (mine && *mine >= q)) continue;
      mine = q;
      order[std::size_t(language)] = i;
    }
  }
  Language best = allowed.front();
  int best_q = 0, best_order = 0;
  for (const auto language : allowed) {
    const auto& mine = asked[std::size_t(language)];
    const int q = mine ? *mine : any.value_or(0), at = mine ? order[std::size_t(language)] : 20;
    if (q > best_q || (q == best_q && q > 0 && at < best_order)) {
      best = language;
      best_q = q;
      best_order = at;
    }
  }
  return best;
}

}  // namespace polder::i18n
