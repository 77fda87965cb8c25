#include "record/merkle.h"

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

namespace polder::record {
namespace {

constexpr unsigned tile_height = 8;
constexpr std::uint64_t tile_width = 1U << tile_height;

/// Where a tree of `n` > 1 leaves splits: the largest power of two below n.
std::uint64_t split(std::uint64_t n) { return std::bit_floor(n - 1); }

auto out_of_range(std::uint64_t asked, std::uint64_t size) {
  return refuse(Why::invalid, {"record.out-of-range", {{"index", std::int64_t(asked)}, {"size", std::int64_t(size)}}});
}

/// The nodes of the tree of `size` leaves. Reads each tile once, however many nodes of it a proof needs.
class Nodes {
 public:
  Nodes(HashReader& reader, std::uint64_t size) : reader_(reader), size_(size) {}

  /// The root of the leaves [begin, end), which must be a node of the tree.
  Result<Hash> root(std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t n = end - begin;
    if (std::has_single_bit(n)) return complete(unsigned(std::countr_zero(n)), begin / n);
    const std::uint64_t middle = begin + split(n);
    TRY(const Hash left, root(begin, middle));
    TRY(const Hash right, root(middle, end));
    return node_hash(left, right);
  }

 private:
  /// The root of the complete subtree of 2^height leaves, hashed up from the tile level below it.
  Result<Hash> complete(unsigned height, std::uint64_t index) {
    const unsigned level = height / tile_height;
    const std::uint64_t width = std::uint64_t(1) << height % tile_height, first = index * width;
    TRY(const auto* const hashes, tile(level, first / tile_width));
    const auto begin = hashes->begin() + std::ptrdiff_t(first % tile_width);
    std::vector<Hash> row(begin, begin + std::ptrdiff_t(width));
    for (; row.size() > 1; row.resize(row.size() / 2))
      for (std::size_t i = 0; i < row.size() / 2; ++i) row[i] = node_hash(row[2 * i], row[2 * i + 1]);
    return row.front();
  }

  Result<const std::vector<Hash>*> tile(unsigned level, std::uint64_t n) {
    const auto known = tiles_.find({level, n});
    if (known != tiles_.end()) return &known->second;
    const std::uint64_t first = n * tile_width;
    const std::uint64_t count = std::min(tile_width, (size_ >> level * tile_height) - first);
    TRY(auto hashes, reader_.read(level, first, unsigned(count)));
    return &tiles_.emplace(std::pair(level, n), std::move(hashes)).first->second;
  }

