#include <algorithm>

#include "formats/law/law.h"

namespace polder::law {
namespace {

void line(std::string& out, std::string_view text) {
  if (text.empty()) return;
  if (!out.empty() && out.back() != '\n') out += '\n';
  out += text;
}

void append(std::string& out, const Inlines& inlines) {
  for (const Inline& i : inlines) {
    if (i.kind == Inline::Kind::text) {
      out += i.text;
    } else if (i.kind == Inline::Kind::line_break) {
      out += '\n';
    } else if (i.kind == Inline::Kind::footnote) {
      out += " [";
      append(out, i.children);
      out += ']';
    } else {
      append(out, i.children);
    }
  }
}

void append(std::string& out, const Division& division);

void append(std::string& out, const std::vector<Block>& blocks);

struct AppendBlock {
  std::string& out;
  void operator()(const Paragraph& p) const { line(out, plain_text(p.words)); }
  void operator()(const List& list) const {
    for (const Item& item : list.items) {
      line(out, item.number);
      std::string words;
      append(words, item.content);
      if (item.number.empty())
        line(out, words);
      else if (!words.empty())
        out += " " + words;
    }
  }
  void operator()(const Table& table) const {
    line(out, plain_text(table.caption));
    for (const auto& row : table.rows) {
      std::string cells;
      for (const Cell& cell : row) {
        std::string words;
        append(words, cell.content);
        std::ranges::replace(words, '\n', ' ');
        if (!cells.empty()) cells += '\t';
        cells += words;
      }
      line(out, cells);
    }
  }
  void operator()(const Quoted& quoted) const {
    std::string words;
    for (const Division& d : quoted.divisions) append(words, d);
    line(out, quoted.open + words + quoted.close);
  }
};

void append(std::string& out, const std::vector<Block>& blocks) {
  for (const Block& block : blocks) std::visit(AppendBlock{out}, block.value);
}

void append(std::string& out, const Division& division) {
  line(out, label(division));
  append(out, division.content);
  for (const Division& child : division.children) append(out, child);
}

void collect(std::vector<Article>& out, std::vector<std::string>& path, const Division& division,
             std::string_view kind) {
  for (const Division& child : division.children) {
    if (child.kind == kind) out.push_back({child.eid, child.number, plain_text(child.heading), path, &child});
    path.push_back(label(child));
    collect(out, path, child, kind);
    path.pop_back();
  }
}

}  // namespace

std::string label(const Division& division) {
  std::string heading = plain_text(division.heading);
  std::ranges::replace(heading, '\n', ' ');
  if (division.number.empty() || heading.empty()) return division.number + heading;
  return division.number + " " + heading;
}

std::string plain_text(const Inlines& inlines) {
  std::string out;
  append(out, inlines);
  return out;
}

std::string plain_text(const Division& division) {
  std::string out;
  append(out, division);
  return out;
}

std::string plain_text(const Document& document) {
  std::string out;
  for (const Division* part : {&document.preface, &document.preamble, &document.body, &document.conclusions})
    append(out, *part);
  for (const Division& attachment : document.attachments) append(out, attachment);
  return out;
}

std::vector<Article> articles(const Document& document) {
  std::vector<Article> found;
  for (std::string_view kind : {"article", "section"}) {
    std::vector<std::string> path;
    if (document.format == Format::uslm && kind == "article") continue;
    if (document.format == Format::bwb && kind == "section") continue;
    collect(found, path, document.body, kind);
    for (const Division& attachment : document.attachments) collect(found, path, attachment, kind);
    if (!found.empty()) break;
  }
  return found;
}

std::string_view name(Format format) {
  switch (format) {
    case Format::akoma_ntoso:
      return "akoma-ntoso";
    case Format::uslm:
      return "uslm";
    case Format::bwb:
      return "bwb";
    case Format::markdown:
      return "markdown";
  }
  return {};
}

}  // namespace polder::law
