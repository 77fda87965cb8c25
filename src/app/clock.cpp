#include "app/clock.h"

#include <cstdlib>
#include <fstream>

#include "kernel/metrics/log.h"

namespace polder::app {

Time ShiftedClock::now() const {
  std::ifstream in(file_);
  if (std::int64_t shift = 0; in >> shift && in.peek() == '\n') shift_ms_ = shift;
  return SystemClock().now() + shift_ms_;
}

const Clock& serving_clock() {
  static const SystemClock machine;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  const char* const file = std::getenv("POLDER_TEST_CLOCK_FILE");
  if (file == nullptr) return machine;
  static const ShiftedClock shifted(file);
  log::warn("clock.can-be-shifted", {{"only-for", "tests"}, {"and", "POLDER_TEST_CLOCK_FILE is set"}});
  return shifted;
}

}  // namespace polder::app
