// What each element of the three XML standards does to the document being built. Elements that are not named here hand
// their content on: unknown markup never costs a word.
#pragma once

#include <string_view>

#include "formats/law/law.h"

namespace polder::law {

enum class Role {
  pass,      ///< no effect of its own; within a line its words join the line
  drop,      ///< left out with everything in it (README.md lists these)
  document,  ///< begins a document; `kind` where the model's word differs from the element's
  preface,
  preamble,
  body,
  conclusions,
  attachment,
  opening,   ///< words of the body that the model keeps with the preface
  enacting,  ///< words of the body that the model keeps with the preamble
  division,  ///< `kind` as for documents
  named,     ///< a division whose kind stands in its `name` attribute
  number,
  heading,
  crossheading,  ///< a heading that stands above what follows it, without a division of its own
  block,         ///< a paragraph, or a container of paragraphs
  word,          ///< an inline that is set off by spaces
  list,
  item,
  table,
  row,
  cell,
  header_cell,
  caption,
  quoted,       ///< another law's text: shown, not commented on
  amending,     ///< a division that is quoted as a whole (BWB wijzig-artikel)
  quoted_text,  ///< inline, with the quotation marks of its attributes
  footnote,
  note,
  note_call,
  emphasis,
  strong,
  superscript,
  subscript,
  reference,
  inserted,
  deleted,
  line_break,
  image,
};

struct Rule {
  Role role = Role::pass;
  std::string_view kind = {};
};

Rule rule(Format format, std::string_view element);

}  // namespace polder::law
