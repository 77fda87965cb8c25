// The acts of moderation, one a file, and what they share.
#pragma once

#include "dialogue/moderation.h"
#include "dialogue/rules.h"
#include "dialogue/store.h"
#include "people/limits.h"
#include "record/acts.h"

namespace polder::dialogue {

using record::Doing;
using record::Effect;
using record::Subject;
using storage::ReadTx;
using storage::WriteTx;

void add_report(Moderation& moderation);
void add_leave(Moderation& moderation);
void add_hide(Moderation& moderation);
void add_restore(Moderation& moderation);

using KindName = fields::Line<40>;

/// The contribution an act names; where there is none, or none on this platform, the refusal says no more than that.
Result<Contribution> contribution_of(const Moderation& moderation, ReadTx& tx, Id platform, std::string_view kind,
                                     Id id);

/// About what the contribution is about. Of a hidden one nobody hears who may not decide about it.
template <class A>
Result<Subject> find_decided(Moderation& moderation, ReadTx& tx, Id platform, const A& act) {
  TRY(const Contribution c, contribution_of(moderation, tx, platform, act.kind, act.contribution));
  return Subject{.path = c.subject, .secret = c.hidden};
}

/// A decision that hides or shows: rows, the contribution itself, the public log, and a mail to its author.
Result<Effect> decide(Moderation& moderation, Doing& doing, const Contribution& c, What what,
                      std::optional<Reason> reason, std::string_view statement);

/// The acts with which something is decided; who may do one of them sees the queue.
inline constexpr std::array<std::string_view, 3> deciding_acts{"moderation.leave", "moderation.hide",
                                                               "moderation.restore"};

/// What the pages of the public log show.
std::string log_subject(Id platform);

/// How often one person may report, and everybody from one place without an account.
inline constexpr people::Limit reports_by_person{"report", 20, 60}, reports_from_place{"report-from", 20, 60};

}  // namespace polder::dialogue
