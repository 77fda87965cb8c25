// The Merkle tree of RFC 6962 §2.1: hashing, proofs, and the right edge that grows it. Pure: hashes are read through
// an interface, whose rows may live in a database, in tiles behind HTTP or in a test's vector.
//
// Hashes are stored at tile levels only (C2SP tlog-tiles, height 8): level L, index i is the root of the complete
// subtree of the 256^L leaves that begin at i * 256^L. Every other node is at most 255 hashes away.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"
#include "kernel/crypto/crypto.h"

namespace polder::record {

using crypto::Hash;

Hash leaf_hash(std::string_view entry);               ///< SHA-256(0x00 || entry)
Hash node_hash(const Hash& left, const Hash& right);  ///< SHA-256(0x01 || left || right)
Hash empty_root();                                    ///< SHA-256 of nothing: the root of the empty tree

/// Where stored hashes come from.
class HashReader {
 public:
  virtual ~HashReader() = default;
  /// The `count` hashes at (level, first), (level, first + 1), …; exactly that many, or a refusal. One tile or less:
  /// `first` is a multiple of 256 and `count` at most 256. Only complete subtrees of the size asked about are read.
  virtual Result<std::vector<Hash>> read(unsigned level, std::uint64_t first, unsigned count) = 0;
};

/// The root of the first `size` leaves.
Result<Hash> root_of(HashReader& reader, std::uint64_t size);
/// RFC 6962 §2.1.1, leaf to root. Refused (record.out-of-range) unless index < size.
Result<std::vector<Hash>> inclusion_proof(HashReader& reader, std::uint64_t index, std::uint64_t size);
/// RFC 6962 §2.1.2. Refused (record.out-of-range) unless old_size <= new_size. Empty when they are equal or old is 0.
Result<std::vector<Hash>> consistency_proof(HashReader& reader, std::uint64_t old_size, std::uint64_t new_size);

/// RFC 9162 §2.1.3.2: does the leaf stand at `index` of the tree of `size` leaves with this root?
bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> proof,
                      const Hash& root);
/// RFC 9162 §2.1.4.2: does the new tree begin with the old one? The empty tree begins every tree.
bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Hash& old_root, const Hash& new_root,
                        std::span<const Hash> proof);

/// The right edge: the roots of the maximal complete subtrees, at most one a bit of the size. All a writer needs to
/// append; kept in one row, so that an append costs two hashes on average whatever the size of the tree.
class Edge {
 public:
  /// A subtree that an append completed, at a tile level of 1 or more: store it, nobody computes it again.
  struct Completed {
    unsigned level = 0;
    std::uint64_t index = 0;
    Hash hash{};
    bool operator==(const Completed&) const = default;
  };

  std::uint64_t size() const { return size_; }
  Hash root() const;
  /// Lowest level first; empty for 255 of 256 leaves.
  std::vector<Completed> append(const Hash& leaf);

  /// 8 bytes of size (big-endian), then the subtree roots from the largest on.
  std::string bytes() const;
  /// Refused (record.edge-malformed) unless `bytes` made it.
  static Result<Edge> from_bytes(std::string_view bytes);
  bool operator==(const Edge&) const = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;
};

}  // namespace polder::record
