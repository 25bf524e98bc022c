// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/dpkg_log.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(DpkgLog, TellsWhatCameChangedAndWent) {
  const auto lines = parse_dpkg_log(
      "2026-11-25 14:02:11 startup archives unpack\n"
      "2026-11-25 14:02:12 upgrade linux-image-a:amd64 6.1.190-1 6.1.192-1\n"
      "2026-11-25 14:02:13 install b:all <none> 1\n"
      "2026-11-25 14:02:14 remove c:amd64 2 <none>\n"
      "2026-11-25 14:02:15 status installed b:all 1\n");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].time, "2026-11-25 14:02:12");
  EXPECT_EQ(lines[0].package, "linux-image-a");
  EXPECT_EQ(lines[0].from, "6.1.190-1");
  EXPECT_EQ(lines[0].to, "6.1.192-1");
  EXPECT_EQ(lines[1].from, "");
  EXPECT_EQ(lines[2].to, "");
}

TEST(DpkgLog, PassesOverWhatIsNone) {
  EXPECT_TRUE(
      parse_dpkg_log("20261125 14:02 upgrade a b c\nx\n2026-11-25 14:02:12 upgrade a\n").empty());
}

}  // namespace
}  // namespace kmodsec
