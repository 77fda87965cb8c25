// What the pages of the jury share. Each asks `Onlooker` first: who may not see something finds nothing there.
#pragma once

#include "processes/challenges/judging.h"
#include "processes/challenges/pages.h"

namespace polder::challenges {

void add_panel_pages(House& house);         ///< panel_pages.cpp: who judges; a conflict reported
void add_screening_pages(House& house);     ///< screening_pages.cpp
void add_assignment_pages(House& house);    ///< assignment_pages.cpp
void add_packet_pages(House& house);        ///< packet_pages.cpp: a judge's desk, and what they read and mark
void add_deliberation_pages(House& house);  ///< deliberation_pages.cpp

/// A challenge as somebody of its jury looks at it.
struct Jury {
  Whole whole;
  Onlooker who;
};
std::optional<Jury> jury(Visit& visit, storage::ReadTx& tx);
std::optional<Jury> jury(Visit& visit);

/// The number of an entry in the path; zero for anything else.
std::int64_t number_in(const Visit& visit);

/// A table wider than the page scrolls in a frame of its own, which the keyboard can reach.
Html scrolling(std::string_view name, const Html& head, const Html& rows);
Html column(std::string_view words);
Html number_column(std::string_view words);
/// "7.5" from tenths, in the reader's language; a dash for what a draft lacks.
std::string mark_words(const Visit& visit, std::int64_t tenths);
/// "83.5 %" from tenths of a per cent.
std::string per_cent(const Visit& visit, std::int64_t per_mille);
/// A judge's name; somebody who was erased is nobody any more.
std::string name_of(const Visit& visit, const std::vector<Judge>& judges, Id person);

/// A select for an id: value and label of each option, an empty one first.
Html id_select(const fields::Drawing& form, std::string_view path, std::string_view label, std::string_view none,
               const std::vector<std::pair<std::string, std::string>>& options);

/// What was sent, done as an act on this challenge; refused with something to mend, `again` draws the page once more.
using Again = std::function<http::Response(const boost::json::object& typed, const Refusal& refused)>;
http::Response send(Visit& visit, const Whole& whole, std::string_view act, boost::json::object fixed,
                    std::string_view flash, const Again& again);
/// One button that does an act, and its two halves.
Html press_form(Visit& visit, const Whole& whole, std::string_view path, const std::string& words,
                const Html& fields = {}, std::string_view button_class = "button little");

/// Whoever checks the papers of somebody in line for a prize, or pays one, must know who that is; nobody needs it for
/// an entry that gets nothing. (entry_reading_pages.cpp)
bool needs_to_know_who(const Visit& visit, const Whole& whole, const std::optional<Standing>& place, bool awarded);

}  // namespace polder::challenges
