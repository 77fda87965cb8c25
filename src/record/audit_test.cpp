// The audit against logs of our own making, and against Tessera's published one (../shared/data/record/tessera-log).
#include "record/audit.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "record/audit_folder.h"
#include "record/memory_log_test.h"

namespace polder::record {
namespace {

const Verifier ours = MemoryLog::verifier();

const Message* refusal(const Result<AuditReport>& report) { return report ? nullptr : &report.error().message; }

std::string told(const Result<AuditReport>& report) {
  const auto* message = refusal(report);
  if (message == nullptr) return "clean";
  std::string out = message->key;
  for (const auto& [name, value] : message->args) {
    out += " " + name + "=";
    if (const auto* text = std::get_if<std::string>(&value)) out += *text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) out += std::to_string(*number);
  }
  return out;
}

TEST(Audit, FindsAnHonestLogCleanAtEverySize) {
  MemoryLog log;
  for (const std::uint64_t size : {0U, 1U, 2U, 255U, 256U, 257U, 600U, 66'000U}) {
    while (log.size() < size) log.append("entry " + std::to_string(log.size()));
    std::uint64_t entries = 0, done = 0;
    const auto report = audit(log, ours,
                              {.progress = [&](std::uint64_t n, std::uint64_t) { done = n; },
                               .entry = [&](std::uint64_t index, std::string_view entry) -> Done {
                                 EXPECT_EQ(index, entries++);
                                 EXPECT_EQ(entry, log.entries[index]);
                                 return {};
                               }});
    ASSERT_EQ(told(report), "clean") << size;
    EXPECT_EQ(report->checkpoint.size, size);
    EXPECT_EQ(report->bundles, (size + 255) / 256);
    EXPECT_EQ(entries, size);
    EXPECT_EQ(done, size);
  }
}

TEST(Audit, TakesTheFullTileWhereThePartialOneIsGone) {
  MemoryLog log(300);
  const auto at_300 = log.checkpoint();
  for (int i = 0; i < 400; ++i) log.append("later");
  log.tampered["checkpoint"] = at_300;
  log.drop_partials = true;
  EXPECT_EQ(told(audit(log, ours)), "clean");
}

TEST(Audit, NamesTheEntryThatWasRewritten) {
  MemoryLog log(700);
  auto bundle = log.fetch("tile/entries/001").value();
  bundle.replace(bundle.find("entry 300"), 9, "entry 3oo");
  log.tampered["tile/entries/001"] = bundle;
  EXPECT_EQ(told(audit(log, ours)), "record.audit-entry index=300 path=tile/0/001");
}

TEST(Audit, NamesTheTileThatWasRewrittenAtEveryLevel) {
  for (const auto& [path, at, expected] :
       {std::tuple{"tile/0/002.p/188", 32 * 3 + 1, "record.audit-entry index=515 path=tile/0/002.p/188"},
        std::tuple{"tile/1/000.p/2", 33, "record.audit-tile index=1 path=tile/1/000.p/2"}}) {
    MemoryLog log(700);
    auto tile = log.fetch(path).value();
    tile[std::size_t(at)] ^= 1;
    log.tampered[path] = tile;
    EXPECT_EQ(told(audit(log, ours)), expected);
  }
}

TEST(Audit, NamesWhatIsMissingOrCutOff) {
  struct Hole final : Source {
    Result<std::string> fetch(std::string_view path) override {
      if (path == hole) return refuse(Why::not_found, {"test.hole"});
      return log.fetch(path);
    }
    MemoryLog log{600};
    std::string hole;
  } source;
  source.hole = "tile/entries/001";
  EXPECT_EQ(told(audit(source, ours)), "record.audit-missing path=tile/entries/001");
  source.hole = "tile/0/002.p/88";
  EXPECT_EQ(told(audit(source, ours)), "record.audit-missing path=tile/0/002.p/88");
  source.hole = "checkpoint";
  EXPECT_EQ(told(audit(source, ours)), "test.hole");
  source.hole.clear();
  source.log.tampered["tile/entries/000"] = source.log.fetch("tile/entries/000")->substr(1);
  EXPECT_EQ(told(audit(source, ours)), "record.audit-malformed path=tile/entries/000");
}

TEST(Audit, SeesARewrittenLogThatWasSignedAgain) {
  MemoryLog log(10);
  const auto seen = log.checkpoint();
  MemoryLog rewritten(9);
  for (int i = 9; i < 20; ++i) rewritten.append("something else");
  EXPECT_EQ(told(audit(rewritten, ours)), "clean") << "by itself it is a good log";
  EXPECT_EQ(told(audit(rewritten, ours, {.seen = {seen}})), "record.audit-forked size=10");
}

TEST(Audit, SeesALogThatWasPutBack) {
  const auto seen = MemoryLog(10).checkpoint();
  MemoryLog restored(8);
  EXPECT_EQ(told(audit(restored, ours, {.seen = {seen}})), "record.audit-rolled-back seen=10 size=8");
}

TEST(Audit, CountsTheEarlierCheckpointsThatHold) {
  MemoryLog log;
  std::vector<std::string> seen;
  for (int i = 0; i < 520; ++i) {
    if (i % 100 == 0) seen.push_back(log.checkpoint());
    log.append("entry");
  }
  seen.push_back(log.checkpoint());
  seen.push_back(seen.front());
  const auto report = audit(log, ours, {.seen = seen});
  ASSERT_EQ(told(report), "clean");
  EXPECT_EQ(report->seen, seen.size());
}

TEST(Audit, RefusesAnotherKeysCheckpoint) {
  MemoryLog log(3);
  EXPECT_EQ(told(audit(log, verifier_of(ours.name, std::string(32, 'p')))), "record.note-unknown-key");
}

TEST(Audit, SeesARootThatItsOwnTilesDoNotLeadTo) {
  MemoryLog log(3);
  log.tampered["checkpoint"] =
      sign_checkpoint({.origin = ours.name, .size = 3, .root = leaf_hash("another tree")}, key_for_tests());
  EXPECT_EQ(told(audit(log, ours)), "record.audit-root size=3");
}

TEST(Audit, EndsWhereAnEntryIsRefused) {
  MemoryLog log(300);
  const auto report = audit(log, ours, {.entry = [](std::uint64_t index, std::string_view) -> Done {
                              if (index == 270) return refuse(Why::invalid, {"test.entry"});
                              return {};
                            }});
  EXPECT_EQ(told(report), "test.entry");
}

// ---- Tessera's log of 15 entries ----

const std::filesystem::path tessera = "../shared/data/record/tessera-log";
constexpr auto tessera_key = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

/// The folder as it was when its checkpoint had `size`, with one byte of one file changed.
class TesseraLog final : public Source {
 public:
  explicit TesseraLog(int size) : size_(size) {}
  Result<std::string> fetch(std::string_view path) override {
    TRY(auto bytes, folder_.fetch(path == "checkpoint" ? "checkpoint." + std::to_string(size_) : std::string(path)));
    files[std::string(path)] = bytes.size();
    if (path == flip_path) bytes.at(flip_at) ^= 1;
    return bytes;
  }
  std::map<std::string, std::size_t> files;  ///< what was fetched, and its length
  std::string flip_path;
  std::size_t flip_at = 0;

 private:
  int size_;
  FolderSource folder_{tessera};
};

TEST(Audit, FindsTesserasLogCleanAtEachOfItsCheckpoints) {
  if (!std::filesystem::exists(tessera)) GTEST_SKIP() << "skipped: ../shared/data is absent";
  const auto verifier = parse_vkey(tessera_key).value();
  std::vector<std::string> seen;
  for (int size = 0; size <= 15; ++size) {
    TesseraLog log(size);
    seen.push_back(log.fetch("checkpoint").value());
    const auto report = audit(log, verifier, {.seen = seen});
    ASSERT_EQ(told(report), "clean") << size;
    EXPECT_EQ(report->checkpoint.size, std::uint64_t(size));
    EXPECT_EQ(report->seen, seen.size());
  }
  FolderSource folder(tessera);
  EXPECT_EQ(told(audit(folder, verifier)), "clean");
}

TEST(Audit, NamesThePlaceOfAnyByteFlippedInTesserasLog) {
  if (!std::filesystem::exists(tessera)) GTEST_SKIP() << "skipped: ../shared/data is absent";
  const auto verifier = parse_vkey(tessera_key).value();
  int flips = 0;
  for (int size = 1; size <= 15; ++size) {
    TesseraLog clean(size);
    ASSERT_EQ(told(audit(clean, verifier)), "clean");
    ASSERT_EQ(clean.files.size(), 3U);
    for (const auto& [path, length] : clean.files)
      for (std::size_t at = 0; at < length; ++at, ++flips) {
        TesseraLog bent(size);
        bent.flip_path = path;
        bent.flip_at = at;
        const auto report = audit(bent, verifier);
        ASSERT_NE(told(report), "clean") << path << " byte " << at;
        if (path == "checkpoint") continue;
        const auto what = told(report);
        if (path.starts_with("tile/0"))
          EXPECT_EQ(what, "record.audit-entry index=" + std::to_string(at / 32) + " path=" + path);
        else
          EXPECT_TRUE(what == "record.audit-malformed path=" + path || what.starts_with("record.audit-entry index="))
              << what;
      }
  }
  EXPECT_GT(flips, 5'000);
}

TEST(FolderSource, TellsMissingFromTooLarge) {
  const auto folder = std::filesystem::temp_directory_path() / "polder-folder-source-test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "tile");
  FolderSource source(folder);
  EXPECT_EQ(source.fetch("checkpoint").error().why, Why::not_found);
  EXPECT_EQ(source.fetch("tile").error().why, Why::not_found);
  std::ofstream(folder / "checkpoint") << "bytes";
  EXPECT_EQ(source.fetch("checkpoint"), "bytes");
  std::filesystem::resize_file(folder / "checkpoint", max_resource + 1);
  EXPECT_EQ(source.fetch("checkpoint").error().why, Why::too_large);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace polder::record
