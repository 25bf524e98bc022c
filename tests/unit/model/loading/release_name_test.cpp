// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/loading/release_name.hpp"

#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

const Releases releases = {"6.1.0-9", "6.1.0-9-test", "6.6.8"};

TEST(ReleaseName, IsWhatANameEndsWith) {
  for (const std::string_view name :
       {"initrd.img-6.1.0-9-test", "initramfs-6.1.0-9-test.img", "6.1.0-9-test.efi",
        "initramfs-genkernel-x86_64-6.1.0-9-test", "initrd-6.1.0-9-test.gz"})
    EXPECT_EQ(release_borne_by(name, releases), "6.1.0-9-test") << name;
  EXPECT_EQ(release_borne_by("0a1b-linux-6.6.8-bzImage.efi", releases), "6.6.8");
  for (const std::string_view name : {"initrd.img-6.1.0-9-test-old", "initrd-16.1.0-9", "6.6.80",
                                      "initrd.img-6.1.0-9-test.bak", ""})
    EXPECT_EQ(release_borne_by(name, releases), std::nullopt) << name;
}

TEST(ReleaseName, HasThreeNumbers) {
  for (const std::string_view name : {"vmlinuz-6.1.0", "x5.14.0-503.el9", "a-10.20.30+b"})
    EXPECT_TRUE(bears_some_release(name)) << name;
  for (const std::string_view name :
       {"vmlinuz-lts", "vmlinuz-6.1-x86_64", "0123.a.4.5", "6..1.2", ""})
    EXPECT_FALSE(bears_some_release(name)) << name;
}

TEST(ReleaseName, TriesAreNoPartOfIt) {
  EXPECT_EQ(without_tries("a-6.6.8+3-1.efi"), "a-6.6.8.efi");
  EXPECT_EQ(without_tries("a+3"), "a+3");
  EXPECT_EQ(without_tries("a+x.efi"), "a+x.efi");
}

TEST(InitramfsName, IsTold) {
  for (const std::string_view name : {"initrd", "initramfs-lts", "uInitrd", "booster-linux.img",
                                      "initramfs_2712", "abc-initrd.efi", "ramdisk.img"})
    EXPECT_TRUE(is_initramfs_name(name)) << name;
  for (const std::string_view name :
       {"vmlinuz", "intel-ucode.img", "initramfs-6.1.0kdump.img", "initrd.img-6.1.0.old-dkms",
        "initramfs-0-rescue-0a.img", "initrd.conf"})
    EXPECT_FALSE(is_initramfs_name(name)) << name;
}

}  // namespace
}  // namespace kmodsec::test
