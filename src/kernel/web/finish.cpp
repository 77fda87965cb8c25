#include "kernel/web/finish.h"

#include <zlib.h>

#include <stdexcept>

#include "kernel/base/encode.h"
#include "kernel/crypto/crypto.h"

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

std::string_view reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 404: return "Not Found";
    case 410: return "Gone";
    default: return "";
  }
}

std::shared_ptr<const http::Finished> finish(int status, const Headers& headers, std::string body, Coding coding) {
  auto out = std::make_shared<http::Finished>();
  const bool compressed = coding == Coding::gzip && body.size() > 256;
  out->body = compressed ? gzip(body) : std::move(body);
  out->head = "HTTP/1.1 " + std::to_string(status) + ' ' + std::string(reason(status)) + "\r\n";
  for (const auto& [name, value] : headers) out->head += name + ": " + value + "\r\n";
  if (coding != Coding::none) out->head += "vary: accept-encoding, cookie, accept-language\r\n";
  if (compressed) out->head += "content-encoding: gzip\r\n";
  out->head += "etag: \"" + hex(crypto::view(crypto::sha256(out->body)).substr(0, 12)) + "\"\r\n";
  out->head += "content-length: " + std::to_string(out->body.size()) + "\r\n";
  return out;
}

bool takes_gzip(std::string_view accept_encoding) {
  const auto at = accept_encoding.find("gzip");
  return at != accept_encoding.npos && !accept_encoding.substr(at).starts_with("gzip;q=0");
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
