#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <locale.h>
#include <rapidcheck.h>
#include <stdlib.h>
#include <time.h>

#include <fstream>

#include "formats/archive/inspect.h"
#include "formats/archive/unzip_test.h"
#include "formats/archive/zip.h"

namespace polder::archive {
namespace {

const Time noon = parse_time("2026-11-22T12:34:56Z").value();

Read content(std::string bytes, std::size_t step = 1'000) {
  return [bytes = std::move(bytes), step, at = std::size_t(0)](std::string& piece) mutable {
    piece = bytes.substr(at, step);
    return (at += piece.size()) < bytes.size();
  };
}

std::string zip_of(const Entries& entries, bool large = false) {
  std::string out;
  ZipWriter zip([&](std::string_view bytes) { out += bytes; });
  for (const auto& [name, bytes] : entries) zip.add(name, noon, content(bytes), large);
  zip.finish();
  return out;
}

/// What our writer would never write: entries with any name, of any kind and with any packing, by libarchive.
std::string foreign(const Entries& entries, unsigned type = AE_IFREG, const char* options = nullptr) {
  std::string out(4u << 20, 0);
  std::size_t used = 0;
  auto* a = ::archive_write_new();
  ::archive_write_set_format_zip(a);
  if (options) ::archive_write_set_options(a, options);
  ::archive_write_set_passphrase(a, "secret");
  EXPECT_EQ(::archive_write_open_memory(a, out.data(), out.size(), &used), ARCHIVE_OK);
  for (const auto& [name, bytes] : entries) {
    auto* entry = ::archive_entry_new();
    ::archive_entry_set_pathname(entry, name.c_str());
    ::archive_entry_set_filetype(entry, type);
    ::archive_entry_set_perm(entry, 0644);
    if (type == AE_IFLNK)
      ::archive_entry_set_symlink(entry, bytes.c_str());
    else
      ::archive_entry_set_size(entry, la_int64_t(bytes.size()));
    EXPECT_EQ(::archive_write_header(a, entry), ARCHIVE_OK) << ::archive_error_string(a);
    if (type != AE_IFLNK) ::archive_write_data(a, bytes.data(), bytes.size());
    ::archive_entry_free(entry);
  }
  ::archive_write_close(a);
  ::archive_write_free(a);
  out.resize(used);
  return out;
}

std::string fault(std::string_view zip, const Limits& limits = {}) {
  const auto contents = inspect_zip(zip, limits);
  return contents ? "" : contents.error().message.key;
}

// ---- Written ----

TEST(Zip, IsReadByOthersAsItWasWritten) {
  const Entries entries = {{"entries.csv", "id,mark\r\n1,7\r\n"},
                           {"files/Löſung 日本.pdf", std::string(300'000, 'p')},
                           {"empty.txt", ""},
                           {"noise.bin", [] {
                              std::string s(200'000, 0);
                              std::uint32_t x = 1;
                              for (char& c : s) c = char((x = x * 1'664'525 + 1'013'904'223) >> 24);
                              return s;
                            }()}};
  for (const bool large : {false, true})
    for (const bool seeking : {true, false}) EXPECT_TRUE(unzip(zip_of(entries, large), seeking) == entries);
  EXPECT_EQ(zip_of({}).size(), 22u) << "an empty archive is nothing but its end";
}

TEST(Zip, IsTheSameToTheByteWhateverTheMachinesZone) {
  const Entries entries = {{"a.txt", "hello"}, {"b.txt", "world"}};
  const char* before = ::getenv("TZ");
  const std::string kept = before ? before : "";
  const auto here = zip_of(entries);
  ::setenv("TZ", "Pacific/Auckland", 1);
  ::tzset();
  EXPECT_EQ(zip_of(entries), here);
  before ? ::setenv("TZ", kept.c_str(), 1) : ::unsetenv("TZ");
  ::tzset();
  // 12:34:56 and 2026-11-22 as MS-DOS has them (APPNOTE §4.4.6).
  EXPECT_EQ(here.substr(10, 4), std::string("\x5c\x64\x76\x5d", 4));
}

TEST(Zip, AsAStreamIsMadeAsItIsTaken) {
  std::size_t made = 0, begun = 0;
  auto stream = zip_stream([&]() -> std::optional<ZipEntry> {
    if (begun == 3) return std::nullopt;
    return ZipEntry{"file-" + std::to_string(++begun), noon, [&made, n = 0](std::string& piece) mutable {
                      piece.assign(50'000, char('a' + n));
                      made += piece.size();
                      return ++n < 20;
                    }};
  });
  std::string zip, piece;
  std::size_t most_ahead = 0, calls = 0;
  for (bool more = true; more; zip += piece) {
    const auto before = made;
    piece.clear();
    more = stream(piece);
    most_ahead = std::max(most_ahead, made - before);
    ++calls;
  }
  EXPECT_EQ(most_ahead, 50'000u);
  EXPECT_EQ(calls, 61u);
  const auto entries = unzip(zip);
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[2].first, "file-3");
  EXPECT_EQ(entries[2].second.size(), 1'000'000u);
  EXPECT_TRUE(inspect_zip(zip));
}

TEST(Zip, OfMoreEntriesThanOldFormsHoldIsReadByOthers) {
  std::string out;
  ZipWriter zip([&](std::string_view bytes) { out += bytes; });
  for (int i = 0; i < 70'000; ++i) {
    zip.begin(std::to_string(i), noon);
    zip.end();
  }
  zip.finish();
  const auto entries = unzip(out);
  EXPECT_EQ(entries.size(), 70'000u);
  EXPECT_EQ(entries.back().first, "69999");
}

TEST(Zip, TakesNoNameThatLeadsElsewhere) {
  ZipWriter zip([](std::string_view) {});
  for (const auto* name : {"", "/a", "a/", "../a", "a/../b", "./a", "a//b", "a\\b", "C:a", "a\nb", "\xff"})
    EXPECT_THROW(zip.begin(name, noon), std::invalid_argument) << name;
  EXPECT_THROW(zip.write("x"), std::logic_error);
  zip.begin("a", noon);
  EXPECT_THROW(zip.begin("b", noon), std::logic_error);
  EXPECT_THROW(zip.finish(), std::logic_error);
}

TEST(Zip, WhateverIsPutInComesOut) {
  EXPECT_TRUE(rc::check([] {
    const auto contents =
        *rc::gen::container<std::vector<std::string>>(rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
    Entries entries;
    for (const auto& bytes : contents) entries.emplace_back("n" + std::to_string(entries.size()), bytes);
    if (entries.empty()) return;  // libarchive takes an archive without entries for none
    RC_ASSERT(unzip(zip_of(entries)) == entries);
    RC_ASSERT(inspect_zip(zip_of(entries)).value().entries >= entries.size());
  }));
}

// ---- Inspected ----

TEST(Inspect, CountsWhatComesOut) {
  const auto contents = inspect_zip(zip_of({{"a", std::string(1'000, 'a')}, {"b/c", "12345"}}));
  ASSERT_TRUE(contents);
  EXPECT_EQ(contents->entries, 2u);
  EXPECT_EQ(contents->expanded, 1'005u);
  const auto path = std::filesystem::temp_directory_path() / "polder-inspect.zip";
  std::ofstream(path, std::ios::binary) << zip_of({{"a", "12345"}});
  const auto in_file = inspect_zip_file(path);
  ASSERT_TRUE(in_file) << in_file.error().cause;
  EXPECT_EQ(in_file->expanded, 5u);
  std::filesystem::remove(path);
  EXPECT_EQ(fault(zip_of({{"Ünïcode/日本.txt", "x"}})), "") << "whatever the machine's language";
}

TEST(Inspect, RefusesABomb) {
  const Limits limits{.expanded = 8u << 20, .ratio = 100, .free = 1u << 20};
  EXPECT_EQ(fault(zip_of({{"zeros", std::string(9u << 20, '\0')}}), limits), "archive.too-large");
  EXPECT_EQ(fault(zip_of({{"zeros", std::string(4u << 20, '\0')}}), limits), "archive.too-large") << "1,000 to 1";
  EXPECT_EQ(fault(zip_of({{"zeros", std::string(1u << 20, '\0')}}), limits), "") << "too small to matter";
  Entries many;
  for (int i = 0; i < 20; ++i) many.emplace_back(std::to_string(i), std::string(500'000, '\0'));
  EXPECT_EQ(fault(zip_of(many), limits), "archive.too-large") << "all entries together";
  EXPECT_EQ(fault(zip_of(many), {.entries = 19}), "archive.too-many");
}

TEST(Inspect, RefusesABombWithinAnArchive) {
  const auto inner = zip_of({{"zeros", std::string(9u << 20, '\0')}});
  const Limits limits{.expanded = 8u << 20, .ratio = 1'000'000};
  EXPECT_EQ(fault(zip_of({{"inner.dat", inner}}), limits), "archive.too-large");
  std::string nested = zip_of({{"a", "hello"}});
  for (int depth = 1; depth <= 2; ++depth) {
    nested = zip_of({{"inner.zip", nested}});
    EXPECT_EQ(fault(nested), "") << depth;
  }
  EXPECT_EQ(inspect_zip(nested).value().entries, 3u);
  EXPECT_EQ(fault(zip_of({{"inner.zip", nested}})), "archive.too-deep");
  EXPECT_EQ(fault(zip_of({{"a.docx", zip_of({{"b", "x"}})}}), {.depth = 0}), "archive.too-deep");
  EXPECT_EQ(fault(zip_of({{"a.zip", foreign({{"../b", "x"}})}})), "archive.name");
}

/// A ZIP whose table names the content of its first entry `times` times.
std::string sharing(std::string zip, int times) {
  const auto table = zip.find("PK\x01\x02"), end = zip.rfind("PK\x05\x06");
  const auto entry = zip.substr(table, end - table);
  auto tail = zip.substr(end);
  zip.resize(table);
  for (int i = 0; i < times; ++i) zip += entry;
  tail[8] = tail[10] = char(times);
  const auto size = entry.size() * std::size_t(times);
  for (int i = 0; i < 4; ++i) tail[std::size_t(12 + i)] = char(size >> (8 * i) & 0xff);
  return zip + tail;
}

TEST(Inspect, RefusesContentThatManyEntriesShare) {
  const auto zip = zip_of({{"a", std::string(600'000, '\0')}});
  EXPECT_EQ(fault(sharing(zip, 1)), "");
  EXPECT_EQ(fault(sharing(zip, 10)), "archive.broken") << "a better zip bomb (Fifield 2019) at its smallest";
}

TEST(Inspect, RefusesATableThatProgramsWouldReadDifferently) {
  const auto zip = zip_of({{"a", "hello"}, {"b", "world"}});
  EXPECT_EQ(fault(zip + "x"), "archive.broken");
  EXPECT_EQ(fault("x" + zip), "archive.broken");
  EXPECT_EQ(fault(zip + zip), "archive.broken") << "two tables";
  auto fewer = zip;
  const auto end = zip.rfind("PK\x05\x06"), second = zip.rfind("PK\x01\x02");
  fewer.erase(second, end - second);
  EXPECT_EQ(fault(fewer), "archive.broken") << "an entry that some would find and others not";
}

TEST(Inspect, RefusesNamesThatLeadOutOfTheFolder) {
  for (const auto* name :
       {"../evil", "a/../../evil", "/etc/passwd", "..\\evil", "a\\..\\..\\evil", "C:\\evil", "\\evil", ".."})
    EXPECT_EQ(fault(foreign({{"fine.txt", "x"}, {name, "x"}})), "archive.name") << name;
  EXPECT_EQ(fault(foreign({{"..fine/a..b", "x"}})), "");
  EXPECT_EQ(fault(foreign({{std::string(2'000, 'a'), "x"}})), "archive.name");
}

TEST(Inspect, RefusesLinks) { EXPECT_EQ(fault(foreign({{"link", "/etc/passwd"}}, AE_IFLNK)), "archive.link"); }

TEST(Inspect, RefusesWhatNobodyCanLookInto) {
  EXPECT_EQ(fault(foreign({{"a", "secret words"}}, AE_IFREG, "zip:encryption=zipcrypt")), "archive.encrypted");
}

TEST(Inspect, RefusesWhatIsNoWholeZip) {
  const auto zip = zip_of({{"a", std::string(10'000, 'a')}, {"b", "world"}});
  EXPECT_EQ(fault(""), "archive.broken");
  EXPECT_EQ(fault("words"), "archive.broken");
  EXPECT_EQ(fault(zip.substr(20)), "archive.broken");
  auto wrong_sum = zip;
  wrong_sum[45] = char(wrong_sum[45] ^ 0x55);
  EXPECT_EQ(fault(wrong_sum), "archive.broken");
  EXPECT_THROW((void)inspect_zip_file("/nowhere/a.zip"), std::filesystem::filesystem_error);
}

}  // namespace
}  // namespace polder::archive
