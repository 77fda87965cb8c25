#include "kernel/storage/database.h"

#include <atomic>
#include <stdexcept>

#include "kernel/storage/connection.h"
#include "kernel/storage/migrate.h"
#include "kernel/storage/readers.h"
#include "kernel/storage/writer.h"

namespace polder::storage {
namespace {

/// The same for both databases: readers, one writer, and who may call from where.
class Engine final : public Database {
 public:
  Engine(Opened opened, const Options& options)
      : opened_(std::move(opened)),
        readers_(opened_.readers, options.patience),
        writer_(*opened_.writer, std::min(options.batch, opened_.batch), options.queue, options.patience) {}

  Done migrate(std::span<const Migration> migrations) override {
    Done done;
    writer_.alone([&](Connection& connection) { done = storage::migrate(connection, opened_.sqlite, migrations); });
    return done;
  }

  void scrub(std::span<const std::string_view> tables) override {
    writer_.alone([&](Connection& connection) { connection.scrub(tables); });
  }

  std::unique_ptr<Listening> listen(std::function<void(std::string_view)> heard,
                                    std::function<void()> missed) override {
    return opened_.listen ? opened_.listen(std::move(heard), std::move(missed)) : nullptr;
  }

  bool is_sqlite() const override { return opened_.sqlite; }

  Figures figures() const override {
    Figures f{.reads = readers_.count(), .statements = statements_};
    writer_.figures(f);
    return f;
  }

 protected:
  void do_read(const std::function<void(ReadTx&)>& fn) override {
    const Inside inside(this);
    readers_.read([&](ReadTx& tx) {
      const Count count(statements_, tx);
      fn(tx);
    });
  }

  void do_write(const std::function<bool(WriteTx&)>& fn) override {
    const Inside inside(this);
    writer_.write([&](WriteTx& tx) {
      const Count count(statements_, tx);
      return fn(tx);
    });
  }

 private:
  /// A closure that reads or writes within another would wait for a connection that it holds itself: a bug.
  class Inside {
   public:
    explicit Inside(const Engine* engine) : outer_(current) {
      if (current == engine) throw std::logic_error("a transaction is begun within a transaction");
      current = engine;
    }
    ~Inside() { current = outer_; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

   private:
    static thread_local const Engine* current;
    const Engine* outer_;
  };

  /// What a closure ran is counted however it ends.
  class Count {
   public:
    Count(std::atomic<std::int64_t>& sum, const ReadTx& tx) : sum_(sum), tx_(tx) {}
    ~Count() { sum_ += std::int64_t(tx_.statements()); }
    Count(const Count&) = delete;
    Count& operator=(const Count&) = delete;

   private:
    std::atomic<std::int64_t>& sum_;
    const ReadTx& tx_;
  };

  Opened opened_;
  std::atomic<std::int64_t> statements_ = 0;
  Readers readers_;
  Writer writer_;
};

thread_local const Engine* Engine::Inside::current = nullptr;

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const Options& options) {
  const bool postgres = options.url.starts_with("postgresql://") || options.url.starts_with("postgres://");
  if (!postgres && options.url.find("://") != std::string::npos)
    return refuse(Why::invalid, {"storage.unknown-kind"}, options.url.substr(0, options.url.find("://")));
  TRY(auto opened, postgres ? open_postgres(options) : open_sqlite(options));
  return std::make_unique<Engine>(std::move(opened), options);
}

}  // namespace polder::storage
