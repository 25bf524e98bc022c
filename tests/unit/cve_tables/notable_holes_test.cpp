// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/notable_holes.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(NotableHoles, TellsWhatARowTells) {
  const auto holes = parse_notable_holes(
      "# remark\n"
      "CVE-2026-46300\tesp4,esp6\tuserns\t-\t3.9>5.10.257\tkernel-cna\thttps://a.example "
      "x/y\tnote\n"
      "CVE-2013-2596\t@fb\tgroup\t2022-09-15\t-\tnone\tCISA-KEV\n");
  ASSERT_TRUE(holes) << holes.error().reason;
  ASSERT_EQ(holes->size(), 2U);
  EXPECT_EQ(holes->at(0).id, "2026-46300");
  EXPECT_EQ(holes->at(0).modules, "esp4,esp6");
  EXPECT_EQ(holes->at(0).versions, "3.9>5.10.257");
  EXPECT_EQ(holes->at(0).links, "https://a.example");
  EXPECT_FALSE(holes->at(0).in_the_wild);
  EXPECT_TRUE(holes->at(1).in_the_wild);
  EXPECT_EQ(holes->at(1).versions + holes->at(1).links, "");
}

TEST(NotableHoles, TellsWhatUbuntuAloneHas) {
  const auto holes =
      parse_notable_holes("CVE-2023-2640\toverlay\tuserns\t-\t-\tUbuntu kernels only\t-\tnote\n");
  ASSERT_TRUE(holes);
  EXPECT_TRUE(holes->front().ubuntu_alone);
}

TEST(NotableHoles, NamesTheLineThatIsWrong) {
  const auto holes = parse_notable_holes("# remark\nCVE-2026-1000\tx\n");
  ASSERT_FALSE(holes);
  EXPECT_EQ(holes.error().reason, "line 2: no CVE with its modules, trigger and sources");
  EXPECT_FALSE(parse_notable_holes("CVE-2026-1000\tx\tmoon\t-\t-\tnone\t-\n"));
  EXPECT_FALSE(parse_notable_holes("CVE-2026-1000\tx\tuser\t-\t6.1\tnone\t-\n"));
  EXPECT_FALSE(parse_notable_holes("CVE-2026-1000\tx\tuser\t-\t-\tnone\thttps://\x1b\n"));
}

}  // namespace
}  // namespace kmodsec
