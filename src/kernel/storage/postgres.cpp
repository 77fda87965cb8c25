// PostgreSQL through libpq: binary values, rows as they arrive, and a connection that comes back after it was lost.
//
// One program writes at a time: the write transaction begins by taking an advisory lock, so that a batch of writes of
// one node never has to be thrown away for one of another, and READ COMMITTED behind that lock is serial.
#include <libpq-fe.h>

#include <cstring>
#include <stdexcept>
#include <thread>

#include "kernel/base/encode.h"
#include "kernel/base/random.h"
#include "kernel/storage/connection.h"
#include "kernel/storage/postgres_address.h"
#include "kernel/storage/postgres_listening.h"
#include "kernel/storage/postgres_values.h"

namespace polder::storage {
namespace {

/// PostgreSQL keeps 64 subtransactions of a transaction in shared memory (PGPROC_MAX_CACHED_SUBXIDS); with more, every
/// snapshot of everybody looks them up on disk. Each savepoint is one, and the transaction needs none for itself.
constexpr std::size_t largest_batch = 64;
constexpr int oldest_version = 150'000;
constexpr auto begin_write_sql =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
    "SELECT pg_advisory_xact_lock(hashtextextended('polder ' || current_schema(), 0)), pg_current_xact_id()";

class PostgresConnection final : public Connection {
 public:
  enum class Role { reader, writer };

  /// `self` is the name under which this program tells others.
  PostgresConnection(std::shared_ptr<const Address> address, Role role, std::chrono::milliseconds patience,
                     std::string self = {})
      : address_(std::move(address)), role_(role), patience_(patience), self_(std::move(self)) {
    connect();
  }

  void begin_read() override;
  void begin_write() override;
  void savepoint() override { command("SAVEPOINT w"); }
  void release() override { command("RELEASE w"); }
  void rollback_to_savepoint() override { command("ROLLBACK TO w; RELEASE w"); }
  void commit() override;
  void rollback() noexcept override;
  void script(const std::string& sql) override;
  void take_your_time() override { command("SET LOCAL statement_timeout = 0"); }
  void scrub(std::span<const std::string_view> tables) override;
  void announce(std::string_view words) override {
    const Value told[] = {self_ + ' ' + std::string(words)};
    run(notify, told, [](const Row&) { return true; });
  }

  int version() const { return PQserverVersion(connection_.get()); }
  std::string setting(const std::string& name) { return first(command(("SHOW " + name).c_str())); }
  bool has_schema() { return !first(command("SELECT current_schema()")).empty(); }

 protected:
  std::int64_t execute(const Statement& s, std::span<const Value> values, const EachRow& each) override;

 private:
  void connect();
  void close() noexcept {
    connection_.reset();
    prepared_.clear();
  }
  bool alive() const { return connection_ && PQstatus(connection_.get()) == CONNECTION_OK; }
  Answer command(const char* sql);
  const std::string& prepare(const Statement& s, const Bound& bound);
  void resolve_commit();
  [[noreturn]] void fail(const PGresult* answer, std::string_view where);
  static std::string first(const Answer& a) { return PQntuples(a.get()) > 0 ? PQgetvalue(a.get(), 0, 0) : ""; }

