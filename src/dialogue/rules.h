// Pure decisions: what holds whatever a charter says.
#pragma once

#include <string_view>

#include "kernel/base/id.h"
#include "kernel/base/result.h"

namespace polder::dialogue {

/// Nobody decides their own case. `author` zero: nobody with an account wrote it.
Done check_not_own(Id author, Id decider);

/// A statement is public, what it is about is hidden: it must not say it again. True when six words in a row of the
/// hidden ones stand in it (all of them, where they are fewer but more than two), whatever their case and accents.
bool repeats(std::string_view statement, std::string_view hidden);

}  // namespace polder::dialogue
