// HTML as a type. `Html` is markup that is safe by construction: it cannot be made from a string, only from elements,
// attributes and text, each of which escapes what it is given. So injection does not compile.
//
//   using namespace polder::html;
//   Html page = article(cls("answer"), header(b(name), " for ", organisation), p(words));
//
// A string among an element's parts is text. An address is a `Url`, which holds only local paths and the schemes of an
// allow-list. There is no way to write an inline script, an inline style or an event handler.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace polder::html {

class Html {
 public:
  Html() = default;
  std::string_view view() const { return bytes_; }
  std::string take() && { return std::move(bytes_); }
  bool empty() const { return bytes_.empty(); }
  Html& operator+=(const Html& other) {
    bytes_ += other.bytes_;
    return *this;
  }
  friend Html operator+(Html a, const Html& b) { return std::move(a += b); }

 private:
  friend struct Maker;
  std::string bytes_;
};

/// An address for href, src or action.
class Url {
 public:
  /// A path on this server, each piece percent-encoded: `Url::path({"delta", "consultations", slug})` is
  /// "/delta/consultations/…". A piece may not be empty, "." or "..": such a path is "/".
  static Url path(std::initializer_list<std::string_view> pieces);
  /// A path that the program itself wrote (a route, an asset, a Location). Must begin with one '/'; otherwise "/".
  static Url local(std::string_view path);
  static Url fragment(std::string_view id);
  /// http, https and mailto only; nothing for every other scheme, for controls (C1 too) and for white space.
  static std::optional<Url> external(std::string_view address);

  Url with(std::string_view name, std::string_view value) &&;  ///< adds ?name=value, encoded
  Url at(std::string_view id) &&;                              ///< adds #id
  const std::string& text() const { return text_; }

 private:
  explicit Url(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// HTML does not tell ONCLICK from onclick.
constexpr bool same_name(std::string_view written, std::string_view lower_case) {
  return std::ranges::equal(written, lower_case,
                            [](char a, char b) { return (a >= 'A' && a <= 'Z' ? char(a - 'A' + 'a') : a) == b; });
}

/// The name of an attribute: a literal, and none that could carry an address, a style or a script.
struct AttrName {
  std::string_view name;
  consteval AttrName(const char* literal) : name(literal) {  // NOLINT(google-explicit-constructor)
    if (name.empty() || same_name(name.substr(0, 2), "on")) throw "no name, or a script's";
    for (const auto* address : {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "ping", "cite",
                                "background", "srcset", "srcdoc", "style"})
      if (same_name(name, address)) throw "this attribute has a function of its own, or no place here";
    for (const char c : name)
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || (c >= '0' && c <= '9') || c == ':'))
        throw "not an attribute's name";
  }
};

/// The name of an element: a literal, and none whose text a parser reads otherwise than as text or that loads or runs
/// what it is given (WHATWG HTML §13.1.2, raw text elements).
struct TagName {
  std::string_view name;
  consteval TagName(const char* literal) : name(literal) {  // NOLINT(google-explicit-constructor)
    for (const auto* raw : {"script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext",
                            "template", "object", "embed", "base"})
      if (same_name(name, raw)) throw "this element has a function of its own, or no place here";
    if (name.empty()) throw "no name";
    for (const char c : name)
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) throw "not an element's name";
  }
};

/// One attribute, already escaped. A default-made one is nothing at all, so that `flag ? attr("open") : Attr{}` works.
class Attr {
 public:
  Attr() = default;
  std::string_view view() const { return bytes_; }

 private:
  friend struct Maker;
  std::string bytes_;
};

Attr attr(AttrName name, std::string_view value);
Attr attr(AttrName name, std::int64_t value);
Attr attr(AttrName name);  ///< without a value: `attr("required")`
Attr cls(std::string_view names);
Attr id(std::string_view value);
Attr href(const Url& url);
Attr src(const Url& url);
Attr action(const Url& url);
Attr formaction(const Url& url);

/// A part of an element: an attribute, markup, a list of markup, or text to be escaped.
class Part {
 public:
  Part(const Attr& a) : kind_(Kind::attribute), view_(a.view()) {}    // NOLINT(google-explicit-constructor)
  Part(const Html& h) : kind_(Kind::markup), view_(h.view()) {}       // NOLINT(google-explicit-constructor)
  Part(const std::vector<Html>& l) : kind_(Kind::list), list_(&l) {}  // NOLINT(google-explicit-constructor)
  Part(std::string_view text) : kind_(Kind::text), view_(text) {}     // NOLINT(google-explicit-constructor)
  Part(const std::string& text) : kind_(Kind::text), view_(text) {}   // NOLINT(google-explicit-constructor)
  Part(const char* text) : kind_(Kind::text), view_(text) {}          // NOLINT(google-explicit-constructor)

 private:
  friend struct Maker;
  enum class Kind { attribute, markup, list, text } kind_;
  std::string_view view_;
  const std::vector<Html>* list_ = nullptr;
};

