// Challenges from a feed of Challenge.gov (formats/challengegov): each becomes a draft that somebody completes, reviews
// and publishes. What was guessed, by the reader of the feed or here, is told.
#pragma once

#include <boost/json.hpp>

#include "formats/challengegov/challengegov.h"
#include "processes/challenges/model.h"

namespace polder::challenges {

/// A statement as the form would send it, and what had to be assumed for it: field and what was taken.
struct Begun {
  boost::json::object statement;
  std::vector<std::pair<std::string, std::string>> assumed;
};
/// `now` is when a draft without dates is to open: the day after.
Begun statement_from(const challengegov::Challenge& c, Time now);

}  // namespace polder::challenges
