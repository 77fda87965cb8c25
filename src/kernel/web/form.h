// What a browser's form sends, as the JSON that the API takes: "answers.0.words=…" is {"answers":{"0":{"words":"…"}}}.
// Both spellings of a body, application/x-www-form-urlencoded and multipart/form-data (RFC 7578). Bounded in fields,
// depth and name length; nothing is trusted about names, order or charset.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/base/result.h"

namespace polder::web {

/// "a=1&b=2" in order; a broken escape or more than 2,000 fields is refused.
Result<std::vector<std::pair<std::string, std::string>>> read_query(std::string_view query);

/// One value of a query, or empty.
std::string query_value(std::string_view query, std::string_view name);

/// The fields of a body by its Content-Type; an uploaded file becomes {"name": …, "base64": …}.
/// The same name twice makes an array. A JSON body (application/json) must be an object and is returned as it is.
Result<boost::json::object> read_body(std::string_view content_type, std::string_view body);

/// Puts `value` at the dotted path of a field's name; the same name twice makes an array. False for a name that is not
/// text, is too long or deep, or runs through something that is no object.
bool put_field(boost::json::object& root, std::string_view path, boost::json::value value);

/// JSON from outside: depth at most 32, an object, no trailing bytes.
Result<boost::json::object> read_json(std::string_view body);

}  // namespace polder::web
