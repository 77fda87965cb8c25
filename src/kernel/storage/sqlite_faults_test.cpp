#include "kernel/storage/sqlite_faults_test.h"

#include <sqlite3.h>

#include <cstring>
#include <fstream>
#include <new>

namespace polder::storage {
namespace {

sqlite3_vfs* disk() {
  static sqlite3_vfs* const ordinary = sqlite3_vfs_find(nullptr);
  return ordinary;
}

/// An open file: ours, and behind it in the same memory the ordinary one.
struct File : sqlite3_file {
  std::string* path;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* of(sqlite3_file* f) { return static_cast<File*>(f); }
const sqlite3_io_methods* real_methods(sqlite3_file* f) { return of(f)->real()->pMethods; }

/// Hands a call through to the ordinary file.
template <auto Method>
struct Through;
template <class Out, class... Args, Out (*sqlite3_io_methods::*Method)(sqlite3_file*, Args...)>
struct Through<Method> {
  static Out call(sqlite3_file* f, Args... args) { return (real_methods(f)->*Method)(of(f)->real(), args...); }
};

int close(sqlite3_file* f) {
  const int rc = real_methods(f)->xClose(of(f)->real());
  delete of(f)->path;
  return rc;
}

int write(sqlite3_file* f, const void* bytes, int size, sqlite3_int64 at) {
  if (!FrailDisk::get().has_room(at + size)) return SQLITE_FULL;
  const int rc = real_methods(f)->xWrite(of(f)->real(), bytes, size, at);
  if (rc == SQLITE_OK) {
    FrailDisk::get().wrote(*of(f)->path, at, std::string(static_cast<const char*>(bytes), std::size_t(size)));
  }
  return rc;
}

int truncate(sqlite3_file* f, sqlite3_int64 size) {
  const int rc = real_methods(f)->xTruncate(of(f)->real(), size);
  if (rc == SQLITE_OK) FrailDisk::get().truncated(*of(f)->path, size);
  return rc;
}

int sync(sqlite3_file* f, int flags) {
  if (FrailDisk::get().sync_fails(*of(f)->path)) return SQLITE_IOERR_FSYNC;
  const int rc = real_methods(f)->xSync(of(f)->real(), flags);
  if (rc == SQLITE_OK) FrailDisk::get().synced(*of(f)->path);
  return rc;
}

constexpr sqlite3_io_methods methods = {.iVersion = 2,
                                        .xClose = close,
                                        .xRead = Through<&sqlite3_io_methods::xRead>::call,
                                        .xWrite = write,
                                        .xTruncate = truncate,
                                        .xSync = sync,
                                        .xFileSize = Through<&sqlite3_io_methods::xFileSize>::call,
                                        .xLock = Through<&sqlite3_io_methods::xLock>::call,
                                        .xUnlock = Through<&sqlite3_io_methods::xUnlock>::call,
                                        .xCheckReservedLock = Through<&sqlite3_io_methods::xCheckReservedLock>::call,
                                        .xFileControl = Through<&sqlite3_io_methods::xFileControl>::call,
                                        .xSectorSize = Through<&sqlite3_io_methods::xSectorSize>::call,
                                        // No promise of whole sectors or of order: those this disk does not keep.
                                        .xDeviceCharacteristics = [](sqlite3_file*) { return 0; },
                                        .xShmMap = Through<&sqlite3_io_methods::xShmMap>::call,
                                        .xShmLock = Through<&sqlite3_io_methods::xShmLock>::call,
                                        .xShmBarrier = Through<&sqlite3_io_methods::xShmBarrier>::call,
                                        .xShmUnmap = Through<&sqlite3_io_methods::xShmUnmap>::call,
                                        .xFetch = nullptr,
                                        .xUnfetch = nullptr};

int open(sqlite3_vfs*, const char* path, sqlite3_file* f, int flags, int* flags_out) {
  File* const file = new (f) File{};
  const int rc = disk()->xOpen(disk(), path, file->real(), flags, flags_out);
  if (rc != SQLITE_OK) return rc;
  file->path = new std::string(path ? path : "");
  file->pMethods = &methods;
  FrailDisk::get().opened(*file->path);
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* path, int sync_folder) {
  const int rc = disk()->xDelete(disk(), path, sync_folder);
  if (rc == SQLITE_OK) FrailDisk::get().removed(path);
  return rc;
}

}  // namespace

FrailDisk& FrailDisk::get() {
  static FrailDisk* const one = [] {
    static sqlite3_vfs vfs = *disk();
    vfs.szOsFile = int(sizeof(File)) + disk()->szOsFile;
    vfs.zName = name;
    vfs.pNext = nullptr;
    vfs.xOpen = open;
    vfs.xDelete = remove;
    sqlite3_vfs_register(&vfs, 0);
    static FrailDisk disk_of_tests;
    return &disk_of_tests;
  }();
  return *one;
}

void FrailDisk::reset() {
  std::lock_guard hold(mutex_);
  files_.clear();
  failures_ = 0;
  room_ = INT64_MAX;
}

void FrailDisk::fail_syncs(std::string ending, int times) {
  std::lock_guard hold(mutex_);
  failing_ = std::move(ending);
  failures_ = times;
}

void FrailDisk::set_room(std::int64_t bytes) {
  std::lock_guard hold(mutex_);
  room_ = bytes;
}

bool FrailDisk::has_room(std::int64_t size) {
  std::lock_guard hold(mutex_);
  return size <= room_;
}

bool FrailDisk::sync_fails(const std::string& path) {
  std::lock_guard hold(mutex_);
  return failures_ > 0 && path.ends_with(failing_) && failures_-- > 0;
}

void FrailDisk::opened(const std::string& path) {
  std::lock_guard hold(mutex_);
  files_.try_emplace(path);
}

void FrailDisk::wrote(const std::string& path, std::int64_t at, std::string bytes) {
  std::lock_guard hold(mutex_);
  files_[path].pending.push_back({at, std::move(bytes)});
}

void FrailDisk::truncated(const std::string& path, std::int64_t size) {
  std::lock_guard hold(mutex_);
  files_[path].pending.push_back({size, {}});
}

void FrailDisk::synced(const std::string& path) {
  std::lock_guard hold(mutex_);
  File& file = files_[path];
  for (const auto& change : file.pending) apply(file.durable, change);
  file.pending.clear();
}

void FrailDisk::removed(const std::string& path) {
  std::lock_guard hold(mutex_);
  files_.erase(path);
}

void FrailDisk::apply(std::string& image, const Change& change) {
  if (!change.bytes) return image.resize(std::size_t(change.at));
  image.resize(std::max(image.size(), std::size_t(change.at) + change.bytes->size()));
  image.replace(std::size_t(change.at), change.bytes->size(), *change.bytes);
}

void FrailDisk::power_cut(const std::filesystem::path& folder, std::mt19937& chance) {
  std::lock_guard hold(mutex_);
  for (const auto& [path, file] : files_) {
    std::string image = file.durable;
    for (auto change : file.pending) {
      const auto luck = chance() % 4;
      if (luck == 0) continue;
      if (luck == 1 && change.bytes) change.bytes->resize(change.bytes->size() / 2);
      apply(image, change);
    }
    std::ofstream(folder / std::filesystem::path(path).filename(), std::ios::binary) << image;
  }
}

}  // namespace polder::storage
