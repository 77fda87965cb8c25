#include "record/receipt.h"

#include "kernel/base/encode.h"
#include "record/lines.h"

namespace polder::record {
namespace {

constexpr std::string_view magic = "polder-opening/v1";
constexpr int leaf_lines = 6;

auto malformed(std::string cause) { return refuse(Why::invalid, {"record.receipt-malformed"}, std::move(cause)); }

}  // namespace

std::string format(const Opening& opening) {
  return std::string(magic) + "\nkey " + hex(opening.key) + "\n" + opening.leaf + "\n" + opening.content;
}

Result<Opening> parse_opening(std::string_view bytes) {
  Lines lines(bytes);
  if (lines.next() != magic) return malformed("not an opening of version 1");
  const auto key_hex = lines.next("key");
  const auto key = key_hex ? unhex(*key_hex) : std::nullopt;
  if (!key || key->size() != commitment_key_size) return malformed("no key of 32 bytes");
  const auto from_leaf = lines.rest();
  for (int i = 0; i < leaf_lines; ++i) lines.next();
  const auto leaf = from_leaf.substr(0, from_leaf.size() - lines.rest().size());
  const auto gap = lines.next();
  if (!gap || !gap->empty()) return malformed("no empty line between leaf and content");
  if (lines.rest().size() > max_content) return refuse(Why::too_large, {"record.proof-too-large"});
  Opening opening{std::string(leaf), *key, std::string(lines.rest())};
  if (format(opening) != bytes) return malformed("the key is not in its one spelling");
  return opening;
}

std::string make_receipt(const Opening& opening, std::uint64_t index, std::vector<Hash> hashes,
                         std::string checkpoint) {
  return format(Proof{format(opening), index, std::move(hashes), std::move(checkpoint)});
}

Result<Verified> verify_receipt(std::string_view bytes, const Verifier& log) {
  TRY(const auto proof, parse_proof(bytes));
  if (!proof.extra) return refuse(Why::invalid, {"record.receipt-without-opening"});
  TRY(auto opening, parse_opening(*proof.extra));
  TRY(auto leaf, decode_leaf(opening.leaf));
  TRY(auto checkpoint, open_checkpoint(proof.checkpoint, log));
  if (!verify_inclusion(leaf_hash(opening.leaf), proof.index, checkpoint.size, proof.hashes, checkpoint.root))
    return refuse(Why::invalid, {"record.receipt-not-included", {{"index", std::int64_t(proof.index)}}});
  if (commit(opening.key, opening.content) != leaf.commitment)
    return refuse(Why::invalid, {"record.receipt-commitment"});
  return Verified{std::move(leaf), std::move(opening.content), proof.index, std::move(checkpoint)};
}

}  // namespace polder::record
