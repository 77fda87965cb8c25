// Bytes as text and back: everything comes back as it was, and each value has one spelling.
#include "kernel/base/encode.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace polder {
namespace {

std::string any_bytes() { return *rc::gen::container<std::string>(rc::gen::arbitrary<char>()); }

TEST(Encode, WhateverGoesInComesOut) {
  EXPECT_TRUE(rc::check([] {
    const std::string bytes = any_bytes();
    RC_ASSERT(unhex(hex(bytes)) == bytes);
    RC_ASSERT(unbase64(base64(bytes)) == bytes);
    RC_ASSERT(unbase64url(base64url(bytes)) == bytes);
    RC_ASSERT(unpercent(percent(bytes)) == bytes);
    RC_ASSERT(unpercent(percent(bytes), true) == bytes);
  }));
}

TEST(Encode, WhateverIsReadHasOneSpelling) {
  const auto text = rc::gen::container<std::string>(
      rc::gen::element('A', 'B', 'Q', 'a', 'f', 'g', '0', '9', '+', '/', '-', '_', '=', ' ', '\n'));
  EXPECT_TRUE(rc::check([&] {
    const std::string sent = *text;
    if (const auto bytes = unhex(sent)) RC_ASSERT(hex(*bytes) == sent);
    if (const auto bytes = unbase64(sent)) RC_ASSERT(base64(*bytes) == sent);
    if (const auto bytes = unbase64url(sent)) RC_ASSERT(base64url(*bytes) == sent);
  }));
}

TEST(Encode, SpeaksTheVectorsOfTheStandard) {
  // RFC 4648 §10.
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(unbase64(text), bytes);
  }
  EXPECT_EQ(base64url("\xFB\xFF"), "-_8");
  EXPECT_EQ(base64("\xFB\xFF"), "+/8=");
  EXPECT_EQ(hex("\x01\xAB"), "01ab");
}

TEST(Encode, WhatIsMalformedIsRefused) {
  for (const auto* bad : {"a", "abc", "0g", "0x", " 0", "AB"}) EXPECT_FALSE(unhex(bad)) << bad;
  for (const auto* bad : {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zm9v====", "====", "Z===", "Zg==Zg==", "Zm 9", "-_8="})
    EXPECT_FALSE(unbase64(bad)) << bad;
  for (const auto* bad : {"Z", "Zh", "Zg==", "+/8", "Zm9vY"}) EXPECT_FALSE(unbase64url(bad)) << bad;
  for (const auto* bad : {"%", "%4", "%4G", "%GG", "a%"}) EXPECT_FALSE(unpercent(bad)) << bad;
}

TEST(Encode, APlusIsASpaceInFormsOnly) {
  EXPECT_EQ(unpercent("a+b%2B%c3%A9", true), "a b+é");
  EXPECT_EQ(unpercent("a+b"), "a+b");
  EXPECT_EQ(percent("a b/?#é~"), "a%20b%2F%3F%23%C3%A9~");
}

}  // namespace
}  // namespace polder
