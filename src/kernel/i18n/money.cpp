#include "kernel/i18n/money.h"

#include <unicode/numberformatter.h>
#include <unicode/ucurr.h>

#include "kernel/i18n/icu.h"

namespace polder::i18n {
namespace {

bool letters(std::string_view code, std::size_t length) {
  if (code.size() != length) return false;
  for (const char c : code)
    if (c < 'A' || c > 'Z') return false;
  return true;
}

}  // namespace

std::optional<int> minor_digits(std::string_view currency) {
  if (!letters(currency, 3)) return std::nullopt;
  auto code = wide(currency);
  const char16_t* iso = code.getTerminatedBuffer();
  UErrorCode status = U_ZERO_ERROR;
  // One moment, not now: whether a code is a currency does not change while the program runs.
  constexpr UDate moment = 1'767'225'600'000.0;  // 2026-01-01
  if (ucurr_isAvailable(iso, moment, moment, &status) == 0 || U_FAILURE(status)) return std::nullopt;
  const std::int32_t digits = ucurr_getDefaultFractionDigits(iso, &status);
  if (U_FAILURE(status)) return std::nullopt;
  return digits;
}

std::string money(Language language, std::string_view currency, std::int64_t minor_units) {
  const int digits = minor_digits(currency).value_or(2);
  UErrorCode status = U_ZERO_ERROR;
  auto code = wide(currency);
  const icu::CurrencyUnit unit(code.getTerminatedBuffer(), status);
  must(status);
  // Through text, so that no amount passes through a float.
  std::string text = std::to_string(minor_units);
  if (text.size() <= std::size_t(digits)) text.insert(0, std::size_t(digits) + 1 - text.size(), '0');
  const bool whole = text.find_first_not_of('0', text.size() - std::size_t(digits)) == text.npos;
  if (digits > 0) text.insert(text.size() - std::size_t(digits), 1, '.');
  const auto formatter = icu::number::NumberFormatter::withLocale(locale(language))
                             .unit(unit)
                             .precision(icu::number::Precision::fixedFraction(whole ? 0 : digits));
  std::string out = narrow(formatter.formatDecimal({text.data(), std::int32_t(text.size())}, status).toString(status));
  must(status);
  return out;
}

}  // namespace polder::i18n
