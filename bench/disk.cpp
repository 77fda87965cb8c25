#include "disk.h"

#include <sqlite3.h>

#include <cstddef>
#include <stdexcept>
#include <thread>

namespace polder::bench {
namespace {

constexpr const char* name = "slow-sync";
std::chrono::microseconds delay{0};

/// What SQLite holds as a file; the usual VFS's own file stands right behind it.
struct alignas(std::max_align_t) File {
  sqlite3_file base;
};

sqlite3_file* inner(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(reinterpret_cast<File*>(file) + 1); }
sqlite3_vfs* inner(sqlite3_vfs* vfs) { return static_cast<sqlite3_vfs*>(vfs->pAppData); }

/// A method that does nothing but hand on.
template <auto method>
constexpr auto handed_on = []<class Out, class... In>(Out (*sqlite3_io_methods::*)(sqlite3_file*, In...)) {
  return +[](sqlite3_file* file, In... in) -> Out { return (inner(file)->pMethods->*method)(inner(file), in...); };
}(method);

int sync(sqlite3_file* file, int flags) {
  const int rc = inner(file)->pMethods->xSync(inner(file), flags);
  std::this_thread::sleep_for(delay);
  return rc;
}

constexpr sqlite3_io_methods methods{
    .iVersion = 3,
    .xClose = handed_on<&sqlite3_io_methods::xClose>,
    .xRead = handed_on<&sqlite3_io_methods::xRead>,
    .xWrite = handed_on<&sqlite3_io_methods::xWrite>,
    .xTruncate = handed_on<&sqlite3_io_methods::xTruncate>,
    .xSync = sync,
    .xFileSize = handed_on<&sqlite3_io_methods::xFileSize>,
    .xLock = handed_on<&sqlite3_io_methods::xLock>,
    .xUnlock = handed_on<&sqlite3_io_methods::xUnlock>,
    .xCheckReservedLock = handed_on<&sqlite3_io_methods::xCheckReservedLock>,
    .xFileControl = handed_on<&sqlite3_io_methods::xFileControl>,
    .xSectorSize = handed_on<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = handed_on<&sqlite3_io_methods::xDeviceCharacteristics>,
    .xShmMap = handed_on<&sqlite3_io_methods::xShmMap>,
    .xShmLock = handed_on<&sqlite3_io_methods::xShmLock>,
    .xShmBarrier = handed_on<&sqlite3_io_methods::xShmBarrier>,
    .xShmUnmap = handed_on<&sqlite3_io_methods::xShmUnmap>,
    .xFetch = handed_on<&sqlite3_io_methods::xFetch>,
    .xUnfetch = handed_on<&sqlite3_io_methods::xUnfetch>,
};

int open(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  const int rc = inner(vfs)->xOpen(inner(vfs), path, inner(file), flags, out_flags);
  if (inner(file)->pMethods != nullptr) file->pMethods = &methods;
  return rc;
}

}  // namespace

std::string slow_disk(std::chrono::microseconds each_sync) {
  delay = each_sync;
  sqlite3_vfs* const usual = sqlite3_vfs_find(nullptr);
  // Its other methods only use what is in the struct, and a copy of the struct has it too.
  static sqlite3_vfs vfs = *usual;
  vfs.zName = name;
  vfs.szOsFile = int(sizeof(File)) + usual->szOsFile;
  vfs.pNext = nullptr;
  vfs.pAppData = usual;
  vfs.xOpen = open;
  if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK) throw std::runtime_error("SQLite does not take the slow disk");
  return name;
}

}  // namespace polder::bench
