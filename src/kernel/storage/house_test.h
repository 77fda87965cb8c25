// A place for a test's database: a folder for SQLite, a schema for PostgreSQL; gone when the test is.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "kernel/storage/database.h"

namespace polder::storage {

class House {
 public:
  virtual ~House() = default;
  virtual std::string url() const = 0;
  /// Whether the bytes are anywhere in the files of the database (PostgreSQL: of the table and its indexes).
  virtual bool holds(Database& db, std::string_view table, std::string_view bytes) const = 0;

  /// "sqlite" or "postgres"; nothing when that database cannot be had here.
  static std::unique_ptr<House> build(const std::string& kind);
};

/// A folder of its own, removed at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace polder::storage
