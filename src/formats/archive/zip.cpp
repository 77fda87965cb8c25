#include "formats/archive/zip.h"

#include <zlib.h>

#include <array>
#include <stdexcept>

#include "kernel/text/text.h"

namespace polder::archive {
namespace {

constexpr std::uint64_t most_32 = 0xffff'fffe, marked_32 = 0xffff'ffff;
constexpr std::uint64_t most_16 = 0xfffe, marked_16 = 0xffff;
constexpr std::uint64_t plain_version = 20, zip64_version = 45;  // §4.4.3
constexpr std::uint64_t made_by_unix = 3 << 8;                   // §4.4.2: so that names have a case and a mode
constexpr std::uint64_t sizes_follow = 1 << 3, names_utf8 = 1 << 11;
constexpr std::uint64_t regular_file = std::uint64_t(0100644) << 16;

/// Little-endian numbers in a row.
class Record {
 public:
  Record& n2(std::uint64_t n) { return number(n, 2); }
  Record& n4(std::uint64_t n) { return number(n, 4); }
  Record& n8(std::uint64_t n) { return number(n, 8); }
  Record& text(std::string_view s) {
    bytes += s;
    return *this;
  }
  std::string bytes;

 private:
  Record& number(std::uint64_t n, int size) {
    for (; size > 0; --size, n >>= 8) bytes += char(n & 0xff);
    return *this;
  }
};

/// §4.4.6, from 1980 to 2107.
std::uint64_t dos_time(Time time) {
  const Date date = date_of(time);
  if (date.year < 1980) return 1 << 21 | 1 << 16;
  if (date.year > 2107) return std::uint64_t(127 << 9 | 12 << 5 | 31) << 16;
  const auto second = std::uint64_t(time - start_of(date)) / 1'000;
  return std::uint64_t((date.year - 1980) << 9 | date.month << 5 | date.day) << 16 | (second / 3'600) << 11 |
         (second / 60 % 60) << 5 | (second % 60) / 2;
}

bool leads_here(std::string_view name) {
  if (name.empty() || name.size() > 1'000 || !text::valid_utf8(name)) return false;
  for (const unsigned char c : name)
    if (c < 0x20 || c == 0x7f || c == '\\' || c == ':') return false;
  for (std::size_t begin = 0; begin <= name.size();) {
    const auto end = std::min(name.find('/', begin), name.size());
    const auto piece = name.substr(begin, end - begin);
    if (piece.empty() || piece == "." || piece == "..") return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace

struct ZipWriter::Entry {
  std::string name;
  std::uint64_t time = 0, at = 0, size = 0, packed = 0;
  std::uint32_t crc = 0;
  bool large = false;
};

ZipWriter::ZipWriter(Sink sink) : sink_(std::move(sink)), packer_(std::make_unique<z_stream>()) {
  // Raw deflate (RFC 1951): no frame of zlib's around it.
  if (::deflateInit2(packer_.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
}

ZipWriter::~ZipWriter() { ::deflateEnd(packer_.get()); }

void ZipWriter::put(std::string_view bytes) {
  sink_(bytes);
  written_ += bytes.size();
}

void ZipWriter::begin(std::string_view name, Time time, bool large) {
  if (open_) throw std::logic_error("an entry begins before the last one has ended");
  if (!leads_here(name)) throw std::invalid_argument("a name that cannot stand in an archive");
  open_ =
      std::make_unique<Entry>(Entry{.name = std::string(name), .time = dos_time(time), .at = written_, .large = large});
  // §4.3.7. Sizes and sum come after the content (§4.3.9); with Zip64 this head must say that they are long ones.
  const std::uint64_t unknown = large ? marked_32 : 0;
  Record head;
  head.text("PK\x03\x04").n2(large ? zip64_version : plain_version).n2(sizes_follow | names_utf8).n2(Z_DEFLATED);
  head.n4(open_->time).n4(0).n4(unknown).n4(unknown).n2(name.size()).n2(large ? 20 : 0).text(name);
  if (large) head.n2(1).n2(16).n8(0).n8(0);
  put(head.bytes);
  ::deflateReset(packer_.get());
}

void ZipWriter::deflate(std::string_view bytes, int flush) {
  std::array<unsigned char, 64 * 1024> out{};
  packer_->next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
  packer_->avail_in = uInt(bytes.size());
  do {
    packer_->next_out = out.data();
    packer_->avail_out = uInt(out.size());
    ::deflate(packer_.get(), flush);
    const std::string_view packed(reinterpret_cast<char*>(out.data()), out.size() - packer_->avail_out);
    open_->packed += packed.size();
    if (!packed.empty()) put(packed);
  } while (packer_->avail_out == 0);
}

void ZipWriter::write(std::string_view bytes) {
  if (!open_) throw std::logic_error("no entry is open");
  open_->size += bytes.size();
  // Packed, a file can be a little longer than it was.
  if (!open_->large && std::max(open_->size, open_->packed) + bytes.size() / 1'000 + 65'536 > most_32)
    throw std::length_error("an entry is larger than it was announced");
  for (constexpr std::size_t step = 1u << 30; !bytes.empty(); bytes.remove_prefix(std::min(step, bytes.size()))) {
    const auto piece = bytes.substr(0, step);
    open_->crc =
        std::uint32_t(::crc32(open_->crc, reinterpret_cast<const unsigned char*>(piece.data()), uInt(piece.size())));
    deflate(piece, Z_NO_FLUSH);
  }
}

void ZipWriter::end() {
  if (!open_) throw std::logic_error("no entry is open");
  deflate({}, Z_FINISH);
  const auto& e = *open_;
  Record after;
  after.text("PK\x07\x08").n4(e.crc);
  if (e.large)
    after.n8(e.packed).n8(e.size);
  else
    after.n4(e.packed).n4(e.size);
  put(after.bytes);

  // §4.3.12, with §4.5.3 for what does not fit: sizes and place, each only if its own field says so.
  Record extra;
  if (e.size > most_32) extra.n8(e.size);
  if (e.packed > most_32) extra.n8(e.packed);
  if (e.at > most_32) extra.n8(e.at);
  const auto fit = [](std::uint64_t n) { return n > most_32 ? marked_32 : n; };
  const bool zip64 = !extra.bytes.empty();
  Record entry;
  entry.text("PK\x01\x02").n2(made_by_unix | zip64_version).n2(e.large || zip64 ? zip64_version : plain_version);
  entry.n2(sizes_follow | names_utf8).n2(Z_DEFLATED).n4(e.time).n4(e.crc).n4(fit(e.packed)).n4(fit(e.size));
  entry.n2(e.name.size()).n2(zip64 ? 4 + extra.bytes.size() : 0).n2(0).n2(0).n2(0).n4(regular_file).n4(fit(e.at));
  entry.text(e.name);
  if (zip64) entry.n2(1).n2(extra.bytes.size()).text(extra.bytes);
  table_ += entry.bytes;
  ++entries_;
  open_.reset();
}

void ZipWriter::add(std::string_view name, Time time, const Read& read, bool large) {
  begin(name, time, large);
  std::string piece;
  for (bool more = true; more;) {
    piece.clear();
    more = read(piece);
    write(piece);
  }
  end();
}

void ZipWriter::finish() {
  if (open_) throw std::logic_error("the archive ends before its last entry");
  const auto at = written_, size = std::uint64_t(table_.size());
  put(table_);
  Record end;
  if (entries_ > most_16 || at > most_32 || size > most_32) {
    // §4.3.14 and §4.3.15.
    end.text("PK\x06\x06").n8(44).n2(made_by_unix | zip64_version).n2(zip64_version).n4(0).n4(0);
    end.n8(entries_).n8(entries_).n8(size).n8(at);
    end.text("PK\x06\x07").n4(0).n8(at + size).n4(1);
  }
  const auto count = entries_ > most_16 ? marked_16 : entries_;
  end.text("PK\x05\x06").n2(0).n2(0).n2(count).n2(count);
  end.n4(size > most_32 ? marked_32 : size).n4(at > most_32 ? marked_32 : at).n2(0);
  put(end.bytes);
}

Read zip_stream(std::function<std::optional<ZipEntry>()> next) {
  struct State {
    explicit State(std::function<std::optional<ZipEntry>()> n) : next(std::move(n)) {}
    std::function<std::optional<ZipEntry>()> next;
    std::string* out = nullptr;
    std::string piece;
    std::optional<ZipEntry> entry;
    ZipWriter zip{[this](std::string_view bytes) { *out += bytes; }};
  };
  // A std::function must be able to be copied; the state has one owner all the same.
  return [state = std::make_shared<State>(std::move(next))](std::string& out) {
    state->out = &out;
    if (!state->entry) {
      state->entry = state->next();
      if (!state->entry) {
        state->zip.finish();
        return false;
      }
      state->zip.begin(state->entry->name, state->entry->time, state->entry->large);
    }
    state->piece.clear();
    const bool more = state->entry->read(state->piece);
    state->zip.write(state->piece);
    if (!more) {
      state->zip.end();
      state->entry.reset();
    }
    return true;
  };
}

}  // namespace polder::archive
