// For whom people act: their organisations and whoever owns these, so that a process can tell who has an interest in
// whose case. What is declared counts before it is confirmed: a conflict is asked about, not proven.
#pragma once

#include <span>
#include <vector>

#include "kernel/storage/database.h"

namespace polder::people {

/// An owner of an owner of …: at most so far up, and no longer chain can be declared.
inline constexpr std::int64_t longest_chain = 8;

struct Affiliation {
  Id person{}, organisation{};
  std::int64_t distance = 0;  ///< 0: a member; 1: of a part of it; and so on
  bool confirmed = true;      ///< every step of ownership on the way was confirmed by the owner
  auto operator<=>(const Affiliation&) const = default;
};

/// Of all these people in one statement, by person, then by distance. The nearest way to an organisation counts, a
/// confirmed one before another as long.
std::vector<Affiliation> affiliations(storage::ReadTx& tx, std::span<const Id> people);

enum class Tie { none, same_organisation, ownership };

/// What ties two people among these: members of one organisation, or of two with an owner in common (one of them may be
/// it).
Tie tie_between(std::span<const Affiliation> among, Id one, Id other);

}  // namespace polder::people
