// Files that people send: in the data folder and not in the database, streamed in and out, never whole in memory.
//
//   incoming/<id>   on its way in; emptied when the program starts
//   files/ab/<id>   kept; nothing in the path tells whose it is or what it is called
//
// A file and the row that names it cannot be written in one transaction, so there is an order. First the file is kept,
// durably; then the act that names it commits. If the act does not happen, nobody knows the file, and `sweep` removes
// it a day later. When a row goes, the row is deleted first and the file removed after the commit: a file without a row
// is waste for a day, a row without a file would be a loss.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/random.h"
#include "kernel/base/result.h"
#include "kernel/base/time.h"
#include "kernel/crypto/crypto.h"
#include "kernel/files/descriptor.h"
#include "kernel/files/type.h"

namespace polder::files {

/// A file that is kept. The id is 128 bits of chance: who knows it was told it.
struct Stored {
  std::string id;
  std::uint64_t size = 0;
  crypto::Hash sha256{};
  bool operator==(const Stored&) const = default;
};

/// A file on its way in, hashed as it comes. Gone from the disk with this object, unless it was kept.
class Incoming {
 public:
  Incoming(Incoming&&) noexcept = default;
  Incoming& operator=(Incoming&& other) noexcept;
  ~Incoming();

  /// Appends. Refuses (unavailable) when the disk is full or would leave less than the reserve.
  Done write(std::string_view bytes);
  std::uint64_t size() const { return size_; }
  /// For those who look into a file by its path before it is kept: to read, and only while this object lives.
  const std::filesystem::path& path() const { return path_; }
  /// SHA-256 of all of it; after this nothing may be written.
  const crypto::Hash& sha256();

 private:
  friend class Files;
  Incoming(std::filesystem::path path, Descriptor file, std::uint64_t reserve)
      : path_(std::move(path)), file_(std::move(file)), reserve_(reserve) {}

  Done sync_beside();
  Done sync();

  std::filesystem::path path_;  ///< its name is the id it will have
  Descriptor file_;
  std::uint64_t reserve_ = 0, size_ = 0, synced_ = 0;
  std::future<Done> syncing_;  ///< of what was there a moment ago; waits when it goes, so it goes before the file
  crypto::Sha256 sum_;
  std::optional<crypto::Hash> hash_;
};

/// A kept file, open. It can be read to its end even if it is removed meanwhile.
class Reading {
 public:
  std::uint64_t size() const { return size_; }
  /// Fills `out` with up to `most` bytes from `offset` on; empty at the end. Throws when the disk does not give them.
  void read(std::uint64_t offset, std::size_t most, std::string& out) const;

 private:
  friend class Files;
  Reading(Descriptor file, std::uint64_t size) : file_(std::move(file)), size_(size) {}
  Descriptor file_;
  std::uint64_t size_;
};

/// What a ticket says: a file that this server keeps, and what its sender called it.
struct Claim {
  Stored file;
  std::string name;
  bool operator==(const Claim&) const = default;
};

inline constexpr std::int64_t ticket_life_ms = 12 * hour_ms;
/// Longer than a ticket lives: what is older and known to nobody will not be claimed any more.
inline constexpr std::int64_t unclaimed_life_ms = 24 * hour_ms;

/// One program works in a folder at a time. Thread-safe.
class Files {
 public:
  /// Makes the folders and empties incoming/. `secret` is the server's: tickets are signed with a key made from it.
  /// `reserve`: bytes of the disk that no upload may take, because the database needs them.
  static Result<Files> open(const std::filesystem::path& data, const Clock& clock, Random& random,
                            std::string_view secret, std::uint64_t reserve = 256u << 20);

  Result<Incoming> receive();
  const Types& types() const { return *types_; }

  /// Durable when this returns: the file's bytes, its name and its folder have reached the disk. Call it before the act
  /// that names the file commits.
  Result<Stored> keep(Incoming incoming);

  /// Refuses (not_found) what is not there, and what is no id.
  Result<Reading> read(std::string_view id) const;

  /// Removes the file; one that is not there is removed already. Call it after the row that named it is gone for good.
  Done remove(std::string_view id);

  /// Removes kept files that `known` says no row names, if they were kept before `before`. The answer is how many.
  /// Whoever calls it knows every row of every room that may name a file.
  std::size_t sweep(const std::function<bool(std::string_view id)>& known, Time before);

  /// A kept file as a word that its sender may hand to an act, in a form or by the API, and that nobody can make up: an
  /// act trusts the id, size, hash and name it reads from it, and not what a request says of them.
  std::string ticket(const Stored& file, std::string_view name) const;
  /// Refuses a word that this server did not make, one older than ticket_life_ms, and one whose file is gone.
  Result<Claim> redeem(std::string_view ticket) const;

 private:
  Files(const std::filesystem::path& data, const Clock& clock, Random& random, std::string key, std::uint64_t reserve);
  std::filesystem::path path_of(std::string_view id) const;

  std::filesystem::path incoming_, kept_;
  const Clock& clock_;
  Random& random_;
  std::string key_;
  std::uint64_t reserve_;
  std::unique_ptr<const Types> types_ = std::make_unique<const Types>();
};

}  // namespace polder::files
