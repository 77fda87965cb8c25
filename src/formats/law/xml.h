// The only door to libxml2 in reading: SAX2 without a tree, a network, a DTD or an entity of its own
// (docs/decisions/0007-libxml2-sax-for-law.md). Also the few lines that write XML.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "kernel/base/result.h"

namespace polder::law::xml {

struct Attribute {
  std::string_view name;  ///< without its prefix
  std::string value;
};

class Handler {
 public:
  virtual ~Handler() = default;
  /// Names come without their prefix; both views live until the call returns. A message stops the reading.
  virtual std::optional<Message> start(std::string_view name, std::string_view space,
                                       std::span<const Attribute> attributes) = 0;
  virtual std::optional<Message> end() = 0;
  virtual std::optional<Message> text(std::string_view words) = 0;
};

struct Bounds {
  std::size_t depth = 64;
  std::size_t elements = 500'000;
};

/// Refuses (law.<what>): a document type declaration, anything not well-formed, an encoding beyond UTF-8, ASCII,
/// ISO 8859 and Windows-125x, more than 64 attributes on an element, and what is over `bounds`.
Done parse(std::string_view bytes, const Bounds& bounds, Handler& handler);

/// For character data and for attribute values in double quotes. Characters that XML 1.0 forbids are left out.
std::string escape(std::string_view text);

}  // namespace polder::law::xml
