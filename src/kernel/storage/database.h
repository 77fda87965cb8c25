// The database: SQLite or PostgreSQL behind one door, with the same SQL on both.
//
// Reading and writing are closures. `read` gives a snapshot; `write` gives the one write transaction. Writes of all
// callers are collected by one writer thread and committed together (group commit), each in its own savepoint: a write
// that returns a refusal or throws leaves nothing behind and does not disturb its neighbours, and no caller hears of
// success before the commit is durable. A write closure may run more than once (a busy file, a serialisation failure, a
// lost connection): apart from SQL it must have no effect.
//
// SQL is written once: placeholders $1, $2, …; types BIGINT, TEXT, BYTEA, BOOLEAN, DOUBLE PRECISION; sums cast to
// BIGINT. What else the two differ in is listed in README.md of this folder.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "kernel/base/id.h"
#include "kernel/base/result.h"
#include "kernel/base/time.h"

namespace polder::storage {

/// Bytes, as opposed to text.
struct Blob {
  std::string bytes;
  bool operator==(const Blob&) const = default;
};

using Value = std::variant<std::monostate, std::int64_t, double, bool, std::string, Blob>;

/// One statement: a constant with a name of its own (the key of the statement cache and the label in metrics).
/// Names are "<room>.<what>", unique in the program.
struct Statement {
  std::string_view name;
  std::string_view sql;
};

/// Infrastructure failed: the file is gone, the disk is full, the server does not answer. Caught once a request and
/// told as `Why::unavailable`; never the fault of what was asked.
class Unavailable : public std::exception {
 public:
  explicit Unavailable(std::string what) : what_(std::move(what)) {}
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  std::string what_;
};

/// A constraint (UNIQUE, CHECK, NOT NULL, foreign key) refused a row. Stores that expect one catch it and return a
/// refusal: after a failed statement nothing more can be run in a write, and it cannot be kept, on either database. To
/// insert unless it is there, write ON CONFLICT DO NOTHING.
class ConstraintViolation : public std::exception {
 public:
  explicit ConstraintViolation(std::string what) : what_(std::move(what)) {}
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  std::string what_;
};

/// One row of an answer. Valid until the next row is taken.
class Row {
 public:
  virtual ~Row() = default;
  virtual std::size_t columns() const = 0;
  virtual bool is_null(std::size_t column) const = 0;
  virtual std::int64_t integer(std::size_t column) const = 0;
  virtual double real(std::size_t column) const = 0;
  virtual bool boolean(std::size_t column) const = 0;
  virtual std::string_view text(std::size_t column) const = 0;  ///< TEXT and BYTEA alike

  /// int64_t, bool, double, std::string, std::string_view, Blob, Id, Time, and std::optional of each.
  template <class T>
  T get(std::size_t column) const;
};

template <class T>
Value to_value(const T& v);

/// A transaction that only reads: a snapshot of committed state.
class ReadTx {
 public:
  virtual ~ReadTx() = default;

  /// Calls `each` for every row, streaming; `each` returns false to stop early (PostgreSQL then still sends the rest:
  /// bound a long answer with LIMIT). It must not use the transaction.
  template <class Each, class... Args>
  void each(const Statement& s, Each&& each, const Args&... args) {
    const std::vector<Value> values{to_value(args)...};
    run(s, values, [&](const Row& row) {
      if constexpr (std::is_void_v<decltype(each(row))>) {
        each(row);
        return true;
      } else {
        return each(row);
      }
    });
  }

  /// `all<Comment>(statement, decode, args…)`: every row decoded; only for answers with a LIMIT or a natural bound.
  template <class T, class Decode, class... Args>
  std::vector<T> all(const Statement& s, Decode&& decode, const Args&... args) {
    std::vector<T> out;
    each(s, [&](const Row& row) { out.push_back(decode(row)); }, args...);
    return out;
  }

  /// The first row decoded, or nothing.
  template <class T, class Decode, class... Args>
  std::optional<T> one(const Statement& s, Decode&& decode, const Args&... args) {
    std::optional<T> out;
    each(
        s,
        [&](const Row& row) {
          out = decode(row);
          return false;
        },
        args...);
    return out;
  }

  /// The first column of the first row, or nothing.
  template <class T, class... Args>
  std::optional<T> value(const Statement& s, const Args&... args) {
    return one<T>(s, [](const Row& row) { return row.get<T>(0); }, args...);
  }

  /// How many statements this transaction has run (the tests hold each route's number).
  std::size_t statements() const { return statements_; }

 protected:
  /// Runs one statement; returns how many rows it changed.
  virtual std::int64_t run(const Statement& s, std::span<const Value> values,
                           const std::function<bool(const Row&)>& each) = 0;
  std::size_t statements_ = 0;
};

/// The write transaction.
class WriteTx : public ReadTx {
 public:
  /// Runs INSERT, UPDATE or DELETE; returns the number of rows changed.
  template <class... Args>
  std::int64_t exec(const Statement& s, const Args&... args) {
    const std::vector<Value> values{to_value(args)...};
    return run(s, values, [](const Row&) { return true; });
  }

  /// Called once after this write is durable, on the writer's thread, in the order of the writes: to renew pages, wake
  /// the mailer. Must be quick and must not throw. Never called when the write was refused or failed.
  virtual void after_commit(std::function<void()> then) = 0;

