// Reads the three XML standards: the vocabulary says what an element does, and this walks through the elements.
#include <algorithm>
#include <charconv>
#include <vector>

#include "formats/law/builder.h"
#include "formats/law/readers.h"
#include "formats/law/vocabulary.h"
#include "formats/law/xml.h"

namespace polder::law {
namespace {

using Attributes = std::span<const xml::Attribute>;

std::string_view get(Attributes attributes, std::string_view name) {
  for (const auto& a : attributes)
    if (a.name == name) return a.value;
  return {};
}

std::string_view first_of(Attributes attributes, std::initializer_list<std::string_view> names) {
  for (std::string_view name : names)
    if (const auto value = get(attributes, name); !value.empty()) return value;
  return {};
}

int span_of(Attributes attributes, std::string_view name, int fallback) {
  const std::string_view value = get(attributes, name);
  int n = fallback;
  std::from_chars(value.data(), value.data() + value.size(), n);
  return n;
}

class XmlReader final : public xml::Handler {
 public:
  explicit XmlReader(const Limits& limits) : builder_(limits) {}

  std::optional<Message> start(std::string_view name, std::string_view space, Attributes attributes) override {
    if (elements_.empty()) {
      if (auto fault = recognise(name, space)) return fault;
    }
    elements_.push_back({.name = std::string(name)});
    Element& element = elements_.back();
    facts(name, attributes);
    Rule what = rule(format_, name);
    if (elements_.size() == 1 && format_ == Format::uslm) what = {Role::document, name == "pLaw" ? "act" : name};
    if (format_ == Format::uslm && (get(attributes, "display") == "no" || get(attributes, "class") == "footnoteRef"))
      what = {Role::drop};
    if (parent() == "attachment" && (what.role == Role::number || what.role == Role::heading)) what = {Role::drop};
    const bool kept_note = what.role == Role::note && parent() == "notes" && !eid(attributes).empty();
    if (what.role == Role::drop) {
      ++dropped_;
      element.done = AtEnd::drop;
    } else if (documents_ > 0 && kept_note) {
      element.dropped = std::exchange(dropped_, 0);
      builder_.open_note(eid(attributes));
      element.done = AtEnd::note;
    } else if (dropped_ == 0 && (documents_ > 0 || what.role == Role::document)) {
      apply(what, element, attributes);
    }
    capture(name);
    return builder_.fault();
  }

  std::optional<Message> end() override {
    if (capture_ && elements_.size() == capture_->depth) captured();
    const Element element = std::move(elements_.back());
    elements_.pop_back();
    switch (element.done) {
      case AtEnd::nothing:
        break;
      case AtEnd::drop:
        --dropped_;
        break;
      case AtEnd::note:
        builder_.close();
        dropped_ = element.dropped;
        break;
      case AtEnd::document:
        builder_.close_document();
        --documents_;
        break;
      case AtEnd::amending:
        builder_.close();
        [[fallthrough]];
      case AtEnd::quoted:
        --quoted_;
        [[fallthrough]];
      case AtEnd::close:
        builder_.close();
        break;
      case AtEnd::close_inline:
        builder_.close_inline();
        break;
      case AtEnd::crossheading:
        builder_.close_inline();
        [[fallthrough]];
      case AtEnd::paragraph:
        builder_.paragraph();
        break;
      case AtEnd::quote:
        builder_.text(element.quote);
        break;
    }
    return builder_.fault();
  }

  std::optional<Message> text(std::string_view words) override {
    if (capture_ && dropped_ == capture_->dropped) capture_->words += words;
    if (dropped_ == 0 && documents_ > 0) builder_.text(words);
    return builder_.fault();
  }

  Result<Document> finish() { return builder_.finish(format_); }

 private:
  enum class AtEnd {
    nothing,
    drop,
    note,
    document,
    close,
    close_inline,
    paragraph,

    quote,
    quoted,
    amending,
    crossheading
  };
  struct Element {
    std::string name;
    AtEnd done = AtEnd::nothing;
    std::string quote = {};  ///< the closing quotation mark
    int dropped = 0;         ///< for a note: how deep in dropped elements it stands
  };
  /// Words that are also a fact about the document: its title, its number.
  struct Capture {
    std::size_t depth;
    int dropped;
    std::string words = {};
  };

