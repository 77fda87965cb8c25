// A consultation as JSON, for the API, the exports and a person's copy of their data. Names are spelt as in the acts
// (README.md lists them); moments are RFC 3339 in UTC; what there is none of is left out, or null where one looks for
// it.
#pragma once

#include <boost/json.hpp>

#include "processes/consultations/rules.h"

namespace polder::consultations {

boost::json::object to_json(const Consultation& c, Phase now);
boost::json::object to_json(const Question& question);
boost::json::object to_json(const Draft& draft);
boost::json::object to_json(const Answer& answer);
/// What `seen` lets be seen, and nothing else; empty when that is nothing.
boost::json::object to_json(const Response& r, Sight seen, const std::vector<Answer>& answers);

}  // namespace polder::consultations
