// Signed notes (C2SP signed-note v1.0.0): text, an empty line, signature lines. The envelope of every checkpoint.
//
// Parsing is strict and gives back what formats to the same bytes. A note's text means nothing until `open_note` has
// found a signature by a key that the caller knows.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"
#include "kernel/crypto/crypto.h"

namespace polder::record {

/// Room for 16 signatures of the largest kind in use (ML-DSA, about 5 kB each) several times over.
inline constexpr std::size_t max_note = 256 * 1024;

struct Signature {
  std::string name;      ///< the key's
  std::uint32_t id = 0;  ///< the key's
  std::string bytes;     ///< without the key ID, at least one
  bool operator==(const Signature&) const = default;
};

struct Note {
  std::string text;  ///< ends in LF
  std::vector<Signature> signatures;
  bool operator==(const Note&) const = default;
};

/// A public Ed25519 key (type 0x01) with the name it signs under.
struct Verifier {
  std::string name;
  std::string public_key;  ///< 32 bytes
  std::uint32_t id = 0;
  bool operator==(const Verifier&) const = default;
};

/// Non-empty, valid UTF-8 without spaces of any script, controls or '+'.
bool is_key_name(std::string_view name);

/// The verifier with its key ID: the first 4 bytes of SHA-256(name || LF || 0x01 || key).
Verifier verifier_of(std::string name, std::string public_key);
/// `name+hhhhhhhh+base64(0x01 || key)`: what a platform publishes and a verifier configures.
std::string vkey(const Verifier& verifier);
/// Refused when malformed, when the ID does not fit the key, or when the key is of another type than Ed25519.
Result<Verifier> parse_vkey(std::string_view text);

Result<Note> parse_note(std::string_view bytes);
std::string format(const Note& note);

/// One signature of `text`, which must be fit for a note: valid UTF-8, LF as its only control and as its end.
Signature sign_note(std::string_view text, std::string name, const crypto::SigningKey& key);

/// Parses and verifies. Signatures of unknown keys are ignored, whatever their type; one of a known key that is wrong,
/// or none of a known key at all, and the note is refused.
Result<Note> open_note(std::string_view bytes, std::span<const Verifier> known);

}  // namespace polder::record