  std::optional<Message> recognise(std::string_view name, std::string_view space) {
    if (name == "akomaNtoso")
      format_ = Format::akoma_ntoso;
    else if (name == "toestand")
      format_ = Format::bwb;
    else if (space.starts_with("http://schemas.gpo.gov/xml/uslm") ||
             space.starts_with("http://xml.house.gov/schemas/uslm/"))
      format_ = Format::uslm;
    else
      return Message{"law.unknown-format", {{"element", std::string(name.substr(0, 80))}}};
    return {};
  }

  std::string_view parent() const {
    return elements_.size() < 2 ? std::string_view{} : std::string_view(elements_[elements_.size() - 2].name);
  }

  std::string_view eid(Attributes attributes) const {
    switch (format_) {
      case Format::akoma_ntoso:
        return first_of(attributes, {"eId", "id"});
      case Format::uslm:
        return first_of(attributes, {"identifier", "id"});
      default:
        return first_of(attributes, {"stam-id", "label-id", "bwb-ng-variabel-deel", "id"});
    }
  }

  void apply(const Rule& what, Element& element, Attributes attributes) {
    const auto opened = [&](AtEnd done) { element.done = done; };
    const auto open_inline = [&](Inline::Kind kind, std::string_view target = {}) {
      if (kind == Inline::Kind::reference && target.empty()) return;
      builder_.open_inline(kind, target);
      opened(AtEnd::close_inline);
    };
    const auto part = [&](Builder::Part p, bool allowed) {
      if (allowed)
        builder_.open_part(p);
      else
        builder_.paragraph();
      opened(allowed ? AtEnd::close : AtEnd::paragraph);
    };
    const bool outside = documents_ == 0 || !builder_.in_division();
    switch (what.role) {
      case Role::pass:
      case Role::drop:
      case Role::note:
        return;
      case Role::document:
        if (!outside) return;
        builder_.open_document(what.kind);
        ++documents_;
        builder_.title(std::exchange(attachment_title_, {}), 0);
        facts_of_root(attributes);
        return opened(AtEnd::document);
      case Role::preface:
        return part(Builder::Part::preface, outside);
      case Role::preamble:
        return part(Builder::Part::preamble, outside);
      case Role::body:
        return part(Builder::Part::body, outside);
      case Role::conclusions:
        return part(Builder::Part::conclusions, outside);
      case Role::opening:
        return part(Builder::Part::preface, builder_.in_body());
      case Role::enacting:
        return part(Builder::Part::preamble, builder_.in_body());
      case Role::attachment:
        builder_.open_attachment("attachment", eid(attributes));
        return opened(AtEnd::close);
      case Role::division:
        builder_.open_division(what.kind, eid(attributes));
        return opened(AtEnd::close);
      case Role::named: {
        const std::string_view name = get(attributes, "name");
        const bool fit = !name.empty() && name.size() <= 60 && name != "article" && name != "section";
        builder_.open_division(fit ? name : "hcontainer", eid(attributes));
        return opened(AtEnd::close);
      }
      case Role::number:
        builder_.open_number();
        return opened(AtEnd::close);
      case Role::heading:
        builder_.open_heading();
        return opened(AtEnd::close);
      case Role::crossheading:
        builder_.paragraph();
        builder_.open_inline(Inline::Kind::strong);
        return opened(AtEnd::crossheading);
      case Role::block:
        builder_.paragraph();
        return opened(AtEnd::paragraph);
      case Role::word:
        return builder_.word();
      case Role::list:
        builder_.list();
        return opened(AtEnd::paragraph);
      case Role::item:
        builder_.open_item(eid(attributes));
        return opened(AtEnd::close);
      case Role::table:
        builder_.open_table();
        return opened(AtEnd::close);
      case Role::row:
        builder_.row();
        return opened(AtEnd::paragraph);
      case Role::cell:
      case Role::header_cell:
        builder_.open_cell(what.role == Role::header_cell, span_of(attributes, "colspan", 1),
                           span_of(attributes, "rowspan", span_of(attributes, "morerows", 0) + 1));
        return opened(AtEnd::close);
      case Role::caption:
        builder_.open_caption();
        return opened(AtEnd::close);
      case Role::quoted:
        builder_.open_quoted(get(attributes, "startQuote"), get(attributes, "endQuote"));
        ++quoted_;
        return opened(AtEnd::quoted);
      case Role::amending:
        builder_.open_quoted("", "");
        builder_.open_division("amendment", eid(attributes));
        ++quoted_;
        return opened(AtEnd::amending);
      case Role::quoted_text:
        builder_.text(get(attributes, "startQuote"));
        element.quote = get(attributes, "endQuote");
        return opened(AtEnd::quote);
      case Role::footnote:
        builder_.open_footnote(get(attributes, "marker"));
        return opened(AtEnd::close);
      case Role::note_call: {
        const std::string_view href = get(attributes, "href");
        return builder_.cite_note(href.starts_with('#') ? href.substr(1) : href, get(attributes, "marker"));
      }
      case Role::emphasis:
        return open_inline(get(attributes, "type") == "vet" ? Inline::Kind::strong : Inline::Kind::emphasis);
      case Role::strong:
        return open_inline(Inline::Kind::strong);
      case Role::superscript:
        return open_inline(Inline::Kind::superscript);
      case Role::subscript:
        return open_inline(Inline::Kind::subscript);
      case Role::reference:
        return open_inline(Inline::Kind::reference, first_of(attributes, {"href", "doc"}));
      case Role::inserted:
        return open_inline(Inline::Kind::inserted);
      case Role::deleted:
        return open_inline(Inline::Kind::deleted);
      case Role::line_break:
        return builder_.line_break();
      case Role::image:
        return builder_.text(get(attributes, "alt"));
    }
  }

