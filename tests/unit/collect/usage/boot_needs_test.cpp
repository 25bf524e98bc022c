// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/boot_needs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/faulty_root.hpp"
#include "support/memory_root.hpp"
#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;

MemoryRoot machine(const std::string& fstab = {}) {
  MemoryRoot root;
  add_whole_installation(root);
  root.add_file("/etc/fstab", fstab);
  return root;
}

/// The kernels of the machine are booted with these lines.
Facts needs_of(const Root& root, const std::vector<std::string>& lines = {}, bool live = false) {
  Facts facts;
  facts.live = live;
  facts.trees.emplace_back().boot = KernelBoot{};
  for (const std::string& line : lines)
    facts.trees.front().boot->command_lines.push_back({line, "/boot/grub/grub.cfg", 7});
  collect_boot_needs(root, facts);
  return facts;
}

std::vector<std::string> requests_of(const Facts& facts) {
  if (!facts.needs) return {"unseen: " + to_string(facts.needs.error())};
  std::vector<std::string> requests;
  for (const BootNeed& need : *facts.needs) requests.push_back(need.request);
  return requests;
}

std::vector<std::string> requests_of_fstab(const std::string& text) {
  return requests_of(needs_of(machine(text)));
}

std::string why(const Facts& facts, std::string_view request) {
  for (const BootNeed& need : *facts.needs) {
    if (need.request == request) return need.why;
  }
  return "no need";
}

TEST(BootNeeds, AreTheFileSystemsOfFstab) {
  EXPECT_THAT(requests_of_fstab("UUID=1 / ext4 defaults 0 1\n"), ElementsAre("fs-ext4"));
}

TEST(BootNeeds, AreTheDisksOfFstab) {
  EXPECT_THAT(requests_of_fstab("/dev/vda1 / ext4 defaults 0 1\n"),
              ElementsAre("virtio_blk", "fs-ext4"));
}

TEST(BootNeeds, AreTheCharsetsOfAFileSystem) {
  EXPECT_THAT(requests_of_fstab("UUID=1-2 /boot/efi vfat umask=0077 0 1\n"),
              ElementsAre("fs-vfat", "nls_utf8", "nls_ascii", "nls_iso8859-1", "nls_cp437"));
  EXPECT_THAT(requests_of_fstab("//nas/share /srv cifs\n"),
              AllOf(Contains("nls_utf8"), Not(Contains("nls_cp437"))));
}

TEST(BootNeeds, AreTheCharsetsThatAMountNames) {
  EXPECT_THAT(requests_of_fstab("/dev/sdb1 /mnt vfat codepage=850,iocharset=iso8859-15 0 0\n"),
              AllOf(Contains("nls_cp850"), Contains("nls_iso8859-15")));
  EXPECT_THAT(requests_of_fstab("/dev/sdb1 /mnt hfs codepage=cp932 0 0\n"), Contains("nls_cp932"));
  EXPECT_THAT(requests_of_fstab("/dev/sdb1 /mnt ntfs3 nls=../x,iocharset= 0 0\n"),
              Not(Contains("nls_../x")));
}

TEST(BootNeeds, AreWhatTheCommandLineNames) {
  const Facts facts = needs_of(machine(), {"root=/dev/mapper/vg-root rootfstype=xfs quiet"});
  EXPECT_THAT(requests_of(facts), ElementsAre("dm_mod", "fs-xfs"));
  EXPECT_EQ(why(facts, "fs-xfs"), "/boot/grub/grub.cfg:7 has rootfstype=xfs");
  EXPECT_THAT(facts.untyped_mounts, IsEmpty());
}

TEST(BootNeeds, LackTheTypeOfARootThatNothingNames) {
  const Facts facts = needs_of(machine(), {"root=/dev/vda1 ro quiet"});
  EXPECT_THAT(requests_of(facts), ElementsAre("virtio_blk"));
  ASSERT_THAT(facts.untyped_mounts, SizeIs(1));
  EXPECT_EQ(facts.untyped_mounts[0].what, "/");
  EXPECT_THAT(facts.untyped_mounts[0].why, HasSubstr("/boot/grub/grub.cfg:7 has root=/dev/vda1"));
}

TEST(BootNeeds, HaveTheTypeOfTheRootFromWhereverItIs) {
  const std::string line = "root=UUID=1 ro";
  EXPECT_THAT(needs_of(machine("UUID=1 / auto\n"), {line}).untyped_mounts, SizeIs(1));
  EXPECT_THAT(needs_of(machine("UUID=1 / ext4\n"), {line}).untyped_mounts, IsEmpty());
  EXPECT_THAT(needs_of(machine(), {line, line + " rootfstype=ext4"}).untyped_mounts, IsEmpty());
  EXPECT_THAT(needs_of(machine(), {"root=ZFS=pool/root"}).untyped_mounts, IsEmpty());
  EXPECT_THAT(needs_of(machine(), {"quiet"}).untyped_mounts, SizeIs(1)) << "it is found at boot";
}

/// No kernel of the machine has a boot entry.
Facts needs_without_entries(const Root& root, const std::vector<IndexEntry>& index) {
  Facts facts;
  ModuleTree& tree = facts.trees.emplace_back();
  tree.release = "6.1.0-9-test";
  tree.boot = KernelBoot{};
  tree.index = index;
  tree.binary_index = failure(ErrorKind::not_found, "modules.dep.bin", "not found");
  collect_boot_needs(root, facts);
  return facts;
}

