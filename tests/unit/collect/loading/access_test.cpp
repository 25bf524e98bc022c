// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/access.hpp"

#include <gtest/gtest.h>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

constexpr auto clone_setting = "/proc/sys/kernel/unprivileged_userns_clone";

const std::string host_mounts =
    "27 1 254:0 / / rw - ext4 /dev/vda rw\n"
    "22 27 0:5 / /dev rw - devtmpfs udev rw\n"
    "23 22 0:21 / /dev/shm rw - tmpfs tmpfs rw\n";

void add_node(MemoryRoot& root, const std::string& path, std::uint32_t mode, std::uint32_t gid,
              const DeviceNumber& device) {
  ASSERT_TRUE(root.add(path, {FileType::other, 0, mode, 0, gid, device}));
}

MemoryRoot host() {
  MemoryRoot root(true);
  root.add_file("/proc/sys/kernel/osrelease", "6.1.0\n");
  root.add_file("/proc/self/mountinfo", host_mounts);
  root.add_file("/etc/group", "root:x:0:\ndisk::6:\nkvm:x:104:tester\nbroken\n");
  add_node(root, "/dev/kvm", 0660, 104, {'c', 10, 232});
  add_node(root, "/dev/null", 0666, 0, {'c', 1, 3});
  add_node(root, "/dev/loop0", 0660, 6, {'b', 7, 0});
  add_node(root, "/dev/net/tun", 0666, 77, {'c', 10, 200});
  add_node(root, "/dev/shm/copy", 0666, 0, {'c', 10, 200});
  root.add_link("/dev/link", "kvm");
  return root;
}

std::vector<ModuleTree> trees() {
  ModuleTree tree;
  tree.aliases = std::vector<AliasEntry>{{"char-major-10-200", "tun"}, {"fs-udf", "udf"}};
  tree.builtin = std::vector<BuiltinModule>{
      {"loop", "kernel/loop.ko", {{"alias", "block-major-7-*"}, {"license", "GPL"}}}};
  return {tree};
}

TEST(Access, ASettingThatAKernelDoesNotHaveIsWhatItDoes) {
  const AccessSettings settings = collect_access(host(), trees());
  EXPECT_TRUE(settings.userns_clone.value());
  EXPECT_TRUE(settings.user_namespaces.value());
  EXPECT_FALSE(settings.apparmor_holds_userns.value());
  EXPECT_TRUE(settings.ldisc_autoload.value());
  EXPECT_EQ(settings.af_alg_restrict.error().kind, ErrorKind::unsupported);
}

TEST(Access, TheRestrictionOfAfAlgIsANumber) {
  MemoryRoot root = host();
  root.add_file("/proc/sys/crypto/af_alg_restrict", "2\n");
  EXPECT_EQ(collect_access(root, trees()).af_alg_restrict, 2U);
}

TEST(Access, ReadsTheSettings) {
  MemoryRoot root = host();
  root.add_file(clone_setting, "0\n");
  root.add_file("/proc/sys/user/max_user_namespaces", "0\n");
  root.add_file("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");
  root.add_file("/proc/sys/dev/tty/ldisc_autoload", "0\n");
  const AccessSettings settings = collect_access(root, trees());
  EXPECT_FALSE(settings.userns_clone.value());
  EXPECT_FALSE(settings.user_namespaces.value());
  EXPECT_TRUE(settings.apparmor_holds_userns.value());
  EXPECT_FALSE(settings.ldisc_autoload.value());
}

TEST(Access, AnUnreadableSettingIsUnknown) {
  MemoryRoot root = host();
  root.add_file(clone_setting, "perhaps\n");
  EXPECT_EQ(collect_access(root, trees()).userns_clone.error().subject, clone_setting);
  EXPECT_FALSE(collect_access(MemoryRoot(true), trees()).userns_clone);
}

TEST(DeviceNodes, AreThoseThatAliasesLeadTo) {
  const auto nodes = collect_access(host(), trees()).nodes;
  ASSERT_TRUE(nodes);
  ASSERT_EQ(nodes->size(), 3U);
  const DeviceNode& kvm = nodes->at(0);
  EXPECT_EQ(kvm.path, "/dev/kvm");
  EXPECT_EQ(kvm.number, "c10:232");
  EXPECT_EQ(kvm.mode, 0660U);
  EXPECT_EQ(kvm.group, "kvm");
  EXPECT_EQ(nodes->at(1).number, "b7:0");
  EXPECT_EQ(nodes->at(1).group, "disk");
  EXPECT_EQ(nodes->at(2).path, "/dev/net/tun");
  EXPECT_EQ(nodes->at(2).group, "77");
}

TEST(DeviceNodes, OfACapturedTreeTellNothing) {
  EXPECT_EQ(collect_access(MemoryRoot(), trees()).nodes.error().kind, ErrorKind::unsupported);
}

TEST(DeviceNodes, OfAnotherDevAreNotTheHosts) {
  MemoryRoot root = host();
  root.add_file("/proc/self/mountinfo", host_mounts + "90 22 0:77 / /dev rw - tmpfs tmpfs rw\n");
  EXPECT_EQ(collect_access(root, trees()).nodes.error().kind, ErrorKind::denied);
}

}  // namespace
}  // namespace kmodsec::test
