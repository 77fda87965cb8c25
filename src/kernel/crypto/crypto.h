// Cryptography, by name and not by assembly: SHA-256 and HMAC from OpenSSL, everything else from libsodium. Nothing
// here is our own invention; this room only gives the few primitives Polder uses types that are hard to misuse.
//
// Chance comes in by argument (salts, nonces), so that a test or the demo repeats itself to the byte. Keys of a wrong
// length are the program's fault and throw; data of a wrong length is somebody else's and is answered with false.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/random.h"

struct evp_md_ctx_st;

namespace polder::crypto {

/// A SHA-256 digest (FIPS 180-4).
using Hash = std::array<std::uint8_t, 32>;

std::string bytes_of(const Hash& hash);
/// Nothing unless there are exactly 32 bytes.
std::optional<Hash> hash_of(std::string_view bytes);
/// The bytes in place, for concatenating and hashing further. Lives as long as `hash`.
inline std::string_view view(const Hash& hash) { return {reinterpret_cast<const char*>(hash.data()), hash.size()}; }

Hash sha256(std::string_view text);
/// RFC 2104 with SHA-256; a key of any length.
Hash hmac_sha256(std::string_view key, std::string_view message);
/// Compares in a time that depends on the lengths only: for secrets, tokens and codes.
bool equal(std::string_view a, std::string_view b);

/// SHA-256 of what does not fit in memory or comes in pieces.
class Sha256 {
 public:
  Sha256();
  Sha256& add(std::string_view piece);
  /// The digest of everything added; the object then begins anew.
  Hash end();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

// ---- Ed25519 (RFC 8032) ----

inline constexpr std::size_t seed_size = 32;
inline constexpr std::size_t public_key_size = 32;
inline constexpr std::size_t signature_size = 64;

/// The private half; wiped from memory when it goes. Signing is deterministic: the same text gives the same bytes.
class SigningKey {
 public:
  /// Nothing unless the seed has 32 bytes.
  static std::optional<SigningKey> from_seed(std::string_view seed);
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  std::string sign(std::string_view text) const;  ///< 64 bytes
  std::string public_key() const;                 ///< 32 bytes

 private:
  SigningKey() = default;
  std::array<std::uint8_t, 64> secret_{};
};

/// False for a wrong signature and for keys or signatures of a wrong size alike.
bool verify(std::string_view public_key, std::string_view text, std::string_view signature);

// ---- Passwords: Argon2id (RFC 9106) ----

/// What one guess costs. The defaults are libsodium's "interactive" ones; tests use the smallest that are allowed
/// (1 pass, 8 KiB).
struct PasswordCost {
  std::uint64_t passes = 2;
  std::size_t memory_bytes = 64U << 20U;
};

/// `$argon2id$v=19$m=…,t=…,p=1$salt$hash`, the form every Argon2 library reads. Takes as long as `cost` says, so call
/// it on a pool of its own. Throws std::bad_alloc when the memory is not there.
std::string hash_password(std::string_view password, Random& random, PasswordCost cost = {});
/// What looks like a hash of that cost and is chance: to compare with, as slowly, where there is no password. At once.
std::string nobodys_password(Random& random, PasswordCost cost = {});
/// False for a wrong password and for text that is no Argon2id hash alike.
bool verify_password(std::string_view encoded, std::string_view password);
/// True when `encoded` was made at another cost than today's (or is not readable): hash again at the next sign-in.
bool needs_rehash(std::string_view encoded, PasswordCost cost = {});

// ---- Secrets kept in the database: XChaCha20-Poly1305 ----

inline constexpr std::size_t secret_key_size = 32;

/// A fresh 24-byte nonce, then the secretbox. `key` must have 32 bytes.
std::string seal(std::string_view key, std::string_view secret, Random& random);
/// Nothing when a byte was changed, the key is another one, or it was never sealed.
std::optional<std::string> open(std::string_view key, std::string_view sealed);

}  // namespace polder::crypto
