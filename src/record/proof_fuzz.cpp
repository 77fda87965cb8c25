// Proofs, receipts and leaves from anybody: what parses formats back to the same bytes, and nothing that was not signed
// verifies.
#include <cstdlib>
#include <string>
#include <string_view>

#include "kernel/base/encode.h"
#include "record/proof.h"
#include "record/receipt.h"

namespace {

using namespace polder::record;

void expect(bool holds) {
  if (!holds) std::abort();
}

void take(std::string_view bytes) {
  if (const auto proof = parse_proof(bytes)) expect(format(*proof) == bytes);
  if (const auto opening = parse_opening(bytes)) expect(format(*opening) == bytes);
  if (const auto leaf = decode_leaf(bytes)) expect(encode(*leaf) == bytes);
  static const auto nobody = verifier_of("example.org/water", std::string(32, 'x'));
  expect(!verify_receipt(bytes, nobody).has_value());
}

const std::string leaf_specimen =
    "polder-leaf/v1\nact a.b\ntime 2026-11-22T18:04Z\nsubject a/b\nrole c\ncommitment " + std::string(64, '0') + "\n";
const std::string opening_specimen = "polder-opening/v1\nkey " + std::string(64, '0') + "\n" + leaf_specimen + "\n{}";

std::string proof_of(std::string_view opening) {
  return "c2sp.org/tlog-proof@v1\nextra " + polder::base64(opening) +
         "\nindex 0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nexample.org/water\n7\n"
         "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u2014 example.org/water AAAAAAA=\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  take(input);
  // Noise alone seldom gets past the first line: put the input into good specimens as well, at a place it names itself.
  if (size < 3) return 0;
  for (auto nearly : {leaf_specimen, opening_specimen, proof_of(opening_specimen)}) {
    nearly.replace((std::size_t(data[0]) << 8 | data[1]) % nearly.size(), data[2] % 8, input.substr(3));
    take(nearly);
    take(proof_of(nearly));
  }
  return 0;
}
