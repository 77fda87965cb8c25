#include "kernel/base/random.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

namespace polder {

std::string Random::bytes(std::size_t n) {
  std::string out(n, '\0');
  fill({reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
  return out;
}

std::uint64_t Random::word() {
  std::array<std::uint8_t, 8> raw{};
  fill(raw);
  std::uint64_t value = 0;
  for (const auto b : raw) value = value << 8 | b;
  return value;
}

std::uint64_t Random::below(std::uint64_t n) {
  // Rejection keeps it uniform: values past the last whole multiple of n are drawn again.
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % n;
  for (;;)
    if (const auto w = word(); w < limit) return w % n;
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const ssize_t got = getrandom(out.data(), out.size(), 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      std::abort();
    }
    out = out.subspan(std::size_t(got));
  }
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
  const std::lock_guard hold(lock_);
  while (!out.empty()) {
    std::uint64_t word = engine_();
    for (std::size_t i = 0; i < 8 && !out.empty(); ++i, word >>= 8) {
      out[0] = std::uint8_t(word);
      out = out.subspan(1);
    }
  }
}

}  // namespace polder
