#include "formats/law/vocabulary.h"

#include <initializer_list>
#include <unordered_map>
#include <utility>

namespace polder::law {
namespace {

using Rules = std::unordered_map<std::string_view, Rule>;

struct Row {
  Role role;
  std::initializer_list<std::string_view> elements;
};

Rules make(std::initializer_list<Row> rows, std::initializer_list<std::pair<std::string_view, Rule>> renamed = {}) {
  Rules rules;
  for (const Row& row : rows)
    for (std::string_view element : row.elements) rules.emplace(element, Rule{row.role, element});
  for (const auto& [element, rule] : renamed) rules.insert_or_assign(element, rule);
  return rules;
}

/// Akoma Ntoso 1.0 (OASIS LegalDocML), part 2: all namespaces and prefixes, the names have not changed since WD17.
const Rules& akoma_ntoso() {
  static const Rules rules =
      make({{Role::drop, {"meta", "toc"}},
            {Role::document,
             {"act", "amendment", "amendmentList", "bill", "debate", "debateReport", "doc", "documentCollection",
              "judgment", "officialGazette", "portion", "statement"}},
            {Role::preface, {"coverPage", "header", "preface"}},
            {Role::preamble, {"preamble"}},
            {Role::body,
             {"amendmentBody", "body", "collectionBody", "debateBody", "judgmentBody", "mainBody", "portionBody"}},
            {Role::conclusions, {"conclusions"}},
            {Role::division,
             {"alinea", "article", "book", "chapter", "clause", "division", "indent", "level", "list", "paragraph",
              "part", "point", "proviso", "rule", "section", "subchapter", "subclause", "subdivision", "sublist",
              "subparagraph", "subpart", "subrule", "subsection", "subtitle", "title", "tome", "transitional",
              // preambles
              "citation", "citations", "recital", "recitals",
              // blocks with a number or heading of their own
              "blockContainer", "tblock",
              // debates and judgments
              "address", "adjournment", "administrationOfOath", "answer", "arguments", "background", "communication",
              "debateSection", "decision", "declarationOfVote", "introduction", "ministerialStatements", "motivation",
              "nationalInterest", "noticesOfMotion", "oralStatements", "other", "papers", "personalStatements",
              "petitions", "pointOfOrder", "prayers", "proceduralMotions", "question", "questions", "remedies",
              "resolutions", "rollCall", "speech", "speechGroup", "writtenStatements"}},
            {Role::named, {"hcontainer"}},
            {Role::number, {"num"}},
            {Role::heading, {"heading", "subheading"}},
            {Role::crossheading, {"crossHeading"}},
            {Role::block,
             {"attachment", "attachments", "block", "component", "components", "container", "content", "div", "formula",
              "from", "intro", "listIntroduction", "listWrapUp", "longTitle", "narrative", "p", "scene", "summary",
              "wrapUp"}},
            {Role::list, {"blockList", "ol", "ul"}},
            {Role::item, {"item", "li"}},
            {Role::table, {"table"}},
            {Role::row, {"tr"}},
            {Role::cell, {"td"}},
            {Role::header_cell, {"th"}},
            {Role::caption, {"caption"}},
            {Role::quoted, {"embeddedStructure", "quotedStructure"}},
            {Role::quoted_text, {"embeddedText", "quotedText"}},
            {Role::footnote, {"authorialNote", "popup"}},
            {Role::note, {"note"}},
            {Role::note_call, {"noteRef"}},
            {Role::emphasis, {"i", "u"}},
            {Role::strong, {"b"}},
            {Role::superscript, {"sup"}},
            {Role::subscript, {"sub"}},
            {Role::reference, {"a", "ref", "rref"}},
            {Role::inserted, {"ins"}},
            {Role::deleted, {"del"}},
            {Role::line_break, {"eol", "br"}},
            {Role::image, {"img"}}});
  return rules;
}

/// United States Legislative Markup 2.x (GPO and House), user guide §§ 3-8.
const Rules& uslm() {
  static const Rules rules =
      make({{Role::drop, {"meta", "page", "toc"}},
            {Role::preface, {"preface"}},
            {Role::body, {"main"}},
            {Role::conclusions, {"attestation", "endorsement", "signatures"}},
            {Role::opening, {"longTitle"}},
            {Role::enacting, {"enactingFormula", "preamble", "resolvingClause"}},
            {Role::division,
             {"appendix",
              "appropriations",
              "article",
              "chapter",
              "clause",
              "compiledAct",
              "courtRule",
              "courtRules",
              "division",
              "item",
              "level",
              "note",
              "paragraph",
              "part",
              "preliminary",
              "reorganizationPlan",
              "reorganizationPlans",
              "schedule",
              "section",
              "subarticle",
              "subchapter",
              "subclause",
              "subdivision",
              "subitem",
              "subparagraph",
              "subpart",
              "subsection",
              "subsubitem",
              "subtitle",
              "title"}},
            {Role::number, {"num"}},
            {Role::heading, {"heading", "subheading"}},
            {Role::crossheading, {"crossHeading"}},
            {Role::block,
             {"action", "block", "chapeau", "congress", "content", "continuation", "currentChamber", "distributionCode",
              "docTitle", "enrolledDateline", "notes", "officialTitle", "p", "recital", "relatedDocument", "session",
              "signature", "slugLine", "sponsor"}},
            {Role::word, {"actionDescription", "docNumber", "name", "notation", "role", "type"}},
            {Role::table, {"layout", "table"}},
            {Role::row, {"row", "tr"}},
            {Role::cell, {"column", "td"}},
            {Role::header_cell, {"th"}},
            {Role::caption, {"caption"}},
            {Role::list, {"list", "ol", "ul"}},
            {Role::item, {"li", "listItem"}},
            {Role::quoted, {"quotedContent"}},
            {Role::footnote, {"footnote", "sidenote"}},
            {Role::emphasis, {"em", "i", "u"}},
            {Role::strong, {"b", "strong"}},
            {Role::superscript, {"sup"}},
            {Role::subscript, {"sub"}},
            {Role::reference, {"a", "ref"}},
            {Role::inserted, {"addedText", "ins"}},
            {Role::deleted, {"del", "deletedText"}},
            {Role::line_break, {"br"}}});
  return rules;
}

/// BWB toestand 2016-1 (KOOP, wetten.overheid.nl).
const Rules& bwb() {
  static const Rules rules = make(
      {{Role::drop, {"bwb-inputbestand", "bwb-wijzigingen", "citeertitel", "meta-data", "redactionele-correcties"}},
       {Role::preface, {"intitule"}},
       {Role::preamble, {"aanhef"}},
       {Role::body, {"circulaire-tekst", "regeling-tekst", "verdragtekst", "wettekst"}},
       {Role::conclusions, {"circulaire-sluiting", "regeling-sluiting", "wetsluiting"}},
       {Role::attachment, {"bijlage", "nota-toelichting"}},
       {Role::number, {"label", "li.nr", "lidnr", "nr"}},
       {Role::heading, {"subtitel", "titel"}},
       {Role::crossheading, {"tussenkop"}},
       {Role::block,
        {"afkondiging", "al", "al-groep", "considerans", "considerans.al", "dagtekening", "functie", "gegeven", "kop",
         "koning", "naam", "noot.al", "ondertekening", "slotformulering", "tekst", "uitgifte", "wij"}},
       {Role::word, {"achternaam", "datum", "plaats", "voornaam"}},
       {Role::list, {"lijst"}},
       {Role::item, {"li"}},
       {Role::table, {"table"}},
       {Role::row, {"row"}},
       {Role::cell, {"entry"}},
       {Role::caption, {"title"}},
       {Role::amending, {"wijzig-artikel"}},
       {Role::footnote, {"noot"}},
       {Role::emphasis, {"nadruk"}},
       {Role::superscript, {"sup"}},
       {Role::subscript, {"inf", "sub"}},
       {Role::reference, {"extref", "intref"}}},
      {{"toestand", {Role::document, "act"}},
       {"boek", {Role::division, "book"}},
       {"deel", {Role::division, "part"}},
       {"titeldeel", {Role::division, "title"}},
       {"hoofdstuk", {Role::division, "chapter"}},
       {"afdeling", {Role::division, "division"}},
       {"paragraaf", {Role::division, "subdivision"}},
       {"sub-paragraaf", {Role::division, "level"}},
       {"circulaire.divisie", {Role::division, "level"}},
       {"divisie", {Role::division, "level"}},
       {"artikel", {Role::division, "article"}},
       {"lid", {Role::division, "paragraph"}},
       {"noot.nr", {Role::number}}});
  return rules;
}

}  // namespace

Rule rule(Format format, std::string_view element) {
  const Rules& rules = format == Format::akoma_ntoso ? akoma_ntoso() : format == Format::uslm ? uslm() : bwb();
  const auto found = rules.find(element);
  return found == rules.end() ? Rule{} : found->second;
}

}  // namespace polder::law
