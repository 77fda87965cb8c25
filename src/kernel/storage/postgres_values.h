// Values in PostgreSQL's binary format (network byte order), there and back.
#pragma once

#include <libpq-fe.h>

#include "kernel/storage/database.h"

namespace polder::storage {

/// The values of one statement as libpq takes them. The values must outlive it.
class Bound {
 public:
  explicit Bound(std::span<const Value> values);
  const std::vector<Oid>& types() const { return types_; }
  const char* const* values() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::vector<Oid> types_;
  std::vector<std::array<char, 8>> numbers_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_, formats_;
};

class PostgresRow final : public Row {
 public:
  PostgresRow(const PGresult* r, std::string_view name) : r_(r), name_(name) {}
  std::size_t columns() const override { return std::size_t(PQnfields(r_)); }
  bool is_null(std::size_t c) const override;
  std::int64_t integer(std::size_t c) const override;
  double real(std::size_t c) const override;
  bool boolean(std::size_t c) const override;
  std::string_view text(std::size_t c) const override;

 private:
  [[noreturn]] void mismatch(std::size_t c, const char* what) const;
  std::string_view bytes(std::size_t c, const char* what) const;
  const PGresult* r_;
  std::string_view name_;
};

}  // namespace polder::storage
