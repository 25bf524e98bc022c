// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(WritableBoot, PassesWhenOnlyRootWrites) {
  Facts facts = healthy_machine();
  facts.writable->found = {{"/etc/modprobe.d/x.conf", 0666, 0, 0}};
  expect_pass("PERM-003", facts);
}

TEST(WritableBoot, NamesThePath) {
  Facts facts = healthy_machine();
  facts.writable->found = {{"/boot/initrd.img-6.1", 0666, 0, 0}};
  expect_fail("PERM-003", facts, {"/boot/initrd.img-6.1"});
  expect_pass("PERM-001", facts);
  expect_pass("PERM-002", facts);
}

TEST(WritableBoot, NamesWhatALinkLeadsTo) {
  Facts facts = healthy_machine();
  Ownership file{"/home/user/hook", 0644, 1000, 1000};
  file.leads_to = "/etc/initramfs-tools/hooks/x";
  facts.writable->found = {file};
  expect_fail("PERM-003", facts, {"/home/user/hook"});
}

TEST(WritableBoot, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.writable->unseen = {{"/etc/dracut.conf.d/x.conf", "no permission"}};
  expect_unknown("PERM-003", facts);
  expect_pass("PERM-002", facts);
  facts.writable = not_seen();
  expect_unknown("PERM-003", facts);
}

}  // namespace
}  // namespace kmodsec::test
