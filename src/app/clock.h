// The clock that deadlines go by when the program serves: the machine's. A browser test, whose consultation must be
// open for four weeks, may set it forward; nobody else should.
#pragma once

#include <atomic>
#include <filesystem>

#include "kernel/base/time.h"

namespace polder::app {

/// The machine's clock, and so many milliseconds later as a file says at this moment; none where it says nothing. What
/// it said last holds while the file is being written.
class ShiftedClock final : public Clock {
 public:
  explicit ShiftedClock(std::filesystem::path file) : file_(std::move(file)) {}
  Time now() const override;

 private:
  std::filesystem::path file_;
  mutable std::atomic<std::int64_t> shift_ms_ = 0;
};

/// The machine's clock, unless POLDER_TEST_CLOCK_FILE names a file when it is first asked for: said loudly in the log.
const Clock& serving_clock();

}  // namespace polder::app
