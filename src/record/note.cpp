#include "record/note.h"

#include <algorithm>
#include <array>

#include "kernel/base/encode.h"
#include "kernel/text/text.h"
#include "record/lines.h"

namespace polder::record {
namespace {

constexpr char ed25519 = 0x01;
constexpr std::string_view dash = "\u2014 ";  // em dash and a space: how a signature line begins

std::string big_endian(std::uint32_t id) {
  return {char(id >> 24 & 0xff), char(id >> 16 & 0xff), char(id >> 8 & 0xff), char(id & 0xff)};
}

std::uint32_t first_word(std::string_view bytes) {
  std::uint32_t word = 0;
  for (const char c : bytes.substr(0, 4)) word = word << 8 | std::uint8_t(c);
  return word;
}

/// The key ID of signed-note, "Signatures"; `key` begins with its type byte.
std::uint32_t key_id(std::string_view name, std::string_view key) {
  return first_word(crypto::view(crypto::Sha256().add(name).add("\n").add(key).end()));
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return std::uint8_t(c) < 0x20 && c != '\n'; });
}

auto malformed(std::string cause) { return refuse(Why::invalid, {"record.note-malformed"}, std::move(cause)); }

Result<Signature> parse_signature(std::string_view line) {
  if (!line.starts_with(dash)) return malformed("a signature line does not begin with an em dash and a space");
  line.remove_prefix(dash.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return malformed("a bad key name");
  const auto payload = unbase64(line.substr(space + 1));
  if (!payload || payload->size() < 5) return malformed("a signature that is not base64 of a key ID and more");
  return Signature{std::string(line.substr(0, space)), first_word(*payload), payload->substr(4)};
}

}  // namespace

bool is_key_name(std::string_view name) {
  // Unicode's White_Space property, U+0085 and what is above it; the ASCII ones are below '!'.
  static constexpr std::array<std::string_view, 19> spaces{
      "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
      "\u2007", "\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};
  return !name.empty() && text::valid_utf8(name) &&
         std::ranges::none_of(name, [](char c) { return std::uint8_t(c) <= ' ' || c == '+'; }) &&
         std::ranges::none_of(spaces, [&](auto space) { return name.find(space) != std::string_view::npos; });
}

Verifier verifier_of(std::string name, std::string public_key) {
  const std::uint32_t id = key_id(name, ed25519 + public_key);
  return {std::move(name), std::move(public_key), id};
}

std::string vkey(const Verifier& verifier) {
  return verifier.name + "+" + hex(big_endian(verifier.id)) + "+" + base64(ed25519 + verifier.public_key);
}

Result<Verifier> parse_vkey(std::string_view text) {
  const auto malformed_key = [] { return refuse(Why::invalid, {"record.vkey-malformed"}); };
  const auto first = text.find('+');
  const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos || text.size() > 4096) return malformed_key();
  const auto key = unbase64(text.substr(second + 1));
  if (!key || key->empty() || !is_key_name(text.substr(0, first))) return malformed_key();
  if (key->front() != ed25519) return refuse(Why::invalid, {"record.vkey-type"});
  if (key->size() != 1 + crypto::public_key_size) return malformed_key();
  auto verifier = verifier_of(std::string(text.substr(0, first)), key->substr(1));
  if (vkey(verifier) != text) return malformed_key();
  return verifier;
}

Result<Note> parse_note(std::string_view bytes) {
  if (bytes.size() > max_note) return refuse(Why::too_large, {"record.note-too-large"});
  if (!text::valid_utf8(bytes) || has_control(bytes)) return malformed("not UTF-8, or with control characters");
  const auto gap = bytes.rfind("\n\n");
  if (gap == std::string_view::npos) return malformed("no empty line before the signatures");
  Note note{.text = std::string(bytes.substr(0, gap + 1)), .signatures = {}};
  Lines lines(bytes.substr(gap + 2));
  while (const auto line = lines.next()) {
    TRY(auto signature, parse_signature(*line));
    note.signatures.push_back(std::move(signature));
  }
  if (note.signatures.empty() || !lines.rest().empty()) return malformed("no signature, or a last line without end");
  return note;
}

std::string format(const Note& note) {
  std::string out = note.text + "\n";
  for (const auto& s : note.signatures)
    out.append(dash).append(s.name).append(" ").append(base64(big_endian(s.id) + s.bytes)).append("\n");
  return out;
}

Signature sign_note(std::string_view text, std::string name, const crypto::SigningKey& key) {
  const auto verifier = verifier_of(std::move(name), key.public_key());
  return {verifier.name, verifier.id, key.sign(text)};
}

Result<Note> open_note(std::string_view bytes, std::span<const Verifier> known) {
  TRY(auto note, parse_note(bytes));
  bool signed_by_known = false;
  for (const auto& signature : note.signatures)
    for (const auto& verifier : known) {
      if (signature.name != verifier.name || signature.id != verifier.id) continue;
      if (!crypto::verify(verifier.public_key, note.text, signature.bytes))
        return refuse(Why::invalid, {"record.note-signature", {{"name", signature.name}}});
      signed_by_known = true;
    }
  if (!signed_by_known) return refuse(Why::invalid, {"record.note-unknown-key"});
  return note;
}

}  // namespace polder::record
