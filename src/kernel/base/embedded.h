// Files that travel inside the program: assets, message catalogues, migrations, charters. One binary is one whole
// installation, and what it serves cannot differ from what it was built with.
//
// The declarations stand here so that any room may read them; the bytes stand in the library `embedded`
// (cmake/embed.cmake), which programs and tests link.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace polder {

/// `path` is where the program looks for it ("assets/polder-1a2b.css"), not where it stood in the source tree.
struct EmbeddedFile {
  std::string_view path;
  std::string_view bytes;
};

/// Every file, sorted by path: all files below "migrations/" stand next to each other.
std::span<const EmbeddedFile> embedded();

/// One file's bytes, valid as long as the program runs; nothing if there is no such file.
std::optional<std::string_view> embedded(std::string_view path);

/// The files whose path begins with `prefix`, sorted by path.
std::span<const EmbeddedFile> embedded_below(std::string_view prefix);

}  // namespace polder
