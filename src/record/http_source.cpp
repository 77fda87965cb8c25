#include "record/http_source.h"

#include <curl/curl.h>

#include <array>
#include <new>
#include <stdexcept>
#include <utility>

namespace polder::record {
namespace {

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

void need_curl() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!ready) throw std::runtime_error("libcurl does not start on this machine");
}

std::string part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return {};
  const std::unique_ptr<char, decltype(&curl_free)> hold(text, &curl_free);
  return text;
}

/// A body as it comes in; refuses the byte that would be one too many, also when that byte was compressed away.
struct Body {
  std::string bytes;
  bool too_large = false;

  static std::size_t take(char* data, std::size_t, std::size_t n, void* self) {
    auto& body = *static_cast<Body*>(self);
    body.too_large = n > max_resource - body.bytes.size();
    if (body.too_large) return 0;
    body.bytes.append(data, n);
    return n;
  }
};

}  // namespace

struct HttpSource::Connection {
  std::unique_ptr<CURL, FreeEasy> easy{curl_easy_init()};
};

HttpSource::HttpSource(std::string address, std::unique_ptr<Connection> connection)
    : address_(std::move(address)), connection_(std::move(connection)) {}
HttpSource::HttpSource(HttpSource&&) noexcept = default;
HttpSource& HttpSource::operator=(HttpSource&&) noexcept = default;
HttpSource::~HttpSource() = default;

Result<HttpSource> HttpSource::open(std::string_view address, HttpLimits limits) {
  need_curl();
  std::string base(address.substr(0, address.find_last_not_of('/') + 1));
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK ||
      (part(url.get(), CURLUPART_SCHEME) != "http" && part(url.get(), CURLUPART_SCHEME) != "https") ||
      base.find_first_of("?#") != std::string::npos || !part(url.get(), CURLUPART_USER).empty() ||
      !part(url.get(), CURLUPART_PASSWORD).empty())
    return refuse(Why::invalid, {"record.fetch-address", {{"address", std::string(address)}}});

  auto connection = std::make_unique<Connection>();
  CURL* const easy = connection->easy.get();
  if (easy == nullptr) throw std::bad_alloc();
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, limits.connect_seconds);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT, limits.request_seconds);
  // A log may answer with gzip whether it was asked to or not (tlog-tiles, "Entry bundles").
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "polder-record-audit");
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Body::take);
  return HttpSource(std::move(base), std::move(connection));
}

Result<std::string> HttpSource::fetch(std::string_view path) {
  CURL* const easy = connection_->easy.get();
  const std::string url = address_ + "/" + std::string(path);
  Body body;
  std::array<char, CURL_ERROR_SIZE> fault{};
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, fault.data());
  const CURLcode code = curl_easy_perform(easy);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, nullptr);

  if (body.too_large) return refuse(Why::too_large, {"record.fetch-too-large", {{"path", url}}});
  if (code != CURLE_OK) {
    const std::string cause = fault.front() != '\0' ? fault.data() : curl_easy_strerror(code);
    return refuse(Why::unavailable, {"record.fetch-failed", {{"path", url}}}, cause);
  }
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  if (status == 404 || status == 410) return refuse(Why::not_found, {"record.fetch-missing", {{"path", url}}});
  char* elsewhere = nullptr;
  curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &elsewhere);
  if (elsewhere != nullptr)
    return refuse(Why::unavailable, {"record.fetch-redirect", {{"path", url}, {"to", std::string(elsewhere)}}});
  if (status != 200)
    return refuse(Why::unavailable, {"record.fetch-status", {{"path", url}, {"status", std::int64_t(status)}}});
  return std::move(body.bytes);
}

}  // namespace polder::record
