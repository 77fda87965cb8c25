#include "kernel/http/policy.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <utility>

#include "kernel/base/encode.h"
#include "kernel/text/text.h"

namespace polder::http {
namespace {

constexpr char lower_char(char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return lower_char(c) >= 'a' && lower_char(c) <= 'z'; }
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::string_view trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

/// The last element of a comma-separated list, which is cut from it.
std::string_view take_last(std::string_view& list) {
  auto comma = list.rfind(',');
  auto last = comma == list.npos ? list : list.substr(comma + 1);
  list = comma == list.npos ? std::string_view() : list.substr(0, comma);
  return trim(last);
}

// The headers this file reads or that must stand alone. RFC 9110 §5.3: a field that is not a list must not repeat; a
// repeated one here would let a proxy and Polder each believe another.
enum class Known : std::uint8_t {
  host,
  content_length,
  transfer_encoding,
  expect,
  cookie,
  accept_language,
  accept_encoding,
  if_none_match,
  content_type,
  authorization,
  origin,
  sec_fetch_site,
  idempotency_key,
};
struct Rule {
  std::string_view name;
  bool once;
};
constexpr std::array<Rule, 13> rules = {{{"host", true},
                                         {"content-length", true},
                                         {"transfer-encoding", true},
                                         {"expect", true},
                                         {"cookie", true},
                                         {"accept-language", false},
                                         {"accept-encoding", false},
                                         {"if-none-match", true},
                                         {"content-type", true},
                                         {"authorization", true},
                                         {"origin", true},
                                         {"sec-fetch-site", true},
                                         {"idempotency-key", true}}};

std::optional<Known> known(std::string_view name) {
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (equal_ignoring_case(name, rules[i].name)) return Known(i);
  return {};
}

std::optional<std::uint64_t> parse_length(std::string_view digits) {
  if (digits.empty() || digits.size() > 18) return {};
  std::uint64_t n = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  return n;
}

bool needs_length(Method m) { return m == Method::post || m == Method::put || m == Method::patch; }

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower_char(a[i]) != lower_char(b[i])) return false;
  return true;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower_char(c);
  return out;
}

Method method_of(std::string_view token) {
  if (token == "GET") return Method::get;
  if (token == "HEAD") return Method::head;
  if (token == "POST") return Method::post;
  if (token == "PUT") return Method::put;
  if (token == "PATCH") return Method::patch;
  if (token == "DELETE") return Method::del;
  if (token == "OPTIONS") return Method::options;
  return Method::other;
}

bool valid_host(std::string_view host) {
  if (host.empty() || host.size() > max_host) return false;
  std::string_view port;
  if (host.front() == '[') {
    auto close = host.find(']');
    if (close == host.npos) return false;
    auto address = host.substr(1, close - 1);
    if (address.find(':') == address.npos || !canonical_address(address)) return false;
    port = host.substr(close + 1);
  } else {
    auto colon = host.find(':');
    auto name = host.substr(0, colon);
    if (name.empty() || name.front() == '.' || name.front() == '-') return false;
    for (char c : name)
      if (!is_alpha(c) && !is_digit(c) && c != '-' && c != '.' && c != '_') return false;
    if (name.find("..") != name.npos) return false;
    port = colon == host.npos ? std::string_view() : host.substr(colon);
  }
  if (port.empty()) return true;
  auto number = port.front() == ':' ? parse_length(port.substr(1)) : std::nullopt;
  return number && *number > 0 && *number <= 65'535;
}

std::optional<std::string> decode_path(std::string_view raw) {
  if (!raw.starts_with('/')) return {};
  for (std::size_t at = raw.find('%'); at != raw.npos; at = raw.find('%', at + 1))
    if (raw.size() - at > 2 && raw[at + 1] == '2' && lower_char(raw[at + 2]) == 'f') return {};
  auto path = unpercent(raw);
  if (!path || !text::valid_utf8(*path)) return {};
  for (char c : *path)
    if (is_control(c) || c == '\\') return {};
  for (std::size_t begin = 1; begin <= path->size();) {
    auto end = std::min(path->find('/', begin), path->size());
    auto segment = std::string_view(*path).substr(begin, end - begin);
    if (segment == "." || segment == ".." || (segment.empty() && end < path->size())) return {};
    begin = end + 1;
  }
  return path;
}

