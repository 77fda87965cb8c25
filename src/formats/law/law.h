// A legal document as Polder reads, shows and comments on it, whatever standard it was written in: Akoma Ntoso
// (OASIS LegalDocML), USLM (United States), BWB (Netherlands) or Markdown.
//
// Plain values, without a clock, chance or files. Every string is valid UTF-8 with its white space collapsed as a
// browser would (XML's own rule for mixed content, HTML's "normal"). Nothing in here is trusted: titles, numbers and
// the targets of references are what the file said, and who shows them escapes them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kernel/base/result.h"

namespace polder::law {

/// What a paragraph is made of: a run of text, or an element around other inlines.
struct Inline {
  enum class Kind {
    text,         ///< `text`; the only kind with words of its own
    emphasis,     ///< italic or underlined
    strong,       ///< bold
    superscript,  ///<
    subscript,    ///<
    reference,    ///< to `target`: a URL, an eid after '#', a jci or an /akn/ or /us/ path
    inserted,     ///< text that an amendment adds, marked so in the source
    deleted,      ///< text that an amendment removes
    footnote,     ///< `text` is its printed mark, the children are its words
    line_break,
  };
  Kind kind = Kind::text;
  std::string text = {};
  std::string target = {};
  std::vector<Inline> children = {};
  bool operator==(const Inline&) const = default;
};
using Inlines = std::vector<Inline>;

struct Block;
struct Division;

struct Paragraph {
  Inlines words;
  bool operator==(const Paragraph&) const = default;
};

/// One entry of a list, with its number as printed ("a.", "1°", "-" or nothing).
struct Item {
  std::string eid = {};  ///< empty where the source gives none
  std::string number = {};
  std::vector<Block> content;
  bool operator==(const Item&) const;
};
struct List {
  std::vector<Item> items;
  bool operator==(const List&) const = default;
};

struct Cell {
  bool header = false;
  int columns = 1, rows = 1;  ///< how many it spans, 1 to 100
  std::vector<Block> content;
  bool operator==(const Cell&) const;
};
struct Table {
  Inlines caption = {};
  std::vector<std::vector<Cell>> rows = {};
  bool operator==(const Table&) const = default;
};

/// Text of another law, quoted by an amendment. It is shown, but its articles are not this document's to comment on.
struct Quoted {
  std::string open = {}, close = {};  ///< quotation marks that the source keeps outside the text
  std::vector<Division> divisions;
  bool operator==(const Quoted&) const;
};

struct Block {
  std::variant<Paragraph, List, Table, Quoted> value;
  bool operator==(const Block&) const = default;
};

/// A numbered or headed part of a document: from book to point. Its own `content` comes before its children; words
/// that the source has between or after children stand in a child of kind "text".
struct Division {
  std::string kind = {};    ///< Akoma Ntoso's word where it has one: book, part, title, chapter, section, article, …
  std::string eid = {};     ///< unique in the document; the source's own id, or derived from the numbering (README.md)
  std::string number = {};  ///< as printed: "Article 3", "Artikel 4a", "Sec. 101.", "(b)"
  Inlines heading = {};
  std::vector<Block> content = {};
  std::vector<Division> children;
  bool operator==(const Division&) const = default;
  bool empty() const { return number.empty() && heading.empty() && content.empty() && children.empty(); }
};

inline bool Item::operator==(const Item&) const = default;
inline bool Cell::operator==(const Cell&) const = default;
inline bool Quoted::operator==(const Quoted&) const = default;

enum class Format { akoma_ntoso, uslm, bwb, markdown };

/// "work" /akn/…, "expression", "citation" 116hr2157enr, "number", "bwb" BWBR0018451, …
struct Identifier {
  std::string scheme, value;
  bool operator==(const Identifier&) const = default;
};

struct Document {
  Format format = Format::markdown;
  std::string title = {};
  std::string language = "und";  ///< BCP 47
  std::string kind = {};         ///< act, bill, resolution, debate, judgment, doc, …
  std::vector<Identifier> identifiers = {};
  Division preface = {}, preamble = {}, body = {}, conclusions = {};  ///< any of them may be empty()
  std::vector<Division> attachments = {};                             ///< annexes, and other documents of a collection
  bool operator==(const Document&) const = default;
};

/// What people comment on: an article, or a section in a document without articles.
struct Article {
  std::string eid;
  std::string number;             ///< as printed, may be empty
  std::string heading;            ///< may be empty
  std::vector<std::string> path;  ///< labels of the divisions around it, outermost first: "Chapter 2 Premium"
  const Division* division;       ///< in the document that was asked
};

/// The commentable units in reading order, quoted amendments left out. Akoma Ntoso and Markdown: `article`, or
/// `section` in a document without any article; USLM: `section`; BWB: `artikel`.
std::vector<Article> articles(const Document& document);
std::vector<Article> articles(Document&&) = delete;

/// "Article 3 Definitions": number and heading as a person would say them.
std::string label(const Division& division);

/// The words alone: blocks on lines of their own, footnotes in brackets where they are called.
std::string plain_text(const Inlines& inlines);
std::string plain_text(const Division& division);
std::string plain_text(const Document& document);

std::string_view name(Format format);  ///< "akoma-ntoso", "uslm", "bwb", "markdown"

/// What a file may cost. Each bound is refused with a message of its own.
struct Limits {
  std::size_t bytes = 20 * 1024 * 1024;
  std::size_t depth = 64;       ///< elements within elements
  std::size_t nodes = 500'000;  ///< inlines, blocks and divisions together
};

/// Reads a document in any of the four formats; the format is recognised by the content, never by a file's name.
/// Refusals carry `law.<what>`, with `line` and `column` where the parser knows them (messages/*.json).
Result<Document> read(std::string_view bytes, const Limits& limits = {});

/// Akoma Ntoso 3.0, the final OASIS namespace; valid by its schema, and read() of it gives the same articles.
std::string write_akoma_ntoso(const Document& document);

/// For storage: compact, versioned, and checked when read back as if a stranger had written it.
std::string to_json(const Document& document);
Result<Document> from_json(std::string_view json, const Limits& limits = {});

}  // namespace polder::law
