// The audit: read a whole log as any stranger can, recompute every hash, and name the first place that is wrong.
//
// Works on every C2SP tlog-tiles log, ours or not. Memory is one bundle and one tile a level, whatever the log's size.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"
#include "record/checkpoint.h"

namespace polder::record {

/// The largest resource a log has: a full bundle of the longest entries.
inline constexpr std::size_t max_resource = 256 * (2 + 65'535);

/// Where a log is read: a folder (audit_folder.h), the web (http_source.h), a database.
class Source {
 public:
  virtual ~Source() = default;
  /// The bytes at a path like "checkpoint" or "tile/0/000.p/5", at most `max_resource`. Why::not_found says that there
  /// is no such resource, every other refusal that one cannot know.
  virtual Result<std::string> fetch(std::string_view path) = 0;
};

struct AuditOptions {
  /// Signed checkpoints of this log that were seen before, of any size: each must be a beginning of today's tree.
  std::vector<std::string> seen = {};
  /// Called after each bundle with the entries done and the log's size.
  std::function<void(std::uint64_t done, std::uint64_t size)> progress = {};
  /// Called with each entry; its refusal ends the audit.
  std::function<Done(std::uint64_t index, std::string_view entry)> entry = {};
};

struct AuditReport {
  Checkpoint checkpoint;
  std::uint64_t bundles = 0;
  std::uint64_t tiles = 0;
  std::uint64_t seen = 0;  ///< earlier checkpoints found to be beginnings of this tree
};

/// Refuses at the first fault: a resource that is missing or malformed, an entry or a hash that does not fit the tree
/// above it, a root that is not the signed one, an earlier checkpoint that this log has departed from.
Result<AuditReport> audit(Source& source, const Verifier& log, const AuditOptions& options = {});

}  // namespace polder::record
