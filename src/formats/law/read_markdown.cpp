// A law in Markdown (CommonMark 0.30 with tables and strikethrough; raw HTML is text). The conventions are README.md's:
// "# Title", then headings that begin with a word of structure and a number ("## Chapter 2 Costs", "### Article 3.
// Fees").
#include <libxml/HTMLparser.h>
#include <md4c.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <new>
#include <vector>

#include "formats/law/builder.h"
#include "formats/law/readers.h"
#include "kernel/text/text.h"

namespace polder::law {
namespace {

constexpr std::size_t kLongest = 1024 * 1024;  // md4c needs quadratic time for some inputs; no law comes near this

struct Word {
  std::string_view word, kind;
};
constexpr std::array<Word, 36> kWords{{
    {"article", "article"},
    {"artikel", "article"},
    {"art.", "article"},
    {"section", "section"},
    {"sec.", "section"},
    {"§", "section"},
    {"chapter", "chapter"},
    {"hoofdstuk", "chapter"},
    {"kapitel", "chapter"},
    {"title", "title"},
    {"titel", "title"},
    {"part", "part"},
    {"deel", "part"},
    {"teil", "part"},
    {"book", "book"},
    {"boek", "book"},
    {"buch", "book"},
    {"division", "division"},
    {"afdeling", "division"},
    {"abschnitt", "division"},
    {"paragraaf", "subdivision"},
    {"subdivision", "subdivision"},
    {"unterabschnitt", "subdivision"},
    {"annex", "annex"},
    {"bijlage", "annex"},
    {"anlage", "annex"},
    {"anhang", "annex"},
    {"schedule", "annex"},
    {"artículo", "article"},
    {"articolo", "article"},
    {"capítulo", "chapter"},
    {"capitolo", "chapter"},
    {"chapitre", "chapter"},
    {"livre", "book"},
    {"partie", "part"},
    {"titre", "title"},
}};

struct Heading {
  std::string kind = "level", number = {}, words = {};
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out.compare(i, 2, "Í") == 0) out.replace(i, 2, "í");
    out[i] = static_cast<char>(out[i] >= 'A' && out[i] <= 'Z' ? out[i] + 32 : out[i]);
  }
  return out;
}

bool is_number(std::string_view token, bool set_off) {
  if (token.empty()) return false;
  if (std::isdigit(static_cast<unsigned char>(token.front()))) return true;
  const bool roman = token.find_first_not_of("IVXLCDM") == token.npos;
  return (roman && (token.size() > 1 || set_off)) ||
         (token.size() == 1 && set_off && token[0] >= 'A' && token[0] <= 'Z');
}

/// "Article 3. Fees" -> {article, "Article 3", "Fees"}; anything else is {level, "", the whole}.
Heading parse_heading(std::string_view text) {
  Heading whole{.words = std::string(text)};
  std::size_t end = text.starts_with("§") ? std::string_view("§").size() : text.find(' ');
  if (end == text.npos) return whole;
  const std::string first = lower(text.substr(0, end));
  const auto found = std::ranges::find(kWords, first, &Word::word);
  if (found == kWords.end()) return whole;
  const std::size_t begin = text.find_first_not_of(' ', end);
  if (begin == text.npos) return whole;
  std::size_t stop = begin;
  while (stop < text.size()) {
    const auto c = static_cast<unsigned char>(text[stop]);
    const bool inner =
        (c == '.' || c == '-') && stop + 1 < text.size() && std::isalnum(static_cast<unsigned char>(text[stop + 1]));
    if (!std::isalnum(c) && !inner && text.compare(stop, 2, "º") != 0 && text.compare(stop, 2, "°") != 0) break;
    stop += c >= 0x80 ? 2 : 1;
  }
  const bool set_off = stop == text.size() || text[stop] != ' ';
  if (!is_number(text.substr(begin, stop - begin), set_off)) return whole;
  std::string_view rest = text.substr(stop);
  for (bool more = true; more;) {
    more = false;
    for (std::string_view mark : {" ", ".", ":", ")", "–", "—", "-"})
      if (rest.starts_with(mark)) rest.remove_prefix(mark.size()), more = true;
  }
  return {.kind = std::string(found->kind), .number = std::string(text.substr(0, stop)), .words = std::string(rest)};
}

std::string decode_entity(std::string_view entity) {  // "&name;" or "&#65;" or "&#x41;", as CommonMark §2.5 found it
  const std::string name(entity.substr(1, entity.size() - 2));
  unsigned value = 0;
  if (name.starts_with('#')) {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    std::from_chars(name.data() + (hex ? 2 : 1), name.data() + name.size(), value, hex ? 16 : 10);
  } else if (const auto* known = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()))) {
    value = known->value;
  }
  if (value < 0x20 || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return std::string(entity);
  std::string out;
  if (value < 0x80) return {static_cast<char>(value)};
  if (value >= 0x10000) out += static_cast<char>(0xf0 | value >> 18);
  if (value >= 0x800) out += static_cast<char>(value >= 0x10000 ? 0x80 | (value >> 12 & 0x3f) : 0xe0 | value >> 12);
  out += static_cast<char>(value >= 0x800 ? 0x80 | (value >> 6 & 0x3f) : 0xc0 | value >> 6);
  out += static_cast<char>(0x80 | (value & 0x3f));
  return out;
}