Html element(TagName tag, std::initializer_list<Part> parts);
Html void_element(TagName tag, std::initializer_list<Part> parts);
/// The one way to a script: a module at an address of ours.
Html script(const Url& module);

/// Escaped text, and several parts in a row without an element around them.
Html plain(std::string_view words);
Html join(std::initializer_list<Part> parts);
/// The whole document: doctype, then `html`.
Html document(const Html& root);

/// A symbol of the icon sheet, decoration only: words say what it means. `sheet` is the address of icons.svg.
Html icon(const Url& sheet, std::string_view name, std::string_view classes = "icon");

/// Markdown (CommonMark by md4c, tables on, raw HTML off): headings begin at `top` and leave out no level, link schemes
/// by Url::external's list, images become links. Bounded: more than 64 KiB of source or 512 KiB of result is cut with
/// an ellipsis.
Html markdown(std::string_view source, int top = 2);
/// Plain text as people type it: a blank line makes a paragraph, a line end a <br>.
Html paragraphs(std::string_view words);

#define POLDER_ELEMENT(name, tag)          \
  template <class... Parts>                \
  Html name(const Parts&... parts) {       \
    return element(tag, {Part(parts)...}); \
  }
#define POLDER_VOID_ELEMENT(name, tag)          \
  template <class... Parts>                     \
  Html name(const Parts&... parts) {            \
    return void_element(tag, {Part(parts)...}); \
  }
POLDER_ELEMENT(a, "a")
POLDER_ELEMENT(article, "article")
POLDER_ELEMENT(aside, "aside")
POLDER_ELEMENT(b, "b")
POLDER_ELEMENT(blockquote, "blockquote")
POLDER_ELEMENT(body, "body")
POLDER_ELEMENT(button, "button")
POLDER_ELEMENT(caption, "caption")
POLDER_ELEMENT(cite, "cite")
POLDER_ELEMENT(code, "code")
POLDER_ELEMENT(dd, "dd")
POLDER_ELEMENT(details, "details")
POLDER_ELEMENT(div, "div")
POLDER_ELEMENT(dl, "dl")
POLDER_ELEMENT(dt, "dt")
POLDER_ELEMENT(em, "em")
POLDER_ELEMENT(fieldset, "fieldset")
POLDER_ELEMENT(figcaption, "figcaption")
POLDER_ELEMENT(figure, "figure")
POLDER_ELEMENT(footer, "footer")
POLDER_ELEMENT(form, "form")
POLDER_ELEMENT(h1, "h1")
POLDER_ELEMENT(h2, "h2")
POLDER_ELEMENT(h3, "h3")
POLDER_ELEMENT(h4, "h4")
POLDER_ELEMENT(head, "head")
POLDER_ELEMENT(header, "header")
POLDER_ELEMENT(html_root, "html")
POLDER_ELEMENT(label, "label")
POLDER_ELEMENT(legend, "legend")
POLDER_ELEMENT(li, "li")
POLDER_ELEMENT(main_, "main")
POLDER_ELEMENT(mark, "mark")
POLDER_ELEMENT(nav, "nav")
POLDER_ELEMENT(ol, "ol")
POLDER_ELEMENT(option, "option")
POLDER_ELEMENT(p, "p")
POLDER_ELEMENT(pre, "pre")
POLDER_ELEMENT(q, "q")
POLDER_ELEMENT(section, "section")
POLDER_ELEMENT(select, "select")
POLDER_ELEMENT(small, "small")
POLDER_ELEMENT(span, "span")
POLDER_ELEMENT(strong, "strong")
POLDER_ELEMENT(sub, "sub")
POLDER_ELEMENT(summary, "summary")
POLDER_ELEMENT(sup, "sup")
POLDER_ELEMENT(table, "table")
POLDER_ELEMENT(tbody, "tbody")
POLDER_ELEMENT(td, "td")
POLDER_ELEMENT(textarea, "textarea")
POLDER_ELEMENT(th, "th")
POLDER_ELEMENT(thead, "thead")
POLDER_ELEMENT(time_, "time")
POLDER_ELEMENT(title, "title")
POLDER_ELEMENT(tr, "tr")
POLDER_ELEMENT(ul, "ul")
POLDER_ELEMENT(svg, "svg")
POLDER_ELEMENT(svg_text, "text")
POLDER_ELEMENT(svg_title, "title")
POLDER_ELEMENT(rect, "rect")
POLDER_ELEMENT(line, "line")
POLDER_VOID_ELEMENT(br, "br")
POLDER_VOID_ELEMENT(hr, "hr")
POLDER_VOID_ELEMENT(img, "img")
POLDER_VOID_ELEMENT(input, "input")
POLDER_VOID_ELEMENT(link, "link")
POLDER_VOID_ELEMENT(meta, "meta")
#undef POLDER_ELEMENT
#undef POLDER_VOID_ELEMENT

}  // namespace polder::html
