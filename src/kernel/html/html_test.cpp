// Injection does not compile, and what is put in as text is what a parser reads back.
#include "kernel/html/html.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <concepts>

#include "kernel/html/parser_test.h"

namespace polder::html {
namespace {

// ---- what does not compile ----

template <class From, class To>
concept makes = std::constructible_from<To, From> || std::convertible_to<From, To>;
static_assert(!makes<std::string, Html> && !makes<const char*, Html> && !makes<std::string_view, Html>);
static_assert(!makes<std::string, Url> && !makes<const char*, Url>);
static_assert(!makes<std::string, Attr> && !makes<const char*, Attr>);
static_assert(!makes<std::string, AttrName> && !makes<std::string_view, AttrName>,
              "a name is a literal of the program");
static_assert(!makes<std::string, TagName> && !makes<std::string_view, TagName>);

/// A literal as a template argument, so that a refused name is a substitution failure and not a broken build.
template <std::size_t N>
struct Literal {
  char text[N];
  consteval Literal(const char (&t)[N]) { std::copy_n(t, N, text); }  // NOLINT
};
template <class Name, Literal L>
concept names = requires { typename std::bool_constant<(Name(L.text), true)>; };

static_assert(names<AttrName, "class"> && names<AttrName, "aria-label"> && names<AttrName, "viewBox"> &&
              names<AttrName, "data-count">);
static_assert(!names<AttrName, "onclick"> && !names<AttrName, "ONCLICK"> && !names<AttrName, "oNload">);
static_assert(!names<AttrName, "style"> && !names<AttrName, "Style"> && !names<AttrName, "srcdoc">);
static_assert(!names<AttrName, "href"> && !names<AttrName, "HREF"> && !names<AttrName, "src"> &&
              !names<AttrName, "action"> && !names<AttrName, "formAction"> && !names<AttrName, "xlink:href"> &&
              !names<AttrName, "ping">);
static_assert(!names<AttrName, ""> && !names<AttrName, "a b"> && !names<AttrName, "a=b"> && !names<AttrName, "a>">);
static_assert(names<TagName, "p"> && names<TagName, "linearGradient">);
static_assert(!names<TagName, "script"> && !names<TagName, "SCRIPT"> && !names<TagName, "style"> &&
              !names<TagName, "iframe"> && !names<TagName, "base"> && !names<TagName, ""> && !names<TagName, "p ">);

// ---- what a parser reads back ----

/// Any text: markup, quotes, references, controls, line ends, every script.
rc::Gen<std::string> any_text() {
  const auto piece = rc::gen::oneOf(
      rc::gen::element<std::string>("<", ">", "\"", "'", "&", "&amp;", "&#60;", "&lt", "</textarea>", "</title>",
                                    "<!--", "-->", "]]>", "<script>", "\n", "\r", "\r\n", "\n\n", "\t", "\f",
                                    std::string(1, '\0'), "=", "`", "/", " ", "\xC2\x85", "\xE2\x80\xA8",
                                    "\xE2\x80\xAE", "\xEF\xBB\xBF", "\xEF\xBF\xBE", "\x7F", "\x1B", "漢", "é"),
      rc::gen::map(rc::gen::inRange<std::uint32_t>(0, 0x110000), [](std::uint32_t c) { return encode(c); }));
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string out;
    for (const auto& p : pieces) out += p;
    return out;
  });
}

/// NUL has no place in HTML: it is written as the character a parser would make of it. So does gumbo with the other
/// controls and the noncharacters, where WHATWG HTML §13.2.3.5 of today keeps them.
std::string as_read(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t c = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) c = c << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
    const bool control = (c < 0x20 && c != '\t' && c != '\n' && c != '\f' && c != '\r') || (c >= 0x7F && c < 0xA0);
    const bool none = (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
    out += control || none ? "\xEF\xBF\xBD" : text.substr(0, size);
    text.remove_prefix(size);
  }
  return out;
}

TEST(Html, AnyTextIsWhatAParserReadsBack) {
  EXPECT_TRUE(rc::check([] {
    const std::string text = *any_text();
    const Parsed page(document(
        html_root(head(title(text)), body(div(id("text"), text), pre(id("pre"), text), textarea(id("area"), text),
                                          p(id("attribute"), attr("data-words", text), cls(text)),
                                          select(id("select"), option(text)), ul(id("list"), li(b(text)))))));
    const std::string expected = as_read(text);
    RC_ASSERT(page.text("text") == expected);
    RC_ASSERT(page.text("pre") == expected);
    RC_ASSERT(page.text("area") == expected);
    RC_ASSERT(page.attribute("attribute", "data-words") == expected);
    RC_ASSERT(page.attribute("attribute", "class") == expected);
    RC_ASSERT(page.text("select") == expected);
    RC_ASSERT(page.text("list") == expected);
    RC_ASSERT(page.title() == expected);
    RC_ASSERT(page.elements() == 13U);  // nothing that was put in as text became an element
  }));
}