  HashReader& reader_;
  std::uint64_t size_;
  std::map<std::pair<unsigned, std::uint64_t>, std::vector<Hash>> tiles_;
};

}  // namespace

Hash leaf_hash(std::string_view entry) {
  thread_local crypto::Sha256 hasher;
  return hasher.add({"\0", 1}).add(entry).end();
}

Hash node_hash(const Hash& left, const Hash& right) {
  std::array<char, 65> node{'\1'};
  std::ranges::copy(right, std::ranges::copy(left, node.begin() + 1).out);
  return crypto::sha256({node.data(), node.size()});
}

Hash empty_root() { return crypto::sha256({}); }

Result<Hash> root_of(HashReader& reader, std::uint64_t size) {
  if (size == 0) return empty_root();
  return Nodes(reader, size).root(0, size);
}

Result<std::vector<Hash>> inclusion_proof(HashReader& reader, std::uint64_t index, std::uint64_t size) {
  if (index >= size) return out_of_range(index, size);
  Nodes nodes(reader, size);
  std::vector<Hash> proof;
  for (std::uint64_t begin = 0, end = size; end - begin > 1;) {
    const std::uint64_t middle = begin + split(end - begin);
    const bool left = index < middle;
    TRY(const Hash sibling, left ? nodes.root(middle, end) : nodes.root(begin, middle));
    proof.push_back(sibling);
    (left ? end : begin) = middle;
  }
  std::ranges::reverse(proof);
  return proof;
}

Result<std::vector<Hash>> consistency_proof(HashReader& reader, std::uint64_t old_size, std::uint64_t new_size) {
  if (old_size > new_size) return out_of_range(old_size, new_size);
  std::vector<Hash> proof;
  if (old_size == 0) return proof;
  Nodes nodes(reader, new_size);
  std::uint64_t begin = 0, end = new_size;
  while (end != old_size) {
    const std::uint64_t middle = begin + split(end - begin);
    const bool left = old_size <= middle;
    TRY(const Hash sibling, left ? nodes.root(middle, end) : nodes.root(begin, middle));
    proof.push_back(sibling);
    (left ? end : begin) = middle;
  }
  // A subtree that begins at leaf 0 is the old tree itself, whose root the verifier has.
  if (begin != 0) {
    TRY(const Hash last, nodes.root(begin, end));
    proof.push_back(last);
  }
  std::ranges::reverse(proof);
  return proof;
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> proof,
                      const Hash& root) {
  if (index >= size) return false;
  std::uint64_t node = index, last = size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (last == 0) return false;
    if (node % 2 == 1 || node == last) {
      hash = node_hash(sibling, hash);
      for (; node % 2 == 0 && node != 0; node /= 2) last /= 2;
    } else {
      hash = node_hash(hash, sibling);
    }
    node /= 2;
    last /= 2;
  }
  return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Hash& old_root, const Hash& new_root,
                        std::span<const Hash> proof) {
  if (old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root && (old_size != 0 || old_root == empty_root());
  if (old_size == 0) return proof.empty() && old_root == empty_root();
  if (proof.empty()) return false;
  std::uint64_t node = old_size - 1, last = new_size - 1;
  for (; node % 2 == 1; node /= 2) last /= 2;
  // An old tree that is one complete subtree is not in the proof: it is where the proof begins.
  const bool whole = std::has_single_bit(old_size);
  Hash old_hash = whole ? old_root : proof.front(), new_hash = old_hash;
  for (const Hash& sibling : proof.subspan(whole ? 0 : 1)) {
    if (last == 0) return false;
    if (node % 2 == 1 || node == last) {
      old_hash = node_hash(sibling, old_hash);
      new_hash = node_hash(sibling, new_hash);
      for (; node % 2 == 0 && node != 0; node /= 2) last /= 2;
    } else {
      new_hash = node_hash(new_hash, sibling);
    }
    node /= 2;
    last /= 2;
  }
  return last == 0 && old_hash == old_root && new_hash == new_root;
}

Hash Edge::root() const {
  if (peaks_.empty()) return empty_root();
  Hash hash = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) hash = node_hash(*peak, hash);
  return hash;
}

std::vector<Edge::Completed> Edge::append(const Hash& leaf) {
  std::vector<Completed> completed;
  Hash hash = leaf;
  for (unsigned height = 1; size_ >> (height - 1) & 1; ++height) {
    hash = node_hash(peaks_.back(), hash);
    peaks_.pop_back();
    if (height % tile_height == 0) completed.push_back({height / tile_height, size_ >> height, hash});
  }
  peaks_.push_back(hash);
  ++size_;
  return completed;
}

std::string Edge::bytes() const {
  std::string out;
  for (int shift = 56; shift >= 0; shift -= 8) out += char(size_ >> shift & 0xff);
  for (const Hash& peak : peaks_) out += crypto::view(peak);
  return out;
}

Result<Edge> Edge::from_bytes(std::string_view bytes) {
  Edge edge;
  const std::size_t head = std::min<std::size_t>(8, bytes.size());
  for (const char c : bytes.substr(0, head)) edge.size_ = edge.size_ << 8 | std::uint8_t(c);
  if (head != 8 || bytes.size() != head + 32 * std::size_t(std::popcount(edge.size_)))
    return refuse(Why::invalid, {"record.edge-malformed"});
  for (bytes.remove_prefix(head); !bytes.empty(); bytes.remove_prefix(32))
    edge.peaks_.push_back(*crypto::hash_of(bytes.substr(0, 32)));
  return edge;
}

}  // namespace polder::record
