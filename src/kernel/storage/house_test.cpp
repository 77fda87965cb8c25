#include "kernel/storage/house_test.h"

#include <stdlib.h>
#include <unistd.h>

#include <cstdlib>
#include <deque>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace polder::storage {
namespace {

class SqliteHouse final : public House {
 public:
  std::string url() const override { return "sqlite:" + (folder_.path() / "polder.db").string(); }
  bool holds(Database&, std::string_view, std::string_view bytes) const override {
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      std::ostringstream all;
      all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      if (all.str().find(bytes) != std::string::npos) return true;
    }
    return false;
  }

 private:
  Folder folder_;
};

class PostgresHouse final : public House {
 public:
  explicit PostgresHouse(std::string base) : base_(std::move(base)) {
    static std::atomic<int> number = 0;
    schema_ = "polder_test_" + std::to_string(::getpid()) + "_" + std::to_string(++number);
    run("CREATE SCHEMA " + schema_);
  }
  ~PostgresHouse() override { run("DROP SCHEMA IF EXISTS " + schema_ + " CASCADE"); }

  std::string url() const override {
    return base_ + (base_.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + schema_;
  }
  bool holds(Database& db, std::string_view table, std::string_view bytes) const override {
    // What is only in memory is not yet in the file.
    (void)db.write([](WriteTx& tx) -> Result<std::int64_t> { return tx.exec({"test.checkpoint", "CHECKPOINT"}); });
    return db.read([&](ReadTx& tx) {
      return *tx.value<bool>(
          {"test.holds",
           "SELECT bool_or(position($2 in pg_read_binary_file(pg_relation_filepath(c.oid))) > 0) FROM pg_class c "
           "WHERE c.oid = to_regclass($1) OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = "
           "to_regclass($1))"},
          table, Blob{std::string(bytes)});
    });
  }

 private:
  /// One of them for all of the program's tests: to connect takes as long as to make a table.
  void run(const std::string& sql) const {
    static std::deque<std::string> said;  // a statement's words stay as long as the database is open
    static const auto db = Database::open({.url = base_, .readers = 1});
    if (!db) throw std::runtime_error("POLDER_TEST_POSTGRES: " + db.error().cause);
    const std::string& words = said.emplace_back(sql);
    (void)(*db)->write([&](WriteTx& tx) -> Result<std::int64_t> { return tx.exec({words, words}); });
  }
  std::string base_, schema_;
};

}  // namespace

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "polder-storage-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::unique_ptr<House> House::build(const std::string& kind) {
  if (kind == "sqlite") return std::make_unique<SqliteHouse>();
  const char* url = std::getenv("POLDER_TEST_POSTGRES");
  return url && *url ? std::make_unique<PostgresHouse>(url) : nullptr;
}

}  // namespace polder::storage
