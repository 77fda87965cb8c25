// Writes Akoma Ntoso 3.0 (OASIS standard of 29 August 2018, final namespace), valid by akomantoso30.xsd. What has no
// element of its own there travels in `hcontainer`, `container` or `tblock` with the model's word as its name, so that
// reading it again gives the same divisions. The dates that its metadata require are written as 0001-01-01: unknown.
#include <algorithm>
#include <array>

#include "formats/law/builder.h"
#include "formats/law/law.h"
#include "formats/law/xml.h"

namespace polder::law {
namespace {

using xml::escape;

constexpr std::array<std::string_view, 27> kHierarchy{
    "alinea",  "article",    "book",      "chapter",     "clause",  "division",     "indent",
    "level",   "list",       "part",      "paragraph",   "point",   "proviso",      "rule",
    "section", "subchapter", "subclause", "subdivision", "sublist", "subparagraph", "subpart",
    "subrule", "subsection", "subtitle",  "title",       "tome",    "transitional"};

std::string attribute(std::string_view name, std::string_view value) {
  return value.empty() ? std::string{} : " " + std::string(name) + "=\"" + escape(value) + '"';
}

class Writer {
 public:
  std::string write(const Document& document) {
    main_ = &document;
    const bool hierarchical = document.kind == "act" || document.kind == "bill";
    out_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<akomaNtoso "
        "xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">\n";
    const std::string element = hierarchical ? document.kind : "doc";
    out_ += '<' + element + attribute("name", document.kind.empty() ? "doc" : document.kind) + ">\n";
    meta(document);
    part("preface", document.preface);
    part("preamble", document.preamble);
    if (hierarchical) {
      out_ += "<body" + attribute("eId", document.body.eid) + ">\n";
      if (!document.body.content.empty() || document.body.children.empty()) anonymous(document.body.content);
      for (const Division& d : document.body.children) division(d);
      out_ += "</body>\n";
    } else {
      out_ += "<mainBody" + attribute("eId", document.body.eid) + ">\n";
      blocks(document.body.content);
      for (const Division& d : document.body.children) division(d);
      if (document.body.empty()) out_ += "<p/>";
      out_ += "</mainBody>\n";
    }
    part("conclusions", document.conclusions);
    if (!document.attachments.empty()) attachments(document);
    out_ += "</" + element + ">\n</akomaNtoso>\n";
    return std::move(out_);
  }

 private:
  void meta(const Document& document) {
    const auto value = [&](std::string_view scheme) {
      const auto found = std::ranges::find(document.identifiers, scheme, &Identifier::scheme);
      return found == document.identifiers.end() ? "/akn/" + (document.kind.empty() ? "doc" : document.kind)
                                                 : found->value;
    };
    const auto level = [&](std::string_view name, std::string_view scheme, std::string_view extra) {
      const std::string id = attribute("value", value(scheme));
      out_ += "<" + std::string(name) + "><FRBRthis" + id + "/><FRBRuri" + id + "/>";
      if (name == "FRBRWork") {
        if (!document.title.empty()) out_ += "<FRBRalias" + attribute("value", document.title) + " name=\"title\"/>";
        for (const Identifier& i : document.identifiers)
          if (i.scheme != "work" && i.scheme != "expression")
            out_ += "<FRBRalias" + attribute("value", i.value) + attribute("name", i.scheme) + "/>";
      }
      out_ += "<FRBRdate date=\"0001-01-01\" name=\"unknown\"/><FRBRauthor href=\"#polder\"/>" + std::string(extra) +
              "</" + std::string(name) + ">\n";
    };
    out_ += "<meta><identification source=\"#polder\">\n";
    level("FRBRWork", "work", "<FRBRcountry value=\"und\"/>");
    level("FRBRExpression", "expression",
          "<FRBRlanguage" + attribute("language", document.language.empty() ? "und" : document.language) + "/>");
    level("FRBRManifestation", "expression", "");
    out_ += "</identification>";
    // Its eId is the document's: attachments refer to the one at the top.
    if (&document == main_)
      out_ +=
          "<references source=\"#polder\"><TLCOrganization eId=\"polder\" href=\"/ontology/organization/polder\" "
          "showAs=\"Polder\"/></references>";
    out_ += "</meta>\n";
  }

  void part(std::string_view name, const Division& part) {
    if (part.empty()) return;
    out_ += '<' + std::string(name) + attribute("eId", part.eid) + ">\n";
    blocks(part.content);
    for (const Division& d : part.children) {
      const bool list = name == "preamble" && (d.kind == "recitals" || d.kind == "citations") && !d.children.empty();
      if (list)
        preamble_list(d);
      else
        titled_block(d);
    }
    out_ += "</" + std::string(name) + ">\n";
  }

  void attachments(const Document& document) {
    out_ += "<attachments>\n";
    for (const Division& d : document.attachments) {
      out_ += "<attachment" + attribute("eId", d.eid) + "><doc name=\"attachment\">\n";
      Document facts{.title = plain_text(d.heading), .language = document.language, .kind = "attachment"};
      meta(facts);
      if (!d.heading.empty()) {
        out_ += "<preface><p><docTitle>";
        inlines(d.heading);
        out_ += "</docTitle></p></preface>\n";
      }
      out_ += "<mainBody>\n";
      blocks(d.content);
      for (const Division& child : d.children) division(child);
      if (d.content.empty() && d.children.empty()) out_ += "<p/>";
      out_ += "</mainBody></doc></attachment>\n";
    }
    out_ += "</attachments>\n";
  }

