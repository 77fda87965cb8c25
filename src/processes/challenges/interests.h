// Which challenges speak of what a solver knows, and where: words are looked for, nothing is weighed. Pure, so that a
// reason that was shown can be shown again.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"
#include "kernel/i18n/voice.h"
#include "processes/challenges/model.h"

namespace polder::challenges {

/// The version of this algorithm: another one whenever anybody could be told something else.
inline constexpr std::string_view matching_version = "1";

inline constexpr std::size_t most_areas = 20, longest_area = 60;

/// Areas as they are typed, with commas or line ends between; what is said twice, in any spelling that compares equal,
/// counts once. Refuses beside the field "areas".
Result<std::vector<std::string>> interests_from(std::string_view typed);

/// Where a statement can speak of something, in the order of reading.
enum class Place { title, summary, problem, solution };
BOOST_DESCRIBE_ENUM(Place, title, summary, problem, solution)

/// The words of a statement, comparable (judging.h), by Place.
using Spoken = std::array<std::string, 4>;
Spoken spoken(const Statement& s);

/// An area of which a statement speaks, and where.
struct Found {
  std::string area;
  std::vector<Place> places;
};
/// In the order of the areas. An area is found where a word begins with it ("sensor" in "sensors"); one of one or two
/// letters only as a whole word ("AI" is not in "air").
std::vector<Found> found(std::span<const std::string> areas, const Spoken& spoken);

/// The reason in words: "Because it speaks of nitrate (title) and sensors (problem and solution)."
Message reason(const i18n::Voice& t, const std::vector<Found>& found);

}  // namespace polder::challenges
