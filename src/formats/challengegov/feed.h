// The JSON of a feed, read as a stream: only what the reader of challenges asks for is kept.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formats/challengegov/challengegov.h"

namespace polder::challengegov {

/// One object of `_challenge`. A value that is a string or a number is a list of one; null and what nobody asks for are
/// not there.
struct Raw {
  bool object = true;      ///< false for a challenge that is no object
  bool misshapen = false;  ///< a key whose value is an object, or a list of something else than strings
  bool overlong = false;   ///< a string or a list above a limit
  std::map<std::string, std::vector<std::string>, std::less<>> fields = {};

  /// The only string of a field; empty if there is none.
  std::string_view one(std::string_view key) const;
};

struct RawFeed {
  std::string title = {};
  std::vector<Raw> challenges = {};
};

Result<RawFeed> read_json(std::string_view json, const Limits& limits);

}  // namespace polder::challengegov
