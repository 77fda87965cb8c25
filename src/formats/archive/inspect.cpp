#include "formats/archive/inspect.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <memory>

#include "formats/archive/table.h"

namespace polder::archive {
namespace {

using Handle = ::archive;
struct Free {
  void operator()(Handle* a) const { ::archive_read_free(a); }
};
using Reader = std::unique_ptr<Handle, Free>;
using Buffer = std::array<char, 64 * 1024>;

/// libarchive gives names in the thread's character set, and none that this lacks; a server runs in "C", which has
/// ASCII.
class Utf8 {
 public:
  Utf8() : ours_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), before_(ours_ ? ::uselocale(ours_) : nullptr) {}
  ~Utf8() {
    if (!ours_) return;
    ::uselocale(before_);
    ::freelocale(ours_);
  }
  Utf8(const Utf8&) = delete;
  Utf8& operator=(const Utf8&) = delete;

 private:
  locale_t ours_, before_;
};

Reader new_reader() {
  Reader reader(::archive_read_new());
  if (!reader || ::archive_read_support_format_zip(reader.get()) != ARCHIVE_OK) throw std::bad_alloc();
  return reader;
}

std::unexpected<Refusal> broken(Handle* a) {
  const char* why = ::archive_error_string(a);
  return refuse(Why::invalid, {"archive.broken"}, why != nullptr ? why : "");
}

bool safe_name(std::string_view name, std::size_t limit) {
  if (name.empty() || name.size() > limit) return false;
  if (name.front() == '/' || name.front() == '\\' || (name.size() > 1 && name[1] == ':')) return false;
  for (std::size_t begin = 0; begin <= name.size();) {
    const auto end = std::min(name.find_first_of("/\\", begin), name.size());
    if (name.substr(begin, end - begin) == "..") return false;
    begin = end + 1;
  }
  for (const unsigned char c : name)
    if (c < 0x20 || c == 0x7f) return false;
  return true;
}

/// "ZIP 2.0 (deflation)": libarchive tells an entry's method nowhere else.
bool common_method(Handle* a) {
  const char* format = ::archive_format_name(a);
  const std::string_view name(format != nullptr ? format : "");
  return name.ends_with("(deflation)") || name.ends_with("(uncompressed)");
}

class Inspection {
 public:
  Inspection(const Limits& limits, std::uint64_t file_size) : limits_(limits), most_(limits.expanded) {
    // A ratio of the whole, so that a small file that packs well is none of our concern.
    if (file_size < (most_ - std::min(most_, limits.free)) / std::max<std::uint64_t>(limits.ratio, 1))
      most_ = limits.free + file_size * limits.ratio;
  }

  Done read(Handle* a, std::size_t depth) {
    ::archive_entry* entry = nullptr;
    for (;;) {
      const int status = ::archive_read_next_header(a, &entry);
      if (status == ARCHIVE_EOF) return {};
      if (status < ARCHIVE_WARN) return broken(a);
      if (++contents.entries > limits_.entries)
        return refuse(Why::too_large, {"archive.too-many", {{"most", std::int64_t(limits_.entries)}}});
      if (depth == 0) ++own_entries_;
      CHECK_DONE(fit(a, entry));
      CHECK_DONE(read_through(a, depth));
    }
  }

  std::size_t entries_of_its_own() const { return own_entries_; }

  Contents contents;

 private:
  /// Where a nested archive's bytes come from: the entry that it is.
  struct Nested {
    Inspection& whole;
    Handle* outer;
    Buffer* buffer;
    std::size_t ready;  ///< of the buffer, read before
    bool over = false;  ///< the limit was met
  };

  Done fit(Handle* a, ::archive_entry* entry) const {
    const char* utf8 = ::archive_entry_pathname_utf8(entry);
    const char* name = utf8 != nullptr ? utf8 : ::archive_entry_pathname(entry);
    // Names in an old code page are no UTF-8, and libarchive gives none where it cannot convert them: neither is shown
    // or used by us, but only what can be read can be held against the rules.
    if (name == nullptr || !safe_name(name, limits_.name)) return refuse(Why::invalid, {"archive.name"});
    const auto type = ::archive_entry_filetype(entry);
    if ((type != AE_IFREG && type != AE_IFDIR) || ::archive_entry_symlink(entry) || ::archive_entry_hardlink(entry))
      return refuse(Why::invalid, {"archive.link"});
    if (::archive_entry_is_encrypted(entry)) return refuse(Why::invalid, {"archive.encrypted"});
    if (!common_method(a)) return refuse(Why::invalid, {"archive.method"});
    return {};
  }

