#include "record/audit_folder.h"

#include <fstream>

namespace polder::record {

Result<std::string> FolderSource::fetch(std::string_view path) {
  const auto refused = [&](Why why, const char* key) { return refuse(why, {key, {{"path", std::string(path)}}}); };
  const auto file = folder_ / path;
  std::error_code fault;
  if (!std::filesystem::is_regular_file(file, fault)) return refused(Why::not_found, "record.fetch-missing");
  const auto size = std::filesystem::file_size(file, fault);
  if (fault || size > max_resource) return refused(Why::too_large, "record.fetch-too-large");
  std::string bytes(size, '\0');
  std::ifstream in(file, std::ios::binary);
  if (!in.read(bytes.data(), std::streamsize(size))) return refused(Why::unavailable, "record.fetch-failed");
  return bytes;
}

}  // namespace polder::record
