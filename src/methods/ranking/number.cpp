#include "methods/ranking/number.h"

#include <charconv>
#include <cstdlib>

namespace polder::ranking {

std::expected<std::int64_t, NumberFault> scaled(std::string_view text, int places) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::int64_t value = 0;
  int exponent = places, zeros = 0;  // zeros are held back until a digit follows: "1.50000000" is not too fine
  bool fraction = false;
  for (; !text.empty() && text[0] != 'e' && text[0] != 'E'; text.remove_prefix(1)) {
    if (text[0] == '.') {
      fraction = true;
      continue;
    }
    if (fraction) --exponent;
    if (text[0] == '0') {
      if (value != 0) ++zeros;
      continue;
    }
    bool over = false;
    for (++zeros; zeros > 0 && !over; --zeros) over = __builtin_mul_overflow(value, 10, &value);
    if (over || __builtin_add_overflow(value, text[0] - '0', &value))
      return std::unexpected(fraction ? NumberFault::too_fine : NumberFault::too_large);
  }
  if (value == 0) return 0;
  if (!text.empty()) {
    text.remove_prefix(1);
    if (text.starts_with('+')) text.remove_prefix(1);
    int written = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), written).ec != std::errc{} ||
        std::abs(written) > 100'000)
      return std::unexpected(text.starts_with('-') ? NumberFault::too_fine : NumberFault::too_large);
    exponent += written;
  }
  exponent += zeros;
  for (; exponent < 0; ++exponent, value /= 10)
    if (value % 10 != 0) return std::unexpected(NumberFault::too_fine);
  for (; exponent > 0; --exponent)
    if (__builtin_mul_overflow(value, 10, &value)) return std::unexpected(NumberFault::too_large);
  return negative ? -value : value;
}

}  // namespace polder::ranking
