// What the acts on organisations share.
#pragma once

#include "people/acts/acts.h"
#include "people/acts/country.h"

namespace polder::people {

enum class OrganisationKind { government, company, civil_society, research, other };
BOOST_DESCRIBE_ENUM(OrganisationKind, government, company, civil_society, research, other)

/// The person who acts, if they administer this organisation; to who is not in it, it is not there.
Result<Person> administrator_of(Doing& doing, Id organisation);

}  // namespace polder::people
