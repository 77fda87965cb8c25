#include "kernel/storage/connection.h"
namespace polder::storage {
Result<Opened> open_postgres(const Options&) {
  return refuse(Why::unavailable, {"storage.open-failed", {{"where", "x"}}});
}
}  // namespace polder::storage
