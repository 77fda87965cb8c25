// A ZIP written while it is sent (APPNOTE 6.3): nothing but the table of names is kept in memory, and the same entries
// in the same order give the same bytes, whatever the machine's clock, zone and language.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/time.h"

struct z_stream_s;

namespace polder::archive {

/// Gives the next piece of an entry's content until it returns false: what a page streams (http::Stream) has this form.
using Read = std::function<bool(std::string& piece)>;

class ZipWriter {
 public:
  using Sink = std::function<void(std::string_view bytes)>;
  explicit ZipWriter(Sink sink);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  /// Begins an entry: a relative path of UTF-8 with '/' between its pieces; throws std::invalid_argument for one that
  /// leads elsewhere. `time` is kept in UTC, in steps of two seconds. `large` for what may have more than 3 GiB: throws
  /// std::length_error at 4 GiB otherwise, because old programs can read only what does not need it.
  void begin(std::string_view name, Time time, bool large = false);
  void write(std::string_view bytes);
  void end();

  /// All three at once.
  void add(std::string_view name, Time time, const Read& read, bool large = false);

  /// The table of entries; nothing may follow. Without it nobody takes the file for a whole one.
  void finish();

 private:
  struct Entry;
  void put(std::string_view bytes);
  void deflate(std::string_view bytes, int flush);

  Sink sink_;
  std::uint64_t written_ = 0, entries_ = 0;
  std::string table_;
  std::unique_ptr<Entry> open_;
  std::unique_ptr<z_stream_s> packer_;
};

struct ZipEntry {
  std::string name;
  Time time;
  Read read;
  bool large = false;
};

/// The whole archive as a stream: `next` gives one entry after the other, and nothing at the end. Both are called when
/// the reader has taken what came before.
Read zip_stream(std::function<std::optional<ZipEntry>()> next);

}  // namespace polder::archive
