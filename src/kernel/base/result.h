// What every room answers with: a value, or a refusal that a person can be told.
//
// A refusal has two halves. The public half is a catalogue key with arguments, and the fields it is about; the
// private half (`cause`) is for the log and never reaches a page. The set of reasons is closed: a new one is a
// decision about what the web, the API and the command line say, so it is made here.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace polder {

/// One argument of a message: text, a whole number, or a moment (UTC milliseconds, formatted by the reader's language).
struct Moment {
  std::int64_t ms = 0;
  bool operator==(const Moment&) const = default;
};
using MessageArg = std::variant<std::string, std::int64_t, double, Moment>;

/// A sentence in the catalogues (`messages/*.json`): its key and its named arguments.
struct Message {
  std::string key;
  std::vector<std::pair<std::string, MessageArg>> args = {};
  bool operator==(const Message&) const = default;
};

/// Why something was refused. The web maps each to one HTTP status, the command line to one exit code.
enum class Why {
  invalid,       ///< what was sent is malformed or breaks a limit (422)
  unauthorized,  ///< nobody is signed in and somebody must be (401)
  forbidden,     ///< this person may not do this here and now (403)
  not_found,     ///< there is no such thing, or none that this person may know of (404)
  conflict,      ///< true a moment ago, no longer (409)
  too_large,     ///< over a stated limit of size (413)
  rate_limited,  ///< too often; `retry_after` says when (429)
  unavailable,   ///< the database, the disk or the queue cannot take it now (503)
};

/// One field's fault. `field` is the path in the act: "title", "answers.q1".
struct FieldError {
  std::string field;
  Message message;
  bool operator==(const FieldError&) const = default;
};

struct Refusal {
  Why why = Why::invalid;
  Message message;
  std::vector<FieldError> fields = {};
  std::string cause = {};          ///< private: for the log only
  std::int64_t retry_after_s = 0;  ///< with rate_limited and unavailable
};

template <class T>
using Result = std::expected<T, Refusal>;

using Done = Result<void>;

/// `return refuse(Why::not_found, {"consultations.not-found"});`
inline std::unexpected<Refusal> refuse(Why why, Message message, std::string cause = {}) {
  return std::unexpected(Refusal{.why = why, .message = std::move(message), .cause = std::move(cause)});
}

/// A refusal of one field: the page shows it beside the field, the API under `fields`.
inline std::unexpected<Refusal> refuse_field(std::string field, Message message) {
  Refusal r{.why = Why::invalid, .message = {"fields.summary"}};
  r.fields.push_back({std::move(field), std::move(message)});
  return std::unexpected(std::move(r));
}

}  // namespace polder

/// `TRY(auto law, law::read(bytes));` names the value of a Result or hands its refusal to the caller.
#define POLDER_JOIN_(a, b) a##b
#define POLDER_JOIN(a, b) POLDER_JOIN_(a, b)
#define TRY(name, ...) TRY_AS(POLDER_JOIN(try_, __COUNTER__), name, __VA_ARGS__)
#define TRY_AS(temp, name, ...)                               \
  auto temp = (__VA_ARGS__);                                  \
  if (!temp) return std::unexpected(std::move(temp).error()); \
  name = std::move(*temp)
/// `CHECK_DONE(rule(x));` for a Result without a value.
#define CHECK_DONE(...)                                                                                         \
  do {                                                                                                          \
    if (auto check_done_ = (__VA_ARGS__); !check_done_) return std::unexpected(std::move(check_done_).error()); \
  } while (false)
