#include "kernel/storage/postgres_values.h"

#include <bit>
#include <stdexcept>

namespace polder::storage {
namespace {

/// Numbers of types, fixed since they were made (src/include/catalog/pg_type.dat).
enum : Oid {
  bool_type = 16,
  bytea_type = 17,
  name_type = 19,
  int8_type = 20,
  int2_type = 21,
  int4_type = 23,
  text_type = 25,
  float8_type = 701,
  varchar_type = 1043
};

std::array<char, 8> to_network(std::uint64_t v) {
  std::array<char, 8> out;
  for (int i = 7; i >= 0; --i, v >>= 8) out[i] = char(v & 0xff);
  return out;
}

std::uint64_t from_network(std::string_view bytes) {
  std::uint64_t out = 0;
  for (const unsigned char c : bytes) out = out << 8 | c;
  return out;
}

}  // namespace

Bound::Bound(std::span<const Value> values) {
  types_.reserve(values.size());
  numbers_.reserve(values.size());  // never moves: pointers_ points into it
  formats_.assign(values.size(), 1);
  const auto add = [&](Oid type, const char* bytes, std::size_t size) {
    types_.push_back(type);
    pointers_.push_back(bytes);
    lengths_.push_back(int(size));
  };
  const auto number = [&](Oid type, std::uint64_t bits) {
    add(type, numbers_.emplace_back(to_network(bits)).data(), 8);
  };
  for (const auto& value : values) {
    std::visit(
        [&]<class T>(const T& v) {
          if constexpr (std::is_same_v<T, std::monostate>) {
            add(0, nullptr, 0);
          } else if constexpr (std::is_same_v<T, bool>) {
            add(bool_type, v ? "\1" : "\0", 1);
          } else if constexpr (std::is_same_v<T, std::int64_t>) {
            number(int8_type, std::uint64_t(v));
          } else if constexpr (std::is_same_v<T, double>) {
            number(float8_type, std::bit_cast<std::uint64_t>(v));
          } else if constexpr (std::is_same_v<T, Blob>) {
            add(bytea_type, v.bytes.data(), v.bytes.size());
          } else {
            add(text_type, v.data(), v.size());
          }
        },
        value);
  }
}

void PostgresRow::mismatch(std::size_t c, const char* what) const {
  throw std::logic_error(std::string(name_) + ": column " + std::to_string(c) + " is not " + what);
}

bool PostgresRow::is_null(std::size_t c) const {
  if (c >= columns()) mismatch(c, "there");
  return PQgetisnull(r_, 0, int(c));
}

std::string_view PostgresRow::bytes(std::size_t c, const char* what) const {
  if (is_null(c)) mismatch(c, what);
  return {PQgetvalue(r_, 0, int(c)), std::size_t(PQgetlength(r_, 0, int(c)))};
}

std::int64_t PostgresRow::integer(std::size_t c) const {
  const auto b = bytes(c, "a whole number");
  switch (PQftype(r_, int(c))) {
    case int8_type:
      return std::int64_t(from_network(b));
    case int4_type:
      return std::int32_t(from_network(b));
    case int2_type:
      return std::int16_t(from_network(b));
    default:
      mismatch(c, "a whole number; cast a sum to BIGINT");
  }
}

double PostgresRow::real(std::size_t c) const {
  const auto b = bytes(c, "a number");
  if (PQftype(r_, int(c)) == float8_type) return std::bit_cast<double>(from_network(b));
  return double(integer(c));
}

bool PostgresRow::boolean(std::size_t c) const {
  const auto b = bytes(c, "a boolean");
  if (PQftype(r_, int(c)) != bool_type) mismatch(c, "a boolean");
  return b[0] != 0;
}

std::string_view PostgresRow::text(std::size_t c) const {
  const auto b = bytes(c, "text");
  switch (PQftype(r_, int(c))) {
    case text_type:
    case varchar_type:
    case name_type:
    case bytea_type:
      return b;
    default:
      mismatch(c, "text");
  }
}

}  // namespace polder::storage
