#include "kernel/web/router.h"

namespace polder::web {

std::string_view Params::operator[](std::string_view name) const {
  for (const auto& [key, value] : values_)
    if (key == name) return value;
  return {};
}

std::vector<std::string_view> pieces(std::string_view path) {
  std::vector<std::string_view> out;
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.empty()) return out;
  for (;;) {
    const auto slash = path.find('/');
    out.push_back(path.substr(0, slash));
    if (slash == path.npos) return out;
    path.remove_prefix(slash + 1);
  }
}

bool match(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path, Params& params) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::string_view want = pattern[i];
    if (want.starts_with('{') && want.ends_with("…}")) {
      if (i >= path.size()) return false;
      const char* begin = path[i].data();
      params.set(want.substr(1, want.size() - 2 - std::string_view("…").size()),
                 {begin, std::size_t(path.back().data() + path.back().size() - begin)});
      return true;
    }
    if (i >= path.size()) return false;
    if (want.starts_with('{') && want.ends_with('}')) {
      if (path[i].empty()) return false;
      params.set(want.substr(1, want.size() - 2), path[i]);
    } else if (want != path[i]) {
      return false;
    }
  }
  return pattern.size() == path.size();
}

}  // namespace polder::web
