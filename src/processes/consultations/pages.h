// What the pages of this room share.
#pragma once

#include "formats/law/law.h"
#include "people/visit.h"
#include "processes/consultations/acts/acts.h"

namespace polder::consultations {

using html::Html;
using html::Url;
using people::Visit;

void add_pages(House& house);  ///< for everybody: pages.cpp and the two below
void add_respond_page(House& house);
void add_response_pages(House& house);
void add_desk(House& house);  ///< desk.cpp: for those who write and answer
void add_api(House& house);
void add_exports(House& house);
void add_jobs(House& house);
void erase_of_person(Doing& doing, Id person);
boost::json::value copy_of_person(storage::ReadTx& tx, Id person);

/// A consultation as one page needs it, read in one transaction.
struct Whole {
  Consultation c;
  Phase phase = Phase::draft;  ///< now
  std::vector<Question> questions;
  std::vector<ArticleRow> articles;
};
/// Nothing when there is none, or none that this visitor may know of.
std::optional<Whole> find(Visit& visit, storage::ReadTx& tx);
/// The same by its id, and alone.
std::optional<Consultation> known(const Visit& visit, storage::ReadTx& tx, Id id);
bool may_read_all(const Visit& visit);
/// Whoever may write, change or publish a draft knows of it, and nobody else.
bool may_see_drafts(const Visit& visit);

/// In the same words for what is not there and for what is not for these eyes.
http::Response not_found(Visit& visit);

/// "consultations/<slug>[/more]" on this platform.
Url to(const Visit& visit, const Consultation& c, std::string_view more = {});
Html phases(const Visit& visit, const Consultation& c, Phase now);
/// The last moment of the last day is shown as that day, not as the midnight after it.
Time last_moment(Time closes_at);
Html phase_tag(const Visit& visit, Phase phase);
std::vector<web::Link> trail(const Visit& visit, const Consultation* c = nullptr);
std::string article_label(const Whole& whole, std::string_view eid);

/// One response as `sight` lets it be seen, with its answers below it.
Html response_article(const Visit& visit, const Whole& whole, const Response& r, Sight sight,
                      const std::vector<Answer>& answers, const Html& beside = {});
Html outcome_tag(const Visit& visit, Outcome outcome);

/// The law (law_html.cpp).
Html law_division(const law::Division& division, int heading_level);
Html law_inlines(const law::Inlines& inlines);

/// `lang` where the words are in another language than the page.
html::Attr language_of(const Visit& visit, std::string_view language);

}  // namespace polder::consultations
