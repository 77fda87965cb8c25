#include "kernel/storage/migrate.h"

#include <map>
#include <set>
#include <stdexcept>

#include "kernel/base/encode.h"
#include "kernel/crypto/crypto.h"

namespace polder::storage {
namespace {

constexpr Statement count_applied{"storage.migrations.count", "SELECT COUNT(*) FROM migrations"};
constexpr Statement list_applied{"storage.migrations.list",
                                 "SELECT room, number, title, sha256 FROM migrations ORDER BY room, number"};
constexpr Statement record_applied{
    "storage.migrations.record",
    "INSERT INTO migrations (room, number, title, sha256, applied_at) VALUES ($1, $2, $3, $4, $5)"};
constexpr auto create_table = R"(CREATE TABLE IF NOT EXISTS migrations (
  room TEXT NOT NULL,
  number BIGINT NOT NULL,
  title TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  applied_at BIGINT NOT NULL,
  PRIMARY KEY (room, number)
))";

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

void replace_words(std::string& sql, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = sql.find(from, at)) != std::string::npos;) {
    const std::size_t after = at + from.size();
    const bool whole = (at == 0 || !is_word(sql[at - 1])) && (after == sql.size() || !is_word(sql[after]));
    if (whole) sql.replace(at, from.size(), to);
    at += whole ? to.size() : from.size();
  }
}

auto refuse_step(std::string key, const std::string& room, std::int64_t number, std::string title,
                 std::string cause = {}) {
  return refuse(Why::conflict, {std::move(key), {{"room", room}, {"number", number}, {"title", std::move(title)}}},
                std::move(cause));
}

std::string fingerprint(const Migration& m) { return hex(crypto::view(crypto::sha256(m.sql))); }

struct Applied {
  std::string room;
  std::int64_t number;
  std::string title, sha256;
};

/// That each room's numbers run from 1 without gaps, in the program and in the database, and that what the database
/// has is a beginning of what the program has.
Done check(std::span<const Migration> program, std::span<const Applied> database) {
  std::map<std::string_view, std::int64_t> last;
  std::map<std::pair<std::string_view, std::int64_t>, const Migration*> known;
  for (const auto& m : program) {
    if (m.number != ++last[m.room]) return refuse_step("storage.gap", m.room, last[m.room], m.title);
    known[{m.room, m.number}] = &m;
  }
  last.clear();
  for (const auto& a : database) {
    const auto found = known.find({a.room, a.number});
    if (found == known.end()) return refuse_step("storage.newer", a.room, a.number, a.title);
    if (a.number != ++last[a.room]) return refuse_step("storage.gap", a.room, last[a.room], a.title);
    if (a.sha256 != fingerprint(*found->second)) {
      return refuse_step("storage.changed", a.room, a.number, a.title);
    }
  }
  return {};
}

std::vector<Applied> applied(Connection& connection) {
  return Reading(connection).all<Applied>(list_applied, [](const Row& row) {
    return Applied{row.get<std::string>(0), row.integer(1), row.get<std::string>(2), row.get<std::string>(3)};
  });
}

}  // namespace

std::string in_dialect(std::string_view sql, bool sqlite) {
  std::string out;
  bool ours = true;
  while (!sql.empty()) {
    const std::size_t end = std::min(sql.find('\n'), sql.size() - 1) + 1;
    const std::string_view line = sql.substr(0, end);
    sql.remove_prefix(end);
    const std::string_view word = line.substr(0, line.find_last_not_of(" \r\n") + 1);
    if (word == "-- only sqlite") {
      ours = sqlite;
    } else if (word == "-- only postgres") {
      ours = !sqlite;
    } else if (word == "-- end") {
      ours = true;
    } else if (ours) {
      out += line;
    }
  }
  if (sqlite) {
    replace_words(out, "BYTEA", "BLOB");
    replace_words(out, "BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY");
  }
  return out;
}

std::int64_t schema_number(ReadTx& tx) { return tx.value<std::int64_t>(count_applied).value_or(0); }

Done migrate(Connection& connection, bool sqlite, std::span<const Migration> migrations) {
  connection.begin_write();
  connection.take_your_time();
  connection.script(create_table);
  const auto before = applied(connection);
  CHECK_DONE(check(migrations, before));

  std::set<std::pair<std::string_view, std::int64_t>> done;
  for (const auto& a : before) done.emplace(a.room, a.number);
  Writing tx(connection);
  for (const auto& m : migrations) {
    if (done.contains({m.room, m.number})) continue;
    try {
      connection.script(in_dialect(m.sql, sqlite));
      // For people to read; nothing depends on it.
      tx.exec(record_applied, m.room, m.number, m.title, fingerprint(m), SystemClock().now());
    } catch (const Unavailable&) {
      throw;
    } catch (const std::exception& e) {
      return refuse_step("storage.migration-failed", m.room, m.number, m.title, e.what());
    }
  }
  connection.commit();
  return {};
}

}  // namespace polder::storage
