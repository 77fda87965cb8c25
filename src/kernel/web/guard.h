// The guards between a request and a handler: is it from our own pages (cross-site request forgery), which cookies did
// it bring, how often may it be tried. Pages carry no token, so that they can be the same bytes for everybody.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/result.h"
#include "kernel/base/time.h"
#include "kernel/http/server.h"
#include "kernel/storage/database.h"

namespace polder::web {

/// Refuses an unsafe request that another site's page made: by Sec-Fetch-Site (W3C Fetch Metadata) where the browser
/// says it, else by Origin against Host. A request with neither and without a cookie is a program's (the API, curl) and
/// passes: it carries nobody's authority but its own token's.
Done same_site(const http::Request& request);

/// A cookie's value, or empty. The first of equal names counts.
std::string_view cookie(std::string_view header, std::string_view name);

/// A Set-Cookie value: HttpOnly, SameSite=Lax, Path=/, Secure when the request came over TLS.
std::string set_cookie(std::string_view name, std::string_view value, std::int64_t max_age_s, bool secure);

/// Token buckets in the database, so that a restart forgives nothing: `burst` tries at once, then one each
/// `refill_s` seconds. `key` names what is limited ("sign-in:" + address); it is stored as a hash.
Done allow(storage::WriteTx& tx, Time now, std::string_view key, std::int64_t burst, std::int64_t refill_s);

/// Gives one try back: it was no failure after all.
void give_back(storage::WriteTx& tx, std::string_view key, std::int64_t refill_s);

/// Rows that are full again and mean nothing any more.
void forget_idle_limits(storage::WriteTx& tx, Time now);

}  // namespace polder::web
