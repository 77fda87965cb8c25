// CommonMark to Html through md4c's callbacks: we own every tag that comes out.
#include <md4c.h>

#include <charconv>

#include "kernel/html/html.h"
#include "kernel/text/text.h"

namespace polder::html {

Html raw_markup(std::string_view markup);  // html.cpp

namespace {

constexpr std::size_t source_limit = 64u << 10, result_limit = 512u << 10;
/// Browsers stop nesting at some hundreds, and nobody quotes a quote that often.
constexpr std::size_t deepest = 64;

struct Renderer {
  int top = 2;
  Html out = {};
  std::vector<std::string_view> open = {};
  std::vector<unsigned> levels = {};  ///< of the heading one is below, as they are written
  bool full = false;

  /// Who writes "##" first, or skips a level, means what stands below, not a number: the page's outline has no gaps.
  std::string_view heading(unsigned level, bool enters) {
    constexpr std::array<std::string_view, 6> names{"h1", "h2", "h3", "h4", "h5", "h6"};
    while (enters && !levels.empty() && levels.back() >= level) levels.pop_back();
    if (enters) levels.push_back(level);
    return names.at(std::min<std::size_t>(5, std::size_t(top) + levels.size() - 2));
  }

  void put(const Html& h) {
    if (out.view().size() + h.view().size() > result_limit) full = true;
    if (!full) out += h;
  }
  void enter(std::string_view name, const Html& start) {
    open.push_back(name);
    if (open.size() > deepest) full = true;
    put(start);
  }
  /// Closes what is still open inside too, and nothing twice: md4c lets an autolink and an emphasis overlap.
  void leave(auto&& is_it) {
    const auto last = std::find_if(open.rbegin(), open.rend(), is_it);
    for (auto left = last == open.rend() ? 0 : last - open.rbegin() + 1; left > 0; --left) {
      put(raw_markup("</" + std::string(open.back()) + '>'));
      open.pop_back();
    }
  }
  void tag(std::string_view name, bool enters) {
    if (enters)
      enter(name, raw_markup('<' + std::string(name) + '>'));
    else
      leave([&](std::string_view tag) { return tag == name; });
  }
};

/// The first `limit` bytes at most, without cutting a character in two.
std::string_view beginning(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  return text.substr(0, limit);
}

/// A link's address: md4c has undone the backslashes and marked the references, of which one has a place in an address.
std::string address(const MD_ATTRIBUTE& a) {
  std::string out;
  for (std::size_t i = 0; a.text != nullptr && a.substr_offsets[i] < a.size; ++i) {
    const std::string_view piece(a.text + a.substr_offsets[i], a.substr_offsets[i + 1] - a.substr_offsets[i]);
    out += a.substr_types[i] == MD_TEXT_ENTITY && piece == "&amp;" ? "&" : piece;
  }
  return out;
}

std::string_view block_name(MD_BLOCKTYPE type, void* detail, Renderer& r, bool enter) {
  switch (type) {
    case MD_BLOCK_QUOTE:
      return "blockquote";
    case MD_BLOCK_UL:
      return "ul";
    case MD_BLOCK_OL:
      return "ol";
    case MD_BLOCK_LI:
      return "li";
    case MD_BLOCK_H:
      return r.heading(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level, enter);
    case MD_BLOCK_CODE:
      return "pre";
    case MD_BLOCK_P:
      return "p";
    case MD_BLOCK_TABLE:
      return "table";
    case MD_BLOCK_THEAD:
      return "thead";
    case MD_BLOCK_TBODY:
      return "tbody";
    case MD_BLOCK_TR:
      return "tr";
    case MD_BLOCK_TH:
      return "th";
    case MD_BLOCK_TD:
      return "td";
    default:
      return {};
  }
}

int block(MD_BLOCKTYPE type, void* detail, Renderer& r, bool enter) {
  const auto name = block_name(type, detail, r, enter);
  if (type == MD_BLOCK_HR) {
    if (enter) r.put(hr());
  } else if (type == MD_BLOCK_OL && enter && static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start != 1) {
    const auto start = std::to_string(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start);
    r.enter(name, raw_markup("<ol start=\"" + start + "\">"));
  } else if (type == MD_BLOCK_TH && enter) {
    r.enter(name, raw_markup("<th scope=\"col\">"));
  } else if (type == MD_BLOCK_TABLE) {
    // A table wider than the page scrolls in a frame of its own, which the keyboard can reach.
    if (enter) r.enter("div", raw_markup("<div class=\"scroll\" tabindex=\"0\">"));
    r.tag(name, enter);
    if (!enter) r.leave([](std::string_view tag) { return tag == "div"; });
  } else if (!name.empty()) {
    r.tag(name, enter);
    if (type == MD_BLOCK_CODE && enter) r.put(raw_markup("\n"));  // the one that a parser drops
  }
  return r.full ? 1 : 0;
}

/// An image becomes a link to it: nothing is loaded from elsewhere without the reader's will. A link in a link is none.
void link(std::string_view target, Renderer& r) {
  const bool local = target.starts_with('/') && !target.starts_with("//");
  const auto url = local ? std::optional(Url::local(target)) : Url::external(target);
  if (url && std::ranges::find(r.open, "a") == r.open.end())
    r.enter("a", raw_markup("<a rel=\"nofollow noopener\"" + std::string(href(*url).view()) + ">"));
  else
    r.tag("span", true);
}

int inline_span(MD_SPANTYPE type, void* detail, Renderer& r, bool enter) {
  switch (type) {
    case MD_SPAN_EM:
      r.tag("em", enter);
      break;
    case MD_SPAN_STRONG:
      r.tag("strong", enter);
      break;
    case MD_SPAN_CODE:
      r.tag("code", enter);
      break;
    case MD_SPAN_A:
    case MD_SPAN_IMG:
      if (enter) {
        link(address(type == MD_SPAN_A ? static_cast<MD_SPAN_A_DETAIL*>(detail)->href
                                       : static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src),
             r);
      } else {
        r.leave([](std::string_view tag) { return tag == "a" || tag == "span"; });
      }
      break;
    default:
      break;
  }
  return r.full ? 1 : 0;
}

std::string utf8(unsigned long c) {
  std::string out;
  const auto tail = [&](int shift) { out += char(0x80U | ((c >> shift) & 0x3FU)); };
  if (c < 0x80) return {char(c)};
  if (c < 0x800) {
    out += char(0xC0U | (c >> 6));
  } else {
    if (c < 0x10000) {
      out += char(0xE0U | (c >> 12));
    } else {
      out += char(0xF0U | (c >> 18));
      tail(12);
    }
    tail(6);
  }
  tail(0);
  return out;
}

/// &name; is the parser's matter. A number is read here, so that a control or an override that `text::clean` refuses
/// does not come back as a reference.
Html reference(std::string_view raw) {
  if (raw.size() < 4 || raw[1] != '#') {
    const bool name = raw.size() > 2 && raw.front() == '&' && raw.back() == ';' &&
                      std::ranges::all_of(raw.substr(1, raw.size() - 2), [](char c) {
                        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                      });
    return name ? raw_markup(raw) : plain(raw);
  }
  const bool hexadecimal = raw[2] == 'x' || raw[2] == 'X';
  const auto digits = raw.substr(hexadecimal ? 3 : 2);
  unsigned long number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number, hexadecimal ? 16 : 10);
  const auto character =
      number <= 0x10FFFF ? text::clean('x' + utf8(number), text::Lines::many) : Result<std::string>{""};
  return plain(character && character->size() > 1 ? std::string_view(*character).substr(1) : "\xEF\xBF\xBD");
}

int words(MD_TEXTTYPE type, std::string_view raw, Renderer& r) {
  switch (type) {
    case MD_TEXT_BR:
      r.put(br());
      break;
    case MD_TEXT_SOFTBR:
      r.put(plain("\n"));
      break;
    case MD_TEXT_NULLCHAR:
      r.put(plain("\xEF\xBF\xBD"));
      break;
    case MD_TEXT_ENTITY:
      r.put(reference(raw));
      break;
    default:
      r.put(plain(raw));
  }
  return r.full ? 1 : 0;
}

}  // namespace

Html markdown(std::string_view source, int top) {
  Renderer r{.top = top};
  const bool cut = source.size() > source_limit;
  source = beginning(source, source_limit);
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
  if (r.full) return paragraphs(beginning(source, source_limit / 4)) + p("…");
  return cut ? r.out + p("…") : r.out;
}

}  // namespace polder::html
