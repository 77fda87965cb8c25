#include "kernel/web/finish.h"

#include <zlib.h>

#include <stdexcept>

#include "kernel/base/encode.h"
#include "kernel/crypto/crypto.h"
#include "kernel/http/policy.h"

namespace polder::web {

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;
  if (deflateInit2(&stream, 6, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  std::string out(deflateBound(&stream, bytes.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib's interface predates const
  stream.avail_in = uInt(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = uInt(out.size());
  const int end = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (end != Z_STREAM_END) throw std::logic_error("gzip: the bound was too small");
  return out;
}

namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

/// The part before `mark`, trimmed; `rest` is left with what follows it.
std::string_view next(std::string_view& rest, char mark) {
  const auto end = std::min(rest.find(mark), rest.size());
  const auto piece = trimmed(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return piece;
}

Form form(Headers headers, std::string body) {
  const std::string tag = '"' + hex(crypto::view(crypto::sha256(body)).substr(0, 12)) + '"';
  headers.emplace_back("etag", tag);
  Headers short_headers;
  for (const auto& header : headers)
    if (header.first == "etag" || header.first == "vary" || header.first == "cache-control")
      short_headers.push_back(header);
  const auto with = [](int status, Headers h, std::string b) {
    return http::finish({.status = status,
                         .headers = std::move(h),
                         .body = std::make_shared<const std::string>(std::move(b)),
                         .stream = {}});
  };
  return {with(200, std::move(headers), std::move(body)), with(304, std::move(short_headers), {}), tag};
}

}  // namespace

const std::shared_ptr<const http::Finished>& Form::answer_to(std::string_view if_none_match) const {
  // A tag is 24 digits of a hash in quotes: wherever it stands in the list, weak or strong, it is this one.
  const bool has_it = if_none_match == "*" || if_none_match.find(tag) != if_none_match.npos;
  return has_it ? unchanged : answer;
}

Forms finish(const Headers& headers, std::string body) {
  Headers varying = headers;
  varying.emplace_back("vary", "accept-encoding, cookie, accept-language");
  std::string packed = gzip(body);
  if (packed.size() + 64 >= body.size()) {
    const Form only = form(std::move(varying), std::move(body));
    return {only, only};
  }
  Headers packed_headers = varying;
  packed_headers.emplace_back("content-encoding", "gzip");
  return {form(std::move(varying), std::move(body)), form(std::move(packed_headers), std::move(packed))};
}

bool takes_gzip(std::string_view accept_encoding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    std::string_view parameters = next(accept_encoding, ',');
    const std::string_view coding = next(parameters, ';');
    std::string_view weight = trimmed(parameters);
    const bool refused =
        (weight.starts_with("q=") || weight.starts_with("Q=")) && weight.find_first_not_of("0.", 2) == weight.npos;
    if (http::equal_ignoring_case(coding, "gzip") || http::equal_ignoring_case(coding, "x-gzip")) return !refused;
    if (coding == "*") any = !refused;
  }
  return any;
}

Headers page_headers() {
  return {{"content-type", "text/html; charset=utf-8"},
          {"content-security-policy",
           "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
           "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
          {"referrer-policy", "same-origin"},
          {"x-content-type-options", "nosniff"},
          {"x-frame-options", "DENY"},
          {"cross-origin-opener-policy", "same-origin"},
          {"permissions-policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"}};
}

}  // namespace polder::web
