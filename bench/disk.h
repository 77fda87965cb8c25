// A disk of the benchmarks' own, so that every machine's is alike: SQLite's usual VFS, in which each sync takes a while
// longer (https://www.sqlite.org/vfs.html). Only the benchmarks' programs know it.
#pragma once

#include <chrono>
#include <string>

namespace polder::bench {

/// Registers the VFS, once a program, and answers its name for storage::Options::sqlite_vfs.
std::string slow_disk(std::chrono::microseconds each_sync);

}  // namespace polder::bench
