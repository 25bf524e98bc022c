// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/mount_table.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

constexpr std::string_view host =
    "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
    "40 27 0:33 / /mnt/a\\040b rw - tmpfs tmpfs rw,size=4k\n";

TEST(MountTable, ReadsDevicePlaceAndType) {
  const std::vector<Mount> mounts = parse_mountinfo(host);
  ASSERT_EQ(mounts.size(), 2U);
  EXPECT_EQ(mounts[0].device, "254:0");
  EXPECT_EQ(mounts[0].root, "/");
  EXPECT_EQ(mounts[0].type, "ext4");
  EXPECT_EQ(mounts[0].source, "/dev/vda");
  EXPECT_EQ(mounts[1].mount_point, "/mnt/a b");
}

TEST(MountTable, LeavesOutWhatHasAnotherForm) {
  EXPECT_TRUE(parse_mountinfo("27 1 254:0 / / rw ext4 /dev/vda rw\n- - -\n\n").empty());
}

TEST(MountTable, APathIsBelowItsFoldersOnly) {
  EXPECT_TRUE(is_below("/lib/modules", "/"));
  EXPECT_TRUE(is_below("/lib/modules", "/lib/modules"));
  EXPECT_TRUE(is_below("/lib/modules/6.1", "/lib/modules"));
  EXPECT_FALSE(is_below("/lib/modules-old", "/lib/modules"));
}

TEST(MountTable, TheNearestMountOnTopAnswers) {
  const std::vector<Mount> mounts = parse_mountinfo(
      "27 1 254:0 / / rw - ext4 /dev/vda rw\n"
      "41 27 0:30 / /lib/modules rw - tmpfs tmpfs rw\n"
      "42 41 254:0 /srv/modules /lib/modules rw - ext4 /dev/vda rw\n");
  EXPECT_EQ(origin_of("/lib/modules/6.1", mounts), (Origin{"254:0", "/srv/modules/6.1"}));
  EXPECT_EQ(origin_of("/lib", mounts), (Origin{"254:0", "/lib"}));
  EXPECT_EQ(origin_of("/", mounts), (Origin{"254:0", "/"}));
}

TEST(MountTable, ABindMountOfTheSameFolderHasTheSameOrigin) {
  const std::vector<Mount> service = parse_mountinfo(
      "90 80 254:0 / / rw - ext4 /dev/vda rw\n"
      "91 90 254:0 /etc /etc ro - ext4 /dev/vda rw\n");
  EXPECT_EQ(origin_of("/etc/modprobe.d", service),
            origin_of("/etc/modprobe.d", parse_mountinfo(host)));
}

}  // namespace
}  // namespace kmodsec
