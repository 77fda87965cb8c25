// SQLite: one file, write-ahead log, every commit synced. The only source that knows sqlite3.h.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "kernel/storage/connection.h"

namespace polder::storage {
namespace {

/// Pages in the write-ahead log after which they are copied into the file (16 MB). Fewer would cost a busy hour two
/// more syncs every few commits, and the same page its way into the file again and again.
constexpr int checkpoint_pages = 4'000;
constexpr Statement begin_read_sql{"storage.begin-read", "BEGIN"};
constexpr Statement begin_write_sql{"storage.begin-write", "BEGIN IMMEDIATE"};
constexpr Statement savepoint_sql{"storage.savepoint", "SAVEPOINT w"};
constexpr Statement release_sql{"storage.release", "RELEASE w"};
constexpr Statement back_sql{"storage.rollback-to", "ROLLBACK TO w"};
constexpr Statement commit_sql{"storage.commit", "COMMIT"};
constexpr Statement rollback_sql{"storage.rollback", "ROLLBACK"};

struct Finalize {
  void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
};

/// A prepared statement, and where each $n of it is bound.
struct Prepared {
  std::unique_ptr<sqlite3_stmt, Finalize> statement = {};
  std::string sql = {};
  std::vector<int> index = {};
};

struct ByText {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};

class SqliteRow final : public Row {
 public:
  SqliteRow(sqlite3_stmt* s, std::string_view name) : s_(s), name_(name) {}
  std::size_t columns() const override { return std::size_t(sqlite3_column_count(s_)); }
  bool is_null(std::size_t c) const override { return type(c) == SQLITE_NULL; }
  std::int64_t integer(std::size_t c) const override {
    demand(c, type(c) == SQLITE_INTEGER, "a whole number");
    return sqlite3_column_int64(s_, int(c));
  }
  double real(std::size_t c) const override {
    demand(c, type(c) == SQLITE_FLOAT || type(c) == SQLITE_INTEGER, "a number");
    return sqlite3_column_double(s_, int(c));
  }
  bool boolean(std::size_t c) const override {
    const auto value = integer(c);
    demand(c, value == 0 || value == 1, "a boolean");
    return value == 1;
  }
  std::string_view text(std::size_t c) const override {
    demand(c, type(c) == SQLITE_TEXT || type(c) == SQLITE_BLOB, "text");
    // The bytes as they are stored, without a conversion; a null pointer when there are none.
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(s_, int(c)));
    return bytes ? std::string_view(bytes, std::size_t(sqlite3_column_bytes(s_, int(c)))) : std::string_view();
  }

 private:
  int type(std::size_t c) const {
    if (c >= columns()) throw std::logic_error(std::string(name_) + ": no column " + std::to_string(c));
    return sqlite3_column_type(s_, int(c));
  }
  void demand(std::size_t c, bool holds, const char* what) const {
    if (!holds) throw std::logic_error(std::string(name_) + ": column " + std::to_string(c) + " is not " + what);
  }
  sqlite3_stmt* s_;
  std::string_view name_;
};

class SqliteConnection final : public Connection {
 public:
  enum class Role { reader, writer };

  /// Throws std::runtime_error when the file cannot be opened or a setting does not hold.
  SqliteConnection(const std::string& path, Role role, const Options& options);
  ~SqliteConnection() override;

  void begin_read() override {
    lost_.reset();
    run_plain(begin_read_sql);
  }
  void begin_write() override;
  void savepoint() override { run_plain(savepoint_sql); }
  void release() override { run_plain(release_sql); }
  void rollback_to_savepoint() override {
    run_plain(back_sql);
    run_plain(release_sql);
  }
  void commit() override;
  void rollback() noexcept override;
  void script(const std::string& sql) override;
  void take_your_time() override {}
  void scrub(std::span<const std::string_view> tables) override;
  void rest() noexcept override;

 protected:
  std::int64_t execute(const Statement& s, std::span<const Value> values, const EachRow& each) override;

 private:
  Prepared& prepare(const Statement& s);
  void bind(Prepared& p, const Statement& s, std::span<const Value> values);
  void run_plain(const Statement& s) {
    execute(s, {}, [](const Row&) { return true; });
  }
  void set(const std::string& pragma, std::string_view expected = {});
  std::int64_t pragma(const std::string& name);
  [[noreturn]] void fail(int code, std::string_view where);

