// From a request to its answer: is it from our own pages, which route, may this caller come in, and what is said when
// not. What stands before it (finished pages, the switch of languages) is the program's.
#pragma once

#include "people/visit.h"

namespace polder::people {

/// Why::unavailable where the database is lost; any other exception is a bug and goes through.
http::Response answer(House& house, const http::Request& request);

}  // namespace polder::people
