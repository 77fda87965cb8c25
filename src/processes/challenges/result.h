// From marks to places: the file that a ranking is made from, and the standings it gives. Judges and entries are
// numbers in it, so that whoever checks a result learns nobody's name.
#pragma once

#include <span>

#include "kernel/base/result.h"
#include "processes/challenges/store_judging.h"
#include "processes/challenges/store_result.h"

namespace polder::challenges {

/// The file of methods/ranking/ranking_json.h: admissible entries by their number, given marks of the last round, the
/// statement's rubric, ties and purse, and the lot that was drawn at publication.
std::string ranking_file(const Statement& s, std::string_view seed, std::span<const Entry> entries,
                         std::span<const Marks> marks);

struct Outcome {
  std::string result;  ///< what methods/ranking answered, byte for byte
  std::vector<Standing> standings;
};
/// Ranks and reads the answer back into standings of these entries.
Result<Outcome> rank(const std::string& file, std::span<const Entry> entries);

/// A score of such an answer, which has six places at most, as people write it: "7.5".
std::string score_text(const boost::json::value& score);

/// What each place is called: the statement's prizes for places, in order.
std::vector<Prize> place_prizes(const Statement& s);

}  // namespace polder::challenges
