// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/masked_paths.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

const std::string host_mounts =
    "27 1 254:0 / / rw - ext4 /dev/vda rw\n"
    "30 27 0:25 / /run rw - tmpfs tmpfs rw\n";

MemoryRoot process(const std::string& own_mounts) {
  MemoryRoot root(true);
  root.add_link("/proc/self/ns/pid", "pid:[4026531836]");
  root.add_file("/proc/1/mountinfo", host_mounts);
  root.add_file("/proc/self/mountinfo", own_mounts);
  root.add_file("/proc/self/uid_map", "         0          0 4294967295\n");
  return root;
}

using Places = std::vector<std::string>;

Places names(const std::vector<Unseen>& gaps) {
  Places places;
  std::ranges::transform(gaps, std::back_inserter(places), &Unseen::what);
  return places;
}

/// Those of modules, of configuration and of packages, in this order.
std::vector<Places> hidden_places(const Root& root) {
  const auto masked = collect_masked_paths(root);
  if (!masked) return {};
  return {names(masked->modules), names(masked->configuration), names(masked->packages)};
}

const std::vector<Places> nothing = {{}, {}, {}};
const std::vector<Places> everything = {{"/"}, {"/"}, {"/"}};

TEST(MaskedPaths, AnOrdinaryProcessSeesTheHost) {
  EXPECT_EQ(hidden_places(process(host_mounts)), nothing);
}

TEST(MaskedPaths, ACapturedTreeHidesNothing) { EXPECT_EQ(hidden_places(MemoryRoot()), nothing); }

TEST(MaskedPaths, AReadOnlyViewOfTheSameFilesHidesNothing) {
  EXPECT_EQ(hidden_places(process("90 80 254:0 / / ro - ext4 /dev/vda rw\n"
                                  "91 90 254:0 /etc /etc ro - ext4 /dev/vda rw\n"
                                  "92 90 0:25 / /run rw - tmpfs tmpfs rw\n"
                                  "93 90 0:77 / /tmp rw - tmpfs tmpfs rw\n")),
            nothing);
}

TEST(MaskedPaths, NamesAProgramThatIsMountedOver) {
  const auto masked = collect_masked_paths(
      process(host_mounts + "95 27 0:25 /systemd/inaccessible/reg /usr/bin/kmod ro - tmpfs t r\n"));
  ASSERT_TRUE(masked);
  EXPECT_EQ(names(masked->programs), Places{"/usr/bin/kmod"});
  EXPECT_TRUE(masked->packages.empty());
}

TEST(MaskedPaths, NamesWhatAUnitMountsOver) {
  const auto places = hidden_places(
      process(host_mounts + "95 27 0:25 /systemd/inaccessible/dir /usr/lib/modules ro - tmpfs t r\n"
                            "96 27 0:78 / /etc/modprobe.d/local ro - tmpfs tmpfs r\n"));
  EXPECT_EQ(places, (std::vector<Places>{{"/usr/lib/modules"}, {"/etc/modprobe.d/local"}, {}}));
}

TEST(MaskedPaths, NamesAMountThatOnlyTheHostHas) {
  MemoryRoot root = process(host_mounts);
  root.add_file("/proc/1/mountinfo",
                host_mounts + "99 27 254:3 / /lib/modules/6.1 rw - ext4 /dev/vdb rw\n");
  EXPECT_EQ(hidden_places(root).front(), Places{"/lib/modules/6.1"});
}

TEST(MaskedPaths, AnotherRootHidesEverything) {
  EXPECT_EQ(hidden_places(process("90 80 254:0 /srv/jail / rw - ext4 /dev/vda rw\n")), everything);
}

TEST(MaskedPaths, AContainerHidesEverything) {
  MemoryRoot root = process(host_mounts);
  root.add_link("/proc/self/ns/pid", "pid:[4026532201]");
  EXPECT_EQ(hidden_places(root), everything);
}

TEST(MaskedPaths, IsUnseenWhereProcessOneIs) {
  MemoryRoot root(true);
  root.add_link("/proc/self/ns/pid", "pid:[4026531836]");
  root.add_file("/proc/self/mountinfo", host_mounts);
  EXPECT_FALSE(collect_masked_paths(root));
}

TEST(MaskedPaths, OwnersCanBeToldUnlessTheyAreMapped) {
  MemoryRoot root = process(host_mounts);
  EXPECT_TRUE(owners_can_be_told(root));
  root.add_file("/proc/self/uid_map", "         0       1000          1\n");
  EXPECT_FALSE(owners_can_be_told(root));
}

TEST(MaskedPaths, AKernelWithoutUserNamespacesMapsNobody) {
  EXPECT_TRUE(owners_can_be_told(MemoryRoot(true)));
}

}  // namespace
}  // namespace kmodsec::test
