// Whatever a file of responses holds: rows come in order, words are text that can be kept, and the same bytes in other
// pieces say the same.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "kernel/text/text.h"
#include "processes/consultations/import.h"

namespace {

using namespace polder;
using namespace polder::consultations;

std::vector<std::string> rows(std::string_view bytes, std::size_t size) {
  std::vector<std::string> out;
  std::size_t last = 1;
  const auto done = read_rows(
      {.id = "id", .words = "words", .title = "title", .date = {}}, ',',
      [&] {
        const auto piece = bytes.substr(0, size);
        bytes.remove_prefix(piece.size());
        return std::string(piece);
      },
      [&](std::size_t number, const Result<ImportRow>& row) {
        if (number <= last) std::abort();
        last = number;
        if (row && (row->number != number || row->id.empty() || !text::valid_utf8(row->words))) std::abort();
        out.push_back(row ? row->id + '\n' + row->words : row.error().message.key);
        return true;
      });
  out.push_back(done ? "" : done.error().message.key);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The first byte chooses how the file is cut; a heading stands before the rest, so that there is something to read.
  if (size == 0) return 0;
  const std::string file = "id,title,words\n" + std::string(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (rows(file, 1U << 20) != rows(file, 1U + data[0])) std::abort();
  (void)read_columns(std::string_view(file).substr(15));
  return 0;
}
