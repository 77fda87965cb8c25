// What a file is: by what stands in it, which must agree with what its name says and be among what is asked for.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"

struct magic_set;

namespace polder::files {

/// A kind of file that Polder knows. A kind is named by its extension: routes allow {"pdf", "zip"}.
struct Kind {
  std::string_view extension;
  std::string_view mime;  ///< under which it is given out
};

/// Nothing for an extension that is not known. "jpeg" is jpg.
const Kind* kind_of(std::string_view extension);

/// Every extension that is known, in the order of the table.
std::vector<std::string> extensions();

/// The first bytes of a file by which it is known; more are not looked at.
inline constexpr std::size_t sample_size = 64u << 10;

/// Looks into files with libmagic. Thread-safe.
class Types {
 public:
  /// Throws std::runtime_error when the machine has no database of libmagic's.
  Types();

  /// The kind of a file with this label and these first bytes. Refuses one that is not among `allowed` (extensions) or
  /// is something else than its name says.
  Result<Kind> check(std::string_view label, std::string_view first_bytes, std::span<const std::string> allowed) const;

 private:
  struct Close {
    void operator()(magic_set* set) const;
  };
  std::string look(std::string_view first_bytes) const;

  mutable std::mutex lock_;
  std::unique_ptr<magic_set, Close> set_;
};

}  // namespace polder::files
