#include "kernel/files/name.h"

#include "kernel/base/encode.h"
#include "kernel/text/text.h"

namespace polder::files {
namespace {

/// The first `limit` code points of valid UTF-8.
std::string_view first(std::string_view text, std::size_t limit) {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80 && limit-- == 0) break;
  return text.substr(0, at);
}

std::string_view trim(std::string_view name) {
  while (name.starts_with('.') || name.starts_with(' ')) name.remove_prefix(1);
  while (name.ends_with('.') || name.ends_with(' ')) name.remove_suffix(1);
  return name;
}

/// Of what turns the order of letters round (U+202A to U+202E, U+2066 to U+2069), so that "annex<U+202E>fdp.exe" would
/// be read as "annexexe.pdf", and of the controls above ASCII (U+0080 to U+009F), at the beginning of a text; else 0.
std::size_t length_of_unseen(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0; };
  if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) <= 0x9f) return 2;
  if (byte(0) != 0xe2) return 0;
  const bool turns = (byte(1) == 0x80 && byte(2) >= 0xaa && byte(2) <= 0xae) ||
                     (byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9);
  return turns ? 3 : 0;
}

}  // namespace

std::string label(std::string_view sent) {
  if (const auto slash = sent.find_last_of("/\\"); slash != sent.npos) sent.remove_prefix(slash + 1);
  std::string kept;
  for (const char c : sent.substr(0, 4'000))
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) kept += c;
  for (std::size_t at = 0; at < kept.size();) {
    if (const auto unseen = length_of_unseen(std::string_view(kept).substr(at)))
      kept.erase(at, unseen);
    else
      ++at;
  }
  const auto clean = text::clean(kept, text::Lines::one);
  std::string name(trim(clean ? std::string_view(*clean) : std::string_view()));
  if (text::length(name) > longest_name) {
    const auto dot = name.rfind('.');
    std::string tail = dot != name.npos && name.size() - dot <= 12 ? name.substr(dot) : std::string();
    name = std::string(trim(first(name, longest_name - text::length(tail)))) + tail;
  }
  return name.empty() ? "file" : name;
}

std::string extension(std::string_view label) {
  const auto dot = label.rfind('.');
  if (dot == label.npos || dot == 0) return {};
  std::string out;
  for (const char c : label.substr(dot + 1)) {
    const char lower = c >= 'A' && c <= 'Z' ? char(c + 32) : c;
    if ((lower < 'a' || lower > 'z') && (lower < '0' || lower > '9')) return {};
    out += lower;
  }
  return out;
}

std::string attachment(std::string_view name) {
  std::string plain;
  bool ascii = true;
  for (const char c : name) {
    if (static_cast<unsigned char>(c) >= 0x80) ascii = false;
    if ((static_cast<unsigned char>(c) & 0xc0) == 0x80) continue;  // one sign for each character
    // '%' too: some browsers decode it in this form.
    plain += c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '%' && c != ';' ? c : '_';
  }
  std::string out = "attachment; filename=\"" + plain + '"';
  if (!ascii || plain != name) out += "; filename*=UTF-8''" + percent(name);
  return out;
}

}  // namespace polder::files
