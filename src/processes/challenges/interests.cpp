#include "processes/challenges/interests.h"

#include <algorithm>
#include <set>

#include "kernel/text/text.h"
#include "processes/challenges/judging.h"

namespace polder::challenges {
namespace {

bool speaks_of(const std::string& words, const std::string& area) {
  // A blank at both ends: up to two letters between them begin too many words, and none is no word.
  const std::string whole = comparable(area);
  if (whole.size() > 4) return fit({&area, 1}, words, {}) > 0;
  return whole.size() > 2 && words.find(whole) != words.npos;
}

}  // namespace

Result<std::vector<std::string>> interests_from(std::string_view typed) {
  std::string line(typed);
  std::ranges::replace(line, '\n', ',');
  std::vector<std::string> out;
  std::set<std::string> known{comparable("")};
  for (std::string& area : areas(line)) {
    if (text::length(area) > longest_area)
      return refuse_field("areas", {"challenges.area-too-long",
                                    {{"area", text::excerpt(area, 30)}, {"max", std::int64_t(longest_area)}}});
    if (known.insert(comparable(area)).second) out.push_back(std::move(area));
  }
  if (out.size() > most_areas)
    return refuse_field("areas", {"challenges.too-many-areas", {{"max", std::int64_t(most_areas)}}});
  return out;
}

Spoken spoken(const Statement& s) {
  return {comparable(s.title.value), comparable(s.summary.value), comparable(s.problem.value),
          comparable(s.solution.value)};
}

std::vector<Found> found(std::span<const std::string> areas, const Spoken& spoken) {
  std::vector<Found> out;
  for (const std::string& area : areas) {
    Found one{.area = area, .places = {}};
    for (const Place place : {Place::title, Place::summary, Place::problem, Place::solution})
      if (speaks_of(spoken[std::size_t(place)], area)) one.places.push_back(place);
    if (!one.places.empty()) out.push_back(std::move(one));
  }
  return out;
}

Message reason(const i18n::Voice& t, const std::vector<Found>& found) {
  std::vector<std::string> spoken_of;
  for (const Found& one : found) {
    std::vector<std::string> places;
    // messages: challenges.place-*
    for (const Place place : one.places) places.push_back(t(std::string("challenges.place-") + fields::word_of(place)));
    spoken_of.push_back(one.area + " (" + t.all_of(places) + ')');
  }
  return {"challenges.because", {{"areas", t.all_of(spoken_of)}}};
}

}  // namespace polder::challenges
