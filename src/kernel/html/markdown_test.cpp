// Markdown: what people write becomes elements of ours, and nothing else does.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

#include "kernel/html/html.h"
#include "kernel/html/parser_test.h"
#include "kernel/text/text.h"

namespace polder::html {
namespace {

std::string md(std::string_view source) { return std::string(markdown(source).view()); }

TEST(Markdown, SpeaksCommonMarkWithTables) {
  EXPECT_EQ(md("# A *b*\n\nc  \nd **e** `f<`"),
            "<h2>A <em>b</em></h2><p>c<br>d <strong>e</strong> <code>f&lt;</code></p>");
  EXPECT_EQ(markdown("# a", 4).view(), "<h4>a</h4>");
  EXPECT_EQ(md("- a\n- b"), "<ul><li>a</li><li>b</li></ul>");
  EXPECT_EQ(md("3. c\n4. d"), "<ol start=\"3\"><li>c</li><li>d</li></ol>") << "an article's number is not lost";
  EXPECT_EQ(md("1. c"), "<ol><li>c</li></ol>");
  EXPECT_EQ(md("|a|b|\n|---|---|\n|c|d|"),
            "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">a</th><th "
            "scope=\"col\">b</th></tr></thead>"
            "<tbody><tr><td>c</td><td>d</td></tr></tbody></table></div>");
  EXPECT_EQ(md("> a\n\n---"), "<blockquote><p>a</p></blockquote><hr>");
  EXPECT_EQ(Parsed(div(id("x"), markdown("```\n\na\n```"))).text("x"), "\na\n") << "an empty first line of code stays";
}

TEST(Markdown, HeadingsMakeAnOutlineWithoutGaps) {
  EXPECT_EQ(md("## a\n#### b\n## c\n# d\n### e"), "<h2>a</h2><h3>b</h3><h2>c</h2><h2>d</h2><h3>e</h3>");
  EXPECT_EQ(md("###### deep"), "<h2>deep</h2>");
  EXPECT_EQ(markdown("# a\n## b\n### c\n", 5).view(), "<h5>a</h5><h6>b</h6><h6>c</h6>");
}

TEST(Markdown, RawHtmlIsText) {
  const Parsed page(
      div(id("x"), markdown("<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> b\n\n<!-- c -->")));
  EXPECT_EQ(page.count("script") + page.count("img"), 0U);
  EXPECT_NE(page.text("x").find("<img src=x onerror=alert(1)>"), std::string::npos);
}

TEST(Markdown, OnlyGoodAddressesBecomeLinks) {
  EXPECT_EQ(md("[a](https://example.org/?b=1&c=2)"),
            "<p><a rel=\"nofollow noopener\" href=\"https://example.org/?b=1&amp;c=2\">a</a></p>");
  EXPECT_EQ(md("[a](https://example.org/?b=1&amp;c=2)"), md("[a](https://example.org/?b=1&c=2)"));
  EXPECT_EQ(md("[a](/delta/)"), "<p><a rel=\"nofollow noopener\" href=\"/delta/\">a</a></p>");
  EXPECT_EQ(md("see https://example.org."),
            "<p>see <a rel=\"nofollow noopener\" href=\"https://example.org\">https://example.org</a>.</p>");
  for (const auto* bad :
       {"javascript:alert(1)", "JAVASCRIPT:alert(1)", "javascript&colon;alert(1)", "javascript&#58;alert(1)",
        "&#106;avascript:alert(1)", "java\\script:x", "data:text/html,x", "//example.org", "\\//example.org",
        "&#47;/example.org", "vbscript:x", "x", "?x", "#x", "<java script:x>"}) {
    const Parsed page(markdown("[a](" + std::string(bad) + ") ![b](" + std::string(bad) + ")"));
    EXPECT_EQ(page.count("a"), 0U) << bad;
  }
}

TEST(Markdown, AnImageIsALinkAndALinkInALinkIsNone) {
  EXPECT_EQ(md("![a](https://a.example/b.png)"),
            "<p><a rel=\"nofollow noopener\" href=\"https://a.example/b.png\">a</a></p>");
  EXPECT_EQ(md("[![a](https://a.example/)](https://b.example/)"),
            "<p><a rel=\"nofollow noopener\" href=\"https://b.example/\"><span>a</span></a></p>");
}

TEST(Markdown, AReferenceBringsBackNothingThatCleaningTookAway) {
  EXPECT_EQ(md("&amp; &copy; &#233; &#x41;"), "<p>&amp; &copy; é A</p>");
  for (const auto* bad : {"&#x202E;", "&#8238;", "&#0;", "&#7;", "&#xD800;", "&#x110000;", "&#x200B;", "&#9999999;"})
    EXPECT_EQ(md(bad), "<p>\xEF\xBF\xBD</p>") << bad;
}

TEST(Markdown, WhatOverlapsIsClosedInOrder) {
  EXPECT_EQ(md("_](https://b.c)_- "),
            "<p><em>](<a rel=\"nofollow noopener\" href=\"https://b.c)_-\">https://b.c)_-</a></em></p>");
}

/// No tag is left open, closed twice or closed in the wrong order.
bool balanced(std::string_view html) {
  std::vector<std::string> open;
  for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
    const auto end = html.find('>', at);
    if (end == html.npos) return false;
    const bool closes = html[at + 1] == '/';
    const auto name = html.substr(at + 1 + closes, html.find_first_of(" >", at) - at - 1 - closes);
    if (name == "br" || name == "hr") continue;
    if (!closes) {
      open.emplace_back(name);
    } else if (open.empty() || open.back() != name) {
      return false;
    } else {
      open.pop_back();
    }
  }
  return open.empty();
}

std::string many(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(Markdown, HostileInputsAreBoundedAndLeaveNoTagOpen) {
  const std::vector<std::string> hostile{
      many("> ", 20'000) + "a",
      many("[", 20'000) + "a",
      many("[", 20'000) + "a" + many("](b)", 10'000),
      many("![", 15'000) + "a" + many("](https://b.c)", 3'000),
      many("*a **a ", 9'000),
      many("*", 60'000) + "a",
      many("_a", 30'000),
      many("`", 30'000) + "a" + many("`", 29'999),
      many("- ", 30'000) + "a",
      many("1. ", 20'000),
      "|" + many("a|", 2'000) + "\n|" + many("---|", 2'000) + "\n" + many("|b\n", 20'000),
      many("|", 30'000) + "\n" + many("|---", 8'000),
      many("&#x202E;", 8'000),
      many("<", 60'000),
      many("<!--", 15'000),
      many("[a]: b\n", 9'000) + many("[a]", 9'000),
      many("\\", 60'000),
      many("a\n\n", 30'000),
      many("https://", 8'000),
      std::string(200'000, '\n') + "a",
      many("é", 100'000),
      many("> ", 100) + many("*a _b ", 5'000),
  };
  for (const auto& source : hostile) {
    const std::string html = md(source);
    EXPECT_LE(html.size(), (512U << 10) + 100) << source.substr(0, 20);
    EXPECT_TRUE(balanced(html)) << source.substr(0, 20);
    EXPECT_TRUE(text::valid_utf8(html)) << "cut within a character: " << source.substr(0, 20);
  }
}

TEST(Markdown, NestsNoDeeperThanAPageCanShow) {
  EXPECT_NE(md(many("> ", 30) + "a").find("<blockquote><blockquote>"), std::string::npos);
  EXPECT_EQ(md(many("> ", 200) + "a").find("<blockquote>"), std::string::npos) << "then as plain text";
}

TEST(Markdown, WhateverIsWrittenOnlyOurElementsComeOutAndBalanced) {
  const std::set<GumboTag> ours{GUMBO_TAG_HTML,       GUMBO_TAG_HEAD,  GUMBO_TAG_BODY,   GUMBO_TAG_P,     GUMBO_TAG_BR,
                                GUMBO_TAG_HR,         GUMBO_TAG_EM,    GUMBO_TAG_STRONG, GUMBO_TAG_CODE,  GUMBO_TAG_PRE,
                                GUMBO_TAG_A,          GUMBO_TAG_SPAN,  GUMBO_TAG_UL,     GUMBO_TAG_OL,    GUMBO_TAG_LI,
                                GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_TABLE, GUMBO_TAG_THEAD,  GUMBO_TAG_TBODY, GUMBO_TAG_TR,
                                GUMBO_TAG_TH,         GUMBO_TAG_TD,    GUMBO_TAG_H2,     GUMBO_TAG_H3,    GUMBO_TAG_H4,
                                GUMBO_TAG_H5,         GUMBO_TAG_H6,    GUMBO_TAG_DIV};
  const auto piece = rc::gen::element<std::string>(
      "a", " ", "\n", "\n\n", "*", "**", "_", "`", "```\n", "[", "]", "(", ")", "](https://b.c)", "](javascript:x)",
      "![", "<", ">", "<b>", "</p>", "<script>", "&", "&lt;", "&#60;", "&#x202e;", "|", "|---|---|\n",
      "|a|b|\n|---|---|\n", "\n|", "- ", "1. ", "7) ", "> ", "# ", "---\n", "\\", "    ", "\t", "https://d.e", "\"",
      "'", "é", std::string(1, '\0'), "[a]: /b\n", "~~");
  EXPECT_TRUE(rc::check([&] {
    std::string source;
    for (const auto& part : *rc::gen::container<std::vector<std::string>>(piece)) source += part;
    const Html html = markdown(source);
    RC_ASSERT(balanced(html.view()));
    Parsed(document(html_root(head(title("t")), body(html)))).each([&](const GumboNode& n) {
      const auto& e = n.v.element;
      if (e.tag == GUMBO_TAG_TITLE) return;
      RC_ASSERT(ours.contains(e.tag));
      for (unsigned i = 0; i < e.attributes.length; ++i) {
        const auto* a = static_cast<GumboAttribute*>(e.attributes.data[i]);
        const std::string_view name = a->name, value = a->value;
        if (name == "href")
          RC_ASSERT((value.starts_with('/') && !value.starts_with("//")) || value.starts_with("https://"));
        else
          RC_ASSERT((name == "rel" && e.tag == GUMBO_TAG_A) || (name == "start" && e.tag == GUMBO_TAG_OL) ||
                    (name == "scope" && e.tag == GUMBO_TAG_TH) ||
                    ((name == "class" || name == "tabindex") && e.tag == GUMBO_TAG_DIV));
      }
    });
  }));
}

}  // namespace
}  // namespace polder::html
