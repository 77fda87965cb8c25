#include "people/affiliations.h"

#include <algorithm>

namespace polder::people {

Tie tie_between(std::span<const Affiliation> among, Id one, Id other) {
  Tie found = Tie::none;
  for (const Affiliation& a : among) {
    if (a.person != one) continue;
    for (const Affiliation& b : among) {
      if (b.person != other || b.organisation != a.organisation) continue;
      if (a.distance == 0 && b.distance == 0) return Tie::same_organisation;
      found = Tie::ownership;
    }
  }
  return found;
}

}  // namespace polder::people
