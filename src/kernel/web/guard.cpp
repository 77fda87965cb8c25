#include "kernel/web/guard.h"

namespace polder::web {

Done same_site(const http::Request& request) {
  using http::Method;
  if (request.method == Method::get || request.method == Method::head || request.method == Method::options) return {};
  const auto forged = [](std::string_view how) { return refuse(Why::forbidden, {"web.forged"}, std::string(how)); };
  const std::string_view origin = request.header("origin");
  if (const auto site = request.header("sec-fetch-site"); !site.empty()) {
    if (site != "same-origin" && site != "none") return forged("sec-fetch-site");
  } else if (origin.empty()) {
    // No browser of the last years sends an unsafe request with cookies and without one of the two headers.
    return request.header("cookie").empty() ? Done{} : forged("no origin");
  }
  if (origin.empty()) return {};
  const std::string_view host = origin.substr(std::min(origin.size(), origin.find("://") + 3));
  return host == request.host ? Done{} : forged("origin");
}

std::string_view cookie(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const auto end = header.find(';');
    std::string_view pair = header.substr(0, end);
    header.remove_prefix(end == header.npos ? header.size() : end + 1);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return pair.substr(name.size() + 1);
  }
  return {};
}

std::string set_cookie(std::string_view name, std::string_view value, std::int64_t max_age_s, bool secure) {
  std::string out(name);
  out += '=';
  out += value;
  out += "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(max_age_s);
  if (secure) out += "; Secure";
  return out;
}

}  // namespace polder::web
