#include "record/audit_folder.h"

#include <fstream>

namespace polder::record {

Result<std::string> FolderSource::fetch(std::string_view path) {
  const std::string name(path);
  const auto file = folder_ / name;
  std::error_code fault;
  if (!std::filesystem::is_regular_file(file, fault))
    return refuse(Why::not_found, {"record.fetch-missing", {{"path", name}}});
  const auto size = std::filesystem::file_size(file, fault);
  if (fault || size > max_resource) return refuse(Why::too_large, {"record.fetch-too-large", {{"path", name}}});
  std::string bytes(size, '\0');
  std::ifstream in(file, std::ios::binary);
  if (!in.read(bytes.data(), std::streamsize(size)))
    return refuse(Why::unavailable, {"record.fetch-failed", {{"path", name}}});
  return bytes;
}

}  // namespace polder::record
