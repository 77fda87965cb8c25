// A disk that can fail, fill up and lose its power: a SQLite VFS on top of the ordinary one.
//
// It knows of every file what has been synced and what has only been written, so that it can tell what would be left
// after a power cut: all that was synced, and of the rest whatever the disk happened to have taken, torn or whole.
#pragma once

#include <filesystem>
#include <mutex>
#include <random>
#include <set>

namespace polder::storage {

class FrailDisk {
 public:
  static constexpr auto name = "polder-frail";
  /// One in the program; registered with SQLite at first use.
  static FrailDisk& get();

  /// Forgets all files and mends all faults.
  void reset();
  /// The next syncs of files whose name ends so fail, as many as said.
  void fail_syncs(std::string ending, int times);
  /// A file may not grow beyond so many bytes: SQLITE_FULL.
  void set_room(std::int64_t bytes);
  /// Writes into `folder` what a power cut at this moment could leave.
  void power_cut(const std::filesystem::path& folder, std::mt19937& chance);

  // For the VFS.
  bool has_room(std::int64_t size);
  bool sync_fails(const std::string& path);
  void opened(const std::string& path);
  void wrote(const std::string& path, std::int64_t at, std::string bytes);
  void truncated(const std::string& path, std::int64_t size);
  void synced(const std::string& path);
  void removed(const std::string& path);

 private:
  struct Change {
    std::int64_t at = 0;  ///< without bytes: the new size
    std::optional<std::string> bytes = {};
  };
  struct File {
    std::string durable = {};
    std::vector<Change> pending = {};
  };
  static void apply(std::string& image, const Change& change);

  std::mutex mutex_;
  std::map<std::string, File> files_;
  std::string failing_;
  int failures_ = 0;
  std::int64_t room_ = INT64_MAX;
};

}  // namespace polder::storage
