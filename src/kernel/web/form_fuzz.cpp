// Any bytes as the body of a form. The first line is the Content-Type, the rest the body; each is also tried as the
// body of every type.
#include <cstdlib>
#include <string_view>

#include "kernel/text/text.h"
#include "kernel/web/form.h"

namespace {

void names_are_text(const boost::json::value& v) {
  if (const auto* object = v.if_object())
    for (const auto& [name, inner] : *object) {
      if (!polder::text::valid_utf8(name)) std::abort();
      names_are_text(inner);
    }
  if (const auto* array = v.if_array())
    for (const auto& inner : *array) names_are_text(inner);
}

void take(std::string_view type, std::string_view body) {
  const auto read = polder::web::read_body(type, body);
  if (read)
    names_are_text(*read);
  else if (read.error().message.key.empty())
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto line = std::min(all.find('\n'), all.size());
  take(all.substr(0, line), all.substr(std::min(line + 1, all.size())));
  for (const auto* type : {"", "application/json", "multipart/form-data; boundary=X"}) take(type, all);
  (void)polder::web::query_value(all, "a");
  return 0;
}
