#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "kernel/storage/database.h"
using namespace polder; using namespace polder::storage;
TEST(X, Y) {
  auto dir = std::filesystem::temp_directory_path() / "xx"; std::filesystem::remove_all(dir); std::filesystem::create_directory(dir);
  auto db = Database::open({.url = dir.string() + "/a.db"});
  ASSERT_TRUE(db) << db.error().cause;
  Migration m[] = {{"t", 1, "x", "CREATE TABLE t (id BIGINT PRIMARY KEY, b BYTEA, s TEXT);"}};
  auto d = (*db)->migrate(m); ASSERT_TRUE(d) << d.error().cause;
  d = (*db)->migrate(m); ASSERT_TRUE(d) << d.error().cause;
  auto w = (*db)->write([](WriteTx& tx) -> Result<int> { return int(tx.exec({"t.i", "INSERT INTO t VALUES ($1,$2,$3)"}, 7, Blob{std::string("a\0b",3)}, "x")); });
  EXPECT_EQ(*w, 1);
  EXPECT_EQ((*db)->read([](ReadTx& tx) { return tx.value<std::string>({"t.s", "SELECT s FROM t WHERE id = $1"}, 7); }), "x");
  (*db)->scrub({});
  EXPECT_FALSE(Database::open({.url = dir.string() + "/a.db"}));
}
