// The charter told in plain words, as data for the page "How we work": a table of who may do which act in which phase,
// and each rule as a sentence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "governance/charter.h"
#include "governance/permission.h"

namespace polder::governance {

/// One act and who may do it. `cells` follow `phases`; an act that knows no phases has one cell and no phases.
struct ActRow {
  std::string act;
  std::string words;  ///< catalogue key
  struct Cell {
    std::string phase;                          ///< empty in the one cell of an act that knows no phases
    std::vector<std::string> roles;             ///< who may, in the charter's order, the clock last; empty: nobody
    std::vector<std::string> after_confirming;  ///< those of them who, not signed in, first confirm an e-mail address
  };
  std::vector<Cell> cells;
};

/// The acts of one process, or (with `process` empty) the platform's own.
struct ActTable {
  std::string process;
  std::vector<PhaseWord> phases;
  std::vector<ActRow> rows;
};

/// Every act of the platform and of each process it runs, those that nobody may do included.
std::vector<ActTable> explain(const Charter& charter, const Vocabulary& words);

/// One rule as a sentence: "Citizens and officials may respond to a consultation while the consultation is open."
std::string sentence(const Charter& charter, const Rule& rule, const Vocabulary& words, std::string_view language,
                     const Say& say);

/// Why an act was refused, in plain words: "Only officials may publish a consultation while it is a draft."
std::string reason(const Charter& charter, const Decision& decision, std::string_view act, const Vocabulary& words,
                   std::string_view language, const Say& say);

/// A role's name in this language; the clock's from the catalogue.
std::string role_name(const Charter& charter, std::string_view id, std::string_view language, const Say& say);

}  // namespace polder::governance
