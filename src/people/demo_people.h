// In a demonstration: those whose place one click takes. Nobody else's address ends like theirs.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace polder::people {

inline constexpr std::array<std::string_view, 6> demo_people{"citizen", "official", "moderator",
                                                             "judge",   "seeker",   "administrator"};
inline std::string demo_address(std::string_view who) { return std::string(who) + "@demo.example"; }

}  // namespace polder::people
