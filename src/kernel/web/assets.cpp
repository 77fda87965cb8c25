#include "kernel/web/assets.h"

#include <boost/json.hpp>
#include <map>

#include "kernel/base/embedded.h"
#include "kernel/web/finish.h"

namespace polder::web {
namespace {

std::string_view media_type(std::string_view path) {
  if (path.ends_with(".css")) return "text/css; charset=utf-8";
  if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (path.ends_with(".svg")) return "image/svg+xml";
  if (path.ends_with(".woff2")) return "font/woff2";
  if (path.ends_with(".json")) return "application/json";
  return "text/plain; charset=utf-8";
}

struct Assets {
  std::map<std::string, html::Url, std::less<>> urls;
  std::map<std::string, Forms, std::less<>> files;

  Assets() {
    for (const auto& file : embedded_below("assets/"))
      files.emplace("/" + std::string(file.path), finish({{"content-type", std::string(media_type(file.path))},
                                                          {"cache-control", "public, max-age=31536000, immutable"},
                                                          {"x-content-type-options", "nosniff"}},
                                                         std::string(file.bytes)));
    if (const auto manifest = embedded("assets/manifest.json")) {
      // Named: a range-for over a member of a temporary would outlive it (before C++23's P2718, which g++ 12 lacks).
      const boost::json::value names = boost::json::parse(boost::json::string_view(manifest->data(), manifest->size()));
      for (const auto& [name, hashed] : names.as_object())
        urls.emplace(std::string(name), html::Url::local("/assets/" + std::string(hashed.as_string())));
    }
  }
};

const Assets& assets() {
  static const Assets all;
  return all;
}

}  // namespace

const html::Url& asset(std::string_view name) {
  static const html::Url nowhere = html::Url::local("/assets/missing");
  const auto found = assets().urls.find(name);
  return found == assets().urls.end() ? nowhere : found->second;
}

html::Html icon(std::string_view name, std::string_view classes) {
  return html::icon(asset("icons.svg"), name, classes);
}

std::shared_ptr<const http::Finished> asset_at(std::string_view path, bool gzip) {
  const auto found = assets().files.find(path);
  if (found == assets().files.end()) return nullptr;
  return gzip ? found->second.compressed.answer : found->second.plain.answer;
}

}  // namespace polder::web
