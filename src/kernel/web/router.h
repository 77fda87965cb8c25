// The table of routes. A route states what it is for before it says how: who may call it, how large its body may be,
// whether its page may be kept for visitors. A path nobody declared does not exist; what is not stated does not
// compile.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/http/server.h"
#include "kernel/web/receive.h"

namespace polder::web {

/// Who may call. What they may do there is the charter's matter; this is the door.
enum class Door {
  anyone,         ///< visitors too
  signed_in,      ///< a session; others are sent to sign in
  administrator,  ///< the server's administrator
  token,          ///< the API: a token or a session
};

/// What may be kept of the answer.
enum class Keep {
  nothing,  ///< made for this caller, now
  page,     ///< the same for every visitor without a session: kept as finished bytes until an act touches it
};

inline constexpr std::size_t form_limit = 256u << 10;   ///< bytes of an ordinary form
inline constexpr std::size_t upload_limit = 28u << 20;  ///< bytes of a form with a file (20 MB as base64 in JSON)

/// What the pattern's {names} matched.
class Params {
 public:
  std::string_view operator[](std::string_view name) const;
  void set(std::string_view name, std::string_view value) { values_.emplace_back(name, value); }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> values_;
};

/// What a route takes whose body is an upload, and from whom.
template <class Caller>
struct Upload {
  Takes takes;  ///< the most that this route ever takes
  /// May this caller upload here, now, and what (at most `takes`)? Asked before the body is read, so that nobody sends
  /// gigabytes in vain; the act asks again.
  std::function<Result<Takes>(Caller&)> admit;
  /// What the query of a raw body may say besides the file's "name", for whoever describes the route.
  std::vector<std::string> told = {};
};

/// `Caller` is what a handler is handed: the floor above decides what it knows of platforms and people.
template <class Caller>
struct Route {
  http::Method method;
  std::string pattern;  ///< "/{platform}/consultations/{slug}"; {rest…} at the end takes the remaining pieces
  Door door;
  Keep keep;
  std::size_t body_limit;
  std::function<http::Response(Caller&)> handle;
  std::optional<Upload<Caller>> upload = {};  ///< then `body_limit` says nothing, and the body is web::Received
};

/// Splits "/a/b/" into a and b; a trailing slash leaves an empty last piece.
std::vector<std::string_view> pieces(std::string_view path);
/// Fills `params` and says true when the path fits the pattern.
bool match(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path, Params& params);

template <class Caller>
class Router {
 public:
  void add(Route<Caller> route) {
    auto entry = std::make_unique<Entry>(std::move(route));
    entry->pieces = pieces(entry->route.pattern);
    entries_.push_back(std::move(entry));
  }

  struct Found {
    const Route<Caller>* route = nullptr;  ///< null: nothing here
    Params params;
    bool other_method = false;  ///< the path exists, the method does not
  };

  /// The first route in the order of declaration whose pattern fits; HEAD is answered by GET.
  Found find(http::Method method, std::string_view path) const {
    if (method == http::Method::head) method = http::Method::get;
    const auto parts = pieces(path);
    Found found;
    for (const auto& entry : entries_) {
      Params params;
      if (!match(entry->pieces, parts, params)) continue;
      if (entry->route.method != method) {
        found.other_method = true;
        continue;
      }
      return {&entry->route, std::move(params), false};
    }
    return found;
  }

  template <class Each>
  void each(Each&& fn) const {
    for (const auto& entry : entries_) fn(entry->route);
  }

 private:
  struct Entry {
    explicit Entry(Route<Caller> r) : route(std::move(r)) {}
    Route<Caller> route;
    std::vector<std::string_view> pieces;
  };
  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace polder::web
