// Names for divisions (README.md, "Names"): the source's own id where it has one, made unique; otherwise one built as
// the Akoma Ntoso Naming Convention 1.0 §5 does, from an abbreviation of the kind and the printed number.
#include <array>
#include <cctype>
#include <unordered_map>
#include <utility>

#include "formats/law/builder.h"

namespace polder::law {
namespace {

constexpr std::size_t kLongest = 160;

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kShort{{{"article", "art"},
                                                                                {"attachment", "att"},
                                                                                {"chapter", "chp"},
                                                                                {"citation", "cit"},
                                                                                {"clause", "cl"},
                                                                                {"division", "dvs"},
                                                                                {"paragraph", "para"},
                                                                                {"recital", "rec"},
                                                                                {"section", "sec"},
                                                                                {"subchapter", "subchp"},
                                                                                {"subclause", "subcl"},
                                                                                {"subparagraph", "subpara"},
                                                                                {"subsection", "subsec"},
                                                                                {"subdivision", "subdvs"}}};

std::string_view abbreviation(std::string_view kind) {
  for (const auto& [word, abbreviated] : kShort)
    if (word == kind) return abbreviated;
  return kind;
}

/// "Artikel 4a" -> "4a", "§ 12." -> "12", "(b)" -> "b": the last word of the number, its letters and digits.
std::string token(std::string_view number) {
  std::string last, word;
  for (const char c : number) {
    if (c == ' ') {
      if (!word.empty()) last = std::exchange(word, {});
    } else if (std::isalnum(static_cast<unsigned char>(c))) {
      word += c;
    } else if (c == '.' || c == '-') {
      if (!word.empty()) word += '-';
    }
  }
  if (word.empty()) word = last;
  while (!word.empty() && word.back() == '-') word.pop_back();
  return word;
}

class Names {
 public:
  /// First come keeps its name; the next gets "-2", "-3".
  void claim(std::string& eid) {
    for (const char c : eid)
      if (static_cast<unsigned char>(c) <= 0x20) eid.clear();
    if (eid.size() > kLongest) eid.clear();
    if (eid.empty()) return;
    const std::string wanted = eid;
    for (int& n = used_[wanted]; n > 0; ++n) {
      eid = wanted + "-" + std::to_string(n + 1);
      if (!used_.contains(eid)) break;
    }
    ++used_[eid];
  }

  void claim(std::vector<Block>& blocks) {
    for (Block& block : blocks) {
      if (auto* list = std::get_if<List>(&block.value)) {
        for (Item& item : list->items) claim(item.eid), claim(item.content);
      } else if (auto* table = std::get_if<Table>(&block.value)) {
        for (auto& row : table->rows)
          for (Cell& cell : row) claim(cell.content);
      } else if (auto* quoted = std::get_if<Quoted>(&block.value)) {
        for (Division& division : quoted->divisions) claim(division);
      }
    }
  }

  void claim(Division& division) {
    claim(division.eid);
    claim(division.content);
    for (Division& child : division.children) claim(child);
  }

  void derive(Division& parent, std::string_view prefix) {
    std::unordered_map<std::string, int> ordinals;
    for (Division& child : parent.children) {
      const int ordinal = ++ordinals[child.kind];
      if (child.eid.empty()) {
        const std::string number = token(child.number);
        const std::string own =
            std::string(abbreviation(child.kind)) + "_" + (number.empty() ? std::to_string(ordinal) : number);
        child.eid = child.kind == "article" || prefix.empty() ? own : std::string(prefix) + "__" + own;
        if (child.eid.size() > kLongest - 10) child.eid = "n_" + std::to_string(++long_);
        claim(child.eid);
      }
      derive(child, child.eid);
    }
  }

 private:
  std::unordered_map<std::string, int> used_;
  int long_ = 0;
};

}  // namespace

void name_divisions(Document& document) {
  Names names;
  const std::pair<Division*, std::string_view> parts[] = {{&document.body, "body"},
                                                          {&document.preamble, "preamble"},
                                                          {&document.preface, "preface"},
                                                          {&document.conclusions, "conclusions"}};
  for (auto& [part, name] : parts) {
    part->kind = part->eid = name;
    names.claim(*part);
  }
  for (Division& attachment : document.attachments) names.claim(attachment);
  for (auto& [part, name] : parts) names.derive(*part, part == &document.body ? "" : name);
  Division root;
  root.children = std::move(document.attachments);
  names.derive(root, "");
  document.attachments = std::move(root.children);
}

}  // namespace polder::law
