// NOTIFY and LISTEN: how the programs on one PostgreSQL database tell each other what they wrote.
#pragma once

#include "kernel/storage/connection.h"
#include "kernel/storage/postgres_address.h"

namespace polder::storage {

/// In a transaction: $1 is what is told. PostgreSQL tells it when the transaction commits, in the order of commits, and
/// forgets it with a savepoint that is rolled back. Programs in other schemas hear nothing of it.
inline constexpr Statement notify{"storage.notify", "SELECT pg_notify('polder_' || md5(current_schema()), $1)"};

/// Every program hears itself too, so each begins with the name of its own, and what begins with it is not heard.
std::unique_ptr<Listening> listen_to_others(std::shared_ptr<const Address> address, std::chrono::milliseconds patience,
                                            std::string self, std::function<void(std::string_view)> heard,
                                            std::function<void()> missed);

}  // namespace polder::storage
