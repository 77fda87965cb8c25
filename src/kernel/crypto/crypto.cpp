#include "kernel/crypto/crypto.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <algorithm>
#include <new>
#include <stdexcept>

#include "kernel/base/encode.h"

namespace polder::crypto {
namespace {

const std::uint8_t* raw(std::string_view text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }
std::uint8_t* raw(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }

/// Every libsodium call below comes after this. Without it libsodium may use slower, less guarded code, so a machine
/// on which it fails gets no cryptography at all.
void need_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium does not start on this machine");
}

void need(bool fits, const char* what) {
  if (!fits) throw std::invalid_argument(what);
}

/// Looking an algorithm up by name takes longer than hashing a tree node, so it is done once.
const EVP_MD* sha256_method() {
  static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (method == nullptr) throw std::runtime_error("OpenSSL has no SHA-256 on this machine");
  return method;
}

}  // namespace

std::string bytes_of(const Hash& hash) { return std::string(view(hash)); }

std::optional<Hash> hash_of(std::string_view bytes) {
  Hash hash;
  if (bytes.size() != hash.size()) return std::nullopt;
  std::ranges::copy(bytes, hash.begin());
  return hash;
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (!context_ || EVP_DigestInit_ex2(context_.get(), sha256_method(), nullptr) != 1) throw std::bad_alloc();
}

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256& Sha256::add(std::string_view piece) {
  if (EVP_DigestUpdate(context_.get(), piece.data(), piece.size()) != 1) throw std::runtime_error("SHA-256 failed");
  return *this;
}

Hash Sha256::end() {
  Hash hash;
  if (EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr) != 1 ||
      EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) != 1)
    throw std::runtime_error("SHA-256 failed");
  return hash;
}

Hash sha256(std::string_view text) {
  thread_local Sha256 hasher;
  return hasher.add(text).end();
}

Hash hmac_sha256(std::string_view key, std::string_view message) {
  Hash hash;
  // A null key would mean "the key of the last call" to OpenSSL, hence the literal for an empty one.
  const char* const key_bytes = key.empty() ? "" : key.data();
  if (HMAC(sha256_method(), key_bytes, int(key.size()), raw(message), message.size(), hash.data(), nullptr) == nullptr)
    throw std::runtime_error("HMAC failed");
  return hash;
}

bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

std::optional<SigningKey> SigningKey::from_seed(std::string_view seed) {
  need_sodium();
  if (seed.size() != seed_size) return std::nullopt;
  SigningKey key;
  std::array<std::uint8_t, public_key_size> derived_public{};
  crypto_sign_seed_keypair(derived_public.data(), key.secret_.data(), raw(seed));
  return key;
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

std::string SigningKey::sign(std::string_view text) const {
  std::string signature(signature_size, '\0');
  crypto_sign_detached(raw(signature), nullptr, raw(text), text.size(), secret_.data());
  return signature;
}

std::string SigningKey::public_key() const {
  return {reinterpret_cast<const char*>(secret_.data()) + seed_size, public_key_size};
}

bool verify(std::string_view public_key, std::string_view text, std::string_view signature) {
  need_sodium();
  return public_key.size() == public_key_size && signature.size() == signature_size &&
         crypto_sign_verify_detached(raw(signature), raw(text), text.size(), raw(public_key)) == 0;
}

namespace {

/// The PHC string format, which writes base64 without its padding.
std::string phc(const PasswordCost& cost, std::string_view salt, std::string_view hash) {
  const auto unpadded = [](std::string text) {
    text.erase(text.find_last_not_of('=') + 1);
    return text;
  };
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_bytes / 1024) + ",t=" + std::to_string(cost.passes) +
         ",p=1$" + unpadded(base64(salt)) + "$" + unpadded(base64(hash));
}

constexpr std::size_t password_hash_size = 32;

}  // namespace

std::string hash_password(std::string_view password, Random& random, PasswordCost cost) {
  need_sodium();
  const std::string salt = random.bytes(crypto_pwhash_SALTBYTES);
  std::string hash(password_hash_size, '\0');
  if (crypto_pwhash(raw(hash), hash.size(), password.data(), password.size(), raw(salt), cost.passes, cost.memory_bytes,
                    crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::bad_alloc();
  return phc(cost, salt, hash);
}

std::string nobodys_password(Random& random, PasswordCost cost) {
  const std::string salt = random.bytes(crypto_pwhash_SALTBYTES);
  return phc(cost, salt, random.bytes(password_hash_size));
}

bool verify_password(std::string_view encoded, std::string_view password) {
  need_sodium();
  // libsodium would read Argon2i as well, which nothing here ever wrote.
  return encoded.starts_with("$argon2id$") && encoded.size() < crypto_pwhash_STRBYTES &&
         crypto_pwhash_str_verify(std::string(encoded).c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(std::string_view encoded, PasswordCost cost) {
  need_sodium();
  return encoded.size() >= crypto_pwhash_STRBYTES ||
         crypto_pwhash_argon2id_str_needs_rehash(std::string(encoded).c_str(), cost.passes, cost.memory_bytes) != 0;
}

std::string seal(std::string_view key, std::string_view secret, Random& random) {
  need_sodium();
  need(key.size() == secret_key_size, "seal: the key must have 32 bytes");
  std::string sealed = random.bytes(crypto_secretbox_xchacha20poly1305_NONCEBYTES);
  sealed.resize(sealed.size() + crypto_secretbox_xchacha20poly1305_MACBYTES + secret.size());
  crypto_secretbox_xchacha20poly1305_easy(raw(sealed) + crypto_secretbox_xchacha20poly1305_NONCEBYTES, raw(secret),
                                          secret.size(), raw(sealed), raw(key));
  return sealed;
}

std::optional<std::string> open(std::string_view key, std::string_view sealed) {
  need_sodium();
  need(key.size() == secret_key_size, "open: the key must have 32 bytes");
  constexpr std::size_t nonce = crypto_secretbox_xchacha20poly1305_NONCEBYTES;
  constexpr std::size_t overhead = nonce + crypto_secretbox_xchacha20poly1305_MACBYTES;
  if (sealed.size() < overhead) return std::nullopt;
  std::string secret(sealed.size() - overhead, '\0');
  if (crypto_secretbox_xchacha20poly1305_open_easy(raw(secret), raw(sealed.substr(nonce)), sealed.size() - nonce,
                                                   raw(sealed), raw(key)) != 0)
    return std::nullopt;
  return secret;
}

}  // namespace polder::crypto
