// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(WritableModules, PassesWhenOnlyRootWrites) {
  Facts facts = healthy_machine();
  facts.writable->found = {{"/etc/modprobe.d/x.conf", 0666, 0, 0}};
  expect_pass("PERM-001", facts);
}

TEST(WritableModules, NamesThePath) {
  Facts facts = healthy_machine();
  facts.writable->found = {{"/usr/lib/modules/6.1/kernel/x.ko", 0666, 0, 0}};
  expect_fail("PERM-001", facts, {"/usr/lib/modules/6.1/kernel/x.ko"});
}

TEST(WritableModules, AppliesToImages) {
  Facts facts = healthy_machine();
  facts.live = false;
  facts.writable->found = {{"/usr/lib/modules/6.1/kernel/x.ko", 0644, 1000, 0}};
  expect_fail("PERM-001", facts, {"/usr/lib/modules/6.1/kernel/x.ko"});
}

TEST(WritableModules, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.writable->unseen = {{"/usr/lib/modules/6.1/kernel/x.ko", "no permission"}};
  expect_unknown("PERM-001", facts);
  facts.writable = not_seen();
  expect_unknown("PERM-001", facts);
}

TEST(WritableModules, IsUnknownWhenTheFolderOfLoadedModulesIsHidden) {
  Facts facts = healthy_machine();
  facts.trees.front().files = not_seen();
  expect_unknown("PERM-001", facts);
  facts.trees.clear();
  expect_unknown("PERM-001", facts);
  facts.loaded = not_seen();
  expect_unknown("PERM-001", facts);
  facts.loaded = std::vector<LoadedModule>{};
  expect_pass("PERM-001", facts);
}

TEST(WritableModules, IsUnknownWhenTheHostHasOtherFiles) {
  Facts facts = healthy_machine();
  facts.masked->configuration = {{"/etc/modprobe.d", "another file system"}};
  expect_pass("PERM-001", facts);
  facts.masked->modules = {{"/lib/modules", "another file system"}};
  expect_unknown("PERM-001", facts);
  facts.masked = not_seen();
  expect_unknown("PERM-001", facts);
}

}  // namespace
}  // namespace kmodsec::test
