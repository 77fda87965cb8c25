// The OpenAPI document (3.1.0), from what the acts and routes say of themselves. Nothing about an act is written here.
#include "app/api/api.h"
#include "kernel/fields/schema.h"
#include "kernel/i18n/voice.h"

namespace polder::app {
namespace {

namespace json = boost::json;
using people::House;

json::object ref(std::string_view name) { return {{"$ref", "#/components/" + std::string(name)}}; }

json::object of_type(std::string_view type) { return {{"type", type}}; }

json::object answer(std::string_view words, json::object schema) {
  return {{"description", words}, {"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
}

json::object refusals(json::object responses) {
  responses.emplace("default", ref("responses/Refused"));
  return responses;
}

std::string operation_id(std::string_view method, std::string_view path) {
  std::string out(method);
  bool up = true;
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) out += up && c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    up = !letter;
  }
  return out;
}

json::object act_operation(const record::ActKind& kind, const std::string& words) {
  const json::object body{
      {"type", "object"},
      {"required", json::array{"fields"}},
      {"additionalProperties", false},
      {"properties",
       {{"platform",
         {{"type", "string"}, {"description", "The platform's name in addresses. Without it: the server itself."}}},
        {"fields", fields::schema(kind.fields)}}}};
  return {{"operationId", operation_id("do", kind.name)},
          {"summary", words},
          {"tags", json::array{"acts"}},
          {"security", json::array{json::object{{"token", json::array{}}}}},
          {"parameters", json::array{ref("parameters/IdempotencyKey")}},
          {"requestBody", {{"required", true}, {"content", {{"application/json", {{"schema", body}}}}}}},
          {"responses", refusals({{"201", ref("responses/Recorded")}})}};
}

json::object parameter(std::string name, std::string_view in, bool required = true) {
  return {{"name", std::move(name)}, {"in", in}, {"required", required}, {"schema", of_type("string")}};
}

/// "/api/v1/{platform}/consultations/{rest…}" and its parameters.
json::array parameters_of(std::string& path) {
  for (std::size_t at = 0; (at = path.find("…", at)) != path.npos;) path.erase(at, std::string_view("…").size());
  json::array parameters;
  for (std::size_t at = 0; (at = path.find('{', at)) != path.npos; ++at)
    parameters.push_back(parameter(path.substr(at + 1, path.find('}', at) - at - 1), "path"));
  return parameters;
}

json::object send_operation(std::string& path, const web::Upload<people::Visit>& upload) {
  json::array parameters = parameters_of(path);
  parameters.push_back(parameter("name", "query"));
  for (const std::string& told : upload.told) parameters.push_back(parameter(told, "query", false));
  return {{"operationId", operation_id("send", path)},
          {"summary", "Send a file to " + path},
          {"tags", json::array{"files"}},
          {"security", json::array{json::object{{"token", json::array{}}}}},
          {"parameters", std::move(parameters)},
          {"requestBody", {{"required", true}, {"content", {{"*/*", json::object{}}}}}},
          {"responses", refusals({{"201", answer("Kept, durable and recorded.", ref("schemas/Sent"))}})}};
}

json::object read_operation(std::string& path) {
  json::array parameters = parameters_of(path);
  json::object out{
      {"operationId", operation_id("read", path)}, {"summary", "Read " + path}, {"tags", json::array{"reading"}}};
  if (!parameters.empty()) out.emplace("parameters", std::move(parameters));
  out.emplace("responses", refusals({{"200", answer("What is there to read.", {})}}));
  return out;
}

json::object components() {
  const json::object field{
      {"type", "object"},
      {"required", json::array{"field", "code", "message"}},
      {"properties", {{"field", of_type("string")}, {"code", of_type("string")}, {"message", of_type("string")}}}};
  const json::object refusal{{"type", "object"},
                             {"required", json::array{"error"}},
                             {"properties",
                              {{"error",
                                {{"type", "object"},
                                 {"required", json::array{"code", "message"}},
                                 {"properties",
                                  {{"code", of_type("string")},
                                   {"message", of_type("string")},
                                   {"incident", of_type("string")},
                                   {"fields", {{"type", "array"}, {"items", field}}}}}}}}}};
  const json::object recorded{{"type", "object"},
                              {"required", json::array{"act", "position", "made", "location", "receipt"}},
                              {"properties",
                               {{"act", of_type("string")},
                                {"position", {{"type", "integer"}, {"minimum", 0}}},
                                {"made", {{"type", json::array{"string", "null"}}}},
                                {"location", {{"type", json::array{"string", "null"}}, {"format", "uri"}}},
                                {"receipt",
                                 {{"type", "object"},
                                  {"required", json::array{"url"}},
                                  {"properties", {{"url", {{"type", "string"}, {"format", "uri"}}}}}}}}}};
  const json::object sent{{"type", "object"},
                          {"required", json::array{"file", "name", "size", "sha256"}},
                          {"properties",
                           {{"file", of_type("string")},
                            {"name", of_type("string")},
                            {"size", {{"type", "integer"}, {"minimum", 0}}},
                            {"sha256", of_type("string")}}}};
  return {
      {"securitySchemes",
       {{"token",
         {{"type", "http"},
          {"scheme", "bearer"},
          {"description", "An API token from the page of your account, made for reading, for acting, or for both."}}}}},
      {"parameters",
       {{"IdempotencyKey",
         {{"name", "Idempotency-Key"},
          {"in", "header"},
          {"required", false},
          {"description", "Sent twice with the same key, an act is done once and answered alike."},
          {"schema", {{"type", "string"}, {"maxLength", 200}}}}}}},
      {"responses",
       {{"Recorded", answer("Done, durable and recorded.", ref("schemas/Recorded"))},
        {"Refused", answer("Why not, in words; nothing was changed.", ref("schemas/Refusal"))}}},
      {"schemas", {{"Recorded", recorded}, {"Refusal", refusal}, {"Sent", sent}}}};
}

}  // namespace

json::object openapi(const House& house) {
  const auto t = house.voice(i18n::Language::en);
  json::object paths;
  house.routes.each([&](const web::Route<people::Visit>& route) {
    if (!route.pattern.starts_with("/api/")) return;
    std::string path = route.pattern;
    if (route.method == http::Method::get) {
      json::object operation = read_operation(path);
      paths.emplace(path, json::object{{"get", std::move(operation)}});
    } else if (route.method == http::Method::put && route.upload) {
      json::object operation = send_operation(path, *route.upload);
      paths.emplace(path, json::object{{"put", std::move(operation)}});
    }
  });
  for (const auto& [name, kind] : house.acts.all()) {
    const auto* word = house.words.act(name);
    paths.emplace("/api/v1/acts/" + name,
                  json::object{{"post", act_operation(kind, word != nullptr ? t(word->words) : name)}});
  }
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "Polder"},
            {"version", POLDER_VERSION},
            {"summary", "Platforms for the co-creation of public value"},
            {"license", {{"name", "EUPL-1.2"}, {"identifier", "EUPL-1.2"}}}}},
          {"servers", json::array{json::object{{"url", house.settings.base_url}}}},
          {"paths", std::move(paths)},
          {"components", components()}};
}

}  // namespace polder::app
