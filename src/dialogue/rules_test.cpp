#include "dialogue/rules.h"

#include <gtest/gtest.h>

namespace polder::dialogue {
namespace {

constexpr std::string_view insult = "The mayor is a thief, and his daughter Éva lives at Dorpsstraat 12.";

TEST(Statement, MayNotSayAgainWhatIsHidden) {
  EXPECT_TRUE(repeats("You wrote: the mayor is a thief and his daughter…", insult));
  EXPECT_TRUE(repeats("THE MAYOR IS A THIEF, and HIS…", insult)) << "in another case";
  EXPECT_TRUE(repeats("his daughter Eva - lives at Dorpsstraat 12", insult)) << "with other marks, without accents";
  EXPECT_TRUE(repeats(insult, insult));
}

TEST(Statement, MaySayWhatIsWrongInOtherWords) {
  EXPECT_FALSE(repeats("You call somebody a thief and tell where his family lives.", insult));
  EXPECT_FALSE(repeats("The mayor is a person like others.", insult)) << "four words in a row are nobody's";
  EXPECT_FALSE(repeats("", insult));
  EXPECT_FALSE(repeats("No reason.", ""));
}

TEST(Statement, MayNotSayAgainAWholeShortContribution) {
  EXPECT_TRUE(repeats("It says “Call 0612345678 now” and no more.", "Call 0612345678 now!"));
  EXPECT_FALSE(repeats("That you call somebody an idiot.", "You idiot"))
      << "two words are too few to speak about without them";
}

TEST(OwnCase, IsDecidedBySomebodyElse) {
  EXPECT_FALSE(check_not_own(Id{7}, Id{7}));
  EXPECT_TRUE(check_not_own(Id{7}, Id{8}));
  EXPECT_TRUE(check_not_own(Id{}, Id{})) << "an erased author is not the program's console";
}

}  // namespace
}  // namespace polder::dialogue
