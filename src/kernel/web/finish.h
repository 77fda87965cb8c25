// Finished answers: the bytes of a page or a file, made and compressed once, given to everybody who asks.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/http/server.h"

namespace polder::web {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// One form of a page as bytes: the answer, and the answer to those who have it already.
struct Form {
  std::shared_ptr<const http::Finished> answer, unchanged;
  std::string tag;  ///< the strong ETag of these bytes, quotes included

  /// By If-None-Match (RFC 9110 §13.1.2: a list, compared weakly).
  const std::shared_ptr<const http::Finished>& answer_to(std::string_view if_none_match) const;
  std::size_t bytes() const { return answer->head.size() + answer->body.size() + unchanged->head.size(); }
};

/// The page as it is and as gzip; the plain one twice where compression saves nothing.
struct Forms {
  Form plain, compressed;
};
Forms finish(const Headers& headers, std::string body);

/// RFC 9110 §12.5.3, as much as matters: does the client take gzip?
bool takes_gzip(std::string_view accept_encoding);

std::string gzip(std::string_view bytes);

/// The security headers of every page: a content policy without inline script or style, no framing, no sniffing.
Headers page_headers();

}  // namespace polder::web
