// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/absence.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

bool is_known(const Root& root, const std::string& path) {
  return !doubt_about_absence(root, path);
}

MemoryRoot whole_host() {
  MemoryRoot root;
  add_whole_installation(root);
  add_whole_kernel_state(root);
  return root;
}

const std::vector<std::string> absent_places = {"/proc/modules",
                                                "/proc/sys/kernel/modprobe",
                                                "/proc/sys/user/max_user_namespaces",
                                                "/sys/firmware/efi",
                                                "/sys/module/module/parameters/sig_enforce",
                                                "/sys/firmware/efi/mok-variables/MokListXRT",
                                                "/etc/modprobe.d",
                                                "/run/modprobe.d",
                                                "/usr/local/lib/modprobe.d",
                                                "/usr/lib/modprobe.d",
                                                "/lib/modules",
                                                "/usr/sbin/auditd",
                                                "/root/.profile",
                                                "/var/lib/dkms/mok.key"};

TEST(Absence, IsAFactOfTheRunningSystemAndOfAWholeTree) {
  const MemoryRoot tree = whole_host();
  for (const std::string& path : absent_places) {
    EXPECT_TRUE(is_known(tree, path)) << path;
    const bool is_variable = path.starts_with("/sys/firmware/efi/");
    EXPECT_NE(is_known(MemoryRoot(true), path), is_variable) << path;
  }
}

TEST(Absence, IsNoFactOfAnEmptyTree) {
  MemoryRoot tree;
  tree.add_file("/proc/sys/kernel/osrelease", "6.1\n");
  for (const std::string& path : absent_places) {
    const auto doubt = doubt_about_absence(tree, path);
    ASSERT_TRUE(doubt) << path;
    EXPECT_EQ(doubt->subject, path);
    EXPECT_EQ(doubt->kind, ErrorKind::not_found);
  }
}

/// sos copies this much of the kernel's files.
TEST(Absence, IsNoFactWhereASelectionWasCaptured) {
  MemoryRoot tree;
  add_whole_installation(tree);
  for (const std::string name :
       {"cmdline", "cpuinfo", "devices", "filesystems", "meminfo", "modules"})
    tree.add_file("/proc/" + name, "");
  for (const std::string name : {"osrelease", "tainted", "hostname"})
    tree.add_file("/proc/sys/kernel/" + name, "");
  for (const std::string name : {"firmware/acpi/tables/DSDT", "module/kernel/parameters/panic",
                                 "class/net/lo", "bus/pci/devices", "kernel/mm/x"})
    tree.add_file("/sys/" + name, "");
  EXPECT_FALSE(is_known(tree, "/proc/keys"));
  EXPECT_FALSE(is_known(tree, "/proc/sys/kernel/modprobe"));
  EXPECT_FALSE(is_known(tree, "/sys/firmware/efi"));
  EXPECT_FALSE(is_known(tree, "/run/modprobe.d"));
  EXPECT_TRUE(is_known(tree, "/etc/modprobe.d"));
}

TEST(Absence, OfConfigurationAloneSaysNothingOfTheRest) {
  MemoryRoot tree;
  tree.add_file("/etc/passwd", "");
  tree.add_file("/etc/group", "");
  EXPECT_TRUE(is_known(tree, "/etc/modprobe.d"));
  EXPECT_FALSE(is_known(tree, "/usr/lib/modprobe.d"));
  EXPECT_FALSE(is_known(tree, "/lib/modules"));
  EXPECT_FALSE(is_known(tree, "/usr/sbin/auditd"));
  EXPECT_FALSE(is_known(tree, "/opt/driver/x.ko"));
}

/// What /run holds does not outlive the kernel.
TEST(Absence, OfWhatIsVolatileIsAFactWhereNoKernelRan) {
  MemoryRoot disk;
  add_whole_installation(disk);
  disk.add_folder("/proc");
  disk.add_folder("/sys");
  EXPECT_FALSE(has_kernel_state(disk));
  EXPECT_TRUE(is_known(disk, "/run/modprobe.d"));
  disk.add_file("/proc/modules", "");
  EXPECT_TRUE(has_kernel_state(disk));
  EXPECT_FALSE(is_known(disk, "/run/modprobe.d"));
}

TEST(Absence, OfAVariableIsNoFactWhereTheyAreNotMounted) {
  MemoryRoot host(true);
  host.add_folder("/sys/firmware/efi/efivars");
  EXPECT_FALSE(is_known(host, "/sys/firmware/efi/efivars/dbx-x"));
  host.add_file("/sys/firmware/efi/efivars/Timeout-x", "");
  EXPECT_TRUE(is_known(host, "/sys/firmware/efi/efivars/dbx-x"));
}

TEST(Absence, OfAFolderOfItsOwnIsAFactWhereTheTopmostIsThere) {
  MemoryRoot tree;
  tree.add_folder("/opt/other");
  EXPECT_TRUE(is_known(tree, "/opt/driver/x.ko"));
  EXPECT_FALSE(is_known(tree, "/srv/driver/x.ko"));
}

}  // namespace
}  // namespace kmodsec::test
