// Challenges from a feed of Challenge.gov (formats/challengegov): each becomes a draft that somebody completes, reviews
// and publishes. What was guessed, cut, put elsewhere or left out, by the reader of the feed or here, is told.
#pragma once

#include <boost/json.hpp>

#include "formats/challengegov/challengegov.h"
#include "kernel/i18n/format.h"
#include "processes/challenges/model.h"

namespace polder::challenges {

/// What a statement says and the feed does not, or not so. `given`: the feed's words for it, if any.
struct Assumed {
  std::string field, given, taken;
  Message why;
};

/// A statement as the form would send it, and what had to be assumed for it.
struct Begun {
  boost::json::object statement;
  std::vector<Assumed> assumed;
};
/// `now` is when a draft without dates is to open: the day after. `zone` is the platform's, on whose clock a statement
/// tells its times.
Begun statement_from(const challengegov::Challenge& c, Time now, const i18n::Zone& zone);

/// What every draft begins with, whatever the feed says, and what is taken over from none.
const std::vector<Assumed>& assumed_for_all();

}  // namespace polder::challenges