bool inside(MD_BLOCKTYPE type) { return type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL; }

constexpr unsigned kFlags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOHTML;

/// Whether any heading of the document names an article or a section. Quotations and lists do not count.
bool names_articles(std::string_view text) {
  struct Look {
    int inside = 0;
    bool in_heading = false, found = false;
    std::string heading = {};
  } look;
  MD_PARSER parser{};
  parser.flags = kFlags;
  parser.enter_block = [](MD_BLOCKTYPE type, void*, void* state) {
    auto& at = *static_cast<Look*>(state);
    at.inside += inside(type);
    at.in_heading = type == MD_BLOCK_H && at.inside == 0;
    at.heading.clear();
    return 0;
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* state) {
    auto& at = *static_cast<Look*>(state);
    at.inside -= inside(type);
    if (std::exchange(at.in_heading, false)) {
      const Heading h = parse_heading(at.heading);
      at.found = at.found || h.kind == "article" || h.kind == "section";
    }
    return at.found ? 1 : 0;
  };
  parser.enter_span = parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
  parser.text = [](MD_TEXTTYPE, const MD_CHAR* words, MD_SIZE size, void* state) {
    auto& at = *static_cast<Look*>(state);
    if (at.in_heading) at.heading.append(words, size);
    return 0;
  };
  md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &look);
  return look.found;
}

class MarkdownReader {
 public:
  explicit MarkdownReader(const Limits& limits) : limits_(limits), builder_(limits) {}

