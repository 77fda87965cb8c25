// The first start: a server nobody administers yet prints one address, and whoever opens it becomes its administrator.
#pragma once

#include <optional>
#include <string>

#include "people/house.h"

namespace polder::app {

/// While there is no administrator: a fresh path ("setup/<token>") that works once, for 24 hours; an earlier one no
/// longer does. Kept as a hash. Nothing when there is an administrator.
std::optional<std::string> begin_setup(people::House& house);

/// The person with this address, made where there is none, with this password and the role of the server's
/// administrator. The appointment is an act of the console in the server's record.
Result<Id> make_administrator(people::House& house, storage::WriteTx& tx, std::string_view name, std::string_view email,
                              std::string_view encoded_password, i18n::Language language);

void add_setup(people::House& house);

}  // namespace polder::app
