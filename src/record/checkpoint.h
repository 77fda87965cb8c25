// Checkpoints (C2SP tlog-checkpoint v1.0.0): what a log says about itself - its origin, its size and its root - as the
// text of a signed note.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/base/result.h"
#include "kernel/crypto/crypto.h"
#include "record/merkle.h"
#include "record/note.h"

namespace polder::record {

struct Checkpoint {
  std::string origin;  ///< the log's address without scheme or last slash; the name of its key
  std::uint64_t size = 0;
  Hash root{};
  std::string extensions = {};  ///< further lines, each with its LF; Polder writes none and believes none
  bool operator==(const Checkpoint&) const = default;
};

/// The text to sign.
std::string format(const Checkpoint& checkpoint);
/// Refused when malformed, and when the size is 0 with a root that is not the empty tree's.
Result<Checkpoint> parse_checkpoint(std::string_view text);

/// The signed checkpoint as it is served. The same checkpoint and key give the same bytes.
std::string sign_checkpoint(const Checkpoint& checkpoint, const crypto::SigningKey& key);
/// Verified with the log's key; refused when its origin is not the key's name, so that one log's checkpoint is never
/// taken for another's.
Result<Checkpoint> open_checkpoint(std::string_view bytes, const Verifier& log);

}  // namespace polder::record
