// Ids: 63 bits, ascending in time, made by the program and not by the database, so that both databases store the same
// and an act knows the id of what it makes before it writes. Shown as 13 letters (Crockford base 32, lower case).
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/random.h"
#include "kernel/base/time.h"

namespace polder {

struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return value != 0; }
};

/// 13 characters of 0-9a-z without i, l, o, u.
std::string str(Id id);
/// The inverse; nothing for anything else, zero and negatives included.
std::optional<Id> parse_id(std::string_view text);

/// Makes ids: 41 bits of milliseconds since 2020, then 22 bits that begin at chance and count up within a millisecond.
/// Strictly ascending in one process. Thread-safe.
class IdSource {
 public:
  IdSource(const Clock& clock, Random& random) : clock_(clock), random_(random) {}
  Id next();

 private:
  const Clock& clock_;
  Random& random_;
  std::mutex lock_;
  std::int64_t last_ = 0;
};

}  // namespace polder

template <>
struct std::hash<polder::Id> {
  std::size_t operator()(polder::Id id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
