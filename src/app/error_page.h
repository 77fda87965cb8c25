// Pages for when something is wrong with the request or the server: made without a database, a session or a platform.
#pragma once

#include <string>

#include "kernel/http/server.h"
#include "kernel/i18n/voice.h"

namespace polder::app {

/// A whole page for a status. `incident` names the entry in the log, where there is one.
std::string error_page(const i18n::Voice& t, int status, const std::string& incident = {});

/// The same as an answer; JSON below /api/.
http::Response error_response(const i18n::Voice& t, const http::Request& request, int status,
                              const std::string& incident = {});

}  // namespace polder::app
