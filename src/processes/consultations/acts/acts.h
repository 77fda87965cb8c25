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

/// The consultation of that id; of another platform's there is nothing here.
Result<Consultation> consultation_here(storage::ReadTx& tx, Id platform, Id id);
/// The same for what follows an act, which has found it.
Consultation consultation_of(storage::ReadTx& tx, Id id);

/// What an act on a consultation is about. The record is everybody's, so there a draft has its id for a name: the slug
/// would say the title.
Subject subject_of(const Consultation& c, Time now);

/// An act on one consultation, its field `consultation`. That is found once, for the gate and for the act.
template <class A>
record::ActKind declare_on(House& house, std::vector<std::string> phases,
                           Result<Effect> (*apply)(House&, Doing&, const A&, const Consultation&),
                           Subject (*about)(const Consultation&, Time now) = subject_of) {
  return {std::string(A::name), std::move(phases), fields::describe<A>(),
          [&house, apply, about](const fields::json::object& raw) -> Result<record::Ready> {
            TRY(A act, fields::read<A>(raw));
            struct Begun {
              A act;
              Consultation c;
            };
            const auto begun = std::make_shared<Begun>(Begun{std::move(act), {}});
            return record::Ready{
                fields::write(begun->act),
                [&house, about, begun](storage::ReadTx& tx, Id platform) -> Result<Subject> {
                  TRY(begun->c, consultation_here(tx, platform, begun->act.consultation));
                  return about(begun->c, house.clock.now());
                },
                [&house, apply, begun](Doing& doing) { return apply(house, doing, begun->act, begun->c); }};
          }};
}

/// From now on a response is in this state: in the lists, the numbers and the record, which shows its act's words to
/// nobody else as long as the page does not.
void put_state(Doing& doing, const Response& r, State state);
/// Who sees in the record what the act of a response said.
record::Visibility in_the_record(Shown shown, State state);

/// Work that follows an act, kept in its transaction: `job` is told the id under the name `what`.
void follow(House& house, Doing& doing, std::string_view job, std::string_view what, Id id);

/// The subjects whose pages show a consultation.
std::string page_subject(Id consultation);
std::string list_subject(Id platform);

/// Whoever may answer in a consultation may also read what is for the officials.
inline constexpr std::string_view reading_act = "consultations.answer";

}  // namespace polder::consultations
