// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/os_release.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(OsRelease, TellsTheDistribution) {
  const Distribution rocky = parse_os_release(
      "NAME=\"Rocky Linux\"\nID=\"rocky\"\nID_LIKE='rhel centos fedora'\nPRETTY_NAME=\"Rocky Linux "
      "9\"\n");
  EXPECT_EQ(rocky.id, "rocky");
  EXPECT_EQ(rocky.id_like, (std::vector<std::string>{"rhel", "centos", "fedora"}));
  EXPECT_EQ(rocky.name, "Rocky Linux 9");
}

TEST(OsRelease, PassesOverWhatIsNoLineOfIt) {
  const Distribution none = parse_os_release("# ID=x\nID\n=\n\xff\n");
  EXPECT_EQ(none.id, "");
}

}  // namespace
}  // namespace kmodsec
