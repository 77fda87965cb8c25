// Decimals as they are written, without a binary number in between. Private to the room.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

namespace polder::ranking {

enum class NumberFault { too_fine, too_large };  ///< told apart, because they have different remedies

/// A JSON number (RFC 8259 §6) times 10^places, if that is an integer below 2^63; its length does not matter.
std::expected<std::int64_t, NumberFault> scaled(std::string_view number, int places);

}  // namespace polder::ranking
