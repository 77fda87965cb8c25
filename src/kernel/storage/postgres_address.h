// Where a PostgreSQL server is, and a connection to it.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace polder::storage {

struct Clear {
  void operator()(PGresult* r) const { PQclear(r); }
  void operator()(PGconn* c) const { PQfinish(c); }
  void operator()(PQconninfoOption* o) const { PQconninfoFree(o); }
  void operator()(char* s) const { PQfreemem(s); }
};
using Answer = std::unique_ptr<PGresult, Clear>;
using Line = std::unique_ptr<PGconn, Clear>;

class Address {
 public:
  /// Throws std::runtime_error, without the URL, when it is not one.
  explicit Address(std::string url);

  /// A fresh connection, to a server that takes writes if it must. Throws Unavailable.
  Line connect(bool read_write, std::chrono::milliseconds patience) const;

  const std::string& where() const { return where_; }  ///< host, port and name, without secrets

  /// What libpq says, fit for a log: one line, no password.
  std::string clean(std::string_view message) const;

 private:
  std::string url_, where_;
  std::vector<std::string> secrets_;
};

}  // namespace polder::storage
