#include "app/error_page.h"

#include <boost/json.hpp>

#include "kernel/web/finish.h"
#include "kernel/web/shell.h"

namespace polder::app {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)

struct Told {
  Message title, words;
};

/// What a person can understand of a status, and what they can do. Those that only broken programs see share one text.
Told told(int status) {
  switch (status) {
    case 404:
      return {Message{"app.error-404"}, Message{"app.error-404-words"}};
    case 405:
      return {Message{"app.error-405"}, Message{"app.error-405-words"}};
    case 408:
      return {Message{"app.error-408"}, Message{"app.error-408-words"}};
    case 413:
      return {Message{"app.error-413"}, Message{"app.error-413-words"}};
    case 421:
      return {Message{"app.error-421"}, Message{"app.error-421-words"}};
    case 500:
      return {Message{"app.error-500"}, Message{"app.error-500-words"}};
    case 503:
      return {Message{"app.error-503"}, Message{"app.error-503-words"}};
    default:
      return {Message{"app.error-request"}, Message{"app.error-request-words"}};
  }
}

std::string code_of(int status) {
  switch (status) {
    case 404:
      return "app.error-404";
    case 405:
      return "app.error-405";
    case 413:
      return "app.error-413";
    case 421:
      return "app.error-421";
    case 500:
      return "app.error-500";
    case 503:
      return "app.error-503";
    default:
      return "app.error-request";
  }
}

}  // namespace

std::string error_page(const i18n::Voice& t, int status, const std::string& incident) {
  const Told what = told(status);
  const std::string title = t(what.title);
  web::Shell shell{.title = title,
                   .brand = "Polder",
                   .navigation = {},
                   .footer = {},
                   .languages = {},
                   .account = {},
                   .person = {},
                   .house_style = {},
                   .demo = {}};
  const Html number = incident.empty() ? Html{} : p(cls("quiet"), t("app.incident"), " ", code(incident));
  return web::page(t, shell,
                   div(cls("fault stack"), h1(title), p(t(what.words)), number,
                       p(cls("actions"), web::plain_button(t("app.to-the-start"), Url::local("/")))));
}

http::Response error_response(const i18n::Voice& t, const http::Request& request, int status,
                              const std::string& incident) {
  http::Response response{.status = status, .headers = {{"cache-control", "no-store"}}, .body = {}, .stream = {}};
  if (request.path.starts_with("/api/")) {
    boost::json::object error{{"code", code_of(status)}, {"message", t(told(status).words)}};
    if (!incident.empty()) error.emplace("incident", incident);
    response.headers.emplace_back("content-type", "application/json");
    response.body =
        std::make_shared<const std::string>(boost::json::serialize(boost::json::object{{"error", std::move(error)}}));
  } else {
    for (auto& header : web::page_headers()) response.headers.push_back(std::move(header));
    response.body = std::make_shared<const std::string>(error_page(t, status, incident));
  }
  if (status == 503) response.headers.emplace_back("retry-after", "5");
  return response;
}

}  // namespace polder::app
