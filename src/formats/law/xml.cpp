#include "formats/law/xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <mutex>
#include <vector>

namespace polder::law::xml {
namespace {

constexpr std::size_t kAttributes = 64;   // libxml2 compares each attribute with each other one
constexpr std::size_t kNamespaces = 128;  // … and looks a prefix up through all declarations in scope

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return std::tolower(static_cast<unsigned char>(x)) == y; });
}

Message at(std::string_view key, std::string_view bytes, std::size_t offset) {
  const std::string_view before = bytes.substr(0, offset);
  const std::size_t newline = before.rfind('\n');
  return {std::string(key),
          {{"line", std::int64_t(std::ranges::count(before, '\n') + 1)},
           {"column", std::int64_t(newline == before.npos ? offset + 1 : offset - newline)}}};
}

bool known_encoding(std::string_view declared) {
  static constexpr std::array<std::string_view, 3> exact{"utf-8", "utf8", "us-ascii"};
  if (std::ranges::any_of(exact, [&](auto name) { return same_word(declared, name); })) return true;
  for (std::string_view family : {"iso-8859-", "windows-125"})
    if (declared.size() > family.size() && declared.size() <= family.size() + 2 &&
        same_word(declared.substr(0, family.size()), family))
      return true;
  return false;
}

/// The encoding that the XML declaration names (XML 1.0 §2.8), or nothing.
std::string_view declared_encoding(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return {};
  const std::string_view declaration = bytes.substr(0, bytes.find("?>"));
  const std::size_t word = declaration.find("encoding");
  const std::size_t quote = word == declaration.npos ? word : declaration.find_first_of("\"'", word);
  if (quote == declaration.npos) return {};
  const std::size_t end = declaration.find(declaration[quote], quote + 1);
  return end == declaration.npos ? std::string_view{} : declaration.substr(quote + 1, end - quote - 1);
}

struct Scan {
  std::optional<Message> fault = {};
  bool complete = false;  ///< no tag, comment or element is left open at the end
};

/// One pass over the markup before libxml2 sees it: finds a DOCTYPE whatever comes before it, and start tags with so
/// many attributes that reading them would take quadratic time. In well-formed text '<' stands only where markup begins
/// and '>' within a tag only in quotes, so that this needs no parser; text that is not well-formed is refused later.
Scan scan(std::string_view bytes) {
  long depth = 0;
  bool seen = false;
  for (std::size_t i = bytes.find('<'); i != bytes.npos; i = bytes.find('<', i)) {
    const std::string_view rest = bytes.substr(i);
    const auto skip_to = [&](std::string_view end, std::size_t from) {
      const std::size_t found = rest.find(end, from);
      i = found == rest.npos ? bytes.size() : i + found + end.size();
      return found != rest.npos;
    };
    if (rest.starts_with("<!--")) {
      if (!skip_to("-->", 4)) return {};
    } else if (rest.starts_with("<![CDATA[")) {
      if (!skip_to("]]>", 9)) return {};
    } else if (rest.starts_with("<?")) {
      if (!skip_to("?>", 2)) return {};
    } else if (rest.starts_with("<!")) {
      return {.fault = at("law.doctype", bytes, i)};
    } else {
      std::size_t end = 1, equals = 0;
      for (char quote = 0; end < rest.size(); ++end) {
        const char c = rest[end];
        if (quote)
          quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
          quote = c;
        else if (c == '=')
          ++equals;
        else if (c == '>')
          break;
      }
      if (equals > kAttributes) return {.fault = at("law.too-many-attributes", bytes, i)};
      if (end >= rest.size()) return {};
      seen = true;
      if (rest[1] == '/')
        --depth;
      else if (rest[end - 1] != '/')
        ++depth;
      i += end + 1;
    }
  }
  return {.complete = seen && depth <= 0};
}

class Parse {
 public:
  Parse(std::string_view bytes, const Bounds& bounds, Handler& handler)
      : bytes_(bytes), bounds_(bounds), handler_(handler) {}

  Done run() {
    const Scan scanned = scan(bytes_);
    if (scanned.fault) return refuse(Why::invalid, *scanned.fault);
    static std::once_flag once;
    std::call_once(once, xmlInitParser);
    const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> context(
        xmlCreateMemoryParserCtxt(bytes_.data(), static_cast<int>(bytes_.size())), xmlFreeParserCtxt);
    if (!context) return refuse(Why::invalid, {"law.empty"});
    context_ = context.get();
    install();
    xmlParseDocument(context_);
    if (refused_) return refuse(Why::invalid, *refused_);
    if (context_->wellFormed) return {};
    const bool broke_off = !scanned.complete && at_end_;
    return refuse(Why::invalid,
                  {broke_off ? "law.truncated"
                   : utf8_   ? "law.malformed"
                             : "law.not-utf8",
                   {{"line", line_}, {"column", column_}}},
                  cause_);
  }

