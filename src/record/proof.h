// Proofs as files (C2SP tlog-proof): that an entry stands at an index of a log, verifiable without the log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"
#include "record/merkle.h"

namespace polder::record {

/// Room for an opening of a receipt (`max_content`, in base64) and a checkpoint with its cosignatures.
inline constexpr std::size_t max_proof = 12 * 1024 * 1024;

struct Proof {
  std::optional<std::string> extra = {};  ///< opaque bytes that nothing here authenticates
  std::uint64_t index = 0;
  std::vector<Hash> hashes = {};  ///< leaf to root, at most 63
  std::string checkpoint;         ///< the signed note, verbatim
  bool operator==(const Proof&) const = default;
};

std::string format(const Proof& proof);
/// Strict: what parses formats to the same bytes. The checkpoint is a well-formed note; who signed it is not looked at.
Result<Proof> parse_proof(std::string_view bytes);

}  // namespace polder::record
