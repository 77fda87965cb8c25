// The acts of a challenge, and what they share.
#pragma once

#include "governance/platforms.h"
#include "people/house.h"
#include "processes/challenges/rules.h"
#include "processes/challenges/store.h"
#include "record/acts.h"

namespace polder::challenges {

using people::House;
using record::Doing;
using record::Effect;
using record::Subject;

void add_draft(House& house);      ///< draft, revise
void add_review(House& house);     ///< submit, return, publish
void add_amend(House& house);      ///< amend, cancel
void add_clock(House& house);      ///< open, close
void add_interests(House& house);  ///< say-interests
void add_join(House& house);       ///< join, leave-team
void add_team(House& house);       ///< invite, accept-invitation, ask-merge, accept-merge
void add_ask(House& house);        ///< ask, answer-question
void add_entry(House& house);      ///< write-entry, acknowledge, seal, withdraw-entry
void add_panel(House& house);      ///< seat-judge, unseat-judge
void add_conflict(House& house);   ///< declare, report-conflict
void add_screen(House& house);     ///< screen
void add_assign(House& house);     ///< begin-judging, assign-again, reassign
void add_mark(House& house);       ///< mark, begin-deliberation

void add_result(House& house);     ///< announce-result, object, decide-objection, check-winner
void add_award(House& house);      ///< award, give-partial, plan-payments, accept-milestone, pay
void add_follow_up(House& house);  ///< ask-follow-up, follow-up

/// What sealing an entry now would commit to.
std::string draft_digest(storage::ReadTx& tx, Id entry);

/// What an act on a challenge is about, by its id; of another platform's there is nothing here. Before it is published
/// its name is nobody's to read: the record then says its id.
Result<Subject> subject_of(House& house, storage::ReadTx& tx, Id platform, Id challenge);
/// The same for the act itself, which has passed `subject_of`.
Challenge challenge_of(storage::ReadTx& tx, Id id);
/// The statement that holds now.
Statement statement_of(storage::ReadTx& tx, const Challenge& c);

/// Work that follows an act, kept in its transaction: `job` is told the id under the name `what`.
void follow(House& house, Doing& doing, std::string_view job, std::string_view what, Id id);

/// The subjects whose pages show a challenge.
std::string page_subject(Id challenge);
std::string list_subject(Id platform);
void renew(Doing& doing, const Challenge& c);

}  // namespace polder::challenges
