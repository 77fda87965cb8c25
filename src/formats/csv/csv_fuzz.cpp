// Whatever the bytes are, and in whatever pieces they come: the same rows; what is written is read again alike.
#include <cstdlib>

#include "formats/csv/csv.h"
#include "formats/csv/html_text.h"
#include "kernel/text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace polder::csv;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto run = [&](std::size_t piece) {
    std::string log;
    Reader reader({.limits = {.rows = 500, .columns = 50, .field = 2'000, .row = 5'000}}, [&](polder::Result<Row> row) {
      if (!row) {
        log += row.error().message.key;
        return true;
      }
      for (const std::string& cell : row->cells)
        if (!polder::text::valid_utf8(cell) || !polder::text::valid_utf8(html_to_text(cell))) std::abort();
      log += polder::csv::row(row->cells);
      return true;
    });
    for (std::size_t at = 0; at < bytes.size(); at += piece)
      if (!reader.push(bytes.substr(at, piece))) return log + "refused";
    return reader.finish() ? log : log + "refused";
  };
  if (run(size + 1) != run(7)) std::abort();
  return 0;
}
