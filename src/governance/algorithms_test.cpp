#include "governance/algorithms.h"

#include <gtest/gtest.h>

namespace polder::governance {
namespace {

Algorithm lot(std::string version) {
  return {.name = "lot", .version = std::move(version), .process = "panels", .words = "panels.lot", .code = "src/lot"};
}

TEST(AlgorithmRegister, NothingRunsThatDoesNotStandInIt) {
  Algorithms all;
  EXPECT_THROW(all.running("lot", "1"), std::logic_error);
  all.add(lot("1"));
  EXPECT_EQ(all.running("lot", "1").code, "src/lot");
  EXPECT_THROW(all.running("lot", "2"), std::logic_error) << "another version is another algorithm";
}

TEST(AlgorithmRegister, EachNameHasOneEntry) {
  Algorithms all;
  all.add(lot("1"));
  EXPECT_THROW(all.add(lot("2")), std::logic_error);
  EXPECT_EQ(all.all().size(), 1);
}

}  // namespace
}  // namespace polder::governance