  sqlite3* db_ = nullptr;
  Role role_;
  bool writing_ = false;
  int log_pages_ = 0;
  /// Why nothing more is written. After a failed sync the kernel may have dropped the pages it could not write and may
  /// call the next sync a success, so that what is on the disk is known only after opening the file anew.
  std::string poisoned_;
  std::unordered_map<std::string, Prepared, ByText, std::equal_to<>> cache_;
};

SqliteConnection::SqliteConnection(const std::string& path, Role role, const Options& options) : role_(role) {
  const int flags = role == Role::writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  const char* vfs = options.sqlite_vfs.empty() ? nullptr : options.sqlite_vfs.c_str();
  try {
    if (const int rc = sqlite3_open_v2(path.c_str(), &db_, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, vfs);
        rc != SQLITE_OK) {
      throw std::runtime_error(db_ ? sqlite3_errmsg(db_) : sqlite3_errstr(rc));
    }
    sqlite3_extended_result_codes(db_, 1);
    set("busy_timeout=" + std::to_string(options.patience.count()), std::to_string(options.patience.count()));
    // "x" is a column and never a string, as on PostgreSQL; no SQL may change the schema's own tables.
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    set("trusted_schema=OFF");
    if (role == Role::writer) {
      set("auto_vacuum=INCREMENTAL");  // holds for a new file only; scrub() asks which it is
      set("journal_mode=WAL", "wal");
      set("synchronous=FULL");
      set("foreign_keys=ON");
      set("secure_delete=ON", "1");
      set("journal_size_limit=67108864");
      set("wal_autocheckpoint=0");  // rest() does it, where its errors are seen
      if (pragma("synchronous") != 2 || pragma("foreign_keys") != 1 || pragma("secure_delete") != 1) {
        throw std::runtime_error("a setting that Polder relies on does not hold");
      }
      sqlite3_wal_hook(
          db_,
          [](void* self, sqlite3*, const char*, int pages) {
            static_cast<SqliteConnection*>(self)->log_pages_ = pages;
            return SQLITE_OK;
          },
          this);
    }
    set(role == Role::writer ? "cache_size=-16384" : "cache_size=-2048");
    set("mmap_size=0");
    set("temp_store=MEMORY");
  } catch (...) {
    sqlite3_close_v2(db_);
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  cache_.clear();
  if (!poisoned_.empty()) sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_close_v2(db_);
}

/// `PRAGMA name=value`; with `expected`, what it must answer.
void SqliteConnection::set(const std::string& pragma, std::string_view expected) {
  std::string answer;
  const auto first = [](void* out, int columns, char** values, char**) {
    if (columns > 0 && values[0]) *static_cast<std::string*>(out) = values[0];
    return 0;
  };
  if (sqlite3_exec(db_, ("PRAGMA " + pragma).c_str(), first, &answer, nullptr) != SQLITE_OK) {
    throw std::runtime_error(pragma + ": " + sqlite3_errmsg(db_));
  }
  if (!expected.empty() && answer != expected) throw std::runtime_error(pragma + " is refused: it is " + answer);
}

std::int64_t SqliteConnection::pragma(const std::string& name) {
  const std::string sql = "PRAGMA " + name;
  std::int64_t out = -1;
  execute({sql, sql}, {}, [&](const Row& row) {
    out = row.integer(0);
    return false;
  });
  return out;
}

Prepared& SqliteConnection::prepare(const Statement& s) {
  if (const auto found = cache_.find(s.name); found != cache_.end()) {
    if (found->second.sql != s.sql) throw std::logic_error(std::string(s.name) + ": the name of two statements");
    return found->second;
  }
  Prepared p{.sql = std::string(s.sql)};
  sqlite3_stmt* statement = nullptr;
  const char* tail = nullptr;
  const int rc = sqlite3_prepare_v3(db_, p.sql.data(), int(p.sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, &tail);
  p.statement.reset(statement);
  if (rc != SQLITE_OK) fail(rc, s.name);
  if (!statement || std::string_view(tail).find_first_not_of(" \r\n\t;") != std::string_view::npos) {
    throw std::logic_error(std::string(s.name) + ": not one statement");
  }
  for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
    const int index = sqlite3_bind_parameter_index(statement, ("$" + std::to_string(i)).c_str());
    if (index == 0) throw std::logic_error(std::string(s.name) + ": $" + std::to_string(i) + " is missing");
    p.index.push_back(index);
  }
  return cache_.emplace(std::string(s.name), std::move(p)).first->second;
}

void SqliteConnection::bind(Prepared& p, const Statement& s, std::span<const Value> values) {
  if (values.size() != p.index.size()) {
    throw std::logic_error(std::string(s.name) + ": takes " + std::to_string(p.index.size()) + " values and got " +
                           std::to_string(values.size()));
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    sqlite3_stmt* const st = p.statement.get();
    const int at = p.index[i];
    // The values outlive the run: nothing is copied. A pointer, even to nothing, is what tells "" from NULL.
    const int rc = std::visit(
        [&]<class T>(const T& v) {
          if constexpr (std::is_same_v<T, std::monostate>) {
            return sqlite3_bind_null(st, at);
          } else if constexpr (std::is_same_v<T, double>) {
            return sqlite3_bind_double(st, at, v);
          } else if constexpr (std::is_same_v<T, std::string>) {
            return sqlite3_bind_text64(st, at, v.data(), v.size(), SQLITE_STATIC, SQLITE_UTF8);
          } else if constexpr (std::is_same_v<T, Blob>) {
            return sqlite3_bind_blob64(st, at, v.bytes.data(), v.bytes.size(), SQLITE_STATIC);
          } else {
            return sqlite3_bind_int64(st, at, v);
          }
        },
        values[i]);
    if (rc != SQLITE_OK) fail(rc, s.name);
  }
}

std::int64_t SqliteConnection::execute(const Statement& s, std::span<const Value> values, const EachRow& each) {
  Prepared& p = prepare(s);
  sqlite3_stmt* const st = p.statement.get();
  struct Reset {
    sqlite3_stmt* st;
    ~Reset() {
      sqlite3_reset(st);
      sqlite3_clear_bindings(st);
    }
  };
  {
    const Reset reset{st};
    bind(p, s, values);
    const SqliteRow row(st, s.name);
    int rc = SQLITE_ROW;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
      if (!each(row)) break;
    }
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) fail(rc, s.name);
  }
  return sqlite3_stmt_readonly(st) ? 0 : sqlite3_changes64(db_);
}

