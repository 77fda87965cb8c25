#include "formats/challengegov/html.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <span>
#include <utility>

#include "formats/challengegov/paragraph.h"
#include "formats/csv/html_text.h"

namespace polder::challengegov {
namespace {

constexpr std::array<std::string_view, 23> kBlocks{"address", "article", "aside", "body",    "center",   "dd",
                                                   "details", "div",     "dl",    "dt",      "fieldset", "figcaption",
                                                   "figure",  "footer",  "form",  "head",    "header",   "html",
                                                   "main",    "nav",     "p",     "section", "summary"};
constexpr std::array<std::string_view, 8> kDropped{"script", "style",    "template", "textarea",
                                                   "title",  "noscript", "iframe",   "select"};
constexpr std::size_t kNested = 64;   // lists and quotations that are followed
constexpr std::size_t kIndented = 6;  // … and shown as such: deeper ones are indented no further
constexpr std::size_t kColumns = 16;  // of a table; what is beyond joins the last
constexpr std::array<std::string_view, 10> kSuperscript{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
constexpr std::array<std::string_view, 10> kSubscript{"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};

bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

struct Tag {
  std::string name;
  bool closing = false;
  std::string_view inside;  ///< what stands between its name and its end
};

/// The value of an attribute, its references read (HTML Standard §13.1.2.3).
std::optional<std::string> attribute(const Tag& tag, std::string_view name) {
  const std::string_view in = tag.inside;
  for (std::size_t i = 0; i < in.size();) {
    while (i < in.size() && (space(in[i]) || in[i] == '/')) ++i;
    const std::size_t from = i;
    while (i < in.size() && !space(in[i]) && in[i] != '=' && in[i] != '/') ++i;
    const std::string_view found = in.substr(from, i - from);
    while (i < in.size() && space(in[i])) ++i;
    std::string_view value;
    if (i < in.size() && in[i] == '=') {
      ++i;
      while (i < in.size() && space(in[i])) ++i;
      const bool quoted = i < in.size() && (in[i] == '"' || in[i] == '\'');
      const std::size_t begin = i + (quoted ? 1 : 0);
      std::size_t end = begin;
      while (end < in.size() && (quoted ? in[end] != in[i] : !space(in[end]))) ++end;
      value = in.substr(begin, end - begin);
      i = end + (quoted ? 1 : 0);
    }
    if (!found.empty() && same(found, name)) return csv::html_to_text(value);
    if (i == from) ++i;
  }
  return {};
}

/// Writes while it is told what comes.
class Writer {
 public:
  void words(std::string_view html) {
    if (html.empty()) return;
    const auto blank = [](std::string_view s) { return space(s.front()) || s.starts_with("&nbsp;"); };
    if (blank(html)) paragraph_.space();
    std::string text = csv::html_to_text(html);
    if (raised_ != 0) raise(text);
    paragraph_.add(text, look());
    if (!text.empty() && (space(html.back()) || html.ends_with("&nbsp;"))) paragraph_.space();
  }

  void tag(const Tag& tag) {
    const std::string& n = tag.name;
    const int step = tag.closing ? -1 : 1;
    const auto count = [&](int& open) { open = std::max(0, open + step); };
    if (n == "strong" || n == "b")
      count(strong_);
    else if (n == "em" || n == "i")
      count(emphasis_);
    else if (n == "sup" || n == "sub")
      raised_ = tag.closing ? 0 : n == "sup" ? 1 : -1;
    else if (n == "a")
      link_ = tag.closing ? 0 : link(attribute(tag, "href"));
    else if (n == "br")
      table_ > 0 ? paragraph_.space() : paragraph_.line_break();
    else if (n == "img" && !tag.closing)
      image(tag);
    else if (n == "table")
      table(tag.closing);
    else if (table_ > 0)
      in_table(n, tag.closing);
    else
      block(n, tag.closing);
  }

  Words finish() {
    flush();
    if (table_ > 0) write_table();
    return std::move(out_);
  }

 private:
  struct Frame {
    enum class Kind { list, item, quotation } kind;
    int number = 0;                     ///< of an ordered list: of its next item; 0 for a bullet
    std::string first = {}, rest = {};  ///< what a line in it begins with
    bool fresh = true;                  ///< nothing stands in it yet
  };

  Look look() const { return {strong_ > 0 ? Style::strong : emphasis_ > 0 ? Style::emphasis : Style::plain, link_}; }

  void raise(std::string& text) const {
    if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return;
    std::string out;
    for (const char c : text) out += (raised_ > 0 ? kSuperscript : kSubscript)[std::size_t(c - '0')];
    text = std::move(out);
  }

  std::uint32_t link(const std::optional<std::string>& href) {
    if (!href || href->empty() || href->starts_with('#') || same(std::string_view(*href).substr(0, 7), "mailto:"))
      return 0;
    std::string target = web_address(*href);
    if (target.empty()) {
      ++out_.links_removed;
      return 0;
    }
    if (!same(std::string_view(*href).substr(0, 4), "http")) out_.links_completed.push_back(*href);
    links_.push_back(std::move(target));
    return std::uint32_t(links_.size());
  }

  void image(const Tag& tag) {
    ++out_.images_removed;
    if (const auto words_for_it = attribute(tag, "alt")) paragraph_.add(*words_for_it, look());
  }

  // ---- Blocks ----

  void block(const std::string& n, bool closing) {
    if (n.size() == 2 && n[0] == 'h' && n[1] >= '1' && n[1] <= '6') {
      flush();
      heading_ = closing ? 0 : n[1] - '0';
    } else if (n == "hr") {
      flush();
      emit("***");
    } else if (n == "ul" || n == "ol") {
      flush();
      closing ? leave(Frame::Kind::list) : enter({.kind = Frame::Kind::list, .number = n == "ol" ? 1 : 0});
    } else if (n == "blockquote") {
      flush();
      closing ? leave(Frame::Kind::quotation) : enter({.kind = Frame::Kind::quotation, .first = "> ", .rest = "> "});
    } else if (n == "li") {
      flush();
      if (!frames_.empty() && frames_.back().kind == Frame::Kind::item) frames_.pop_back();
      if (!closing) item();
    } else if (std::ranges::find(kBlocks, n) != kBlocks.end()) {
      flush();
    }
  }

  void enter(Frame frame) {
    if (frames_.size() < kNested) frames_.push_back(std::move(frame));
  }
  void leave(Frame::Kind kind) {
    const auto last = std::find_if(frames_.rbegin(), frames_.rend(), [&](const Frame& f) { return f.kind == kind; });
    if (last != frames_.rend()) frames_.erase(std::prev(last.base()), frames_.end());
  }
  void item() {
    std::string bullet = "- ";
    if (!frames_.empty() && frames_.back().kind == Frame::Kind::list && frames_.back().number > 0)
      bullet = std::to_string(frames_.back().number++) + ". ";
    enter({.kind = Frame::Kind::item, .first = bullet, .rest = std::string(bullet.size(), ' ')});
  }

  /// Ends a paragraph. In a table it only ends a word.
  void flush() {
    if (table_ > 0) return paragraph_.space();
    Paragraph done = std::exchange(paragraph_, {});
    if (done.empty()) return;
    out_.addresses_removed += done.remove_addresses();
    const bool in_item = !frames_.empty() && frames_.back().kind == Frame::Kind::item && frames_.back().fresh;
    Block told{.kind = heading_ > 0 ? Block::Kind::heading
                       : in_item    ? Block::Kind::item
                                    : Block::Kind::paragraph,
               .text = done.text(),
               .lead = done.lead()};
    std::string words = done.markdown(heading_ > 0 ? Paragraph::In::heading : Paragraph::In::paragraph, links_);
    while (words.ends_with("\\\n")) words.resize(words.size() - 2);
    if (heading_ > 0) words.insert(0, std::string(std::size_t(heading_), '#') + ' ');
    emit(words, &told);
    out_.blocks.push_back(std::move(told));
  }

  /// One block, each line with what the frames around it ask for. Items of a list follow each other without a gap.
  void emit(std::string_view lines, Block* told = nullptr) {
    std::string& out = out_.markdown;
    const bool in_frame = !frames_.empty();
    const bool next_item = in_frame && frames_.back().kind == Frame::Kind::item && frames_.back().fresh;
    if (!out.empty()) {
      out += '\n';
      if (!(next_item && was_in_item_)) {
        std::string around;
        for (const Frame& f : shown())
          if (!f.fresh) around += f.rest;
        out.append(around, 0, around.find_last_not_of(' ') + 1) += '\n';
      }
    }
    if (told != nullptr && !in_frame) told->at = out.size();
    for (bool first = true; first || !lines.empty(); first = false) {
      if (!first) out += '\n';
      for (Frame& f : shown()) out += std::exchange(f.fresh, false) ? f.first : f.rest;
      const std::size_t end = std::min(lines.find('\n'), lines.size());
      out += lines.substr(0, end);
      lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    for (Frame& f : frames_) f.fresh = false;
    was_in_item_ = std::ranges::any_of(frames_, [](const Frame& f) { return f.kind == Frame::Kind::item; });
  }
  std::span<Frame> shown() { return std::span(frames_).first(std::min(frames_.size(), 2 * kIndented)); }

  // ---- Tables ----

  void table(bool closing) {
    if (!closing) {
      if (table_ == 0) flush();
      ++table_;
      paragraph_.space();
      return;
    }
    if (table_ == 0) return;
    if (table_ == 1) write_table();
    --table_;
  }
  void in_table(const std::string& n, bool closing) {
    if (table_ == 1 && (n == "tr" || n == "td" || n == "th")) {
      end_cell();
      if (n == "tr") end_row();
      in_cell_ = n != "tr" && !closing;
      return;
    }
    paragraph_.space();
  }
  void end_cell() {
    Paragraph cell = std::exchange(paragraph_, {});
    if (cell.empty() && !in_cell_) return;
    out_.addresses_removed += cell.remove_addresses();
    if (row_.size() == kColumns) {
      row_.back() += ' ' + cell.markdown(Paragraph::In::cell, links_);
      row_block_.cells.back() += ' ' + cell.text();
      return;
    }
    if (row_.empty()) row_block_.lead = cell.lead();
    row_.push_back(cell.markdown(Paragraph::In::cell, links_));
    row_block_.cells.push_back(cell.text());
  }
  void end_row() {
    if (row_.empty()) return;
    rows_.push_back(std::exchange(row_, {}));
    row_block_.kind = Block::Kind::row;
    for (const std::string& cell : row_block_.cells) row_block_.text += (row_block_.text.empty() ? "" : " ") + cell;
    out_.blocks.push_back(std::exchange(row_block_, {}));
  }
  void write_table() {
    end_cell();
    end_row();
    in_cell_ = false;
    if (rows_.empty()) return;
    std::size_t columns = 0;
    for (const auto& row : rows_) columns = std::max(columns, row.size());
    rows_.front().resize(columns);
    std::string lines;
    for (const auto& row : rows_) {
      lines += lines.empty() ? "|" : "\n|";
      for (const std::string& cell : row) lines += ' ' + cell + " |";
      if (&row != &rows_.front()) continue;
      lines += "\n|";
      for (std::size_t i = 0; i < columns; ++i) lines += "---|";
    }
    rows_.clear();
    emit(lines);
  }

  Words out_;
  Paragraph paragraph_;
  std::vector<std::string> links_;
  std::vector<Frame> frames_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::string> row_;
  Block row_block_;
  std::uint32_t link_ = 0;
  int strong_ = 0, emphasis_ = 0, raised_ = 0, heading_ = 0, table_ = 0;
  bool in_cell_ = false, was_in_item_ = false;
};

/// Past the content of a script and its like, to its end tag (HTML Standard §13.2.5.2, raw text).
std::size_t past(std::string_view html, std::size_t from, std::string_view name) {
  for (std::size_t at = html.find("</", from); at != html.npos; at = html.find("</", at + 2))
    if (same(html.substr(at + 2, name.size()), name)) return at;
  return html.size();
}

}  // namespace

Words to_markdown(std::string_view html) {
  Writer writer;
  std::size_t words_from = 0;
  for (std::size_t at = html.find('<'); at != html.npos;) {
    const std::string_view rest = html.substr(at);
    const bool comment = rest.starts_with("<!--"), closing = rest.starts_with("</");
    const std::size_t name_at = closing ? 2 : 1;
    const bool declaration = rest.starts_with("<!") || rest.starts_with("<?");
    if (!declaration && (rest.size() <= name_at || !std::isalpha(static_cast<unsigned char>(rest[name_at])))) {
      at = html.find('<', at + 1);  // a letter
      continue;
    }
    writer.words(html.substr(words_from, at - words_from));
    std::size_t end = comment ? rest.find("-->", 4) : name_at;
    if (!comment) {
      char quote = 0;
      for (; end < rest.size() && (quote != 0 || rest[end] != '>'); ++end) {
        if (quote != 0)
          quote = rest[end] == quote ? char{0} : quote;
        else if ((rest[end] == '"' || rest[end] == '\'') && !declaration && rest[end - 1] == '=')
          quote = rest[end];
      }
    }
    if (end >= rest.size()) {  // a tag that never ends
      words_from = html.size();
      break;
    }
    std::size_t next = at + end + (comment ? 3 : 1);
    if (!declaration) {
      Tag tag{.name = {}, .closing = closing, .inside = {}};
      std::size_t name_end = name_at;
      while (name_end < end && std::isalnum(static_cast<unsigned char>(rest[name_end])) && name_end < name_at + 12)
        tag.name += lower(rest[name_end++]);
      tag.inside = rest.substr(name_end, end - name_end);
      if (!closing && std::ranges::find(kDropped, tag.name) != kDropped.end())
        next = past(html, next, tag.name);
      else
        writer.tag(tag);
    }
    words_from = next;
    at = html.find('<', next);
  }
  writer.words(html.substr(words_from));
  return writer.finish();
}

std::string web_address(std::string_view written) {
  while (!written.empty() && space(written.front())) written.remove_prefix(1);
  while (!written.empty() && space(written.back())) written.remove_suffix(1);
  std::string out;
  if (same(written.substr(0, 4), "www."))
    out = "https://";
  else if (same(written.substr(0, 8), "https://"))
    out = "https://", written.remove_prefix(8);
  else if (same(written.substr(0, 7), "http://"))
    out = "http://", written.remove_prefix(7);
  else
    return {};
  const std::string_view host = written.substr(0, written.find_first_of("/?#"));
  if (host.find('.') == host.npos || host.starts_with('.') || written.find('@') != written.npos ||
      written.find("%40") != written.npos || written.size() > 2'000)
    return {};
  if (!std::ranges::all_of(host, [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == ':' || (c & 0x80);
      }))
    return {};
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : written) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7f || std::string_view("\"'()<>[\\]^`{|}*").find(c) != std::string_view::npos)
      out.append("%").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    else
      out += c;
  }
  return out;
}

}  // namespace polder::challengegov
