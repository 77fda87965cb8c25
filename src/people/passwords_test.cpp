// What makes a password acceptable, and that the work on them is bounded.
#include "people/passwords.h"

#include <gtest/gtest.h>

#include <latch>

#include "kernel/base/embedded.h"

namespace polder::people {
namespace {

constexpr crypto::PasswordCost cheap{.passes = 1, .memory_bytes = 8192};

std::string fault(std::string_view password, std::string_view email = "anna@example.org") {
  const auto done = check_password("password", password, email);
  return done ? "" : done.error().fields.at(0).message.key;
}

TEST(Passwords, LengthCountsCharactersAndNotBytes) {
  EXPECT_EQ(fault("1a2b3c4"), "people.password-short");
  EXPECT_EQ(fault("пароль7"), "people.password-short");
  EXPECT_EQ(fault("горизонт дня"), "");
}

TEST(Passwords, TheAddressItselfIsNone) {
  EXPECT_EQ(fault("Anna@Example.org"), "people.password-is-address");
  EXPECT_EQ(fault("Anna@Example.org", ""), "");
}

TEST(Passwords, EveryCommonOneIsFoundInAnyCaseAndNoOther) {
  const auto list = embedded("passwords.txt");
  ASSERT_TRUE(list);
  std::size_t lines = 0;
  for (auto rest = *list; !rest.empty(); ++lines) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    ASSERT_TRUE(is_common(line)) << line;
    ASSERT_FALSE(is_common(std::string(line) + "\x01")) << line;
    rest.remove_prefix(end + 1);
  }
  EXPECT_GT(lines, 10'000u);
  EXPECT_TRUE(is_common("PassWord1"));
  EXPECT_FALSE(is_common(""));
  EXPECT_FALSE(is_common("correct horse battery"));
}

TEST(Passwords, AHashIsVerifiedOnThePool) {
  SeededRandom random(1);
  PasswordPool pool(cheap, random);
  const auto encoded = pool.hash("correct horse battery");
  ASSERT_TRUE(encoded);
  EXPECT_EQ(pool.verify(*encoded, "correct horse battery").value(), true);
  EXPECT_EQ(pool.verify(*encoded, "correct horse").value(), false);
  EXPECT_FALSE(pool.outdated(*encoded));
  EXPECT_TRUE(
      pool.outdated(crypto::hash_password("correct horse battery", random, {.passes = 2, .memory_bytes = 8192})));
}

TEST(Passwords, NobodysPasswordIsNeverRight) {
  SeededRandom random(1);
  PasswordPool pool(cheap, random);
  EXPECT_EQ(pool.verify("", "").value(), false);
  EXPECT_EQ(pool.verify("", "correct horse battery").value(), false);
  EXPECT_EQ(pool.verify("no hash at all", "correct horse battery").value(), false);
}

/// Chance that waits to be let go: it holds the pool's one thread in the making of a hash.
class Held final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    if (holding) {
      begun.count_down();
      go.wait();
    }
    std::ranges::fill(out, std::uint8_t{7});
  }
  std::atomic<bool> holding = false;
  std::latch begun{1}, go{1};
};

TEST(Passwords, WhoFindsTheQueueFullIsToldToComeAgain) {
  Held random;
  PasswordPool pool(cheap, random, 1, 1);
  random.holding = true;
  std::thread first([&] { EXPECT_TRUE(pool.hash("correct horse battery")); });
  random.begun.wait();

  // One of these two waits, the other is refused while the first still works.
  std::atomic<int> served = 0, refused = 0;
  std::latch told{1};
  const auto ask = [&] {
    if (const auto answer = pool.hash("correct horse battery")) {
      ++served;
    } else {
      EXPECT_EQ(answer.error().why, Why::unavailable);
      EXPECT_GT(answer.error().retry_after_s, 0);
      ++refused;
      told.count_down();
    }
  };
  std::thread second(ask), third(ask);
  told.wait();
  random.holding = false;
  random.go.count_down();
  for (auto* thread : {&first, &second, &third}) thread->join();
  EXPECT_EQ(served, 1);
  EXPECT_EQ(refused, 1);
}

}  // namespace
}  // namespace polder::people