void SqliteConnection::begin_write() {
  lost_.reset();
  if (!poisoned_.empty()) lose(Then::give_up, "read-only until it is opened again: " + poisoned_);
  writing_ = true;
  run_plain(begin_write_sql);
}

void SqliteConnection::commit() {
  run_plain(commit_sql);
  writing_ = false;
}

void SqliteConnection::rollback() noexcept {
  writing_ = false;
  if (!db_ || sqlite3_get_autocommit(db_)) return;
  sqlite3_exec(db_, rollback_sql.sql.data(), nullptr, nullptr, nullptr);
}

void SqliteConnection::script(const std::string& sql) {
  if (const int rc = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr); rc != SQLITE_OK) fail(rc, "script");
  if (writing_ && sqlite3_get_autocommit(db_)) throw std::logic_error("the script ended its transaction");
}

/// Turns SQLite's answer into what the caller can do about it.
void SqliteConnection::fail(int code, std::string_view where) {
  std::string what = std::string(where) + ": " + sqlite3_errmsg(db_);
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      throw ConstraintViolation(std::move(what));
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      if (role_ == Role::reader) throw Unavailable(std::move(what));
      poisoned_ = what;
      lose(Then::give_up, std::move(what));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
    case SQLITE_INTERRUPT:
    case SQLITE_NOLFS:
      // No transaction, or SQLite has rolled back all of it by itself; otherwise only this statement is undone.
      if (writing_ && (sqlite3_get_autocommit(db_) || where == commit_sql.name)) {
        lose((code & 0xff) == SQLITE_BUSY ? Then::give_up : Then::run_singly, std::move(what));
      }
      throw Unavailable(std::move(what));
    case SQLITE_READONLY:
      if (role_ == Role::writer) lose(Then::give_up, std::move(what));
      [[fallthrough]];
    default:
      throw std::logic_error(std::move(what));
  }
}

/// Copies the log's pages into the file, behind the backs of those who were answered. Readers may hold some back: they
/// are taken the next time.
void SqliteConnection::rest() noexcept {
  if (log_pages_ < checkpoint_pages || !poisoned_.empty()) return;
  log_pages_ = 0;
  const int rc = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if ((rc & 0xff) == SQLITE_IOERR) poisoned_ = std::string("checkpoint: ") + sqlite3_errmsg(db_);
}

void SqliteConnection::scrub(std::span<const std::string_view>) {
  if (!poisoned_.empty()) throw Unavailable("read-only until it is opened again: " + poisoned_);
  constexpr int incremental = 2;
  script(pragma("auto_vacuum") == incremental ? "PRAGMA incremental_vacuum" : "VACUUM");
  if (const int rc = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
      rc != SQLITE_OK) {
    fail(rc, "checkpoint");
  }
}

/// A lock on `<file>.lock` for the life of the database: SQLite itself would let a second program in.
std::shared_ptr<void> lock_file(const std::string& path) {
  const int fd = ::open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) throw std::runtime_error(path + ".lock: " + std::generic_category().message(errno));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return nullptr;
  }
  return {new int(fd), [](int* held) {
            ::close(*held);
            delete held;
          }};
}

}  // namespace

Result<Opened> open_sqlite(const Options& options) {
  const std::string path = options.url.starts_with("sqlite:") ? options.url.substr(7) : options.url;
  const auto cannot = [&](std::string cause) {
    return refuse(Why::unavailable, {"storage.open-failed", {{"where", path}}}, std::move(cause));
  };
  if (path.empty() || path.starts_with(":") || path.starts_with("file:")) return cannot("not the path of a file");
  try {
    Opened out{.sqlite = true, .batch = options.batch, .lock = lock_file(path)};
    if (!out.lock) return refuse(Why::unavailable, {"storage.locked", {{"where", path}}});
    using Role = SqliteConnection::Role;
    out.writer = std::make_unique<SqliteConnection>(path, Role::writer, options);
    for (std::size_t i = 0; i < std::max<std::size_t>(options.readers, 1); ++i) {
      out.readers.push_back(std::make_unique<SqliteConnection>(path, Role::reader, options));
    }
    return out;
  } catch (const std::exception& e) {
    return cannot(e.what());
  }
}

}  // namespace polder::storage
