// From marks to places: the file that a ranking is made from, and the standings it gives. Judges and entries are
// numbers in it, so that whoever checks a result learns nobody's name.
#pragma once

#include <set>
#include <span>

#include "kernel/base/result.h"
#include "processes/challenges/store_marks.h"
#include "processes/challenges/store_result.h"

namespace polder::challenges {

/// The file of methods/ranking/ranking_json.h: entries by their number, given marks of the last round, the statement's
/// rubric, ties and purse, and the lot that was drawn at publication. Those `out` were judged with the others and hold
/// no place. Where the first that meets every criterion wins, each that does has met it, and the earliest comes first.
std::string ranking_file(const Statement& s, std::string_view seed, std::span<const Entry> entries,
                         const std::set<Id>& out, std::span<const Marks> marks);

/// What a ranking would be made from now. Only what meets every hard criterion holds a place, and is not disqualified.
struct RankedFrom {
  std::vector<Entry> entries;
  std::string file;
};
/// Refuses when one that could hold a place has no marks.
Result<RankedFrom> ranked_from(storage::ReadTx& tx, const Challenge& c, const Statement& s);
/// Is the ranking that was made last another than the marks and criteria of now would make?
bool outdated(storage::ReadTx& tx, const Challenge& c, const Statement& s);

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
