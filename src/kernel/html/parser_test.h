// The other side: an HTML5 parser that is not ours (gumbo), and what it read.
#pragma once

#include <gumbo.h>

#include <functional>
#include <string>
#include <string_view>

#include "kernel/html/html.h"

namespace polder::html {

/// UTF-8 of a code point; what is none (a surrogate) as U+FFFD.
inline std::string encode(std::uint32_t c) {
  if (c >= 0xD800 && c < 0xE000) c = 0xFFFD;
  if (c < 0x80) return {char(c)};
  if (c < 0x800) return {char(0xC0 | c >> 6), char(0x80 | (c & 63))};
  if (c < 0x10000) return {char(0xE0 | c >> 12), char(0x80 | (c >> 6 & 63)), char(0x80 | (c & 63))};
  return {char(0xF0 | c >> 18), char(0x80 | (c >> 12 & 63)), char(0x80 | (c >> 6 & 63)), char(0x80 | (c & 63))};
}

class Parsed {
 public:
  explicit Parsed(const Html& html) : source_(html.view()) {
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = -1;
    out_ = gumbo_parse_with_options(&options, source_.data(), source_.size());
  }
  ~Parsed() { gumbo_destroy_output(&kGumboDefaultOptions, out_); }
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;

  std::string text(std::string_view of_id) const {
    std::string out;
    if (const auto* node = by_id(of_id)) add_text(*node, out);
    return out;
  }
  std::string attribute(std::string_view of_id, const char* name) const {
    const auto* node = by_id(of_id);
    const auto* a = node == nullptr ? nullptr : gumbo_get_attribute(&node->v.element.attributes, name);
    return a == nullptr ? "(none)" : a->value;
  }
  std::string title() const {
    std::string out;
    each([&](const GumboNode& n) {
      if (n.v.element.tag == GUMBO_TAG_TITLE && out.empty()) add_text(n, out);
    });
    return out;
  }
  std::size_t elements() const {
    std::size_t n = 0;
    each([&](const GumboNode&) { ++n; });
    return n;
  }
  std::size_t count(const char* tag) const {
    std::size_t n = 0;
    each([&](const GumboNode& node) { n += node.v.element.tag == gumbo_tag_enum(tag) ? 1 : 0; });
    return n;
  }
  /// In the order of the document.
  void each(const std::function<void(const GumboNode&)>& fn) const { walk(*out_->root, fn); }

 private:
  static void walk(const GumboNode& node, const std::function<void(const GumboNode&)>& fn) {
    if (node.type != GUMBO_NODE_ELEMENT) return;
    fn(node);
    for (unsigned i = 0; i < node.v.element.children.length; ++i)
      walk(*static_cast<GumboNode*>(node.v.element.children.data[i]), fn);
  }
  static void add_text(const GumboNode& node, std::string& out) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA)
      out += node.v.text.text;
    if (node.type != GUMBO_NODE_ELEMENT) return;
    for (unsigned i = 0; i < node.v.element.children.length; ++i)
      add_text(*static_cast<GumboNode*>(node.v.element.children.data[i]), out);
  }
  const GumboNode* by_id(std::string_view id) const {
    const GumboNode* found = nullptr;
    each([&](const GumboNode& n) {
      const auto* a = gumbo_get_attribute(&n.v.element.attributes, "id");
      if (found == nullptr && a != nullptr && id == a->value) found = &n;
    });
    return found;
  }

  std::string source_;
  GumboOutput* out_;
};

}  // namespace polder::html
