#include <algorithm>
#include <optional>
#include <utility>

#include <boost/json/basic_parser_impl.hpp>

#include "methods/ranking/builder.h"

namespace polder::ranking {
namespace {

using boost::json::error_code;

/// Boost.JSON's events, without the doubles.
class Handler {
 public:
  static constexpr std::size_t max_array_size = -1, max_object_size = -1, max_string_size = -1, max_key_size = -1;
  using View = boost::json::string_view;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_comment_part(View, error_code&) { return true; }
  bool on_comment(View, error_code&) { return true; }
  bool on_number_part(View, error_code&) { return true; }  // the file comes in one piece, and so do its numbers
  bool on_object_begin(error_code& ec) { return told(build.begin(Kind::object), ec); }
  bool on_object_end(std::size_t, error_code& ec) { return told(build.end(), ec); }
  bool on_array_begin(error_code& ec) { return told(build.begin(Kind::list), ec); }
  bool on_array_end(std::size_t, error_code& ec) { return told(build.end(), ec); }
  bool on_key_part(View part, std::size_t, error_code&) { return pieces_.append(part), true; }
  bool on_key(View last, std::size_t, error_code& ec) {
    return whole(last, [&](std::string_view name) { return told(build.key(name), ec); });
  }
  bool on_string_part(View part, std::size_t, error_code&) { return pieces_.append(part), true; }
  bool on_string(View last, std::size_t, error_code& ec) {
    return whole(last, [&](std::string_view words) { return told(build.text(words), ec); });
  }
  bool on_int64(std::int64_t, View digits, error_code& ec) { return told(build.number(digits), ec); }
  bool on_uint64(std::uint64_t, View digits, error_code& ec) { return told(build.number(digits), ec); }
  bool on_double(double, View digits, error_code& ec) { return told(build.number(digits), ec); }
  bool on_bool(bool, error_code& ec) { return told(build.wrong(), ec); }
  bool on_null(error_code& ec) { return told(build.wrong(), ec); }

  Builder build;
  std::optional<Refusal> refusal;

 private:
  bool told(Done done, error_code& ec) {
    if (done) return true;
    refusal = std::move(done).error();
    ec = boost::json::error::syntax;
    return false;
  }

  template <class Use>
  bool whole(View last, const Use& use) {
    if (pieces_.empty()) return use(last);
    pieces_.append(last);
    const bool good = use(pieces_);
    pieces_.clear();
    return good;
  }

  std::string pieces_;  ///< of a string with escapes
};

}  // namespace

Result<File> read(std::string_view json) {
  if (json.size() > most_bytes)
    return refuse(Why::too_large, {"ranking.too-large", {{"limit", std::int64_t(most_bytes >> 20U)}}});
  boost::json::basic_parser<Handler> parser{boost::json::parse_options{}};
  error_code ec;
  const std::size_t used = parser.write_some(false, json.data(), json.size(), ec);
  if (parser.handler().refusal) return std::unexpected(std::move(*parser.handler().refusal));
  if (ec || used < json.size()) {
    const auto line = 1 + std::ranges::count(json.substr(0, used), '\n');
    return refuse(Why::invalid, {"ranking.not-json", {{"line", std::int64_t(line)}}}, ec.message());
  }
  return parser.handler().build.finish();
}

}  // namespace polder::ranking
