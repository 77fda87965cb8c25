// What the pages of this room share.
#pragma once

#include "people/form_page.h"
#include "people/visit.h"
#include "processes/challenges/acts/acts.h"

namespace polder::challenges {

using html::Html;
using html::Url;
using people::Visit;

void add_pages(House& house);         ///< pages.cpp: the list, the statement, its amendments
void add_solver_pages(House& house);  ///< solver_pages.cpp: the room of those who joined
void add_jury_pages(House& house);    ///< jury_pages.cpp: panel, screening, packets, marks, deliberation
void add_jury_jobs(House& house);     ///< jury_jobs.cpp: mails to the panel
void add_result_pages(House& house);  ///< result_pages.cpp: places, objections, awards, payments
void add_report_pages(House& house);  ///< report_pages.cpp: the report, as a page and as data
void add_api(House& house);
void add_exports(House& house);
void add_jobs(House& house);
void erase_of_person(House& house, Doing& doing, Id person);
boost::json::value copy_of_person(storage::ReadTx& tx, Id person);
void add_statement_pages(House& house);  ///< statement_pages.cpp: writing, reviewing, publishing, amending

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
/// Says no before a form is shown, in this phase; the act says it again.
std::optional<http::Response> barred(Visit& visit, std::string_view act, Phase phase);

/// Those who write and review statements see them before everybody does.
bool sees_unpublished(const Visit& visit);

/// "challenges/<slug>[/more]" on this platform.
Url to(const Visit& visit, const Challenge& c, std::string_view more = {});
std::vector<web::Link> trail(const Visit& visit, const Challenge* c = nullptr);
Html phase_tag(const Visit& visit, Phase phase);
Html phases(const Visit& visit, const Whole& whole);
/// What a solver is told of their own entry when there is a result: place, marks, and what judges wrote to them.
Html feedback(const Visit& visit, storage::ReadTx& tx, const Whole& whole, const Entry& e);
/// Links to the exports, for who may have them (report_pages.cpp).
Html export_links(Visit& visit, const Challenge& c);
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
void add_act_page(House& house, std::string_view act, std::string_view path, MakePage make, Typed first = {});

}  // namespace polder::challenges
