#include "kernel/fields/schema.h"

namespace polder::fields {

json::object schema(const Field& f) {
  switch (f.kind) {
    case Kind::line:
    case Kind::text:
      return {{"type", "string"}, {"minLength", 1}, {"maxLength", f.max}};
    case Kind::email:
      return {{"type", "string"}, {"format", "email"}, {"maxLength", f.max}};
    case Kind::password:
      return {{"type", "string"}, {"format", "password"}, {"minLength", 1}, {"maxLength", f.max}, {"writeOnly", true}};
    case Kind::slug:
      return {{"type", "string"}, {"pattern", "^[a-z0-9]+(-[a-z0-9]+)*$"}, {"minLength", 2}, {"maxLength", f.max}};
    case Kind::address:
      return {{"type", "string"}, {"format", "uri"}, {"pattern", "^https?://."}, {"maxLength", f.max}};
    case Kind::number:
      return {{"type", "integer"}, {"minimum", f.min}, {"maximum", f.max}};
    case Kind::decimal:
      return {{"type", json::array{"string", "number"}},
              {"pattern", f.places == 0 ? "^[0-9]+$" : "^[0-9]+([.,][0-9]{1," + std::to_string(f.places) + "})?$"},
              {"minimum", 0},
              {"maximum", f.max}};
    case Kind::flag:
      return {{"type", "boolean"}, {"default", false}};
    case Kind::date:
      return {{"type", "string"}, {"format", "date"}};
    case Kind::moment:
      return {{"type", "string"}, {"format", "date-time"}};
    case Kind::wall_time:
      return {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"}};
    case Kind::id:
      return {{"type", "string"}, {"pattern", "^[0-7][0-9a-hjkmnp-tv-z]{12}$"}};
    case Kind::choice:
      return {{"type", "string"}, {"enum", json::array(f.options.begin(), f.options.end())}};
    case Kind::choices:
      return {{"type", "array"},
              {"maxItems", f.max},
              {"items", json::object{{"type", "string"}, {"enum", json::array(f.options.begin(), f.options.end())}}}};
    case Kind::file:
      return {{"type", "object"},
              {"required", json::array{"name", "base64"}},
              {"additionalProperties", false},
              {"properties", json::object{{"name", json::object{{"type", "string"}, {"maxLength", 255}}},
                                          {"base64", json::object{{"type", "string"},
                                                                  {"contentEncoding", "base64"},
                                                                  {"maxLength", (f.max + 2) / 3 * 4}}}}}};
    case Kind::list:
      return {{"type", "array"}, {"maxItems", f.max}, {"items", schema(f.fields.front())}};
    case Kind::group: {
      json::object properties;
      json::array required;
      for (const Field& member : f.fields) {
        properties.emplace(member.name, schema(member));
        if (member.required) required.push_back(json::string(member.name));
      }
      json::object out{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
      if (!required.empty()) out.emplace("required", std::move(required));
      return out;
    }
  }
  return {};
}

}  // namespace polder::fields
