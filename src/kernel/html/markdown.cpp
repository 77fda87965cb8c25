// CommonMark to Html through md4c's callbacks: we own every tag that comes out.
#include <md4c.h>

#include "kernel/html/html.h"

namespace polder::html {

Html raw_markup(std::string_view markup);  // html.cpp

namespace {

constexpr std::size_t source_limit = 64u << 10, result_limit = 512u << 10;

struct Renderer {
  int top = 2;
  Html out;
  int image_depth = 0;
  bool full = false;

  void put(const Html& h) {
    if (out.view().size() + h.view().size() > result_limit) full = true;
    if (!full) out += h;
  }
  void tag(std::string_view name, bool enter) { put(raw_markup(std::string(enter ? "<" : "</") += std::string(name) + ">")); }
};

std::string_view view(const MD_ATTRIBUTE& a) { return {a.text, a.size}; }

std::string_view block_name(MD_BLOCKTYPE type, void* detail, int top) {
  constexpr std::array<std::string_view, 7> headings{"h1", "h2", "h3", "h4", "h5", "h6", "h6"};
  switch (type) {
    case MD_BLOCK_QUOTE: return "blockquote";
    case MD_BLOCK_UL: return "ul";
    case MD_BLOCK_OL: return "ol";
    case MD_BLOCK_LI: return "li";
    case MD_BLOCK_H: {
      const auto level = static_cast<MD_BLOCK_H_DETAIL*>(detail)->level;
      return headings.at(std::min<std::size_t>(6, level + std::size_t(top) - 2));
    }
    case MD_BLOCK_CODE: return "pre";
    case MD_BLOCK_P: return "p";
    case MD_BLOCK_TABLE: return "table";
    case MD_BLOCK_THEAD: return "thead";
    case MD_BLOCK_TBODY: return "tbody";
    case MD_BLOCK_TR: return "tr";
    case MD_BLOCK_TH: return "th";
    case MD_BLOCK_TD: return "td";
    default: return {};
  }
}

int block(MD_BLOCKTYPE type, void* detail, Renderer& r, bool enter) {
  if (type == MD_BLOCK_HR) {
    if (enter) r.put(hr());
  } else if (const auto name = block_name(type, detail, r.top); !name.empty()) {
    r.tag(name, enter);
  }
  return r.full ? 1 : 0;
}

int inline_span(MD_SPANTYPE type, void* detail, Renderer& r, bool enter) {
  switch (type) {
    case MD_SPAN_EM: r.tag("em", enter); break;
    case MD_SPAN_STRONG: r.tag("strong", enter); break;
    case MD_SPAN_CODE: r.tag("code", enter); break;
    case MD_SPAN_A:
    case MD_SPAN_IMG: {
      // An image becomes a link to it: nothing is loaded from elsewhere without the reader's will.
      const auto target = type == MD_SPAN_A ? view(static_cast<MD_SPAN_A_DETAIL*>(detail)->href)
                                            : view(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src);
      const auto url = target.starts_with('/') ? std::optional(Url::local(target)) : Url::external(target);
      if (!url)
        r.tag("span", enter);
      else if (enter)
        r.put(raw_markup("<a rel=\"nofollow noopener\"" + std::string(href(*url).view()) + ">"));
      else
        r.tag("a", false);
      break;
    }
    default: break;
  }
  return r.full ? 1 : 0;
}

int words(MD_TEXTTYPE type, std::string_view raw, Renderer& r) {
  switch (type) {
    case MD_TEXT_BR: r.put(br()); break;
    case MD_TEXT_SOFTBR: r.put(plain("\n")); break;
    case MD_TEXT_NULLCHAR: r.put(plain("\xEF\xBF\xBD")); break;
    case MD_TEXT_ENTITY: {
      // Passed on only when it is nothing but a reference: &name; or &#…;
      const bool reference = raw.size() > 2 && raw.front() == '&' && raw.back() == ';' &&
                         raw.substr(1, raw.size() - 2).find_first_not_of(
                             "#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == raw.npos;
      r.put(reference ? raw_markup(raw) : plain(raw));
      break;
    }
    default: r.put(plain(raw));
  }
  return r.full ? 1 : 0;
}

}  // namespace

Html markdown(std::string_view source, int top) {
  Renderer r{.top = top, .out = {}};
  const bool cut = source.size() > source_limit;
  source = source.substr(0, source_limit);
  const MD_PARSER parser{
      0,
      MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_PERMISSIVEURLAUTOLINKS,
      [](MD_BLOCKTYPE t, void* d, void* u) { return block(t, d, *static_cast<Renderer*>(u), true); },
      [](MD_BLOCKTYPE t, void* d, void* u) { return block(t, d, *static_cast<Renderer*>(u), false); },
      [](MD_SPANTYPE t, void* d, void* u) { return inline_span(t, d, *static_cast<Renderer*>(u), true); },
      [](MD_SPANTYPE t, void* d, void* u) { return inline_span(t, d, *static_cast<Renderer*>(u), false); },
      [](MD_TEXTTYPE t, const MD_CHAR* s, MD_SIZE n, void* u) { return words(t, {s, n}, *static_cast<Renderer*>(u)); },
      nullptr,
      nullptr};
  md_parse(source.data(), MD_SIZE(source.size()), &parser, &r);
  // A document that was cut in the middle may have left elements open; it is shown as plain text instead.
  if (r.full) return paragraphs(source.substr(0, source_limit / 4)) + p("…");
  return cut ? r.out + p("…") : r.out;
}

}  // namespace polder::html