 private:
  void install() {
    xmlSAXHandler& sax = *context_->sax;
    sax = {};
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = [](void* self, const xmlChar* name, const xmlChar*, const xmlChar* space, int declared,
                            const xmlChar**, int count, int, const xmlChar** attributes) {
      static_cast<Parse*>(self)->start(name, space, declared, count, attributes);
    };
    sax.endElementNs = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
      static_cast<Parse*>(self)->end();
    };
    sax.characters = [](void* self, const xmlChar* text, int size) {
      static_cast<Parse*>(self)->text({reinterpret_cast<const char*>(text), std::size_t(size)});
    };
    sax.ignorableWhitespace = sax.cdataBlock = sax.characters;
    // Only &lt; &gt; &amp; &quot; &apos;: without a DTD there are no others, and one that is named is an error.
    sax.getEntity = [](void*, const xmlChar* name) { return xmlGetPredefinedEntity(name); };
    // The scan has refused every DOCTYPE; should one pass, it stops here, before its first declaration is read.
    sax.internalSubset = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
      static_cast<Parse*>(self)->stop(Message{"law.doctype", {{"line", std::int64_t(1)}, {"column", std::int64_t(1)}}});
    };
    sax.serror = [](void* self, xmlErrorPtr error) { static_cast<Parse*>(self)->error(*error); };
    context_->userData = this;
    // HUGE: libxml2's own bounds refuse a file above 10 MB by chance of where its buffers end. Bytes, depth, attributes
    // and elements are bounded here, and without a DTD there is nothing to expand.
    xmlCtxtUseOptions(context_, XML_PARSE_NONET | XML_PARSE_HUGE);
  }

  void stop(std::optional<Message> fault) {
    if (!fault || refused_) return;
    refused_ = std::move(fault);
    xmlStopParser(context_);
  }

  std::int64_t line() const { return context_->input ? context_->input->line : 0; }

  void start(const xmlChar* name, const xmlChar* space, int declared, int count, const xmlChar** raw) {
    if (refused_) return;
    spaces_.push_back((spaces_.empty() ? 0 : spaces_.back()) + std::size_t(declared));
    if (spaces_.size() > bounds_.depth)
      return stop(Message{"law.too-deep", {{"line", line()}, {"limit", std::int64_t(bounds_.depth)}}});
    if (++elements_ > bounds_.elements || spaces_.back() > kNamespaces)
      return stop(Message{"law.too-many-parts", {{"limit", std::int64_t(bounds_.elements)}}});
    attributes_.clear();
    for (int i = 0; i < count; ++i) {
      const xmlChar** a = raw + 5 * i;
      std::string value(reinterpret_cast<const char*>(a[3]), reinterpret_cast<const char*>(a[4]));
      // Without entity replacement SAX2 hands an ampersand over as "&#38;".
      for (std::size_t at = value.find("&#38;"); at != value.npos; at = value.find("&#38;", at + 1))
        value.replace(at, 5, "&");
      attributes_.push_back({reinterpret_cast<const char*>(a[0]), std::move(value)});
    }
    stop(handler_.start(reinterpret_cast<const char*>(name), space ? reinterpret_cast<const char*>(space) : "",
                        attributes_));
  }
  void end() {
    if (refused_) return;
    spaces_.pop_back();
    stop(handler_.end());
  }
  void text(std::string_view words) {
    if (!refused_) stop(handler_.text(words));
  }

  void error(const xmlError& error) {
    if (error.level < XML_ERR_ERROR || line_ != 0 || error.domain == XML_FROM_NAMESPACE) return;
    line_ = std::max(error.line, 1);
    column_ = std::max(error.int2, 1);
    utf8_ = error.code != XML_ERR_INVALID_ENCODING && error.code != XML_ERR_INVALID_CHAR &&
            error.code != XML_I18N_CONV_FAILED;
    at_end_ = !context_->input || context_->input->cur >= context_->input->end;
    if (error.message) cause_ = error.message;
  }

  std::string_view bytes_;
  const Bounds& bounds_;
  Handler& handler_;
  xmlParserCtxtPtr context_ = nullptr;
  std::vector<std::size_t> spaces_;  ///< for each open element, the namespace declarations in scope
  std::vector<Attribute> attributes_;
  std::size_t elements_ = 0;
  std::optional<Message> refused_;
  std::int64_t line_ = 0, column_ = 0;
  bool utf8_ = true, at_end_ = false;
  std::string cause_;
};

}  // namespace

Done parse(std::string_view bytes, const Bounds& bounds, Handler& handler) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  const std::string_view encoding = declared_encoding(bytes);
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff") || bytes.substr(0, 4).find('\0') != bytes.npos)
    return refuse(Why::invalid, {"law.encoding", {{"encoding", std::string("UTF-16")}}});
  if (!encoding.empty() && !known_encoding(encoding))
    return refuse(Why::invalid, {"law.encoding", {{"encoding", std::string(encoding.substr(0, 40))}}});
  return Parse(bytes, bounds, handler).run();
}

std::string escape(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (text.compare(i, 3, "\uffff") == 0 || text.compare(i, 3, "\ufffe") == 0)
      i += 2;
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n')
      out += c;
  }
  return out;
}

}  // namespace polder::law::xml
