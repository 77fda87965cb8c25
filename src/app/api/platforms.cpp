// GET /api/v1/platforms: where each platform and its record are, and the key that checks it. And all routes of this
// folder.
#include "app/api/api.h"
#include "app/pages/pages.h"
#include "people/letters.h"

namespace polder::app {

namespace json = boost::json;

http::Response list_platforms(Visit& visit) {
  json::array out;
  for (const auto& platform : visit.platforms()) {
    const auto verifier = visit.house.logs.verifier(platform->id);
    if (!verifier) return visit.json_refusal(verifier.error());
    out.push_back(json::object{
        {"slug", platform->slug},
        {"name", platform->name(visit.t.language())},
        {"url", people::address_of(visit.house, *platform, {})},
        {"record",
         {{"url", people::address_of(visit.house, *platform, "record")}, {"vkey", record::vkey(*verifier)}}}});
  }
  return visit.json(200, out);
}

void add_api(House& house) {
  constexpr std::size_t act_limit = web::upload_limit;
  house.routes.add(
      {http::Method::post, "/api/v1/acts/{name}", web::Door::token, web::Keep::nothing, act_limit, perform_act});
  house.routes.add({http::Method::get, "/api/v1/platforms", web::Door::anyone, web::Keep::nothing, 0, list_platforms});
  // Made when it is first asked for, when every room has moved in, and the same from then on.
  house.routes.add(
      {http::Method::get, "/api/v1/openapi.json", web::Door::anyone, web::Keep::nothing, 0,
       [made = std::make_shared<std::once_flag>(), document = std::make_shared<std::string>()](Visit& visit) {
         std::call_once(*made, [&] { *document = json::serialize(openapi(visit.house)); });
         return http::Response{.status = 200,
                               .headers = {{"content-type", "application/json"},
                                           {"cache-control", "no-cache"},
                                           {"x-content-type-options", "nosniff"}},
                               .body = std::shared_ptr<const std::string>(document),
                               .stream = {}};
       }});
}

}  // namespace polder::app
