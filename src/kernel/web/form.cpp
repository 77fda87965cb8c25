#include "kernel/web/form.h"

#include "kernel/base/encode.h"
#include "kernel/http/policy.h"
#include "kernel/text/text.h"

namespace polder::web {
namespace {

namespace json = boost::json;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t most_fields = 2'000, most_depth = 6, longest_name = 200;

std::unexpected<Refusal> broken(std::string_view cause) {
  return refuse(Why::invalid, {"web.form-broken"}, std::string(cause));
}

/// Puts `value` at the dotted path, or says false when the path runs through something that is not an object.
bool put(json::object& root, std::string_view path, json::value value) {
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

/// One parameter of a header value: boundary=…, name="…" (RFC 9110 §5.6.6); backslash escapes inside quotes.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  std::size_t at = header.find(';');
  while (at != header.npos) {
    header.remove_prefix(at + 1);
    while (header.starts_with(' ')) header.remove_prefix(1);
    const auto equals = header.find('=');
    if (equals == header.npos) return std::nullopt;
    std::string key(header.substr(0, equals));
    for (char& c : key)
      if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    header.remove_prefix(equals + 1);
    std::string value;
    if (header.starts_with('"')) {
      std::size_t i = 1;
      for (; i < header.size() && header[i] != '"'; ++i) {
        if (header[i] == '\\' && i + 1 < header.size() && (header[i + 1] == '"' || header[i + 1] == '\\')) ++i;
        value += header[i];
      }
      if (i >= header.size()) return std::nullopt;
      header.remove_prefix(i + 1);
    } else {
      const auto end = header.find(';');
      value = header.substr(0, end);
      while (value.ends_with(' ')) value.pop_back();
      header.remove_prefix(end == header.npos ? header.size() : end);
    }
    if (key == name) return value;
    at = header.find(';');
  }
  return std::nullopt;
}

Result<json::object> read_urlencoded(std::string_view body) {
  TRY(const Pairs pairs, read_query(body));
  json::object out;
  for (const auto& [name, value] : pairs)
    if (!put(out, name, json::string(value))) return broken("field name");
  return out;
}

/// What browsers escape in a field's name or file name (WHATWG HTML, multipart/form-data encoding): %22, %0D, %0A.
std::string unescape_name(std::string name) {
  for (const auto& [from, to] : {std::pair{"%22", "\""}, std::pair{"%0D", "\r"}, std::pair{"%0A", "\n"}})
    for (std::size_t at = 0; (at = name.find(from, at)) != std::string::npos; ++at) name.replace(at, 3, to);
  return name;
}

Result<json::object> read_multipart(std::string_view content_type, std::string_view body) {
  const auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70) return broken("no boundary");
  const std::string mark = "--" + *boundary;
  if (!body.starts_with(mark)) return broken("first boundary");
  body.remove_prefix(mark.size());
  json::object out;
  for (std::size_t fields = 0;; ++fields) {
    if (body.starts_with("--")) return out;
    if (fields == most_fields || !body.starts_with("\r\n")) return broken("too many fields, or a broken boundary");
    body.remove_prefix(2);
    const auto head_end = body.find("\r\n\r\n");
    if (head_end == body.npos || head_end > 4'000) return broken("part header");
    std::string_view head = body.substr(0, head_end);
    body.remove_prefix(head_end + 4);
    const auto end = body.find("\r\n" + mark);
    if (end == body.npos) return broken("truncated part");
    const std::string_view content = body.substr(0, end);
    body.remove_prefix(end + 2 + mark.size());

    std::optional<std::string> name, file;
    while (!head.empty()) {
      const auto line_end = head.find("\r\n");
      const std::string_view line = head.substr(0, line_end);
      head.remove_prefix(line_end == head.npos ? head.size() : line_end + 2);
      std::string lower(line.substr(0, 20));
      for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
      if (lower.starts_with("content-disposition:")) {
        name = parameter(line, "name");
        file = parameter(line, "filename");
      }
    }
    if (!name) return broken("part without a name");
    if (file) {
      // A file field left empty is sent with an empty name: nothing was chosen.
      if (file->empty() && content.empty()) continue;
      if (!put(out, unescape_name(*name), json::object{{"name", unescape_name(*file)}, {"base64", base64(content)}}))
        return broken("field name");
    } else if (!put(out, unescape_name(*name), json::string(content))) {
      return broken("field name");
    }
  }
}

}  // namespace

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
