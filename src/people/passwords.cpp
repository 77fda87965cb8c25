#include "people/passwords.h"

#include <algorithm>
#include <future>

#include "kernel/base/embedded.h"
#include "kernel/text/text.h"

namespace polder::people {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return out;
}

}  // namespace

bool is_common(std::string_view password) {
  const std::string wanted = lower(password);
  std::string_view list = embedded("passwords.txt").value_or("");
  // Halves a sorted text of lines: the middle is moved back to where its line begins.
  while (!list.empty()) {
    const auto line_end = list.rfind('\n', list.size() / 2);
    const auto begin = line_end == list.npos ? 0 : line_end + 1;
    const auto end = std::min(list.find('\n', begin), list.size());
    const auto line = list.substr(begin, end - begin);
    if (line == wanted) return true;
    list = wanted < line ? list.substr(0, begin) : list.substr(std::min(end + 1, list.size()));
  }
  return false;
}

Done check_password(std::string_view field, std::string_view password, std::string_view email) {
  if (text::length(password) < shortest_password)
    return refuse_field(std::string(field), {"people.password-short", {{"min", std::int64_t(shortest_password)}}});
  if (lower(password) == email) return refuse_field(std::string(field), {"people.password-is-address"});
  if (is_common(password)) return refuse_field(std::string(field), {"people.password-common"});
  return {};
}

PasswordPool::PasswordPool(crypto::PasswordCost cost, Random& random, std::size_t threads, std::size_t waiting)
    : cost_(cost), random_(random), waiting_(waiting), nobodys_(crypto::nobodys_password(random, cost)) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { serve(); });
}

PasswordPool::~PasswordPool() {
  {
    const std::lock_guard hold(lock_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void PasswordPool::serve() {
  std::unique_lock hold(lock_);
  while (true) {
    wake_.wait(hold, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const auto work = std::move(queue_.front());
    queue_.pop_front();
    hold.unlock();
    work();
    hold.lock();
  }
}

Done PasswordPool::run(const std::function<void()>& work) {
  // Shared: the pool still holds it in the moment in which the one who waits goes on.
  const auto task = std::make_shared<std::packaged_task<void()>>(work);
  auto done = task->get_future();
  const auto too_busy = [](std::string cause) {
    auto refusal = refuse(Why::unavailable, {"people.passwords-busy"}, std::move(cause));
    refusal.error().retry_after_s = 5;
    return refusal;
  };
  {
    const std::lock_guard hold(lock_);
    if (stopping_ || queue_.size() >= waiting_) return too_busy("the password pool is full");
    queue_.emplace_back([task] { (*task)(); });
  }
  wake_.notify_one();
  try {
    done.get();
  } catch (const std::bad_alloc&) {
    return too_busy("no memory for Argon2id");
  }
  return {};
}

Result<std::string> PasswordPool::hash(std::string_view password) {
  std::string encoded;
  CHECK_DONE(run([&] { encoded = crypto::hash_password(password, random_, cost_); }));
  return encoded;
}

Result<bool> PasswordPool::verify(std::string_view encoded, std::string_view password) {
  bool right = false;
  const std::string_view against = encoded.empty() ? std::string_view(nobodys_) : encoded;
  CHECK_DONE(run([&] { right = crypto::verify_password(against, password); }));
  return right && !encoded.empty();
}

}  // namespace polder::people