  Done read_through(Handle* a, std::size_t depth) {
    auto buffer = std::make_unique<Buffer>();
    TRY(const auto first, next(a, *buffer));
    if (std::string_view(buffer->data(), first).starts_with("PK\x03\x04")) {
      if (depth >= limits_.depth)
        return refuse(Why::invalid, {"archive.too-deep", {{"most", std::int64_t(limits_.depth)}}});
      CHECK_DONE(read_nested(a, *buffer, first, depth + 1));
    }
    for (std::size_t n = first; n > 0;) {
      TRY(n, next(a, *buffer));
    }
    return {};
  }

  Done read_nested(Handle* outer, Buffer& buffer, std::size_t first, std::size_t depth) {
    Nested source{*this, outer, &buffer, first};
    const Reader inner = new_reader();
    if (::archive_read_open(inner.get(), &source, nullptr, &give, nullptr) < ARCHIVE_WARN) return {};
    const auto read_so = read(inner.get(), depth);
    if (source.over) return too_large();
    // What cannot be read is bytes like any others: nobody unpacks it here.
    if (!read_so && read_so.error().message.key != "archive.broken") return read_so;
    return {};
  }

  static la_ssize_t give(Handle* inner, void* data, const void** out) {
    auto& source = *static_cast<Nested*>(data);
    *out = source.buffer->data();
    if (source.ready > 0) return la_ssize_t(std::exchange(source.ready, 0));
    const auto n = source.whole.next(source.outer, *source.buffer);
    if (n) return la_ssize_t(*n);
    source.over = n.error().why == Why::too_large;
    ::archive_set_error(inner, EIO, "the archive around it cannot be read");
    return ARCHIVE_FATAL;
  }

  /// The entry's next bytes, counted; 0 at its end.
  Result<std::size_t> next(Handle* a, Buffer& buffer) {
    const auto n = ::archive_read_data(a, buffer.data(), buffer.size());
    if (n < 0) return broken(a);
    if ((contents.expanded += std::uint64_t(n)) > most_) return too_large();
    return std::size_t(n);
  }

  std::unexpected<Refusal> too_large() const {
    return refuse(Why::too_large, {"archive.too-large", {{"most", double(most_) / (1 << 20)}}});
  }

  const Limits limits_;
  std::uint64_t most_;
  std::size_t own_entries_ = 0;
};

Result<Contents> inspect(Handle* a, int opened, const Limits& limits, std::uint64_t size, const ReadAt& read) {
  const Utf8 names;
  TRY(const auto entries, check_table(size, read, limits.entries));
  if (opened < ARCHIVE_WARN) return broken(a);
  Inspection inspection(limits, size);
  CHECK_DONE(inspection.read(a, 0));
  if (inspection.entries_of_its_own() != entries) return refuse(Why::invalid, {"archive.broken"}, "hidden entries");
  return inspection.contents;
}

}  // namespace

Result<Contents> inspect_zip_file(const std::filesystem::path& file, const Limits& limits) {
  const auto size = std::filesystem::file_size(file);
  std::ifstream bytes(file, std::ios::binary);
  const auto read = [&](std::uint64_t offset, std::size_t n, std::string& out) {
    out.resize(n);
    return bool(bytes.seekg(std::streamoff(offset)).read(out.data(), std::streamsize(n)));
  };
  const Reader reader = new_reader();
  const int opened = ::archive_read_open_filename(reader.get(), file.c_str(), sizeof(Buffer));
  return inspect(reader.get(), opened, limits, size, read);
}

Result<Contents> inspect_zip(std::string_view bytes, const Limits& limits) {
  const auto read = [&](std::uint64_t offset, std::size_t n, std::string& out) {
    if (offset > bytes.size() || n > bytes.size() - offset) return false;
    out = bytes.substr(std::size_t(offset), n);
    return true;
  };
  const Reader reader = new_reader();
  const int opened = ::archive_read_open_memory(reader.get(), bytes.data(), bytes.size());
  return inspect(reader.get(), opened, limits, bytes.size(), read);
}

}  // namespace polder::archive
