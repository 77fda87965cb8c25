#include "kernel/base/id.h"

#include <algorithm>

namespace polder {
namespace {
constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t letters = 13;
constexpr std::int64_t epoch_ms = 1'577'836'800'000;  // 2020-01-01T00:00:00Z
constexpr int chance_bits = 22;
}  // namespace

std::string str(Id id) {
  std::string out(letters, '0');
  auto value = std::uint64_t(id.value);
  for (std::size_t i = letters; i-- > 0; value >>= 5) out[i] = alphabet[value & 31];
  return out;
}

std::optional<Id> parse_id(std::string_view text) {
  if (text.size() != letters || text[0] > '7') return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    const auto digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    value = value << 5 | digit;
  }
  if (value == 0 || value > std::uint64_t(INT64_MAX)) return std::nullopt;
  return Id{std::int64_t(value)};
}

Id IdSource::next() {
  const std::lock_guard hold(lock_);
  const std::int64_t since = std::max<std::int64_t>(1, clock_.now().ms - epoch_ms);
  // The lower half of the chance bits is left free, so that two thousand thousand ids fit into a millisecond.
  const auto chance = std::int64_t(random_.below(std::uint64_t(1) << (chance_bits - 1)));
  last_ = std::max(last_ + 1, (since << chance_bits) + chance);
  return {last_};
}

}  // namespace polder