  /// Told to every other program on this database once this write is durable, and never when it is not: UTF-8 without
  /// NUL, at most `longest_announcement` bytes. On SQLite there is no other program.
  virtual void announce(std::string_view words) = 0;
};

inline constexpr std::size_t longest_announcement = 7'900;

/// As long as it lives, what others announce is heard.
class Listening {
 public:
  virtual ~Listening() = default;
};

/// A file of SQL that brings a room's tables from one shape to the next. Applied once, in order of `room` registration
/// and number, forward only; its SHA-256 is kept, and a file that changed after it ran is refused.
struct Migration {
  std::string room;   ///< "record", "processes/consultations"
  int number = 0;     ///< from 1, without gaps
  std::string title;  ///< the rest of the file name
  std::string sql;
};

struct Options {
  /// `sqlite:PATH` (or a plain path), or `postgresql://…`.
  std::string url = {};
  std::size_t readers = 4;    ///< read connections kept open
  std::size_t batch = 128;    ///< writes in one commit at most
  std::size_t queue = 4'096;  ///< writes waiting at most; one more gets Unavailable at once
  /// How long to wait for a lock that somebody else holds, for a free read connection, for a server to answer.
  std::chrono::milliseconds patience{5'000};
  std::string sqlite_vfs = {};  ///< a VFS by name, for the benchmark's delayed sync
};

/// What the program knows about itself after opening, for /metrics and the statement tests.
struct Figures {
  std::int64_t reads = 0, writes = 0, commits = 0, retries = 0;
  std::int64_t statements = 0;   ///< in closures, each time they ran
  std::int64_t turned_away = 0;  ///< writes that found the queue full
  std::size_t waiting = 0;
};

class Database {
 public:
  virtual ~Database() = default;

  /// Opens and checks the settings it relies on (SQLite: WAL and synchronous=FULL read back, secure_delete on, a second
  /// program on the same file refused; PostgreSQL: version 15 or newer, UTF-8). Refuses with a public reason.
  static Result<std::unique_ptr<Database>> open(const Options& options);

  /// Applies what is missing, under a lock. Refuses a schema newer than this program, a gap, a changed file.
  virtual Done migrate(std::span<const Migration> migrations) = 0;

  /// Runs `fn(ReadTx&)` on a snapshot and returns what it returns. Throws Unavailable.
  template <class Fn>
  auto read(Fn&& fn) -> std::invoke_result_t<Fn, ReadTx&> {
    using Out = std::invoke_result_t<Fn, ReadTx&>;
    if constexpr (std::is_void_v<Out>) {
      do_read([&](ReadTx& tx) { fn(tx); });
    } else {
      std::optional<Out> out;
      do_read([&](ReadTx& tx) { out.emplace(fn(tx)); });
      return std::move(*out);
    }
  }

  /// Runs `fn(WriteTx&) -> Result<T>` in the write transaction; returns after the commit is durable. A refusal rolls
  /// this write back. Throws Unavailable when nothing could be committed. Not to be called from within a closure.
  template <class Fn>
  auto write(Fn&& fn) -> std::invoke_result_t<Fn, WriteTx&> {
    using Out = std::invoke_result_t<Fn, WriteTx&>;
    std::optional<Out> out;
    do_write([&](WriteTx& tx) {
      out.emplace(fn(tx));
      return out->has_value();
    });
    return std::move(*out);
  }

  /// Calls `heard` with what other programs on this database announce, in their order, from a thread of its own; and
  /// `missed` when it begins to listen and each time it was deaf for a while: anything may have been said. Either may
  /// read, and not write; one that throws counts as deaf. Returns when it hears, `missed` called, or when the first
  /// attempt failed and others follow. Nothing on SQLite.
  virtual std::unique_ptr<Listening> listen(std::function<void(std::string_view)> heard,
                                            std::function<void()> missed) = 0;

  virtual bool is_sqlite() const = 0;
  virtual Figures figures() const = 0;

  /// After an erasure: returns freed pages to the file system and empties the write-ahead log, so that no byte of what
  /// was deleted is left in a file of ours (SQLite: incremental vacuum and a truncating checkpoint of the whole file;
  /// PostgreSQL: VACUUM FULL of the tables named, which locks each while it is rewritten). Slow; called by a job.
  /// Throws Unavailable when a reader stood in the way: try again.
  virtual void scrub(std::span<const std::string_view> tables) = 0;

 protected:
  virtual void do_read(const std::function<void(ReadTx&)>& fn) = 0;
  /// `fn` returns whether to keep what it wrote.
  virtual void do_write(const std::function<bool(WriteTx&)>& fn) = 0;
};

/// How many migrations the database has had: its schema's number, for /healthz.
std::int64_t schema_number(ReadTx& tx);

// ---- how C++ values become SQL values, and back ----

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

template <class T>
Value to_value(const T& v) {
  if constexpr (is_optional<T>::value) {
    return v ? to_value(*v) : Value{};
  } else if constexpr (std::is_same_v<T, Id>) {
    return v.value;
  } else if constexpr (std::is_same_v<T, Time>) {
    return v.ms;
  } else if constexpr (std::is_same_v<T, bool>) {
    return v;
  } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
    return std::int64_t(v);
  } else if constexpr (std::is_floating_point_v<T>) {
    return double(v);
  } else if constexpr (std::is_same_v<T, Blob> || std::is_same_v<T, Value>) {
    return v;
  } else {
    return std::string(std::string_view(v));
  }
}

template <class T>
T Row::get(std::size_t column) const {
  if constexpr (is_optional<T>::value) {
    if (is_null(column)) return std::nullopt;
    return get<typename T::value_type>(column);
  } else if constexpr (std::is_same_v<T, Id>) {
    return Id{integer(column)};
  } else if constexpr (std::is_same_v<T, Time>) {
    return Time{integer(column)};
  } else if constexpr (std::is_same_v<T, bool>) {
    return boolean(column);
  } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
    return T(integer(column));
  } else if constexpr (std::is_floating_point_v<T>) {
    return T(real(column));
  } else if constexpr (std::is_same_v<T, Blob>) {
    return Blob{std::string(text(column))};
  } else {
    return T(text(column));
  }
}

}  // namespace polder::storage
