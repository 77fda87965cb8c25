// A response as bytes (RFC 9112 §4 to §7). Private to the room.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "kernel/http/server.h"

namespace polder::http {

std::string_view reason(int status);

/// Whether a header may be sent: its name a token, its value without CR, LF, NUL or any other control (RFC 9110 §5.5).
bool valid_header(std::string_view name, std::string_view value);

/// Whether a response with this status has no body by definition (RFC 9110 §6.4.1).
bool bodiless(int status);

/// "HTTP/1.1 200 OK\r\n" and the headers, with the framing the body needs but without what belongs to the connection
/// (Date, Connection, Transfer-Encoding) and without the empty line. Or what is wrong with the response: a bug of the
/// handler that made it.
std::expected<std::string, std::string> head_of(const Response& response);

/// The path for the log: without segments so long that they may be tokens, and never with a query.
std::string log_path(std::string_view path);

/// What the server says where no error_page does.
std::string_view plain_sentence(int status);

}  // namespace polder::http
