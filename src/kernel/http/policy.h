// What a request's head must be before anything else sees it. Pure functions over views: the parser (Beast) has read
// the syntax, this decides what it may say. RFC 9110 and RFC 9112 leave servers room here; Polder takes the strict side
// wherever two programs in a row could read one request differently (RFC 9112 §11).
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/http/server.h"

namespace polder::http {

inline constexpr std::size_t max_head = 32 * 1024;  ///< request line and headers together; more is 431
inline constexpr std::size_t max_fields = 100;      ///< more is 431
inline constexpr std::size_t max_target = 8'000;    ///< RFC 9110 §4.1's recommended minimum; more is 414
inline constexpr std::size_t max_host = 259;        ///< 253 of a name (RFC 1035 §2.3.4), ':' and a port

struct Field {
  std::string_view name, value;
};

/// A head as the parser read it: views into the connection's buffer.
struct RawHead {
  std::string_view method, target;
  int version = 11;  ///< 10 or 11
  std::span<const Field> fields;
};

/// A head that may be served. Views are into the same buffer; only a path with escapes or a Host with capitals is
/// copied.
struct CheckedHead {
  Method method = Method::get;
  std::string_view target, query;
  std::string_view cookie, accept_language, accept_encoding, if_none_match;
  std::optional<std::uint64_t> length;  ///< Content-Length
  bool chunked = false;                 ///< Transfer-Encoding: chunked; never together with `length`
  bool expects_continue = false;        ///< RFC 9110 §10.1.1

  std::string_view path() const { return decoded_path.empty() ? sent_path : std::string_view(decoded_path); }
  std::string_view host() const { return lower_host.empty() ? sent_host : std::string_view(lower_host); }
  bool has_body() const { return chunked || length.value_or(0) > 0; }

  std::string_view sent_path, sent_host;
  std::string decoded_path, lower_host;
};

/// The head, or the status that refuses it: 400, 405, 411, 414, 417, 431 or 501.
std::expected<CheckedHead, int> check(const RawHead& raw);

/// Method tokens are case-sensitive (RFC 9110 §9.1). `other` for what Polder never serves.
Method method_of(std::string_view token);

/// host [":" port] of RFC 3986 §3.2.2, narrowed to what DNS names and IP literals use.
bool valid_host(std::string_view host);

/// Decodes %XX once. Nothing for a path that two readers could take for different ones: an escaped or repeated slash, a
/// backslash, dot segments, controls, bytes that are not UTF-8.
std::optional<std::string> decode_path(std::string_view raw);

/// Who speaks, where a proxy that we were told to believe stands in front.
struct Client {
  std::string remote;
  bool secure = false;
  std::string host = {};  ///< X-Forwarded-Host, lower case; empty if none was sent
};

/// An address in its one canonical spelling, IPv4-mapped IPv6 as IPv4; nothing if it is not an address.
std::optional<std::string> canonical_address(std::string_view text);

/// Reads X-Forwarded-For from the right and stops at the first hop that is not trusted. Call it only if `peer` itself
/// is trusted. 400 if the proxy forwards a host that is none.
std::expected<Client, int> forwarded(std::string_view peer, std::span<const Field> fields,
                                     std::span<const std::string> trusted);

/// X-Forwarded-*: used by `forwarded` and then hidden from handlers, who might otherwise believe a stranger's.
bool is_forwarding_field(std::string_view name);

bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string lower(std::string_view text);

}  // namespace polder::http
