#include "app/clock.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace polder::app {
namespace {

class ShiftedClockTest : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::remove(file); }
  void TearDown() override { std::filesystem::remove(file); }
  void say(std::string_view words) { std::ofstream(file, std::ios::trunc) << words; }

  std::filesystem::path file = std::filesystem::temp_directory_path() / ("polder-clock-" + std::to_string(getpid()));
  ShiftedClock clock{file};
  /// Between what the machine says before and after, whatever else this machine does meanwhile.
  void expect_ahead_by(std::int64_t ms) {
    const Time before = SystemClock().now(), asked = clock.now(), after = SystemClock().now();
    EXPECT_GE(asked, before + ms);
    EXPECT_LE(asked, after + ms);
  }
};

TEST_F(ShiftedClockTest, IsTheMachinesClockWithoutAFile) { expect_ahead_by(0); }

TEST_F(ShiftedClockTest, FollowsTheFileWhileItChanges) {
  say("3600000\n");
  expect_ahead_by(hour_ms);
  say("86400000\n");
  expect_ahead_by(day_ms);
}

TEST_F(ShiftedClockTest, StaysWhereItWasWhileTheFileIsHalfWritten) {
  say("86400000\n");
  expect_ahead_by(day_ms);
  for (const auto* half : {"", "8", "8640000", "later\n"}) {
    say(half);
    expect_ahead_by(day_ms);
  }
}

}  // namespace
}  // namespace polder::app
