// The law as one reads it: numbers are text, so that they stay what the law says they are.
#include "processes/consultations/pages.h"

namespace polder::consultations {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

Html blocks(const std::vector<law::Block>& content, int level);

Html one_inline(const law::Inline& i) {
  using Kind = law::Inline::Kind;
  Html inner = law_inlines(i.children);
  switch (i.kind) {
    case Kind::text:
      return plain(i.text);
    case Kind::emphasis:
      return em(inner);
    case Kind::strong:
      return strong(inner);
    case Kind::superscript:
      return sup(inner);
    case Kind::subscript:
      return sub(inner);
    case Kind::inserted:
      return element("ins", {inner});
    case Kind::deleted:
      return element("del", {inner});
    case Kind::footnote:
      return small(" (", inner, ") ");
    case Kind::line_break:
      return br();
    case Kind::reference:
      if (i.target.starts_with('#') && i.target.size() > 1) return a(href(Url::fragment(i.target.substr(1))), inner);
      if (const auto url = Url::external(i.target)) return a(href(*url), attr("rel", "nofollow noopener"), inner);
      return inner;
  }
  return {};
}

Html numbered(std::string_view number, const Html& words) {
  return li(number.empty() ? Html{} : span(cls("no"), number), div(words));
}

Html table_of(const law::Table& t, int level) {
  Html rows;
  for (const auto& row : t.rows) {
    const bool of_columns = std::ranges::all_of(row, &law::Cell::header);
    Html cells;
    for (const auto& cell : row) {
      const Attr columns = cell.columns > 1 ? attr("colspan", std::int64_t(cell.columns)) : Attr{};
      const Attr height = cell.rows > 1 ? attr("rowspan", std::int64_t(cell.rows)) : Attr{};
      const Attr scope = attr("scope", !of_columns ? "row" : cell.columns > 1 ? "colgroup" : "col");
      cells += cell.header ? th(scope, columns, height, blocks(cell.content, level))
                           : td(columns, height, blocks(cell.content, level));
    }
    rows += tr(cells);
  }
  return div(cls("scroll"), attr("tabindex", "0"),
             table(t.caption.empty() ? Html{} : caption(law_inlines(t.caption)), tbody(rows)));
}

Html one_block(const law::Block& block, int level) {
  if (const auto* words = std::get_if<law::Paragraph>(&block.value)) return p(law_inlines(words->words));
  if (const auto* list = std::get_if<law::List>(&block.value)) {
    Html items;
    for (const auto& item : list->items) items += numbered(item.number, blocks(item.content, level));
    return ol(cls("numbered"), items);
  }
  if (const auto* t = std::get_if<law::Table>(&block.value)) return table_of(*t, level);
  const auto& quoted = std::get<law::Quoted>(block.value);
  Html inner;
  for (const auto& d : quoted.divisions) inner += law_division(d, std::min(level + 1, 6));
  return blockquote(inner);
}

Html blocks(const std::vector<law::Block>& content, int level) {
  Html out;
  for (const auto& b : content) out += one_block(b, level);
  return out;
}

Html heading(int level, const Html& words) {
  switch (level) {
    case 2:
      return h2(words);
    case 3:
      return h3(words);
    default:
      return h4(words);
  }
}

/// Paragraphs and points have a number and no heading: they are items of a list.
bool is_item(const law::Division& d) {
  return d.heading.empty() && d.kind != "article" && d.kind != "section" && d.kind != "chapter";
}

}  // namespace

Html law_inlines(const law::Inlines& inlines) {
  Html out;
  for (const auto& i : inlines) out += one_inline(i);
  return out;
}

Html law_division(const law::Division& division, int level) {
  Html out;
  if (!division.heading.empty() || (!division.number.empty() && !is_item(division))) {
    Html words = plain(division.number);
    if (!division.number.empty() && !division.heading.empty())
      words += plain(division.number.ends_with('.') ? " " : ". ");
    out += heading(level, words + law_inlines(division.heading));
  }
  out += blocks(division.content, level);
  Html items;
  const auto flush = [&] {
    if (!items.empty()) out += ol(cls("numbered"), items);
    items = {};
  };
  for (const auto& child : division.children) {
    if (is_item(child) && !child.number.empty()) {
      Html inner = blocks(child.content, level + 1);
      law::Division rest;
      rest.children = child.children;
      inner += law_division(rest, level + 1);
      items += numbered(child.number, inner);
    } else {
      flush();
      out += law_division(child, level + 1);
    }
  }
  flush();
  return out;
}

}  // namespace polder::consultations
