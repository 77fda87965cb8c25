// Whom a process writes to about what happened on a platform, and in which voice. Mails are written in the transaction
// that ends their job, so each is written once.
#pragma once

#include <optional>

#include "kernel/jobs/jobs.h"
#include "people/letters.h"
#include "people/person.h"

namespace polder::people {

struct Reader {
  Person person;
  i18n::Voice t;
};

/// In the person's language where the platform speaks it, else in the platform's first. Nobody when the person has been
/// erased meanwhile.
std::optional<Reader> reader(const House& house, storage::ReadTx& tx, Id person, const governance::Platform& platform);

/// "Dear Ann," or "Hello,".
Message hello(const Person& person);

/// In the platform's name. An address that no message can be sent to concerns its owner; the others are written to all
/// the same.
void post(const House& house, storage::WriteTx& tx, const Reader& to, const governance::Platform& platform,
          Letter letter);

/// An id in a job's payload; zero when it is not there.
Id id_in(const jobs::Job& job, std::string_view name);
/// What the write that ended a job comes to.
jobs::Outcome finished(const Done& done);

}  // namespace polder::people
