// A document in JSON for the store: short keys, nothing that is empty, a version. Read back it is held to the same
// limits as a file from outside, because a row can be damaged or written by hand.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <set>

#include "formats/law/law.h"

namespace polder::law {
namespace {

namespace json = boost::json;

constexpr int kVersion = 1;
// A quotation in Markdown is two levels of the model, and emphasis within it nests as deep again; each takes up to
// three of JSON.
constexpr std::size_t kModelDepth = 4;
constexpr std::size_t kJsonDepth = 1'024;

constexpr std::array<std::string_view, 10> kInline{"text", "em",  "strong", "sup",  "sub",
                                                   "ref",  "ins", "del",    "note", "br"};
constexpr std::array<Format, 4> kFormats{Format::akoma_ntoso, Format::uslm, Format::bwb, Format::markdown};

void put(json::object& o, std::string_view key, std::string_view value) {
  if (!value.empty()) o[key] = value;
}
void put(json::object& o, std::string_view key, json::array value) {
  if (!value.empty()) o[key] = std::move(value);
}

json::array to(const Inlines& words) {
  json::array out;
  for (const Inline& i : words) {
    if (i.kind == Inline::Kind::text) {
      out.emplace_back(i.text);
      continue;
    }
    json::object o;
    put(o, "k", kInline[std::size_t(i.kind)]);
    put(o, "to", i.target);
    put(o, "mark", i.text);
    put(o, "in", to(i.children));
    out.push_back(std::move(o));
  }
  return out;
}

json::object to(const Division& d);
json::object to(const Item& item);
json::object to(const Cell& cell);
json::array to(const std::vector<Cell>& row);
json::array to(const std::vector<Block>& blocks);

template <class T>
json::array to_all(const std::vector<T>& many) {
  json::array out;
  for (const T& one : many) out.push_back(to(one));
  return out;
}

json::object to(const Item& item) {
  json::object o;
  put(o, "eid", item.eid);
  put(o, "n", item.number);
  put(o, "c", to(item.content));
  return o;
}
json::object to(const Cell& cell) {
  json::object o;
  if (cell.header) o["h"] = true;
  if (cell.columns > 1) o["cols"] = cell.columns;
  if (cell.rows > 1) o["rows"] = cell.rows;
  put(o, "c", to(cell.content));
  return o;
}

struct ToBlock {
  json::object operator()(const Paragraph& p) const { return {{"p", to(p.words)}}; }
  json::object operator()(const List& list) const { return {{"list", to_all(list.items)}}; }
  json::object operator()(const Table& table) const {
    json::object o;
    put(o, "caption", to(table.caption));
    o["table"] = to_all(table.rows);
    return o;
  }
  json::object operator()(const Quoted& quoted) const {
    json::object o;
    put(o, "open", quoted.open);
    put(o, "close", quoted.close);
    o["quoted"] = to_all(quoted.divisions);
    return o;
  }
};

json::array to(const std::vector<Cell>& row) { return to_all(row); }

json::array to(const std::vector<Block>& blocks) {
  json::array out;
  for (const Block& block : blocks) out.push_back(std::visit(ToBlock{}, block.value));
  return out;
}

json::object to(const Division& d) {
  json::object o;
  put(o, "k", d.kind);
  put(o, "eid", d.eid);
  put(o, "n", d.number);
  put(o, "h", to(d.heading));
  put(o, "c", to(d.content));
  put(o, "d", to_all(d.children));
  return o;
}

/// Thrown within this file only, from wherever the shape turns out to be wrong, to from_json().
struct Broken {
  std::string what;
};

class From {
 public:
  explicit From(const Limits& limits) : limits_(limits) {}

  Document document(const json::object& o) {
    if (const json::value* v = o.if_contains("v"); !v || v->kind() != json::kind::int64 || v->get_int64() != kVersion)
      throw Broken{"version"};
    Document d;
    const std::string format = text(o, "format");
    const auto known = std::ranges::find(kFormats, format, [](Format f) { return name(f); });
    if (known == kFormats.end()) throw Broken{"format"};
    d.format = *known;
    d.title = text(o, "title");
    d.language = text(o, "language");
    d.kind = text(o, "kind");
    for (const json::value& id : array(o, "ids"))
      d.identifiers.push_back({text(object(id), "s"), text(object(id), "v")});
    const std::pair<std::string_view, Division*> parts[] = {
        {"preface", &d.preface}, {"preamble", &d.preamble}, {"body", &d.body}, {"conclusions", &d.conclusions}};
    for (const auto& [key, part] : parts)
      if (const json::value* value = o.if_contains(key)) *part = division(object(*value), 0);
    for (const json::value& value : array(o, "attachments")) d.attachments.push_back(division(object(value), 0));
    return d;
  }

