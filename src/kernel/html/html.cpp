#include "kernel/html/html.h"

#include "kernel/base/encode.h"

namespace polder::html {

struct Maker {
  static std::string& bytes(Html& h) { return h.bytes_; }
  static std::string& bytes(Attr& a) { return a.bytes_; }

  /// Copies runs between the few characters that mean something to an HTML parser (WHATWG HTML §13.2.5). CR would be
  /// read back as LF and NUL as U+FFFD, so the one is written as a reference and the other as what it becomes.
  static void escape(std::string& out, std::string_view raw) {
    std::size_t run = 0;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      std::string_view instead;
      switch (raw[i]) {
        case '&':
          instead = "&amp;";
          break;
        case '<':
          instead = "&lt;";
          break;
        case '>':
          instead = "&gt;";
          break;
        case '"':
          instead = "&quot;";
          break;
        case '\'':
          instead = "&#39;";
          break;
        case '\r':
          instead = "&#13;";
          break;
        case '\0':
          instead = "\xEF\xBF\xBD";
          break;
        default:
          continue;
      }
      out += raw.substr(run, i - run);
      out += instead;
      run = i + 1;
    }
    out += raw.substr(run);
  }

  static void put(std::string& out, const Part& part) {
    switch (part.kind_) {
      case Part::Kind::attribute:
        break;
      case Part::Kind::markup:
        out += part.view_;
        break;
      case Part::Kind::text:
        escape(out, part.view_);
        break;
      case Part::Kind::list:
        for (const Html& h : *part.list_) out += h.bytes_;
        break;
    }
  }

  static void open(std::string& out, std::string_view tag, std::initializer_list<Part> parts) {
    out += '<';
    out += tag;
    for (const Part& part : parts)
      if (part.kind_ == Part::Kind::attribute) out += part.view_;
    out += '>';
  }

  static Attr attribute(std::string_view name, std::string_view value) {
    Attr a;
    a.bytes_.reserve(name.size() + value.size() + 4);
    a.bytes_ += ' ';
    a.bytes_ += name;
    a.bytes_ += "=\"";
    escape(a.bytes_, value);
    a.bytes_ += '"';
    return a;
  }

  static Html element(std::string_view tag, std::initializer_list<Part> parts) {
    Html out;
    open(out.bytes_, tag, parts);
    // A parser drops one line feed after these start tags (WHATWG HTML §13.2.6.4.7), so that one is written for it.
    if (tag == "textarea" || tag == "pre") out.bytes_ += '\n';
    for (const Part& part : parts) put(out.bytes_, part);
    out.bytes_ += "</";
    out.bytes_ += tag;
    out.bytes_ += '>';
    return out;
  }

  static Html raw(std::string_view markup) {
    Html h;
    h.bytes_ = markup;
    return h;
  }
};

Html raw_markup(std::string_view markup) { return Maker::raw(markup); }

Url Url::path(std::initializer_list<std::string_view> pieces) {
  std::string out;
  for (const auto piece : pieces) {
    if (piece.empty() || piece == "." || piece == "..") return Url("/");
    out += '/';
    out += percent(piece);
  }
  return Url(out.empty() ? "/" : out);
}

Url Url::local(std::string_view path) {
  const bool ours = path.starts_with('/') && !path.starts_with("//") && path.find('\\') == path.npos;
  for (const char c : path)
    if (c >= 0 && c <= ' ') return Url("/");
  return Url(ours ? std::string(path) : "/");
}

Url Url::fragment(std::string_view id) { return Url("#" + percent(id)); }

std::optional<Url> Url::external(std::string_view address) {
  for (std::size_t i = 0; i < address.size(); ++i) {
    const auto c = static_cast<unsigned char>(address[i]),
               next = static_cast<unsigned char>(i + 1 < address.size() ? address[i + 1] : 0);
    if (c <= ' ' || c == 0x7f || c == '\\' || (c == 0xc2 && next < 0xa0)) return std::nullopt;  // U+0080 to U+009F too
  }
  std::string scheme;
  for (const char c : address.substr(0, 9)) scheme += (c >= 'A' && c <= 'Z') ? char(c - 'A' + 'a') : c;
  const bool web =
      (scheme.starts_with("https://") && address.size() > 8) || (scheme.starts_with("http://") && address.size() > 7);
  if (!web && !(scheme.starts_with("mailto:") && address.size() > 7)) return std::nullopt;
  return Url(std::string(address));
}

Url Url::with(std::string_view name, std::string_view value) && {
  text_ += text_.find('?') == text_.npos ? '?' : '&';
  text_ += percent(name) + '=' + percent(value);
  return std::move(*this);
}

Url Url::at(std::string_view id) && {
  text_ += '#' + percent(id);
  return std::move(*this);
}

Attr attr(AttrName name, std::string_view value) { return Maker::attribute(name.name, value); }
Attr attr(AttrName name, std::int64_t value) { return Maker::attribute(name.name, std::to_string(value)); }
Attr attr(AttrName name) {
  Attr a;
  Maker::bytes(a) = ' ' + std::string(name.name);
  return a;
}
Attr cls(std::string_view names) { return Maker::attribute("class", names); }
Attr id(std::string_view value) { return Maker::attribute("id", value); }
Attr href(const Url& url) { return Maker::attribute("href", url.text()); }
Attr src(const Url& url) { return Maker::attribute("src", url.text()); }
Attr action(const Url& url) { return Maker::attribute("action", url.text()); }
Attr formaction(const Url& url) { return Maker::attribute("formaction", url.text()); }

Html element(TagName tag, std::initializer_list<Part> parts) { return Maker::element(tag.name, parts); }

Html void_element(TagName tag, std::initializer_list<Part> parts) {
  Html out;
  Maker::open(Maker::bytes(out), tag.name, parts);
  return out;
}

Html script(const Url& module) { return Maker::element("script", {attr("type", "module"), src(module)}); }

Html plain(std::string_view words) {
  Html out;
  Maker::escape(Maker::bytes(out), words);
  return out;
}

Html join(std::initializer_list<Part> parts) {
  Html out;
  for (const Part& part : parts) Maker::put(Maker::bytes(out), part);
  return out;
}

Html document(const Html& root) { return raw_markup("<!doctype html>\n") + root; }

Html icon(const Url& sheet, std::string_view name, std::string_view classes) {
  return svg(cls(classes), attr("aria-hidden", "true"), element("use", {href(Url(sheet).at(name))}));
}

Html paragraphs(std::string_view words) {
  Html out;
  std::vector<Html> lines;
  const auto flush = [&] {
    if (!lines.empty()) out += p(lines);
    lines.clear();
  };
  while (!words.empty()) {
    const auto end = words.find('\n');
    const auto one = words.substr(0, end);
    words.remove_prefix(end == words.npos ? words.size() : end + 1);
    if (one.find_first_not_of(" \t") == one.npos) {
      flush();
    } else {
      if (!lines.empty()) lines.push_back(br());
      lines.push_back(plain(one));
    }
  }
  flush();
  return out;
}

}  // namespace polder::html
