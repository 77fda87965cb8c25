// Is this ZIP fit to be handed on? It is read through as whoever unpacks it would, and what came out is counted; what
// the archive says of its own sizes is never believed. Nothing is written anywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "kernel/base/result.h"

namespace polder::archive {

struct Limits {
  std::uint64_t expanded = std::uint64_t(4) << 30;  ///< bytes that come out, nested archives' too
  std::uint64_t ratio = 200;                        ///< of those to the file's bytes, beyond the first `free`
  std::uint64_t free = 16u << 20;
  std::size_t entries = 10'000;  ///< nested archives' too
  std::size_t depth = 2;     ///< 1: an archive in it may hold none itself; 0: none at all, so no office files either
  std::size_t name = 1'000;  ///< bytes of a path
};

struct Contents {
  std::size_t entries = 0;  ///< those of nested archives too
  std::uint64_t expanded = 0;
};

/// Refuses (invalid) what is no readable ZIP, is encrypted or packed in a way that not every computer can open (only
/// "stored" and "deflated" are taken), breaks a limit, or holds a name that is absolute, leads upwards (".."), has
/// controls or a drive, or is a link or a device. Of a nested ZIP that cannot be read the bytes are counted as they
/// are. An exception of the disk is thrown as std::system_error.
Result<Contents> inspect_zip_file(const std::filesystem::path& file, const Limits& limits = {});
Result<Contents> inspect_zip(std::string_view bytes, const Limits& limits = {});

}  // namespace polder::archive
