// The feed of prize challenges that Challenge.gov published (JSON Feed 1 with its own `_challenge` array), as values
// that a challenge of ours can begin from. People typed these feeds for years: what had to be guessed is told, one by
// one, and what cannot be read is refused and named. Nobody's e-mail address comes through.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"
#include "kernel/base/time.h"

namespace polder::challengegov {

/// What is asked of a solver, as prize platforms tell it.
enum class Kind { ideation, theoretical, reduction_to_practice, partner_search };
std::string_view name(Kind kind);  ///< "ideation", "theoretical", "reduction-to-practice", "partner-search"

struct Purse {
  std::string currency = "USD";
  std::int64_t minor_units = 0;
  bool up_to = false;  ///< the most there can be, not what there will be
  bool operator==(const Purse&) const = default;
};

/// Markdown without raw HTML; its links lead to http and https only.
struct Section {
  std::string name;  ///< description, prizes, rules, eligibility, judging, how-to-enter
  std::string markdown;
  bool operator==(const Section&) const = default;
};

struct Criterion {
  enum class Unit { points, percent };
  std::string name;
  std::string group = {};  ///< the heading it stands under ("Phase 1 …"): weights add up within one
  std::int64_t weight_hundredths = 0;
  Unit unit = Unit::points;
  bool operator==(const Criterion&) const = default;
};

/// All strings are cleaned as if a person had typed them (kernel/text).
struct Challenge {
  std::string id;            ///< the feed's own
  std::size_t index = 0;     ///< in the feed, from 0
  std::string url = {};      ///< its page at Challenge.gov; empty, or http or https
  std::string website = {};  ///< where it is run, if elsewhere; the same
  std::string title, tagline = {};
  std::string agency = {}, partners = {};  ///< as written; partners are those of both kinds, with "; " between
  std::string legal_authority = {};
  std::vector<std::string> types = {};  ///< as written
  std::optional<Kind> kind = {};
  std::vector<Section> sections = {};  ///< none empty, in the order above
  std::optional<Time> opens = {}, closes = {};
  std::optional<Purse> purse = {};
  std::vector<Criterion> criteria = {};
  int addresses_removed = 0;  ///< e-mail addresses that stood in it
};

/// Something that the feed does not say outright. `why` is a sentence of messages/*.json.
struct Guess {
  std::string challenge;  ///< its id
  std::string field;      ///< the feed's key, or one of ours: "kind", "criteria", "eligibility"
  std::string given, taken;
  Message why;
};

/// A challenge that was left out.
struct Refused {
  std::size_t index = 0;  ///< in the feed, from 0
  std::string title = {};
  Message why;
};

struct Feed {
  std::string title = {};
  std::vector<Challenge> challenges = {};
  std::vector<Guess> guesses = {};
  std::vector<Refused> refused = {};
};

struct Limits {
  std::size_t bytes = 16 * 1024 * 1024;
  std::size_t depth = 32;          ///< of the JSON
  std::size_t challenges = 5'000;  ///< in one feed
  std::size_t text = 256 * 1024;   ///< bytes of one string
};

/// Reads a whole feed. Memory is bounded by a few times the bytes that are given: JSON of no use is passed over while
/// it is read, and more than `limits.bytes` is refused unread. Refuses what is not JSON with its line and column, what
/// is no such feed, and what is over a limit (messages/*.json).
Result<Feed> read(std::string_view json, const Limits& limits = {});

}  // namespace polder::challengegov
