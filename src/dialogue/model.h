// What moderation is made of.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>

#include "kernel/base/id.h"
#include "kernel/base/time.h"

namespace polder::dialogue {

/// Why something is reported or hidden: a closed list, and an opinion is not on it. The values are stored.
enum class Reason { threat, personal_data, advertising, off_topic, other };
BOOST_DESCRIBE_ENUM(Reason, threat, personal_data, advertising, off_topic, other)

/// What a moderator decided. The values are stored.
enum class What { hidden, restored, left };
BOOST_DESCRIBE_ENUM(What, hidden, restored, left)

/// A contribution that somebody reported or decided about.
struct Case {
  Id contribution{}, platform{};
  std::string kind, subject;
  Id author{};               ///< zero: nobody with an account, or erased
  std::int64_t reports = 0;  ///< that wait for a decision
  Time waiting_since;        ///< the oldest of these
};

struct Report {
  Id id{}, contribution{}, platform{};
  Id person{};  ///< zero: a visitor, or erased
  Reason reason = Reason::other;
  std::string words;
  Id act{};
  Time made_at;
  std::optional<Time> settled_at = {};
};

struct Decision {
  Id id{}, platform{}, contribution{};
  std::string kind, subject;
  What what = What::left;
  std::optional<Reason> reason;  ///< of what was hidden
  std::string statement;         ///< to the author and the public; empty where it was left, and after erasure
  Id author{};
  Id act{};
  Time made_at;
};

}  // namespace polder::dialogue
