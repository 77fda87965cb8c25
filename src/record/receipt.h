// Receipts: what a participant keeps. A C2SP tlog-proof whose `extra` opens the leaf's commitment, so that the file
// alone proves, offline and to anybody, that these words were recorded then and there (README.md: what it proves).
//
// The opening, before its base64:
//
//   polder-opening/v1
//   key 3a91… (64 hex digits: the key of the commitment)
//   polder-leaf/v1
//   … the other five lines of the leaf
//   (an empty line)
//   the content to the last byte
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"
#include "record/checkpoint.h"
#include "record/leaf.h"
#include "record/note.h"
#include "record/proof.h"

namespace polder::record {

/// The longest content that a receipt carries; longer ones (a law file) are recorded but get a proof without opening.
inline constexpr std::size_t max_content = 8 * 1024 * 1024;

/// What opens a commitment.
struct Opening {
  std::string leaf;     ///< the entry as the record holds it
  std::string key;      ///< 32 bytes
  std::string content;  ///< canonical JSON; opaque here
  bool operator==(const Opening&) const = default;
};

std::string format(const Opening& opening);
Result<Opening> parse_opening(std::string_view bytes);

/// The receipt file (`.tlog-proof`). `checkpoint` is the signed one, with any cosignatures, whose tree `hashes` lead
/// to.
std::string make_receipt(const Opening& opening, std::uint64_t index, std::vector<Hash> hashes, std::string checkpoint);

struct Verified {
  Leaf leaf;
  std::string content;
  std::uint64_t index = 0;
  Checkpoint checkpoint;  ///< of the log, signed by it: its origin names the platform
};

/// Everything a receipt says, checked: the checkpoint's signature by `log`, the way from the leaf to its root, and that
/// content and key open the leaf's commitment. Refused with the first that does not hold.
Result<Verified> verify_receipt(std::string_view bytes, const Verifier& log);

}  // namespace polder::record
