// A log that lies in a folder, as a mirror or a download leaves it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "record/audit.h"

namespace polder::record {

class FolderSource final : public Source {
 public:
  explicit FolderSource(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<std::string> fetch(std::string_view path) override;

 private:
  std::filesystem::path folder_;
};

}  // namespace polder::record
