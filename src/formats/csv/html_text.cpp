#include "formats/csv/html_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "formats/csv/html_entities.h"

namespace polder::csv {
namespace {

constexpr std::array<std::string_view, 33> kBlocks{
    "address",  "article",    "aside",  "blockquote", "body", "center", "dd",  "details", "div",     "dl",    "dt",
    "fieldset", "figcaption", "figure", "footer",     "form", "h1",     "h2",  "h3",      "h4",      "h5",    "h6",
    "header",   "hr",         "main",   "nav",        "ol",   "p",      "pre", "section", "summary", "table", "ul"};
constexpr std::array<std::string_view, 6> kDropped{"script", "style", "template", "textarea", "title", "noscript"};

void append(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  if (c >= 0x10000) out += static_cast<char>(0xf0 | c >> 18);
  if (c >= 0x800) out += static_cast<char>(c >= 0x10000 ? 0x80 | (c >> 12 & 0x3f) : 0xe0 | c >> 12);
  out += static_cast<char>(c >= 0x800 ? 0x80 | (c >> 6 & 0x3f) : 0xc0 | c >> 6);
  out += static_cast<char>(0x80 | (c & 0x3f));
}

/// HTML Standard §13.2.5.80: numbers 0x80 to 0x9f mean Windows-1252.
constexpr std::array<char32_t, 32> kWindows{0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                            0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                            0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                            0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

class Text {
 public:
  std::string of(std::string_view html) {
    for (std::size_t i = 0; i < html.size();) {
      const char c = html[i];
      if (c == '<')
        i = markup(html, i);
      else if (c == '&')
        i = reference(html, i);
      else
        letter(html.substr(i++, 1));
    }
    return std::move(out_);
  }

 private:
  /// Breaks and blanks are owed until a letter follows, so that none stands at the end and no two add up.
  void letter(std::string_view bytes) {
    const bool blank = bytes == " " || bytes == "\t" || bytes == "\n" || bytes == "\r" || bytes == "\f";
    if (blank) {
      space_ = true;
      return;
    }
    if (!out_.empty()) {
      if (breaks_ > 0)
        out_.append(std::size_t(breaks_), '\n');
      else if (tab_)
        out_ += '\t';
      else if (space_)
        out_ += ' ';
    }
    if (bullet_) out_ += "- ";
    breaks_ = 0;
    tab_ = space_ = bullet_ = false;
    out_ += bytes;
  }
  void line(int breaks) { breaks_ = std::max(breaks_, breaks); }

  /// Past a tag, a comment or a declaration; a '<' that begins none of these is a letter.
  std::size_t markup(std::string_view html, std::size_t at) {
    const std::string_view rest = html.substr(at);
    if (rest.starts_with("<!--")) {
      const std::size_t end = html.find("-->", at + 4);
      return end == html.npos ? html.size() : end + 3;
    }
    const bool closing = rest.starts_with("</");
    const std::size_t first = closing ? 2 : 1;
    const bool other = rest.starts_with("<!") || rest.starts_with("<?");
    if (!other && (rest.size() <= first || !std::isalpha(static_cast<unsigned char>(rest[first])))) {
      letter("<");
      return at + 1;
    }
    std::size_t end = at + 1;
    for (char quote = 0; end < html.size(); ++end) {
      const char c = html[end];
      if (quote)
        quote = c == quote ? 0 : quote;
      else if (c == '>')
        break;
      else if ((c == '"' || c == '\'') && html[end - 1] == '=')
        quote = c;
    }
    if (end >= html.size()) return html.size();
    if (other) return end + 1;
    std::string name;
    for (std::size_t i = at + first; i < end && name.size() < 12 && std::isalnum(static_cast<unsigned char>(html[i]));
         ++i)
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(html[i])));
    tag(name, closing);
    const bool empty = html[end - 1] == '/';
    return !closing && !empty && std::ranges::find(kDropped, name) != kDropped.end() ? past(html, end + 1, name)
                                                                                     : end + 1;
  }

  /// Past the content of a script and its like, to its end tag (HTML Standard §13.2.5.2, raw text).
  std::size_t past(std::string_view html, std::size_t from, std::string_view name) {
    for (std::size_t at = html.find("</", from); at != html.npos; at = html.find("</", at + 2)) {
      const std::string_view found = html.substr(at + 2, name.size());
      const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
      if (std::ranges::equal(found, name, same)) return at;
    }
    return html.size();
  }

  void tag(std::string_view name, bool closing) {
    if (name == "br")
      line(1);
    else if (name == "td" || name == "th")
      tab_ = tab_ || !closing;
    else if (name == "tr" || name == "option")
      line(1);
    else if (name == "li") {
      line(1);
      bullet_ = !closing;
    } else if (std::ranges::find(kBlocks, name) != kBlocks.end()) {
      line(2);
    }
  }

  std::size_t reference(std::string_view html, std::size_t at) {
    std::size_t end = at + 1;
    const std::size_t limit = std::min(html.size(), at + 32);
    while (end < limit && (std::isalnum(static_cast<unsigned char>(html[end])) || (html[end] == '#' && end == at + 1)))
      ++end;
    const std::string_view name = html.substr(at + 1, end - at - 1);
    const bool closed = end < html.size() && html[end] == ';';
    char32_t value = 0;
    if (name.starts_with('#')) {
      const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
      unsigned n = 0;
      const char* digits = name.data() + (hex ? 2 : 1);
      const auto [stop, error] = std::from_chars(digits, name.data() + name.size(), n, hex ? 16 : 10);
      if (error == std::errc{} && stop == name.data() + name.size()) {
        if (n >= 0x80 && n < 0xa0) n = kWindows[n - 0x80];
        const bool bad =
            n == 0 || n > 0x10ffff || (n >= 0xd800 && n < 0xe000) || (n < 0x20 && n != '\t' && n != '\n') || n == 0x7f;
        value = bad ? 0xfffd : char32_t(n);
      } else if (error == std::errc::result_out_of_range) {
        value = 0xfffd;
      }
    } else if (closed || name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "nbsp") {
      const auto found = std::ranges::lower_bound(entities, name, {}, &Entity::name);
      if (found != entities.end() && found->name == name)
        value = found->value;
      else if (name == "apos")
        value = '\'';
    }
    if (value == 0) {
      letter("&");
      return at + 1;
    }
    std::string bytes;
    append(bytes, value == 0xa0 ? ' ' : value);  // kept apart so that words stay apart, not so that a line stays whole
    letter(bytes);
    return end + (closed ? 1 : 0);
  }

  std::string out_;
  int breaks_ = 0;
  bool space_ = false, tab_ = false, bullet_ = false;
};

}  // namespace

std::string html_to_text(std::string_view html) { return Text().of(html); }

}  // namespace polder::csv