 private:
  void count(std::size_t depth) {
    if (++nodes_ > limits_.nodes) throw Broken{"too many parts"};
    if (depth > kModelDepth * limits_.depth) throw Broken{"too deep"};
  }
  static const json::object& object(const json::value& v) {
    if (!v.is_object()) throw Broken{"an object is missing"};
    return v.get_object();
  }
  static const json::array& array(const json::object& o, std::string_view key) {
    static const json::array none;
    const json::value* v = o.if_contains(key);
    if (!v) return none;
    if (!v->is_array()) throw Broken{"no list in " + std::string(key)};
    return v->get_array();
  }
  static std::string text(const json::object& o, std::string_view key) {
    const json::value* v = o.if_contains(key);
    if (!v) return {};
    if (!v->is_string()) throw Broken{"no text in " + std::string(key)};
    return std::string(v->get_string());
  }
  static int span(const json::object& o, std::string_view key) {
    const json::value* v = o.if_contains(key);
    if (!v) return 1;
    if (v->kind() != json::kind::int64 || v->get_int64() < 1 || v->get_int64() > 100) throw Broken{"span"};
    return int(v->get_int64());
  }
  std::string eid(const json::object& o) {
    std::string id = text(o, "eid");
    if (std::ranges::any_of(id, [](char c) { return static_cast<unsigned char>(c) <= 0x20; })) throw Broken{"eid"};
    if (!id.empty() && !eids_.insert(id).second) throw Broken{"eid twice: " + id};
    return id;
  }

  Inlines inlines(const json::array& values, std::size_t depth) {
    Inlines out;
    for (const json::value& v : values) {
      count(depth);
      if (v.is_string()) {
        out.push_back({.text = std::string(v.get_string())});
        continue;
      }
      const json::object& o = object(v);
      const auto kind = std::ranges::find(kInline, text(o, "k"));
      if (kind == kInline.end() || kind == kInline.begin()) throw Broken{"inline"};
      Inline i{.kind = Inline::Kind(kind - kInline.begin()), .text = text(o, "mark"), .target = text(o, "to")};
      i.children = inlines(array(o, "in"), depth + 1);
      out.push_back(std::move(i));
    }
    return out;
  }

  std::vector<Block> blocks(const json::array& values, std::size_t depth) {
    std::vector<Block> out;
    for (const json::value& v : values) {
      count(depth);
      const json::object& o = object(v);
      if (o.contains("p")) {
        out.push_back({Paragraph{inlines(array(o, "p"), depth + 1)}});
      } else if (o.contains("list")) {
        List list;
        for (const json::value& item : array(o, "list")) {
          count(depth);
          const json::object& i = object(item);
          list.items.push_back({eid(i), text(i, "n"), blocks(array(i, "c"), depth + 1)});
        }
        out.push_back({std::move(list)});
      } else if (o.contains("table")) {
        Table table{.caption = inlines(array(o, "caption"), depth + 1)};
        for (const json::value& row : array(o, "table")) {
          if (!row.is_array()) throw Broken{"row"};
          table.rows.emplace_back();
          for (const json::value& cell : row.get_array()) {
            count(depth);
            const json::object& c = object(cell);
            const json::value* header = c.if_contains("h");
            table.rows.back().push_back({header && header->is_bool() && header->get_bool(), span(c, "cols"),
                                         span(c, "rows"), blocks(array(c, "c"), depth + 1)});
          }
        }
        out.push_back({std::move(table)});
      } else if (o.contains("quoted")) {
        Quoted quoted{text(o, "open"), text(o, "close"), {}};
        for (const json::value& d : array(o, "quoted")) quoted.divisions.push_back(division(object(d), depth + 1));
        out.push_back({std::move(quoted)});
      } else {
        throw Broken{"block"};
      }
    }
    return out;
  }

  Division division(const json::object& o, std::size_t depth) {
    count(depth);
    Division d;
    d.kind = text(o, "k");
    d.eid = eid(o);
    d.number = text(o, "n");
    d.heading = inlines(array(o, "h"), depth + 1);
    d.content = blocks(array(o, "c"), depth + 1);
    for (const json::value& child : array(o, "d")) d.children.push_back(division(object(child), depth + 1));
    return d;
  }

  Limits limits_;
  std::size_t nodes_ = 0;
  std::set<std::string, std::less<>> eids_;
};

}  // namespace

std::string to_json(const Document& document) {
  json::object o{{"v", kVersion}, {"format", name(document.format)}};
  put(o, "title", document.title);
  put(o, "language", document.language);
  put(o, "kind", document.kind);
  json::array ids;
  for (const Identifier& id : document.identifiers) ids.push_back({{"s", id.scheme}, {"v", id.value}});
  put(o, "ids", std::move(ids));
  o["preface"] = to(document.preface);
  o["preamble"] = to(document.preamble);
  o["body"] = to(document.body);
  o["conclusions"] = to(document.conclusions);
  put(o, "attachments", to_all(document.attachments));
  return json::serialize(o);
}

Result<Document> from_json(std::string_view text, const Limits& limits) {
  // Keys and braces take room of their own: three times what the file may have.
  if (text.size() > 3 * limits.bytes)
    return refuse(Why::too_large, {"law.too-large", {{"limit", std::int64_t(limits.bytes / (1024 * 1024))}}});
  json::error_code error;
  json::parse_options options;
  options.max_depth = kJsonDepth;
  const json::value value = json::parse(text, error, {}, options);
  if (error || !value.is_object()) return refuse(Why::invalid, {"law.stored"}, error.message());
  try {
    return From(limits).document(value.get_object());
  } catch (const Broken& broken) {
    return refuse(Why::invalid, {"law.stored"}, broken.what);
  }
}

}  // namespace polder::law
