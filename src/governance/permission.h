// May this person do this, here, now? The charter's table answers, never an `if` in a page. Fails closed: an act, role
// or phase that no rule names is refused.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "governance/charter.h"

namespace polder::governance {

struct Decision {
  bool allowed = false;
  std::optional<std::size_t> rule =
      {};                      ///< the rule that allows it, an index into Charter::rules; the least demanding one
  bool confirm_email = false;  ///< every rule that allows it asks who is not signed in for a confirmed address
  std::optional<Message> reason = {};    ///< when refused: nobody may, not in this phase, or another role is needed
  std::vector<std::string> needs = {};   ///< when another role is needed: which would do, in this phase
  std::vector<std::string> phases = {};  ///< when it is the wrong phase: in which these roles may

  explicit operator bool() const { return allowed; }
};

/// The roles a person holds on a platform: everybody's, every account's, and those given to this person. A given role
/// that the charter does not (or no longer) define gives nothing. The clock holds only {"clock"}.
std::vector<std::string> roles_of(const Charter& charter, bool signed_in, std::span<const std::string> given);

/// Pure and total. `phase` is empty for acts that know no phases.
Decision may(const Charter& charter, std::span<const std::string> roles, std::string_view act,
             std::string_view phase = {});

/// The role that the record says somebody acted in, where `may` allows it: of those a rule lets act the one that says
/// most of them, an appointed one before every account's before everybody's. Whoever is signed in is no visitor there.
std::string role_in_record(const Charter& charter, std::span<const std::string> roles, std::string_view act,
                           std::string_view phase = {});

/// May somebody who was given these roles come in? Anybody may where it is open; elsewhere whoever was given a role
/// that the charter has. To everybody else a closed platform is not there.
bool may_enter(const Charter& charter, std::span<const std::string> given);

/// Standing at the door of a platform they may not enter, people may do these acts and no others, if it has a door.
bool at_the_door(const Charter& charter, std::string_view act);

/// Does the charter leave it to whoever runs the server to give this role?
bool server_appoints(const Role& role);

/// May somebody with these roles give that role to another? The charter must allow the appointing act (`act`) and name
/// one of the roles in the role's `appointed_by`.
bool may_appoint(const Charter& charter, std::span<const std::string> roles, std::string_view role,
                 std::string_view act = "platforms.appoint");

}  // namespace polder::governance
