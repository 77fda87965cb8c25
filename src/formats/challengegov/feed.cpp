#include "formats/challengegov/feed.h"

#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>

namespace polder::challengegov {
namespace {

namespace json = boost::json;

/// What a challenge is made of. The manager's name and the addresses of managers and contacts are not asked for.
constexpr std::array<std::string_view, 18> kKept{"challenge-id",
                                                 "challenge-title",
                                                 "permalink",
                                                 "external-url",
                                                 "tagline",
                                                 "legal-authority",
                                                 "type-of-challenge",
                                                 "total-prize-offered-cash",
                                                 "agency",
                                                 "partner-agencies-federal",
                                                 "partners-non-federal",
                                                 "submission-start",
                                                 "submission-end",
                                                 "description",
                                                 "prizes",
                                                 "rules",
                                                 "judging",
                                                 "how-to-enter"};
constexpr std::size_t kListLength = 32;

/// Boost.JSON's events. A feed is {"title": …, "_challenge": [{key: value or [value, …]}]}, so that depth alone says
/// where we are: 1 in the feed, 2 in its list, 3 in a challenge, 4 in a list of values.
struct Handler {
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  const Limits& limits;
  RawFeed feed = {};
  bool found = false;     ///< `_challenge` is there and is a list
  bool too_many = false;  ///< why we stopped
  std::size_t depth = 0;
  bool in_list = false;  ///< within `_challenge`
  std::string feed_key = {}, key = {}, text = {};
  bool wanted = false, cut = false;  ///< whether the value that comes is asked for; whether it was above a limit

  Raw& now() { return feed.challenges.back(); }
  bool in_challenge() const { return in_list && depth >= 3 && feed.challenges.back().object; }

  bool begin_challenge(bool object, json::error_code& ec) {
    if (feed.challenges.size() >= limits.challenges) {
      too_many = true;
      ec = json::error::exception;
      return false;
    }
    feed.challenges.push_back({.object = object});
    return true;
  }
  /// Anything that is no string where a challenge or one of its values should be.
  bool other(json::error_code& ec, bool nothing = false) {
    if (in_list && depth == 2) return begin_challenge(false, ec);
    if (in_challenge() && wanted && !nothing) now().misshapen = true;
    return true;
  }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code& ec) {
    const bool challenge = in_list && depth == 2;
    if (challenge ? !begin_challenge(true, ec) : !other(ec)) return false;
    ++depth;
    wanted = false;
    return true;
  }
  bool on_object_end(std::size_t, json::error_code&) {
    --depth;
    wanted = false;
    return true;
  }
  bool on_array_begin(json::error_code& ec) {
    if (depth == 1 && feed_key == "_challenge") found = in_list = true;
    const bool values = in_challenge() && depth == 3;
    if (!values && !other(ec)) return false;
    ++depth;
    if (values && wanted) now().fields[key].clear();
    if (!values) wanted = false;
    return true;
  }
  bool on_array_end(std::size_t, json::error_code&) {
    --depth;
    if (depth == 1) in_list = false;
    if (depth <= 3) wanted = false;
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    if (text.size() + part.size() <= 64)
      text += std::string_view(part);
    else
      cut = true;
    return true;
  }
  bool on_key(json::string_view part, std::size_t size, json::error_code& ec) {
    on_key_part(part, size, ec);
    if (cut) text.clear();
    cut = false;
    if (depth == 1) feed_key = text;
    if (depth == 3 && in_challenge()) {
      key = text;
      wanted = std::ranges::find(kKept, std::string_view(key)) != kKept.end();
    }
    text.clear();
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    if (!(wanted && in_challenge()) && !(depth == 1 && feed_key == "title")) return true;
    if (text.size() + part.size() <= limits.text)
      text += std::string_view(part);
    else
      cut = true;
    return true;
  }
  bool on_string(json::string_view part, std::size_t size, json::error_code& ec) {
    on_string_part(part, size, ec);
    if (in_list && depth == 2) return begin_challenge(false, ec);
    if (depth == 1 && feed_key == "title" && !cut) feed.title = text;
    if (wanted && in_challenge() && depth <= 4) {
      auto& values = now().fields[key];
      // A key that comes twice counts as the last one; a list is at depth 4.
      if (depth == 3) values.clear();
      if (cut || values.size() >= kListLength)
        now().overlong = true;
      else
        values.push_back(text);
    }
    text.clear();
    cut = false;
    return true;
  }
  bool on_number_part(json::string_view part, json::error_code&) {
    if (text.size() + part.size() <= 64) text += std::string_view(part);
    return true;
  }
  /// An id or a purse may have been written as a number: its letters are what it says.
  bool number(json::string_view part, json::error_code& ec) {
    on_number_part(part, ec);
    std::string digits = std::move(text);
    text.clear();
    if (in_challenge() && wanted && depth == 3) {
      now().fields[key] = {std::move(digits)};
      return true;
    }
    return other(ec);
  }
  bool on_int64(std::int64_t, json::string_view part, json::error_code& ec) { return number(part, ec); }
  bool on_uint64(std::uint64_t, json::string_view part, json::error_code& ec) { return number(part, ec); }
  bool on_double(double, json::string_view part, json::error_code& ec) { return number(part, ec); }
  bool on_bool(bool, json::error_code& ec) { return other(ec); }
  bool on_null(json::error_code& ec) { return other(ec, true); }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }
};

Message at(std::string_view key, std::string_view bytes, std::size_t offset) {
  const std::string_view before = bytes.substr(0, offset);
  const std::size_t newline = before.rfind('\n');
  return {std::string(key),
          {{"line", std::int64_t(std::ranges::count(before, '\n') + 1)},
           {"column", std::int64_t(newline == before.npos ? offset + 1 : offset - newline)}}};
}

}  // namespace

std::string_view Raw::one(std::string_view key) const {
  const auto found = fields.find(key);
  return found == fields.end() || found->second.empty() ? std::string_view{} : std::string_view(found->second.front());
}

Result<RawFeed> read_json(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.bytes)
    return refuse(Why::too_large, {"challengegov.too-large", {{"megabytes", std::int64_t(limits.bytes >> 20)}}});
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  json::parse_options options;
  options.max_depth = limits.depth;
  json::basic_parser<Handler> parser(options, Handler{.limits = limits});
  json::error_code ec;
  const std::size_t read = parser.write_some(false, bytes.data(), bytes.size(), ec);
  if (parser.handler().too_many)
    return refuse(Why::too_large, {"challengegov.too-many", {{"limit", std::int64_t(limits.challenges)}}});
  if (ec == json::error::too_deep) return refuse(Why::invalid, at("challengegov.too-deep", bytes, read));
  const std::size_t rest = bytes.find_first_not_of(" \t\r\n", read);
  if (ec || rest != bytes.npos)
    return refuse(Why::invalid, at("challengegov.malformed", bytes, ec ? read : rest), ec.message());
  if (!parser.handler().found) return refuse(Why::invalid, {"challengegov.not-a-feed"});
  return std::move(parser.handler().feed);
}

}  // namespace polder::challengegov
