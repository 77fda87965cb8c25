// A file or a stream as a download: never shown by the browser in this site's name, whatever is in it.
#pragma once

#include <string>
#include <string_view>

#include "kernel/files/files.h"
#include "kernel/http/server.h"

namespace polder::web {

/// What is made while it is sent, an export for instance. `name` is shown to people (files::attachment).
http::Response download(http::Stream stream, std::string type, std::string_view name);

/// A kept file, read from the disk as the client takes it. With `etag`, the file's SHA-256 in hex as a rule, a download
/// that broke off goes on where it ended: one range of bytes (RFC 9110 §14), under If-Range; and a client that has the
/// file is told so (304). Who may have it was decided by the caller.
http::Response download(const http::Request& request, files::Reading file, std::string_view type, std::string_view name,
                        std::string_view etag = {});

}  // namespace polder::web