  Result<Document> read(std::string_view text) {
    MD_PARSER parser{};
    parser.flags = kFlags;
    second_level_counts_ = !names_articles(text);
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) { return of(self).enter(type, detail); };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) { return of(self).leave(type); };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) { return of(self).enter(type, detail); };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* self) { return of(self).leave(type); };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* words, MD_SIZE size, void* self) {
      return of(self).words(type, {words, size});
    };
    builder_.open_document("bill");
    builder_.open_part(Builder::Part::preface);
    const int failed = md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, this);
    if (builder_.fault()) return refuse(Why::invalid, *builder_.fault());
    if (fault_) return refuse(Why::invalid, *fault_);
    if (failed != 0) throw std::bad_alloc();  // nothing else makes md4c give up
    close_levels(0);
    builder_.close();
    builder_.close_document();
    if (!headings_) return refuse(Why::invalid, {"law.no-headings"});
    auto document = builder_.finish(Format::markdown);
    if (!document) return refuse(Why::invalid, {"law.no-headings"});  // a title and nothing under it
    return document;
  }

 private:
  static MarkdownReader& of(void* self) { return *static_cast<MarkdownReader*>(self); }

  struct Container {
    MD_BLOCKTYPE type;
    unsigned next = 0;  ///< for an ordered list: the number of its next entry
    char delimiter = 0;
    std::vector<unsigned> levels = {};  ///< for the document and a quotation: the headings whose divisions are open
  };

  void close_levels(unsigned from) {
    auto& levels = divisions().levels;
    while (!levels.empty() && levels.back() >= from) {
      builder_.close();
      levels.pop_back();
    }
  }
  /// What the next division would stand in.
  Container& divisions() {
    return *std::find_if(containers_.rbegin(), containers_.rend(),
                         [](const Container& c) { return c.type == MD_BLOCK_DOC || c.type == MD_BLOCK_QUOTE; });
  }

  int enter(MD_BLOCKTYPE type, void* detail) {
    if (builder_.fault() || fault_) return 1;
    switch (type) {
      case MD_BLOCK_QUOTE:
        builder_.open_quoted("", "");
        containers_.push_back({.type = type});
        break;
      case MD_BLOCK_UL:
        builder_.list();
        containers_.push_back({.type = type});
        break;
      case MD_BLOCK_OL: {
        const auto& list = *static_cast<MD_BLOCK_OL_DETAIL*>(detail);
        builder_.list();
        containers_.push_back({.type = type, .next = list.start, .delimiter = list.mark_delimiter});
        break;
      }
      case MD_BLOCK_LI: {
        builder_.open_item("");
        Container& list = containers_.back();
        if (list.type == MD_BLOCK_OL) {
          builder_.open_number();
          builder_.text(std::to_string(list.next++) + list.delimiter);
          builder_.close();
        }
        break;
      }
      case MD_BLOCK_H:
        heading_level_ = static_cast<MD_BLOCK_H_DETAIL*>(detail)->level;
        heading_.clear();
        break;
      case MD_BLOCK_TABLE:
        builder_.open_table();
        break;
      case MD_BLOCK_TR:
        builder_.row();
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        builder_.open_cell(type == MD_BLOCK_TH, 1, 1);
        break;
      default:
        builder_.paragraph();
        break;
    }
    if (containers_.size() > limits_.depth) {
      fault_ = Message{"law.too-nested", {{"limit", std::int64_t(limits_.depth)}}};
      return 1;
    }
    return builder_.fault() ? 1 : 0;
  }

  int leave(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_QUOTE:
        close_levels(0);
        builder_.close();
        containers_.pop_back();
        break;
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        builder_.paragraph();
        containers_.pop_back();
        break;
      case MD_BLOCK_LI:
      case MD_BLOCK_TABLE:
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        builder_.close();
        break;
      case MD_BLOCK_H:
        heading();
        break;
      default:
        builder_.paragraph();
        break;
    }
    return builder_.fault() ? 1 : 0;
  }

  void heading() {
    const unsigned level = std::exchange(heading_level_, 0);
    Inlines line(1, {.text = heading_});
    if (!normalise(line)) return;
    Container& container = containers_.back();
    if (container.type == MD_BLOCK_UL || container.type == MD_BLOCK_OL) {
      builder_.open_inline(Inline::Kind::strong);
      builder_.text(line.front().text);
      builder_.close_inline();
      return builder_.paragraph();
    }
    const bool in_document = container.type == MD_BLOCK_DOC;
    if (in_document && !headings_ && level == 1) {
      headings_ = true;
      return builder_.title(line.front().text, 1);
    }
    if (in_document && !std::exchange(in_body_, true)) {
      builder_.close();
      builder_.open_part(Builder::Part::body);
    }
    headings_ = headings_ || in_document;
    close_levels(level);
    const Heading h = parse_heading(line.front().text);
    builder_.open_division(in_document && level == 2 && second_level_counts_ && h.kind == "level" ? "section" : h.kind,
                           "");
    container.levels.push_back(level);
    builder_.open_number();
    builder_.text(h.number);
    builder_.close();
    builder_.open_heading();
    builder_.text(h.words);
    builder_.close();
  }

  int enter(MD_SPANTYPE type, void* detail) {
    if (heading_level_ > 0) return 0;
    switch (type) {
      case MD_SPAN_EM:
        builder_.open_inline(Inline::Kind::emphasis);
        break;
      case MD_SPAN_STRONG:
        builder_.open_inline(Inline::Kind::strong);
        break;
      case MD_SPAN_DEL:
        builder_.open_inline(Inline::Kind::deleted);
        break;
      case MD_SPAN_A: {
        const auto& href = static_cast<MD_SPAN_A_DETAIL*>(detail)->href;
        builder_.open_inline(Inline::Kind::reference, {href.text, href.size});
        break;
      }
      default:
        break;
    }
    return builder_.fault() ? 1 : 0;
  }
  int leave(MD_SPANTYPE type) {
    const bool opened = type == MD_SPAN_EM || type == MD_SPAN_STRONG || type == MD_SPAN_DEL || type == MD_SPAN_A;
    if (heading_level_ == 0 && opened) builder_.close_inline();
    return 0;
  }

  int words(MD_TEXTTYPE type, std::string_view text) {
    std::string decoded;
    if (type == MD_TEXT_ENTITY) text = decoded = decode_entity(text);
    if (type == MD_TEXT_NULLCHAR || type == MD_TEXT_SOFTBR) text = " ";
    if (heading_level_ > 0)
      heading_ += type == MD_TEXT_BR ? " " : text;
    else if (type == MD_TEXT_BR || (type == MD_TEXT_CODE && text == "\n"))
      builder_.line_break();
    else
      builder_.text(text);
    return builder_.fault() ? 1 : 0;
  }

  Limits limits_;
  Builder builder_;
  std::vector<Container> containers_{{.type = MD_BLOCK_DOC}};
  unsigned heading_level_ = 0;  ///< 0: not in a heading
  std::string heading_;
  bool headings_ = false, in_body_ = false;
  bool second_level_counts_ = false;  ///< no article or section is named: "## …" is what people comment on
  std::optional<Message> fault_;
};

}  // namespace

Result<Document> read_markdown(std::string_view text, const Limits& limits) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (!text::valid_utf8(text)) return refuse(Why::invalid, {"law.not-text"});
  if (text.find('\0') != text.npos) return refuse(Why::invalid, {"law.not-text"});
  if (text.size() > kLongest)
    return refuse(Why::too_large, {"law.too-large", {{"limit", std::int64_t(kLongest >> 20)}}});
  return MarkdownReader(limits).read(text);
}

}  // namespace polder::law
