// Finished answers: the bytes of a page or a file, made and compressed once, given to everybody who asks.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/http/server.h"

namespace polder::web {

enum class Coding {
  none,      ///< as it is, and there is no other form (fonts)
  identity,  ///< as it is, for clients that take no compression
  gzip,
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Compresses where asked and useful, and writes the head. ETag is added from the bytes.
std::shared_ptr<const http::Finished> finish(int status, const Headers& headers, std::string body, Coding coding);

/// RFC 9110 §12.5.3, as much as matters: does the client take gzip?
bool takes_gzip(std::string_view accept_encoding);

std::string gzip(std::string_view bytes);

/// The security headers of every page: a content policy without inline script or style, no framing, no sniffing.
Headers page_headers();

}  // namespace polder::web
