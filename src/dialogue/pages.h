// What the pages of this room share.
#pragma once

#include "dialogue/acts/acts.h"
#include "people/visit.h"

namespace polder::dialogue {

using html::Html;
using html::Url;
using people::Visit;

void add_desk(Moderation& moderation);         ///< desk.cpp: for those who decide
void add_report_page(Moderation& moderation);  ///< report_page.cpp: for everybody
void add_log(Moderation& moderation);          ///< log_page.cpp: for everybody
void add_jobs(Moderation& moderation);

Message reason_name(Reason reason);
/// A choice of reasons, with the same words wherever one is given.
std::vector<std::pair<std::string, std::string>> reason_choices(const i18n::Voice& t);

/// "Response"; the bare name of a kind that no process has any more.
std::string kind_words(const Moderation& moderation, const i18n::Voice& t, std::string_view kind);

/// "moderation/<kind>/<contribution>[/more]" on this platform.
Url case_at(const Visit& visit, std::string_view kind, Id contribution, std::string_view more = {});

/// Holds one of the acts with which something is decided here.
bool may_decide(const Visit& visit);

/// The contribution in the address, if it is there.
std::optional<Contribution> addressed(const Moderation& moderation, const Visit& visit, storage::ReadTx& tx);

}  // namespace polder::dialogue
