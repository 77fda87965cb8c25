// Currencies, as ISO 4217 and CLDR know them, in the reader's language.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/i18n/language.h"

namespace polder::i18n {

/// How many digits a currency has after its point (ISO 4217): 2 for EUR, 0 for JPY; nothing for what is no currency
/// now.
std::optional<int> minor_digits(std::string_view currency);
/// "€1,000,000.00", "1.000.000 $": whole amounts without their zeros. `currency` is one that `minor_digits` knows.
std::string money(Language language, std::string_view currency, std::int64_t minor_units);

}  // namespace polder::i18n
