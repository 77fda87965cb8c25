// The JSON API, as far as it is the same for every process: doing an act, the platforms there are, and the document
// that describes it all. What there is to read of a process its own api.cpp answers.
#pragma once

#include <boost/json.hpp>

#include "people/house.h"
#include "people/visit.h"

namespace polder::app {

/// OpenAPI 3.1: every act with its schema, every route below /api/ that is read. The same for the same program.
boost::json::object openapi(const people::House& house);

http::Response perform_act(people::Visit& visit);     ///< POST /api/v1/acts/{name}
http::Response list_platforms(people::Visit& visit);  ///< GET /api/v1/platforms

}  // namespace polder::app
