// The read connections when there are fewer than those who want to read.
#include "kernel/storage/readers.h"

#include <gmock/gmock.h>

#include <thread>

namespace polder::storage {
namespace {

using testing::ElementsAre;

/// A connection that can be lent and does nothing.
class Idle final : public Connection {
 public:
  void begin_read() override {}
  void begin_write() override {}
  void savepoint() override {}
  void release() override {}
  void rollback_to_savepoint() override {}
  void commit() override {}
  void rollback() noexcept override {}
  void script(const std::string&) override {}
  void take_your_time() override {}
  void scrub(std::span<const std::string_view>) override {}

 protected:
  std::int64_t execute(const Statement&, std::span<const Value>, const EachRow&) override { return 0; }
};

std::vector<std::unique_ptr<Connection>> one_connection() {
  std::vector<std::unique_ptr<Connection>> out;
  out.push_back(std::make_unique<Idle>());
  return out;
}

TEST(Readers, ServesThoseWhoWaitInTheOrderInWhichTheyCame) {
  const auto connections = one_connection();
  Readers readers(connections, std::chrono::minutes(1));
  std::vector<std::string> served;  // only whoever holds the one connection touches it
  std::vector<std::thread> threads;
  readers.read([&](ReadTx&) {
    for (const std::string name : {"first", "second", "third"}) {
      threads.emplace_back([&, name] { readers.read([&](ReadTx&) { served.push_back(name); }); });
      while (readers.waiting() < threads.size()) std::this_thread::yield();
    }
  });
  // Whoever has just read and reads again stands at the end of the line.
  readers.read([&](ReadTx&) { served.push_back("again"); });
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(served, ElementsAre("first", "second", "third", "again"));
}

TEST(Readers, WhoeverGaveUpIsForgotten) {
  const auto connections = one_connection();
  Readers readers(connections, std::chrono::milliseconds(1));
  readers.read([&](ReadTx&) {
    std::thread([&] { EXPECT_THROW(readers.read([](ReadTx&) { ADD_FAILURE(); }), Unavailable); }).join();
  });
  bool read = false;
  readers.read([&](ReadTx&) { read = true; });
  EXPECT_TRUE(read);
}

}  // namespace
}  // namespace polder::storage
