// Recognises the format and hands the bytes to its reader.
#include <unicode/uloc.h>

#include "formats/law/builder.h"
#include "formats/law/law.h"
#include "formats/law/readers.h"
#include "kernel/text/text.h"

namespace polder::law {
namespace {

/// Markup, in any encoding that XML allows, as opposed to Markdown, which is UTF-8 and begins with a letter or '#'.
bool looks_like_xml(std::string_view bytes) {
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) return true;
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (bytes.size() >= 2 && (bytes[0] == '\0' || bytes[1] == '\0')) return true;
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  return first != bytes.npos && bytes[first] == '<';
}

}  // namespace

std::string language_tag(std::string_view code) {
  if (code == "esp") return "es";  // not in ISO 639, but in the files of two parliaments
  char tag[32];
  UErrorCode status = U_ZERO_ERROR;
  const std::string name(code.substr(0, 30));
  const int length = uloc_toLanguageTag(name.c_str(), tag, sizeof tag, true, &status);
  return U_SUCCESS(status) && length > 0 && length < int(sizeof tag) ? std::string(tag, std::size_t(length)) : "und";
}

Result<Document> read(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.bytes)
    return refuse(Why::too_large, {"law.too-large", {{"limit", std::int64_t(limits.bytes / (1024 * 1024))}}});
  if (bytes.find_first_not_of(" \t\r\n") == bytes.npos) return refuse(Why::invalid, {"law.empty"});
  TRY(Document document, looks_like_xml(bytes) ? read_xml(bytes, limits) : read_markdown(bytes, limits));
  name_divisions(document);
  return document;
}

}  // namespace polder::law
