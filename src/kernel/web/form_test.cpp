// What browsers send becomes the JSON that the API takes; what no browser sends is refused and takes nothing down.
#include "kernel/web/form.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "kernel/base/encode.h"

namespace polder::web {
namespace {

namespace json = boost::json;

std::string urlencoded(std::string_view body) {
  const auto read = read_body("application/x-www-form-urlencoded", body);
  return read ? json::serialize(*read) : read.error().message.key;
}

std::string multipart(std::string_view body,
                      std::string_view type = "multipart/form-data; boundary=----WebKitFormBoundaryX") {
  const auto read = read_body(type, body);
  return read ? json::serialize(*read) : read.error().message.key;
}

/// As Chromium writes it.
std::string part(std::string_view head, std::string_view content) {
  return "------WebKitFormBoundaryX\r\nContent-Disposition: form-data; " + std::string(head) + "\r\n\r\n" +
         std::string(content) + "\r\n";
}
constexpr auto end = "------WebKitFormBoundaryX--\r\n";

TEST(Form, ReadsPathsAsObjects) {
  EXPECT_EQ(urlencoded("title=A+b%21&answers.0.words=one&answers.1.words=two&empty="),
            R"({"title":"A b!","answers":{"0":{"words":"one"},"1":{"words":"two"}},"empty":""})");
  EXPECT_EQ(urlencoded(""), "{}");
  EXPECT_EQ(urlencoded("&&a=1&"), R"({"a":"1"})");
  EXPECT_EQ(urlencoded("a"), R"({"a":""})");
  EXPECT_EQ(urlencoded("a=1=2"), R"({"a":"1=2"})");
}

TEST(Form, TheSameNameTwiceIsAList) {
  EXPECT_EQ(urlencoded("a=1&a=2&a=3"), R"({"a":["1","2","3"]})");
  EXPECT_EQ(urlencoded("a.b=1&a.b=2"), R"({"a":{"b":["1","2"]}})");
  EXPECT_EQ(urlencoded("a=1&a.b=2"), "web.form-broken") << "a text cannot also be a group";
  EXPECT_EQ(urlencoded("a.b=1&a=2"), "web.form-broken");
}

TEST(Form, NamesAreOnlyNames) {
  EXPECT_EQ(urlencoded("__proto__.x=1&constructor=2"), R"({"__proto__":{"x":"1"},"constructor":"2"})");
  EXPECT_EQ(urlencoded("=1"), "web.form-broken");
  EXPECT_EQ(urlencoded("a.b.c.d.e.f=1"), R"({"a":{"b":{"c":{"d":{"e":{"f":"1"}}}}}})");
  EXPECT_EQ(urlencoded("a.b.c.d.e.f.g=1"), "web.form-broken") << "too deep";
  EXPECT_EQ(urlencoded(std::string(201, 'a') + "=1"), "web.form-broken") << "too long";
  EXPECT_EQ(urlencoded("%FF=1"), "web.form-broken") << "a name that is told back must be text";
  EXPECT_EQ(urlencoded("a=%GG"), "web.form-broken");
  EXPECT_EQ(urlencoded("a=%4"), "web.form-broken");
}

TEST(Form, ManyFieldsAreTakenUpToTheLimit) {
  std::string body;
  for (int i = 0; i < 2'000; ++i) body += "a=1&";
  EXPECT_NE(urlencoded(body), "web.form-broken");
  EXPECT_EQ(urlencoded(body + "a=1"), "web.form-broken");
  std::string parts;
  for (int i = 0; i < 2'000; ++i) parts += part("name=\"a\"", "1");
  EXPECT_NE(multipart(parts + end), "web.form-broken");
  EXPECT_EQ(multipart(parts + part("name=\"a\"", "1") + end), "web.form-broken");
}

TEST(Multipart, ReadsWhatBrowsersSend) {
  EXPECT_EQ(multipart(part("name=\"title\"", "A \xC3\xA9\r\nb") +
                      part("name=\"law\"; filename=\"my law.xml\"\r\nContent-Type: text/xml", "<law/>") +
                      part("name=\"tags\"", "x") + part("name=\"tags\"", "y") + end),
            R"({"title":"A é\r\nb","law":{"name":"my law.xml","base64":"PGxhdy8+"},"tags":["x","y"]})");
  EXPECT_EQ(multipart(part("name=\"law\"; filename=\"\"\r\nContent-Type: application/octet-stream", "") + end), "{}")
      << "no file was chosen";
  EXPECT_EQ(multipart(part("name=\"law\"; filename=\"a%22b%0D%0A.xml\"", "x") + end),
            R"({"law":{"name":"a\"b\r\n.xml","base64":"eA=="}})");
  EXPECT_EQ(multipart(part("name=\"a\"", "") + end), R"({"a":""})");
  EXPECT_EQ(multipart(end), "{}");
  // Firefox, and Safari with its own case of header names.
  EXPECT_EQ(multipart("-----------------------------9051914041544843365972754266\r\ncontent-disposition: form-data; "
                      "name=\"a\"\r\n\r\n1\r\n"
                      "-----------------------------9051914041544843365972754266--\r\n",
                      "multipart/form-data; boundary=---------------------------9051914041544843365972754266"),
            R"({"a":"1"})");
  EXPECT_EQ(multipart("--a b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--a b--",
                      "Multipart/Form-Data; charset=utf-8; boundary=\"a b\""),
            R"({"a":"1"})");
}

TEST(Multipart, ABoundaryInAFileIsNoBoundaryUnlessItBeginsALine) {
  const std::string content = "x------WebKitFormBoundaryX\r\n--\r\n-----";
  EXPECT_EQ(multipart(part("name=\"f\"; filename=\"a\"", content) + end),
            R"({"f":{"name":"a","base64":")" + base64(content) + "\"}}");
}

TEST(Multipart, WhatIsBrokenIsRefusedWhole) {
  const std::string good = part("name=\"a\"", "1");
  for (std::size_t cut = 1; cut < good.size(); ++cut)
    EXPECT_EQ(multipart(good.substr(0, cut)), "web.form-broken") << cut;
  EXPECT_EQ(multipart(good + end, "multipart/form-data"), "web.form-broken") << "no boundary";
  EXPECT_EQ(multipart(good + end, "multipart/form-data; boundary="), "web.form-broken");
  EXPECT_EQ(multipart(good + end, "multipart/form-data; boundary=\"----WebKit"), "web.form-broken");
  EXPECT_EQ(multipart(good + end, "multipart/form-data; boundary=" + std::string(71, 'a')), "web.form-broken");
  EXPECT_EQ(multipart(part("filename=\"a\"", "1") + end), "web.form-broken") << "no name";
  EXPECT_EQ(multipart(part("name=\"a", "1") + end), "web.form-broken");
  EXPECT_EQ(multipart(part("name=\"" + std::string(5'000, 'a') + "\"", "1") + end), "web.form-broken");
  EXPECT_EQ(multipart(part("name=\"\xFF\"", "1") + end), "web.form-broken");
  EXPECT_EQ(multipart("before" + good + end), "web.form-broken");
}

TEST(Body, IsReadByItsTypeAlone) {
  EXPECT_EQ(json::serialize(*read_body("application/json; charset=utf-8", R"({"a":[1]})")), R"({"a":[1]})");
  EXPECT_EQ(json::serialize(read_body("Application/JSON", "{}").value()), "{}");
  EXPECT_EQ(json::serialize(*read_body("", "a=1")), R"({"a":"1"})");
  for (const auto* type :
       {"text/plain", "application/jsonp", "application/json-patch+json", "multipart/form-database; boundary=a",
        "application/x-www-form-urlencodedx", "multipart/mixed; boundary=a"}) {
    const auto read = read_body(type, "{}");
    EXPECT_TRUE(!read && read.error().message.key == "web.content-type") << type;
  }
}

TEST(Json, IsOneWholeObjectOfBoundedDepth) {
  for (const auto* bad : {"", "[]", "1", "null", "{", R"({"a":1} x)", R"({"a":"\xFF"})", "{'a':1}", "\xEF\xBB\xBF{}"})
    EXPECT_FALSE(read_json(bad)) << bad;
  EXPECT_FALSE(read_json(R"({"a":")"
                         "\xFF"
                         R"("})"))
      << "not UTF-8";
  const auto nested = [](int depth) { return R"({"a":)" + std::string(depth, '[') + std::string(depth, ']') + "}"; };
  EXPECT_TRUE(read_json(nested(31)));
  EXPECT_FALSE(read_json(nested(32)));
  EXPECT_FALSE(read_json(nested(1'000'000)));
}

TEST(Query, GivesTheFirstValueOrNothing) {
  EXPECT_EQ(query_value("a=1&b=%C3%A9+x&a=2", "a"), "1");
  EXPECT_EQ(query_value("a=1&b=%C3%A9+x", "b"), "é x");
  EXPECT_EQ(query_value("a=1", "c"), "");
  EXPECT_EQ(query_value("a=%", "a"), "");
}

TEST(Form, WhateverWasTypedArrivesAsItWasTyped) {
  EXPECT_TRUE(rc::check([] {
    const auto text = rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    const auto values = *rc::gen::container<std::vector<std::string>>(text);
    std::string body, parts;
    json::object expected;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i].find("------WebKitFormBoundaryX") != std::string::npos) continue;
      const std::string name = "f.n" + std::to_string(i);
      body += (body.empty() ? "" : "&") + percent(name) + '=' + percent(values[i]);
      parts += part("name=\"" + name + "\"", values[i]);
      if (!expected.if_contains("f")) expected["f"] = json::object{};
      expected["f"].get_object()["n" + std::to_string(i)] = values[i];
    }
    RC_ASSERT(read_body("", body).value() == expected);
    RC_ASSERT(read_body("multipart/form-data; boundary=----WebKitFormBoundaryX", parts + end).value() == expected);
  }));
}

}  // namespace
}  // namespace polder::web
