// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/budget.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

std::uint64_t worked = 0;
std::uint64_t clock_of_test() { return worked; }

Limits limits_by(std::string_view text) {
  Limits limits;
  EXPECT_TRUE(set_limit(text, limits)) << text;
  return limits;
}

TEST(Budget, IsSpentByWhatIsTaken) {
  Budget budget({.bytes = 10, .entries = 10, .seconds = 10}, nullptr);
  budget.take_bytes(10);
  EXPECT_TRUE(budget.check("/a"));
  budget.take_bytes(1);
  const auto left = budget.check("/a");
  ASSERT_FALSE(left);
  EXPECT_EQ(left.error().kind, ErrorKind::too_large);
  EXPECT_EQ(left.error().subject, "/a");
  EXPECT_NE(left.error().reason.find("10 bytes (--limit bytes=N)"), std::string::npos);
}

TEST(Budget, StaysSpent) {
  Budget budget({.bytes = 10, .entries = 1, .seconds = 10}, nullptr);
  budget.take_words("a b\nc");
  EXPECT_FALSE(budget.check(""));
  EXPECT_FALSE(budget.check(""));
  EXPECT_TRUE(budget.why_spent());
}

TEST(Budget, CountsWork) {
  Budget budget({.seconds = 10}, clock_of_test);
  worked = 10;
  EXPECT_TRUE(budget.check(""));
  worked = 11;
  EXPECT_FALSE(budget.check(""));
}

TEST(Budget, HasNoEndByItself) {
  Budget budget;
  budget.take_bytes(Limits::none / 2);
  budget.take_entries(Limits::none / 2);
  EXPECT_TRUE(budget.check(""));
}

TEST(Limits, AreNumbersWithUnits) {
  EXPECT_EQ(limits_by("bytes=5").bytes, 5U);
  EXPECT_EQ(limits_by("bytes=2G").bytes, 2ULL << 30U);
  EXPECT_EQ(limits_by("entries=3K").entries, 3072U);
  EXPECT_EQ(limits_by("seconds=none").seconds, Limits::none);
  EXPECT_EQ(limits_by("none").entries, Limits::none);
  EXPECT_EQ(limits_by("bytes=5").entries, Limits{}.entries);
}

TEST(Limits, RefuseWhatIsNone) {
  for (const char* text : {"", "5", "bytes", "bytes=", "bytes=-1", "bytes=1Q", "files=1", "none=5",
                           "bytes=99999999999999999999", "bytes=99999999999T"}) {
    Limits limits;
    EXPECT_FALSE(set_limit(text, limits)) << text;
  }
}

}  // namespace
}  // namespace kmodsec
