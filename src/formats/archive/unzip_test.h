// A ZIP as a program that is not ours reads it: libarchive. For tests, of this room and of those that write with it.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <locale.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polder::archive {

using Entries = std::vector<std::pair<std::string, std::string>>;

/// Names and contents, in the order in which they stand there.
inline Entries unzip(std::string_view zip, bool seeking = true) {
  Entries out;
  ::setlocale(LC_CTYPE, "C.UTF-8");
  auto* a = ::archive_read_new();
  if (seeking)
    ::archive_read_support_format_zip_seekable(a);
  else
    ::archive_read_support_format_zip_streamable(a);
  EXPECT_EQ(::archive_read_open_memory(a, zip.data(), zip.size()), ARCHIVE_OK);
  ::archive_entry* entry = nullptr;
  int status = 0;
  while ((status = ::archive_read_next_header(a, &entry)) >= ARCHIVE_WARN && status != ARCHIVE_EOF) {
    const char* name = ::archive_entry_pathname_utf8(entry);
    std::string bytes, buffer(4'096, 0);
    la_ssize_t n = 0;
    while ((n = ::archive_read_data(a, buffer.data(), buffer.size())) > 0) bytes += buffer.substr(0, std::size_t(n));
    EXPECT_EQ(n, 0) << ::archive_error_string(a);
    out.emplace_back(name != nullptr ? name : "?", bytes);
  }
  EXPECT_EQ(status, ARCHIVE_EOF) << ::archive_error_string(a);
  ::archive_read_free(a);
  ::setlocale(LC_CTYPE, "C");
  return out;
}

}  // namespace polder::archive
