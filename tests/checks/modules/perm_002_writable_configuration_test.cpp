// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(WritableConfiguration, PassesWhenOnlyRootWrites) {
  Facts facts = healthy_machine();
  facts.writable->found = {{"/lib/modules", 0666, 0, 0}};
  expect_pass("PERM-002", facts);
}

TEST(WritableConfiguration, NamesThePath) {
  Facts facts = healthy_machine();
  facts.writable->found = {{"/etc/modprobe.d/x.conf", 0666, 0, 0}};
  expect_fail("PERM-002", facts, {"/etc/modprobe.d/x.conf"});
}

TEST(WritableConfiguration, AppliesToImages) {
  Facts facts = healthy_machine();
  facts.live = false;
  facts.writable->found = {{"/etc/modprobe.d/x.conf", 0644, 1000, 0}};
  expect_fail("PERM-002", facts, {"/etc/modprobe.d/x.conf"});
}

TEST(WritableConfiguration, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.writable->unseen = {{"/etc/modprobe.d/x.conf", "no permission"}};
  expect_unknown("PERM-002", facts);
  facts.writable = not_seen();
  expect_unknown("PERM-002", facts);
}

TEST(WritableConfiguration, IsUnknownWhenTheHostHasOtherFiles) {
  Facts facts = healthy_machine();
  facts.masked->modules = {{"/lib/modules", "another file system"}};
  expect_pass("PERM-002", facts);
  facts.masked->configuration = {{"/etc/modprobe.d", "another file system"}};
  expect_unknown("PERM-002", facts);
}

}  // namespace
}  // namespace kmodsec::test
