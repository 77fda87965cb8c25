// Migrations: what is missing is applied, forward only, and all of it or nothing; what does not fit is refused.
#pragma once

#include "kernel/storage/connection.h"

namespace polder::storage {

/// The shared SQL as one of the databases reads it: lines between `-- only sqlite` or `-- only postgres` and `-- end`
/// are for that one; on SQLite BYTEA is BLOB, and BIGINT PRIMARY KEY is INTEGER PRIMARY KEY (the row's own number,
/// without a second index).
std::string in_dialect(std::string_view sql, bool sqlite);

/// In one write transaction of `connection`, whose lock keeps other programs out.
Done migrate(Connection& connection, bool sqlite, std::span<const Migration> migrations);

}  // namespace polder::storage
