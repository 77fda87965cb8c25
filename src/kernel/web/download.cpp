#include "kernel/web/download.h"

#include <charconv>

#include "kernel/files/name.h"

namespace polder::web {
namespace {

constexpr std::size_t piece_size = 256 * 1024;

struct Range {
  std::uint64_t first = 0, length = 0;
};

std::optional<std::uint64_t> number(std::string_view digits) {
  std::uint64_t n = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  return n;
}

enum class Asked { all, part, nothing };

/// RFC 9110 §14.1.2 and §14.2. What is no single range of bytes is as if it were not there; `nothing` lies outside the
/// file.
Asked read_range(std::string_view header, std::uint64_t size, Range& out) {
  if (!header.starts_with("bytes=")) return Asked::all;
  header.remove_prefix(6);
  const auto dash = header.find('-');
  if (dash == header.npos) return Asked::all;
  const auto first = number(header.substr(0, dash)), last = number(header.substr(dash + 1));
  if (dash == 0) {
    if (!last) return Asked::all;
    const auto length = std::min(*last, size);
    out = {size - length, length};
  } else {
    if (!first || (!last && dash + 1 != header.size()) || (last && *last < *first)) return Asked::all;
    if (*first >= size) return Asked::nothing;
    out = {*first, std::min(last.value_or(size - 1), size - 1) - *first + 1};
  }
  return out.length > 0 ? Asked::part : Asked::nothing;
}

void guard(http::Response& response, std::string type, std::string_view name) {
  response.header("content-type", std::move(type))
      .header("content-disposition", files::attachment(name))
      .header("x-content-type-options", "nosniff")
      .header("content-security-policy", "sandbox; default-src 'none'")
      .header("cache-control", "private, no-cache");
}

}  // namespace

http::Response download(http::Stream stream, std::string type, std::string_view name) {
  http::Response response;
  guard(response, std::move(type), name);
  response.stream = std::move(stream);
  return response;
}

http::Response download(const http::Request& request, files::Reading file, std::string_view type, std::string_view name,
                        std::string_view etag) {
  const std::string tag = etag.empty() ? std::string() : '"' + std::string(etag) + '"';
  http::Response response;
  guard(response, std::string(type), name);
  if (!tag.empty()) response.header("etag", tag).header("accept-ranges", "bytes");
  if (!tag.empty() && request.header("if-none-match").find(tag) != std::string_view::npos) {
    response.status = 304;
    return response;
  }
  const auto size = file.size();
  Range range{0, size};
  const auto condition = request.header("if-range");
  const auto asked = !tag.empty() && (condition.empty() || condition == tag)
                         ? read_range(request.header("range"), size, range)
                         : Asked::all;
  if (asked == Asked::nothing) {
    response.status = 416;
    return std::move(response).header("content-range", "bytes */" + std::to_string(size));
  }
  if (asked == Asked::part) {
    response.status = 206;
    response.header("content-range", "bytes " + std::to_string(range.first) + '-' +
                                         std::to_string(range.first + range.length - 1) + '/' + std::to_string(size));
  }
  response.length = range.length;
  // A Stream is copied as a std::function is; the file is not.
  response.stream = [file = std::make_shared<files::Reading>(std::move(file)), at = range.first,
                     end = range.first + range.length](std::string& piece) mutable {
    file->read(at, std::size_t(std::min<std::uint64_t>(piece_size, end - at)), piece);
    at += piece.size();
    return at < end;
  };
  return response;
}

}  // namespace polder::web