TEST(BootNeeds, LackTheTypeOfARootThatNothingTellsOf) {
  const std::vector<IndexEntry> index = {{"xfs", "kernel/fs/xfs/xfs.ko", {}}};
  MemoryRoot without_fstab;
  add_whole_installation(without_fstab);
  for (const MemoryRoot& root :
       {without_fstab, machine(), machine("UUID=1 / auto\n"), machine("UUID=1 /home ext4\n")}) {
    const Facts facts = needs_without_entries(root, index);
    ASSERT_THAT(facts.untyped_mounts, SizeIs(1));
    EXPECT_EQ(facts.untyped_mounts[0].what, "/");
    EXPECT_THAT(facts.untyped_mounts[0].why, HasSubstr("no command line of a kernel was found"));
  }
  EXPECT_THAT(needs_without_entries(machine("UUID=1 / xfs\n"), index).untyped_mounts, IsEmpty());
}

TEST(BootNeeds, KnowTheRootFromWhatTheNextEntriesGet) {
  const std::vector<IndexEntry> index = {{"xfs", "kernel/fs/xfs/xfs.ko", {}}};
  MemoryRoot root = machine();
  root.add_file("/etc/kernel/cmdline", "root=UUID=1 ro\n");
  EXPECT_THAT(needs_without_entries(root, index).untyped_mounts, SizeIs(1));
  root.add_file("/etc/kernel/cmdline", "root=UUID=1 rootfstype=xfs\n");
  EXPECT_THAT(needs_without_entries(root, index).untyped_mounts, IsEmpty());
}

TEST(BootNeeds, HaveNoRootWhereNoKernelLoadsModules) {
  EXPECT_THAT(needs_without_entries(machine(), {}).untyped_mounts, IsEmpty());
  Facts container;
  collect_boot_needs(machine(), container);
  EXPECT_THAT(container.untyped_mounts, IsEmpty());
}

TEST(BootNeeds, AreWhatTheNextEntriesGet) {
  for (const auto& [path, text] :
       {std::pair{"/etc/default/grub", "GRUB_CMDLINE_LINUX=\"ro rootfstype=xfs\"\n"},
        {"/etc/default/grub.d/50-cloud.cfg", "GRUB_CMDLINE_LINUX_DEFAULT='rootfstype=xfs'\n"},
        {"/etc/kernel/cmdline", "root=/dev/vda1\nrootfstype=xfs\n"},
        {"/etc/cmdline.d/root.conf", "rootfstype=xfs\n"}}) {
    MemoryRoot root = machine();
    root.add_file(path, text);
    const Facts facts = needs_of(root, {"root=/dev/vda1"});
    EXPECT_THAT(requests_of(facts), Contains("fs-xfs")) << path;
    EXPECT_THAT(facts.untyped_mounts, IsEmpty()) << path;
  }
}

TEST(BootNeeds, OfAHostThatRunsAreWhatItHasMounted) {
  MemoryRoot root = machine("UUID=1 /data auto defaults 0 2\n");
  root.add_file("/proc/self/mountinfo",
                "21 1 254:1 / / rw shared:1 - btrfs /dev/vda1 rw\n"
                "22 21 254:2 / /data rw shared:2 - f2fs /dev/vdb1 rw\n");
  root.add_file("/proc/cmdline", "root=/dev/vda1 ro\n");
  const Facts facts = needs_of(root, {}, true);
  EXPECT_THAT(requests_of(facts), ElementsAre("fs-btrfs", "fs-f2fs", "virtio_blk"));
  EXPECT_EQ(why(facts, "fs-btrfs"), "/ is mounted as btrfs now");
  EXPECT_THAT(facts.untyped_mounts, IsEmpty());
}

TEST(BootNeeds, LackTheTypeOfAMountThatIsLookedUp) {
  const std::string lines =
      "/dev/vda1 / ext4\n/dev/vdb1 /data auto\n/dev/sdc1 /usb auto noauto\n"
      "/dev/sdd1 /old auto nofail\n";
  const Facts facts = needs_of(machine(lines));
  ASSERT_THAT(facts.untyped_mounts, SizeIs(1));
  EXPECT_EQ(facts.untyped_mounts[0].what, "/data");
}

TEST(BootNeeds, AreEncryptedDisksAndArrays) {
  MemoryRoot root = machine("UUID=1 / ext4\n");
  root.add_file("/etc/crypttab", "home UUID=1 none luks\n");
  root.add_file("/etc/mdadm/mdadm.conf", "ARRAY /dev/md/0 level=raid1 metadata=1.2 UUID=1\n");
  const Facts facts = needs_of(root);
  EXPECT_THAT(requests_of(facts), IsSupersetOf({"dm_crypt", "md_mod", "md-raid1"}));
  EXPECT_EQ(why(facts, "dm_crypt"), "/etc/crypttab has an encrypted disk");
}

TEST(BootNeeds, HaveAGapForAFileThatIsHidden) {
  MemoryRoot root = machine("UUID=1 / ext4\n");
  root.add_file("/etc/crypttab", "home UUID=1 none luks\n");
  root.add_file("/etc/default/grub", "GRUB_CMDLINE_LINUX=\n");
  FaultyRoot faulty(root);
  for (const std::string path : {"/etc/crypttab", "/etc/default/grub"}) {
    faulty.fail_on(path, ErrorKind::denied);
    const Facts facts = needs_of(faulty);
    EXPECT_THAT(requests_of(facts), Contains("fs-ext4")) << path;
    ASSERT_FALSE(facts.unseen_needs.empty()) << path;
  }
}

TEST(BootNeeds, PassOverAFileThatIsMasked) {
  MemoryRoot root = machine("UUID=1 / ext4\n");
  root.add_link("/etc/crypttab", "/dev/null");
  EXPECT_THAT(needs_of(root).unseen_needs, IsEmpty());
}

}  // namespace
}  // namespace kmodsec::test
