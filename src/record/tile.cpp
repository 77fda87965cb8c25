#include "record/tile.h"

#include <algorithm>
#include <stdexcept>

#include "record/lines.h"

namespace polder::record {
namespace {

constexpr std::string_view prefix = "tile/";
constexpr std::string_view entries_name = "entries";

std::string three_digits(std::uint64_t n) {
  const auto digits = std::to_string(n);
  return std::string(3 - digits.size(), '0') + digits;
}

auto no_tile() { return refuse(Why::not_found, {"record.tile-path"}); }

/// The text before `mark`, which is taken off with it; all of it when there is no mark.
std::string_view take_until(std::string_view& text, std::string_view mark) {
  const auto end = text.find(mark);
  const auto taken = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + mark.size());
  return taken;
}

}  // namespace

std::string path(const Tile& tile) {
  std::string groups = three_digits(tile.index % 1000);
  for (std::uint64_t n = tile.index / 1000; n > 0; n /= 1000) groups = "x" + three_digits(n % 1000) + "/" + groups;
  std::string out(prefix);
  out += tile.kind == Tile::Kind::entries ? std::string(entries_name) : std::to_string(tile.level);
  out += "/" + groups;
  if (tile.partial()) out += ".p/" + std::to_string(tile.width);
  return out;
}

Result<Tile> parse_tile_path(std::string_view text) {
  // Read generously, then compare with the one spelling: whatever differs from it was not it.
  std::string_view rest = text;
  if (!rest.starts_with(prefix) || rest.size() > 64) return no_tile();
  rest.remove_prefix(prefix.size());
  Tile tile;
  if (const auto level = take_until(rest, "/"); level == entries_name) {
    tile.kind = Tile::Kind::entries;
  } else {
    const auto number = decimal(level);
    if (!number || *number > max_level) return no_tile();
    tile.level = unsigned(*number);
  }
  auto groups = take_until(rest, ".p/");
  if (!rest.empty()) {
    const auto width = decimal(rest);
    if (!width || *width < 1 || *width >= full_width) return no_tile();
    tile.width = unsigned(*width);
  }
  std::string digits;
  std::ranges::copy_if(groups, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - std::min<std::size_t>(1, digits.size())));
  const auto index = decimal(digits);
  if (!index) return no_tile();
  tile.index = *index;
  if (path(tile) != text) return no_tile();
  return tile;
}

std::uint64_t hashes_at(unsigned level, std::uint64_t size) { return level < 8 ? size >> 8 * level : 0; }

unsigned partial_width(unsigned level, std::uint64_t size) { return unsigned(hashes_at(level, size) % full_width); }

bool exists(const Tile& tile, std::uint64_t size) {
  const std::uint64_t hashes = hashes_at(tile.level, size);
  return tile.width > 0 && tile.index <= hashes / full_width && tile.index * full_width + tile.width <= hashes;
}

std::string encode_hashes(std::span<const Hash> hashes) {
  std::string out;
  out.reserve(hashes.size() * 32);
  for (const Hash& hash : hashes) out += crypto::view(hash);
  return out;
}

Result<std::vector<Hash>> decode_hashes(std::string_view bytes, unsigned width) {
  if (bytes.size() != std::size_t(width) * 32) return refuse(Why::invalid, {"record.tile-malformed"});
  std::vector<Hash> hashes;
  hashes.reserve(width);
  for (; !bytes.empty(); bytes.remove_prefix(32)) hashes.push_back(*crypto::hash_of(bytes.substr(0, 32)));
  return hashes;
}

std::string encode_bundle(std::span<const std::string> entries) {
  std::string out;
  for (const auto& entry : entries) {
    if (entry.size() > max_entry) throw std::invalid_argument("an entry of the record is longer than 65,535 bytes");
    out += char(entry.size() >> 8);
    out += char(entry.size() & 0xff);
    out += entry;
  }
  return out;
}

Result<std::vector<std::string_view>> decode_bundle(std::string_view bytes, unsigned width) {
  std::vector<std::string_view> entries;
  while (bytes.size() >= 2 && entries.size() < width) {
    const std::size_t length = std::size_t(std::uint8_t(bytes[0])) << 8 | std::uint8_t(bytes[1]);
    bytes.remove_prefix(2);
    if (bytes.size() < length) break;
    entries.push_back(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  if (entries.size() != width || !bytes.empty()) return refuse(Why::invalid, {"record.bundle-malformed"});
  return entries;
}

}  // namespace polder::record