  void facts_of_root(Attributes attributes) {
    if (format_ == Format::bwb) {
      builder_.language("nl");
      builder_.identifier("bwb", get(attributes, "bwb-id"));
      builder_.identifier("expression", get(attributes, "bwb-ng-vast-deel"));
    } else if (format_ == Format::uslm) {
      builder_.language(language_tag(get(attributes, "lang")));
    }
  }

  void facts(std::string_view name, Attributes attributes) {
    if (format_ == Format::akoma_ntoso) {
      if (name == "FRBRlanguage" && parent() == "FRBRExpression")
        builder_.language(language_tag(get(attributes, "language")));
      if (name == "FRBRthis" && parent() == "FRBRWork") builder_.identifier("work", get(attributes, "value"));
      if (name == "FRBRthis" && parent() == "FRBRExpression")
        builder_.identifier("expression", get(attributes, "value"));
      if (name == "FRBRalias" && parent() == "FRBRWork") {
        const std::string_view kind = get(attributes, "name");
        builder_.title(get(attributes, "value"), 0);
        if (kind != "title")
          builder_.identifier(kind.empty() || kind.size() > 40 ? "alias" : kind, get(attributes, "value"));
      }
    } else if (format_ == Format::bwb && name == "wetgeving") {
      const std::string_view kind = get(attributes, "soort");
      builder_.kind(kind == "wet" || kind == "rijkswet" || kind.empty() ? "act" : "regulation");
    }
  }

  bool captures(std::string_view name) const {
    switch (format_) {
      case Format::akoma_ntoso:
        return quoted_ == 0 && dropped_ == 0 &&
               (name == "docTitle" || name == "shortTitle" || (name == "docNumber" && parent() != "ref"));
      case Format::uslm:
        return parent() == "meta" ? name == "title" || name == "citableAs" : name == "officialTitle" && quoted_ == 0;
      default:
        return name == "intitule" || name == "citeertitel";
    }
  }
  void capture(std::string_view name) {
    if (!capture_ && documents_ > 0 && captures(name))
      capture_ = Capture{.depth = elements_.size(), .dropped = dropped_};
  }
  void captured() {
    const std::string_view name = elements_.back().name;
    if (name == "heading")
      attachment_title_ = std::move(capture_->words);
    else if (name == "docNumber")
      builder_.identifier("number", capture_->words);
    else if (name == "citableAs")
      builder_.identifier("citation", capture_->words);
    else
      builder_.title(capture_->words, name == "officialTitle" || name == "docTitle" || name == "intitule" ? 1 : 2);
    capture_.reset();
  }

  Format format_ = Format::akoma_ntoso;
  Builder builder_;
  std::vector<Element> elements_;
  std::optional<Capture> capture_;
  std::string attachment_title_;
  int documents_ = 0, dropped_ = 0, quoted_ = 0;
};

}  // namespace

Result<Document> read_xml(std::string_view bytes, const Limits& limits) {
  XmlReader reader(limits);
  CHECK_DONE(xml::parse(bytes, {.depth = limits.depth, .elements = limits.nodes}, reader));
  return reader.finish();
}

}  // namespace polder::law
