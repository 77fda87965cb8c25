// multipart/form-data (RFC 7578) read as it arrives, in pieces of any size: what a part holds is handed on at once, and
// no more than its head or a boundary's length is held back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/result.h"

namespace polder::web {

class Multipart {
 public:
  struct Part {
    std::string name;                 ///< of the form's field
    std::optional<std::string> file;  ///< what its sender called the file, as sent; none: a field of text
  };
  /// Told of each part in order. What it refuses ends the reading.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual Done begin(Part part) = 0;
    virtual Done data(std::string_view bytes) = 0;
    virtual Done end() = 0;
  };

  /// Refuses a Content-Type without a boundary that may be one (RFC 2046 §5.1.1).
  static Result<Multipart> of(std::string_view content_type, Listener& listener);

  /// The next bytes of the body. Refuses what cannot be a form; nothing may follow.
  Done take(std::string_view bytes);
  /// After the last: refuses a body that ends before its closing boundary.
  Done finish() const;

 private:
  enum class At { start, mark, head, content, end };
  Multipart(std::string mark, Listener& listener) : mark_(std::move(mark)), listener_(&listener) {}
  Done read(std::string_view& rest);
  /// One step on in `rest`, cutting off what it takes; false when more bytes are needed.
  Result<bool> step(std::string_view& rest);

  std::string mark_;  ///< "\r\n--boundary"
  Listener* listener_;
  At at_ = At::start;
  std::string held_;
  std::size_t parts_ = 0;
};

/// A header's parameter: `boundary` in "multipart/form-data; boundary=x". Quoted or bare; the first of equal names.
std::optional<std::string> parameter(std::string_view header, std::string_view name);

}  // namespace polder::web
