// Whatever the file is: an answer or a refusal that says where, never a fall; the same answer from lists that are
// turned round, and never more money than there is.
#include <algorithm>
#include <cstdlib>

#include "methods/ranking/ranking_json.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace polder::ranking;
  auto file = read({reinterpret_cast<const char*>(data), size});
  if (!file) {
    if (!file.error().message.key.starts_with("ranking.")) std::abort();
    return 0;
  }
  const auto ranking = rank(file->rule, file->entries, file->marks);
  const auto turned_marks = file->marks.size();
  std::ranges::reverse(file->entries);
  std::ranges::reverse(file->marks);
  for (Mark& mark : file->marks) {
    mark.entry = std::uint32_t(file->entries.size()) - 1 - mark.entry;
    mark.judge = std::uint32_t(turned_marks) - 1 - mark.judge;
  }
  const auto turned = rank(file->rule, file->entries, file->marks);
  if (ranking.has_value() != turned.has_value()) std::abort();
  if (!ranking) return 0;
  if (write(file->rule, *ranking) != write(file->rule, *turned)) std::abort();
  if (ranking->places.size() + ranking->unmarked.size() != file->entries.size()) std::abort();
  std::int64_t purse = 0, paid = 0;
  if (file->rule.purse)
    for (const std::int64_t amount : file->rule.purse->amounts) purse += amount;
  for (const Place& place : ranking->places) paid += place.amount;
  if (paid > purse) std::abort();
  return 0;
}
