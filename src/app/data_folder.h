// The data folder: everything a server keeps outside its database. One program at a time works in it.
//
// - polder.db: the database, unless --database names another
// - secret: 32 bytes in hex, from which every signing key follows; mode 0600; back it up apart from the
//   database
// - high-water: the newest checkpoint of each record, so that a restored backup cannot fork one
// - files/: what people sent, named by rows of the database; to be backed up after it (kernel/files)
// - incoming/: what is being sent; empty when the program starts
// - mail/: mails as .eml files, where there is no mail server
// - lock: held while a program works here
// - demo: there only in a demonstration: one click gives any role
#pragma once

#include <filesystem>
#include <string>

#include "kernel/base/random.h"
#include "kernel/base/result.h"

namespace polder::app {

class DataFolder {
 public:
  /// Makes what is missing. Refuses a folder that another program works in, and a secret that others may read.
  static Result<DataFolder> open(const std::filesystem::path& path, Random& random);
  DataFolder(DataFolder&& other) noexcept;
  DataFolder& operator=(DataFolder&&) = delete;
  ~DataFolder();

  const std::filesystem::path& path() const { return path_; }
  const std::string& secret() const { return secret_; }  ///< 32 bytes
  bool is_demo() const;

 private:
  DataFolder(std::filesystem::path path, int lock);

  std::filesystem::path path_;
  std::string secret_;
  int lock_ = -1;
};

}  // namespace polder::app
