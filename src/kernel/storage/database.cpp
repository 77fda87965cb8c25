#include "kernel/storage/database.h"

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

  bool is_sqlite() const override { return opened_.sqlite; }

  Figures figures() const override {
    Figures f{.reads = readers_.count()};
    writer_.figures(f);
    return f;
  }

 protected:
  void do_read(const std::function<void(ReadTx&)>& fn) override {
    const Inside inside(this);
    readers_.read(fn);
  }

  void do_write(const std::function<bool(WriteTx&)>& fn) override {
    const Inside inside(this);
    writer_.write(fn);
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

  Opened opened_;
  Readers readers_;
  Writer writer_;
};

thread_local const Engine* Engine::Inside::current = nullptr;

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const Options& options) {
  const bool postgres = options.url.starts_with("postgresql://") || options.url.starts_with("postgres://");
  TRY(auto opened, postgres ? open_postgres(options) : open_sqlite(options));
  return std::make_unique<Engine>(std::move(opened), options);
}

}  // namespace polder::storage
