// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/dyad.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(Dyad, GroupsByTheIntroducingCommit) {
  EXPECT_EQ(parse_dyad("# dyad version: 1\n"
                       "6.1.43:aa:6.1.78:b1\n"
                       "6.5:cc:6.6.17:b2\n"
                       "6.5:cc:6.8:b3\n"
                       "6.4.8:dd:0:0\n"),
            "6.1.43>6.1.78;6.5>6.6.17,6.8;6.4.8>");
}

TEST(Dyad, KnowsSinceEver) { EXPECT_EQ(parse_dyad("0:0:4.19:ab\n0:0:4.14.3:cd"), "0>4.19,4.14.3"); }

TEST(Dyad, TellsNothingTwice) {
  EXPECT_EQ(parse_dyad("4.14.63:aa:0:0\n4.14.63:bb:0:0\n5.4:cc:5.5:dd\n5.4:cc:5.5:ee\n"),
            "4.14.63>;5.4>5.5");
}

TEST(Dyad, KeepsFixesBehindABranchWithoutOne) {
  EXPECT_EQ(parse_dyad("5.4:aa:0:0\n5.4:aa:5.10:bb\n"), "5.4>5.10");
}

TEST(Dyad, RefusesWhatIsNone) {
  for (const char* text :
       {"", "# only a remark\n", "6.1:aa:6.2\n", "6.1:aa:6.2:bb:\n", "6:aa:6.2:bb\n",
        "6.1:AA:6.2:bb\n", "6.1:aa:6.2>:bb\n", "6.1:aa:6.2:bb\nx\n"})
    EXPECT_FALSE(parse_dyad(text)) << text;
}

}  // namespace
}  // namespace kmodsec
