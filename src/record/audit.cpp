#include "record/audit.h"

#include <algorithm>

#include "record/tile.h"

namespace polder::record {
namespace {

class Audit {
 public:
  Audit(Source& source, const Verifier& log, const AuditOptions& options)
      : source_(source), log_(log), options_(options) {}

  Result<AuditReport> run() {
    TRY(const auto bytes, source_.fetch("checkpoint"));
    TRY(report_.checkpoint, open_checkpoint(bytes, log_));
    CHECK_DONE(open_seen());
    CHECK_DONE(compare_seen());
    const std::uint64_t size = report_.checkpoint.size;
    while (edge_.size() < size) {
      CHECK_DONE(bundle(edge_.size() / full_width));
      if (options_.progress) options_.progress(edge_.size(), size);
    }
    for (unsigned level = 0; level < rows_.size(); ++level)
      if (!rows_[level].hashes.empty()) CHECK_DONE(compare_tile(level));
    if (edge_.root() != report_.checkpoint.root)
      return refuse(Why::invalid, {"record.audit-root", {{"size", std::int64_t(size)}}});
    return std::move(report_);
  }

 private:
  /// The hashes of one level since its last full tile.
  struct Row {
    std::uint64_t tile = 0;
    std::vector<Hash> hashes;
  };

  Done open_seen() {
    for (const auto& bytes : options_.seen) {
      TRY(auto checkpoint, open_checkpoint(bytes, log_));
      if (checkpoint.size > report_.checkpoint.size)
        return refuse(Why::invalid,
                      {"record.audit-rolled-back",
                       {{"seen", std::int64_t(checkpoint.size)}, {"size", std::int64_t(report_.checkpoint.size)}}});
      seen_.push_back(std::move(checkpoint));
    }
    std::ranges::sort(seen_, {}, &Checkpoint::size);
    return {};
  }

  /// The checkpoints seen at today's size, against the tree recomputed so far.
  Done compare_seen() {
    for (; report_.seen < seen_.size() && seen_[report_.seen].size == edge_.size(); ++report_.seen)
      if (seen_[report_.seen].root != edge_.root())
        return refuse(Why::invalid, {"record.audit-forked", {{"size", std::int64_t(edge_.size())}}});
    return {};
  }

  /// A partial tile that the log no longer keeps is the beginning of the full one (tlog-tiles, "Partial tiles").
  /// `decode` is told the width to read; what it gives is cut to the width asked for.
  template <class Decode>
  auto fetch(const Tile& tile, std::string& bytes, Decode decode) -> decltype(decode(bytes, 0U)) {
    auto found = source_.fetch(path(tile));
    unsigned width = tile.width;
    if (!found && found.error().why == Why::not_found && tile.partial()) {
      found = source_.fetch(path(tile.full()));
      width = full_width;
    }
    if (!found && found.error().why == Why::not_found)
      return refuse(Why::not_found, {"record.audit-missing", {{"path", path(tile)}}});
    if (!found) return std::unexpected(std::move(found).error());
    bytes = std::move(*found);
    auto items = decode(bytes, width);
    if (!items) return refuse(Why::invalid, {"record.audit-malformed", {{"path", path(tile)}}});
    items->resize(tile.width);
    return items;
  }

  Done bundle(std::uint64_t n) {
    const auto width = unsigned(std::min<std::uint64_t>(full_width, report_.checkpoint.size - n * full_width));
    std::string bytes;
    TRY(const auto entries, fetch({Tile::Kind::entries, 0, n, width}, bytes, decode_bundle));
    ++report_.bundles;
    for (const auto entry : entries) {
      if (options_.entry) CHECK_DONE(options_.entry(edge_.size(), entry));
      const Hash hash = leaf_hash(entry);
      const auto completed = edge_.append(hash);
      CHECK_DONE(take(0, hash));
      for (const auto& subtree : completed) CHECK_DONE(take(subtree.level, subtree.hash));
      CHECK_DONE(compare_seen());
    }
    return {};
  }

  Done take(unsigned level, const Hash& hash) {
    if (rows_.size() <= level) rows_.resize(level + 1);
    rows_[level].hashes.push_back(hash);
    if (rows_[level].hashes.size() < full_width) return {};
    CHECK_DONE(compare_tile(level));
    ++rows_[level].tile;
    rows_[level].hashes.clear();
    return {};
  }

  Done compare_tile(unsigned level) {
    const Row& row = rows_[level];
    const Tile tile{Tile::Kind::hashes, level, row.tile, unsigned(row.hashes.size())};
    std::string bytes;
    TRY(const auto published, fetch(tile, bytes, decode_hashes));
    ++report_.tiles;
    const auto [ours, theirs] = std::ranges::mismatch(row.hashes, published);
    if (ours == row.hashes.end()) return {};
    const auto index = std::int64_t(row.tile * full_width) + (ours - row.hashes.begin());
    if (level == 0) return refuse(Why::invalid, {"record.audit-entry", {{"index", index}, {"path", path(tile)}}});
    return refuse(Why::invalid, {"record.audit-tile", {{"index", index}, {"path", path(tile)}}});
  }

  Source& source_;
  const Verifier& log_;
  const AuditOptions& options_;
  AuditReport report_;
  std::vector<Checkpoint> seen_;
  Edge edge_;
  std::vector<Row> rows_;
};

}  // namespace

Result<AuditReport> audit(Source& source, const Verifier& log, const AuditOptions& options) {
  return Audit(source, log, options).run();
}

}  // namespace polder::record
