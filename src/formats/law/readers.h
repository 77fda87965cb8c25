// The two readers behind read().
#pragma once

#include "formats/law/law.h"

namespace polder::law {

Result<Document> read_xml(std::string_view bytes, const Limits& limits);
Result<Document> read_markdown(std::string_view text, const Limits& limits);

/// A language as BCP 47 writes it: "eng" -> "en", "EN" -> "en"; "und" for what is no language.
std::string language_tag(std::string_view code);

}  // namespace polder::law
