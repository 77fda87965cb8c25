// What the pages of this room share.
#pragma once

#include <map>

#include "people/form_page.h"
#include "people/visit.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_judging.h"
#include "processes/challenges/store_result.h"

namespace polder::challenges {

using html::Html;
using html::Url;
using people::Visit;

void add_pages(House& house);            ///< pages.cpp: the list, the statement, its amendments
void add_joining_pages(House& house);    ///< joining_pages.cpp: into the room, alone or invited
void add_solver_pages(House& house);     ///< solver_pages.cpp: the room of those who joined
void add_entry_pages(House& house);      ///< entry_pages.cpp: what a team writes, attaches and sends in
void add_interests_pages(House& house);  ///< interests_pages.cpp: what a solver knows
void add_interests_jobs(House& house);   ///< interests_jobs.cpp: mails about what matches
void add_jury_pages(House& house);       ///< jury_pages.cpp: panel, screening, packets, marks, deliberation
void add_jury_jobs(House& house);        ///< jury_jobs.cpp: mails to the panel
void add_result_pages(House& house);     ///< result_pages.cpp: places, objections, awards, payments
void add_item_pages(House& house);       ///< item_pages.cpp: forms about an objection, an award, a part of one
void add_report_pages(House& house);     ///< report_pages.cpp: the report, as a page and as data
void add_api(House& house);
void add_exports(House& house);
void add_jobs(House& house);
void erase_of_person(House& house, Doing& doing, Id person);
boost::json::value copy_of_person(storage::ReadTx& tx, Id person);
void erase_interests(Doing& doing, Id person);
boost::json::value copy_interests(const House& house, storage::ReadTx& tx, Id person);
void add_attachment_pages(House& house);     ///< attachment_pages.cpp: the files of a statement
void add_statement_pages(House& house);      ///< statement_pages.cpp: writing, reviewing, publishing, amending
void add_amendment_pages(House& house);      ///< amendment_pages.cpp: what changed, and every version
void add_entry_reading_pages(House& house);  ///< entry_reading_pages.cpp: an entry, for those who decide about it

/// A challenge as a page needs it, read in one transaction.
struct Whole {
  Challenge c;
  Statement statement;
  Phase phase = Phase::draft;  ///< now
};
/// The challenge that the path names; nothing when there is none, or none that this visitor may know of.
std::optional<Whole> find(Visit& visit, storage::ReadTx& tx);
/// The same in a transaction of its own.
std::optional<Whole> here(Visit& visit);
http::Response not_found(Visit& visit);
/// Does this platform run challenges, and may this visitor know?
bool runs_here(const Visit& visit);
/// Where the jury of this challenge goes from its page: to whoever is one of them, what is theirs.
Html jury_links(const Visit& visit, const Whole& whole);
/// Can this visitor report a conflict of interest: do they know of a judge and of somebody judged? (panel_pages.cpp)
bool can_report(const Visit& visit, const Whole& whole);
/// May this visitor do this act on this challenge as it is? What is its seeker's, only its own seeker may.
bool may_now(const Visit& visit, const Whole& whole, std::string_view act);
/// Says no before a form is shown, in this phase or on this challenge as it is; the act says it again.
std::optional<http::Response> barred(Visit& visit, std::string_view act, Phase phase);
std::optional<http::Response> barred(Visit& visit, const Whole& whole, std::string_view act);

/// Those who write and review statements see them before everybody does: whoever may publish all of them, a seeker
/// their own.
bool sees_unpublished(const Visit& visit);
bool sees_unpublished(const Visit& visit, const Challenge& c);
/// The challenges of this platform that this visitor may know of.
std::vector<Challenge> listed(const Visit& visit, storage::ReadTx& tx);

/// "challenges/<slug>[/more]" on this platform.
Url to(const Visit& visit, const Challenge& c, std::string_view more = {});
std::vector<web::Link> trail(const Visit& visit, const Challenge* c = nullptr);
Html phase_tag(const Visit& visit, Phase phase);
Html phases(const Visit& visit, const Whole& whole);
/// A challenge with the team of whoever looks: the room of those who joined. Nothing for everybody else.
struct Room {
  Whole whole;
  Team team;
};
std::optional<Room> room(Visit& visit, storage::ReadTx& tx);
std::optional<Room> room(Visit& visit);
/// Says to a member that the statement was amended, until they say that they saw it.
Html amendment_notice(Visit& visit, const Room& r);
/// The teams that would have this visitor with them, while one may be joined (joining_pages.cpp).
std::vector<Team> teams_inviting(const Visit& visit, storage::ReadTx& tx, const Whole& whole);
/// A button's act on what the path names: done, or told why not.
std::function<http::Response(Visit&)> press(std::string_view act, std::string_view flash);
/// What a solver is told of their own entry when there is a result: place, marks, and what judges wrote to them.
Html feedback(const Visit& visit, storage::ReadTx& tx, const Whole& whole, const Entry& e);
/// To where a solver says what they know; nothing for others.
Html interests_link(const Visit& visit);
/// Which of these challenges speak of what this visitor knows and may be entered by them, each with the reason in
/// words. Empty when they said nothing or switched it off.
std::map<Id, std::string> reasons_for(Visit& visit, const std::vector<Challenge>& all);
/// Links to the exports, for who may have them (report_pages.cpp).
Html export_links(Visit& visit, const Challenge& c);
/// What a team and those who decide are told: hard criteria with what was found, the means of the marks and what judges
/// wrote to the team, an objection with its answer.
Html criteria_found(const Visit& visit, const Statement& s, const std::vector<store::Check>& checks);
Html marks_told(const Visit& visit, const Statement& s, const std::vector<Marks>& marks);
Html objection_told(const Visit& visit, const Whole& whole, const Objection& o, const Html& about = {});
/// The files of a statement with where each is got; nothing when there is none (attachment_pages.cpp).
Html attachments_told(const Visit& visit, const Challenge& c, const std::vector<Attachment>& all, int level = 2);
/// Everything that a statement promises, with its files; whole.statement may be an older version of it.
Html promised(const Visit& visit, const Whole& whole, const std::vector<Attachment>& attachments);
/// Places on a page of the result.
inline constexpr std::int64_t result_page_size = 100;
/// What there is on the way from a ranking to a paid award, as far as it matters in this phase.
struct OnTheWay {
  std::vector<Objection> objections;
  std::vector<Award> awards;
  std::vector<Tranche> tranches;
  std::vector<store::Checked> checked;
  std::vector<store::FollowUp> follow_ups;
  std::vector<store::Ranked> rankings;  ///< the newest first
  std::vector<store::Placed> first;     ///< the result's first page, and one more
  bool changed = false;                 ///< marks, since the ranking was made
};
OnTheWay on_the_way(storage::ReadTx& tx, const Whole& whole);
/// What has to happen next: to whoever must do it, with its link.
Html next_steps(const Visit& visit, const Whole& whole);
Html next_steps(const Visit& visit, const Whole& whole, const OnTheWay& way);
/// Is the seeker's name in this version nobody's to read?
bool seeker_hidden(const Visit& visit, const Whole& whole, const Statement& version);
bool rubric_shown(const Visit& visit, Phase phase);
/// A question of the entry form, and whether judges read what is answered.
Html asked(const Visit& visit, const EntryField& field);
std::string tie_words(const Visit& visit, const Statement& s, const TieRule& rule);
/// What a solver can do next on a challenge: enter, or go to their team.
Html solver_actions(Visit& visit, const Whole& whole);
std::string money(const Visit& visit, const Statement& s, std::int64_t minor_units);
/// `lang` where the words are in another language than the page.
html::Attr language_of(const Visit& visit, std::string_view language);
/// Is this fact everybody's to see now? The charter says which are while it is open and which after the award.
bool shown(const Visit& visit, Phase phase, std::string_view fact);

/// A page that is one form for an act on this challenge (people/form_page.h): drawn when asked for, done when sent.
/// What `fixed` says is set from here, whatever was sent.
struct ActPage {
  std::string_view act;
  std::string title;
  Html words = {};
  std::string button;
  std::string_view path;  ///< below the challenge: where the form goes to
  boost::json::object fixed = {};
  std::string_view flash = {};   ///< catalogue key, said on the next page
  std::string_view labels = {};  ///< whose words label the fields; empty: the act's own
  std::function<Html(const fields::Drawing&)> controls = {};
  std::string_view button_class = "button";
};
http::Response show(Visit& visit, const Challenge* c, const ActPage& page, const boost::json::object& typed = {},
                    const Refusal* refused = nullptr);
http::Response perform(Visit& visit, const Challenge* c, const ActPage& page);

/// GET shows the form, POST does the act: the same two routes for every act on a challenge. `first` is what the form
/// begins with.
using MakePage = std::function<ActPage(const Visit&, const Whole&)>;
using Typed = std::function<boost::json::object(const Whole&)>;
void add_act_page(House& house, std::string_view act, std::string_view path, const MakePage& make,
                  const Typed& first = {});

/// The same where the page is a title, which the button repeats, words and the act's fields: their catalogue keys.
void add_plain_page(House& house, std::string_view act, std::string_view path, std::string_view title,
                    std::string_view words, std::string_view flash, std::string_view button_class = "button");
/// Below a challenge, for those who are signed in: GET and POST, either may be nothing.
void add_route(House& house, std::string_view path, http::Response (*show)(Visit&),
               std::function<http::Response(Visit&)> take = {});

}  // namespace polder::challenges
