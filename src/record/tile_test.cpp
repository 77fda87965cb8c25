#include "record/tile.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace polder::record {
namespace {

using enum Tile::Kind;

TEST(TilePath, IsTheOneOfTheSpecification) {
  EXPECT_EQ(path({hashes, 0, 5, 256}), "tile/0/005");
  EXPECT_EQ(path({hashes, 0, 1'234'067, 256}), "tile/0/x001/x234/067");
  EXPECT_EQ(path({hashes, 2, 0, 1}), "tile/2/000.p/1");
  EXPECT_EQ(path({entries, 0, 1000, 255}), "tile/entries/x001/000.p/255");
  EXPECT_EQ(path({hashes, 63, UINT64_MAX, 256}), "tile/63/x018/x446/x744/x073/x709/x551/615");
}

RC_GTEST_PROP(TilePath, ReadsBackAsTheSameTile, (std::uint64_t index, bool of_entries)) {
  const Tile tile{of_entries ? entries : hashes, of_entries ? 0 : *rc::gen::inRange(0U, 64U),
                  index >> *rc::gen::inRange(0, 64), *rc::gen::inRange(1U, 257U)};
  RC_ASSERT(parse_tile_path(path(tile)).value() == tile);
}

TEST(TilePath, HasOneSpelling) {
  for (const char* bad : {"",
                          "tile",
                          "tile/",
                          "tile/0",
                          "tile/0/",
                          "tile/0/5",
                          "tile/0/05",
                          "tile/0/0005",
                          "tile/00/005",
                          "tile/64/005",
                          "tile/-1/005",
                          "tile/0/x000/005",
                          "tile/0/001/005",
                          "tile/0/x001",
                          "tile/0/x1/005",
                          "tile/0/x001/x234/067/",
                          "tile/0/005.p/0",
                          "tile/0/005.p/256",
                          "tile/0/005.p/01",
                          "tile/0/005.p/",
                          "tile/0/005.p",
                          "tile/0/005.p/1/",
                          "tile/0/005.p/1.p/1",
                          "tile/entries",
                          "tile/entries/",
                          "tile/entries/5",
                          "tile/data/005",
                          "tiles/0/005",
                          "/tile/0/005",
                          "tile/0/../005",
                          "tile/0/x018/x446/x744/x073/x709/x551/616",
                          "tile/0/\xd9\xa0\xd9\xa0\xd9\xa5"})
    EXPECT_FALSE(parse_tile_path(bad).has_value()) << bad;
}

TEST(Tiles, OfALogOf256AreOneFullAndOneAboveIt) {
  EXPECT_EQ(hashes_at(0, 256) / 256, 1U);
  EXPECT_EQ(partial_width(0, 256), 0U);
  EXPECT_EQ(partial_width(1, 256), 1U);
  EXPECT_TRUE(exists({hashes, 0, 0, 256}, 256));
  EXPECT_FALSE(exists({hashes, 0, 1, 1}, 256));
  EXPECT_TRUE(exists({hashes, 1, 0, 1}, 256));
  EXPECT_FALSE(exists({hashes, 1, 0, 2}, 256));
  EXPECT_FALSE(exists({hashes, 1, 0, 1}, 255));
}

TEST(Tiles, OfALogOf70000AreThoseOfTheSpecification) {
  EXPECT_EQ(hashes_at(0, 70'000) / 256, 273U);
  EXPECT_EQ(partial_width(0, 70'000), 112U);
  EXPECT_EQ(hashes_at(1, 70'000) / 256, 1U);
  EXPECT_EQ(partial_width(1, 70'000), 17U);
  EXPECT_EQ(hashes_at(2, 70'000) / 256, 0U);
  EXPECT_EQ(partial_width(2, 70'000), 1U);
  EXPECT_EQ(partial_width(3, 70'000), 0U);
  EXPECT_EQ(partial_width(63, UINT64_MAX), 0U);
}

TEST(Tiles, OfWidthZeroOrPastTheEndDoNotExist) {
  EXPECT_FALSE(exists({hashes, 0, 0, 0}, 70'000));
  EXPECT_FALSE(exists({entries, 0, 273, 113}, 70'000));
  EXPECT_TRUE(exists({entries, 0, 273, 112}, 70'000));
  EXPECT_FALSE(exists({hashes, 0, UINT64_MAX, 256}, UINT64_MAX));
  EXPECT_FALSE(exists({hashes, 63, 0, 1}, UINT64_MAX));
}

TEST(HashTile, HoldsExactlyItsWidth) {
  const std::vector<Hash> three{leaf_hash("a"), leaf_hash("b"), leaf_hash("c")};
  const auto bytes = encode_hashes(three);
  EXPECT_EQ(decode_hashes(bytes, 3), three);
  EXPECT_FALSE(decode_hashes(bytes, 2).has_value());
  EXPECT_FALSE(decode_hashes(bytes, 4).has_value());
  EXPECT_FALSE(decode_hashes(bytes.substr(1), 3).has_value());
}

TEST(Bundle, HoldsExactlyItsEntries) {
  const std::vector<std::string> given{"one", "", std::string(max_entry, 'x')};
  const auto bytes = encode_bundle(given);
  ASSERT_EQ(bytes.substr(0, 7), std::string("\0\3one\0\0", 7));
  const auto read = decode_bundle(bytes, 3);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(std::vector<std::string>(read->begin(), read->end()), given);
  EXPECT_FALSE(decode_bundle(bytes, 2).has_value());
  EXPECT_FALSE(decode_bundle(bytes, 4).has_value());
  EXPECT_FALSE(decode_bundle(bytes + '\0', 3).has_value());
  for (const std::size_t n : {0U, 1U, 2U, 4U, 6U, 8U, 20'000U})
    EXPECT_FALSE(decode_bundle(bytes.substr(0, n), 3).has_value()) << n;
  EXPECT_THROW(encode_bundle(std::vector{std::string(max_entry + 1, 'x')}), std::invalid_argument);
}

}  // namespace
}  // namespace polder::record
