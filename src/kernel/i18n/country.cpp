#include "kernel/i18n/country.h"

#include <algorithm>

#include "kernel/i18n/icu.h"

namespace polder::i18n {

const std::vector<std::string>& countries() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> out;
    for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) out.emplace_back(*code);
    std::ranges::sort(out);
    return out;
  }();
  return all;
}

bool is_country(std::string_view alpha2) { return std::ranges::binary_search(countries(), alpha2); }

std::string country_name(Language language, std::string_view alpha2) {
  if (!is_country(alpha2)) return std::string(alpha2);
  icu::UnicodeString name;
  icu::Locale("", std::string(alpha2).c_str()).getDisplayCountry(locale(language), name);
  return narrow(name);
}

}  // namespace polder::i18n
