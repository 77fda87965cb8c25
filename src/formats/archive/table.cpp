#include "formats/archive/table.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace polder::archive {
namespace {

constexpr std::size_t end_size = 22, longest_comment = 0xffff, locator_size = 20, end64_size = 56, entry_size = 46;
constexpr std::size_t local_size = 30;
constexpr std::uint64_t marked = 0xffff'ffff;

std::uint64_t number(std::string_view from, std::size_t at, std::size_t size) {
  std::uint64_t n = 0;
  for (std::size_t i = size; i-- > 0;) n = n << 8 | static_cast<unsigned char>(from[at + i]);
  return n;
}

std::unexpected<Refusal> broken(const char* cause) { return refuse(Why::invalid, {"archive.broken"}, cause); }

struct Span {
  std::uint64_t begin = 0, size = 0;
};

/// Where the table stands: by the end of the central directory (§4.3.16), and by that of Zip64 (§4.3.14) if it says so.
Result<Span> find_table(std::uint64_t size, const ReadAt& read) {
  std::string tail;
  const auto length = std::size_t(std::min<std::uint64_t>(size, end_size + longest_comment));
  if (size < end_size || !read(size - length, length, tail)) return broken("no end");
  const auto at = tail.rfind("PK\x05\x06");
  if (at == tail.npos || tail.size() - at < end_size) return broken("no end");
  const auto end = std::string_view(tail).substr(at);
  if (end_size + number(end, 20, 2) != end.size()) return broken("bytes after the end");
  Span table{number(end, 16, 4), number(end, 12, 4)};
  std::uint64_t stands = size - end.size();
  if (table.begin == marked || table.size == marked || number(end, 10, 2) == 0xffff) {
    std::string locator, end64;
    if (stands < locator_size || !read(stands - locator_size, locator_size, locator) ||
        !locator.starts_with("PK\x06\x07"))
      return broken("no Zip64 end");
    stands = number(locator, 8, 8);
    if (!read(stands, end64_size, end64) || !end64.starts_with("PK\x06\x06")) return broken("no Zip64 end");
    table = {number(end64, 48, 8), number(end64, 40, 8)};
  }
  if (table.begin > stands || stands - table.begin != table.size) return broken("the table is elsewhere");
  return table;
}

/// Of an entry of the table, its place and compressed size; from the Zip64 extra field (§4.5.3) where they are marked.
bool read_entry(std::string_view entry, std::string_view extra, Span& out) {
  out = {number(entry, 42, 4), number(entry, 20, 4)};
  const bool long_size = number(entry, 24, 4) == marked;
  if (out.begin != marked && out.size != marked) return true;
  while (extra.size() >= 4) {
    const auto id = number(extra, 0, 2), length = number(extra, 2, 2);
    extra.remove_prefix(4);
    if (length > extra.size()) return false;
    if (id == 1) {
      std::size_t at = long_size ? 8 : 0;
      for (auto* field : {&out.size, &out.begin}) {
        if (*field != marked) continue;
        if (at + 8 > length) return false;
        *field = number(extra, at, 8);
        at += 8;
      }
      return true;
    }
    extra.remove_prefix(length);
  }
  return false;
}

}  // namespace

Result<std::size_t> check_table(std::uint64_t size, const ReadAt& read, std::size_t most) {
  TRY(const Span table, find_table(size, read));
  // Names and extra fields of a kilobyte are more than anybody writes.
  if (table.size > most * 1'100) return refuse(Why::too_large, {"archive.too-many", {{"most", std::int64_t(most)}}});
  std::string bytes;
  if (!read(table.begin, std::size_t(table.size), bytes)) return broken("half a table");
  std::vector<Span> places;
  for (std::string_view rest(bytes); !rest.empty();) {
    if (rest.size() < entry_size || !rest.starts_with("PK\x01\x02")) return broken("an entry of the table");
    const auto name = number(rest, 28, 2), extra = number(rest, 30, 2), comment = number(rest, 32, 2);
    const auto length = entry_size + name + extra + comment;
    if (length > rest.size()) return broken("half an entry of the table");
    if (!read_entry(rest, rest.substr(entry_size + name, extra), places.emplace_back())) return broken("Zip64 field");
    rest.remove_prefix(length);
  }
  std::ranges::sort(places, {}, &Span::begin);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto next = i + 1 < places.size() ? places[i + 1].begin : table.begin;
    if (next < places[i].begin || next - places[i].begin < local_size ||
        next - places[i].begin - local_size < places[i].size)
      return broken("entries lie over each other");
  }
  return places.size();
}

}  // namespace polder::archive
