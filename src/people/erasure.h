// Erasure: everything that is kept of a person goes, in one transaction; the record still verifies.
#pragma once

#include <string_view>

#include "people/house.h"
#include "people/person.h"

namespace polder::people {

/// Asks every room to delete what it holds, then deletes what the floors below and this room hold, and has the freed
/// bytes overwritten afterwards by a job.
void erase_person(House& house, record::Doing& doing, const Person& person);

/// What acts of others about this subject said of an address.
void forget_in_acts(storage::WriteTx& tx, Id platform, std::string_view subject, std::string_view email);

/// Tells the house what this room and the record hold of people, and brings the job that scrubs.
void add_erasure(House& house);

}  // namespace polder::people
