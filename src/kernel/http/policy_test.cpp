#include "kernel/http/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "kernel/base/encode.h"

namespace polder::http {
namespace {

using Fields = std::vector<Field>;

/// 200 if the head may be served, or the status that refuses it.
int verdict(std::string_view method, std::string_view target, Fields fields, int version = 11) {
  auto head = check({.method = method, .target = target, .version = version, .fields = fields});
  return head ? 200 : head.error();
}
int verdict_of_target(std::string_view target) { return verdict("GET", target, {{"Host", "a.example"}}); }

TEST(Policy, LetsAnOrdinaryRequestThrough) {
  Fields fields = {{"Host", "Town.Example:8080"}, {"Cookie", "a=b"}, {"IF-NONE-MATCH", "\"x\""}};
  auto head = check({.method = "GET", .target = "/green/plan?page=2", .fields = fields});
  ASSERT_TRUE(head);
  EXPECT_EQ(head->path(), "/green/plan");
  EXPECT_EQ(head->query, "page=2");
  EXPECT_EQ(head->host(), "town.example:8080");
  EXPECT_EQ(head->cookie, "a=b");
  EXPECT_EQ(head->if_none_match, "\"x\"");
  EXPECT_FALSE(head->has_body());
}

TEST(Policy, WantsExactlyOneValidHost) {
  EXPECT_EQ(verdict("GET", "/", {}), 400);
  EXPECT_EQ(verdict("GET", "/", {{"Host", "a.example"}, {"host", "a.example"}}), 400);
  for (auto bad : {"",   "a b",  "a,b", "user@a", "a/b", "a:",        "a:0",    "a:65536", "a:x",  "a:1:2",
                   ".a", "a..b", "-a",  "[::1",   "[]",  "[1.2.3.4]", "[::1]x", "[v1.a]",  "a%00", "\xc3\xa9.example"})
    EXPECT_EQ(verdict("GET", "/", {{"Host", bad}}), 400) << bad;
  EXPECT_EQ(verdict("GET", "/", {{"Host", std::string(max_host + 1, 'a')}}), 400);
  for (auto good : {"a", "a.example", "a.example:443", "127.0.0.1:8080", "[::1]", "[2001:db8::1]:80", "my_host", "a."})
    EXPECT_EQ(verdict("GET", "/", {{"Host", good}}), 200) << good;
}

TEST(Policy, ReadsOneFramingOnly) {
  auto post = [](Fields fields, int version = 11) {
    fields.push_back({"Host", "a.example"});
    return verdict("POST", "/", fields, version);
  };
  EXPECT_EQ(post({{"Content-Length", "5"}}), 200);
  EXPECT_EQ(post({{"Transfer-Encoding", "Chunked"}}), 200);
  EXPECT_EQ(post({}), 411);
  EXPECT_EQ(post({{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}), 400);
  EXPECT_EQ(post({{"Content-Length", "5"}, {"Content-Length", "5"}}), 400);
  EXPECT_EQ(post({{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}), 400);
  EXPECT_EQ(post({{"Transfer-Encoding", "chunked"}}, 10), 400);
  for (auto bad : {"", "+5", "-5", "5, 5", "5 ", "0x5", "5a"}) EXPECT_EQ(post({{"Content-Length", bad}}), 400) << bad;
  EXPECT_EQ(post({{"Content-Length", "99999999999999999999"}}), 413);
  for (auto bad : {"gzip", "gzip, chunked", "chunked, chunked", "identity", "xchunked", ""})
    EXPECT_EQ(post({{"Transfer-Encoding", bad}}), 501) << bad;
}

TEST(Policy, RefusesHeadersThatMustStandAloneWhenTheyRepeat) {
  for (auto name : {"content-type", "authorization", "cookie", "origin", "sec-fetch-site", "idempotency-key",
                    "if-none-match", "expect"})
    EXPECT_EQ(verdict("GET", "/", {{"Host", "a"}, {name, "100-continue"}, {name, "100-continue"}}), 400) << name;
  EXPECT_EQ(verdict("GET", "/", {{"Host", "a"}, {"Accept", "x"}, {"Accept", "y"}}), 200);
}

TEST(Policy, CapsHowManyHeadersAndHowLongATarget) {
  Fields fields(max_fields - 1, {"X-A", "1"});
  fields.push_back({"Host", "a"});
  EXPECT_EQ(verdict("GET", "/", fields), 200);
  fields.push_back({"X-A", "1"});
  EXPECT_EQ(verdict("GET", "/", fields), 431);
  EXPECT_EQ(verdict_of_target("/" + std::string(max_target - 1, 'a')), 200);
  EXPECT_EQ(verdict_of_target("/" + std::string(max_target, 'a')), 414);
}

TEST(Policy, TellsMethodsItNeverServesFromMethodsItDoesNotKnow) {
  EXPECT_EQ(verdict("TRACE", "/", {{"Host", "a"}}), 405);
  EXPECT_EQ(verdict("CONNECT", "a:443", {{"Host", "a"}}), 405);
  EXPECT_EQ(verdict("BREW", "/", {{"Host", "a"}}), 501);
  EXPECT_EQ(verdict("get", "/", {{"Host", "a"}}), 501);
}

TEST(Policy, RefusesAnExpectationItCannotMeet) {
  EXPECT_EQ(verdict("GET", "/", {{"Host", "a"}, {"Expect", "coffee"}}), 417);
}

TEST(Policy, RefusesControlsInValues) {
  EXPECT_EQ(verdict("GET", "/", {{"Host", "a"}, {"X-A", "a\rb"}}), 400);
  EXPECT_EQ(verdict("GET", "/", {{"Host", "a"}, {"X-A", std::string_view("a\0b", 3)}}), 400);
}

TEST(Policy, LetsNoPathThroughThatTwoReadersCouldTakeForDifferentOnes) {
  for (auto bad : {"",       "*",     "a",       "http://a/",  "//",    "//a",       "/a//b",    "/a//",
                   "/.",     "/..",   "/a/../b", "/a/./b",     "/a/..", "/%2e%2e/a", "/.%2E",    "/a%2fb",
                   "/a%2Fb", "/a\\b", "/a%5cb",  "/a%00",      "/a%0a", "/a%7f",     "/%",       "/%4",
                   "/%zz",   "/%c3",  "/%c0%af", "/%ed%a0%80", "/a#b",  "/a b",      "/\xc3\xa9"})
    EXPECT_EQ(verdict_of_target(bad), 400) << bad;
  for (auto good : {"/", "/a", "/a/", "/a/b", "/...", "/.well-known/a", "/a..b", "/a%20b", "/%C3%A9", "/%252e%252e",
                    "/a+b", "/a;b=c", "/?", "/?a=//..%2f\\", "/a?b?c"})
    EXPECT_EQ(verdict_of_target(good), 200) << good;
}

TEST(Policy, DecodesAPathOnceAndOnlyOnce) {
  EXPECT_EQ(decode_path("/%252e"), "/%2e");
  EXPECT_EQ(decode_path("/caf%C3%A9+1"), "/caf\xc3\xa9+1");
}

RC_GTEST_PROP(Policy, AnySegmentComesBackAsItWasEscaped, ()) {
  const auto signs = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "a", "Z", "7", ".", "%", "%2f", "+", " ", "?", "#", ";", "\"", "\xc3\xa9", "\xe6\x97\xa5")));
  std::string segment;
  for (const auto& sign : signs) segment += sign;
  RC_PRE(segment != "." && segment != "..");
  RC_ASSERT(decode_path("/" + percent(segment)) == "/" + segment);
}

TEST(Forwarded, BelievesTheRightmostHopThatIsNotAProxyOfOurs) {
  std::vector<std::string> trusted = {"10.0.0.1", "::ffff:10.0.0.2", "2001:DB8::0:1"};
  auto remote = [&](Fields fields) { return forwarded("10.0.0.1", fields, trusted)->remote; };
  EXPECT_EQ(remote({}), "10.0.0.1");
  EXPECT_EQ(remote({{"X-Forwarded-For", "203.0.113.9"}}), "203.0.113.9");
  EXPECT_EQ(remote({{"X-Forwarded-For", "6.6.6.6, 203.0.113.9, 10.0.0.2"}}), "203.0.113.9");
  EXPECT_EQ(remote({{"X-Forwarded-For", "6.6.6.6"}, {"x-forwarded-for", "203.0.113.9, 2001:db8::1"}}), "203.0.113.9");
  EXPECT_EQ(remote({{"X-Forwarded-For", "6.6.6.6, rubbish, 10.0.0.2"}}), "10.0.0.2");
  EXPECT_EQ(remote({{"X-Forwarded-For", "6.6.6.6, , 10.0.0.2"}}), "10.0.0.2");
}

TEST(Forwarded, TakesSchemeAndHostFromTheNearestProxyAlone) {
  Fields fields = {{"X-Forwarded-Proto", "http, https"}, {"X-Forwarded-Host", "evil.example, Town.Example"}};
  auto client = forwarded("10.0.0.1", fields, {});
  ASSERT_TRUE(client);
  EXPECT_TRUE(client->secure);
  EXPECT_EQ(client->host, "town.example");
  fields = {{"X-Forwarded-Proto", "https, http"}};
  EXPECT_FALSE(forwarded("10.0.0.1", fields, {})->secure);
  fields = {{"X-Forwarded-Host", "a/b"}};
  EXPECT_EQ(forwarded("10.0.0.1", fields, {}).error(), 400);
}

}  // namespace
}  // namespace polder::http
