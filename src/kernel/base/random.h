// Chance, by argument: the operating system's for `main`, a seeded one for tests and the demo.
#pragma once

#include <cstdint>
#include <mutex>
#include <random>
#include <span>
#include <string>

namespace polder {

class Random {
 public:
  virtual ~Random() = default;
  /// Fills with unpredictable bytes (SystemRandom) or with the same bytes for the same seed (SeededRandom).
  /// Thread-safe.
  virtual void fill(std::span<std::uint8_t> out) = 0;

  std::string bytes(std::size_t n);
  std::uint64_t word();
  /// Uniform in [0, n); n > 0.
  std::uint64_t below(std::uint64_t n);
};

/// getrandom(2). Ends the program if the kernel has no entropy to give: nothing safe can follow.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::mutex lock_;
  std::mt19937_64 engine_;
};

}  // namespace polder