  /// Words without a division of their own, where only divisions may stand.
  void anonymous(const std::vector<Block>& content) {
    out_ += "<hcontainer name=\"text\"><content>";
    blocks(content);
    out_ += "</content></hcontainer>\n";
  }

  void division(const Division& d) {
    const bool known = std::ranges::find(kHierarchy, d.kind) != kHierarchy.end();
    const std::string element = known ? d.kind : "hcontainer";
    out_ += '<' + element + (known ? "" : attribute("name", d.kind.empty() ? "division" : d.kind)) +
            attribute("eId", d.eid) + '>';
    title(d);
    const bool leaf = d.children.empty();
    if (!d.content.empty() || leaf) {
      out_ += leaf ? "<content>" : "<intro>";
      blocks(d.content);
      out_ += leaf ? "</content>" : "</intro>";
    }
    for (const Division& child : d.children) division(child);
    out_ += "</" + element + ">\n";
  }

  void title(const Division& d) {
    if (!d.number.empty()) out_ += "<num>" + escape(d.number) + "</num>";
    if (d.heading.empty()) return;
    out_ += "<heading>";
    inlines(d.heading);
    out_ += "</heading>";
  }

  /// `recitals` and `citations` hold only their own kind; what else stands in them becomes one of these.
  void preamble_list(const Division& d) {
    out_ += '<' + d.kind + attribute("eId", d.eid) + '>';
    title(d);
    if (!d.content.empty()) {
      out_ += "<intro>";
      blocks(d.content);
      out_ += "</intro>";
    }
    for (const Division& child : d.children) entry(child, d.kind.substr(0, d.kind.size() - 1));
    out_ += "</" + d.kind + ">\n";
  }
  void entry(const Division& d, const std::string& element) {
    out_ += '<' + element + attribute("eId", d.eid) + '>';
    title(d);
    blocks(d.content);
    for (const Division& child : d.children) titled_block(child);
    if (d.content.empty() && d.children.empty()) out_ += "<p/>";
    out_ += "</" + element + ">\n";
  }

  /// A division where no hierarchy is allowed.
  void titled_block(const Division& d) {
    if (d.kind == "text" && d.number.empty() && d.heading.empty() && d.children.empty()) return blocks(d.content);
    entry(d, "tblock");
  }

  void blocks(const std::vector<Block>& content) {
    for (const Block& b : content) std::visit([&](const auto& value) { block(value); }, b.value);
  }
  void block(const Paragraph& p) {
    out_ += "<p>";
    inlines(p.words);
    out_ += "</p>\n";
  }
  void block(const List& list) {
    out_ += "<blockList>";
    for (const Item& item : list.items) {
      out_ += "<item" + attribute("eId", item.eid) + '>';
      if (!item.number.empty()) out_ += "<num>" + escape(item.number) + "</num>";
      blocks(item.content);
      if (item.content.empty()) out_ += "<p/>";
      out_ += "</item>";
    }
    out_ += "</blockList>\n";
  }
  void block(const Table& table) {
    out_ += "<table>";
    if (!table.caption.empty()) {
      out_ += "<caption>";
      inlines(table.caption);
      out_ += "</caption>";
    }
    for (const auto& row : table.rows) {
      out_ += "<tr>";
      for (const Cell& cell : row) {
        const std::string element = cell.header ? "th" : "td";
        out_ += '<' + element;
        if (cell.columns > 1) out_ += attribute("colspan", std::to_string(cell.columns));
        if (cell.rows > 1) out_ += attribute("rowspan", std::to_string(cell.rows));
        out_ += '>';
        blocks(cell.content);
        out_ += "</" + element + '>';
      }
      out_ += "</tr>\n";
    }
    out_ += "</table>\n";
  }
  void block(const Quoted& quoted) {
    out_ +=
        "<p><mod><quotedStructure" + attribute("startQuote", quoted.open) + attribute("endQuote", quoted.close) + '>';
    for (const Division& d : quoted.divisions) {
      if (d.kind == "text" && d.children.empty())
        blocks(d.content);
      else
        division(d);
    }
    out_ += "</quotedStructure></mod></p>\n";
  }

  void inlines(const Inlines& words) {
    for (const Inline& i : words) {
      switch (i.kind) {
        case Inline::Kind::text:
          out_ += escape(i.text);
          break;
        case Inline::Kind::line_break:
          out_ += "<eol/>";
          break;
        case Inline::Kind::emphasis:
          around("i", "", i);
          break;
        case Inline::Kind::strong:
          around("b", "", i);
          break;
        case Inline::Kind::superscript:
          around("sup", "", i);
          break;
        case Inline::Kind::subscript:
          around("sub", "", i);
          break;
        case Inline::Kind::inserted:
          around("ins", "", i);
          break;
        case Inline::Kind::deleted:
          around("del", "", i);
          break;
        case Inline::Kind::reference:
          around("ref", attribute("href", uri_reference(i.target)), i);
          break;
        case Inline::Kind::footnote:
          out_ += "<authorialNote" + attribute("marker", i.text) + "><p>";
          inlines(i.children);
          out_ += "</p></authorialNote>";
          break;
      }
    }
  }
  void around(std::string_view element, std::string_view attributes, const Inline& i) {
    out_ += '<' + std::string(element) + std::string(attributes) + '>';
    inlines(i.children);
    out_ += "</" + std::string(element) + '>';
  }

  const Document* main_ = nullptr;
  std::string out_;
};

}  // namespace

std::string write_akoma_ntoso(const Document& document) { return Writer().write(document); }

}  // namespace polder::law
