// Published vectors: FIPS 180-4 examples, RFC 4231, RFC 8032 §7.1, libsodium's own tests for Argon2id.
#include "kernel/crypto/crypto.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "kernel/base/encode.h"

namespace polder::crypto {
namespace {

constexpr PasswordCost cheap{.passes = 1, .memory_bytes = 8192};

std::string hex_of(const Hash& hash) { return hex(view(hash)); }
std::string from_hex(std::string_view text) { return unhex(text).value(); }

TEST(Sha256, AgreesWithFips180) {
  EXPECT_EQ(hex_of(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex_of(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_of(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, AgreesWithFips180OnAMillionLettersInPieces) {
  Sha256 hasher;
  const std::string piece(1000, 'a');
  for (int i = 0; i < 1000; ++i) hasher.add(piece);
  EXPECT_EQ(hex_of(hasher.end()), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(hasher.add("abc").end(), sha256("abc"));
}

RC_GTEST_PROP(Sha256, DoesNotDependOnHowTheTextIsCut, (const std::vector<std::string>& pieces)) {
  Sha256 hasher;
  std::string whole;
  for (const auto& piece : pieces) {
    hasher.add(piece);
    whole += piece;
  }
  RC_ASSERT(hasher.end() == sha256(whole));
}

TEST(Hmac, AgreesWithRfc4231) {
  EXPECT_EQ(hex_of(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex_of(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex_of(hmac_sha256(std::string(20, '\xaa'), std::string(50, '\xdd'))),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  EXPECT_EQ(hex_of(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hmac, AnEmptyKeyIsAKeyAndNotTheLastOne) {
  hmac_sha256("another key", "x");
  EXPECT_EQ(hex_of(hmac_sha256({}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Equal, ComparesContentsAndLengths) {
  EXPECT_TRUE(equal("", ""));
  EXPECT_TRUE(equal("token", "token"));
  EXPECT_FALSE(equal("token", "tokem"));
  EXPECT_FALSE(equal("token", "token "));
  EXPECT_FALSE(equal("", "t"));
}

TEST(HashOf, TakesThirtyTwoBytesAndNothingElse) {
  EXPECT_EQ(hash_of(bytes_of(sha256("abc"))), sha256("abc"));
  EXPECT_EQ(hash_of(std::string(31, 'x')), std::nullopt);
  EXPECT_EQ(hash_of(std::string(33, 'x')), std::nullopt);
}

TEST(Ed25519, AgreesWithRfc8032) {
  struct Vector {
    const char *seed, *public_key, *text, *signature;
  };
  for (const auto& v :
       {Vector{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
               "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
               "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
               "d25bf5f0595bbe24655141438e7a100b"},
        Vector{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
               "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
               "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
               "387b2eaeb4302aeeb00d291612bb0c00"},
        Vector{"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
               "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
               "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
               "4a7c15e9716ed28dc027beceea1ec40a"}}) {
    const auto key = SigningKey::from_seed(from_hex(v.seed)).value();
    EXPECT_EQ(hex(key.public_key()), v.public_key);
    EXPECT_EQ(hex(key.sign(from_hex(v.text))), v.signature);
    EXPECT_TRUE(verify(from_hex(v.public_key), from_hex(v.text), from_hex(v.signature)));
  }
}

RC_GTEST_PROP(Ed25519, RefusesWhateverWasChanged, (const std::string& text)) {
  SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
  const auto key = SigningKey::from_seed(random.bytes(32)).value();
  const std::string signature = key.sign(text);
  RC_ASSERT(verify(key.public_key(), text, signature));
  auto bent = signature;
  bent[random.below(bent.size())] ^= char(1 << random.below(8));
  RC_ASSERT(!verify(key.public_key(), text, bent));
  RC_ASSERT(!verify(key.public_key(), text + "x", signature));
  RC_ASSERT(!verify(SigningKey::from_seed(random.bytes(32))->public_key(), text, signature));
}

TEST(Ed25519, RefusesWrongLengthsWithoutReadingPastThem) {
  const auto key = SigningKey::from_seed(std::string(32, 's')).value();
  const auto signature = key.sign("x");
  EXPECT_FALSE(SigningKey::from_seed("short").has_value());
  EXPECT_FALSE(verify("short", "x", signature));
  EXPECT_FALSE(verify(key.public_key(), "x", signature.substr(1)));
  EXPECT_FALSE(verify(key.public_key(), "x", signature + "y"));
}

TEST(Password, IsKnownAgainAndNoOtherIs) {
  SeededRandom random(1);
  const auto encoded = hash_password("correct horse", random, cheap);
  EXPECT_TRUE(encoded.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << encoded;
  EXPECT_TRUE(verify_password(encoded, "correct horse"));
  EXPECT_FALSE(verify_password(encoded, "correct horsf"));
  EXPECT_FALSE(verify_password(encoded, ""));
  EXPECT_NE(hash_password("correct horse", random, cheap), encoded) << "the salt must differ";
}

TEST(Password, ReadsTheHashesOfOtherLibraries) {
  // From libsodium's own tests (test/default/pwhash_argon2id.c).
  EXPECT_TRUE(verify_password("$argon2id$v=19$m=256,t=3,p=1$MDEyMzQ1Njc$G5ajKFCoUzaXRLdz7UJb5wGkb2Xt+X5/GQjUYtS2+TE",
                              "password"));
  EXPECT_FALSE(verify_password("$argon2id$v=19$m=256,t=3,p=1$MDEyMzQ1Njc$G5ajKFCoUzaXRLdz7UJb5wGkb2Xt+X5/GQjUYtS2+TE",
                               "passwore"));
}

TEST(Password, TextThatIsNoHashIsNobodysPassword) {
  for (const char* text : {"", "*", "password", "$argon2id$", "$argon2i$v=19$m=8,t=1,p=1$MDEyMzQ1Njc$AAAA"}) {
    EXPECT_FALSE(verify_password(text, "password")) << text;
    EXPECT_TRUE(needs_rehash(text, cheap)) << text;
  }
  EXPECT_FALSE(verify_password("$argon2id$" + std::string(5000, 'A'), "password"));
  EXPECT_TRUE(needs_rehash(std::string(5000, 'A'), cheap));
}

TEST(Password, NobodysIsComparedAtTheFullCostAndNeverRight) {
  SeededRandom random(2);
  const auto nobodys = nobodys_password(random, cheap);
  // Read as a hash, so that comparing takes its time.
  EXPECT_FALSE(needs_rehash(nobodys, cheap));
  EXPECT_EQ(nobodys.size(), hash_password("x", random, cheap).size());
  EXPECT_NE(nobodys, nobodys_password(random, cheap));
  EXPECT_FALSE(verify_password(nobodys, ""));
}

TEST(Password, IsHashedAgainWhenTheCostRises) {
  SeededRandom random(2);
  const auto encoded = hash_password("x", random, cheap);
  EXPECT_FALSE(needs_rehash(encoded, cheap));
  EXPECT_TRUE(needs_rehash(encoded, {.passes = 2, .memory_bytes = 8192}));
  EXPECT_TRUE(needs_rehash(encoded, {.passes = 1, .memory_bytes = 16384}));
}

RC_GTEST_PROP(Seal, OpensToWhatWasSealedAndToNothingIfTouched, (const std::string& secret)) {
  SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
  const auto key = random.bytes(32);
  const auto sealed = seal(key, secret, random);
  RC_ASSERT(open(key, sealed) == secret);
  RC_ASSERT(open(random.bytes(32), sealed) == std::nullopt);
  auto bent = sealed;
  bent[random.below(bent.size())] ^= char(1 << random.below(8));
  RC_ASSERT(open(key, bent) == std::nullopt);
  RC_ASSERT(open(key, sealed.substr(0, random.below(sealed.size()))) == std::nullopt);
  RC_ASSERT(seal(key, secret, random) != sealed);
}

TEST(Seal, AKeyOfAWrongLengthIsABugAndSaysSo) {
  SeededRandom random(3);
  EXPECT_THROW(seal("short", "x", random), std::invalid_argument);
  EXPECT_THROW(open("short", "x"), std::invalid_argument);
}

}  // namespace
}  // namespace polder::crypto
