// Acts that wait until the address behind them is confirmed: for platforms where a visitor may take part, but as
// somebody. What was sent is kept for three days under the hash of a link's secret, then done in the name of the
// person whose address it is, or dropped.
#pragma once

#include <string_view>

#include "people/visit.h"

namespace polder::people {

inline constexpr std::int64_t pending_ms = 72 * hour_ms;

/// Keeps the act and mails a link to `email`. The caller has read the fields (the act's own reading) and asked the
/// charter whether a visitor may do it with a confirmed address. `title` is what the act is about, for the mail and the
/// page; `location_after` where to go when the act itself names no place. Then redirect to "check-your-mail".
Done ask_confirmation(Visit& visit, std::string_view act, const boost::json::object& fields, std::string_view email,
                      std::string_view name, std::string_view title, const Url& location_after);

}  // namespace polder::people