TEST(Html, ATitleAndASvgTextKeepTheirWords) {
  const std::string nasty = "</title><script>alert(1)</script>&amp;\"'";
  const Parsed page(document(html_root(head(title(nasty)), body(svg(id("chart"), svg_title(nasty), svg_text(nasty))))));
  EXPECT_EQ(page.title(), nasty);
  EXPECT_EQ(page.text("chart"), nasty + nasty);
  EXPECT_EQ(page.count("script"), 0U);
}

TEST(Html, PartsOfAnElementStandInTheirOrder) {
  EXPECT_EQ(article(cls("answer"), "a", attr("lang", "en"), std::vector<Html>{b("b"), b("c")}, Html{}, std::string("d"))
                .view(),
            "<article class=\"answer\" lang=\"en\">a<b>b</b><b>c</b>d</article>");
  EXPECT_EQ(input(attr("checked"), false ? attr("required") : Attr{}, attr("max", 5)).view(),
            "<input checked max=\"5\">");
  EXPECT_EQ(script(Url::local("/assets/a.js")).view(), "<script type=\"module\" src=\"/assets/a.js\"></script>");
}

TEST(Html, TextAsPeopleTypeItKeepsItsLines) {
  EXPECT_EQ(paragraphs("a\nb\n \nc <d>").view(), "<p>a<br>b</p><p>c &lt;d&gt;</p>");
  EXPECT_TRUE(paragraphs("\n \n").empty());
}

// ---- addresses ----

TEST(Url, OnlyPathsOfOursAndThreeSchemesPass) {
  for (const auto* bad : {"javascript:alert(1)",
                          "JaVaScRiPt:alert(1)",
                          " javascript:alert(1)",
                          "java\nscript:alert(1)",
                          "data:text/html,x",
                          "vbscript:x",
                          "//example.org",
                          "\\\\example.org",
                          "https://a b",
                          "https://a\tb",
                          "https://a\\b",
                          "http://",
                          "https://",
                          "mailto:",
                          "ftp://a",
                          "file:///etc",
                          "blob:x",
                          "",
                          "https:/a",
                          "https:a",
                          "x:https://a",
                          "https://a\x7F",
                          "https://a\xC2\x85",
                          "\x01https://a"})
    EXPECT_FALSE(Url::external(bad)) << bad;
  EXPECT_EQ(Url::external("HTTPS://example.org/ä?b=c&d")->text(), "HTTPS://example.org/ä?b=c&d");
  EXPECT_EQ(Url::external("mailto:a@example.org")->text(), "mailto:a@example.org");
  for (const auto* bad : {"//example.org", "/\\example.org", "\\/example.org", "https://example.org",
                          "javascript:alert(1)", "", "a", "/a\nb", "/\t/example.org", "?a", "/a b"})
    EXPECT_EQ(Url::local(bad).text(), "/") << bad;
  EXPECT_EQ(Url::local("/delta/?a=b#c").text(), "/delta/?a=b#c");
}

TEST(Url, PiecesCannotLeaveTheirPlaceInThePath) {
  EXPECT_EQ(Url::path({"delta", "a/b?c#d", "é"}).text(), "/delta/a%2Fb%3Fc%23d/%C3%A9");
  for (const auto* bad : {"", ".", ".."}) EXPECT_EQ(Url::path({"delta", bad}).text(), "/") << bad;
  EXPECT_EQ(Url::path({}).text(), "/");
  EXPECT_EQ(Url::path({"a"}).with("q", "1&x=2").with("r", "#").at("é\"").text(), "/a?q=1%26x%3D2&r=%23#%C3%A9%22");
}

TEST(Url, WhateverItIsMadeOfABrowserStaysOnThisServer) {
  EXPECT_TRUE(rc::check([] {
    const std::string text = *any_text();
    for (const Url& url : {Url::local(text), Url::local('/' + text), Url::path({text}),
                           Url::path({"a", text}).with(text, text).at(text)}) {
      RC_ASSERT(url.text().starts_with('/') && !url.text().starts_with("//"));
      for (const char c : url.text()) RC_ASSERT(c != '\\' && !(c >= 0 && c <= ' '));
    }
    if (const auto out = Url::external(text)) RC_ASSERT(out->text().find_first_of(" \t\r\n\\") == std::string::npos);
  }));
}

}  // namespace
}  // namespace polder::html
