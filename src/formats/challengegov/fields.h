// Single fields of the feed as people typed them: moments, purses, kinds.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/challengegov/challengegov.h"

namespace polder::challengegov {

/// A moment as the feed writes it: year first or month first with slashes, a clock of twelve or twenty-four hours or
/// none, sometimes a zone.
struct Typed {
  Time time;
  bool zone_guessed = false;  ///< none was written: the time of Washington, where the feed is made
  bool hour_guessed = false;  ///< none was written: the day's begin, or its last minute
};
/// `closing` says which end of a day is meant when no hour is written. Years 2007 to 2099, whose summer time is known
/// (15 USC 260a since the Energy Policy Act of 2005).
std::optional<Typed> read_moment(std::string_view text, bool closing);

/// What was read of a purse.
struct TypedPurse {
  Purse purse;
  bool currency_guessed = false;  ///< neither a sign nor a code was written
  bool most_of_several = false;   ///< a range, or several amounts: the greatest was taken
};
/// "$85,500", "Up to $1.5 million", "USD 3,000,000.00", "50000", "€ 2.5 million". Nothing for
/// no amount, for zero, and for two currencies.
std::optional<TypedPurse> read_purse(std::string_view text);

/// Whether a text says "up to" directly before this amount.
bool says_up_to(std::string_view text, const Purse& purse);

/// The kind that asks most of a solver among the feed's types; nothing if none of them is known.
std::optional<Kind> guess_kind(const std::vector<std::string>& types);

}  // namespace polder::challengegov
