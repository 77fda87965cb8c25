// Puts a document together from events in reading order, for every reader alike: here white space is collapsed, a
// paragraph ends where a block begins, nothing is lost wherever it stands, and limits are held while they are passed
// instead of afterwards.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/law/law.h"

namespace polder::law {

class Builder {
 public:
  enum class Part { preface, preamble, body, conclusions };

  explicit Builder(const Limits& limits) : limits_(limits) {}

  // Documents: a collection holds several, one after another or one within another.
  void open_document(std::string_view kind);
  void close_document();
  void open_part(Part part);
  void open_attachment(std::string_view kind, std::string_view eid);
  void open_division(std::string_view kind, std::string_view eid);
  void open_number();
  void open_heading();
  void open_quoted(std::string_view open, std::string_view close);
  void open_item(std::string_view eid);
  void open_table();
  void open_caption();
  void open_cell(bool header, int columns, int rows);
  void open_footnote(std::string_view mark);
  void open_note(std::string_view id);  ///< a footnote kept for later calls by cite_note()
  void close();                         ///< ends what was opened last, except documents and inlines

  void list();  ///< the next item begins a new list
  void row();
  void cite_note(std::string_view id, std::string_view mark);

  // Words.
  void text(std::string_view words);
  void open_inline(Inline::Kind kind, std::string_view target = {});
  void close_inline();
  void line_break();
  void word();       ///< a space here, if there is none yet: between a first and a last name
  void paragraph();  ///< ends the paragraph in progress, if any

  /// Facts about the document that is open.
  void title(std::string_view words, int rank);  ///< the highest rank is kept; of equals the first
  void kind(std::string_view word);
  void language(std::string_view tag);
  void identifier(std::string_view scheme, std::string_view value);

  bool in_division() const;  ///< whether a division, item, cell, note or quotation is open, and not only a part
  bool in_body() const;      ///< whether the body is what is open
  const std::optional<Message>& fault() const { return fault_; }

  /// The document of all this: the first act or bill, or else the first document with a body; others are attached.
  /// Its divisions have only the names that the source gave them; name_divisions() completes these.
  Result<Document> finish(Format format);

 private:
  /// The paragraph in progress: finished words and the inlines that are open around the next ones.
  struct Flow {
    Inlines words;
    std::vector<Inline> open;
  };
  enum class Frame {
    base,
    part,
    attachment,
    division,
    number,
    heading,
    quoted,
    item,
    table,
    caption,
    cell,
    footnote,
    note
  };
  /// What is open. Which members count depends on the frame; a division's members hold the content of all.
  struct Open {
    Frame frame;
    Part part = Part::body;
    Flow flow = {};
    Division division = {};  ///< for a note its number is the mark, for a quotation it holds the quoted divisions
    Quoted quoted = {};
    Table table = {};
    Cell cell = {};
    bool loose_list = false;  ///< the last block is a list that takes the next item
  };
  struct Draft {
    Document document;
    int title_rank = -1;
    std::size_t frames = 0;
  };

  Open& top();
  void open(Open frame);
  void add(Open& to, Block block);
  void add(Open& to, Division child);
  void add(Open& to, Item item);
  bool takes_divisions(const Open& frame) const;
  void flush(Open& frame);
  void count(std::size_t bytes = 0);
  Inlines& words();

  Limits limits_;
  std::vector<Open> frames_;
  std::vector<Draft> documents_;      ///< in the order in which they begin
  std::vector<std::size_t> current_;  ///< the documents that are open, outermost first
  std::map<std::string, Inline, std::less<>> notes_;
  std::optional<Message> fault_;
  std::size_t nodes_ = 0, bytes_ = 0;
};

/// Collapses white space over a whole paragraph, also between its inlines; drops what is empty. False if nothing is
/// left.
bool normalise(Inlines& words);

/// What a reference points to, as an RFC 3986 URI reference: blanks and other letters percent-encoded.
std::string uri_reference(std::string_view target);

/// Gives each division an eid that is unique in the document: its own, or one made from its kind and number
/// (README.md).
void name_divisions(Document& document);

}  // namespace polder::law
