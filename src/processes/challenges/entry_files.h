// Files on their way in, of an entry and of a statement: how much may come is asked before a byte is read.
#pragma once

#include "processes/challenges/pages.h"

namespace polder::challenges {

/// The act that takes a file, and what it is told beside the file's ticket.
struct Taking {
  std::string_view act;
  boost::json::object fields;
};
/// Does it for each file that came with this visit's form, in its order; what was not taken is told beside the field
/// "file", or beside the act's own.
Refusal take_received(Visit& visit, const Taking& taking);

/// Does challenges.attach for each file that came with this visit's form, in its order; what was not taken is told
/// beside the field "file".
Refusal attach_received(Visit& visit);

/// Does it for the one file that came as a raw body with PUT, and answers as JSON: its id, name, size and hash.
http::Response take_put(Visit& visit, const Taking& taking);

/// POST entries/{entry}/files for forms, answered by `take`; PUT …/files?name=… for programs, one file as the body.
void add_file_routes(House& house, http::Response (*take)(Visit&));

}  // namespace polder::challenges
