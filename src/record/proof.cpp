#include "record/proof.h"

#include "kernel/base/encode.h"
#include "record/lines.h"
#include "record/note.h"

namespace polder::record {
namespace {

constexpr std::string_view magic = "c2sp.org/tlog-proof@v1";
constexpr std::size_t max_hashes = 63;  // the height of a tree of 2^63 leaves

auto malformed(std::string cause) { return refuse(Why::invalid, {"record.proof-malformed"}, std::move(cause)); }

}  // namespace

std::string format(const Proof& proof) {
  std::string out(magic);
  out += '\n';
  if (proof.extra) out += "extra " + base64(*proof.extra) + "\n";
  out += "index " + std::to_string(proof.index) + "\n";
  for (const Hash& hash : proof.hashes) out += base64(crypto::view(hash)) + "\n";
  return out + "\n" + proof.checkpoint;
}

Result<Proof> parse_proof(std::string_view bytes) {
  if (bytes.size() > max_proof) return refuse(Why::too_large, {"record.proof-too-large"});
  Lines lines(bytes);
  if (lines.next() != magic) return malformed("not a tlog-proof v1");
  Proof proof;
  if (const auto extra = lines.next("extra")) {
    proof.extra = unbase64(*extra);
    if (!proof.extra) return malformed("the extra data is not base64");
  }
  const auto index_line = lines.next("index");
  const auto index = index_line ? decimal(*index_line) : std::nullopt;
  if (!index) return malformed("no index");
  proof.index = *index;
  for (;;) {
    const auto line = lines.next();
    if (!line) return malformed("no empty line before the checkpoint");
    if (line->empty()) break;
    const auto raw = unbase64(*line);
    const auto hash = raw ? crypto::hash_of(*raw) : std::nullopt;
    if (!hash || proof.hashes.size() == max_hashes) return malformed("not a hash, or too many");
    proof.hashes.push_back(*hash);
  }
  proof.checkpoint = lines.rest();
  if (const auto note = parse_note(proof.checkpoint); !note) return std::unexpected(note.error());
  return proof;
}

}  // namespace polder::record
