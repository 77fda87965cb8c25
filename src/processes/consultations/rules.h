// Pure decisions: what holds whatever a charter says.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "kernel/base/result.h"
#include "kernel/i18n/format.h"
#include "processes/consultations/model.h"

namespace polder::consultations {

/// The phase at a moment. The deadline is the server's clock, not the clock's job: a consultation whose time is over is
/// closed, and one whose time has not come is not open, even if the job is late.
Phase phase_at(const Consultation& c, Time now);

/// The first and last day a person names, as moments on the platform's wall clock: from the first day's midnight to the
/// midnight after the last day.
struct Period {
  Time opens_at, closes_at;
};
Period period(Date first_day, Date last_day, const i18n::Zone& zone);

/// The charter's minimum is held when the consultation is published: counted in whole days from its opening, or from
/// now on where the opening lies in the past.
Done check_period(const Period& period, Time now, std::int64_t minimum_weeks, const i18n::Zone& zone);

/// May these eyes see this response? `author`: the person who wrote it; `official`: may answer in this consultation.
enum class Sight { nothing, counted, words_only, all };
Sight sight(const Response& r, bool author, bool official);

/// How many responses wait for an answer. One that its author took back, that is hidden or that was erased does not.
std::int64_t waiting(const Consultation& c);
/// The share that has an answer, from 0 to 1; nothing when there is none to answer.
std::optional<double> answered_share(const Consultation& c);

/// A short path name from a title; "-2", "-3" … is the store's matter.
std::string slug_from(std::string_view title);

}  // namespace polder::consultations
