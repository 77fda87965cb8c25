#include "record/leaf.h"

#include <algorithm>
#include <stdexcept>

#include "kernel/base/encode.h"
#include "record/lines.h"

namespace polder::record {
namespace {

constexpr std::string_view magic = "polder-leaf/v1";
constexpr std::size_t max_name = 100, max_subject = 200;

bool is_lower(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_'; }
bool is_any(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z') || c == '~'; }

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= max_name && std::ranges::all_of(text, is_lower);
}

bool is_subject(std::string_view text) {
  const auto slash = text.find('/');
  return text.size() <= max_subject && slash != std::string_view::npos && is_name(text.substr(0, slash)) &&
         slash + 1 < text.size() && std::ranges::all_of(text.substr(slash + 1), is_any);
}

auto malformed(std::string cause) { return refuse(Why::invalid, {"record.leaf-malformed"}, std::move(cause)); }

std::string lines_of(const Leaf& leaf) {
  return std::string(magic) + "\nact " + leaf.act + "\ntime " + iso(leaf.time).substr(0, 16) + "Z\nsubject " +
         leaf.subject + "\nrole " + leaf.role + "\ncommitment " + hex(crypto::view(leaf.commitment)) + "\n";
}

}  // namespace

Result<std::string> encode(const Leaf& leaf) {
  auto entry = lines_of(leaf);
  if (const auto back = decode_leaf(entry); !back) return std::unexpected(back.error());
  return entry;
}

Result<Leaf> decode_leaf(std::string_view entry) {
  Lines lines(entry);
  if (lines.next() != magic) return malformed("not a leaf of version 1");
  const auto act = lines.next("act"), time_text = lines.next("time"), subject = lines.next("subject"),
             role = lines.next("role"), commitment_hex = lines.next("commitment");
  if (!act || !time_text || !subject || !role || !commitment_hex || !lines.rest().empty())
    return malformed("not the six lines in their order");
  if (!is_name(*act) || !is_name(*role) || !is_subject(*subject)) return malformed("a bad act, role or subject");
  const auto time = parse_time(*time_text);
  const auto raw = unhex(*commitment_hex);
  const auto commitment = raw ? crypto::hash_of(*raw) : std::nullopt;
  if (!time || !commitment) return malformed("a bad time or commitment");
  Leaf leaf{std::string(*act), *time, std::string(*subject), std::string(*role), *commitment};
  if (lines_of(leaf) != entry) return malformed("the time or the commitment is not in its one spelling");
  return leaf;
}

Hash commit(std::string_view key, std::string_view content) {
  if (key.size() != commitment_key_size) throw std::invalid_argument("a commitment's key must have 32 bytes");
  return crypto::hmac_sha256(key, std::string("polder-act/v1\n").append(content));
}

}  // namespace polder::record
