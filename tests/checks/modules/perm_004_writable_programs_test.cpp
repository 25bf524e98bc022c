// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(WritablePrograms, PassesWhenOnlyRootWrites) {
  Facts facts = healthy_machine();
  facts.writable->found = {{"/etc/modprobe.d/x.conf", 0666, 0, 0}, {"/lib/modules", 0777, 0, 0}};
  expect_pass("PERM-004", facts);
}

TEST(WritablePrograms, NamesTheProgram) {
  Facts facts = healthy_machine();
  facts.writable->found = {{"/usr/bin/kmod", 0777, 0, 0}};
  expect_fail("PERM-004", facts, {"/usr/bin/kmod"});
  for (const char* id : {"PERM-001", "PERM-002", "PERM-003"}) expect_pass(id, facts);
}

TEST(WritablePrograms, NamesWhatIsOnTheWayToOne) {
  Facts facts = healthy_machine();
  Ownership folder{"/opt/tools", 0777, 0, 0};
  folder.leads_to = "/sbin/modprobe";
  facts.writable->found = {folder};
  expect_fail("PERM-004", facts, {"/opt/tools"});
  expect_pass("PERM-001", facts);
}

TEST(WritablePrograms, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.writable->unseen = {{"/usr/sbin/insmod", "no permission"}};
  expect_unknown("PERM-004", facts);
  expect_pass("PERM-001", facts);
  facts.writable = not_seen();
  expect_unknown("PERM-004", facts);
  facts = healthy_machine();
  facts.masked->programs = {{"/usr/sbin/modprobe", "another file system"}};
  expect_unknown("PERM-004", facts);
}

}  // namespace
}  // namespace kmodsec::test