  std::shared_ptr<const Address> address_;
  Role role_;
  std::chrono::milliseconds patience_;
  std::string self_;
  Line connection_;
  std::string transaction_;  ///< its number, to ask after it when the connection is lost while it commits
  bool writing_ = false;
  bool warned_ = false;
  struct Prepared {
    std::string sql, name;
  };
  std::unordered_map<std::string, Prepared> prepared_;
};

void PostgresConnection::connect() {
  close();
  connection_ = address_->connect(role_ == Role::writer, patience_);
  const std::string milliseconds = std::to_string(patience_.count());
  PQsetNoticeReceiver(
      connection_.get(), [](void* self, const PGresult*) { static_cast<PostgresConnection*>(self)->warned_ = true; },
      this);
  command(("SET lock_timeout = " + milliseconds +
           "; SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '60s';"
           "SET client_min_messages = warning; SET bytea_output = hex")
              .c_str());
  // An acknowledged act is on disk, whatever the server's default.
  const std::string synchronous = setting("synchronous_commit");
  if (synchronous != "on" && synchronous != "remote_apply") command("SET synchronous_commit = on");
}

/// SQL of one or more commands without values. An error is told by SQLSTATE, as those of statements.
Answer PostgresConnection::command(const char* sql) {
  if (!connection_) throw Unavailable("not connected");
  Answer answer(PQexec(connection_.get(), sql));
  const auto status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
    fail(answer.get(), std::string_view(sql).substr(0, 24));
  }
  return answer;
}

void PostgresConnection::begin_read() {
  constexpr auto begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  lost_.reset();
  if (alive()) {
    try {
      command(begin);
      return;
    } catch (const Unavailable&) {  // lost since it was last used
    }
  }
  connect();
  command(begin);
}

void PostgresConnection::begin_write() {
  lost_.reset();
  writing_ = true;
  transaction_.clear();
  if (!alive()) {
    try {
      connect();
    } catch (const Unavailable& e) {
      lose(Then::run_again, e.what());
    }
  }
  transaction_ = PQgetvalue(command(begin_write_sql).get(), 0, 1);
}

void PostgresConnection::commit() {
  warned_ = false;
  const Answer answer(PQexec(connection_.get(), "COMMIT"));
  if (PQresultStatus(answer.get()) == PGRES_COMMAND_OK) {
    // "COMMIT" of a transaction in which a statement has failed says ROLLBACK.
    if (std::strcmp(PQcmdStatus(answer.get()), "COMMIT") != 0) lose(Then::give_up, "COMMIT rolled back");
    // The only warning there can be: the wait for the standby was cut short. It is kept here and perhaps only here.
    if (warned_) lose(Then::give_up, "committed without the synchronous standby");
    writing_ = false;
    return;
  }
  if (!alive()) return resolve_commit();
  fail(answer.get(), "COMMIT");
}

/// The connection went while COMMIT was on its way. The server is asked what became of it, so that nothing is done
/// twice: PostgreSQL keeps the fate of recent transactions (pg_xact_status).
void PostgresConnection::resolve_commit() {
  const auto until = std::chrono::steady_clock::now() + patience_;
  const std::string ask = "SELECT pg_xact_status('" + transaction_ + "')";
  while (std::chrono::steady_clock::now() < until) {
    std::string fate;
    try {
      if (!alive()) connect();
      fate = first(command(ask.c_str()));
    } catch (const std::exception&) {  // not back yet
    }
    if (fate == "committed") {
      lost_.reset();
      return;
    }
    if (fate == "aborted") lose(Then::run_again, "the connection was lost while committing");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  lose(Then::give_up, "the connection was lost while committing; whether it was kept is unknown");
}

void PostgresConnection::rollback() noexcept {
  writing_ = false;
  if (!connection_ || PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
  const Answer answer(PQexec(connection_.get(), "ROLLBACK"));
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) close();
}

void PostgresConnection::script(const std::string& sql) {
  command(sql.c_str());
  if (PQtransactionStatus(connection_.get()) != PQTRANS_INTRANS) {
    throw std::logic_error("the script ended its transaction");
  }
}

/// The server's own name of the statement. The types of the values are part of its key: a NULL has none.
const std::string& PostgresConnection::prepare(const Statement& s, const Bound& bound) {
  std::string key(s.name);
  for (const auto type : bound.types()) key += '/' + std::to_string(type);
  if (const auto found = prepared_.find(key); found != prepared_.end()) {
    if (found->second.sql != s.sql) throw std::logic_error(std::string(s.name) + ": the name of two statements");
    return found->second.name;
  }
  Prepared p{.sql = std::string(s.sql), .name = "p" + std::to_string(prepared_.size())};
  const Answer answer(
      PQprepare(connection_.get(), p.name.c_str(), p.sql.c_str(), int(bound.types().size()), bound.types().data()));
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) fail(answer.get(), s.name);
  return prepared_.emplace(std::move(key), std::move(p)).first->second.name;
}

std::int64_t PostgresConnection::execute(const Statement& s, std::span<const Value> values, const EachRow& each) {
  if (!connection_) throw Unavailable("not connected");
  const Bound bound(values);
  const std::string& name = prepare(s, bound);
  constexpr int binary = 1;
  if (!PQsendQueryPrepared(connection_.get(), name.c_str(), int(values.size()), bound.values(), bound.lengths(),
                           bound.formats(), binary)) {
    fail(nullptr, s.name);
  }
  PQsetSingleRowMode(connection_.get());
  std::int64_t changed = 0;
  bool more = true;
  std::exception_ptr thrown;
  Answer error;
  // Every answer is taken to its end: the connection is of use again only then.
  while (Answer answer{PQgetResult(connection_.get())}) {
    switch (PQresultStatus(answer.get())) {
      case PGRES_SINGLE_TUPLE:
        if (!more) break;
        try {
          more = each(PostgresRow(answer.get(), s.name));
        } catch (...) {
          thrown = std::current_exception();
          more = false;
        }
        break;
      case PGRES_TUPLES_OK:
      case PGRES_COMMAND_OK:
        if (!std::string_view(PQcmdStatus(answer.get())).starts_with("SELECT")) {
          changed = std::atoll(PQcmdTuples(answer.get()));
        }
        break;
      default:
        error = std::move(answer);
    }
  }
  if (error) fail(error.get(), s.name);
  if (thrown) std::rethrow_exception(thrown);
  return changed;
}

/// Turns the server's answer into what the caller can do about it, by SQLSTATE (PostgreSQL manual, appendix A). Only
/// the primary message is told: the detail holds people's data.
void PostgresConnection::fail(const PGresult* answer, std::string_view where) {
  const auto field = [&](int code) -> std::string {
    const char* text = answer ? PQresultErrorField(answer, code) : nullptr;
    return text ? text : "";
  };
  const std::string state = field(PG_DIAG_SQLSTATE);
  std::string message = field(PG_DIAG_MESSAGE_PRIMARY);
  if (message.empty() && connection_) message = PQerrorMessage(connection_.get());
  std::string what = std::string(where) + ": " + address_->clean(message) + (state.empty() ? "" : " (" + state + ")");
  const auto is = [&](std::string_view prefix) { return state.starts_with(prefix); };

  if (is("23")) throw ConstraintViolation(std::move(what));
  // A new connection helps when the server goes down, has become a standby, or holds the plan of a table that has
  // changed since.
  const bool gone = !alive() || state.empty() || is("57P") || is("08") || is("25P03");
  const bool standby = role_ == Role::writer && (is("25006") || (is("0A000") && transaction_.empty()));
  const bool stale = is("0A000") && field(PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery";
  if (gone || standby || stale) close();
  if (!connection_ || is("40")) {
    if (writing_) lose(Then::run_again, std::move(what));
    throw Unavailable(std::move(what));
  }
  // Somebody else holds a lock, took too long, has filled the disk or broke it.
  if (is("55P03") || is("57014") || is("53") || is("58") || is("XX")) throw Unavailable(std::move(what));
  throw std::logic_error(std::move(what));
}

/// Rewrites the tables named: VACUUM alone would leave the bytes of deleted rows in the free space of their pages.
void PostgresConnection::scrub(std::span<const std::string_view> tables) {
  if (!alive()) connect();
  command("SET statement_timeout = 0");
  // A row that an older snapshot may still see is copied along, so those are waited for: of sessions, of standbys that
  // report theirs, of prepared transactions.
  const std::string now = first(command("SELECT pg_snapshot_xmax(pg_current_snapshot())::xid"));
  const std::string older =
      "WITH others AS (SELECT * FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
      " AND coalesce(datname, current_database()) = current_database())"
      " SELECT count(*) FROM (SELECT backend_xmin AS x FROM others UNION ALL SELECT backend_xid FROM others"
      " UNION ALL SELECT xmin FROM pg_replication_slots UNION ALL SELECT transaction FROM pg_prepared_xacts) h"
      " WHERE age(h.x) > age('" +
      now + "'::xid)";
  const auto until = std::chrono::steady_clock::now() + patience_;
  while (first(command(older.c_str())) != "0") {
    if (std::chrono::steady_clock::now() > until) throw Unavailable("scrub: an older snapshot is in use");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  for (const auto table : tables) {
    const std::unique_ptr<char, Clear> quoted(PQescapeIdentifier(connection_.get(), table.data(), table.size()));
    if (!quoted) throw std::logic_error("scrub: not the name of a table");
    command((std::string("VACUUM (FULL, ANALYZE) ") + quoted.get()).c_str());
  }
  command("SET statement_timeout = '60s'");
}

}  // namespace

Result<Opened> open_postgres(const Options& options) {
  std::string where = "postgresql";
  const auto cannot = [&](std::string key, std::string arg, std::string value, std::string cause = {}) {
    return refuse(Why::unavailable, {std::move(key), {{std::move(arg), std::move(value)}}}, std::move(cause));
  };
  try {
    const auto address = std::make_shared<const Address>(options.url);
    where = address->where();
    using Role = PostgresConnection::Role;
    const std::string self = hex(SystemRandom().bytes(8));
    auto writer = std::make_unique<PostgresConnection>(address, Role::writer, options.patience, self);
    if (writer->version() < oldest_version) {
      return cannot("storage.postgres-version", "found", writer->setting("server_version"));
    }
    for (const auto* name : {"fsync", "full_page_writes"}) {
      if (writer->setting(name) != "on") return cannot("storage.postgres-unsafe", "setting", name);
    }
    if (const auto encoding = writer->setting("server_encoding"); encoding != "UTF8") {
      return cannot("storage.postgres-encoding", "found", encoding);
    }
    if (!writer->has_schema()) return cannot("storage.open-failed", "where", where, "the search path has no schema");
    Opened out{.sqlite = false, .batch = largest_batch, .writer = std::move(writer)};
    for (std::size_t i = 0; i < std::max<std::size_t>(options.readers, 1); ++i) {
      out.readers.push_back(std::make_unique<PostgresConnection>(address, Role::reader, options.patience));
    }
    out.listen = [address, patience = options.patience, self](auto heard, auto missed) {
      return listen_to_others(address, patience, self, std::move(heard), std::move(missed));
    };
    return out;
  } catch (const std::exception& e) {
    return cannot("storage.open-failed", "where", where, e.what());
  }
}

}  // namespace polder::storage
