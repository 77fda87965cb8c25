// The acts of a consultation, one a file, and what they share.
#pragma once

#include "governance/platforms.h"
#include "people/house.h"
#include "processes/consultations/rules.h"
#include "processes/consultations/store.h"
#include "record/acts.h"

namespace polder::consultations {

using people::House;
using record::Doing;
using record::Effect;
using record::Subject;

void add_draft(House& house);
void add_publish(House& house);
void add_clock(House& house);
void add_respond(House& house);
void add_withdraw(House& house);
void add_answer(House& house);
void add_report(House& house);

/// What an act on a consultation is about, by its id; of another platform's there is nothing here.
Result<Subject> subject_of(House& house, storage::ReadTx& tx, Id platform, Id consultation);
/// The same for the act itself, which has passed `subject_of`.
Consultation consultation_of(storage::ReadTx& tx, Id id);

/// Work that follows an act, kept in its transaction: `job` is told the id under the name `what`.
void follow(House& house, Doing& doing, std::string_view job, std::string_view what, Id id);

/// The subjects whose pages show a consultation.
std::string page_subject(Id consultation);
std::string list_subject(Id platform);

/// Whoever may answer in a consultation may also read what is for the officials.
inline constexpr std::string_view reading_act = "consultations.answer";

}  // namespace polder::consultations
