// The entry that Polder's record keeps of an act: which act, when, about what, in which role - and a commitment to
// what was said instead of the words, so that erasing the words and their key leaves nothing of a person behind and
// the record whole (reference: EDPB Guidelines 02/2025).
//
//   polder-leaf/v1
//   act consultations.respond
//   time 2026-11-22T18:04Z
//   subject consultation/clean-water
//   role citizen
//   commitment 5f8a… (64 hex digits)
//
// Six lines, each ended by LF, in this order and one spelling. The time is cut to the minute: the order of acts is the
// index; a finer clock would only help to tell people apart.
#pragma once

#include <string>
#include <string_view>

#include "kernel/base/result.h"
#include "kernel/base/time.h"
#include "kernel/crypto/crypto.h"
#include "record/merkle.h"

namespace polder::record {

inline constexpr std::size_t commitment_key_size = 32;

struct Leaf {
  std::string act;      ///< a-z, 0-9, '.', '-', '_'; at most 100
  Time time;            ///< when encoded, cut to the minute
  std::string subject;  ///< kind/slug: the kind like an act, the slug also with A-Z and '~'; at most 200
  std::string role;     ///< like an act
  Hash commitment{};
  bool operator==(const Leaf&) const = default;
};

/// Refused (record.leaf-malformed) when a field does not keep to what is said above.
Result<std::string> encode(const Leaf& leaf);
/// Takes what `encode` gives and nothing else.
Result<Leaf> decode_leaf(std::string_view entry);

/// HMAC-SHA256(key, "polder-act/v1\n" || content). The key is 32 bytes of chance, fresh for each act and kept beside
/// the content: without it not even somebody who guesses the content learns that the guess was right.
Hash commit(std::string_view key, std::string_view content);

}  // namespace polder::record
