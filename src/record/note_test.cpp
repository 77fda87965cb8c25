#include "record/note.h"

#include <gtest/gtest.h>

#include "kernel/base/encode.h"
#include "record/checkpoint.h"
#include "record/memory_log_test.h"

namespace polder::record {
namespace {

// C2SP signed-note.md's own note; its key is in the specification's Go ancestor, golang.org/x/mod/sumdb/note, as
// PeterNeumann's is, whose note and verifier key are published together.
constexpr std::string_view published_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view published_note =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

const Verifier& verifier() {
  static const auto v = MemoryLog::verifier();
  return v;
}

std::string signed_text(const std::string& text) {
  return format(Note{text, {sign_note(text, verifier().name, key_for_tests())}});
}

std::string refusal_of(const Result<Note>& note) { return note ? "accepted" : note.error().message.key; }

TEST(Note, ThePublishedOneOpensWithThePublishedKey) {
  const auto key = parse_vkey(published_key);
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(vkey(*key), published_key);
  const auto note = open_note(published_note, std::span(&*key, 1));
  ASSERT_TRUE(note.has_value()) << note.error().message.key;
  EXPECT_EQ(format(*note), published_note);
  EXPECT_TRUE(note->text.ends_with("what your problem is.\n"));
}

TEST(Note, WhatWeSignOpensAndAnyChangedByteDoesNot) {
  const auto bytes = signed_text("Line one\n\nand, after an empty line, another\n");
  EXPECT_EQ(refusal_of(open_note(bytes, std::span(&verifier(), 1))), "accepted");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto bent = bytes;
    bent[i] ^= 1;
    EXPECT_NE(refusal_of(open_note(bent, std::span(&verifier(), 1))), "accepted") << "byte " << i;
  }
  for (std::size_t n = 0; n < bytes.size(); ++n)
    EXPECT_NE(refusal_of(open_note(bytes.substr(0, n), std::span(&verifier(), 1))), "accepted") << n << " bytes";
}

TEST(Note, SignaturesOfUnknownKeysAndTypesAreIgnored) {
  const std::string text = "text\n";
  const Signature post_quantum{"witness.example", 0x01020304, std::string(2428, 'q')};
  const Signature same_name_other_id{verifier().name, verifier().id + 1, "whatever"};
  const Signature other_name_same_id{"other.example", verifier().id, "whatever"};
  const auto ours = sign_note(text, verifier().name, key_for_tests());
  const auto known = std::span(&verifier(), 1);
  EXPECT_EQ(refusal_of(open_note(format({text, {post_quantum, same_name_other_id, ours, other_name_same_id}}), known)),
            "accepted");
  EXPECT_EQ(refusal_of(open_note(format({text, {post_quantum, same_name_other_id}}), known)),
            "record.note-unknown-key");
}

TEST(Note, AKnownKeysWrongSignatureSpoilsTheNote) {
  const std::string text = "text\n";
  const auto ours = sign_note(text, verifier().name, key_for_tests());
  auto wrong = ours;
  wrong.bytes[5] ^= 1;
  EXPECT_EQ(refusal_of(open_note(format({text, {ours, wrong}}), std::span(&verifier(), 1))), "record.note-signature");
  wrong.bytes = "short";
  EXPECT_EQ(refusal_of(open_note(format({text, {wrong}}), std::span(&verifier(), 1))), "record.note-signature");
}

TEST(Note, AcceptsSixteenPostQuantumSignaturesAndNotAMegabyte) {
  Note note{"text\n", std::vector<Signature>(16, {"witness.example", 7, std::string(5000, 's')})};
  EXPECT_TRUE(parse_note(format(note)).has_value());
  note.text.assign(1 << 20, 'x').push_back('\n');
  EXPECT_EQ(refusal_of(parse_note(format(note))), "record.note-too-large");
}

TEST(Note, WhatIsNotANoteIsRefused) {
  const std::string good = "text\n\n— name AAAAAAA=\n";
  ASSERT_TRUE(parse_note(good).has_value());
  for (const std::string& bad : {std::string(), std::string("\n"), std::string("text\n"), std::string("text\n\n"),
                                 std::string("text\n\n— name AAAAAAA="),          // the last line does not end
                                 std::string("text\n— name AAAAAAA=\n"),          // no empty line
                                 std::string("text\n\n- name AAAAAAA=\n"),        // a hyphen is no em dash
                                 std::string("text\n\n— name  AAAAAAA=\n"),       // two spaces
                                 std::string("text\n\n— na+me AAAAAAA=\n"),       // '+' in a name
                                 std::string("text\n\n— na\u00a0me AAAAAAA=\n"),  // a space of another script
                                 std::string("text\n\n—  AAAAAAA=\n"),            // no name
                                 std::string("text\n\n— name AAAAAA==\n"),        // a key ID and nothing after it
                                 std::string("text\n\n— name AAAAAAA\n"),         // base64 without its padding
                                 std::string("text\n\n— name AAAAAAB=\n"),        // base64 with bits left over
                                 std::string("text\n\n— name AAAAAAA=\nmore\n"),  // no signature line
                                 std::string("te\rxt\n\n— name AAAAAAA=\n"),      // a control character
                                 std::string("te\xff\n\n— name AAAAAAA=\n"),      // not UTF-8
                                 std::string("text\n\n— name AAAAAAA=\n\0", 26)})
    EXPECT_EQ(refusal_of(parse_note(bad)), "record.note-malformed") << bad;
}

TEST(Vkey, OnlyItsOneSpellingIsRead) {
  const auto good = vkey(verifier());
  EXPECT_EQ(parse_vkey(good), verifier());
  auto upper = good;
  for (char& c : std::span(upper).subspan(upper.find('+') + 1, 8)) c = char(std::toupper(c));
  const auto key = std::string(1, '\1') + verifier().public_key;
  for (const std::string& bad :
       {std::string(), std::string("name"), std::string("name+00000000"), good + "=", upper, good.substr(1),
        good.substr(0, good.size() - 4), "example.org/water+00000000+" + base64(key), "+00000000+" + base64(key)}) {
    if (bad == good) continue;
    const auto read = parse_vkey(bad);
    ASSERT_FALSE(read.has_value()) << bad;
    EXPECT_EQ(read.error().message.key, "record.vkey-malformed");
  }
  EXPECT_EQ(parse_vkey("name+00000000+" + base64("\x04" + verifier().public_key)).error().message.key,
            "record.vkey-type");
}

TEST(Checkpoint, OpensWithTheLogsKeyAndSaysWhatWasSigned) {
  const Checkpoint checkpoint{.origin = "example.org/water", .size = 7, .root = leaf_hash("root")};
  const auto bytes = sign_checkpoint(checkpoint, key_for_tests());
  EXPECT_EQ(open_checkpoint(bytes, verifier()), checkpoint);
  EXPECT_EQ(sign_checkpoint(checkpoint, key_for_tests()), bytes) << "signing twice must not make two notes";
  EXPECT_TRUE(bytes.starts_with("example.org/water\n7\n"));
}

TEST(Checkpoint, OfAnotherLogUnderTheSameKeyIsRefused) {
  const Checkpoint other{.origin = "example.org/fire", .size = 7, .root = leaf_hash("root")};
  const auto text = format(other);
  const auto bytes = format(Note{text, {sign_note(text, verifier().name, key_for_tests())}});
  EXPECT_EQ(open_checkpoint(bytes, verifier()).error().message.key, "record.checkpoint-origin");
}

TEST(Checkpoint, IsReadStrictlyAndKeepsExtensionLines) {
  const auto root = base64(crypto::view(leaf_hash("root")));
  for (const std::string& good : {"o\n7\n" + root + "\n", "o\n7\n" + root + "\nextension\nand another\n",
                                  "o\n0\n" + base64(crypto::view(empty_root())) + "\n"}) {
    const auto checkpoint = parse_checkpoint(good);
    ASSERT_TRUE(checkpoint.has_value()) << good;
    EXPECT_EQ(format(*checkpoint), good);
  }
  for (const std::string& bad :
       {std::string(), std::string("o\n7\n"), "\n7\n" + root + "\n", "o\n07\n" + root + "\n", "o\n-7\n" + root + "\n",
        "o\n+7\n" + root + "\n", "o\n7 \n" + root + "\n", "o\n18446744073709551616\n" + root + "\n", "o\n7\n" + root,
        "o\n7\n" + root + "A\n", "o\n7\n" + base64("short") + "\n", "o\n0\n" + root + "\n",
        "o\n7\n" + root + "\n\nafter an empty line\n", "o\n7\n" + root + "\nno end"})
    EXPECT_FALSE(parse_checkpoint(bad).has_value()) << bad;
}

}  // namespace
}  // namespace polder::record
