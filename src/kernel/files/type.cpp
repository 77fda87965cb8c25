#include "kernel/files/type.h"

#include <magic.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "kernel/files/name.h"

namespace polder::files {
namespace {

/// How the bytes of a kind look to libmagic.
enum class Looks {
  itself,  ///< as one of the types named here
  text,    ///< as any text: whether it is CSV, Markdown or a letter is only in the name
  zipped,  ///< as itself, or as a ZIP whose first entries do not tell what it is for
};

struct Known {
  Kind kind;
  Looks looks;
  std::array<std::string_view, 4> types;
};

#define OPEN_DOCUMENT "application/vnd.oasis.opendocument."
#define OFFICE "application/vnd.openxmlformats-officedocument."
constexpr Known known[] = {
    {{"pdf", "application/pdf"}, Looks::itself, {"application/pdf"}},
    {{"png", "image/png"}, Looks::itself, {"image/png"}},
    {{"jpg", "image/jpeg"}, Looks::itself, {"image/jpeg"}},
    {{"gif", "image/gif"}, Looks::itself, {"image/gif"}},
    {{"webp", "image/webp"}, Looks::itself, {"image/webp"}},
    {{"mp4", "video/mp4"}, Looks::itself, {"video/mp4", "video/x-m4v", "audio/x-m4a", "video/quicktime"}},
    {{"webm", "video/webm"}, Looks::itself, {"video/webm"}},
    {{"mp3", "audio/mpeg"}, Looks::itself, {"audio/mpeg"}},
    {{"csv", "text/csv; charset=utf-8"}, Looks::text, {}},
    {{"tsv", "text/tab-separated-values; charset=utf-8"}, Looks::text, {}},
    {{"txt", "text/plain; charset=utf-8"}, Looks::text, {}},
    {{"md", "text/markdown; charset=utf-8"}, Looks::text, {}},
    {{"json", "application/json"}, Looks::text, {}},
    {{"zip", "application/zip"}, Looks::zipped, {"application/zip"}},
    {{"docx", OFFICE "wordprocessingml.document"}, Looks::zipped, {OFFICE "wordprocessingml.document"}},
    {{"xlsx", OFFICE "spreadsheetml.sheet"}, Looks::zipped, {OFFICE "spreadsheetml.sheet"}},
    {{"pptx", OFFICE "presentationml.presentation"}, Looks::zipped, {OFFICE "presentationml.presentation"}},
    {{"odt", OPEN_DOCUMENT "text"}, Looks::zipped, {OPEN_DOCUMENT "text"}},
    {{"ods", OPEN_DOCUMENT "spreadsheet"}, Looks::zipped, {OPEN_DOCUMENT "spreadsheet"}},
    {{"odp", OPEN_DOCUMENT "presentation"}, Looks::zipped, {OPEN_DOCUMENT "presentation"}},
};

const Known* find(std::string_view extension) {
  if (extension == "jpeg") extension = "jpg";
  const auto* at = std::ranges::find(known, extension, [](const Known& k) { return k.kind.extension; });
  return at == std::end(known) ? nullptr : at;
}

std::string listed(std::span<const std::string> allowed) {
  std::string out;
  for (const auto& extension : allowed) out += (out.empty() ? "" : ", ") + extension;
  return out;
}

/// `found` as libmagic says it: "text/plain; charset=utf-8".
bool agrees(const Known& with, std::string_view bytes, std::string_view found) {
  const auto type = found.substr(0, found.find(';'));
  const bool named = std::ranges::find(with.types, type) != with.types.end();
  switch (with.looks) {
    case Looks::itself:
      return named;
    case Looks::text:
      // libmagic has no opinion of a single sign.
      return !found.ends_with("charset=binary") || (bytes.size() == 1 && bytes[0] >= ' ');
    case Looks::zipped:
      break;
  }
  if (!bytes.starts_with("PK\x03\x04")) return false;
  const bool untold = type == "application/zip" || type == "application/octet-stream";
  // An office file under the name of a ZIP is one; under the name of another office file it is not.
  return named || untold || with.kind.extension == "zip";
}

}  // namespace

const Kind* kind_of(std::string_view extension) {
  const auto* found = find(extension);
  return found != nullptr ? &found->kind : nullptr;
}

std::vector<std::string> extensions() {
  std::vector<std::string> out;
  for (const Known& one : known) out.emplace_back(one.kind.extension);
  return out;
}

void Types::Close::operator()(magic_set* set) const { ::magic_close(set); }

Types::Types() : set_(::magic_open(MAGIC_MIME | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF)) {
  if (!set_ || ::magic_load(set_.get(), nullptr) != 0)
    throw std::runtime_error("libmagic has no database on this machine (the package libmagic-mgc)");
}

std::string Types::look(std::string_view first_bytes) const {
  std::lock_guard guard(lock_);
  const char* found = ::magic_buffer(set_.get(), first_bytes.data(), first_bytes.size());
  return found != nullptr ? found : "application/octet-stream; charset=binary";
}

Result<Kind> Types::check(std::string_view label, std::string_view first_bytes,
                          std::span<const std::string> allowed) const {
  const auto extension = files::extension(label);
  const auto* claimed = find(extension);
  if (claimed == nullptr || std::ranges::find(allowed, claimed->kind.extension) == allowed.end())
    return refuse(Why::invalid, {"files.type-not-taken", {{"name", std::string(label)}, {"kinds", listed(allowed)}}});
  const auto found = look(first_bytes.substr(0, sample_size));
  if (!agrees(*claimed, first_bytes, found))
    return refuse(Why::invalid, {"files.type-differs", {{"name", std::string(label)}, {"extension", extension}}},
                  "libmagic: " + found);
  return claimed->kind;
}

}  // namespace polder::files
