// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/group_names.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using Names = std::map<std::uint32_t, std::string>;

TEST(GroupNames, TakesTheFirstNameOfANumber) {
  EXPECT_EQ(parse_group_names("root:x:0:\ndisk::6:\nkvm:x:104:tester\nwheel:x:0:\nlast:x:7"),
            (Names{{0, "root"}, {6, "disk"}, {7, "last"}, {104, "kvm"}}));
}

TEST(GroupNames, LeavesOutWhatIsNone) {
  EXPECT_EQ(parse_group_names("broken\n:\n::\na:b\na:b:\na:b:4294967296:\na:b:-1:\n+::\n"),
            Names{});
}

}  // namespace
}  // namespace kmodsec
