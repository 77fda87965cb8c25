#include "record/receipt.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "kernel/base/encode.h"
#include "record/memory_log_test.h"

namespace polder::record {
namespace {

const std::string key(commitment_key_size, 'k');

Leaf leaf_of(std::string_view content) {
  return {.act = "consultations.respond",
          .time = parse_time("2026-11-22T18:04:00Z").value(),
          .subject = "consultation/clean-water",
          .role = "citizen",
          .commitment = commit(key, content)};
}

/// A receipt for an act with `content`, recorded among others.
struct Recorded {
  explicit Recorded(std::string content, std::uint64_t before = 3, std::uint64_t after = 2) : log(before) {
    opening = {.leaf = encode(leaf_of(content)).value(), .key = key, .content = std::move(content)};
    index = log.size();
    log.append(opening.leaf);
    for (std::uint64_t i = 0; i < after; ++i) log.append("later");
  }
  std::string receipt() {
    return make_receipt(opening, index, inclusion_proof(log, index, log.size()).value(), log.checkpoint());
  }
  MemoryLog log;
  Opening opening;
  std::uint64_t index = 0;
};

std::string verdict(std::string_view bytes, const Verifier& log = MemoryLog::verifier()) {
  const auto verified = verify_receipt(bytes, log);
  return verified ? "verified" : verified.error().message.key;
}

TEST(Leaf, IsSixLinesInOneSpelling) {
  const auto entry = encode(leaf_of("{}")).value();
  EXPECT_EQ(entry,
            "polder-leaf/v1\nact consultations.respond\ntime 2026-11-22T18:04Z\nsubject consultation/clean-water\n"
            "role citizen\ncommitment " +
                hex(crypto::view(commit(key, "{}"))) + "\n");
  EXPECT_EQ(decode_leaf(entry), leaf_of("{}"));
  const auto with = [&](std::string_view from, std::string_view to) {
    auto changed = entry;
    return changed.replace(changed.find(from), from.size(), to);
  };
  for (const std::string& bad :
       {with("v1", "v2"), with("18:04Z", "18:04:00Z"), with("18:04Z", "19:04+01:00"), with("T18", " 18"),
        with("11-22", "11-31"), with("role citizen", "role Citizen"), with("role citizen", "role "),
        with("consultation/", "consultation"), with("act ", "act  "), with("clean-water", "clean water"),
        with("clean-water", "a/b"), with("role citizen\n", ""), with("\nrole citizen", "\r\nrole citizen"),
        entry + "\n", entry.substr(0, entry.size() - 1), entry.substr(0, entry.size() - 2) + "G\n",
        with("commitment ", "commitment 0")})
    EXPECT_FALSE(decode_leaf(bad).has_value()) << bad;
}

TEST(Leaf, CutsTheTimeToTheMinute) {
  auto leaf = leaf_of("{}");
  leaf.time = leaf.time + 59'999;
  EXPECT_EQ(decode_leaf(encode(leaf).value())->time, leaf_of("{}").time);
}

TEST(Leaf, WithFieldsThatCouldForgeALineIsRefused) {
  auto leaf = leaf_of("{}");
  leaf.role = "citizen\ncommitment 00";
  EXPECT_EQ(encode(leaf).error().message.key, "record.leaf-malformed");
  leaf = leaf_of("{}");
  leaf.act = std::string(101, 'a');
  EXPECT_FALSE(encode(leaf).has_value());
  leaf = leaf_of("{}");
  leaf.time = {INT64_MAX};
  EXPECT_FALSE(encode(leaf).has_value());
}

TEST(Commitment, IsHmacOverADomainTagAndTheContent) {
  EXPECT_EQ(commit(key, "{}"), crypto::hmac_sha256(key, "polder-act/v1\n{}"));
  EXPECT_NE(commit(key, "{}"), commit(std::string(32, 'l'), "{}"));
  EXPECT_THROW(commit("short", "{}"), std::invalid_argument);
}

TEST(Receipt, ProvesWhatWasSaidWhenAndWhere) {
  Recorded recorded(R"({"words":"More trees, please."})");
  const auto verified = verify_receipt(recorded.receipt(), MemoryLog::verifier());
  ASSERT_TRUE(verified.has_value()) << verified.error().message.key << " " << verified.error().cause;
  EXPECT_EQ(verified->leaf, leaf_of(recorded.opening.content));
  EXPECT_EQ(verified->content, recorded.opening.content);
  EXPECT_EQ(verified->index, 3U);
  EXPECT_EQ(verified->checkpoint.size, 6U);
  EXPECT_EQ(verified->checkpoint.origin, "example.org/water");
}

TEST(Receipt, StillVerifiesAfterTheLogHasGrown) {
  Recorded recorded("{}");
  const auto early = recorded.receipt();
  for (int i = 0; i < 600; ++i) recorded.log.append("much later");
  EXPECT_EQ(verdict(early), "verified");
  EXPECT_EQ(verdict(recorded.receipt()), "verified");
  EXPECT_NE(recorded.receipt(), early);
}

// tests/conformance/receipt.mjs reads the same file without any of our code.
TEST(Receipt, KeptSinceTheFirstVersionStillVerifiesAndIsStillWhatWeMake) {
  Recorded recorded(R"({"words":"Meer bomen, alstublieft. Más árboles."})", 200, 99);
  const std::filesystem::path folder = "tests/conformance/receipt";
  const auto read = [](const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const auto kept = read(folder / "trees.tlog-proof");
  EXPECT_EQ(verdict(kept, parse_vkey(read(folder / "vkey")).value()), "verified");
  EXPECT_EQ(kept, recorded.receipt());
}

RC_GTEST_PROP(Receipt, VerifiesForAnyContentAnywhereInTheLog, (const std::string& content)) {
  Recorded recorded(content, *rc::gen::inRange(0U, 600U), *rc::gen::inRange(0U, 600U));
  const auto verified = verify_receipt(recorded.receipt(), MemoryLog::verifier());
  RC_ASSERT(verified.has_value());
  RC_ASSERT(verified->content == content);
}

TEST(Receipt, WithAnyBitChangedIsRefused) {
  const auto receipt = Recorded(R"({"words":"x"})").receipt();
  for (std::size_t i = 0; i < receipt.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      auto bent = receipt;
      bent[i] ^= char(1 << bit);
      EXPECT_NE(verdict(bent), "verified") << "byte " << i << " bit " << bit;
    }
  for (std::size_t n = 0; n < receipt.size(); ++n) EXPECT_NE(verdict(receipt.substr(0, n)), "verified") << n;
  EXPECT_NE(verdict(receipt + "\n"), "verified");
}

TEST(Receipt, SaysWhichPartDoesNotHold) {
  Recorded recorded("{}");
  const auto hashes = inclusion_proof(recorded.log, recorded.index, recorded.log.size()).value();
  const auto checkpoint = recorded.log.checkpoint();
  auto other_words = recorded.opening;
  other_words.content = R"({"words":"never said"})";
  EXPECT_EQ(verdict(make_receipt(other_words, recorded.index, hashes, checkpoint)), "record.receipt-commitment");
  auto other_leaf = recorded.opening;
  other_leaf.leaf = encode(leaf_of(R"({"words":"never said"})")).value();
  EXPECT_EQ(verdict(make_receipt(other_leaf, recorded.index, hashes, checkpoint)), "record.receipt-not-included");
  EXPECT_EQ(verdict(make_receipt(recorded.opening, recorded.index + 1, hashes, checkpoint)),
            "record.receipt-not-included");
  EXPECT_EQ(verdict(make_receipt(recorded.opening, recorded.index, hashes, MemoryLog(6).checkpoint())),
            "record.receipt-not-included");
  EXPECT_EQ(verdict(recorded.receipt(), verifier_of("example.org/water", std::string(32, 'p'))),
            "record.note-unknown-key");
  EXPECT_EQ(verdict(format(Proof{{}, recorded.index, hashes, checkpoint})), "record.receipt-without-opening");
  EXPECT_EQ(verdict(format(Proof{"something else", recorded.index, hashes, checkpoint})), "record.receipt-malformed");
  EXPECT_EQ(verdict("My dear friends"), "record.proof-malformed");
  EXPECT_EQ(verdict(std::string(max_proof + 1, 'x')), "record.proof-too-large");
}

TEST(Receipt, KeepsTheWitnessesCosignaturesVerbatim) {
  Recorded recorded("{}");
  auto note = parse_note(recorded.log.checkpoint()).value();
  note.signatures.push_back({"witness.example", 7, std::string(72, 'w')});
  const auto receipt =
      make_receipt(recorded.opening, recorded.index,
                   inclusion_proof(recorded.log, recorded.index, recorded.log.size()).value(), format(note));
  EXPECT_EQ(verdict(receipt), "verified");
  EXPECT_EQ(parse_proof(receipt)->checkpoint, format(note));
}

TEST(Receipt, OfTheLongestContentIsRead) {
  Recorded recorded(std::string(max_content, 'x'));
  EXPECT_EQ(verdict(recorded.receipt()), "verified");
  EXPECT_EQ(verdict(Recorded(std::string(max_content + 1, 'x')).receipt()), "record.proof-too-large");
}

TEST(Proof, IsReadStrictly) {
  const auto checkpoint = MemoryLog(3).checkpoint();
  const auto hash = base64(crypto::view(leaf_hash("x"))) + "\n";
  const std::string head = "c2sp.org/tlog-proof@v1\n";
  std::string many;
  for (int i = 0; i < 64; ++i) many += hash;
  for (const std::string& good :
       {head + "index 0\n\n" + checkpoint, head + "extra \nindex 7\n" + hash + "\n" + checkpoint,
        head + "extra AAAA\nindex 18446744073709551615\n" + hash + hash + "\n" + checkpoint}) {
    const auto proof = parse_proof(good);
    ASSERT_TRUE(proof.has_value()) << good;
    EXPECT_EQ(format(*proof), good);
  }
  for (const std::string& bad :
       {std::string(), head, "c2sp.org/tlog-proof@v2\nindex 0\n\n" + checkpoint, head + "\n" + checkpoint,
        head + "index 00\n\n" + checkpoint, head + "index -1\n\n" + checkpoint, head + "index\n\n" + checkpoint,
        head + "index 0\nextra AAAA\n\n" + checkpoint, head + "extra AAA\nindex 0\n\n" + checkpoint,
        head + "extra AAAA\nextra AAAA\nindex 0\n\n" + checkpoint, head + "index 0\nAAAA\n\n" + checkpoint,
        head + "index 0\n" + many + "\n" + checkpoint, head + "index 0\n" + checkpoint, head + "index 0\n\n",
        head + "index 0\n\nno note\n"})
    EXPECT_FALSE(parse_proof(bad).has_value()) << bad;
}

}  // namespace
}  // namespace polder::record
