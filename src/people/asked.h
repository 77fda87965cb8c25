// What is asked for with an address by somebody who need not be signed in: an account, a new password. What comes of it
// depends on whether the address has an account, so it is done by a job: who asked has their answer by then, the same
// after the same work, and learns nothing of the address.
#pragma once

#include <string>

#include "people/visit.h"

namespace polder::people {

namespace asked {
inline constexpr std::string_view sign_up = "asked-sign-up";  ///< payload: what was filled in, the password as a hash
inline constexpr std::string_view reset = "asked-reset";
inline constexpr std::string_view new_email = "asked-new-email";  ///< payload: the id of who wants this address
}  // namespace asked

/// Within the limits of mails to this address and from this place.
Done ask_by_mail(Visit& visit, std::string_view what, const std::string& email, std::string payload = {});

void add_asked(House& house);

/// How long the links work that come of it.
inline constexpr std::int64_t sign_up_ms = 24 * hour_ms, reset_ms = hour_ms, new_email_ms = 24 * hour_ms;

}  // namespace polder::people
