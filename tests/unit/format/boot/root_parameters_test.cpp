// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/boot/root_parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "format/host/block_device.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

std::vector<std::string> requests_of(const std::string& line) {
  std::vector<std::string> requests;
  for (const ParameterNeed& need : parse_root_parameters(line).needs)
    requests.push_back(need.request);
  return requests;
}

TEST(RootParameters, NameTheRootAndItsType) {
  const RootParameters found =
      parse_root_parameters("BOOT_IMAGE=/vmlinuz root=/dev/vda1 rootfstype=ext4,xfs ro");
  EXPECT_EQ(found.root, "/dev/vda1");
  EXPECT_TRUE(found.names_root_type);
  EXPECT_THAT(found.needs, ElementsAre(ParameterNeed{"virtio_blk", "root=/dev/vda1"},
                                       ParameterNeed{"fs-ext4", "rootfstype=ext4,xfs"},
                                       ParameterNeed{"fs-xfs", "rootfstype=ext4,xfs"}));
}

TEST(RootParameters, OfAnUnknownTypeNameNone) {
  for (const std::string line : {"root=UUID=1 ro", "root=/dev/vda1 rootfstype=auto", "quiet",
                                 "root=/dev/vda1 rootfstype=", "root=nbd:server:export"})
    EXPECT_FALSE(parse_root_parameters(line).names_root_type) << line;
}

TEST(RootParameters, TellATypeByTheWayOfWriting) {
  EXPECT_THAT(requests_of("root=ZFS=rpool/ROOT/debian"), ElementsAre("zfs"));
  EXPECT_THAT(requests_of("root=/dev/nfs nfsroot=10.0.0.1:/srv"), ElementsAre("fs-nfs"));
  EXPECT_THAT(requests_of("root=ubi0:rootfs ubi.mtd=3"), ElementsAre("ubi", "fs-ubifs"));
  EXPECT_TRUE(parse_root_parameters("boot=live components").names_root_type);
}

TEST(RootParameters, NameWhatIsBelowTheRoot) {
  EXPECT_THAT(requests_of("rd.luks.uuid=luks-1"), IsSupersetOf({"dm_crypt", "crypto-aes"}));
  EXPECT_THAT(requests_of("rd.luks.uuid="), IsEmpty());
  EXPECT_THAT(requests_of("rd.lvm.lv=vg/root resume=/dev/md0"), ElementsAre("dm_mod", "md_mod"));
  EXPECT_THAT(requests_of("mount.usr=/dev/sda2 mount.usrfstype=xfs"),
              ElementsAre("sd_mod", "fs-xfs"));
  EXPECT_THAT(requests_of("systemd.mount-extra=/dev/vdb1:/data:btrfs:ro"),
              ElementsAre("virtio_blk", "fs-btrfs"));
}

TEST(RootParameters, TakeNoNameThatNoModuleHas) {
  EXPECT_THAT(requests_of("rootfstype=../x,a/b"), IsEmpty());
  EXPECT_THAT(requests_of("rootfstype=" + std::string(65, 'x')), IsEmpty());
}

TEST(BlockDevice, IsOfADriverByItsName) {
  EXPECT_THAT(modules_of_block_device("/dev/sda1"), ElementsAre("sd_mod"));
  EXPECT_THAT(modules_of_block_device("/dev/nvme0n1p2"), ElementsAre("nvme"));
  EXPECT_THAT(modules_of_block_device("/dev/md127"), ElementsAre("md_mod"));
  EXPECT_THAT(modules_of_block_device("/dev/mmcblk0p2"), ElementsAre("mmc_block"));
  EXPECT_THAT(modules_of_block_device("/dev/vg0/root"), ElementsAre("dm_mod"));
}

TEST(BlockDevice, MayTellNothing) {
  for (const std::string path : {"UUID=1", "/dev/disk/by-uuid/1", "/dev/", "/dev/root", "proc",
                                 "/dev/sd", "/dev/shm/x", "//nas/share", "/dev/vg/"})
    EXPECT_THAT(modules_of_block_device(path), IsEmpty()) << path;
}

}  // namespace
}  // namespace kmodsec::test
