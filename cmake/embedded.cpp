// The reading side of cmake/embed.cmake: the table which the generated assembly file lays down, as C++ values.
#include "kernel/base/embedded.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace {

struct Row {
  const char* path;
  std::uint64_t path_size;
  const char* bytes;
  std::uint64_t size;
};

}  // namespace

extern "C" {
extern const Row polder_embedded_table[];
extern const std::uint64_t polder_embedded_count;
}

namespace polder {

std::span<const EmbeddedFile> embedded() {
  static const std::vector<EmbeddedFile> files = [] {
    std::vector<EmbeddedFile> out;
    out.reserve(polder_embedded_count);
    for (std::size_t i = 0; i < polder_embedded_count; ++i) {
      const Row& row = polder_embedded_table[i];
      out.push_back({{row.path, row.path_size}, {row.bytes, row.size}});
    }
    std::ranges::sort(out, {}, &EmbeddedFile::path);  // CMake sorts by its own idea of order; here it is by bytes
    return out;
  }();
  return files;
}

std::optional<std::string_view> embedded(std::string_view path) {
  const auto files = embedded();
  const auto found = std::ranges::lower_bound(files, path, {}, &EmbeddedFile::path);
  if (found == files.end() || found->path != path) return std::nullopt;
  return found->bytes;
}

std::span<const EmbeddedFile> embedded_below(std::string_view prefix) {
  const auto head = [&](const EmbeddedFile& file) { return file.path.substr(0, prefix.size()); };
  const auto range = std::ranges::equal_range(embedded(), prefix, {}, head);
  return {range.begin(), range.end()};
}

}  // namespace polder
