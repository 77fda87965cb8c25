// Passwords: what makes one acceptable, and where the slow work on them is done.
//
// Argon2id (RFC 9106) costs memory and time by design. Here it runs on threads of its own behind a short queue, so that
// no number of guesses takes the machine or all the web's workers: who finds the queue full is told to come again.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "kernel/base/result.h"
#include "kernel/crypto/crypto.h"

namespace polder::people {

inline constexpr std::size_t shortest_password = 8;  ///< code points (NIST SP 800-63B, 5.1.1.2)

/// Long enough, not among the common ones, not the address of its owner. The fault is told for the field `field`.
Done check_password(std::string_view field, std::string_view password, std::string_view email);

/// Whether the list of common passwords that travels in the program has it, in any case.
bool is_common(std::string_view password);

class PasswordPool {
 public:
  /// `waiting`: how many may queue at most; keep it below the number of the web's workers, each of which waits here.
  PasswordPool(crypto::PasswordCost cost, Random& random, std::size_t threads = 1, std::size_t waiting = 2);
  ~PasswordPool();
  PasswordPool(const PasswordPool&) = delete;
  PasswordPool& operator=(const PasswordPool&) = delete;

  Result<std::string> hash(std::string_view password);
  /// An empty `encoded` (nobody's) takes the same work and is false: who asks cannot time the difference.
  Result<bool> verify(std::string_view encoded, std::string_view password);
  /// Made at another cost than today's: hash again while the password is at hand.
  bool outdated(std::string_view encoded) const { return crypto::needs_rehash(encoded, cost_); }

 private:
  /// Runs `work` on the pool and waits for it; refuses with Why::unavailable when the queue is full.
  Done run(const std::function<void()>& work);
  void serve();

  const crypto::PasswordCost cost_;
  Random& random_;
  const std::size_t waiting_;
  const std::string nobodys_;
  std::mutex lock_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace polder::people
