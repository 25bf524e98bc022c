// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/notable_cves.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(NotableCves, TellsWhatARowTells) {
  const auto cves = parse_notable_cves(
      "# remark\n"
      "CVE-2026-46300\tesp4,esp6\tuserns\t-\t3.9>5.10.257\tkernel-cna\thttps://a.example "
      "x/y\tnote\n"
      "CVE-2013-2596\t@fb\tgroup\t2022-09-15\t-\tnone\tCISA-KEV\n");
  ASSERT_TRUE(cves) << cves.error().reason;
  ASSERT_EQ(cves->size(), 2U);
  EXPECT_EQ(cves->at(0).id, "2026-46300");
  EXPECT_EQ(cves->at(0).modules, "esp4,esp6");
  EXPECT_EQ(cves->at(0).versions, "3.9>5.10.257");
  EXPECT_EQ(cves->at(0).links, "https://a.example");
  EXPECT_FALSE(cves->at(0).in_the_wild);
  EXPECT_TRUE(cves->at(1).in_the_wild);
  EXPECT_EQ(cves->at(1).versions + cves->at(1).links, "");
}

TEST(NotableCves, TellsWhatUbuntuAloneHas) {
  const auto cves =
      parse_notable_cves("CVE-2023-2640\toverlay\tuserns\t-\t-\tUbuntu kernels only\t-\tnote\n");
  ASSERT_TRUE(cves);
  EXPECT_TRUE(cves->front().ubuntu_alone);
}

TEST(NotableCves, NamesTheLineThatIsWrong) {
  const auto cves = parse_notable_cves("# remark\nCVE-2026-1000\tx\n");
  ASSERT_FALSE(cves);
  EXPECT_EQ(cves.error().reason, "line 2: no CVE with its modules, trigger and sources");
  EXPECT_FALSE(parse_notable_cves("CVE-2026-1000\tx\tmoon\t-\t-\tnone\t-\n"));
  EXPECT_FALSE(parse_notable_cves("CVE-2026-1000\tx\tuser\t-\t6.1\tnone\t-\n"));
  EXPECT_FALSE(parse_notable_cves("CVE-2026-1000\tx\tuser\t-\t-\tnone\thttps://\x1b\n"));
}

}  // namespace
}  // namespace kmodsec
