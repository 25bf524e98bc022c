// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/conflicts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

using ::testing::HasSubstr;

/// The reason against a deny of the module; empty when there is none.
std::string conflict(const Facts& facts, const std::string& module) {
  const PlanInput input{&facts, {{module, {}}}, {}, false};
  const auto conflicts = conflicts_with(input, derive(facts), {});
  return conflicts.empty() ? "" : conflicts.front().reason;
}

Facts machine() {
  Facts facts = machine_with_lines("");
  facts.needs = std::vector<BootNeed>{};
  facts.users = std::vector<ModuleUser>{};
  return facts;
}

TEST(Conflicts, LetGoWhatNothingNeeds) { EXPECT_EQ(conflict(machine(), "dummy"), ""); }

TEST(Conflicts, KeepWhatIsHeld) {
  Facts facts = machine();
  facts.users = std::vector<ModuleUser>{{"dummy", "mount", "/boot/efi"}};
  EXPECT_EQ(conflict(facts, "dummy"), "in use now: mount /boot/efi");
}

TEST(Conflicts, KeepWhatALoadedModuleNeeds) {
  Facts facts = machine();
  facts.loaded->front().used_by = {"vfat"};
  EXPECT_EQ(conflict(facts, "dummy"), "in use now: vfat");
}

TEST(Conflicts, LetGoWhatOnlyDeniedModulesNeed) {
  Facts facts = machine();
  facts.loaded->front().used_by = {"vfat"};
  const PlanInput input{&facts, {{"dummy", {}}, {"vfat", {}}}, {}, false};
  EXPECT_TRUE(conflicts_with(input, derive(facts), {}).empty());
}

TEST(Conflicts, KeepWhatTheNextBootMounts) {
  Facts facts = machine();
  facts.needs = std::vector<BootNeed>{{"fs-isofs", "/etc/fstab mounts /cdrom as isofs"}};
  EXPECT_EQ(conflict(facts, "isofs"), "/etc/fstab mounts /cdrom as isofs");
}

TEST(Conflicts, KeepWhatThatBringsAlong) {
  Facts facts = machine();
  add_lines(facts, "softdep isofs pre: udf\ninstall udf modprobe -i udf; modprobe dummy\n",
            "/etc/modprobe.d/local.conf");
  facts.needs = std::vector<BootNeed>{{"fs-isofs", "/etc/fstab mounts /cdrom as isofs"}};
  EXPECT_EQ(conflict(facts, "udf"), "isofs needs it: /etc/fstab mounts /cdrom as isofs");
  EXPECT_EQ(conflict(facts, "crc_itu_t"), "isofs needs it: /etc/fstab mounts /cdrom as isofs");
  EXPECT_EQ(conflict(facts, "dummy"), "isofs needs it: /etc/fstab mounts /cdrom as isofs");
}

TEST(Conflicts, KeepWhatAnImageLoads) {
  Facts facts = machine();
  InitramfsImage image;
  image.load.at_boot = {{"isofs", "/boot/initrd.img:/conf/modules", 1}};
  facts.trees.front().initramfs_images = std::vector{image};
  EXPECT_THAT(conflict(facts, "isofs"), HasSubstr("/conf/modules loads it at boot"));
}

TEST(Conflicts, KeepWhatMayBeTheRoot) {
  Facts facts = machine();
  facts.trees.front().index->push_back({"xfs", "kernel/fs/xfs/xfs.ko", {}});
  EXPECT_EQ(conflict(facts, "xfs"), "");
  facts.untyped_mounts = {{"/", "its file system could not be seen"}};
  EXPECT_EQ(conflict(facts, "xfs"),
            "the next boot may mount it as /: its file system could not be seen");
  EXPECT_EQ(conflict(facts, "dummy"), "");
  EXPECT_EQ(conflict(facts, "btrfs"), "") << "no kernel has it";
  add_lines(facts, "install xfs /bin/false\n", "/etc/modprobe.d/00-kmodsec-deny.conf");
  EXPECT_EQ(conflict(facts, "xfs"), "") << "it is denied already";
}

TEST(Conflicts, KeepWhatMayBeTheRootWhereNeedsAreHidden) {
  Facts facts = machine();
  facts.trees.front().index->push_back({"xfs", "kernel/fs/xfs/xfs.ko", {}});
  facts.needs = failure(ErrorKind::denied, "/etc/fstab", "permission denied");
  EXPECT_THAT(conflict(facts, "xfs"), HasSubstr("the next boot may need it: /etc/fstab"));
  EXPECT_EQ(conflict(facts, "dummy"), "");
  EXPECT_EQ(conflict(facts, "btrfs"), "") << "no kernel has it";
}

TEST(Conflicts, LetGoWhatIsBuiltIn) {
  Facts facts = machine();
  facts.trees.front().builtin = std::vector<BuiltinModule>{{"ext4", "kernel/fs/ext4/ext4.ko", {}}};
  facts.untyped_mounts = {{"/", "its file system could not be seen"}};
  EXPECT_EQ(conflict(facts, "ext4"), "");
}

TEST(Conflicts, AreNoneWhereEverythingElseIsDeniedAlready) {
  Facts facts = machine();
  facts.users = std::vector<ModuleUser>{{"dummy", "mount", "/boot/efi"}};
  const PlanInput input{&facts, {{.module = "dummy", .profile = {}, .not_kept = true}}, {}, false};
  EXPECT_EQ(conflicts_with(input, derive(facts), {}).size(), 1U);
  add_lines(facts, "install dummy /bin/false\n", "/etc/modprobe.d/00-kmodsec-deny.conf");
  EXPECT_TRUE(conflicts_with(input, derive(facts), {}).empty());
}

TEST(Conflicts, AreOverriddenByName) {
  Facts facts = machine();
  facts.users = std::vector<ModuleUser>{{"dummy", "device", "pci 0000:00"}};
  const PlanInput input{&facts, {{"dummy", {}}}, {}, false};
  EXPECT_TRUE(conflicts_with(input, derive(facts), {"dummy"}).front().overridden);
  EXPECT_FALSE(conflicts_with(input, derive(facts), {"vfat"}).front().overridden);
}

}  // namespace
}  // namespace kmodsec::test
