// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/modinfo.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using namespace std::string_view_literals;

TEST(Modinfo, KeepsOrderAndRepetition) {
  const auto info =
      parse_modinfo("license=GPL\0\0alias=fs-a\0alias=fs-b\0parm=n:how many=1\0junk\0"sv);
  EXPECT_EQ(info.size(), 4U);
  EXPECT_EQ(info_value(info, "license"), "GPL");
  EXPECT_EQ(info_values(info, "alias"), (std::vector<std::string>{"fs-a", "fs-b"}));
  EXPECT_EQ(info_value(info, "parm"), "n:how many=1");
  EXPECT_EQ(info_value(info, "author"), "");
}

TEST(Modinfo, HostileBytesBecomeText) {
  EXPECT_EQ(info_value(parse_modinfo("author=\xff\xfe"sv), "author"), "\\xff\\xfe");
}

}  // namespace
}  // namespace kmodsec
