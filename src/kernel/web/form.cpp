#include "kernel/web/form.h"

#include "kernel/base/encode.h"
#include "kernel/http/policy.h"
#include "kernel/text/text.h"
#include "kernel/web/multipart.h"

namespace polder::web {
namespace {

namespace json = boost::json;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t most_fields = 2'000, most_depth = 6, longest_name = 200;

std::unexpected<Refusal> broken(std::string_view cause) {
  return refuse(Why::invalid, {"web.form-broken"}, std::string(cause));
}

Result<json::object> read_urlencoded(std::string_view body) {
  TRY(const Pairs pairs, read_query(body));
  json::object out;
  for (const auto& [name, value] : pairs)
    if (!put_field(out, name, json::string(value))) return broken("field name");
  return out;
}

/// The parts of a form that is in memory whole, its files as JSON.
class Fields final : public Multipart::Listener {
 public:
  Done begin(Multipart::Part part) override {
    part_ = std::move(part);
    content_.clear();
    return {};
  }
  Done data(std::string_view bytes) override {
    content_ += bytes;
    return {};
  }
  Done end() override {
    // A file field left empty is sent with an empty name: nothing was chosen.
    if (part_.file && part_.file->empty() && content_.empty()) return {};
    json::value value = json::string(content_);
    if (part_.file) value = json::object{{"name", *part_.file}, {"base64", base64(content_)}};
    return put_field(read, part_.name, std::move(value)) ? Done{} : broken("field name");
  }
  json::object read;

 private:
  Multipart::Part part_;
  std::string content_;
};

Result<json::object> read_multipart(std::string_view content_type, std::string_view body) {
  Fields fields;
  TRY(Multipart parts, Multipart::of(content_type, fields));
  CHECK_DONE(parts.take(body));
  CHECK_DONE(parts.finish());
  return std::move(fields.read);
}

}  // namespace

bool put_field(json::object& root, std::string_view path, json::value value) {
  if (path.empty() || path.size() > longest_name || !text::valid_utf8(path)) return false;
  json::object* at = &root;
  for (std::size_t depth = 0; depth < most_depth; ++depth) {
    const auto dot = path.find('.');
    const json::string_view key(path.data(), dot == path.npos ? path.size() : dot);
    if (dot == path.npos) {
      json::value& slot = (*at)[key];
      if (slot.is_null()) {
        slot = std::move(value);
      } else if (auto* several = slot.if_array()) {
        several->push_back(std::move(value));
      } else if (slot.is_object() && slot.get_object().if_contains("base64") == nullptr) {
        return false;
      } else {
        json::array both;
        both.push_back(std::move(slot));
        both.push_back(std::move(value));
        slot = std::move(both);
      }
      return true;
    }
    json::value& next = (*at)[key];
    if (next.is_null()) next = json::object{};
    at = next.if_object();
    if (at == nullptr) return false;
    path.remove_prefix(dot + 1);
  }
  return false;
}

Result<Pairs> read_query(std::string_view query) {
  Pairs out;
  while (!query.empty()) {
    const auto end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(end == query.npos ? query.size() : end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = unpercent(pair.substr(0, equals), true);
    auto value = unpercent(equals == pair.npos ? std::string_view{} : pair.substr(equals + 1), true);
    if (!name || !value || out.size() == most_fields) return broken("query");
    out.emplace_back(*std::move(name), *std::move(value));
  }
  return out;
}

std::string query_value(std::string_view query, std::string_view name) {
  if (const auto pairs = read_query(query))
    for (const auto& [key, value] : *pairs)
      if (key == name) return value;
  return {};
}

Result<json::object> read_json(std::string_view body) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = 32;
  json::value value = json::parse(json::string_view(body.data(), body.size()), error, {}, options);
  if (error || !value.is_object()) return refuse(Why::invalid, {"web.json-broken"}, error.message());
  return std::move(value.get_object());
}

Result<json::object> read_body(std::string_view content_type, std::string_view body) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  const auto is = [&](std::string_view known) { return http::equal_ignoring_case(type, known); };
  if (is("multipart/form-data")) return read_multipart(content_type, body);
  if (is("application/json")) return read_json(body);
  if (is("") || is("application/x-www-form-urlencoded")) return read_urlencoded(body);
  return refuse(Why::invalid, {"web.content-type"});
}

}  // namespace polder::web
