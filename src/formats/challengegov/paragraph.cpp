#include "formats/challengegov/paragraph.h"

#include <algorithm>
#include <cctype>

#include "formats/challengegov/addresses.h"

namespace polder::challengegov {
namespace {

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool digit(char c) { return c >= '0' && c <= '9'; }
/// CommonMark 0.30 §2.1, as far as ASCII goes; the rest counts as letters.
bool punctuation(char c) { return std::ispunct(static_cast<unsigned char>(c)) != 0; }
bool word(char c) { return !blank(c) && !punctuation(c); }

/// "name;" or "#123;", as it would stand behind an ampersand.
bool reference(std::string_view rest) {
  std::size_t i = rest.starts_with('#') ? 1 : 0;
  const std::size_t from = i;
  while (i < rest.size() && i - from < 32 && std::isalnum(static_cast<unsigned char>(rest[i]))) ++i;
  return i > from && i < rest.size() && rest[i] == ';';
}

}  // namespace

void Paragraph::add(std::string_view words, Look look) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const char c = words[i];
    const std::string_view rest = words.substr(i);
    if (blank(c) || rest.starts_with("\xc2\xa0")) {
      i += blank(c) ? 0 : 1;
      space_ = true;
      continue;
    }
    const bool c1 = c == '\xc2' && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xa0;
    if (c1 || rest.starts_with("\xe2\x80\xad") || rest.starts_with("\xe2\x80\xae")) {
      i += c1 ? 1 : 2;
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) continue;
    if (space_ && !text_.empty() && text_.back() != '\n') {
      text_ += ' ';
      looks_.push_back(looks_.back() == look ? look : Look{});
    }
    space_ = false;
    text_ += c;
    looks_.push_back(look);
  }
}

void Paragraph::line_break() {
  space_ = false;
  if (text_.empty() || text_.back() == '\n') return;
  text_ += '\n';
  looks_.push_back({});
}

std::string Paragraph::lead() const {
  const auto end = std::ranges::find_if(looks_, [](const Look& look) { return look.style != Style::strong; });
  return text_.substr(0, std::size_t(end - looks_.begin()));
}

int Paragraph::remove_addresses() {
  const auto found = addresses(text_);
  if (found.empty()) return 0;
  Paragraph out;
  std::size_t done = 0;
  const auto keep = [&](std::size_t to) {
    out.text_.append(text_, done, to - done);
    out.looks_.insert(out.looks_.end(), looks_.begin() + std::ptrdiff_t(done), looks_.begin() + std::ptrdiff_t(to));
  };
  for (const Range range : found) {
    keep(range.begin);
    out.text_ += removed_address;
    out.looks_.resize(out.text_.size(), looks_[range.begin]);
    done = range.end;
  }
  keep(text_.size());
  *this = std::move(out);
  return int(found.size());
}

std::string escape_markdown(std::string_view text, Paragraph::In where, bool begins) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool line_start = begins && (i == 0 || text[i - 1] == '\n');
    if (c == '\n') {
      out += where == Paragraph::In::paragraph ? "\\\n" : " ";
      begins = begins || where == Paragraph::In::paragraph;
      continue;
    }
    const bool within_word = i > 0 && i + 1 < text.size() && word(text[i - 1]) && word(text[i + 1]);
    if (std::string_view("\\`*[]<>").find(c) != std::string_view::npos || (c == '_' && !within_word) ||
        (c == '|' && where == Paragraph::In::cell) ||
        (line_start && std::string_view("#+-=~").find(c) != std::string_view::npos))
      out += '\\';
    else if (c == '&' && reference(text.substr(i + 1)))
      out += '\\';
    out += c;
    // "1." and "1)" at the beginning of a line would begin a list.
    if (line_start && digit(c)) {
      while (i + 1 < text.size() && digit(text[i + 1])) out += text[++i];
      if (i + 1 < text.size() && (text[i + 1] == '.' || text[i + 1] == ')')) out += '\\';
    }
  }
  return out;
}

std::string Paragraph::markdown(In where, const std::vector<std::string>& links) const {
  std::string out;
  for (std::size_t i = 0, end = 0; i < text_.size(); i = end) {
    end = i;
    while (end < text_.size() && looks_[end] == looks_[i]) ++end;
    const std::string_view words = std::string_view(text_).substr(i, end - i);
    const Look look = looks_[i];
    const bool begins = out.empty() || out.back() == '\n';
    std::string body = escape_markdown(words, where, begins);
    const Style style = where == In::heading ? Style::plain : look.style;
    if (look.link != 0 && !begins && out.back() == '!') out.insert(out.size() - 1, 1, '\\');  // no image
    if (look.link != 0) body = '[' + body + "](" + links[look.link - 1] + ')';
    if (style == Style::plain || (!out.empty() && out.back() == '*')) {
      out += body;
      continue;
    }
    // CommonMark §6.2: beside a letter, a mark that has punctuation on its inner side would stay an asterisk.
    const std::string_view mark = style == Style::strong ? "**" : "*";
    if (!begins && word(out.back()) && punctuation(body.front())) out += ' ';
    out.append(mark).append(body).append(mark);
    if (end < text_.size() && word(text_[end]) && punctuation(body.back())) out += ' ';
  }
  return out;
}

}  // namespace polder::challengegov