namespace {

// The common case without a copy: letters, digits and the few signs that decode_path would leave as they are.
bool is_plain_path(std::string_view path) {
  if (!path.starts_with('/')) return false;
  char before = 0;
  for (char c : path) {
    bool plain = is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '~' || c == '@';
    if (!plain && !(c == '/' && before != '/') && !(c == '.' && before != '/')) return false;
    before = c;
  }
  return true;
}

/// 0 or the status that refuses.
int take_target(std::string_view target, CheckedHead& head) {
  if (target.size() > max_target) return 414;
  for (char c : target)
    if (c <= 0x20 || c == 0x7f || c == '#') return 400;  // RFC 3986 §2: nothing beyond ASCII, and no fragment is sent
  head.target = target;
  auto mark = target.find('?');
  head.sent_path = target.substr(0, mark);
  if (mark != target.npos) head.query = target.substr(mark + 1);
  if (is_plain_path(head.sent_path)) return 0;
  auto path = decode_path(head.sent_path);
  if (!path) return 400;
  head.decoded_path = std::move(*path);
  return 0;
}

/// 0 or the status that refuses.
int take_field(Known which, std::string_view value, CheckedHead& head) {
  switch (which) {
    case Known::host:
      if (!valid_host(value)) return 400;
      head.sent_host = value;
      if (std::any_of(value.begin(), value.end(), [](char c) { return lower_char(c) != c; }))
        head.lower_host = lower(value);
      return 0;
    case Known::content_length:
      head.length = parse_length(value);
      if (head.length) return 0;
      // Digits beyond 18 are a length all the same, larger than any limit.
      return !value.empty() && std::all_of(value.begin(), value.end(), is_digit) ? 413 : 400;
    case Known::transfer_encoding:
      if (!equal_ignoring_case(value, "chunked")) return 501;  // RFC 9112 §6.1
      head.chunked = true;
      return 0;
    case Known::expect:
      if (!equal_ignoring_case(value, "100-continue")) return 417;
      head.expects_continue = true;
      return 0;
    case Known::cookie:
      head.cookie = value;
      return 0;
    case Known::accept_language:
      head.accept_language = value;
      return 0;
    case Known::accept_encoding:
      head.accept_encoding = value;
      return 0;
    case Known::if_none_match:
      head.if_none_match = value;
      return 0;
    default:
      return 0;
  }
}

}  // namespace

std::expected<CheckedHead, int> check(const RawHead& raw) {
  std::expected<CheckedHead, int> result;
  CheckedHead& head = *result;
  if (raw.fields.size() > max_fields) return std::unexpected(431);
  head.method = method_of(raw.method);
  if (head.method == Method::other)
    return std::unexpected(raw.method == "TRACE" || raw.method == "CONNECT" ? 405 : 501);
  if (int status = take_target(raw.target, head)) return std::unexpected(status);

  std::uint32_t seen = 0;
  int refused = 0;
  for (const Field& field : raw.fields) {
    for (char c : field.value)
      if (is_control(c) && c != '\t') return std::unexpected(400);
    auto which = known(field.name);
    if (!which) continue;
    auto bit = 1u << unsigned(*which);
    if ((seen & bit) && rules[std::size_t(*which)].once) return std::unexpected(400);
    seen |= bit;
    if (int status = take_field(*which, field.value, head); status && refused == 0) refused = status;
  }
  auto has = [&](Known which) { return (seen & (1u << unsigned(which))) != 0; };
  if (!has(Known::host)) return std::unexpected(400);
  if (has(Known::content_length) && has(Known::transfer_encoding)) return std::unexpected(400);
  if (raw.version < 11 && has(Known::transfer_encoding)) return std::unexpected(400);  // RFC 9112 §6.1
  if (refused) return std::unexpected(refused);
  if (needs_length(head.method) && !head.length && !head.chunked) return std::unexpected(411);
  if (raw.version < 11) head.expects_continue = false;
  return result;
}

std::optional<std::string> canonical_address(std::string_view text) {
  std::string z(text);
  if (z.find('\0') != z.npos) return {};
  std::array<unsigned char, 16> bytes{};
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (inet_pton(AF_INET, z.c_str(), bytes.data()) == 1) return inet_ntop(AF_INET, bytes.data(), out.data(), out.size());
  if (inet_pton(AF_INET6, z.c_str(), bytes.data()) != 1) return {};
  constexpr std::array<unsigned char, 12> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(mapped.begin(), mapped.end(), bytes.begin()))
    return inet_ntop(AF_INET, bytes.data() + 12, out.data(), out.size());
  return inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
}

std::expected<Client, int> forwarded(std::string_view peer, std::span<const Field> fields,
                                     std::span<const std::string> trusted) {
  auto is_trusted = [&](const std::string& address) {
    return std::any_of(trusted.begin(), trusted.end(),
                       [&](const std::string& t) { return canonical_address(t).value_or(t) == address; });
  };
  Client client{.remote = std::string(peer)};
  bool proto_read = false;
  bool at_client = false;  // once the first hop that is not trusted is found, what stands left of it is its own word
  for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
    auto value = field->value;
    if (equal_ignoring_case(field->name, "x-forwarded-for")) {
      while (!at_client && !value.empty()) {
        auto hop = canonical_address(take_last(value));
        if (hop) client.remote = *hop;
        at_client = !hop || !is_trusted(client.remote);
      }
    } else if (equal_ignoring_case(field->name, "x-forwarded-proto") && !std::exchange(proto_read, true)) {
      client.secure = equal_ignoring_case(take_last(value), "https");
    } else if (equal_ignoring_case(field->name, "x-forwarded-host") && client.host.empty()) {
      client.host = lower(take_last(value));
      if (!valid_host(client.host)) return std::unexpected(400);
    }
  }
  return client;
}

bool is_forwarding_field(std::string_view name) {
  return equal_ignoring_case(name, "x-forwarded-for") || equal_ignoring_case(name, "x-forwarded-proto") ||
         equal_ignoring_case(name, "x-forwarded-host") || equal_ignoring_case(name, "forwarded");
}

}  // namespace polder::http
