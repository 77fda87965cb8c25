// Where C++ code uses message keys: a reader of tokens, no more than the check needs. Private to the room.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace polder::i18n {

struct Use {
  std::string key;
  int line = 0;
  std::optional<std::set<std::string>> args = {};  ///< when they are written out beside the key
};

/// Keys that are put together while running: all that begin so.
struct Family {
  std::string prefix;
  int line = 0;
};

struct Uses {
  std::vector<Use> keys;
  std::vector<Family> families;
  std::set<std::string> acts;      ///< declared here: `name = "room.verb"`
  std::set<std::string> literals;  ///< every string in the code: what stands there is at least not forgotten
};

/// The uses in one file of code, as check.h defines them.
Uses uses_in(std::string_view code);

/// room.key: two or more parts of a-z, 0-9 and hyphens, the first of letters only.
bool is_key(std::string_view text);

}  // namespace polder::i18n
