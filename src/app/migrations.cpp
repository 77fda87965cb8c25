#include "app/migrations.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "kernel/base/embedded.h"

namespace polder::app {
namespace {

constexpr std::array<std::string_view, 9> floors{"kernel/",  "formats/", "record",     "governance", "people",
                                                 "dialogue", "outcomes", "processes/", "app"};

std::size_t floor_of(std::string_view room) {
  const auto found = std::ranges::find_if(floors, [&](std::string_view floor) { return room.starts_with(floor); });
  return std::size_t(found - floors.begin());
}

storage::Migration read(const EmbeddedFile& file) {
  constexpr std::string_view prefix = "migrations/";
  const std::string_view path = file.path.substr(prefix.size());
  const auto slash = path.rfind('/');
  const std::string_view name = path.substr(slash + 1);
  const auto line = name.find('_');
  int number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + std::min(line, name.size()), number);
  if (slash == path.npos || line == name.npos || error != std::errc{} || end != name.data() + line)
    throw std::logic_error("a migration is called <nnnn>_<title>.sql, not " + std::string(path));
  const std::string_view title = name.substr(line + 1);
  return {std::string(path.substr(0, slash)), number, std::string(title.substr(0, title.rfind('.'))),
          std::string(file.bytes)};
}

}  // namespace

std::vector<storage::Migration> migrations() {
  std::vector<storage::Migration> all;
  for (const auto& file : embedded_below("migrations/")) all.push_back(read(file));
  std::ranges::sort(all, {},
                    [](const storage::Migration& m) { return std::tuple(floor_of(m.room), m.room, m.number); });
  return all;
}

}  // namespace polder::app
