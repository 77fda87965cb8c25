#include "governance/document.h"

// Depth costs stack in the library, and 3.3 has no limit of its own on dotted keys (marzer/tomlplusplus, pull 242).
#define TOML_MAX_NESTED_VALUES 16
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
#include <toml++/toml.h>

#include <algorithm>
#include <tuple>

#include "governance/charter.h"
#include "governance/checks.h"

namespace polder::governance {
namespace {

constexpr int most_dots_a_line = 500;

Place place(const toml::source_region& region) {
  return {std::max(1, static_cast<int>(region.begin.line)), std::max(1, static_cast<int>(region.begin.column))};
}

Node node(const toml::node& from) {
  Node to{.at = place(from.source())};
  from.visit([&](const auto& value) {
    using T = std::decay_t<decltype(value)>;
    using enum Node::Kind;
    if constexpr (toml::is_table<T>) {
      for (const auto& [key, child] : value) {
        Node n = node(child);
        n.key = std::string(key.str());
        n.named = place(key.source());
        to.children.push_back(std::move(n));
      }
      std::ranges::sort(to.children, {}, [](const Node& n) { return std::tie(n.named, n.key); });
    } else if constexpr (toml::is_array<T>) {
      to.kind = list;
      for (const auto& child : value) to.children.push_back(node(child));
    } else if constexpr (toml::is_string<T>) {
      to.kind = text;
      to.text = value.get();
    } else if constexpr (toml::is_integer<T>) {
      to.kind = number;
      to.number = value.get();
    } else if constexpr (toml::is_boolean<T>) {
      to.kind = yes_no;
      to.yes = value.get();
    } else if constexpr (toml::is_date<T>) {
      to.kind = date;
      to.text = iso(Date{value->year, value->month, value->day});
    } else if constexpr (toml::is_date_time<T>) {
      to.kind = value->is_local() ? local_time : moment;
    } else if constexpr (toml::is_time<T>) {
      to.kind = local_time;
    } else {
      to.kind = fraction;
    }
  });
  return to;
}

/// The key whose value is being read at this line: what stands before the '=' there, under the last table header.
std::string key_near(std::string_view text, int line) {
  auto trim = [](std::string_view s) {
    const auto first = s.find_first_not_of(" \t\r"), last = s.find_last_not_of(" \t\r");
    return first == s.npos ? std::string_view{} : s.substr(first, last - first + 1);
  };
  std::string table, key;
  for (int n = 1; n <= line && !text.empty(); ++n) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto here = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (here.starts_with('[') && here.ends_with(']')) table = trim(here.substr(here.starts_with("[[") ? 2 : 1));
    if (const auto equals = here.find('='); n == line && equals != here.npos) key = trim(here.substr(0, equals));
  }
  table.erase(std::ranges::find(table, ']'), table.end());
  return shown(key.empty() ? table : table.empty() ? key : table + "." + key);
}

/// The library's English descriptions, put into our words where they tell what a person did.
Fault fault(const toml::parse_error& error, std::string_view text) {
  std::string_view said = error.description();
  const auto says = [&](std::string_view part) { return said.find(part) != said.npos; };
  const Place at = place(error.source());
  Fault f{.line = at.line, .column = at.column, .key = key_near(text, at.line)};
  if (says("utf-8")) {
    f.wrong = {"governance.fault.encoding"};
    f.right = {"governance.right.encoding"};
  } else if (says("redefine")) {
    f.wrong = {"governance.fault.key-twice"};
    f.right = {"governance.right.once"};
  } else if (says("nested value depth")) {
    f.wrong = {"governance.fault.nested"};
    f.right = {"governance.right.nested"};
  } else if (says("parsing date") || says("parsing time")) {
    f.wrong = {"governance.fault.date-malformed"};
    f.right = {"governance.right.date"};
  } else {
    if (says("Error while parsing") && says(": ")) said.remove_prefix(said.find(": ") + 2);
    f.wrong = {"governance.fault.syntax", {{"detail", shown(said, 200)}}};
    f.right = {"governance.right.toml"};
  }
  return f;
}

}  // namespace

std::expected<Node, Fault> read_document(std::string_view text) {
  if (text.size() > most_bytes)
    return std::unexpected(
        Fault{.wrong = {"governance.fault.too-large", {{"size", static_cast<std::int64_t>(text.size())}}},
              .right = {"governance.right.at-most-bytes", {{"limit", static_cast<std::int64_t>(most_bytes)}}}});
  int line = 1, dots = 0;
  for (const char c : text) {
    if (c == '\n') ++line, dots = 0;
    if (c == '.' && ++dots > most_dots_a_line)
      return std::unexpected(Fault{.line = line,
                                   .wrong = {"governance.fault.too-many-dots"},
                                   .right = {"governance.right.at-most-dots", {{"limit", most_dots_a_line}}}});
  }
  const auto result = toml::parse(text);
  if (!result) return std::unexpected(fault(result.error(), text));
  return node(result.table());
}

}  // namespace polder::governance
