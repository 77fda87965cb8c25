// Applications: somebody asks for a role, those whom the charter names say yes or no. The acts are in acts/apply.cpp
// and acts/settle.cpp; in the record an application has a number and no name.
#pragma once

#include <boost/describe.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "governance/charter.h"
#include "kernel/storage/database.h"
#include "record/acts.h"

namespace polder::governance {

struct Platform;

enum class ApplicationState { open, accepted, declined, withdrawn };
BOOST_DESCRIBE_ENUM(ApplicationState, open, accepted, declined, withdrawn)

struct Application {
  Id id{}, platform{}, person{};
  std::string role;
  std::optional<Id> organisation = {};
  std::string why;
  ApplicationState state = ApplicationState::open;
  std::string reason = {};  ///< of who declined
  Time made_at;
  std::optional<Time> settled_at = {};
  Id act{};  ///< in which it was asked
};

/// What the acts of this room ask of people and mail, who live a floor above. Without it they know nobody and tell
/// nobody.
struct Neighbours {
  /// The confirmed address of a person: roles are given to addresses.
  std::function<std::optional<std::string>(storage::ReadTx&, Id person)> address = {};
  std::function<bool(storage::ReadTx&, Id person, Id organisation)> belongs = {};
  /// Once more somebody asks: refused when it is too often.
  std::function<Done(storage::WriteTx&, Id platform, Id person)> count_application = {};
  std::function<Done(record::Doing&, const Platform&, const std::string& email, const std::string& role)>
      tell_appointed = {};
  std::function<Done(record::Doing&, const Platform&, const Application&)> tell_settled = {};
};

/// The roles of this charter that people may ask for.
std::vector<const Role*> roles_to_ask_for(const Charter& charter);
/// May somebody with these roles decide, by this act, about an application for that role?
bool may_settle(const Charter& charter, std::span<const std::string> roles, std::string_view role,
                std::string_view act);

// ---- store.cpp ----

std::optional<Application> application(storage::ReadTx& tx, Id id);
/// Of one person on one platform, the newest first; 50 at most.
std::vector<Application> applications_of(storage::ReadTx& tx, Id platform, Id person);
/// Of one person anywhere, for the copy of their data and for erasure.
std::vector<Application> applications_of_person(storage::ReadTx& tx, Id person);
/// Those that wait for an answer, the oldest first, after `after`.
std::vector<Application> open_applications(storage::ReadTx& tx, Id platform, Id after, std::int64_t limit);
/// Open ones of which nobody who decides has been told.
std::vector<Application> unannounced_applications(storage::ReadTx& tx, std::int64_t limit);
void announced(storage::WriteTx& tx, Id application);
/// False when this person has an open one for this role.
bool insert_application(storage::WriteTx& tx, const Application& application);
/// False when it is not open any more.
bool settle_application(storage::WriteTx& tx, Id id, ApplicationState state, std::string_view reason, Time now);
void forget_applications(storage::WriteTx& tx, Id person);
std::vector<Application> settled_applications(storage::ReadTx& tx, Id platform, Time before, std::int64_t limit);
void delete_application(storage::WriteTx& tx, Id id);

}  // namespace polder::governance
