// Countries after ISO 3166-1, and what they are called.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/i18n/language.h"

namespace polder::i18n {

/// The alpha-2 codes in use: "NL". Sorted.
const std::vector<std::string>& countries();
bool is_country(std::string_view alpha2);
/// "the Netherlands" without its article: "Netherlands", "Nederland", "Niederlande"; what is no country as it is
/// written.
std::string country_name(Language language, std::string_view alpha2);

}  // namespace polder::i18n
