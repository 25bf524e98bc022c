// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/modules/device_alias.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(DeviceAlias, HasAKindAndNumbers) {
  const auto fuse = parse_device_alias("char-major-10-229");
  ASSERT_TRUE(fuse);
  EXPECT_EQ(fuse->kind, 'c');
  EXPECT_EQ(fuse->major, "10");
  EXPECT_EQ(fuse->minor, "229");
  EXPECT_EQ(parse_device_alias("block-major-7-*")->minor, "*");
}

TEST(DeviceAlias, CanEndBeforeItsMinor) {
  EXPECT_EQ(parse_device_alias("block-major-7")->major, "7");
  EXPECT_EQ(parse_device_alias("block-major-7")->minor, "");
  EXPECT_EQ(parse_device_alias("block-major-7-")->minor, "");
}

TEST(DeviceAlias, IsNoOtherAlias) {
  EXPECT_FALSE(parse_device_alias("devname:fuse"));
  EXPECT_FALSE(parse_device_alias(""));
}

}  // namespace
}  // namespace kmodsec
