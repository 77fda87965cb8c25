// The table of entries at the end of a ZIP. Programs that unpack go by it, each in its own way, so it is held to the
// one form in which they all see the same entries. Private to the room.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "kernel/base/result.h"

namespace polder::archive {

/// Fills `out` with `n` bytes from `offset` on; false when they are not all there.
using ReadAt = std::function<bool(std::uint64_t offset, std::size_t n, std::string& out)>;

/// How many entries the table has. Refuses a table that does not stand right before the end, that is longer than `most`
/// entries could make it, and one whose entries share content or lie over each other: a small file in which ten
/// thousand entries lead to the same compressed bytes is a bomb that each reading of one entry alone would miss
/// (Fifield, "A better zip bomb", 2019).
Result<std::size_t> check_table(std::uint64_t size, const ReadAt& read, std::size_t most);

}  // namespace polder::archive
